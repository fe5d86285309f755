"""What an import may say of a unit, as the database keeps it, and how the estate stands before."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Integer, func, select, type_coerce

from salescenter.data.estate import building, permit, phase, stair, unit, unit_type
from salescenter.domain.addresses import building_key, stair_key
from salescenter.domain.import_terms import Fact
from salescenter.domain.money import Money, Rounding
from salescenter.domain.units import DEAL_STATES, Flag, PriceBasis, UnitState, Use
from salescenter.services.importing.rows import UnitRow
from salescenter.services.importing.totals import priced_fen

FACTS = tuple(Fact)
AT = {fact: at for at, fact in enumerate(FACTS)}

PRICE = frozenset({Fact.BASIS, Fact.UNIT_PRICE, Fact.LIST_TOTAL})
BOUND = PRICE | {Fact.AREA, Fact.INNER, Fact.SHARED, Fact.BOUND_TO}
"""What no list changes while a deal lives on the unit: what was agreed stands."""

SET = PRICE | {Fact.FILED_TOTAL, Fact.FLOOR_TOTAL}
"""What of a unit already there only who sets prices changes."""

FLOOR_TOLD = "floor-price"
"""What a line of the history about a floor price is about: it stands by itself, since a server tells it to few."""

_MONEY = frozenset({Fact.UNIT_PRICE, Fact.LIST_TOTAL, Fact.FILED_TOTAL, Fact.FLOOR_TOTAL})
_AREAS = frozenset({Fact.AREA, Fact.INNER, Fact.SHARED, Fact.MEASURED_AREA, Fact.MEASURED_INNER})

Facts = tuple[Any, ...]
"""The facts of one unit in the order of `FACTS`; None where nothing is said."""


def is_money(fact: Fact) -> bool:
    """Whether a fact is an amount; the database keeps whole fen."""
    return fact in _MONEY


def is_area(fact: Fact) -> bool:
    """Whether a fact is an area; the database keeps hundredths of a square metre."""
    return fact in _AREAS


def shown(fact: Fact, value: Any) -> object:
    """Return a fact as the screen shows it: Money, square metres, the use; None stays."""
    if value is None:
        return None
    if fact in _MONEY:
        return Money(value)
    if fact in _AREAS:
        return Decimal(value) / 100
    if fact is Fact.USE:
        return Use(value)
    return PriceBasis(value) if fact is Fact.BASIS else value


def said_by(row: UnitRow, columns: frozenset[str]) -> Facts:
    """Return what a row says; what its sheet has no column for is None. `columns` are the fields the sheet has."""
    priced = bool(row.unit_price) or row.lump is not None
    floor = row.floor if "floor" in columns or "sale-floor" in columns else None
    return (
        row.type or None,
        row.permit or None,
        floor.order if floor else None,
        floor.label if floor else None,
        row.floor_sale if floor else None,
        row.use.value if "use" in columns else None,
        row.facing or None,
        row.gross_cents or None,
        row.inner_cents or None,
        row.shared_cents or None,
        row.measured_gross,
        row.measured_inner,
        row.basis.value if priced else None,
        row.unit_price.fen if priced else None,
        row.lump.fen if row.lump is not None else None,
        row.filed_total.fen if row.filed_total else None,
        row.floor_total.fen if row.floor_total else None,
        row.mortgaged if "mortgaged" in columns else None,
        row.note or None,
        row.bound_to or None,
    )


def new_facts(row: UnitRow, how: Rounding) -> Facts:
    """Return what a new unit has: what its row says, and nothing where it is silent."""
    floor = row.floor
    price = row.unit_price.fen
    total = priced_fen(row.product // price, price, how) if price else 0
    return (
        row.type or None, row.permit or None, floor.order, floor.label, row.floor_sale, row.use.value, row.facing,
        row.gross_cents, row.inner_cents, row.shared_cents, row.measured_gross, row.measured_inner, row.basis.value,
        price, total if row.lump is None else row.lump.fen, row.filed_total and row.filed_total.fen,
        row.floor_total and row.floor_total.fen, row.mortgaged, row.note, row.bound_to or None,
    )  # fmt: skip


def laid_over(before: Facts, said: Facts, how: Rounding) -> Facts:
    """Lay what is said over what was; the list total follows from price and area unless it is itself said."""
    after = [old if new is None else new for old, new in zip(before, said, strict=True)]
    if said[_TOTAL] is None and after[_UNIT_PRICE]:
        area = after[_INNER] if after[_BASIS] == PriceBasis.INNER else after[_AREA]
        after[_TOTAL] = priced_fen(area, after[_UNIT_PRICE], how)
    return tuple(after)


_TOTAL, _UNIT_PRICE, _BASIS = AT[Fact.LIST_TOTAL], AT[Fact.UNIT_PRICE], AT[Fact.BASIS]
_AREA, _INNER = AT[Fact.AREA], AT[Fact.INNER]

Home = tuple[str, str]
"""A building and stair by what all their spellings share."""


class Standing(NamedTuple):
    """A unit as the database has it."""

    id: int
    code: str
    number: str
    place: int
    state: int
    flags: int
    total: int
    revision: int
    facts: Facts

    @property
    def bound(self) -> bool:
        """Whether a deal lives on it."""
        return UnitState(self.state) in DEAL_STATES


class Estate(NamedTuple):
    """The project as it stands: its buildings and stairs by key, its names, its units by home and number."""

    buildings: dict[str, tuple[int, str, str]]  # key -> id, name, short
    stairs: dict[Home, int]
    types: dict[str, int]
    permits: dict[str, int]
    phases: dict[str, int]
    units: dict[tuple[str, str, str], Standing]
    seen: tuple[int, int]  # how many units, and their highest revision


def seen_now(connection: Connection, project: int) -> tuple[int, int]:
    """Return how many units a project has and their highest revision: equal values, equal estate."""
    query = select(func.count(), func.coalesce(func.max(unit.c.revision), 0)).where(unit.c.project_id == project)
    count, revision = connection.execute(query).one()
    return int(count), int(revision)


def estate_of(connection: Connection, project: int) -> Estate:
    """Read a project's estate with every unit."""
    named, homes = _named(connection, project)
    return named._replace(units=_units(connection, project, homes))


def names_of(connection: Connection, project: int) -> Estate:
    """Read a project's estate without its units."""
    return _named(connection, project)[0]


def _named(connection: Connection, project: int) -> tuple[Estate, dict[int, Home]]:
    rows = connection.execute(
        select(building.c.id, building.c.name, building.c.short).where(building.c.project_id == project)
    )
    buildings = {building_key(name): (id_, name, short) for id_, name, short in rows}
    key_of = {id_: key for key, (id_, _, _) in buildings.items()}
    rows = connection.execute(
        select(stair.c.id, stair.c.building_id, stair.c.name)
        .join(building, building.c.id == stair.c.building_id)
        .where(building.c.project_id == project)
    )
    homes = {id_: (key_of[of], stair_key(name)) for id_, of, name in rows}
    types, permits, phases = (
        _names(connection, name, project) for name in (unit_type.c.name, permit.c.number, phase.c.name)
    )
    stairs = {home: id_ for id_, home in homes.items()}
    return Estate(buildings, stairs, types, permits, phases, {}, seen_now(connection, project)), homes


def _names(connection: Connection, name: Any, project: int) -> dict[str, int]:
    table = name.table
    rows = connection.execute(select(name, table.c.id).where(table.c.project_id == project))
    return {said: id_ for said, id_ in rows}  # noqa: C416  rows are not pairs to dict()


def _raw(column: Any) -> Any:
    return type_coerce(column, BigInteger if column.type.__class__.__name__ == "Fen" else Integer)


def _units(connection: Connection, project: int, homes: dict[int, Home]) -> dict[tuple[str, str, str], Standing]:
    u, home = unit.c, unit.alias("home")
    query = (
        select(
            u.id, u.code, u.number, u.place, u.state, u.flags, _raw(u.total), u.revision, u.stair_id,
            unit_type.c.name, permit.c.number, u.floor, u.floor_natural, u.floor_sale, u.use, u.facing,
            _raw(u.area), _raw(u.inner), _raw(u.shared), _raw(u.measured_area), _raw(u.measured_inner), u.basis,
            _raw(u.unit_price), _raw(u.list_total), _raw(u.filed_total), _raw(u.floor_total), u.note,
            home.c.code,
        )
        .select_from(
            unit.outerjoin(unit_type, unit_type.c.id == u.type_id)
            .outerjoin(permit, permit.c.id == u.permit_id)
            .outerjoin(home, home.c.id == u.bound_to)
        )
        .where(u.project_id == project)
    )  # fmt: skip
    found = {}
    for row in connection.execute(query):
        standing, of_stair, facts = row[:8], row[8], row[9:]
        mortgaged = bool(standing[5] & Flag.MORTGAGED)
        found[(*homes[of_stair], standing[2])] = Standing(*standing, (*facts[:-2], mortgaged, *facts[-2:]))
    return found
