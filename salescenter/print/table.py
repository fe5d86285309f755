"""Tables that go on over pages with their head repeated, and no row ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from salescenter.print.breaker import break_lines, widest_piece
from salescenter.print.fonts import FIGURES, Face
from salescenter.print.page import BLACK, Colour, Ink, Page
from salescenter.print.sheet import Block

Side = Literal["left", "centre", "right"]
_LEAST = 5.0
"""Points: below this a number that is too wide is cut after all."""
HEAD_GROUND: Colour = (0.935, 0.945, 0.955)


@dataclass(frozen=True, slots=True)
class Cell:
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


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, its texts already broken into lines."""

    grid: Grid
    cells: tuple[Cell, ...]
    lines: tuple[tuple[str, ...], ...]
    sizes: tuple[float, ...]
    spans: tuple[float, ...]
    height: float = field(default=0.0)

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw frames, grounds and texts, each cell centred from top to bottom."""
        for cell, lines, size, width in zip(self.cells, self.lines, self.sizes, self.spans, strict=True):
            if cell.ground:
                page.fill(left, top - self.height, width, self.height, cell.ground)
            if self.grid.thick:
                page.box(left, top - self.height, width, self.height, self.grid.thick, self.grid.rule)
            ink = Ink(self.grid.bold if cell.bold else self.grid.face, size, cell.colour)
            self._texts(page, cell.side, lines, ink, (left, top, width))
            left += width

    def _texts(
        self, page: Page, side: Side, lines: tuple[str, ...], ink: Ink, place: tuple[float, float, float]
    ) -> None:
        grid, (left, top, width) = self.grid, place
        y = top - (self.height - len(lines) * grid.leading) / 2 - (grid.leading + grid.size * 0.76) / 2
        for text in lines:
            if side == "right":
                page.right(left + width - grid.inset, y, text.translate(FIGURES), ink)
            elif side == "centre":
                page.centred(left + width / 2, y, text, ink)
            else:
                page.text(left + grid.inset, y, text, ink)
            y -= grid.leading


def row(grid: Grid, cells: Sequence[Cell | str]) -> TableRow:
    """Make one row; a plain string is a cell on the left."""
    filled = tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells)
    spans, at = [], 0
    for cell in filled:
        spans.append(sum(grid.widths[at:at + cell.span]))
        at += cell.span
    rooms = [width - 2 * grid.inset for width in spans]
    sizes = tuple(_size(cell, room, grid) for cell, room in zip(filled, rooms, strict=True))
    lines = tuple(_lines(cell, room, grid, size) for cell, room, size in zip(filled, rooms, sizes, strict=True))
    tallest = max(len(broken) for broken in lines)
    height = max(grid.least, tallest * grid.leading + 2 * grid.inset - 1)
    return TableRow(grid, filled, lines, sizes, tuple(spans), height)


def table(grid: Grid, head: Sequence[Sequence[Cell | str]], body: Sequence[Sequence[Cell | str]],
          *, foot: int = 0, before: float = 4.0, after: float = 6.0) -> Block:
    """Make a table: `head` rows come again on each page, the last `foot` rows stay with the row before them."""
    heads = [row(grid, [_heading(cell) for cell in cells]) for cells in head]
    rows = [*heads, *(row(grid, cells) for cells in body)]
    last = len(rows) - 1
    glued = frozenset(range(max(len(heads), last - foot), last)) if foot else frozenset()
    return Block(rows, head=len(heads), glued=glued, before=before, after=after)


def _heading(cell: Cell | str) -> Cell:
    return Cell(cell, "centre", bold=True, ground=HEAD_GROUND) if isinstance(cell, str) else cell


def _size(cell: Cell, width: float, grid: Grid) -> float:
    """The grid's size, or a smaller one at which no number of the cell is cut in two."""
    widest = widest_piece(cell.text, grid.bold if cell.bold else grid.face)
    return grid.size if widest * grid.size <= width * 1000 else max(_LEAST, int(width * 10_000 / widest) / 10)


def _lines(cell: Cell, width: float, grid: Grid, size: float) -> tuple[str, ...]:
    face = grid.bold if cell.bold else grid.face
    measure = round(width / size * 1000)
    return tuple(
        "".join(line.pieces)
        for part in cell.text.split("\n")
        for line in (break_lines(part, face, measure) or ())
    ) or ("",)
