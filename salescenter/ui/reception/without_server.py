"""The page at the door while its server is away: what it says, who may be chosen, where a visit goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from salescenter.domain.refusals import CannotWrite, NoGlyph
from salescenter.domain.typed_refusals import TextTooLong
from salescenter.i18n import mark, tr
from salescenter.services.receiving import Expected
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.room import Room
from salescenter.ui.reception.day_panel import DayPanel
from salescenter.ui.reception.meanwhile import Meanwhile
from salescenter.ui.reception.rota_panel import RotaPanel
from salescenter.ui.reception.sheet_form import DICTIONARIES, SheetForm
from salescenter.ui.reception.slip import show_provisional
from salescenter.ui.reception.waiting_sheet import WaitingSheet

GOES_ON = mark("Reception goes on: visits are kept on this PC and go in by themselves when the server is back.")
BY_HAND = mark("Known customers cannot be looked up now. Choose who receives from the rota as it last stood.")
BY_NAME = mark("Known customers cannot be looked up now. Choose in the form who receives.")


class WithoutServer(QObject):
    """Turns the form, the rota and the day's list to what this PC knows alone, and back; it shows `note` above them."""

    turned = Signal()       # the server went away, or is back
    brought = Signal(str)   # what waited here is on record, in a sentence
    foreseen = Signal()     # somebody else will receive

    def __init__(self, room: Room, form: SheetForm, rota: RotaPanel, day: DayPanel, page: QWidget) -> None:
        super().__init__(page)
        self._room, self._form, self._rota, self._day = room, form, rota, day
        self._page = page
        self._by_hand = 0  # who was chosen from the rota
        self.note = Banner()
        self._brief = False
        self.consent = ""
        self.last: WaitingVisit | None = None  # kept here since the server went away
        self.mine = Meanwhile(room, self)
        self.mine.turned.connect(self._turn)
        self.mine.changed.connect(self._changed)
        rota.chosen.connect(self._choose)
        day.waiting_opened.connect(self._open)
        day.decide.connect(self._decide)

    @property
    def since(self) -> datetime | None:
        """The moment the server was last heard, where it is away."""
        return self.mine.since

    def begin(self) -> None:
        """The page stands: show what waits from earlier, and how things are."""
        if self.since is not None:
            self._turn()
        if self.mine.waiting():
            self._changed()
            self._room.bulletin.settled.emit()
        self._day.show_unreadable(self.mine.unreadable())

    def be_brief(self, brief: bool) -> None:
        """In a narrow window the rota and the search say themselves what goes by hand; the note has it on hover."""
        if brief is not self._brief:
            self._brief = brief
            self._say_how_it_goes_on()

    def _say_how_it_goes_on(self) -> None:
        by_hand = tr(BY_HAND if self._rota.is_known else BY_NAME) if self.since is not None else ""
        self.note.say(tr(GOES_ON) if by_hand else "", "" if self._brief else by_hand)
        self.note.setToolTip(by_hand if self._brief else "")

    def expected(self) -> Expected:
        """Say who will receive, as far as that is known here."""
        return Expected(name=self._owner()[1])

    def keep(self, asked: VisitRequest, banner: Banner) -> str:
        """Keep a visit on this PC and say so; "" where the form must say more, or the disk takes nothing."""
        number, owner = self._owner()
        who = self.mine.receives(asked, number)
        field = self._form.field("consultant")
        if not who:
            say = tr("Choose who receives: in the rota, or in the form who was asked for.")
            field.set_error(say)
            field.editor.setFocus()
            banner.say(say, "", "warning")
            return ""
        chosen = field.editor.currentText()  # type: ignore[attr-defined]
        name = chosen if asked.consultant else owner or self._room.desk.who.name
        try:
            self.last = self.mine.keep(replace(asked, consultant=who), name, by_hand=who == self._by_hand)
        except CannotWrite as full:
            banner.refuse(full)
            return ""
        except (NoGlyph, TextTooLong) as odd:
            if not self._form.refuse(odd):
                banner.refuse(odd)
            return ""
        self._by_hand = 0
        return tr("Kept on this PC: {name} receives. It goes in by itself when the server is back.", name=name)

    def slip(self) -> bool:
        """Show the provisional slip of the visit chosen in the list, else of the last one kept here; False for none."""
        listed = self._day.visits.hasFocus()
        one = self._visit(self._day.chosen_waiting()) if listed else self.last
        if one is not None:
            show_provisional(self._room, one)
        return one is not None

    def _turn(self) -> None:
        since = self.since
        self._by_hand = 0
        self._say_how_it_goes_on()
        self._rota.be_alone(since, self.mine.board)
        self._day.show_again()
        self._form.finding.be_alone(since is not None)
        self.turned.emit()

    def offer_known(self) -> bool:
        """The server was away before the form could be filled: offer what this PC remembers; False for nothing."""
        known = self.mine.known()
        self.consent = known.consent
        if known.words:
            self._form.offer({**dict.fromkeys(DICTIONARIES, ()), **known.words}, known.people)
            self._form.require({Contact(kind): fields for kind, fields in known.required.items()})
        return bool(known.words)

    def _owner(self) -> tuple[int, str]:
        """Return whose customer it is, as far as that was known when the server went away."""
        known = self._form.finding.customer()
        return (known.owner, known.owner_name) if known else (0, "")

    def _choose(self, person: int) -> None:
        self._form.put(consultant=person)
        self._form.field("consultant").set_error("")
        self._by_hand = person
        self.foreseen.emit()

    def _changed(self) -> None:
        """Other visits wait: the list of today says so, and the rota knows who was given one."""
        self._day.show_waiting(self.mine.waiting(), {one.visit.key for one in self.mine.open()})
        if self.since is not None:
            self._rota.reload()
        else:
            self.last = None
            self.brought.emit(self.mine.said)

    def _visit(self, key: str) -> WaitingVisit | None:
        return next((one for one in self.mine.waiting() if one.key == key), None)

    def _open(self, key: str) -> None:
        """A waiting visit was opened: decide about it where somebody must, else show its slip."""
        one = self._visit(key)
        if any(each.visit.key == key for each in self.mine.open()):
            self._decide()
        elif one is not None:
            show_provisional(self._room, one)

    def _decide(self) -> None:
        WaitingSheet(self._room, self.mine, self._show_again).stand_over(self._page)

    def _show_again(self, one: WaitingVisit) -> bool:
        """Show in the form what was typed, to be mended and registered; it waits here until somebody lets go of it."""
        if self._form.is_begun():
            return False
        self._form.show_again(one.asked)
        self.foreseen.emit()
        return True
