"""Tables that go on over pages with their head repeated, and no row ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from salescenter.print.breaker import Entry, break_lines, entry
from salescenter.print.fonts import FIGURES, Face, Typeface, typeface
from salescenter.print.page import BLACK, Colour, Page
from salescenter.print.sheet import Block
from salescenter.print.typeset import Typeset, set_tight

Side = Literal["left", "centre", "right"]
_LEAST = 5.0
"""Points: below this a number that is too wide is cut after all."""
_TALLEST = 290.0
"""Points: a row beyond it goes on in further rows, so that one long note never runs off its page.

The lowest sheet there is, half an A4 across, is 330 points deep inside its margins, and a head stands above the row.
"""
HEAD_GROUND: Colour = (0.935, 0.945, 0.955)


class Cell(NamedTuple):
    """One cell: its text, side, how many columns it spans, its ground."""

    text: str
    side: Side = "left"
    span: int = 1
    bold: bool = False
    ground: Colour | None = None
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is drawn: column widths in points, type size, blank in a cell."""

    widths: tuple[float, ...]
    size: float = 9.5
    leading: float = 13.0
    inset: float = 3.5
    least: float = 20.0
    thick: float = 0.5
    face: Face = Face.SERIF
    bold: Face = Face.SERIF_BOLD
    rule: Colour = BLACK


class _SetCell(NamedTuple):
    """A cell as it will be drawn: each line with its distance from the cell's left edge, the cell's width in points."""

    lines: Sequence[tuple[float, Typeset]]
    width: float
    ground: Colour | None
    colour: Colour


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, its texts already set."""

    grid: Grid
    cells: tuple[_SetCell, ...]
    height: float

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw frames, grounds and texts, each cell centred from top to bottom."""
        grid, foot = self.grid, top - self.height
        for cell in self.cells:
            if cell.ground:
                page.fill(left, foot, cell.width, self.height, cell.ground)
            if grid.thick:
                page.box(left, foot, cell.width, self.height, grid.thick, grid.rule)
            blank = (self.height - len(cell.lines) * grid.leading) / 2
            y = top - blank - (grid.leading + grid.size * 0.76) / 2
            for across, line in cell.lines:
                page.put(left + across, y, line, cell.colour)
                y -= grid.leading
            left += cell.width


def row(grid: Grid, cells: Sequence[Cell | str]) -> TableRow:
    """Make one row; a plain string is a cell on the left."""
    made, at = [], 0
    for cell in cells:
        told = cell if isinstance(cell, Cell) else Cell(cell)
        made.append(_set(told, sum(grid.widths[at:at + told.span]), grid))
        at += told.span
    tallest = max(len(cell.lines) for cell in made)
    return TableRow(grid, tuple(made), max(grid.least, tallest * grid.leading + 2 * grid.inset - 1))


def _set(cell: Cell, width: float, grid: Grid) -> _SetCell:
    face, room = typeface(grid.bold if cell.bold else grid.face), width - 2 * grid.inset
    size, lines = _lines(cell.text, face, room, grid.size)
    placed = [_placed(line, cell.side, face, size, (width, grid.inset)) for line in lines]
    return _SetCell(placed, width, cell.ground, cell.colour)


def _placed(line: Entry, side: Side, face: Typeface, size: float, place: tuple[float, float]
            ) -> tuple[float, Typeset]:
    """Set a line of a cell and say how far from the cell's left edge it begins (points)."""
    width, inset = place
    if side == "left":
        return inset, set_tight(line.line, face, size)
    if side == "right":
        return width - inset - line.figured * size / 1000, set_tight(line.line.translate(FIGURES), face, size)
    return (width - line.width * size / 1000) / 2, set_tight(line.line, face, size)


def table(grid: Grid, head: Sequence[Sequence[Cell | str]], body: Sequence[Sequence[Cell | str]],
          *, foot: int = 0, before: float = 4.0, after: float = 6.0) -> Block:
    """Make a table: `head` rows come again on each page, the last `foot` rows stay with the row before them."""
    heads = [row(grid, [_heading(cell) for cell in cells]) for cells in head]
    rows = [*heads, *(part for cells in body for part in _parts(row(grid, cells)))]
    last = len(rows) - 1
    glued = frozenset(range(max(len(heads), last - foot), last)) if foot else frozenset()
    return Block(rows, head=len(heads), glued=glued, before=before, after=after)


def _parts(whole: TableRow) -> tuple[TableRow, ...]:
    """Cut a row that a page might not hold into rows between its lines; others stay as they are."""
    if whole.height <= _TALLEST:
        return (whole,)
    grid, tallest = whole.grid, max(len(cell.lines) for cell in whole.cells)
    most = int((_TALLEST - 2 * grid.inset) / grid.leading)
    return tuple(
        TableRow(grid, tuple(cell._replace(lines=cell.lines[at:at + most]) for cell in whole.cells),
                 min(most, tallest - at) * grid.leading + 2 * grid.inset - 1)
        for at in range(0, tallest, most)
    )  # fmt: skip


def _heading(cell: Cell | str) -> Cell:
    return Cell(cell, "centre", bold=True, ground=HEAD_GROUND) if isinstance(cell, str) else cell


def _lines(text: str, face: Typeface, room: float, size: float) -> tuple[float, Sequence[Entry]]:
    """The lines of a cell and their size: the grid's, or a smaller one at which no number is cut in two."""
    parts = [entry(part, face.face) for part in text.split("\n")]
    widest = max([part.widest for part in parts])
    if widest * size > room * 1000:
        size = max(_LEAST, int(room * 10_000 / widest) / 10)
    measure = round(room / size * 1000)
    if len(parts) == 1 and parts[0].width <= measure:  # as in most cells
        return size, parts
    broken = ["".join(line.pieces) for part in text.split("\n") for line in break_lines(part, face.face, measure)]
    widths = face.widths
    return size, [Entry(line, widths[line], widths[line.translate(FIGURES)]) for line in broken or [""]]
