"""The list of marks that keep papers beyond their years: found, sorted, lifted, taken away as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PRINTED
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.files import write_file
from salescenter.services.papers.kept import Kept, kept
from salescenter.services.papers.titles import marked_words
from salescenter.ui.kit import late
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.destroying_words import held_words
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.keep_marks import ask_lift
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.saving import ask_where
from salescenter.ui.kit.sheet import WIDE, Sheet
from salescenter.ui.kit.turning import Turning

STANDING, LIFTED = "standing", "lifted"


class KeepList(QWidget):
    """Marks that stand, or those that were lifted; `go(mark)` leads to what one keeps. `lifted`: one was, here."""

    lifted = Signal()

    def __init__(self, room: Room, go: Callable[[Kept], object] | None = None) -> None:
        super().__init__()
        self.room, self._found = room, tuple[Kept, ...]()
        self.shown = ChipGroup([(STANDING, tr("Standing")), (LIFTED, tr("Lifted"))]).in_one_line()
        self.shown.put(STANDING)
        self.table: RecordTable[Kept] = RecordTable(
            _columns(self._says, self._tone), now=room.now, key=lambda one: one.id, empty=_nothing(),
            actions=lambda one: [(tr("Lift the mark …"), self.ask_lift)] if one.lifted is None else [],
        )  # fmt: skip
        self.seek = QuietButton(tr("Find in this list"), self.table.find_rows, key="Ctrl F")
        self.excel = QuietButton(tr("Excel …"), self._ask_where)
        self.excel.setToolTip(tr("All marks, lifted ones too. The history says who took the list away."))
        self.lift_it = OutlinedButton(tr("Lift the mark …"), self.ask_lift)
        self.go_there = OutlinedButton(tr("Show what it keeps"), self.open_current, key="Enter")
        self._go = go
        self._offer()
        self._lay_out()
        self.shown.edited.connect(self._show_rows)
        self.table.picked.connect(lambda _: self._offer())
        self.table.opened.connect(lambda _: self.open_current())
        begins_in(self, lambda: self.table if self.table.rows() else self.shown)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Turning(row(self.shown, self.go_there, self.lift_it), row(self.seek, self.excel)))
        layout.addWidget(self.table, 1)

    def load(self) -> None:
        """Look the marks up."""
        desk, now = self.room.desk, self.room.now()
        self.table.begin_loading()
        self.room.lane.run(lambda: kept(desk, now), self._show, owner=self, refused=self.room.refuse)

    def status(self) -> str:
        """Count the marks that stand."""
        many = sum(one.lifted is None for one in self._found)
        return trn("{count} mark keeps papers.", "{count} marks keep papers.", count=many)

    def open_current(self) -> None:
        """Lead to what the chosen mark keeps."""
        if self._go is not None and (one := self.table.current()) is not None:
            self._go(one)

    def ask_lift(self) -> None:
        """Ask why the chosen mark is lifted."""
        if (one := self.table.current()) is not None and one.lifted is None:
            ask_lift(self.room, one.id, one.reason, self._again, self)

    def save_to(self, file: Path) -> None:
        """Write all marks into a workbook; the history is told first."""
        desk, now = self.room.desk, self.room.now()
        said = tr("Saved as {file}", file=file.name)

        def write() -> None:
            book, _ = late.export(desk, "kept", now)
            write_file(file, book)

        self.room.papers.run(write, lambda _: self.room.say(said), owner=self, refused=self.room.refuse)

    def _again(self) -> None:
        self.load()
        self.lifted.emit()

    def _show(self, found: tuple[Kept, ...]) -> None:
        self._found = found
        self._show_rows()
        self.room.say(self.status())

    def _show_rows(self) -> None:
        lifted = self.shown.value() == LIFTED
        self.table.set_rows([one for one in self._found if (one.lifted is not None) is lifted])
        self.table.choose_first()
        self._offer()

    def _offer(self) -> None:
        one, any_ = self.table.current(), bool(self._found)
        self.seek.setVisible(any_)
        self.excel.setVisible(any_ and may(self.room.desk.who.role, Step.EXPORT))
        self.go_there.setVisible(any_ and self._go is not None)
        self.lift_it.setVisible(any_)
        self.lift_it.setEnabled(one is not None and one.lifted is None)
        self.go_there.setEnabled(one is not None)

    def _ask_where(self) -> None:
        ask_where(self, tr("Save the list of marks"), f"{tr('Keep marks')}.xlsx", self.save_to)

    def _says(self, one: Kept) -> str:
        """What the own years of what it keeps say; or how it ended."""
        if one.lifted is not None:
            return tr("lifted: {why} ({name})", name=one.lifted.by, why=one.lifted.why)
        if one.terms.held is not None:
            return held_words(one.terms.held)
        if one.terms.due is None:
            return tr("for good")
        if one.terms.papers == 1:
            return tr("its years are over") if one.terms.over else ""
        return tr("{over} of {count} past their years", over=one.terms.over, count=one.terms.papers)

    def _tone(self, one: Kept) -> str:
        return "warning" if one.terms.over else "muted"


def _columns(says: Callable[[Kept], str], tone: Callable[[Kept], str]) -> list[Column[Kept]]:
    return [
        Column(tr("Paper"), _paper, width=112, tip=_paper),
        Column(tr("Number"), _number, width=176, tip=_number),
        Column(tr("Deal"), lambda one: one.deal_number, width=106, spare=True),
        Column(tr("Customer"), lambda one: one.customer, width=92, tip=lambda one: one.customer),
        Column(tr("Kept because"), lambda one: one.reason, tip=lambda one: one.reason),
        Column(tr("Kept by"), lambda one: one.by, width=76, spare=True),
        Column(tr("Kept since"), lambda one: one.at, Kind.MOMENT, width=98),
        Column(tr("Due from"), lambda one: one.terms.due, Kind.DAY, width=90, tone=tone, tip=says),
        Column("", says, width=120, tone=tone, tip=says),
    ]


def _paper(one: Kept) -> str:
    return marked_words(one.kind, one.document)


def _number(one: Kept) -> str:
    """The number a mark names; that of its deal where it keeps all of it, and of how many papers."""
    if one.number:
        return one.number
    return f"{one.deal_number} ({one.terms.papers})" if one.terms.papers else one.deal_number


def _nothing() -> EmptyState:
    return EmptyState(
        tr("No paper is kept beyond its years"),
        tr("For a lawsuit or an inspection a paper is marked under Printed papers, a customer's document at its deal."),
        icon="papers",
    )  # fmt: skip


def show_kept(room: Room, one: Kept) -> None:
    """Lead to the paper a mark keeps, or to the deal where it keeps all of it or a customer's document."""
    if one.kind in PRINTED:
        room.go("papers", one.number)
    else:
        room.go("deals", one.deal)


class MarksSheet(Sheet):
    """All marks over whatever asks for them; `done()` is told once it is closed where one was lifted."""

    def __init__(self, room: Room, done: Callable[[], object]) -> None:
        super().__init__(tr("Kept beyond their years"), width=WIDE)
        self.list = KeepList(room)
        self.list.table.setMinimumHeight(170)
        self._lifted = False
        self.list.lifted.connect(self._note)
        self.finished.connect(lambda _: done() if self._lifted else None)
        self.put(self.list)
        self.add_action(tr("Close"), self.reject)
        self.list.load()

    def _note(self) -> None:
        self._lifted = True
