"""Stock: how the units stand, by state, type and building, and how far they are sold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection

from salescenter.data import stock
from salescenter.data.reports import stock as units
from salescenter.data.types import CHINA
from salescenter.domain.figures import Stock
from salescenter.domain.money import Money
from salescenter.domain.units import SIGNED_STATES, SOLD_STATES, UnitState, Use
from salescenter.services.reports.values import Amounts, total

_OFFERED = frozenset({UnitState.FOR_SALE, UnitState.HELD, UnitState.RESERVED})

PRICED = frozenset({Use.HOME, Use.SHOP})
"""Uses whose price a square metre says something; a parking space's does not."""


@dataclass(frozen=True, slots=True)
class Group:
    """Units alike in building, type, use and state; `in_batch` when they had been released (推盘)."""

    building: int
    type: int  # 0 where none
    use: Use
    state: UnitState
    in_batch: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Standing:
    """How every unit of the project stands at one moment."""

    groups: tuple[Group, ...]
    buildings: Mapping[int, str]
    types: Mapping[int, str]

    def sum(self, choose: Callable[[Group], bool]) -> Amounts:
        """Add up the groups that are chosen."""
        return total(group.amounts for group in self.groups if choose(group))

    @property
    def main_use(self) -> Use:
        """The use most units have; homes where equal."""
        uses = list(Use)
        return max(uses, key=lambda use: (self.sum(lambda group: group.use is use).count, -uses.index(use)))

    @property
    def value(self) -> Stock:
        """货值 by where the units stand: the deal's total where one lives, else the list total."""
        return Stock(
            signed=self._money(SIGNED_STATES),
            subscribed=self._money(SOLD_STATES - SIGNED_STATES),
            not_released=self._money(frozenset({UnitState.NOT_RELEASED})),
            for_sale=self._money(_OFFERED),
            held=self._money(_OFFERED - {UnitState.FOR_SALE}),
        )

    def _money(self, states: frozenset[UnitState]) -> Money:
        return self.sum(lambda group: group.state in states).money


@dataclass(frozen=True, slots=True)
class Absorption:
    """去化率 of one use: sold / the batch released by the cut-off day; subscribed counts as sold."""

    use: Use
    sold: Amounts
    batch: Amounts


@dataclass(frozen=True, slots=True)
class BuildingPoint:
    """One building: how far it is sold, and at what price."""

    building: int
    name: str
    sold: Amounts
    batch: Amounts


def standing(connection: Connection, project: int, day: date, now: datetime) -> Standing:
    """Read how the units stand now, or stood at the end of a past day."""
    moment, past = moment_at(day, now)
    rows = units.groups_then(connection, project, moment) if past else _now(connection, project, moment)
    groups = tuple(
        Group(building, type_, _USES[use], _STATES[state], bool(batch), Amounts(count, fen, area))
        for building, type_, use, state, batch, count, area, fen in rows
    )
    names = units.building_names(connection, project), units.type_names(connection, project)
    buildings, types = ({row.id: row.name for row in rows} for rows in names)
    return Standing(groups, buildings, types)


def _now(connection: Connection, project: int, moment: datetime) -> Iterable[Sequence[Any]]:
    """Read the groups from the sums kept with the units; where a hold has run out, its unit is for sale again."""
    ran_out = stock.ran_out(connection, project, moment)
    kept = stock.kept(connection, project)
    if not ran_out:
        return kept
    shifts = stock.Shifts()
    shifts.take((((*row[:4], bool(row[4])), tuple(row[5:])) for row in kept), 1)
    shifts.take(ran_out, -1)
    shifts.take((((*group[:3], int(UnitState.FOR_SALE), group[4]), sums) for group, sums in ran_out), 1)
    return [(*group, *sums) for group, sums in shifts]


_USES = {use.value: use for use in Use}
_STATES = {int(state): state for state in UnitState}


def moment_at(day: date, now: datetime) -> tuple[datetime, bool]:
    """Return the moment a day's figures stand at, and whether that is past: now, or the day's last second."""
    here = now.astimezone(CHINA)
    if day >= here.date():
        return here, False
    return datetime.combine(day, time.max, CHINA), True


def absorption(of: Standing, use: Use) -> Absorption:
    """Return 去化率's two parts for a use; only released units count on either side."""
    batch = of.sum(lambda group: group.use is use and group.in_batch)
    sold = of.sum(lambda group: group.use is use and group.in_batch and group.state in SOLD_STATES)
    return Absorption(use, sold, batch)


def by_building(of: Standing) -> tuple[BuildingPoint, ...]:
    """Return each building's homes and shops, in the buildings' order; buildings with nothing released are left out."""
    points = []
    for building, name in of.buildings.items():
        chosen = [g for g in of.groups if g.building == building and g.in_batch and g.use in PRICED]
        if chosen:
            sold = total(g.amounts for g in chosen if g.state in SOLD_STATES)
            points.append(BuildingPoint(building, name, sold, total(g.amounts for g in chosen)))
    return tuple(points)
