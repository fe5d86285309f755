"""Tables that go on over pages with their head repeated, and no row ever cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from salescenter.print.breaker import Entry, break_lines, entry
from salescenter.print.fonts import FIGURES, Face, Typeface, typeface
from salescenter.print.page import BLACK, Colour, Page
from salescenter.print.sheet import Block, Row
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
    """One cell: its text, side, how many columns it spans, its ground; `above`: it is one with the cell above it."""

    text: str
    side: Side = "left"
    span: int = 1
    bold: bool = False
    ground: Colour | None = None
    colour: Colour = BLACK
    above: bool = False


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


class SetCell(NamedTuple):
    """A cell as it will be drawn: each line with its distance from the cell's left edge, the cell's width in points."""

    lines: Sequence[tuple[float, Typeset]]
    width: float
    ground: Colour | None
    colour: Colour


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, its texts already set."""

    grid: Grid
    cells: tuple[SetCell, ...]
    height: float

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw frames, grounds and texts, each cell centred from top to bottom."""
        for cell in self.cells:
            draw_cell(page, self.grid, cell, (left, top, self.height))
            left += cell.width


def draw_cell(page: Page, grid: Grid, cell: SetCell, place: tuple[float, float, float]) -> None:
    """Draw a cell: its ground, its frame, its lines in the middle; place: left, top and height in points."""
    left, top, height = place
    if cell.ground:
        page.fill(left, top - height, cell.width, height, cell.ground)
    if grid.thick:
        page.box(left, top - height, cell.width, height, grid.thick, grid.rule)
    blank = (height - len(cell.lines) * grid.leading) / 2
    y = top - blank - (grid.leading + grid.size * 0.76) / 2
    for across, line in cell.lines:
        page.put(left + across, y, line, cell.colour)
        y -= grid.leading


def row(grid: Grid, cells: Sequence[Cell | str]) -> TableRow:
    """Make one row; a plain string is a cell on the left."""
    made = [cell for _, _, cell in set_row(grid, cells)]
    return TableRow(grid, tuple(made), max(needed(grid, cell) for cell in made))


def set_row(grid: Grid, cells: Sequence[Cell | str]) -> list[tuple[int, Cell, SetCell]]:
    """Set the texts of a row's cells; with each the column it begins in (from 0)."""
    return [(at, told, _set(told, sum(grid.widths[at:at + told.span]), grid)) for at, told in _columns(cells)]


def needed(grid: Grid, cell: SetCell) -> float:
    """Return the height a cell needs, in points."""
    return max(grid.least, len(cell.lines) * grid.leading + 2 * grid.inset - 1)


def _set(cell: Cell, width: float, grid: Grid) -> SetCell:
    face, room = typeface(grid.bold if cell.bold else grid.face), width - 2 * grid.inset
    size, lines = _lines(cell.text, face, room, grid.size)
    placed = [_placed(line, cell.side, face, size, (width, grid.inset)) for line in lines]
    return SetCell(placed, width, cell.ground, cell.colour)


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
    heads = list(_rows(grid, [[_heading(cell) for cell in cells] for cells in head]))
    rows = [*heads, *_rows(grid, body)]
    last = len(rows) - 1
    glued = frozenset(range(max(len(heads), last - foot), last)) if foot else frozenset()
    return Block(rows, head=len(heads), glued=glued, before=before, after=after)


def _rows(grid: Grid, body: Sequence[Sequence[Cell | str]]) -> Iterator[Row]:
    """Set rows; those that a cell holds together are one, so that no page parts them."""
    for cells in _held_together(body):
        yield from _joined(grid, cells)


def _held_together(body: Sequence[Sequence[Cell | str]]) -> Iterator[list[Sequence[Cell | str]]]:
    """Part rows where no cell reaches from one to the next."""
    group: list[Sequence[Cell | str]] = []
    for cells in body:
        if group and not any(isinstance(cell, Cell) and cell.above for cell in cells):
            yield group
            group = []
        group.append(cells)
    if group:
        yield group


def _joined(grid: Grid, rows: Sequence[Sequence[Cell | str]]) -> Iterator[Row]:
    """Set rows that cells hold together as one; as several where a page might not hold them, the cells' words again."""
    while len(rows) > 1:
        count = next((n for n in range(len(rows), 1, -1) if _block(grid, rows[:n]).height <= _TALLEST), 1)
        first, rest = rows[:count], rows[count:]
        yield from (_block(grid, first),) if count > 1 else _parts(row(grid, first[0]))
        rows = [_told_again(first, rest[0]), *rest[1:]] if rest else ()
    if rows:
        yield from _parts(row(grid, rows[0]))


def _told_again(above: Sequence[Sequence[Cell | str]], cells: Sequence[Cell | str]) -> list[Cell | str]:
    """Return a row's cells, those that go on with one above as that one."""
    words: dict[int, Cell] = {}
    for one in above:
        words |= {at: told for at, told in _columns(one) if not told.above}
    return [words.get(at, told)._replace(span=told.span) if told.above else told for at, told in _columns(cells)]


def _columns(cells: Sequence[Cell | str]) -> Iterator[tuple[int, Cell]]:
    """Each cell with the column it begins in (from 0)."""
    at = 0
    for cell in cells:
        told = cell if isinstance(cell, Cell) else Cell(cell)
        yield at, told
        at += told.span


@dataclass(slots=True)
class _Reach:
    """A cell and the rows it reaches over (from 0, both included)."""

    at: int
    span: int
    cell: SetCell
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows that cells hold together: each cell with its distance from the left and the top and its height (points)."""

    grid: Grid
    cells: tuple[tuple[float, float, float, SetCell], ...]
    height: float

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw them, each cell over all the rows it reaches."""
        for across, down, height, cell in self.cells:
            draw_cell(page, self.grid, cell, (left + across, top - down, height))


def _block(grid: Grid, rows: Sequence[Sequence[Cell | str]]) -> RowBlock:
    reaches = _reaches(grid, rows)
    heights = [grid.least] * len(rows)
    for one in sorted(reaches, key=lambda one: (one.last, one.last - one.first)):
        short = needed(grid, one.cell) - sum(heights[one.first:one.last + 1])
        heights[one.last] += max(0.0, short)
    placed = [(sum(grid.widths[:one.at]), sum(heights[:one.first]), sum(heights[one.first:one.last + 1]), one.cell)
              for one in reaches]  # fmt: skip
    return RowBlock(grid, tuple(placed), sum(heights))


def _reaches(grid: Grid, rows: Sequence[Sequence[Cell | str]]) -> list[_Reach]:
    """Find how far each cell reaches; one that says to go on where none of its width stands above is a cell alone."""
    found: list[_Reach] = []
    above: dict[tuple[int, int], _Reach] = {}
    for number, cells in enumerate(rows):
        here: dict[tuple[int, int], _Reach] = {}
        for at, told, cell in set_row(grid, cells):
            reach = above.get((at, told.span)) if told.above else None
            if reach is None:
                reach = _Reach(at, told.span, cell, number, number)
                found.append(reach)
            reach.last = number
            here[at, told.span] = reach
        above = here
    return found


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
