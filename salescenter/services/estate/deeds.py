"""Keeping the estate's facts: project, phases, permits, unit types, buildings and single units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from salescenter.data import annexes, units
from salescenter.data.deals import deal, hold
from salescenter.data.estate import building, permit, phase, project, stair, unit, unit_moment, unit_type
from salescenter.data.record import new_id
from salescenter.data.stock import counted
from salescenter.data.unit_ties import tied
from salescenter.domain.addresses import building_key
from salescenter.domain.money import Money
from salescenter.domain.prices import outdated
from salescenter.domain.refusals import AboveFiledPrice, FieldMalformed, FieldMissing, NotAllowedNow, NotFound, WrongWay
from salescenter.domain.staff import demand
from salescenter.domain.units import DEAL_STATES, Flag, PriceBasis, Step, UnitState, Use
from salescenter.services.deals.claims import taken
from salescenter.services.estate.binding import check_binding, home_coded
from salescenter.services.release import NewPrice, priced
from salescenter.services.settings import rounding_of
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept, by its key."""

    id: int


@dataclass(frozen=True, slots=True)
class ProjectRequest:
    """The project's facts; `seller` and `estate` replace what stood there, name by name."""

    name: str
    developer: str = ""
    address: str = ""
    handover: date | None = None
    seller: Mapping[str, str] = field(default_factory=dict)
    estate: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class PhaseRequest:
    """A phase; id 0 makes a new one."""

    name: str
    id: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class PermitRequest:
    """A permit (预售许可证) and the buildings it covers from now on; id 0 makes a new one; kind presale | completed."""

    number: str
    issued: date | None
    kind: str = "presale"
    buildings: tuple[int, ...] = ()
    id: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class TypeRequest:
    """A unit type (户型); the picture stays where None is given."""

    name: str
    rooms: int = 0
    halls: int = 0
    baths: int = 0
    picture: bytes | None = None
    id: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class BuildingRequest:
    """A building's own facts; `facts` by the names contracts cite (structure, floors_above, height, ...)."""

    id: int
    name: str
    phase: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class UnitRequest:
    """A unit's facts as the form shows them; the price is changed only where the role may set prices."""

    id: int
    seen: int
    type_id: int | None
    permit_id: int | None
    use: Use
    facing: str
    floor_sale: str
    area: Decimal
    inner: Decimal
    measured_area: Decimal | None
    measured_inner: Decimal | None
    basis: PriceBasis
    unit_price: Money
    list_total: Money
    filed_total: Money | None
    note: str = ""
    bound_to: str = ""  # 随房: the code of the home an annex goes with
    key: str = ""


@dataclass(frozen=True, slots=True)
class RemoveBuilding:
    """A building made by mistake."""

    id: int
    key: str = ""


@deed(Step.EDIT_ESTATE, Kept)
def keep_project(work: Work, asked: ProjectRequest) -> Kept:
    """Keep the project's facts; contracts printed before stay as they were printed."""
    row = work.connection.execute(select(project).where(project.c.id == work.project)).one()
    facts = dict(row.facts) | {"seller": filled(asked.seller), "estate": filled(asked.estate)}
    facts["handover"] = asked.handover.isoformat() if asked.handover else ""
    values = {"name": _name(asked.name), "developer": asked.developer.strip(), "address": asked.address.strip()}
    _write(work, project, work.project, values | {"facts": facts})
    was = {name: getattr(row, name) for name in values} | {name: row.facts.get(name) for name in _FACTS}
    _tell_changed(work, "project", work.project, was, values | {name: facts[name] for name in _FACTS})
    return Kept(work.project)


_FACTS = ("seller", "estate", "handover")


@deed(Step.EDIT_ESTATE, Kept)
def keep_phase(work: Work, asked: PhaseRequest) -> Kept:
    """Make a phase or call it otherwise."""
    return Kept(_keep(work, phase, asked.id, {"name": _name(asked.name)}, "phase"))


@deed(Step.EDIT_ESTATE, Kept)
def keep_permit(work: Work, asked: PermitRequest) -> Kept:
    """Keep a permit and let it cover every unit of some buildings; other units keep what they have."""
    if asked.issued is None:
        raise FieldMissing(field="issued")
    values = {"number": _name(asked.number, "number"), "issued": asked.issued, "kind": asked.kind}
    number = _keep(work, permit, asked.id, values, "permit")
    if asked.buildings:
        _cover(work, number, asked.buildings)
    return Kept(number)


def _cover(work: Work, number: int, buildings: tuple[int, ...]) -> None:
    """Let a permit cover every unit of buildings; told where a contract is drafted, which cites the other one."""
    u = unit.c
    others = (u.project_id == work.project, u.building_id.in_(buildings), u.permit_id.is_distinct_from(number))
    drafted = select(u.id, u.permit_id).where(*others, u.state == int(UnitState.DRAFTED))
    for row in work.connection.execute(drafted).all():
        before, after = {"permit_id": row.permit_id}, {"permit_id": number}
        work.note(Step.EDIT_ESTATE, "unit", row.id, unit=row.id, before=before, after=after)
    news = {"permit_id": number, "touched": work.revision}  # for the grid; every sale asks the permit anew
    work.connection.execute(update(unit).where(*others).values(**news))


@deed(Step.EDIT_ESTATE, Kept)
def keep_type(work: Work, asked: TypeRequest) -> Kept:
    """Make a unit type or change it."""
    values: dict[str, Any] = {
        "name": _name(asked.name), "rooms": asked.rooms, "halls": asked.halls, "baths": asked.baths,
    }  # fmt: skip
    picture = {} if asked.picture is None else {"picture": asked.picture}
    return Kept(_keep(work, unit_type, asked.id, values | picture, "unit_type"))


@deed(Step.EDIT_ESTATE, Kept)
def keep_building(work: Work, asked: BuildingRequest) -> Kept:
    """Change a building's name, phase and facts; the codes of its units stay."""
    values = {"name": _name(asked.name), "phase_id": phase_named(work, asked.phase), "facts": filled(asked.facts)}
    return Kept(_keep(work, building, asked.id, values, "building"))


def phase_named(work: Work, name: str) -> int | None:
    """Return the phase of that name, made where there is none; no name is no phase."""
    if not name.strip():
        return None
    mine = (phase.c.project_id == work.project, phase.c.name == name.strip())
    found = work.connection.scalar(select(phase.c.id).where(*mine))
    return found or new_id(work.connection.execute(insert(phase).values(project_id=work.project, name=name.strip())))


@deed(Step.EDIT_ESTATE, Kept)
def keep_unit(work: Work, asked: UnitRequest) -> Kept:
    """Change a unit's facts; what a living deal agreed on (areas, price) may not be changed under it."""
    row = units.by_id(work.connection, asked.id)
    if row is None or row.project_id != work.project:
        raise NotFound(what="unit", sought=asked.id)
    if row.revision != asked.seen:
        raise taken(work, row)
    values = _unit_values(work, asked, row)
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    _demand_free(work, row, changed)
    if not changed:
        return Kept(row.id)
    if "bound_to" in changed or "use" in changed:
        check_binding(work, row, Use(values["use"]), values["bound_to"])
    if row.list_total and changed.keys().isdisjoint(_PRICES) and outdated(row.basis, _areas(row), _areas(asked)):
        changed["flags"] = row.flags | Flag.PRICE_REVIEW
    shown = {} if UnitState(row.state) in DEAL_STATES else {"total": values["list_total"]}
    if not units.claim(work.connection, row.id, row.revision, work.revision, **changed, **shown):
        raise taken(work, units.by_id(work.connection, row.id))
    units.remember(work.connection, [row.id], work.now)
    work.stock.change(row, changed | shown)
    _tell(work, row, changed)
    return Kept(row.id)


_PRICES = frozenset({"basis", "unit_price", "list_total"})
_BOUND = _PRICES | {"area", "inner", "shared"}


def _demand_free(work: Work, row: Any, changed: Mapping[str, Any]) -> None:
    """Refuse to change what a living deal agreed on, prices where the role sets none, and a use figures count by."""
    if changed.keys() & _BOUND and UnitState(row.state) in DEAL_STATES:
        raise NotAllowedNow(state=UnitState(row.state), step=Step.EDIT_ESTATE, unit=row.code)
    if changed.keys() & (_PRICES | {"filed_total"}):
        demand(work.desk.who.role, Step.SET_PRICE)
    if "use" in changed and _has_history(work, row.id):
        raise WrongWay(step=Step.EDIT_ESTATE, why="has-history", instead=Step.WITHDRAW)


def _areas(of: Any) -> tuple[Decimal, Decimal]:
    return of.area, of.inner


def _has_history(work: Work, unit_id: int) -> bool:
    """Say whether a unit was ever held or sold."""
    return any(work.connection.scalar(select(t.c.id).where(t.c.unit_id == unit_id).limit(1)) for t in (deal, hold))


def _unit_values(work: Work, asked: UnitRequest, row: Any) -> dict[str, Any]:
    shared = max(asked.area - asked.inner, Decimal(0)) if asked.inner else Decimal(0)
    facts: dict[str, Any] = {
        "type_id": asked.type_id, "permit_id": asked.permit_id, "use": asked.use.value, "facing": asked.facing.strip(),
        "floor_sale": asked.floor_sale.strip(), "area": asked.area, "inner": asked.inner, "shared": shared,
        "measured_area": asked.measured_area, "measured_inner": asked.measured_inner, "basis": asked.basis.value,
        "filed_total": asked.filed_total, "note": asked.note.strip(), "bound_to": home_coded(work, asked.bound_to),
    }  # fmt: skip
    unit_price, total = _price(work, asked, row)
    if asked.filed_total is not None and total > asked.filed_total:
        raise AboveFiledPrice(price=total, filed=asked.filed_total, field="filed_total")
    return facts | {"unit_price": unit_price, "list_total": total}


def _price(work: Work, asked: UnitRequest, row: Any) -> tuple[Money, Money]:
    """Work out unit price and list total; a total that was stated by itself stays while nothing of it changes."""
    said = (asked.basis.value, asked.unit_price, asked.area, asked.inner, asked.list_total)
    if said == (row.basis, row.unit_price, row.area, row.inner, row.list_total):
        return row.unit_price, row.list_total
    lump = asked.basis is PriceBasis.LUMP
    new = NewPrice(asked.id, asked.seen, **({"total": asked.list_total} if lump else {"unit_price": asked.unit_price}))
    how = rounding_of(work.connection, work.project)
    return priced(_Priced(asked.basis.value, asked.area, asked.inner), new, how)


@dataclass(frozen=True, slots=True)
class _Priced:
    """What a price is worked out from."""

    basis: str
    area: Decimal
    inner: Decimal


def _tell(work: Work, row: Any, changed: dict[str, Any]) -> None:
    before = {name: as_told(getattr(row, name)) for name in changed}
    after = {name: as_told(value) for name, value in changed.items()}
    price = changed.keys() & _PRICES
    if price:
        before["fen"], after["fen"] = row.list_total.fen, changed.get("list_total", row.list_total).fen
    work.note(Step.SET_PRICE if price else Step.EDIT_ESTATE, "unit", row.id, unit=row.id, before=before, after=after)


@deed(Step.EDIT_ESTATE, Kept)
def remove_building(work: Work, asked: RemoveBuilding) -> Kept:
    """Take away a building nobody ever held, quoted, asked approval for, bought or printed a unit of."""
    row = work.connection.execute(
        select(building).where(building.c.id == asked.id, building.c.project_id == work.project)
    ).first()
    if row is None:
        raise NotFound(what="building", sought=asked.id)
    mine = select(unit.c.id).where(unit.c.building_id == asked.id)
    if tied(work.connection, mine) is not None:
        raise WrongWay(step=Step.EDIT_ESTATE, why="has-history", instead=Step.WITHDRAW)
    work.stock.take(counted(work.connection, unit.c.building_id == asked.id), -1)
    annexes.let_go(work.connection, mine, work.revision)
    for table, which in (
        (unit_moment, unit_moment.c.unit_id.in_(mine)), (unit, unit.c.building_id == asked.id),
        (stair, stair.c.building_id == asked.id), (building, building.c.id == asked.id),
    ):  # fmt: skip
        work.connection.execute(delete(table).where(which))
    work.note(Step.EDIT_ESTATE, "building", asked.id, before={"name": row.name})
    return Kept(asked.id)


def free_short(work: Work, name: str) -> str:
    """Return the part of unit codes for a building: its number; refuses one that another building has."""
    short = building_key(name)
    b = building.c
    rows = work.connection.execute(select(b.name, b.short).where(b.project_id == work.project))
    if any(short in (kept, building_key(said)) for said, kept in rows):
        raise FieldMalformed(field="name", value=name, why="name-taken")
    return short


def _keep(work: Work, table: Table, number: int, values: dict[str, Any], subject: str) -> int:
    """Write a new line, or over an old one of this project; a name already taken is refused at its field."""
    told = {name: as_told(value) for name, value in values.items() if not isinstance(value, bytes)}
    row = _standing(work, table, number)
    try:
        with work.connection.begin_nested():
            if number:
                _write(work, table, number, values)
            else:
                number = new_id(work.connection.execute(insert(table).values(project_id=work.project, **values)))
    except IntegrityError as trouble:
        field_name = "number" if "number" in values else "name"
        raise FieldMalformed(field=field_name, value=str(values[field_name]), why="name-taken") from trouble
    if row is None:
        work.note(Step.EDIT_ESTATE, subject, number, after=told)
    else:
        _tell_changed(work, subject, number, {name: as_told(getattr(row, name)) for name in told}, told)
    return number


def _standing(work: Work, table: Table, number: int) -> Any | None:
    return work.connection.execute(select(table).where(table.c.id == number)).first() if number else None


def _tell_changed(work: Work, subject: str, number: int, was: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Tell the history what reads otherwise now, before and after."""
    differ = [name for name in now if (was[name] or None) != (now[name] or None)]
    before, after = {name: was[name] for name in differ}, {name: now[name] for name in differ}
    work.note(Step.EDIT_ESTATE, subject, number, before=before, after=after)


def _write(work: Work, table: Table, number: int, values: dict[str, Any]) -> None:
    mine = (table.c.id == number, *((table.c.project_id == work.project,) if table is not project else ()))
    if work.connection.execute(update(table).where(*mine).values(**values)).rowcount != 1:
        raise NotFound(what=table.name, sought=number)


def _name(said: str, field_name: str = "name") -> str:
    if not said.strip():
        raise FieldMissing(field=field_name)
    return said.strip()


def filled(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that say something, without stray blanks."""
    return {name: str(value).strip() for name, value in facts.items() if str(value).strip()}


def as_told(value: Any) -> Any:
    """Write a fact as the history tells it: money in fen, areas with two places."""
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value if value is None or isinstance(value, int | str | dict) else str(value)
