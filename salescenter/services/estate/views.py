"""What the estate page shows: the project, its phases, permits, types and buildings, and the units of a building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Integer, func, null, select, type_coerce

from salescenter.data.estate import building, permit, phase, project, stair, unit, unit_type
from salescenter.data.types import millis
from salescenter.data.units import big
from salescenter.domain import addresses
from salescenter.domain.money import Money, Rounding
from salescenter.domain.staff import may
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use, state_now
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """The project and what its contracts cite; `seller` and `estate` by the names of `domain.papers.deal`."""

    name: str
    developer: str = ""
    address: str = ""
    rounding: Rounding = Rounding.TO_FEN
    handover: date | None = None
    seller: Mapping[str, str] = field(default_factory=dict)
    estate: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase and how many buildings lie in it."""

    id: int
    name: str
    buildings: int


@dataclass(frozen=True, slots=True)
class PermitLine:
    """A permit and how many units it covers; kind: presale | completed."""

    id: int
    number: str
    issued: date
    kind: str
    units: int


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A unit type and how many units are of it."""

    id: int
    name: str
    rooms: int
    halls: int
    baths: int
    has_picture: bool
    units: int


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building with its sums; `permitted`: how many of its units a permit covers. Areas in square metres."""

    id: int
    name: str
    short: str
    phase_id: int | None
    phase: str
    position: int
    stairs: tuple[str, ...]
    facts: Mapping[str, str]
    units: int
    released: int
    permitted: int
    priced: int
    area: Decimal
    total: Money


@dataclass(frozen=True, slots=True)
class EstateView:
    """The whole estate but its units."""

    project: ProjectFacts
    phases: tuple[PhaseLine, ...]
    permits: tuple[PermitLine, ...]
    types: tuple[TypeLine, ...]
    buildings: tuple[BuildingLine, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as it is kept; areas in square metres; the floor price only for roles that may see it."""

    id: int
    revision: int
    code: str
    building: int
    stair: str
    floor: int
    floor_natural: str
    floor_sale: str
    number: str
    type_id: int | None
    type: str
    permit_id: int | None
    permit: str
    use: Use
    facing: str
    area: Decimal
    inner: Decimal
    shared: Decimal
    measured_area: Decimal | None
    measured_inner: Decimal | None
    basis: PriceBasis
    unit_price: Money
    list_total: Money
    filed_total: Money | None
    floor_total: Money | None
    state: UnitState
    flags: Flag
    note: str
    bound_to: str = ""  # 随房: the code of the home it goes with
    annexes: tuple[str, ...] = ()  # the codes of what goes with this home


def overview(desk: Desk) -> EstateView:
    """Return the estate without its units."""
    with desk.reading() as connection:
        return EstateView(
            _project(connection, desk.project),
            _phases(connection, desk.project),
            _permits(connection, desk.project),
            _types(connection, desk.project),
            _buildings(connection, desk.project),
        )


def units_of(desk: Desk, building_id: int, now: datetime) -> tuple[UnitLine, ...]:
    """Return the units of a building as they stand now: stair by stair, from the top floor, from left to right."""
    u = unit.c
    floor_price = u.floor_total if may(desk.who.role, Step.SEE_FLOOR_PRICE) else null()
    query = (
        select(
            u.id, u.revision, u.code, u.building_id, stair.c.name, u.floor, u.floor_natural, u.floor_sale, u.number,
            u.type_id, func.coalesce(unit_type.c.name, ""), u.permit_id, func.coalesce(permit.c.number, ""), u.use,
            u.facing, u.area, u.inner, u.shared, u.measured_area, u.measured_inner, u.basis, u.unit_price,
            u.list_total, u.filed_total, floor_price, u.state, u.flags, u.note,
            func.coalesce(_HOME.c.code, ""), u.until,
        )
        .select_from(
            unit.join(stair, stair.c.id == u.stair_id)
            .outerjoin(unit_type, unit_type.c.id == u.type_id)
            .outerjoin(permit, permit.c.id == u.permit_id)
            .outerjoin(_HOME, _HOME.c.id == u.bound_to)
        )
        .where(u.project_id == desk.project, u.building_id == building_id)
        .order_by(stair.c.position, stair.c.id, u.floor.desc(), u.place, u.id)
    )  # fmt: skip
    with desk.reading() as connection:
        bound = _bound(connection, desk.project)
        rows = [(*row[:-1], bound.get(row.id, ()), row.until) for row in connection.execute(query)]
    return tuple(_unit(row, millis(now)) for row in rows)


_HOME = unit.alias("home")


def _bound(connection: Connection, number: int) -> dict[int, tuple[str, ...]]:
    """The codes of what is bound to each home of a project that anything is bound to."""
    u, found = unit.c, dict[int, tuple[str, ...]]()
    asked = select(u.bound_to, u.code).where(u.project_id == number, u.bound_to.is_not(None)).order_by(u.code)
    for home, code in connection.execute(asked):
        found[home] = (*found.get(home, ()), code)
    return found


def _unit(row: Any, now: int) -> UnitLine:
    *values, until = row
    values[_STATE] = state_now(values[_STATE], millis(until) if until else 0, now)
    for at, kind in _KINDS.items():
        values[at] = kind(values[at])
    return UnitLine(*values)


_NAMES = [f.name for f in fields(UnitLine)]
_KINDS = {_NAMES.index(name): kind for name, kind in
          {"use": Use, "basis": PriceBasis, "state": UnitState, "flags": Flag}.items()}  # fmt: skip
_STATE = _NAMES.index("state")


def _project(connection: Connection, number: int) -> ProjectFacts:
    row = connection.execute(select(project).where(project.c.id == number)).one()
    handover = row.facts.get("handover")
    day = date.fromisoformat(handover) if handover else None
    return ProjectFacts(
        row.name, row.developer, row.address, Rounding(row.rounding), day,
        dict(row.facts.get("seller", {})), dict(row.facts.get("estate", {})),
    )  # fmt: skip


def _phases(connection: Connection, number: int) -> tuple[PhaseLine, ...]:
    rows = connection.execute(
        select(phase.c.id, phase.c.name, func.count(building.c.id))
        .outerjoin(building, building.c.phase_id == phase.c.id)
        .where(phase.c.project_id == number)
        .group_by(phase.c.id, phase.c.name)
        .order_by(phase.c.id)
    )
    return tuple(PhaseLine(*row) for row in rows)


def _permits(connection: Connection, number: int) -> tuple[PermitLine, ...]:
    rows = connection.execute(
        select(permit.c.id, permit.c.number, permit.c.issued, permit.c.kind, func.count(unit.c.id))
        .outerjoin(unit, unit.c.permit_id == permit.c.id)
        .where(permit.c.project_id == number)
        .group_by(permit.c.id, permit.c.number, permit.c.issued, permit.c.kind)
        .order_by(permit.c.issued, permit.c.id)
    )
    return tuple(PermitLine(*row) for row in rows)


def _types(connection: Connection, number: int) -> tuple[TypeLine, ...]:
    t = unit_type.c
    rows = connection.execute(
        select(t.id, t.name, t.rooms, t.halls, t.baths, t.picture.is_not(None), func.count(unit.c.id))
        .outerjoin(unit, unit.c.type_id == t.id)
        .where(t.project_id == number)
        .group_by(t.id, t.name, t.rooms, t.halls, t.baths, t.picture.is_not(None))
        .order_by(t.name)
    )
    return tuple(
        TypeLine(number, name, rooms, halls, baths, bool(picture), units)
        for number, name, rooms, halls, baths, picture, units in rows
    )


def _buildings(connection: Connection, number: int) -> tuple[BuildingLine, ...]:
    stairs: dict[int, list[str]] = {}
    named = select(stair.c.building_id, stair.c.name).order_by(stair.c.position, stair.c.id)
    for of, name in connection.execute(named):
        stairs.setdefault(of, []).append(name)
    sums = _sums(connection, number)
    rows = connection.execute(
        select(building, func.coalesce(phase.c.name, "").label("phase"))
        .outerjoin(phase, phase.c.id == building.c.phase_id)
        .where(building.c.project_id == number)
        .order_by(building.c.position, building.c.id)
    )
    nothing = (0, 0, 0, 0, Decimal(0), Money())
    return tuple(
        BuildingLine(
            row.id, row.name, row.short, row.phase_id, row.phase, row.position, tuple(stairs.get(row.id, ())),
            {name: str(value) for name, value in row.facts.items()}, *sums.get(row.id, nothing),
        )
        for row in rows
    )  # fmt: skip


def _sums(connection: Connection, number: int) -> dict[int, tuple[int, int, int, int, Decimal, Money]]:
    """Units, released, permitted, priced, area and list total of each building."""
    u = unit.c
    rows = connection.execute(
        select(
            u.building_id, func.count(), func.count(u.released), func.count(u.permit_id),
            func.count(func.nullif(big(u.list_total), 0)),
            type_coerce(func.sum(type_coerce(u.area, Integer)), Integer),
            type_coerce(func.sum(big(u.list_total)), Integer),
        )
        .where(u.project_id == number)
        .group_by(u.building_id)
    )  # fmt: skip
    return {
        of: (count, released, permitted, priced, Decimal(int(area)) / 100, Money(int(total)))
        for of, count, released, permitted, priced, area, total in rows
    }


def picture_of(desk: Desk, type_id: int) -> bytes | None:
    """Return a unit type's picture (户型图) as it was kept."""
    with desk.reading() as connection:
        return connection.scalar(
            select(unit_type.c.picture).where(unit_type.c.id == type_id, unit_type.c.project_id == desk.project)
        )


def rooms_said(name: str) -> tuple[int, int, int]:
    """Read bedrooms, halls and baths out of a type's name, to fill a form with."""
    found = addresses.rooms(name)
    return found.rooms, found.halls, found.baths
