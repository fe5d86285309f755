"""Carries out a planned import of units: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    func,
    insert,
    literal,
    select,
    type_coerce,
)

from salescenter.data import bulk
from salescenter.data.estate import building, phase, stair, unit, unit_moment, unit_type
from salescenter.data.history import history
from salescenter.data.stock import counted
from salescenter.domain.addresses import building_key, rooms, stair_key
from salescenter.domain.import_terms import Fact, Stage
from salescenter.domain.prices import outdated
from salescenter.domain.refusals import BadRowsRemain, ChangedMeanwhile
from salescenter.domain.staff import demand
from salescenter.domain.units import Flag, Step
from salescenter.services.estate.order import arrange
from salescenter.services.importing.facts import AT, FACTS, FLOOR_TOLD, PRICE, Estate, Facts, Home, names_of, seen_now
from salescenter.services.importing.memory import keep_taught
from salescenter.services.importing.plan import Change, ImportPlan, NewUnit, Rewrite
from salescenter.services.importing.watch import UNWATCHED, Watch
from salescenter.services.work import Desk, Work

CHUNK = 2_000
"""So many units are written between two looks at whether the user stopped."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import made and changed."""

    buildings: int
    stairs: int
    types: int
    units: int
    changed: int
    unchanged: int
    left_out: int
    revision: int


def carry_out(
    desk: Desk, plan: ImportPlan, now: datetime, watch: Watch = UNWATCHED, *, leave_out: bool = False
) -> ImportResult:
    """Write what was planned; refuses while rows are bad, unless `leave_out` says to go on without them.

    Refuses with ChangedMeanwhile when the estate is no longer what the plan was compared with, with Stopped when the
    user stops it, with NotYours when the role may not import or, for changed list prices, not set prices.
    """
    demand(desk.who.role, Step.IMPORT)
    if plan.prices_changed:
        demand(desk.who.role, Step.SET_PRICE)
    if plan.bad and not leave_out:
        raise BadRowsRemain(count=len({bad.row for bad in plan.bad}))
    if plan.empty:
        keep_taught(desk, plan.draft.mapping, now)
        return _result(plan, 0)
    with desk.working(now, step=Step.IMPORT) as work:
        if seen_now(work.connection, work.project) != plan.seen:
            raise ChangedMeanwhile(what="project", by="", at=None)
        _write(work, plan, watch)
        keep_taught(desk, plan.draft.mapping, now, within=work)
        return _result(plan, work.revision)


def _result(plan: ImportPlan, revision: int) -> ImportResult:
    return ImportResult(
        buildings=len(plan.buildings),
        stairs=len(plan.stairs),
        types=len(plan.types),
        units=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        left_out=len({bad.row for bad in plan.bad}),
        revision=revision,
    )


def _write(work: Work, plan: ImportPlan, watch: Watch) -> None:
    estate = names_of(work.connection, work.project)
    types = estate.types | _insert_types(work, plan)
    ids = _Ids(types, estate.permits, _homes(work, plan, estate))
    _insert_units(work, plan.new, ids, watch)
    _tell(work, plan, _made(work, estate))  # before the changed units carry the same revision as the new ones
    _update_units(work, plan, ids)
    _bind(work, plan)
    work.stock.take(counted(work.connection, *_touched(work)), 1)
    _remember(work)
    watch.step(1, 1, Stage.STORE)


def _made(work: Work, before: Estate) -> dict[str, list[int]]:
    """What was made beside the units, table by table: it goes with them where the import is taken back."""
    now = names_of(work.connection, work.project)
    pairs: dict[str, tuple[Iterable[int], Iterable[int]]] = {
        "building": ([one[0] for one in now.buildings.values()], [one[0] for one in before.buildings.values()]),
        "stair": (now.stairs.values(), before.stairs.values()),
        "unit_type": (now.types.values(), before.types.values()),
        "phase": (now.phases.values(), before.phases.values()),
    }
    return {table: sorted(set(after) - set(old)) for table, (after, old) in pairs.items()}


@dataclass(frozen=True, slots=True)
class _Ids:
    """The numbers behind the names: unit types, permits, and (building, stair) of a home."""

    types: dict[str, int]
    permits: dict[str, int]
    homes: dict[Home, tuple[int, int]]


def _insert_types(work: Work, plan: ImportPlan) -> dict[str, int]:
    counts = {name: rooms(name) for name in plan.types}
    rows = [
        {"project_id": work.project, "name": name, "rooms": said.rooms, "halls": said.halls, "baths": said.baths}
        for name, said in counts.items()
    ]
    return dict(zip(counts, _insert(work.connection, unit_type, rows), strict=True))


def _homes(work: Work, plan: ImportPlan, estate: Estate) -> dict[Home, tuple[int, int]]:
    """Make the buildings and stairs that are new; return every home's building and stair."""
    buildings = {key: known[0] for key, known in estate.buildings.items()} | _insert_buildings(work, plan, estate)
    homes = {home: (buildings[home[0]], number) for home, number in estate.stairs.items()}
    position = dict.fromkeys(buildings.values(), 1000 if estate.stairs else 0)
    fresh: list[Home] = []
    rows: list[dict[str, Any]] = []
    for of, name in plan.stairs:
        fresh.append((building_key(of), stair_key(name)))
        into = buildings[fresh[-1][0]]
        rows.append({"building_id": into, "name": name, "position": position[into]})
        position[into] += 1
    made = zip(fresh, rows, _insert(work.connection, stair, rows), strict=True)
    return homes | {home: (row["building_id"], number) for home, row, number in made}


def _insert_buildings(work: Work, plan: ImportPlan, estate: Estate) -> dict[str, int]:
    lines = [{"project_id": work.project, "name": name} for name in plan.phases]
    phases = estate.phases | dict(zip(plan.phases, _insert(work.connection, phase, lines), strict=True))
    last = work.connection.scalar(
        select(func.coalesce(func.max(building.c.position), -1)).where(building.c.project_id == work.project)
    )
    lies_in = {new.home[0]: new.row.phase for new in plan.new}
    handovers = _handovers(plan.new)
    keys = [building_key(name) for name in plan.buildings]
    rows = [
        {
            "project_id": work.project, "phase_id": phases.get(lies_in[key]), "name": name, "short": key,
            "position": at, "facts": {"handover": handovers[key].isoformat()} if key in handovers else {},
        }
        for at, (key, name) in enumerate(zip(keys, plan.buildings, strict=True), start=int(last or 0) + 1)
    ]  # fmt: skip
    found = dict(zip(keys, _insert(work.connection, building, rows), strict=True))
    if found:
        arrange(work, found.values())
    return found


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and return their keys in the same order."""
    if not rows:
        return []
    made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(number) for number in connection.scalars(made, list(rows))]


def _handovers(new: Sequence[NewUnit]) -> dict[str, date]:
    """The day of handover of each building whose units all name the same one."""
    days: dict[str, set[date | None]] = {}
    for one in new:
        days.setdefault(one.home[0], set()).add(one.row.handover)
    return {key: day for key, (day, *others) in days.items() if day is not None and not others}


_FACT_COLUMNS = tuple(
    {Fact.TYPE: "type_id", Fact.PERMIT: "permit_id"}.get(fact, fact.value)
    for fact in FACTS
    if fact not in (Fact.MORTGAGED, Fact.BOUND_TO)
)
_COLUMNS = (
    "project_id", "building_id", "stair_id", "code", "number", "place", *_FACT_COLUMNS, "state", "flags", "since",
    "quoted", "total", "buyer", "revision",
)  # fmt: skip
_MORTGAGED, _TYPE, _PERMIT, _TOTAL = AT[Fact.MORTGAGED], AT[Fact.TYPE], AT[Fact.PERMIT], AT[Fact.LIST_TOTAL]
_BASIS = AT[Fact.BASIS]
_BOUND_TO = AT[Fact.BOUND_TO]


def _fact_values(facts: Facts, ids: _Ids) -> tuple[Any, ...]:
    values = list(facts)
    values[_TYPE] = ids.types.get(facts[_TYPE])
    values[_PERMIT] = ids.permits.get(facts[_PERMIT])
    del values[_BOUND_TO], values[_MORTGAGED]  # the later one first
    return tuple(values)


def _insert_units(work: Work, new: Sequence[NewUnit], ids: _Ids, watch: Watch) -> None:
    project, day, revision = work.project, work.today.toordinal(), work.revision
    for start in range(0, len(new), CHUNK):
        watch.step(start, len(new), Stage.STORE)
        rows = [
            (
                project, *ids.homes[one.home], one.code, one.row.number, one.place, *_fact_values(one.facts, ids), 0,
                int(Flag.MORTGAGED) if one.facts[_MORTGAGED] else 0, day, 0, one.facts[_TOTAL], "", revision,
            )
            for one in new[start : start + CHUNK]
        ]  # fmt: skip
        bulk.insert_many(work.connection, unit, _COLUMNS, rows)


def _update_units(work: Work, plan: ImportPlan, ids: _Ids) -> None:
    if not plan.rewrites:
        return
    names, rows = _changes(plan.rewrites, ids, work.revision)
    for start in range(0, len(rows), CHUNK):
        changing = [one.before.id for one in plan.rewrites[start : start + CHUNK]]
        work.stock.take(counted(work.connection, unit.c.id.in_(changing)), -1)
    if bulk.update_many(work.connection, unit, names, rows, ("id", "revision")) != len(rows):
        raise ChangedMeanwhile(what="project", by="", at=None)


def _changes(rewrites: Sequence[Rewrite], ids: _Ids, revision: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Say which columns change at all, and each unit's values in them: a server lets nobody name a price's column who
    sets no prices.
    """
    pairs = [
        ((*_fact_values(one.before.facts, ids), one.before.flags, one.before.total),
         (*_fact_values(one.after, ids), _flags(one), one.before.total if one.before.bound else one.after[_TOTAL]))
        for one in rewrites
    ]  # fmt: skip
    names = (*_FACT_COLUMNS, "flags", "total")
    told = [at for at in range(len(names)) if any(was[at] != now[at] for was, now in pairs)]
    rows = [(*(now[at] for at in told), revision, one.before.id, one.before.revision)
            for one, (_, now) in zip(rewrites, pairs, strict=True)]  # fmt: skip
    return [*(names[at] for at in told), "revision"], rows


def _bind(work: Work, plan: ImportPlan) -> None:
    """Bind annexes to their homes, when every home of the list has its key."""
    wanted = [(one.code, one.facts[_BOUND_TO]) for one in plan.new if one.facts[_BOUND_TO]]
    again = ((one.before, one.before.facts[_BOUND_TO], one.after[_BOUND_TO]) for one in plan.rewrites)
    wanted += [(before.code, home) for before, was, home in again if was != home]
    if wanted:
        rows = work.connection.execute(select(unit.c.code, unit.c.id).where(unit.c.project_id == work.project))
        ids = {code: number for code, number in rows}  # noqa: C416  rows are not pairs to dict()
        pairs = [(ids[home], ids[code]) for code, home in wanted if home in ids]
        bulk.update_many(work.connection, unit, ("bound_to",), pairs, ("id",))


def _flags(one: Rewrite) -> int:
    flags, was, now = one.before.flags, one.before.facts, one.after
    if was[_TOTAL] and was[_TOTAL] == now[_TOTAL] and outdated(was[_BASIS], _areas(was), _areas(now)):
        flags |= Flag.PRICE_REVIEW
    return flags | Flag.MORTGAGED if now[_MORTGAGED] else flags & ~Flag.MORTGAGED


def _areas(facts: Facts) -> tuple[object, object]:
    return facts[AT[Fact.AREA]], facts[AT[Fact.INNER]]


def _remember(work: Work) -> None:
    """Write down how every unit this work touched stands from now on, for the time slider."""
    u = unit.c
    names = ("unit_id", "at", "state", "flags", "unit_price", "total", "buyer", "until", "quoted")
    at = type_coerce(work.now, unit_moment.c.at.type)
    work.connection.execute(
        insert(unit_moment).from_select(
            names,
            select(u.id, at, u.state, u.flags, u.unit_price, u.total, u.buyer, u.until, u.quoted)
            .where(*_touched(work)),
        )
    )


def _touched(work: Work) -> tuple[ColumnElement[bool], ...]:
    """Say of a unit that this work made or changed it."""
    return unit.c.project_id == work.project, unit.c.revision == work.revision


def _tell(work: Work, plan: ImportPlan, made: dict[str, list[int]]) -> None:
    """Tell the history: the import itself, each new unit, each change with old and new values."""
    draft = plan.draft
    what = {
        "file": draft.source, "sheet": draft.sheet, "new": len(plan.new), "changed": len(plan.changed),
        "revision": work.revision, "made": made,
    }  # fmt: skip
    work.note(Step.IMPORT, "project", work.project, after=what)
    if plan.new:
        _tell_new(work, draft.source)
    for change in plan.changed:
        _tell_change(work, change, draft.source)


def _tell_new(work: Work, source: str) -> None:
    h, u = history.c, unit.c
    names = ("project_id", "at", "person_id", "pc", "step", "subject", "subject_id", "unit_id", "after")
    said = (
        literal(work.project, Integer), type_coerce(work.now, h.at.type), literal(work.desk.who.id, Integer),
        literal(work.desk.pc, String), literal(Step.IMPORT.value, String), literal("unit", String), u.id, u.id,
        type_coerce({"file": source}, h.after.type),
    )  # fmt: skip
    work.connection.execute(insert(history).from_select(names, select(*said).where(*_touched(work))))


def _tell_change(work: Work, change: Change, source: str) -> None:
    price = any(one.fact in PRICE for one in change.facts)
    old = {one.fact.value: _plain(one.old) for one in change.facts}
    new = {one.fact.value: _plain(one.new) for one in change.facts}
    if change.total:
        old["fen"], new["fen"] = change.total[0].fen, change.total[1].fen
    for fact in old.keys() & {Fact.FLOOR_TOTAL.value}:
        was, now = {fact: old.pop(fact)}, {fact: new.pop(fact), "file": source}
        work.note(Step.IMPORT, FLOOR_TOLD, change.unit, before=was, after=now)
    step = Step.SET_PRICE if price else Step.IMPORT
    work.note(step, "unit", change.unit, unit=change.unit, before=old, after=new | {"reason": source, "file": source})


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int) else str(value)
