"""Questions about units, and the one statement that claims a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    String,
    Update,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    type_coerce,
    update,
)

from salescenter.data import trips
from salescenter.data.as_seen import AsSeen
from salescenter.data.deals import deal
from salescenter.data.estate import building, permit, project, stair, unit, unit_moment, unit_type
from salescenter.data.history import history
from salescenter.data.staff import person
from salescenter.data.trips import Question
from salescenter.domain.units import LIFE_STEPS, NOT_SALEABLE, Step, UnitState

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
            _C.id, _C.building_id, _C.stair_id, _C.floor, _C.place, _C.number, _C.code, _C.use,
            func.coalesce(unit_type.c.name, ""), func.coalesce(unit_type.c.rooms, 0), _C.facing, _C.state, _C.flags,
            _int(_C.area), _int(_C.inner), big(_C.unit_price), big(_C.total), _C.buyer, _int(_C.since),
            func.coalesce(big(_C.until), 0), _C.quoted, func.coalesce(_int(_C.released), 0), _C.revision,
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
        _C.touched,
    ).where(_C.project_id == project, or_(_C.revision >= since, _C.touched >= since))


class FloorTotal(AsSeen):
    """The floor price; from a server none to who may not see it, but while a price is agreed to."""

    inherit_cache = True
    name = "floor_total"
    type = _C.floor_total.type


class HasFloor(AsSeen):
    """Whether the unit has a floor price of its own, whoever asks."""

    inherit_cache = True
    name = "has_floor"
    type = Boolean()


SHOWN = tuple(column for column in unit.columns if column is not _C.floor_total)
"""A unit's columns that everybody may read."""
_FLOOR = FloorTotal(_C.floor_total, _C.id).label("floor_total")
_HAS_FLOOR = HasFloor(func.coalesce(big(_C.floor_total), 0) > 0, _C.id).label("has_floor")
_WHOLE = (
    select(*SHOWN, _FLOOR, _HAS_FLOOR, permit.c.issued.label("permit_issued"), project.c.rounding)
    .join(project, project.c.id == _C.project_id)
    .outerjoin(permit, permit.c.id == _C.permit_id)
)
_BY_ID = _WHOLE.where(_C.id == bindparam("id"))
_BY_ID_ALONE = _BY_ID.with_for_update(key_share=True, of=unit)
_AS_SEEN_ALONE = _BY_ID_ALONE.where(_C.revision == bindparam("seen"))
_BY_IDS_ALONE = _WHOLE.where(_C.id.in_(bindparam("ids", expanding=True))).order_by(_C.id).with_for_update(
    key_share=True, of=unit
)  # fmt: skip
AT_ONCE = 500
"""So many units are asked for by one question."""


def by_id(connection: Connection, unit_id: int, *, alone: bool = False) -> Any | None:
    """Return one unit's whole row, `permit_issued` and the project's `rounding`.

    `alone` lets no other desk near it until this work ends.
    """
    return connection.execute(_BY_ID_ALONE if alone else _BY_ID, {"id": unit_id}).first()


def as_seen(connection: Connection, unit_id: int, seen: int) -> Any | None:
    """Return one unit's whole row, as `by_id` does, for this work alone; None where it is no longer as it was seen."""
    return connection.execute(*to_as_seen(unit_id, seen)).first()


def to_as_seen(unit_id: int, seen: int) -> Question:
    """Return the question for one unit as it was seen that lets no other desk near it."""
    return _AS_SEEN_ALONE, {"id": unit_id, "seen": seen}


def to_claim(unit_id: int, seen: int, key: str, now: datetime) -> Question:
    """Return a fence that waits for a unit; behind it nothing is done unless the unit is as it was seen, or the key was
    answered before. Whom it stops it tells who was faster and what is free beside (`data.server_rights.claiming`).

    Who waited in vain lets go at once, so that a hundred others need not wait for them in turn.
    """
    return _CLAIM, {"unit": unit_id, "seen": seen, "key": key, "now": now}


_CLAIM = select(
    func.doors.claim(
        bindparam("unit", type_=_C.id.type), bindparam("seen", type_=_C.revision.type),
        bindparam("key", type_=String), bindparam("now", type_=_C.until.type),
    )
)  # fmt: skip


def to_claim_all(asked: Iterable[tuple[int, int]], key: str, now: datetime) -> Question:
    """Return the fence `to_claim` is for several units, each with what was seen of it; waited for in one order."""
    ids, seen = zip(*sorted(asked), strict=True)
    return _CLAIM_ALL, {"ids": list(ids), "seen": list(seen), "key": key, "now": now}


_CLAIM_ALL = text(
    "SELECT doors.claim(id, seen, :key, :now) "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:seen AS bigint[])) AS one(id, seen)"
).bindparams(bindparam("key", type_=String), bindparam("now", type_=_C.until.type))


def by_ids(connection: Connection, unit_ids: Iterable[int]) -> dict[int, Any]:
    """Return whole rows by key, for this work alone; taken in one order, so that two works never wait for each other.

    SQLite has one writer at a time and needs no such care.
    """
    ids, found = sorted(set(unit_ids)), dict[int, Any]()
    for at in range(0, len(ids), AT_ONCE):
        found |= {row.id: row for row in connection.execute(*to_all_alone(ids[at : at + AT_ONCE]))}
    return found


def to_all_alone(unit_ids: list[int]) -> Question:
    """Return the question for whole rows that lets no other desk near any of them."""
    return _BY_IDS_ALONE, {"ids": unit_ids}


def claim(connection: Connection, unit_id: int, seen: int, revision: int, **values: Any) -> bool:
    """Change a unit only if nobody did since revision `seen`; False when somebody was faster."""
    given = {f"new_{name}": value for name, value in values.items()}
    stmt = _claiming(tuple(values))
    return connection.execute(stmt, {"unit": unit_id, "seen": seen, "new_revision": revision, **given}).rowcount == 1


def change(connection: Connection, unit_id: int, seen: int, revision: int, **values: Any) -> None:
    """Change a unit that this work has alone, and found at revision `seen`."""
    given = {"new_revision": revision} | {f"new_{name}": value for name, value in values.items()}
    trips.later(connection, _claiming(tuple(values)), {"unit": unit_id, "seen": seen, **given})


@cache
def _claiming(names: tuple[str, ...]) -> Update:
    """The claim of some columns; made once for each combination."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=_C[name].type) for name in ("revision", *names)}
    return update(unit).where(_C.id == bindparam("unit"), _C.revision == bindparam("seen")).values(values)


_BINDING = sorted(s.value for s in {*LIFE_STEPS, Step.SET_PRICE, Step.SET_FLAG, Step.EDIT_ESTATE, Step.IMPORT})
"""Steps after which a claim by an older revision fails; quotations and receipts do not bind a unit."""


def touch_of(unit_id: Any) -> Select[Any]:
    """Who last changed what a claim of a unit compares, when, and by which step."""
    return (
        select(person.c.name, history.c.at, history.c.step)
        .join(person, person.c.id == history.c.person_id)
        .where(history.c.unit_id == unit_id, history.c.step.in_(_BINDING))
        .order_by(history.c.id.desc())
        .limit(1)
    )


_LAST_TOUCH = touch_of(bindparam("unit"))


def last_touch(connection: Connection, unit_id: int) -> Any | None:
    """Return (name, at, step) of the newest history line that changed what a claim of this unit compares."""
    return connection.execute(_LAST_TOUCH, {"unit": unit_id}).first()


_THIS = unit.alias("this")


def free_beside(unit_id: Any, now: Any) -> Select[Any]:
    """The codes of up to three units of the same building and use that are for sale, the nearest first."""
    return (
        select(_C.code)
        .join(_THIS, and_(_THIS.c.building_id == _C.building_id, _THIS.c.use == _C.use))
        .where(
            _THIS.c.id == unit_id,
            _C.id != unit_id,
            or_(_C.state == UnitState.FOR_SALE, and_(_C.state == UnitState.HELD, _C.until < now)),
            _C.flags.op("&")(int(NOT_SALEABLE)) == 0,
        )
        .order_by(func.abs(_C.floor - _THIS.c.floor), func.abs(_C.place - _THIS.c.place), _C.id)
        .limit(3)
    )


_FREE_NEAR = free_beside(bindparam("unit"), bindparam("now"))


def free_near(connection: Connection, unit_id: int, now: datetime) -> tuple[str, ...]:
    """Return the codes of up to three units of the same building and use that are for sale, the nearest first."""
    return tuple(connection.scalars(_FREE_NEAR, {"unit": unit_id, "now": now}))


_LIVING = select(deal).where(deal.c.unit_id == bindparam("unit"), deal.c.living)


def living_deal(connection: Connection, unit_id: int) -> Any | None:
    """Return the living deal of a unit."""
    return connection.execute(_LIVING, {"unit": unit_id}).first()


def remember(connection: Connection, unit_ids: Sequence[int], at: datetime) -> None:
    """Write down how units stand from this moment on, for the time slider."""
    if len(unit_ids) == 1:
        trips.later(connection, _REMEMBER_ONE, {"now": at, "id": unit_ids[0]})
        return
    for start in range(0, len(unit_ids), AT_ONCE):
        trips.later(connection, _REMEMBER, {"now": at, "ids": list(unit_ids[start : start + AT_ONCE])})


def _remembering(which: ColumnElement[bool]) -> Insert:
    columns = ("state", "flags", "unit_price", "total", "buyer", "until", "quoted")
    now = bindparam("now", type_=unit_moment.c.at.type)
    return insert(unit_moment).from_select(
        ("unit_id", "at", *columns), select(_C.id, now, *(_C[name] for name in columns)).where(which)
    )


_REMEMBER = _remembering(_C.id.in_(bindparam("ids", expanding=True)))
_REMEMBER_ONE = _remembering(_C.id == bindparam("id"))  # what a deed on one unit writes, is written out once
