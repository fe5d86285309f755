"""The control grid's data: the layout, the cells, what changed since, and how it stood at any past moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, and_, func, select, type_coerce

from salescenter.data import feed, units
from salescenter.data.estate import building, phase, stair, unit, unit_moment
from salescenter.data.types import CHINA, moment_of
from salescenter.domain.grid import BuildingBlock, CellChange, Cells, FloorRow, GridNews, Layout, StairBlock
from salescenter.domain.masks import mask_name
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.services.work import Desk

_BUYER = 17  # position of the buyer's name in a row of `cells_query`


def layout(desk: Desk) -> Layout:
    """Return the project's buildings as they are drawn: floors from the top, stairs side by side."""
    with desk.reading() as connection:
        stairs = _stairs(connection, desk.project)
        floors = _floors(connection, desk.project)
        uses = _main_uses(connection, desk.project)
        rows = connection.execute(
            select(building.c.id, building.c.name, func.coalesce(phase.c.name, ""))
            .outerjoin(phase, phase.c.id == building.c.phase_id)
            .where(building.c.project_id == desk.project)
            .order_by(building.c.position, building.c.id)
        )
        return Layout(
            tuple(
                BuildingBlock(id_, name, of_phase, tuple(stairs[id_]), tuple(floors[id_]), uses.get(id_, "home"))
                for id_, name, of_phase in rows
            )
        )


def cells(desk: Desk) -> Cells:
    """Return every unit of the project in visual order, buyers' names masked unless the role may see them."""
    with desk.reading() as connection:
        result = connection.execute(units.cells_query(desk.project))
        rows = result.cursor.fetchall() if result.cursor else []  # plain ints and strings: nothing to convert
    return _columns(rows, reveal=may(desk.who.role, Step.REVEAL))


def news(desk: Desk, since: int, *, after_break: bool = False) -> GridNews:
    """Return the cells changed since `since` (0 asks only from where to go on).

    `after_break`: the line to the server was broken meanwhile, and it may not be quite the one it was.
    """
    reveal = may(desk.who.role, Step.REVEAL)
    with desk.reading() as connection:
        if not since:
            return GridNews(upto=feed.horizon(connection), units=feed.units_there(connection, desk.project))
        begin = feed.behind(connection, since) if after_break else since
        upto, rows, there = feed.look(connection, desk.project, begin)
    if upto < since:  # a server that counts from anew: a backup was put back
        return GridNews(rebuild=True, upto=upto, units=there)
    return GridNews(tuple(_change(row, reveal=reveal) for row in rows), upto=upto, units=there)


def cells_at(desk: Desk, moment: datetime) -> Cells:
    """Return the grid as it stood at a moment; a hold that had run out by then shows as for sale."""
    then = (
        select(unit_moment.c.unit_id, func.max(unit_moment.c.id).label("id"))
        .where(unit_moment.c.at <= moment)
        .group_by(unit_moment.c.unit_id)
        .subquery()
    )
    stood = select(
        unit_moment.c.unit_id,
        unit_moment.c.state,
        unit_moment.c.flags,
        units.big(unit_moment.c.unit_price),
        units.big(unit_moment.c.total),
        unit_moment.c.buyer,
        func.coalesce(units.big(unit_moment.c.until), 0),
        unit_moment.c.quoted,
    ).join(then, and_(then.c.id == unit_moment.c.id))
    with desk.reading() as connection:
        now = connection.execute(units.cells_query(desk.project)).all()
        past = {row[0]: row for row in connection.execute(stood)}
    rows = [_as_it_stood(row, past.get(row[0])) for row in now]
    return _columns(rows, reveal=may(desk.who.role, Step.REVEAL))


def first_moment(desk: Desk) -> datetime | None:
    """Return the oldest moment the grid can be shown at; none in an empty project."""
    with desk.reading() as connection:
        first = connection.scalar(
            select(func.min(type_coerce(unit_moment.c.at, unit_moment.c.at.type)))
            .join(unit, unit.c.id == unit_moment.c.unit_id)
            .where(unit.c.project_id == desk.project)
        )
    return first if first is None or isinstance(first, datetime) else moment_of(first).astimezone(CHINA)


def _change(row: Any, *, reveal: bool) -> CellChange:
    change = CellChange(*row)
    return change if reveal or not change.buyer else replace(change, buyer=mask_name(change.buyer))


def _as_it_stood(row: Any, past: Any) -> tuple[Any, ...]:
    """Replace what changes over time in a row of today by what stood then; a unit not yet known was unreleased."""
    if past is None:
        return (*row[:11], 0, 0, *row[13:15], 0, 0, "", row[18], 0, 0, 0, row[22])
    _, state, flags, unit_price, total, buyer, until, quoted = past
    return (*row[:11], state, flags, *row[13:15], unit_price, total, buyer, row[18], until, quoted, row[21], row[22])


def _columns(rows: Iterable[Any], *, reveal: bool) -> Cells:
    columns: list[Any] = list(zip(*rows, strict=True)) or [() for _ in range(23)]
    if not reveal:
        columns[_BUYER] = tuple(mask_name(name) if name else "" for name in columns[_BUYER])
    return Cells(*columns)


def _stairs(connection: Connection, project: int) -> dict[int, list[StairBlock]]:
    rows = connection.execute(
        select(stair.c.building_id, stair.c.id, stair.c.name, func.coalesce(func.max(unit.c.place), -1) + 1)
        .join(building, building.c.id == stair.c.building_id)
        .outerjoin(unit, unit.c.stair_id == stair.c.id)
        .where(building.c.project_id == project)
        .group_by(stair.c.building_id, stair.c.id, stair.c.name, stair.c.position)
        .order_by(stair.c.position, stair.c.id)
    )
    found: dict[int, list[StairBlock]] = defaultdict(list)
    for of_building, id_, name, columns in rows:
        found[of_building].append(StairBlock(id_, name, columns))
    return found


def _floors(connection: Connection, project: int) -> dict[int, list[FloorRow]]:
    rows = connection.execute(
        select(unit.c.building_id, unit.c.floor, func.min(unit.c.floor_natural), func.min(unit.c.floor_sale))
        .where(unit.c.project_id == project)
        .group_by(unit.c.building_id, unit.c.floor)
        .order_by(unit.c.floor.desc())
    )
    found: dict[int, list[FloorRow]] = defaultdict(list)
    for of_building, order, natural, sale in rows:
        found[of_building].append(FloorRow(order, natural, sale))
    return found


def _main_uses(connection: Connection, project: int) -> dict[int, str]:
    """The use most of a building's units have; ties go to the first in the alphabet."""
    rows = connection.execute(
        select(unit.c.building_id, unit.c.use, type_coerce(func.count(), Integer))
        .where(unit.c.project_id == project)
        .group_by(unit.c.building_id, unit.c.use)
        .order_by(func.count(), unit.c.use.desc())
    )
    return {of_building: use for of_building, use, _ in rows}
