"""The customers' page: search and list at the left, the card of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.papers.received import Document
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.reception_words import contact_words
from salescenter.services import customers
from salescenter.services.customer_card import CustomerCard, card
from salescenter.services.customers import CustomerHint, Revealed
from salescenter.services.papers.given import Given, given_to
from salescenter.services.papers.received import brought_by
from salescenter.services.papers.scans import ScanRow
from salescenter.services.papers.titles import document_words
from salescenter.ui.customers.card_view import CardView
from salescenter.ui.customers.edit_sheet import EditSheet
from salescenter.ui.customers.follow_up_sheet import PlanSheet
from salescenter.ui.customers.sheets import ConsentSheet, FamilySheet, ReassignSheet
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.formats import count
from salescenter.ui.kit.given_lines import open_given
from salescenter.ui.kit.house_papers import deal_papers_menu
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, column, hold, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.scan_lines import open_scan
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.switch_row import SwitchRow

MOST = 200
"""So many are listed; search narrows."""

NARROW = 1_100
"""Pixels below which the page is laid out for a narrow window."""

LEVELS = ("A", "B", "C", "D")


class CustomersPage(QWidget):
    """Type to search; arrows walk the list, the card follows; Enter registers a visit of the one chosen."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._card: CustomerCard | None = None
        self._revealed: Revealed | None = None
        self._whole = 0
        self._narrow: bool | None = None
        self.search = SearchBox(tr("Phone, name, pinyin, initials, end of an ID number"))
        self.search.searched.connect(lambda _: self.reload())
        self.search.returnPressed.connect(self._into_list)
        self._mine = SwitchRow([("all", tr("All", context="customers")), ("mine", tr("Mine", context="customers"))])
        self._mine.put(["all"])
        self._levels = SwitchRow([("", tr("Any", context="customers")), *((level, level) for level in LEVELS)])
        self._levels.put([""])
        for switches in (self._mine, self._levels):
            switches.edited.connect(self.reload)
        self._count = Label("", "muted")
        self.table = self._make_table()
        self.card = CardView()
        self._given: tuple[Given, ...] = ()
        self._brought: tuple[tuple[str, ScanRow], ...] = ()
        self._nobody = EmptyState(tr("Nobody chosen"), tr("Choose a customer of the list to see the card."),
                                  icon="customers")
        self._lay()
        self._wire()
        begins_in(self, lambda: self.search)
        self.reload()

    def _make_table(self) -> RecordTable[CustomerHint]:
        empty = EmptyState(
            tr("No customers here"),
            tr("Register whoever comes or calls, or import a visit ledger; or search for something else."),
            tr("Register a visit"), lambda: self._room.go("reception", None), icon="customers",
        )
        today = self._room.now().date()
        columns: list[Column[CustomerHint]] = [
            Column(tr("Name", context="registration"), lambda hint: hint.name or "—", width=88,
                   tip=lambda hint: hint.name),
            Column(tr("Phone", context="registration"), lambda hint: hint.phone, width=112),
            Column(tr("Intent", context="registration"), _level, Kind.BADGE, width=70),
            Column(tr("Consultant", context="registration"), lambda hint: hint.owner_name, width=84),
            Column(tr("Protected until"), lambda hint: hint.protected_until, Kind.DAY, width=110,
                   tone=lambda hint: "" if hint.is_protected(today) else "muted", spare=True),
            Column(tr("Last seen", context="customers"), lambda hint: hint.last_seen, Kind.MOMENT, width=104),
            Column(tr("Came by"), lambda hint: contact_words(hint.last_kind), spare=True),
        ]
        return RecordTable(columns, now=self._room.now, key=lambda hint: hint.id, empty=empty)

    def _lay(self) -> None:
        left = Panel()
        self._head, self._second = row(self.search, None, self._count, gap=10), row(None, gap=10)
        left.put(self._head, self._second, self.table)
        left.body.setStretchFactor(self.table, 1)
        self._side = side = hold(column(self._nobody, self.card, gap=0))
        self.card.hide()
        inset = row(left)
        inset.setContentsMargins(16, 14, 16, 14)
        whole = row(hold(inset), side, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setMinimumSize(760, 360)  # else the wide order would keep the window from becoming narrow
        self._fit()

    def _fit(self) -> None:
        """In a narrow window the card gives way, and the switches stand below the search."""
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._side.setFixedWidth(312 if narrow else 452)
            self.search.setMinimumWidth(180 if narrow else 300)
            self._head.setStretch(0, 4 if narrow else 0)
            for at, switches in enumerate((self._mine, self._levels)):
                (self._second if narrow else self._head).insertWidget(at if narrow else at + 1, switches)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _wire(self) -> None:
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda hint: self._room.go("reception", hint.id))
        self.card.wanted.connect(self._do)
        self.card.relative.connect(self.show_argument)
        self.card.follow_up.connect(self._follow_up)
        self.card.paper.connect(self._open_paper)
        self.card.document.connect(self._open_document)
        self.card.unit.connect(lambda unit: self._room.go("floorplan", unit))

    # --- what the shell asks

    def status(self) -> str:
        """Return how many customers the project has."""
        return trn("{count} customer", "{count} customers", count=self._whole, context="customers")

    def show_argument(self, argument: object) -> None:
        """Show a customer's card (their id)."""
        self._load(int(str(argument)))

    def edit(self) -> None:
        """F2."""
        if self._card is not None:
            self._do("edit")

    def print_page(self) -> None:
        """F8: the papers of the deal the chosen customer has, the newest one where there are several."""
        held = next((deal for deal in self._card.deals if deal.active), None) if self._card is not None else None
        if held is not None:
            self.menu = deal_papers_menu(self, self._room, held.id, held.state)
            self.menu.popup(self.card.papers.mapToGlobal(self.card.papers.rect().bottomLeft()))

    def back(self) -> bool:
        """Esc: the whole list again."""
        if not self.search.text():
            return False
        self.search.clear()
        return True

    def event(self, event: QEvent) -> bool:
        """Look again when a sheet over the window has closed: a follow-up may be done."""
        if event.type() == QEvent.Type.WindowActivate and self.isVisible():
            self._changed()
        return super().event(event)

    # --- the list

    def reload(self) -> None:
        """List what is sought, or the last seen."""
        desk, text = self._room.desk, self.search.text().strip()
        mine = desk.who.id if self._mine.value() == ("mine",) else 0
        level = str((self._levels.value() or ("",))[0])

        def job() -> tuple[tuple[CustomerHint, ...], int]:
            whole = customers.how_many(desk)
            if customers.way_of(text) is None:
                return customers.recent(desk, owner=mine, level=level, limit=MOST), whole
            found = customers.find(desk, text, MOST)
            return tuple(h for h in found if (not mine or h.owner == mine) and h.level.startswith(level)), whole

        self.table.begin_loading()
        self._room.lane.run(job, self._listed, owner=self)

    def _listed(self, found: tuple[tuple[CustomerHint, ...], int]) -> None:
        hints, self._whole = found
        self.table.set_rows(hints)
        self._side.setVisible(bool(hints) or self._card is not None)
        shown = tr("{count} shown", count=count(len(hints)))
        self._count.setText(shown if len(hints) < MOST else tr("the newest {count}", count=count(len(hints))))
        if self.isVisible():
            self._room.say(self.status())

    def _into_list(self) -> None:
        if self.table.rows():
            self.table.choose(0)
            self.table.view.setFocus(Qt.FocusReason.TabFocusReason)

    # --- the card

    def _picked(self, hint: CustomerHint | None) -> None:
        if hint is not None:
            self._load(hint.id)

    def _load(self, number: int) -> None:
        desk, today = self._room.desk, self._room.now().date()
        self._room.lane.run(lambda: card(desk, number, today), self._show, owner=self)

    def _show(self, found: CustomerCard) -> None:
        if self._card is None or self._card.id != found.id:
            self._revealed = None
        self._card = found
        may_give = may(self._room.desk.who.role, Step.REASSIGN_CUSTOMER)
        self.card.show_customer(found, self._revealed, self._room.now(), may_give=may_give)
        self.card.show()
        self._nobody.hide()
        desk, now = self._room.desk, self._room.now()
        self._room.lane.run(lambda: given_to(desk, found.id, now), lambda given: self._show_papers(found.id, given),
                            owner=self)
        self._room.lane.run(lambda: brought_by(desk, found.id), lambda all_: self._show_documents(found.id, all_),
                            owner=self)

    def _show_papers(self, customer: int, given: tuple[Given, ...]) -> None:
        if self._card is not None and self._card.id == customer:
            self._given = given
            self.card.show_papers(given, self._room.now())

    def _open_paper(self, number: int) -> None:
        one = next(one for one in self._given if one.paper == number)
        open_given(self._room, one, self)

    def _show_documents(self, customer: int, brought: tuple[tuple[str, ScanRow], ...]) -> None:
        if self._card is not None and self._card.id == customer:
            self._brought = brought
            self.card.show_documents(brought, self._room.now())

    def _open_document(self, number: int) -> None:
        assert self._card is not None
        one = next(scan for _, scan in self._brought if scan.id == number)
        title = f"{document_words(Document(one.document))} {self.card.name.text()}"
        open_scan(self._room, number, title, self)

    def _do(self, what: str) -> None:
        found = self._card
        if found is None:
            return
        if what == "visit":
            self._room.go("reception", found.id)
        elif what == "papers":
            self.print_page()
        elif what == "reveal":
            self._reveal(self._revealed_now)
        elif what == "edit" and found.may_reveal and self._revealed is None:
            self._reveal(self._edit_revealed)
        else:
            self._open(self._sheet(what, found))

    def _sheet(self, what: str, found: CustomerCard) -> Sheet:
        made: dict[str, Callable[[], Sheet]] = {
            "edit": lambda: EditSheet(self._room, found, self._revealed),
            "plan": lambda: PlanSheet(self._room, found.id, found.name),
            "reassign": lambda: ReassignSheet(self._room, found),
            "family": lambda: FamilySheet(self._room, found),
            "consent": lambda: ConsentSheet(self._room, found),
        }
        return made[what]()

    def _open(self, sheet: Sheet) -> None:
        sheet.finished_with.connect(lambda _: self._changed())
        sheet.stand_over(self)

    def _changed(self) -> None:
        self._revealed = None
        if self._card is not None:
            self._load(self._card.id)
        self.reload()

    def _follow_up(self, number: int) -> None:
        if number > 0:  # one that is done has nothing left to do
            self._room.perform(Step.FOLLOW_UP, number)

    def _reveal(self, then: Callable[[Revealed], None]) -> None:
        found = self._card
        if found is None:
            return
        desk, now = self._room.desk, self._room.now()
        self._room.lane.run(lambda: customers.reveal(desk, found.id, now), then, owner=self,
                            refused=self._room.refuse)

    def _revealed_now(self, revealed: Revealed) -> None:
        self._revealed = revealed
        if self._card is not None:
            self._show(self._card)

    def _edit_revealed(self, revealed: Revealed) -> None:
        self._revealed_now(revealed)
        if self._card is not None:
            self._open(self._sheet("edit", self._card))


def _level(hint: CustomerHint) -> Mark | None:
    tones = {"A": "danger", "B": "warning", "C": "accent"}
    return Mark(hint.level[:1], tones.get(hint.level[:1], "neutral")) if hint.level else None
