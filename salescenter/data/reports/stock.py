"""The units behind the figures: how many stand in which state, now or at the end of a past day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Select, and_, case, func, literal, select, type_coerce

from salescenter.data.estate import building, unit, unit_moment, unit_type
from salescenter.domain.units import UnitState

_U = unit.c


def _standing(project: int, moment: datetime, *, past: bool) -> Select[Any]:
    """Every unit with the state and total it had at a moment; a hold that had run out counts as for sale.

    Now, what has been released is in the batch, as in the sums (`data.stock`), though a clock stand behind its day.
    """
    source = _then(moment) if past else unit
    released = and_(_U.released.is_not(None), _U.released <= moment.date()) if past else _U.released.is_not(None)
    ended = and_(source.c.state == UnitState.HELD, source.c.until.is_not(None), source.c.until <= moment)
    state = case((ended, int(UnitState.FOR_SALE)), else_=source.c.state)
    in_batch = case((released, 1), else_=0)
    columns = (
        _U.id,
        _U.building_id,
        func.coalesce(_U.type_id, 0).label("type_id"),
        _U.use,
        func.coalesce(state, int(UnitState.NOT_RELEASED)).label("state"),
        in_batch.label("in_batch"),
        type_coerce(_U.area, Integer).label("area"),
        func.coalesce(type_coerce(source.c.total, BigInteger), literal(0)).label("fen"),
    )
    chosen = select(*columns).where(_U.project_id == project)
    return chosen.outerjoin(source, source.c.unit_id == _U.id) if past else chosen


def _then(moment: datetime) -> Any:
    newest = (
        select(unit_moment.c.unit_id, func.max(unit_moment.c.id).label("id"))
        .where(unit_moment.c.at <= moment)
        .group_by(unit_moment.c.unit_id)
        .subquery()
    )
    return select(unit_moment).join(newest, newest.c.id == unit_moment.c.id).subquery()


def groups_then(connection: Connection, project: int, moment: datetime) -> list[tuple[Any, ...]]:
    """Return (building id, type id or 0, use, state, in batch, count, area, fen), one row for each combination.

    Read from the moments of the units themselves: only how they stand now is kept in sum (`data.stock`). A unit is in
    the batch (推盘) when it had been released by the moment, whatever it is now.
    """
    each = _standing(project, moment, past=True).subquery().c
    keys = (each.building_id, each.type_id, each.use, each.state, each.in_batch)
    sums = (func.count(), func.sum(each.area), func.sum(each.fen))
    rows = connection.execute(select(*keys, *sums).group_by(*keys))
    return [(*row[:5], *map(int, row[5:])) for row in rows]


def units_then(connection: Connection, project: int, moment: datetime, *, past: bool) -> Sequence[Any]:
    """Return one row for each unit, in visual order.

    Columns: id, building_id, type_id, use, state, in_batch, area, fen, code, building, type.
    """
    each = _standing(project, moment, past=past).subquery()
    return connection.execute(
        select(each, _U.code, building.c.name.label("building"), func.coalesce(unit_type.c.name, "").label("type"))
        .join(unit, _U.id == each.c.id)
        .join(building, building.c.id == _U.building_id)
        .outerjoin(unit_type, unit_type.c.id == _U.type_id)
        .order_by(building.c.position, building.c.id, _U.floor.desc(), _U.stair_id, _U.place, _U.id)
    ).all()


def building_names(connection: Connection, project: int) -> Sequence[Any]:
    """Return (id, name) of the project's buildings in their order."""
    return connection.execute(
        select(building.c.id, building.c.name)
        .where(building.c.project_id == project)
        .order_by(building.c.position, building.c.id)
    ).all()


def type_names(connection: Connection, project: int) -> Sequence[Any]:
    """Return (id, name) of the project's unit types (户型), by name."""
    return connection.execute(
        select(unit_type.c.id, unit_type.c.name).where(unit_type.c.project_id == project).order_by(unit_type.c.name)
    ).all()

