"""Finds the header of a sheet under its title rows, also where it is written over two or three rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from salescenter.domain.columns import FIELDS, Kind
from salescenter.domain.recognition import GROUP, likeness
from salescenter.domain.sheet_values import Cell, plain, words
from salescenter.services.importing.reader import Sheet, letter

LOOK_AT = 40
"""How many rows from the top are looked at for a header."""

HEIGHTS = (1, 2, 3)
"""How many rows a header may take."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it says: `names[i]` is column i's, groups first (签约›单价)."""

    row: int          # first row, from 0
    height: int
    names: tuple[str, ...]
    known: int        # how many columns sound like something of this list
    title: str        # what stands above it

    @property
    def body(self) -> int:
        """The first row below it, from 0."""
        return self.row + self.height

    @property
    def shown_row(self) -> int:
        """Its first row as the spreadsheet counts, from 1; 0 where there is none."""
        return self.row + 1 if self.height else 0


def find_header(sheet: Sheet, kind: Kind) -> Header | None:
    """Return the rows that sound most like a header of this list; None in a sheet without one."""
    best = max((_best_at(sheet, kind, row) for row in range(min(LOOK_AT, len(sheet.rows)))), default=None)
    return header_at(sheet, kind, -best[1], best[2]) if best and best[0] >= 1.8 else None


def header_from(sheet: Sheet, kind: Kind, row: int) -> Header:
    """Take the header that begins in this row because the user says so, as high as it sounds best."""
    return header_at(sheet, kind, row, _best_at(sheet, kind, row)[2])


def _best_at(sheet: Sheet, kind: Kind, row: int) -> tuple[float, int, int]:
    """Weigh headers that begin in a row: weight, the row with a minus (the upper one wins a tie), height."""
    found = []
    for height in HEIGHTS:
        if row + height > len(sheet.rows) or (height > 1 and not _may_be_header(sheet.rows[row + height - 1])):
            break
        weight = _weight(header_names(sheet, row, height), kind) + _bond(sheet, row, height)
        found.append((weight, -row, height))
    return max(found, key=lambda one: (one[0], -one[2]))


def header_at(sheet: Sheet, kind: Kind, row: int, height: int = 1) -> Header:
    """Take these rows for the header."""
    names = header_names(sheet, row, height)
    above = (words(cell) for line in sheet.rows[:row] for cell in line)
    title = " ".join(dict.fromkeys(said for said in above if said))
    return Header(row, height, names, _known(names, kind), title)


def no_header(sheet: Sheet) -> Header:
    """Take a sheet that is entries from its first row on; its columns are called by their letters."""
    return Header(0, 0, tuple(letter(index) for index in range(sheet.width)), 0, "")


def header_names(sheet: Sheet, row: int, height: int) -> tuple[str, ...]:
    """Read each column's name down the header's rows, a group's name spread over the columns it stands above."""
    lines = [_spread(sheet, row + i, last=i == height - 1) for i in range(height)]
    return tuple(GROUP.join(dict.fromkeys(filter(None, column))) for column in zip(*lines, strict=True))


def _spread(sheet: Sheet, row: int, *, last: bool) -> list[str]:
    """One header row as text; a merged or left-out group name is repeated to the right, except in the last row."""
    said = [re.sub(r"\s+", "", words(cell)) for cell in sheet.rows[row]]
    if last:
        return said
    spans = {
        first[1]: end[1] for first, end in sheet.merged if first[0] <= row <= end[0] and end[1] > first[1]
    }
    for start, end in spans.items():
        if end - start + 1 < sheet.width * 0.8:  # wider than that is a title, not a group
            said[start : end + 1] = [said[start]] * (end - start + 1)
    return said if sheet.merged else _filled_right(said, sheet.rows[row + 1])


def _filled_right(said: list[str], below: Sequence[Cell]) -> list[str]:
    """Without merge marks (CSV): a blank beside a group name belongs to it where something stands below."""
    filled = list(said)
    for i in range(1, len(filled)):
        if not filled[i] and filled[i - 1] and plain(below[i]) and plain(below[i - 1]):
            filled[i] = filled[i - 1]
    return filled


def _may_be_header(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if plain(cell)]
    return bool(filled) and all(isinstance(cell, str) and not re.match(r"[\d¥.-]+$", plain(cell)) for cell in filled)


def _bond(sheet: Sheet, row: int, height: int) -> float:
    """What merged cells say for these rows being one header: names that span them, groups above them."""
    last = row + height - 1
    bond = -0.2 * (height - 1)
    for (top, left), (bottom, right) in sheet.merged:
        spans, wide = bottom > top, right - left + 1 >= sheet.width * 0.8
        if spans and bottom >= row and top <= last and right == left:
            bond += 0.5 if (top, bottom) == (row, last) else -1.0
        elif right > left and not wide and row <= top == bottom < last:
            bond += 0.3
    return bond


def _weight(names: Sequence[str], kind: Kind) -> float:
    best: dict[str, float] = {}
    for name in names:
        for field in FIELDS[kind] if 0 < len(name) <= 40 else ():
            alike = likeness(name, kind, field.key)[0]
            if alike >= 0.7:
                best[field.key] = max(best.get(field.key, 0.0), alike)
    return sum(best.values())


def _known(names: Sequence[str], kind: Kind) -> int:
    return sum(any(likeness(name, kind, field.key)[0] >= 0.7 for field in FIELDS[kind]) for name in names if name)
