"""The page at the door: the rota at the left, the form in the middle, today at the right."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import DatabaseAway
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.reception_words import contact_words
from salescenter.services import rota, words
from salescenter.services.customers import CustomerHint, hint_of
from salescenter.services.names import spell
from salescenter.services.receiving import Expected, expected
from salescenter.services.reception_rules import ROTAS, Contact, ReceptionRules, rules_of
from salescenter.services.visit_lists import Sheet, sheet
from salescenter.services.visits import Registered, VisitRequest, register
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton, QuietButton
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.switch_row import SwitchRow
from salescenter.ui.reception.day_panel import DayPanel, headline
from salescenter.ui.reception.middle import middle
from salescenter.ui.reception.rota_panel import RotaPanel
from salescenter.ui.reception.said import done_words, helping_words, lacking_words, say_who
from salescenter.ui.reception.setup_sheet import SetupSheet
from salescenter.ui.reception.sheet_form import SheetForm
from salescenter.ui.reception.slip import show_slip
from salescenter.ui.reception.undoing import offer_to_take_back
from salescenter.ui.reception.without_server import WithoutServer
from salescenter.ui.reception.words_sheet import WordsSheet

DRAFT = "reception"
NARROW, SIDE = 1_100, 250
"""Pixels below which the page has one side instead of two, and that side's width."""

LOOK_AGAIN = 10_000
"""Milliseconds between two looks at what other desks registered."""


class ReceptionPage(QWidget):
    """Registers whoever comes or calls; see `SheetForm` for the keys."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._key = ""
        self._rules: ReceptionRules | None = None
        self._last = 0
        self._looking_up = 0  # the customer whose sheet is on its way
        self._register_waits = False
        self.form = SheetForm(room, self._add_word)
        self.rota = RotaPanel(room)
        self.day = DayPanel(room)
        self.banner = Banner(closable=True)
        self.alone = WithoutServer(room, self.form, self.rota, self.day, self)
        self._narrow = False
        self._make_buttons()
        self._lay()
        self._wire()
        self.form.show_kind()
        begins_in(self, lambda: self.form.finding)
        self._load()
        self.alone.begin()
        room.papers.run(lambda: spell("陈"), lambda _: None, owner=self)  # the first name spelt waits for its tables

    def _make_buttons(self) -> None:
        self.main = FilledButton(tr("Register"), self.register, key="Ctrl ⏎")
        self.slip = OutlinedButton(tr("Print the slip"), self.print_page, key="F8")
        self._setup = QuietButton(tr("This form …"), self._set_up)
        if not may(self._room.desk.who.role, Step.EDIT_SETTINGS):
            self._setup.hide()  # shown before it stands in the page, it would flash up as a window and take the keys
        self._remark = Label(tr("What is typed is kept"), "hint")
        self._helped = Label("", "warning", wrap=True)
        self._helped.hide()
        self._sides = SwitchRow([("rota", tr("Rota")), ("day", tr("Today", context="reception"))])
        self._sides.put(["rota"])
        self._sides.edited.connect(self._show_side)

    def _lay(self) -> None:
        self._left = column(self._sides, self.rota, gap=10)
        self._whole = row(hold(self._left), self._middle(), self.day, gap=14)
        self._whole.setContentsMargins(16, 14, 16, 14)
        self._whole.setStretch(1, 1)
        self.setLayout(self._whole)
        self.setMinimumSize(SIDE + 500, 360)  # else the wide order would keep the window from becoming narrow
        self._fit()

    def _middle(self) -> Panel:
        form = column(self.alone.note, self.form)
        foot = column(self._helped, row(self.main, self.slip, None, self._remark, self._setup))
        return middle(self.banner, form, foot)

    def _fit(self) -> None:
        """In a narrow window the rota and today share the left side, and the form takes fewer columns."""
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            (self._left if narrow else self._whole).addWidget(self.day)
            self.form.fit(narrow=narrow)
            self.day.be_brief(narrow)
            self.alone.be_brief(narrow)
            self.rota.say_title(not narrow)
        self.rota.setFixedWidth(SIDE if narrow else 252)
        self.day.setFixedWidth(SIDE if narrow else 316)
        self._sides.setVisible(narrow)
        self._remark.setVisible(not narrow)
        self._show_side()

    def _show_side(self) -> None:
        side = (self._sides.value() or ("rota",))[0]
        self.rota.setVisible(not self._narrow or side == "rota")
        self.day.setVisible(not self._narrow or side == "day")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _wire(self) -> None:
        form = self.form
        form.finished.connect(self.register)
        form.changed.connect(self._changed)
        form.finding.taken.connect(self._taken)
        form.finding.let_go.connect(self._let_go)
        form.finding.settled.connect(self._go_on_registering)
        form.finding.new_name.connect(self._named)
        form.finding.card.connect(form.read_card)
        self.rota.changed.connect(self._foresee)
        self.day.loaded.connect(self._say_sums)
        self.alone.turned.connect(self._turned)
        self.alone.foreseen.connect(self._foresee)
        self.alone.brought.connect(lambda said: self.banner.say(said, "", "accent"))
        self.alone.brought.connect(lambda _: self._look_again())
        for at, kind in enumerate(Contact, 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{at}"), self, lambda kind=kind: self._choose_kind(kind))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN)
        self._again.timeout.connect(self._look_again)

    # --- what the shell asks

    def status(self) -> str:
        """Return today's sums for the status line."""
        return headline(self.day.sums())

    def next_in_rota(self) -> None:
        """F9."""
        self.rota.call_next()

    def print_page(self) -> None:
        """F8: print the slip of the visit registered last, or of the one chosen in today's list."""
        if self.alone.slip():
            return
        number = self.day.chosen_visit() if self.day.visits.hasFocus() or not self._last else self._last
        if number is None:
            self._room.say(tr("Nobody is registered yet today."))
        else:
            show_slip(self._room, number)

    def show_argument(self, argument: object) -> None:
        """Begin a registration of a known customer (their id)."""
        number = int(str(argument))
        self._room.lane.run(lambda: hint_of(self._room.desk, number), self._shown, owner=self)

    def back(self) -> bool:
        """Esc: give up the customer who was taken; what was typed stays."""
        if self.form.finding.customer() is None:
            return False
        self.form.finding.leave_customer()
        return True

    # --- loading

    def _load(self) -> None:
        desk, now = self._room.desk, self._room.now()
        if self.alone.since is not None:
            return
        self._room.lane.run(
            lambda: (words.dictionaries(desk), rota.consultants(desk), rules_of(desk, now.date())), self._loaded,
            owner=self,
        )
        self._look_again()

    def _loaded(
        self, found: tuple[dict[str, tuple[str, ...]], tuple[tuple[int, str], ...], ReceptionRules]
    ) -> None:
        dictionaries, people, rules = found
        self._rules = rules
        self.form.offer(dictionaries, people)
        self.form.require(rules.required)
        self.form.field("consent").setToolTip(rules.consent)
        self.alone.mine.remember(dictionaries, people, rules)
        self._bring_back()
        self._foresee()

    def _turned(self) -> None:
        """The server went away, or is back."""
        customer = self.form.finding.customer()
        if self._looking_up and customer is not None:  # nobody will tell more of them for now
            self.form.know(Sheet(customer.id, customer.name, customer.phone, "", customer.level, visits=1))
        self._looking_up = 0
        if self.alone.since is None:
            self._load()
            return
        if self._rules is None and self.alone.offer_known():
            self._bring_back()
        self._foresee()
        self._go_on_registering()

    def _bring_back(self) -> None:
        """Bring back what was typed before the program ended, once the words it is made of are there."""
        if not self.form.keeps and self.form.keep_draft(self._room.drafts, DRAFT):
            self.form.show_kind()
        if self.alone.since is None and (number := self.form.finding.recalled()):
            self._room.lane.run(lambda: hint_of(self._room.desk, number), self._recalled, owner=self,
                                refused=lambda _: self.form.start_anew())

    def _recalled(self, hint: CustomerHint) -> None:
        self.form.finding.show_taken(hint)
        self._room.lane.run(lambda: sheet(self._room.desk, hint.id), self.form.know, owner=self)
        self._foresee()

    def _look_again(self) -> None:
        if self.alone.since is not None:
            return
        self.rota.reload()
        self.day.reload()

    def event(self, event: QEvent) -> bool:
        """Look again when a sheet over the window has closed: a follow-up may be done."""
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._look_again()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_again()
        self._foresee()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()
        self.form.keep_now()

    def _say_sums(self) -> None:
        if self.isVisible():
            self._room.say(self.status())

    # --- who has come

    def _taken(self, hint: CustomerHint) -> None:
        desk, self._looking_up = self._room.desk, hint.id
        self._room.lane.run(lambda: sheet(desk, hint.id), self._known, owner=self)
        self._foresee()

    def _known(self, found: Sheet) -> None:
        customer = self.form.finding.customer()
        self._looking_up = 0
        if customer is None or customer.id != found.customer:
            return
        self.form.show_known(found)
        self.form.field("party").editor.setFocus()
        if not self.form.field("party").isVisible():
            self.form.field("note").editor.setFocus()
        self._go_on_registering()

    def _shown(self, hint: CustomerHint) -> None:
        self.form.start_anew()
        self.form.finding.show_taken(hint)
        self._taken(hint)

    def _let_go(self) -> None:
        self._looking_up, self._register_waits = 0, False
        self.form.forget_known()
        self._foresee()

    def _named(self, name: str) -> None:
        self.form.put(name=name)
        self.form.finding.line.setFocus()

    def _choose_kind(self, kind: Contact) -> None:
        self.form.put(kind=kind.value)
        self._changed("kind")

    def _changed(self, name: str) -> None:
        self._key = ""
        if name == "kind":
            self.form.show_kind()
            self.rota.show_kind(ROTAS.get(self.form.kind(), ROTAS[Contact.VISIT]))
        if name in ("kind", "consultant", "peer"):
            self._foresee()
        self.banner.hide()  # the next one has come

    # --- who receives

    def _foresee(self) -> None:
        """Say on the button who will receive, before it is pressed."""
        if self.alone.since is not None:
            self._expect(Expected())
            return
        desk, now, kind = self._room.desk, self._room.now(), self.form.kind()
        known = self.form.finding.customer()
        number = known.id if known else None
        self._room.lane.run(lambda: expected(desk, kind, number, now), self._expect, owner=self)

    def _expect(self, told: Expected) -> None:
        told = told if self.alone.since is None else self.alone.expected()
        asked = self.form.field("consultant").editor
        chosen = self.form.value("consultant")
        say_who(self.main, asked.currentText() if chosen else told.name)  # type: ignore[attr-defined]
        self._helped.setText(helping_words(told))
        self._helped.setVisible(told.helped and not chosen)

    # --- registering

    def register(self) -> None:
        """Ctrl+Enter: register what stands in the form."""
        if self.form.finding.is_waiting() or self._looking_up:
            self._register_waits = True  # it is not known yet who has come
            return
        if not self.form.check_all():
            return
        self._key = self._key or uuid.uuid4().hex
        asked = self.form.request(self._key, self._rules.consent if self._rules else self.alone.consent)
        if self.alone.since is not None:
            self._keep_here(asked)
            return
        now = self._room.now()
        self.main.setEnabled(False)
        self._room.lane.run(lambda: register(self._room.desk, asked, now), self._registered, owner=self,
                            refused=lambda trouble: self._refused(trouble, asked),
                            after=lambda: self.main.setEnabled(True))

    def _go_on_registering(self) -> None:
        """Carry out a Ctrl+Enter that came before it was known who has come."""
        if self._register_waits and not self._looking_up:
            self._register_waits = False
            self.register()

    def _registered(self, done: Registered) -> None:
        self._key, self._last = "", done.visit
        said = done_words(done, contact_words(self.form.kind()))
        offer_to_take_back(self, self._room, self.banner, done.visit, said, self._taken_back)
        lacking = lacking_words(done)
        self.banner.say(said, lacking, "neutral" if lacking else "accent")
        self._next_one()
        self._look_again()

    def _taken_back(self) -> None:
        self._last = 0
        self._look_again()
        self._foresee()

    def _next_one(self) -> None:
        self.form.start_anew()
        self._foresee()

    def _keep_here(self, asked: VisitRequest) -> None:
        """Without the server a visit waits on this PC, and the next one may come."""
        if said := self.alone.keep(asked, self.banner):
            self._room.say(said)
            self.banner.say(said, "", "accent")
            self._key = ""
            self._next_one()

    def _refused(self, refusal: Refusal | Weather, asked: VisitRequest) -> None:
        if isinstance(refusal, DatabaseAway) and self._room.waiting is not None:
            self.alone.mine.sent_in_vain(asked)
            self._room.refuse(refusal)
            self._keep_here(asked)
        elif refusal.details.get("field") == "phone":
            self.form.field("finding").set_error(tr("The phone is missing."))
            self.form.finding.line.setFocus()
        elif not self.form.refuse(refusal):
            self.banner.refuse(refusal)

    # --- the house's own words and rules

    def _add_word(self, dictionary: str) -> None:
        opened = WordsSheet(self._room, dictionary, self)
        opened.finished_with.connect(lambda _: self._load())
        opened.stand_over(self)

    def _set_up(self) -> None:
        opened = SetupSheet(self._room, self)
        opened.finished_with.connect(lambda _: self._load())
        opened.stand_over(self)
