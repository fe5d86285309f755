"""Compares a drafted unit list with the estate: what would be made, what changed, what stays, what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from salescenter.domain.addresses import building_key, in_order, stair_key
from salescenter.domain.columns import UnitField
from salescenter.domain.import_terms import REMEDIES, BadRow, Fact
from salescenter.domain.money import Money, Rounding
from salescenter.domain.sheet_values import Why
from salescenter.services.importing.bindings import NewCodes, homes_of
from salescenter.services.importing.body import in_rows
from salescenter.services.importing.draft import UnitDraft
from salescenter.services.importing.facts import (
    AT,
    BOUND,
    FACTS,
    SET,
    Estate,
    Facts,
    Home,
    Standing,
    estate_of,
    laid_over,
    new_facts,
    said_by,
    shown,
)
from salescenter.services.importing.reader import letter
from salescenter.services.importing.rows import UnitRow
from salescenter.services.importing.unit_columns import door_end
from salescenter.services.importing.watch import many_rows
from salescenter.services.settings import rounding_of
from salescenter.services.work import Desk


class NewUnit(NamedTuple):
    """A unit that would be made."""

    row: UnitRow
    home: Home
    code: str
    place: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that would change; values as the screen shows them (Money, square metres, words)."""

    fact: Fact
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that would change. row: where the sheet says so."""

    unit: int
    code: str
    row: int
    facts: tuple[FactChange, ...]

    @property
    def total(self) -> tuple[Money, Money] | None:
        """The list total before and after, where it changes."""
        found = next((one for one in self.facts if one.fact is Fact.LIST_TOTAL), None)
        if found is None or not isinstance(found.old, Money) or not isinstance(found.new, Money):
            return None
        return found.old, found.new


class Rewrite(NamedTuple):
    """A unit's whole new standing."""

    before: Standing
    after: Facts


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do, shown before anything is written.

    buildings, stairs, types, phases: names that would be made (a stair with its building); new, changed, unchanged:
    units; bound: changes that are not made because a deal lives on the unit; missing: codes of the listed buildings
    that the list does not have (they stay); unknown_permits: permits to be entered in the estate first; bad: rows that
    stop the import; total: sum of the listed units' totals under the project's rounding; seen: the estate this was
    compared with.
    """

    draft: UnitDraft
    rounding: Rounding
    buildings: tuple[str, ...]
    stairs: tuple[tuple[str, str], ...]
    types: tuple[str, ...]
    phases: tuple[str, ...]
    new: tuple[NewUnit, ...]
    changed: tuple[Change, ...]
    rewrites: tuple[Rewrite, ...]
    bound: tuple[Change, ...]
    unchanged: int
    missing: tuple[str, ...]
    unknown_permits: tuple[str, ...]
    bad: tuple[BadRow, ...]
    total: Money
    seen: tuple[int, int]

    @property
    def prices_changed(self) -> bool:
        """Whether list, filed or floor prices of units already there would change."""
        return any(one.fact in SET for change in self.changed for one in change.facts)

    @property
    def empty(self) -> bool:
        """Whether nothing at all would be done."""
        return not (self.new or self.changed)


def plan(desk: Desk, draft: UnitDraft) -> ImportPlan:
    """Compare a draft with the project's estate as it stands now."""
    with desk.reading() as connection:
        return compare(draft, estate_of(connection, desk.project), rounding_of(connection, desk.project))


def compare(draft: UnitDraft, estate: Estate, how: Rounding) -> ImportPlan:
    """Compare a draft with an estate under a rounding."""
    comparison = _Comparison(draft, estate, how)
    with many_rows():
        for row in draft.rows:
            comparison.take(row)
        return comparison.result()


Fresh = tuple[UnitRow, Home, Facts]


class _Comparison:
    """Goes through the rows and sorts them into new, changed, bound and unchanged."""

    def __init__(self, draft: UnitDraft, estate: Estate, how: Rounding) -> None:
        self.draft, self.estate, self.how = draft, estate, how
        self.columns = frozenset(str(field) for field in draft.mapping.fields())
        self.fresh: list[Fresh] = []
        self.changed: list[Change] = []
        self.rewrites: list[Rewrite] = []
        self.bound: list[Change] = []
        self.bad = list(draft.bad)
        self.met: set[int] = set()
        self.unchanged = 0
        self.total = 0
        self.homes = homes_of(estate, draft.rows if UnitField.BOUND_TO in draft.mapping.fields() else None)

    def take(self, row: UnitRow) -> None:
        """Compare one row with the unit it speaks of."""
        home, listed = (building_key(row.building), stair_key(row.stair)), row.bound_to
        row = self.homes.named(row)
        standing = self.estate.units.get((*home, row.number))
        if standing is None:
            after = new_facts(row, self.how)
        else:
            self.met.add(standing.id)
            after = laid_over(standing.facts, self._said(row), self.how)
        if (bad := self._trouble(row, listed, standing, after)) is not None:
            self.bad.append(bad)
            return
        self.total += after[AT[Fact.LIST_TOTAL]]
        if standing is None:
            self.fresh.append((row, home, after))
        else:
            self._again(row, standing, after)

    def _trouble(self, row: UnitRow, listed: str, standing: Standing | None, after: Facts) -> BadRow | None:
        """Say what keeps a row out: its price, or the home that it was `listed` with."""
        filed, total = after[AT[Fact.FILED_TOTAL]], after[AT[Fact.LIST_TOTAL]]
        if filed is not None and total > filed:
            at, of = (UnitField.TOTAL, UnitField.GROSS_PRICE), str(Money(filed))
            return _bad(self.draft, row, Why.ABOVE_FILED, str(Money(total)), *at, detail=of)
        why = Why.NO_SUCH_HOME if listed and not row.bound_to else self.homes.clash(standing, after)
        if why is None:
            return None
        return _bad(self.draft, row, why, listed or row.number, UnitField.BOUND_TO, UnitField.USE)

    def _said(self, row: UnitRow) -> Facts:
        said = said_by(row, self.columns)
        if row.permit and row.permit not in self.estate.permits:  # a permit has an issuing day, which no list tells
            return tuple(None if fact is Fact.PERMIT else value for fact, value in zip(FACTS, said, strict=True))
        return said

    def _again(self, row: UnitRow, standing: Standing, after: Facts) -> None:
        free = _without(BOUND, standing.facts, after) if standing.bound else after
        if free != after:
            self.bound.append(_change(standing, row, _without(frozenset(FACTS) - BOUND, standing.facts, after)))
        if free == standing.facts:
            self.unchanged += 1
        else:
            self.changed.append(_change(standing, row, free))
            self.rewrites.append(Rewrite(standing, free))

    def result(self) -> ImportPlan:
        """Put the comparison together."""
        draft, estate = self.draft, self.estate
        listed = {building_key(row.building) for row in draft.rows}
        known = estate.units.items()
        return ImportPlan(
            draft=draft,
            rounding=self.how,
            buildings=_new_buildings(estate, self.fresh),
            stairs=_new_stairs(estate, self.fresh),
            types=_unknown((row.type for row in draft.rows), estate.types),
            phases=_unknown((row.phase for row, _, _ in self.fresh), estate.phases),
            new=_placed(estate, self.fresh),
            changed=tuple(self.changed),
            rewrites=tuple(self.rewrites),
            bound=tuple(self.bound),
            unchanged=self.unchanged,
            missing=tuple(unit.code for key, unit in known if key[0] in listed and unit.id not in self.met),
            unknown_permits=_unknown((row.permit for row in draft.rows), estate.permits),
            bad=in_rows(self.bad),
            total=Money(self.total),
            seen=estate.seen,
        )


def _bad(draft: UnitDraft, row: UnitRow, why: Why, value: str, *fields: UnitField, detail: str = "") -> BadRow:
    """List a row at the first of some fields that the sheet has a column for."""
    column = next((found for field in fields if (found := draft.mapping.at(field))), None)
    where = (letter(column.index), column.header) if column else ("", "")
    return BadRow(row.row, *where, why, REMEDIES[why], value, detail)


def _without(facts: frozenset[Fact], before: Facts, after: Facts) -> Facts:
    """Return the facts after a change, with some of them as they were."""
    return tuple(
        old if fact in facts else new for fact, old, new in zip(FACTS, before, after, strict=True)
    )


def _change(standing: Standing, row: UnitRow, after: Facts) -> Change:
    facts = zip(FACTS, standing.facts, after, strict=True)
    found = tuple(FactChange(fact, shown(fact, old), shown(fact, new)) for fact, old, new in facts if old != new)
    return Change(standing.id, standing.code, row.row, found)


def _unknown(names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name} - set(known)))


def _new_buildings(estate: Estate, fresh: Sequence[Fresh]) -> tuple[str, ...]:
    first = {home[0]: row.building for row, home, _ in reversed(fresh) if home[0] not in estate.buildings}
    return tuple(sorted(first.values(), key=in_order))


def _new_stairs(estate: Estate, fresh: Sequence[Fresh]) -> tuple[tuple[str, str], ...]:
    first = {home: (row.building, row.stair) for row, home, _ in reversed(fresh) if home not in estate.stairs}
    return tuple(sorted(first.values(), key=lambda names: (in_order(names[0]), in_order(names[1]))))


def _placed(estate: Estate, fresh: Sequence[Fresh]) -> tuple[NewUnit, ...]:
    """Give each new unit its code and column; beside units already there, doors of one end share their column."""
    columns: defaultdict[Home, dict[str, int]] = defaultdict(dict)
    for (of, stair, number), unit in estate.units.items():
        columns[of, stair].setdefault(door_end(number), unit.place)
    codes, found = NewCodes(estate), []
    for row, home, after in fresh:
        ends = columns.get(home)
        place = row.place if ends is None else ends.setdefault(door_end(row.number), max(ends.values()) + 1)
        found.append(NewUnit(row, home, codes.give(home, row), place, after))
    return tuple(found)
