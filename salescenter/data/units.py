"""Questions about units, and the one statement that claims a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Select, func, insert, or_, select, type_coerce, update

from salescenter.data.deals import deal
from salescenter.data.estate import building, stair, unit, unit_moment, unit_type
from salescenter.data.history import history
from salescenter.data.staff import person

_C = unit.c


def _int(column: Any) -> Any:
    return type_coerce(column, Integer)


def big(column: Any) -> Any:
    """Read a column as its plain number, without making a value of it."""
    return type_coerce(column, BigInteger)


def cells_query(project: int) -> Select[Any]:
    """Every unit as the grid draws it, in visual order; plain ints and strings only, see `domain.grid.Cells`."""
    return (
        select(
            _C.id,
            _C.building_id,
            _C.stair_id,
            _C.floor,
            _C.place,
            _C.number,
            _C.code,
            _C.use,
            func.coalesce(unit_type.c.name, ""),
            func.coalesce(unit_type.c.rooms, 0),
            _C.facing,
            _C.state,
            _C.flags,
            _int(_C.area),
            _int(_C.inner),
            big(_C.unit_price),
            big(_C.total),
            _C.buyer,
            _int(_C.since),
            func.coalesce(big(_C.until), 0),
            _C.quoted,
            func.coalesce(_int(_C.released), 0),
            _C.revision,
        )
        .select_from(
            unit.join(building, building.c.id == _C.building_id)
            .join(stair, stair.c.id == _C.stair_id)
            .outerjoin(unit_type, unit_type.c.id == _C.type_id)
        )
        .where(_C.project_id == project)
        .order_by(building.c.position, building.c.id, _C.floor.desc(), stair.c.position, stair.c.id, _C.place, _C.id)
    )


def changes_query(project: int, since: int) -> Select[Any]:
    """Cells changed at or after a revision, see `domain.grid.CellChange`."""
    return select(
        _C.id,
        _C.state,
        _C.flags,
        big(_C.unit_price),
        big(_C.total),
        _C.buyer,
        _int(_C.since),
        func.coalesce(big(_C.until), 0),
        _C.quoted,
        func.coalesce(_int(_C.released), 0),
        _C.revision,
    ).where(_C.project_id == project, or_(_C.revision >= since, _C.touched >= since))


def by_id(connection: Connection, unit_id: int) -> Any | None:
    """Return one unit's whole row."""
    return connection.execute(select(unit).where(_C.id == unit_id)).first()


def claim(connection: Connection, unit_id: int, seen: int, revision: int, **values: Any) -> bool:
    """Change a unit only if nobody did since revision `seen`; False when somebody was faster."""
    done = connection.execute(
        update(unit).where(_C.id == unit_id, _C.revision == seen).values(revision=revision, **values)
    )
    return done.rowcount == 1


def last_touch(connection: Connection, unit_id: int) -> Any | None:
    """Return (name, at, step) of the newest history line of a unit."""
    return connection.execute(
        select(person.c.name, history.c.at, history.c.step)
        .join(person, person.c.id == history.c.person_id)
        .where(history.c.unit_id == unit_id)
        .order_by(history.c.id.desc())
        .limit(1)
    ).first()


def living_deal(connection: Connection, unit_id: int) -> Any | None:
    """Return the living deal of a unit."""
    return connection.execute(select(deal).where(deal.c.unit_id == unit_id, deal.c.living)).first()


def remember(connection: Connection, unit_ids: Sequence[int], at: datetime) -> None:
    """Write down how units stand from this moment on, for the time slider."""
    names = ("unit_id", "at", "state", "flags", "unit_price", "total", "buyer", "until", "quoted")
    connection.execute(
        insert(unit_moment).from_select(
            names,
            select(
                _C.id,
                type_coerce(at, unit_moment.c.at.type),
                _C.state,
                _C.flags,
                _C.unit_price,
                _C.total,
                _C.buyer,
                _C.until,
                _C.quoted,
            ).where(_C.id.in_(unit_ids)),
        )
    )
