"""The table of a list: the largest size at which its entries fit, the width shared out by what the columns hold."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.domain.papers.listing import Column, ListRow
from salescenter.print.breaker import entry
from salescenter.print.fonts import Face, typeface
from salescenter.print.page import BLACK, RED, Colour
from salescenter.print.sheet import Block
from salescenter.print.table import Cell, Grid, table

_RULE: Colour = (0.55, 0.58, 0.62)
_STRONG: Colour = (0.955, 0.96, 0.965)
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_INSET = 3.0
_FACES = (Face.SANS, Face.SANS_BOLD)
_LOOKED_AT = 400
"""Rows measured to share out the width; the rest wraps."""


def list_table(
    columns: Sequence[Column], rows: Sequence[ListRow], totals: Sequence[Sequence[str]], measure: float
) -> Block:
    """Set a table with its head again on each page; the totals stay with the last row."""
    size, widths = _widths(columns, [*rows[:_LOOKED_AT], *(ListRow(tuple(cells), strong=True) for cells in totals)],
                           measure)  # fmt: skip
    grid = Grid(widths, size, size * 1.36, _INSET, size * 1.36 + 6, 0.4, *_FACES, _RULE)
    whole = [*rows, *(ListRow(tuple(cells), strong=True) for cells in totals)]
    body = [[_cell(columns[at], at, text, row) for at, text in enumerate(row.cells)] for row in whole]
    return table(grid, [[column.name for column in columns]], body, foot=len(totals))


def _cell(column: Column, at: int, text: str, row: ListRow) -> Cell:
    ink = RED if row.alarm and at == 0 else BLACK
    return Cell(text, column.side, bold=row.strong or (row.alarm and at == 0),
                ground=_STRONG if row.strong else None, colour=ink)  # fmt: skip


def _widths(columns: Sequence[Column], rows: Sequence[ListRow], measure: float) -> tuple[float, tuple[float, ...]]:
    natural = [_natural(column, at, rows) for at, column in enumerate(columns)]
    for size in _SIZES:
        asked = [column.share * measure or widest * size / 1000 + 2 * _INSET + 1
                 for column, widest in zip(columns, natural, strict=True)]  # fmt: skip
        if sum(asked) <= measure:
            break
    spare = measure - sum(asked)
    if spare >= 0:
        return size, tuple(width + spare * width / sum(asked) for width in asked)
    least = [min(width, max(4 * size, _uncut(at, rows, size)) + 2 * _INSET + 1) for at, width in enumerate(asked)]
    room = max(0.0, measure - sum(least))
    more = [width - floor for width, floor in zip(asked, least, strict=True)]
    scale = measure / sum(least) if sum(least) > measure else 1.0
    shared = [floor + room * extra / (sum(more) or 1) for floor, extra in zip(least, more, strict=True)]
    return size, tuple(width * scale for width in shared)


def _uncut(at: int, rows: Sequence[ListRow], size: float) -> float:
    """The width at which no number of a column is cut in two."""
    widest = (entry(part, _FACES[row.strong]).widest for row in rows for part in row.cells[at].split("\n"))
    return max(widest, default=0) * size / 1000


def _natural(column: Column, at: int, rows: Sequence[ListRow]) -> int:
    """The width of a column's widest line, in thousandths of the size."""
    plain, strong = (typeface(face).widths for face in _FACES)
    lines = ((strong if row.strong else plain)[part] for row in rows for part in row.cells[at].split("\n"))
    return max(strong[column.name], *lines, 0)
