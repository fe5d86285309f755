"""Up to four units side by side, the better figure of each line standing out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.saying import area_text, rate_text
from salescenter.ui.floorplan.why import outside_words
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import LinkButton, QuietButton
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, hold, row, scrolled
from salescenter.ui.kit.terms import state_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line: what is compared, what each unit says, and which are the best of it (places of the units)."""

    label: str
    said: tuple[str, ...]
    best: frozenset[int] = frozenset()


def compared(estate: Estate, units: Sequence[int], today: int, *, private: bool) -> list[Comparison]:
    """Put units (indexes) side by side; lines that say nothing of any of them are left out."""
    cells = estate.cells
    totals, areas = [cells.total[i] for i in units], [cells.area[i] for i in units]
    inners = [cells.inner[i] for i in units]
    shares = [10_000 * inner // area if area else 0 for inner, area in zip(inners, areas, strict=True)]
    rates = [(100 * total + area // 2) // area if area else 0 for total, area in zip(totals, areas, strict=True)]
    cheapest = min((total for total in totals if total), default=0)
    states = [UnitState(estate.states[i]) for i in units]
    lines = [
        Comparison(tr("State"), tuple(outside_words(state) if private else state_words(state) for state in states)),
        Comparison(tr("Type"), tuple(cells.type[i] for i in units)),
        Comparison(tr("Facing"), tuple(cells.facing[i] for i in units)),
        Comparison(tr("Floor"), tuple(_floors(estate)[cells.building[i], cells.floor[i]] for i in units)),
        Comparison(tr("Construction area"), tuple(map(area_text, areas)), _best(areas, max)),
        Comparison(tr("Inner area"), tuple(map(area_text, inners)), _best(inners, max)),
        Comparison(tr("Usable share"), tuple(f"{one / 100:.1f}%" if one else "" for one in shares), _best(shares, max)),
        Comparison(tr("Price a ㎡"), tuple(map(rate_text, rates)), _best(rates, min)),
        Comparison(tr("Total price"), tuple(_yuan(total) for total in totals), _best(totals, min)),
        Comparison(tr("More than the cheapest"), tuple(_yuan(total - cheapest) if total else "" for total in totals)),
        Comparison(tr("Days for sale"), tuple(_days(estate, i, today) for i in units)),
    ]
    return [line for line in lines if any(line.said)]


def _best(values: Sequence[int], pick: object) -> frozenset[int]:
    """Places of the best value; none where all are the same or something is missing."""
    if not all(values) or len(set(values)) < 2:
        return frozenset()
    best = max(values) if pick is max else min(values)
    return frozenset(at for at, value in enumerate(values) if value == best)


def _floors(estate: Estate) -> dict[tuple[int, int], str]:
    return {(block.id, floor.order): floor.sale for block in estate.layout.buildings for floor in block.floors}


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}" if fen else ""


def _days(estate: Estate, i: int, today: int) -> str:
    free = estate.states[i] == UnitState.FOR_SALE and estate.cells.released[i]
    return formats.count(today - estate.cells.released[i]) if free else ""


class CompareView(Panel):
    """The marked units side by side, below the grid."""

    chosen = Signal(int)     # go to this unit
    unmarked = Signal(int)   # take this one out
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setContentsMargins(14, 8, 10, 10)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(22)
        self._grid.setVerticalSpacing(3)
        area = scrolled(hold(self._grid))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrow keys scroll
        area.setAccessibleName(tr("Compare"))
        self.put(area)
        self._tallest = 16_777_215

    def show_units(self, estate: Estate, units: Sequence[int], today: int, *, private: bool) -> None:
        """Show these units."""
        _clear(self._grid)
        self._heads(estate, units)
        for line, one in enumerate(compared(estate, units, today, private=private), 1):
            self._grid.addWidget(Label(one.label, "muted"), line, 0)
            for at, said in enumerate(one.said):
                self._grid.addWidget(_figure(said, best=at in one.best), line, at + 1)
        self._grid.setColumnStretch(len(units) + 1, 1)
        for at in range(self._grid.count()):  # what is not shown yet asks for no room
            item = self._grid.itemAt(at)
            if item is not None and (widget := item.widget()) is not None:
                widget.show()
        self._fit()
        self.setAccessibleName(tr("Comparing {units}", units=", ".join(estate.code(i) for i in units)))

    def limit(self, tallest: int) -> None:
        """Take at most so many pixels of height; what does not fit scrolls."""
        self._tallest = tallest
        self._fit()

    def _fit(self) -> None:
        around = self.body.contentsMargins()
        self.setFixedHeight(min(self._grid.sizeHint().height() + around.top() + around.bottom() + 4, self._tallest))

    def texts(self) -> list[list[str]]:
        """Return what stands in the table, line by line, without the heads."""
        rows = range(1, self._grid.rowCount())
        lines = ([self._text(row, column) for column in range(self._grid.columnCount())] for row in rows)
        return [[text for text in line if text] for line in lines]

    def _text(self, row: int, column: int) -> str:
        item = self._grid.itemAtPosition(row, column)
        widget = item.widget() if item is not None else None
        return widget.text() if isinstance(widget, QLabel) else ""

    def _heads(self, estate: Estate, units: Sequence[int]) -> None:
        for at, i in enumerate(units):
            go = LinkButton(f"{at + 1}  {estate.code(i)}", partial(self.chosen.emit, i))
            away = QuietButton("×", partial(self.unmarked.emit, i))
            away.setAccessibleName(tr("Take {unit} out", unit=estate.code(i)))
            away.setFixedWidth(26)
            self._grid.addWidget(hold(row(None, go, away, gap=2)), 0, at + 1)
        close = QuietButton(tr("Close"), self.closed.emit, key="Esc")
        self._grid.addWidget(close, 0, len(units) + 2)


def _figure(said: str, *, best: bool) -> QLabel:
    label = Label(said or formats.NOTHING, "strong" if best else "")
    if best:
        label.say(said, "accent")
    font = numbers(label.font())
    font.setBold(best)
    label.setFont(font)
    label.setAlignment(Qt.AlignmentFlag.AlignRight)
    return label


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    for column in range(grid.columnCount()):
        grid.setColumnStretch(column, 0)
