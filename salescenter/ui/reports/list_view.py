"""The list behind a figure: every line, its sums, and a way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.money import Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.units import UnitState, Use
from salescenter.i18n import tr
from salescenter.money_words import kind_words, method_words
from salescenter.services.reports import listings
from salescenter.services.reports.listings import Line, ListAsked, Listing, ListKind
from salescenter.ui.kit.buttons import OutlinedButton, QuietButton
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import MutedLabel, TitleLabel
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.terms import use_words
from salescenter.ui.reports import saying


class ListView(QWidget):
    """A list that opened behind a figure. `closed` asks to go back; a line leads to its unit on the grid."""

    closed = Signal()
    exported = Signal()
    printed = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.listing: Listing | None = None
        self.table: RecordTable[Line] | None = None
        self.title, self.period = TitleLabel(), MutedLabel()
        back = OutlinedButton(tr("Back to the charts"), self.closed.emit, key="Esc")
        self.export = QuietButton(tr("Excel"), self.exported.emit)
        self.print = QuietButton(tr("Print …"), self.printed.emit, key="F8")
        begins_in(self, lambda: self.table)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(16, 12, 16, 12)
        self._body.setSpacing(10)
        self._body.addLayout(row(back, self.title, self.period, None, self.print, self.export, gap=12))

    def show_list(self, found: Listing) -> None:
        """Show another list, its columns by what they hold."""
        self.listing = found
        self.title.say(title_of(found.asked))
        self.period.say(saying.period_of(found.asked, self._room.now().date()))
        if self.table is not None:
            self._body.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
        empty = EmptyState(tr("Nothing stands behind this figure"), tr("Nothing of this kind happened in the period."))
        self.table = RecordTable(columns_of(found), now=self._room.now, empty=empty)
        self.table.opened.connect(self._open)
        self._body.addWidget(self.table, 1)
        self.table.set_rows(found.lines)
        self.table.setFocus()

    def _open(self, line: Line | None) -> None:
        if line is not None and line.unit:
            self._room.go("floorplan", line.unit)


def title_of(asked: ListAsked) -> str:
    """Name a list."""
    if asked.kind is ListKind.DEALS:
        return tr(saying.DEAL_FIGURES[asked.figure])
    if asked.kind is ListKind.CONTACTS:
        return tr(saying.FUNNEL_STAGES[asked.figure])
    return tr(saying.LISTS[asked.kind])


def columns_of(found: Listing) -> list[Column[Line]]:
    """Make the columns of a list: what they hold decides how they are written, aligned and summed."""
    made = []
    for at, column in enumerate(found.columns):
        sample = next((line.cells[at] for line in found.lines if line.cells[at] is not None), found.sums[at])
        kind, width = _kind(sample)
        made.append(
            Column(tr(column.heading), _reader(at), kind, _WIDTHS.get(column.key, width), total=column.summed,
                   spare=column.key in _SPARE)
        )
    return made


_WIDTHS = {"reason": 0, "what": 110, "number": 130, "unit": 100, "building": 90, "consultant": 90, "use": 70}


_SPARE = frozenset({"number", "building", "use"})
"""Columns a narrow window leaves out: the unit's own number tells the rest, and the sums stay in sight."""


_KINDS: tuple[tuple[type, Kind, int], ...] = (
    (UnitState, Kind.STATE, 110),
    (Money, Kind.MONEY, 122),
    (Decimal, Kind.AREA, 96),
    (datetime, Kind.MOMENT, 110),  # before its base, the day
    (date, Kind.DAY, 90),
    (int, Kind.COUNT, 64),
    (StrEnum, Kind.TEXT, 90),
)


def _kind(sample: listings.Cell) -> tuple[Kind, int]:
    return next(((kind, width) for of, kind, width in _KINDS if isinstance(sample, of)), (Kind.TEXT, 0))


def _reader(at: int) -> Callable[[Line], object]:
    return lambda line: said(line.cells[at])


def said(cell: listings.Cell) -> object:
    """Return a cell as a table shows it: codes in words, all else as it is."""
    match cell:
        case UnitState():
            return cell
        case Use():
            return use_words(cell)
        case MoneyKind():
            return kind_words(cell)
        case Method():
            return method_words(cell)
        case _:
            return cell
