"""Which home of the estate, or of the list itself, an imported parking space or storage room goes with (随房)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from salescenter.domain.addresses import Door, building_key, door, stair_key
from salescenter.domain.import_terms import Fact
from salescenter.domain.sheet_values import Why, plain
from salescenter.domain.units import ANNEXES, Use
from salescenter.services.importing.facts import AT, Estate, Facts, Home, Standing
from salescenter.services.importing.rows import UnitRow

_USE, _BOUND_TO = AT[Fact.USE], AT[Fact.BOUND_TO]
_ANY = "*"
"""A place in whatever stair: the code of the one home of that number in a building, "" where there are several."""

Place = tuple[str, str, str]
"""Building and stair by what their spellings share, and the number at the door."""


class NewCodes:
    """Gives new units their codes, in the order of the list."""

    def __init__(self, estate: Estate) -> None:
        self._buildings = estate.buildings
        self._taken = {unit.code for unit in estate.units.values()}
        self._prefixes: dict[Home, str] = {}

    def give(self, home: Home, row: UnitRow) -> str:
        """Return the next unit's code: building, stair and number, with the floor where that code is taken."""
        if home not in self._prefixes:
            short = self._buildings[home[0]][2] if home[0] in self._buildings else home[0]
            self._prefixes[home] = f"{short}-{home[1]}-" if home[1] else f"{short}-"
        code = self._prefixes[home] + row.number
        if code in self._taken:
            code = f"{code}-{row.floor.label}"
        self._taken.add(code)
        return code


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes a list may name, by their codes and by where they lie; annexed: codes of those that have annexes."""

    codes: dict[str, str]
    places: dict[Place, str]
    annexed: frozenset[str]

    def named(self, row: UnitRow) -> UnitRow:
        """Return a row that says by its code which home it goes with, "" where there is no such home."""
        return row._replace(bound_to=self.code(row.bound_to, row.building)) if row.bound_to else row

    def code(self, said: str, building: str) -> str:
        """Return the code of the home that a cell means: 3-1-1201, 3-1201, 3栋1单元1201, or 1201 of the same building.

        "" where there is none, or more than one stair has that number.
        """
        if (found := self.codes.get(plain(said))) is not None:
            return found
        meant = _meant(read, building) if (read := door(said)) else ()
        return next((code for place in meant if (code := self.places.get(place))), "")

    def clash(self, standing: Standing | None, after: Facts) -> Why | None:
        """Say why a unit cannot be as a list has it: bound without being an annex, or no home with annexes."""
        if after[_BOUND_TO] and after[_USE] not in ANNEXES:
            return Why.NOT_AN_ANNEX
        if standing is not None and standing.code in self.annexed and after[_USE] != Use.HOME:
            return Why.HAS_ANNEXES
        return None


def _meant(read: Door, building: str) -> Iterator[Place]:
    """The places a door may mean, the surest first."""
    of = building_key(read.building or read.lead or building)
    yield of, stair_key(read.stair) if read.stair else _ANY, read.number
    if read.lead and not read.building:
        yield building_key(building), stair_key(read.lead), read.number


def homes_of(estate: Estate, rows: Iterable[UnitRow] | None) -> Homes:
    """Gather the homes of the estate and those that rows would make; no rows (None) where a list names no homes."""
    bound = frozenset(unit.facts[_BOUND_TO] for unit in estate.units.values() if unit.facts[_BOUND_TO])
    if rows is None:
        return Homes({}, {}, bound)
    standing = [(place, unit.code) for place, unit in estate.units.items() if unit.facts[_USE] == Use.HOME]
    found = [*standing, *_new_homes(estate, rows)]
    places: dict[Place, str] = {}
    for (building, stair, number), code in found:
        places[building, stair, number] = code
        anywhere = building, _ANY, number
        places[anywhere] = "" if places.get(anywhere, code) != code else code
    return Homes({plain(code): code for _, code in found}, places, bound)


def _new_homes(estate: Estate, rows: Iterable[UnitRow]) -> Iterator[tuple[Place, str]]:
    codes = NewCodes(estate)
    for row in rows:
        home = building_key(row.building), stair_key(row.stair)
        if (place := (*home, row.number)) not in estate.units:
            code = codes.give(home, row)
            if row.use is Use.HOME:
                yield place, code
