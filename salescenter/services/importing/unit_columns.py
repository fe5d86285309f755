"""Reads the columns of a unit list into values, cell by cell, and says which could not be read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from salescenter.domain import addresses, sheet_values
from salescenter.domain.addresses import Door, Floor
from salescenter.domain.columns import UnitField as F
from salescenter.domain.import_terms import BadRow
from salescenter.domain.money import Money
from salescenter.domain.sheet_values import Cell, Why, is_blank, plain, words
from salescenter.domain.units import ANNEXES, Use
from salescenter.services.importing.body import Body, Parsed, fill_down, fill_merged, read_column

T = TypeVar("T")

NEEDED = frozenset({F.NUMBER, F.FLOOR, F.GROSS, F.INNER, F.GROSS_PRICE, F.INNER_PRICE, F.TOTAL})
"""A cell of these that cannot be read stops the row; any other is left empty and flagged."""

SHARED = frozenset(
    {F.PHASE, F.BUILDING, F.STAIR, F.FLOOR, F.SALE_FLOOR, F.TYPE, F.USE, F.FACING, F.PERMIT, F.HANDOVER, F.MORTGAGED,
     F.KIND, F.STATE, F.NOTE}
)  # fmt: skip
"""What a merged cell may say for several units; an area or a price never."""


def _yes(cell: Cell) -> bool:
    said = plain(cell)
    return not is_blank(cell) and not re.match(r"否|未|无|不|解|N|0|FALSE", said)


_READERS: dict[F, Callable[[Cell], Any]] = {
    F.PHASE: words,
    F.BUILDING: addresses.building,
    F.STAIR: addresses.stair,
    F.FLOOR: addresses.floor,
    F.SALE_FLOOR: words,
    F.NUMBER: addresses.door,
    F.PLACE: sheet_values.whole,
    F.TYPE: lambda cell: "" if is_blank(cell) else words(cell),
    F.USE: addresses.use,
    F.FACING: addresses.facing,
    F.GROSS: sheet_values.area,
    F.INNER: sheet_values.area,
    F.SHARED: sheet_values.area,
    F.MEASURED_GROSS: sheet_values.area,
    F.MEASURED_INNER: sheet_values.area,
    F.PERMIT: lambda cell: "" if is_blank(cell) else words(cell),
    F.HANDOVER: sheet_values.day,
    F.MORTGAGED: _yes,
    F.BOUND_TO: lambda cell: "" if is_blank(cell) else words(cell),
    F.NOTE: words,
    F.KIND: words,
}
_AMOUNTS = (F.GROSS_PRICE, F.INNER_PRICE, F.TOTAL, F.FILED_PRICE, F.FILED_TOTAL, F.FLOOR_TOTAL)


@dataclass(slots=True)
class UnitColumns:
    """The columns of a unit list as values, all equally long; what the list does not say is None or empty."""

    body: Body
    bad: list[BadRow] = field(default_factory=list)
    flagged: list[BadRow] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.body.rows)

    def read(self, which: F) -> list[Any]:
        """Read a column; what cannot be read is listed and stands as None."""
        cells = self.body.cells.get(which)
        if cells is None:
            return [None] * len(self)
        parsed = read_column(cells, self._reader(which))
        self._list(which, parsed, cells)
        return parsed.values

    def text(self, which: F) -> list[str]:
        """Read a column of words; blank is ""."""
        return [said or "" for said in self.read(which)]

    def _reader(self, which: F) -> Callable[[Cell], Any]:
        if which not in _AMOUNTS:
            return _READERS[which]
        column = self.body.mapping.at(which)
        scale = column.scale if column else 1
        return lambda cell: sheet_values.money(cell, scale)

    def _list(self, which: F, parsed: Parsed[Any], cells: Sequence[Cell]) -> None:
        into = self.bad if which in NEEDED else self.flagged
        into += [self.body.bad(entry, which, why, cells[entry]) for entry, why in parsed.troubles]


def fill_in(columns: UnitColumns) -> None:
    """Fill merged cells and the blanks below a building's, stair's or floor's first row, where that is meant."""
    body = columns.body
    for entry, which in fill_merged(body, frozenset(SHARED)):
        columns.bad.append(body.bad(entry, which, Why.ONE_AMOUNT_FOR_MANY, body.cells[which][entry]))
    buildings = body.cells.get(F.BUILDING, [])
    blank = _blanks(buildings)
    if blank:
        fill_down(body, F.BUILDING)
    starts = frozenset(i for i in range(1, len(buildings)) if buildings[i] != buildings[i - 1])
    if blank:
        fill_down(body, F.STAIR, blank.__contains__, starts)
    if _blanks(body.cells.get(F.FLOOR, ())):
        numbers = body.cells[F.NUMBER]
        fill_down(body, F.FLOOR, lambda entry: addresses.floor_of_number(plain(numbers[entry])) is None, starts)


def _blanks(cells: Sequence[Cell]) -> frozenset[int]:
    empty = {cell for cell in set(cells) if is_blank(cell)}
    return frozenset(entry for entry, cell in enumerate(cells) if cell in empty) if empty else frozenset()


def doors(columns: UnitColumns) -> list[Door]:
    """Read the door numbers; a missing one is listed and stands as an empty door."""
    found = columns.read(F.NUMBER)
    nothing = Door("")
    columns.bad += [columns.body.bad(i, F.NUMBER, Why.MISSING) for i, door in enumerate(found) if door is None]
    return [door or nothing for door in found]


def floors(columns: UnitColumns, found: Sequence[Door], uses: Sequence[Use]) -> list[Floor]:
    """Read the floors; a missing one is told from the door number, or assumed below ground for spaces and stores."""
    source = F.FLOOR if F.FLOOR in columns.body.cells else F.SALE_FLOOR
    read = read_column(columns.body.cells.get(source, ["" for _ in found]), addresses.floor)
    unreadable = {entry for entry, _ in read.troubles}
    cells = columns.body.cells.get(source, ())
    columns.bad += [columns.body.bad(entry, source, why, cells[entry]) for entry, why in read.troubles]
    guesses: dict[int, Floor] = {}
    for i, floor in enumerate(read.values):
        if floor is None and i not in unreadable:
            guesses[i] = _guessed(columns, i, found[i], uses[i])
    return [floor or guesses.get(i, _NOWHERE) for i, floor in enumerate(read.values)]


_NOWHERE = Floor(1, 0, 1, "")


def _guessed(columns: UnitColumns, entry: int, door: Door, use: Use) -> Floor:
    level = addresses.floor_of_number(door.number)
    if level is not None:
        return Floor(level, 0, level, str(level))
    if use in ANNEXES:
        columns.flagged.append(columns.body.bad(entry, F.NUMBER, Why.FLOOR_ASSUMED, door.number, "B1"))
        return Floor(-1, 0, -1, "B1")
    columns.bad.append(columns.body.bad(entry, F.NUMBER, Why.FLOOR_UNKNOWN, door.number))
    return _NOWHERE


def numbers(found: Sequence[Door], homes: Sequence[tuple[str, str]], floors: Sequence[Floor]) -> list[str]:
    """Return what the doors say; where the list numbers each floor anew (01, 02), the floor is put in front.

    That is how such lists are read in the trade: floor 31, room 01 is door 3101.
    """
    seen: dict[tuple[str, str, str], int] = {}
    anew: set[tuple[str, str]] = set()
    for door, home, floor in zip(found, homes, floors, strict=True):
        if len(door.number) <= 2 and seen.setdefault((*home, door.number), floor.order) != floor.order:
            anew.add(home)
    if not anew:
        return [door.number for door in found]
    return [
        _with_floor(floor, door.number) if home in anew and len(door.number) <= 2 else door.number
        for door, home, floor in zip(found, homes, floors, strict=True)
    ]


def _with_floor(floor: Floor, number: str) -> str:
    level = f"B{-floor.level}" if floor.level < 0 else str(floor.level)
    letter = "ABCD"[floor.part - 1] if 0 < floor.part < 5 else "M" if floor.part else ""
    return f"{level}{letter}{number:0>2}"


_SUFFIX = re.compile(r"(?:.*\D)?\d{1,2}(\d{2})([A-Z]?)|(?:.*[^0-9A-Z])?\d{0,3}?([A-Z]|\d{1,3})")


def places(
    homes: Sequence[tuple[str, str]], numbers: Sequence[str], floors: Sequence[Floor], written: Sequence[int | None]
) -> list[int]:
    """Return each unit's column within its stair, from 0: as written, else by the end of its door number.

    Doors above one another (1201, 1101) stand in one column, also where a floor lacks some of them.
    """
    ends = [door_end(number) if at is None else f"{at:04d}" for number, at in zip(numbers, written, strict=True)]
    by_home: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for home, end in zip(homes, ends, strict=True):
        by_home[home].add(end)
    ranks = {home: {end: rank for rank, end in enumerate(sorted(found))} for home, found in by_home.items()}
    found = [ranks[home][end] for home, end in zip(homes, ends, strict=True)]
    cells = Counter(zip(homes, (floor.order for floor in floors), found, strict=True))
    return found if len(cells) == len(found) else _in_order(homes, floors)


@lru_cache(maxsize=65536)
def door_end(number: str) -> str:
    """Return the part of a door number that doors above one another share: 02 of 1202, B of 2B."""
    found = _SUFFIX.fullmatch(number)
    if found is None:
        return number
    said = (found[1] + found[2]) if found[1] else found[3]
    return f"{said:0>4}" if said.isdigit() else said


def _in_order(homes: Sequence[tuple[str, str]], floors: Sequence[Floor]) -> list[int]:
    """Two doors would stand in one cell: count them floor by floor in the list's own order."""
    following: Counter[tuple[tuple[str, str], int]] = Counter()
    found: list[int] = []
    for home, floor in zip(homes, floors, strict=True):
        found.append(following[home, floor.order])
        following[home, floor.order] += 1
    return found


def handovers(columns: UnitColumns) -> list[date | None]:
    """Read the days of handover."""
    return columns.read(F.HANDOVER)


def amounts(columns: UnitColumns, which: F) -> list[Money | None]:
    """Read a column of money; zero says that nothing is set."""
    return [value or None for value in columns.read(which)]
