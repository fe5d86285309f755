"""Making a building by rule: the units a rule lays out become stairs and units of a new building."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select

from salescenter.data import units as unit_queries
from salescenter.data.estate import building, stair, unit, unit_type
from salescenter.data.record import new_id
from salescenter.data.stock import counted
from salescenter.domain.addresses import rooms, stair_key
from salescenter.domain.generate import BuildingRule, PlannedUnit, lay_out
from salescenter.domain.money import ZERO, Money, Rounding, total_of
from salescenter.domain.refusals import FieldMissing
from salescenter.domain.staff import demand
from salescenter.domain.units import PriceBasis, Step
from salescenter.services.estate.deeds import free_short, phase_named
from salescenter.services.estate.order import arrange
from salescenter.services.settings import rounding_of
from salescenter.services.work import Work, deed

AT_ONCE = 500
"""So many units are written down for the time slider by one statement."""


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """A building to be made by rule; permit 0 for none yet."""

    name: str
    rule: BuildingRule
    phase: str = ""
    permit: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class Generated:
    """The building that was made, and how many units it has."""

    building: int
    units: int


@deed(Step.EDIT_ESTATE, Generated)
def generate(work: Work, asked: GenerateRequest) -> Generated:
    """Make a building with all its units, not released; prices in the rule need the step of setting prices."""
    if not asked.name.strip():
        raise FieldMissing(field="name")
    planned = lay_out(asked.rule)
    if any(one.unit_price for one in planned):
        demand(work.desk.who.role, Step.SET_PRICE)
    short = free_short(work, asked.name)
    last = work.connection.scalar(
        select(func.coalesce(func.max(building.c.position), -1)).where(building.c.project_id == work.project)
    )
    made = insert(building).values(
        project_id=work.project, phase_id=phase_named(work, asked.phase), name=asked.name.strip(), short=short,
        position=int(last or 0) + 1, facts={},
    )  # fmt: skip
    number = new_id(work.connection.execute(made))
    arrange(work, (number,))
    _units(work, asked, number, short, planned)
    after = {"name": asked.name.strip(), "units": len(planned)}
    work.note(Step.EDIT_ESTATE, "building", number, after=after)
    return Generated(number, len(planned))


def _units(work: Work, asked: GenerateRequest, number: int, short: str, planned: tuple[PlannedUnit, ...]) -> None:
    c = work.connection
    stairs = {
        each.name: new_id(c.execute(insert(stair).values(building_id=number, name=each.name, position=at)))
        for at, each in enumerate(asked.rule.stairs)
    }
    types = _types(work, {one.column.type for one in planned} - {""})
    how = rounding_of(c, work.project)
    ids = {"building_id": number, "permit_id": asked.permit or None}
    rows = [_row(work, one, short, how) | ids | {"stair_id": stairs[one.stair], "type_id": types.get(one.column.type)}
            for one in planned]  # fmt: skip
    c.execute(insert(unit), rows)
    work.stock.take(counted(c, unit.c.building_id == number), 1)
    made = list(c.scalars(select(unit.c.id).where(unit.c.building_id == number)))
    for start in range(0, len(made), AT_ONCE):
        unit_queries.remember(c, made[start : start + AT_ONCE], work.now)


def _row(work: Work, one: PlannedUnit, short: str, how: Rounding) -> dict[str, Any]:
    column = one.column
    total = _total(one, how)
    return {
        "project_id": work.project, "code": "-".join(filter(None, (short, stair_key(one.stair), one.number))),
        "number": one.number, "floor": one.floor, "floor_natural": one.natural, "floor_sale": one.sale,
        "place": one.place, "use": one.use.value, "facing": column.facing, "area": column.area, "inner": column.inner,
        "shared": column.area - column.inner if column.inner else column.inner, "basis": one.basis.value,
        "unit_price": ZERO if one.basis is PriceBasis.LUMP else one.unit_price, "list_total": total, "total": total,
        "since": work.today, "revision": work.revision,
    }  # fmt: skip


def _total(one: PlannedUnit, how: Rounding) -> Money:
    if one.basis is PriceBasis.LUMP:
        return one.unit_price
    area = one.column.inner if one.basis is PriceBasis.INNER else one.column.area
    return total_of(area, one.unit_price, how)


def _types(work: Work, names: set[str]) -> dict[str, int]:
    """Return the unit types of these names, made where they are not there."""
    t = unit_type.c
    rows = work.connection.execute(select(t.name, t.id).where(t.project_id == work.project, t.name.in_(names)))
    found = {name: number for name, number in rows}  # noqa: C416  rows are not pairs to dict()
    for name in sorted(names - found.keys()):
        counts = rooms(name)
        made = insert(unit_type).values(
            project_id=work.project, name=name, rooms=counts.rooms, halls=counts.halls, baths=counts.baths
        )
        found[name] = new_id(work.connection.execute(made))
    return found
