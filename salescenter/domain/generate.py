"""Lays out a building by rule: floors, stairs, doors a floor, how they are numbered, which numbers are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.units import PriceBasis, Use

UNLUCKY_FLOORS = frozenset({4, 13, 14, 24})

MOST_UNITS = 5_000
"""More than this in one building is a slip of the hand."""


class Avoiding(StrEnum):
    """How a floor whose number is avoided is sold (销售楼层)."""

    NEXT = "next"      # the fourth floor is sold as 5, and so on upwards
    LETTER = "letter"  # the fourth floor is sold as 3A
    EMPTY = "empty"    # there is nothing for sale on it


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What stands above one another in a stair: one door of every floor, all of one type.

    Areas in square metres. The unit price is that of the lowest floor; each higher floor adds `rise`.
    """

    type: str = ""
    facing: str = ""
    area: Decimal = Decimal(0)
    inner: Decimal = Decimal(0)
    unit_price: Money = ZERO
    rise: Money = ZERO


@dataclass(frozen=True, slots=True)
class StairRule:
    """One stair (单元): its name, "" where the building has only one, and its doors from left to right."""

    name: str
    columns: tuple[ColumnRule, ...]


@dataclass(frozen=True, slots=True)
class BuildingRule:
    """A building as it is to be laid out.

    first, last: natural floors, basements below zero, there is no floor 0. without: natural floors that hold nothing
    for sale. avoid: numbers no floor is sold under, `avoiding` says what becomes of them. avoid_doors: numbers no door
    on a floor has. pattern: how a door is numbered, see `PLACES`.
    """

    stairs: tuple[StairRule, ...]
    first: int = 1
    last: int = 18
    without: frozenset[int] = frozenset()
    avoid: frozenset[int] = frozenset()
    avoiding: Avoiding = Avoiding.LETTER
    avoid_doors: frozenset[int] = frozenset()
    pattern: str = "{floor}{door}"
    use: Use = Use.HOME
    basis: PriceBasis = PriceBasis.GROSS


PLACES = ("floor", "door", "letter", "stair")
"""What a numbering pattern may hold: sale floor (12), door on the floor (02) or its letter (B), number of the stair."""

PATTERNS = ("{floor}{door}", "{floor}{letter}", "{stair}-{floor}{door}", "{stair}{floor}{door}", "{door}")
"""Patterns in use: 1202, 12B, 1-1202, 11202, 02."""


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """One unit the rule makes; `floor` is its order among the floors, ten for each natural one."""

    stair: str
    floor: int
    natural: str
    sale: str
    place: int
    number: str
    use: Use
    basis: PriceBasis
    column: ColumnRule
    unit_price: Money


def lay_out(rule: BuildingRule) -> tuple[PlannedUnit, ...]:
    """Return every unit of a rule, top floor first; refuses a rule that cannot be meant."""
    _demand(rule)
    floors = sale_floors(rule)
    units = tuple(
        unit
        for step, (natural, sale) in reversed(list(enumerate(floors)))
        for at, stair in enumerate(rule.stairs)
        for unit in _across(rule, stair, at, natural, sale, step)
    )
    doors = Counter((unit.stair, unit.number) for unit in units)
    twice = next((number for (_, number), count in doors.items() if count > 1), None)
    if twice is not None:
        raise FieldMalformed(field="pattern", value=rule.pattern, why="same-door-twice")
    return units


def sale_floors(rule: BuildingRule) -> list[tuple[int, str]]:
    """Return natural floor and the name it is sold under, lowest first, floors without units left out."""
    found: list[tuple[int, str]] = []
    upward = 0  # how far numbers were pushed up by those avoided
    for natural in range(rule.first, rule.last + 1):
        if natural == 0:
            continue
        while rule.avoiding is Avoiding.NEXT and natural > 0 and natural + upward in rule.avoid:
            upward += 1
        if natural in rule.without or (rule.avoiding is Avoiding.EMPTY and natural in rule.avoid):
            continue
        found.append((natural, _sale_name(rule, natural, upward)))
    return found


def _sale_name(rule: BuildingRule, natural: int, upward: int) -> str:
    if natural < 0:
        return f"B{-natural}"
    if rule.avoiding is Avoiding.NEXT:
        return str(natural + upward)
    if natural not in rule.avoid:
        return str(natural)
    below = natural
    while below in rule.avoid:
        below -= 1
    return f"{below}{'ABCD'[min(natural - below - 1, 3)]}" if below > 0 else str(natural)


def _across(
    rule: BuildingRule, stair: StairRule, at: int, natural: int, sale: str, step: int
) -> Iterator[PlannedUnit]:
    doors = _door_numbers(rule, len(stair.columns))
    own = re.search(r"\d+", stair.name)
    for place, (door, column) in enumerate(zip(doors, stair.columns, strict=True)):
        number = rule.pattern.format(
            floor=sale, door=f"{door:02d}", letter=_letter(place), stair=own[0] if own else at + 1
        )
        price = Money(column.unit_price.fen + column.rise.fen * step) if column.unit_price else ZERO
        yield PlannedUnit(
            stair.name, natural * 10, str(natural), sale, place, number, rule.use, rule.basis, column, price
        )


def _door_numbers(rule: BuildingRule, count: int) -> list[int]:
    found: list[int] = []
    door = 0
    while len(found) < count:
        door += 1
        if door not in rule.avoid_doors:
            found.append(door)
    return found


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26) + (str(place // 26) if place >= 26 else "")


def _demand(rule: BuildingRule) -> None:
    """Refuse what cannot be meant, naming the field."""
    places = set(re.findall(r"\{(\w+)\}", rule.pattern))
    plain = re.sub(r"\{\w+\}", "", rule.pattern)
    if not places & {"door", "letter"} or places - set(PLACES) or "{" in plain or "}" in plain:
        raise FieldMalformed(field="pattern", value=rule.pattern, why="numbering-pattern")
    if rule.first > rule.last or rule.first < -9 or rule.last > 150:
        raise FieldMalformed(field="floors", value=f"{rule.first}–{rule.last}", why="floors")
    names = [stair.name for stair in rule.stairs]
    if not names or len(set(names)) < len(names) or not all(stair.columns for stair in rule.stairs):
        raise FieldMalformed(field="stairs", value="、".join(names), why="stairs")
    if (rule.last - rule.first + 1) * sum(len(stair.columns) for stair in rule.stairs) > MOST_UNITS:
        raise FieldMalformed(field="floors", value=str(rule.last), why="too-many-units")


_RANGES = re.compile(r"[,，、;；\s]+")


def read_numbers(text: str) -> frozenset[int]:
    """Read numbers as people list them: `4, 13-14、24`; refuses anything else with FieldMalformed."""
    found: set[int] = set()
    for piece in filter(None, _RANGES.split(text.strip())):
        if not (pair := re.fullmatch(r"(-?\d{1,3})(?:[-–~至](-?\d{1,3}))?", piece)):
            raise FieldMalformed(field="numbers", value=piece, why="not-a-number")
        low, high = int(pair[1]), int(pair[2] or pair[1])
        found |= set(range(min(low, high), max(low, high) + 1))
    return frozenset(found)
