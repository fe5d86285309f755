"""The rows below a header as columns: blank, total and note rows set aside, merged cells filled down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from salescenter.domain.columns import FieldKey
from salescenter.domain.import_terms import REMEDIES, Aside, BadRow, Skipped
from salescenter.domain.printed_letters import unprintable
from salescenter.domain.recognition import GROUP, ColumnMapping
from salescenter.domain.sheet_values import Cell, Unreadable, Why, is_blank, plain, words
from salescenter.services.importing.headers import Header
from salescenter.services.importing.reader import Sheet, letter
from salescenter.services.printable import composed

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Body:
    """The entries of a sheet as columns; `rows[i]` is where entry i stands, from 0."""

    sheet: Sheet
    header: Header
    mapping: ColumnMapping
    rows: Sequence[int]
    cells: dict[FieldKey, list[Cell]]
    skipped: tuple[Skipped, ...]

    def bad(self, entry: int, field: FieldKey | None, why: Why, value: Cell = None, detail: str = "") -> BadRow:
        """Say what is wrong with an entry, and what to do."""
        column = self.mapping.at(field) if field else None
        where = (letter(column.index), column.header) if column else ("", "")
        return BadRow(self.rows[entry] + 1, *where, why, REMEDIES[why], words(value)[:60], detail)


_TOTAL = re.compile(r"(?:本页|全部|项目|住宅)?(?:合计|小计|总计|共计|累计)[::]?.*|TOTAL|SUBTOTAL")


LONGEST = 16
"""A line with one cell longer than this is a remark, not a room or a name."""


def body_of(sheet: Sheet, header: Header, mapping: ColumnMapping, key: FieldKey) -> Body:
    """Take the entries below the header: rows with something in the column of `key`, and rows that should have."""
    column = mapping.at(key)
    assert column is not None
    names = {plain(part) for name in header.names for part in (name, name.rsplit(GROUP, 1)[-1])} - {""}
    below = range(header.body, len(sheet.rows))
    doubtful = {cell for cell in {sheet.rows[at][column.index] for at in below} if _is_doubtful(cell, names)}
    kept: list[int] = []
    skipped: list[Skipped] = []
    for at in below:
        row = sheet.rows[at]
        if row[column.index] in doubtful and (aside := _aside(row, names, row[column.index])) is not None:
            skipped += [Skipped(at + 1, aside, _said(row))] if any(map(plain, row)) else []
        else:
            kept.append(at)
    whole = list(zip(*(sheet.rows[at] for at in kept), strict=True)) or [() for _ in range(sheet.width)]
    cells: dict[FieldKey, list[Cell]] = {
        one.field: _sound(whole[one.index]) for one in mapping.columns if one.field is not None
    }
    return Body(sheet, header, mapping, kept, cells, tuple(skipped))


def _is_doubtful(cell: Cell, names: set[str]) -> bool:
    """Whether a row with this in its main column may be none of the list's entries."""
    said = plain(cell)
    return said == "" or len(said) > LONGEST or said in names or _TOTAL.fullmatch(said) is not None


def _aside(row: Sequence[Cell], names: set[str], cell: Cell) -> Aside | None:
    filled = [said for said in map(plain, row) if said]
    if not filled:
        return Aside.NOTE
    if any(_TOTAL.fullmatch(said) for said in filled[:4]):
        return Aside.TOTAL
    if len(filled) == 1 and (plain(cell) == "" or len(filled[0]) > LONGEST):
        return Aside.NOTE
    return Aside.HEADER if len(filled) > 1 and all(said in names for said in filled) else None


def _said(row: Sequence[Cell]) -> str:
    return " ".join(filter(None, map(words, row)))[:80]


def _sound(cells: Sequence[Cell]) -> list[Cell]:
    """True equals 1 as a key, so a ticked cell must not be taken for a number; letters typed in parts become whole."""
    if bool in set(map(type, cells)):
        cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
    whole = {cell: made for cell in set(cells) if isinstance(cell, str) and (made := composed(cell)) is not cell}
    return [whole.get(cell, cell) if isinstance(cell, str) else cell for cell in cells] if whole else list(cells)


def in_rows(found: Iterable[BadRow]) -> tuple[BadRow, ...]:
    """Return what is wrong from the top of the sheet down."""
    return tuple(sorted(found, key=lambda bad: (bad.row, bad.column)))


def unprinted(body: Body) -> Iterator[BadRow]:
    """Yield every cell with a character that no paper could print; it is kept, and wants a look."""
    for which, column in body.cells.items():
        odd = {cell: letter for cell in set(column) if isinstance(cell, str) and (letter := unprintable(cell))}
        for entry, cell in enumerate(column) if odd else ():
            if isinstance(cell, str) and cell in odd:
                yield body.bad(entry, which, Why.UNPRINTABLE, cell, odd[cell])


def fill_merged(body: Body, meant: frozenset[FieldKey]) -> list[tuple[int, FieldKey]]:
    """Write a merged cell's value into every row it covers where that is meant (building, floor, type, ...).

    Returns the entries and fields where one amount stands for several rows, which is never meant.
    """
    field_at = {one.index: one.field for one in body.mapping.columns if one.field in body.cells}
    entry_at = {row: entry for entry, row in enumerate(body.rows)}
    doubtful: list[tuple[int, FieldKey]] = []
    for (top, left), (bottom, _) in body.sheet.merged:
        field = field_at.get(left)
        if field is None or top == bottom or top < body.header.body:
            continue
        covered = [entry_at[row] for row in range(top, bottom + 1) if row in entry_at]
        if field not in meant:
            doubtful += [(entry, field) for entry in covered if len(covered) > 1]
            continue
        for entry in covered:
            body.cells[field][entry] = body.sheet.rows[top][left]
    return doubtful


def fill_down(
    body: Body, field: FieldKey, only: Callable[[int], bool] | None = None, starts: frozenset[int] = frozenset()
) -> None:
    """Repeat the value above in blank cells, where `only` allows it, and never past an entry in `starts`."""
    column = body.cells.get(field, [])
    above: Cell = None
    for entry, cell in enumerate(column):
        if not is_blank(cell):
            above = cell
        elif entry in starts:
            above = None
        elif above is not None and (only is None or only(entry)):
            column[entry] = above


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """One column read: the values, and which entries could not be."""

    values: list[T | None]
    troubles: tuple[tuple[int, Why], ...] = ()


def read_column(cells: Sequence[Cell], read: Callable[[Cell], T | None]) -> Parsed[T]:
    """Read a column, each distinct cell once: in real lists most cells repeat."""
    known: dict[Cell, T | None] = {}
    failed: dict[Cell, Why] = {}
    for cell in set(cells):
        try:
            known[cell] = read(cell)
        except Unreadable as trouble:
            known[cell], failed[cell] = None, trouble.why
    found = [known[cell] for cell in cells]
    troubles = tuple((i, failed[cell]) for i, cell in enumerate(cells) if cell in failed) if failed else ()
    return Parsed(found, troubles)
