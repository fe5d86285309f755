"""Draws the tables of a template: lines whose cells are parted by tabs, one below the other, as a table with rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from salescenter.domain.papers.form_tables import ABOVE, BESIDE
from salescenter.domain.templates import Said
from salescenter.print.breaker import entry
from salescenter.print.sheet import Block
from salescenter.print.table import HEAD_GROUND, Cell, Grid, Side, table

TAB = "\t"
_EDGES = " \u3000\r"
_SUM = re.compile(r"[-−]?[\d,，]*\d\.\d+|[-−]?\d{1,3}(?:[,，]\d{3})+")
_LABEL = re.compile(r"：[ \u3000×_]*$")
_NARROWEST, _WIDEST = 2.5, 18.0
"""Ems that a column's words count for at least and at most, as the columns share the measure."""

_GRID = Grid((), size=9.5, leading=13.5, inset=3.5, least=22.0)


def runs(lines: Iterable[Said]) -> Iterator[list[Said]]:
    """Part the lines of a filled template: the rows of each table together, every other line alone."""
    for in_table, found in groupby(lines, _is_row):
        rows = list(found)
        if in_table and len(rows) > 1:
            yield rows
        else:
            yield from ([row] for row in rows)


def table_block(rows: Sequence[Said], measure: float) -> Block:
    """Draw rows as a table over the measure (points); a first row in which nothing was filled is its head.

    So is the row below it, where cells of the first one are as wide as several columns or as high as both.
    """
    cells = _wide_and_tall([_cells(row) for row in rows])
    wide = max(map(len, cells))
    widths = _widths([_narrow(row) for row in cells if len(row) == wide], measure)
    grid = Grid(widths, _GRID.size, _GRID.leading, _GRID.inset, _GRID.least)
    head = 0 if rows[0].marks or len(cells[0]) < wide else 1
    if head and (BESIDE in cells[0] or ABOVE in cells[1]) and not rows[1].marks:
        head = 2
    heads = [[_heading(cell) for cell in _spread(row, wide)] for row in cells[:head]]
    return table(grid, heads, [_spread(row, wide) for row in cells[head:]], before=6, after=8)


def abreast(said: Said, wide: float) -> Said:
    """Put the cells of a line that is no table's side by side, each where its column begins; wide: ems of the line.

    What is filled in follows its label right away.
    """
    cells, at, text, is_label = said.text.split(TAB), 0, "", False
    marks: list[tuple[int, int]] = []
    for count, cell in enumerate(cells):
        here = [mark for mark in said.marks if at <= mark[0] <= at + len(cell)]
        if cell.strip(_EDGES) not in (BESIDE, ABOVE):
            column = 0 if is_label and here else wide * count / len(cells)
            text += "\u3000" * (max(1, round(column - _ems(text))) if count else 0)
            moved, is_label = len(text) - at, not here
            marks += [(start + moved, end + moved) for start, end in here]
            text += cell
        at += len(cell) + 1
    return Said(text, tuple(marks))


def _ems(text: str) -> float:
    return entry(text, _GRID.face).width / 1000


def _heading(cell: Cell | str) -> Cell | str:
    """A cell as a head's: one of a single column and row is told by its words alone."""
    if isinstance(cell, str) or (cell.span == 1 and not cell.above):
        return cell.text if isinstance(cell, Cell) else cell
    return cell._replace(side="centre", bold=True, ground=HEAD_GROUND)


def _is_row(line: Said) -> bool:
    """Whether a line is a table's; not where it only puts labels with room for the pen side by side, as to sign."""
    return not line.block and TAB in line.text and not any(map(_LABEL.search, _cells(line)))


def _cells(row: Said) -> list[str]:
    return [cell.strip(_EDGES) for cell in row.text.strip("\r").split(TAB)]


def _wide_and_tall(rows: list[list[str]]) -> list[list[str]]:
    """Read ↑ ↑ below a cell as wide as both (门窗 ←) as one cell, too."""
    for above, row in pairwise(rows):
        for at in range(1, min(len(above), len(row))):
            if row[at] == ABOVE and above[at] == BESIDE and row[at - 1] in (ABOVE, BESIDE):
                row[at] = BESIDE
    return rows


def _widths(rows: Sequence[Sequence[str]], measure: float) -> tuple[float, ...]:
    """Share the measure out by what each column says, so that none starves and none takes all."""
    shares = [
        min(_WIDEST, max(_NARROWEST, *(_ems(cell) for cell in column))) + 1
        for column in zip(*rows, strict=True)
    ]
    return tuple(measure * share / sum(shares) for share in shares)


def _narrow(row: Sequence[str]) -> list[str]:
    """What the cells say that are one column wide: the others say nothing about how wide a column must be."""
    after = (*row[1:], "")
    return ["" if cell == ABOVE or BESIDE in (cell, behind) else cell for cell, behind in zip(row, after, strict=True)]


def _spread(row: Sequence[str], wide: int) -> list[Cell | str]:
    """Make the cells of a row, each with the ← behind it as one cell; ↑ is one with the cell above.

    Of a row with fewer cells than the table the longest takes the room that is left.
    """
    longest = max(range(len(row)), key=lambda at: len(row[at]))
    cells: list[Cell | str] = []
    for at, text in enumerate(row):
        if text == BESIDE and isinstance(before := cells[-1] if cells else "", Cell):
            cells[-1] = before._replace(span=before.span + 1)
            continue
        said, more = text if text not in (BESIDE, ABOVE) else "", (wide - len(row)) * (at == longest)
        side: Side = "right" if _SUM.fullmatch(said) else "left"
        cells.append(Cell(said, side, span=1 + more, above=text == ABOVE))
    return cells
