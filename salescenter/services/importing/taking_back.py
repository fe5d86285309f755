"""Takes an import of units back while nothing was built on it: what it made goes, what it changed is as before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, select

from salescenter.data import annexes, units
from salescenter.data.estate import building, permit, phase, stair, unit, unit_moment, unit_type
from salescenter.data.history import history
from salescenter.data.staff import person
from salescenter.data.stock import counted
from salescenter.data.unit_ties import tied
from salescenter.domain.import_refusals import ImportBuiltOn, ImportTakenBack
from salescenter.domain.import_terms import Fact
from salescenter.domain.money import Money
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import demand
from salescenter.domain.units import Flag, Step
from salescenter.services.importing.facts import FLOOR_TOLD, SET, is_area, is_money
from salescenter.services.work import Desk, Work, deed

TAKEN_BACK = "import"
"""What the history's line of an import taken back is about; imports themselves are about the project."""

RECENT = 5
"""So many past imports are offered."""


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import of units: its revision names it; new, changed: units; back: who took it back, "" where nobody did."""

    revision: int
    at: datetime
    by: str
    file: str
    new: int
    changed: int
    back: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The import to take back, by its revision."""

    revision: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """So many units are gone again, so many stand as before."""

    units: int
    changed: int


_H = history.c


def recent(desk: Desk, limit: int = RECENT) -> tuple[PastImport, ...]:
    """Return the last imports of units into the project, newest first."""
    with desk.reading() as connection:
        found = connection.execute(_told(desk.project, "project").limit(limit)).all()
        back = {row.after["revision"]: row.name for row in connection.execute(_told(desk.project, TAKEN_BACK))}
    return tuple(_past(row, back.get(row.after.get("revision"), "")) for row in found)


def _told(project: int, subject: str) -> Select[Any]:
    """The history's lines about imports of units, or about imports taken back; newest first."""
    mine = (_H.project_id == project, _H.step == Step.IMPORT.value, _H.subject == subject)
    return (
        select(_H.at, _H.person_id, _H.pc, _H.after, person.c.name)
        .join(person, person.c.id == _H.person_id)
        .where(*mine)
        .order_by(_H.id.desc())
    )


def _past(row: Any, back: str) -> PastImport:
    said = row.after
    return PastImport(said.get("revision", 0), row.at, row.name, said["file"], said["new"], said["changed"], back)


@deed(Step.IMPORT, TakenBack)
def take_back(work: Work, asked: TakeBack) -> TakenBack:
    """Undo an import; refuses with ImportBuiltOn where a unit of it was touched since, all of it or nothing."""
    line = work.connection
    done = next((row for row in line.execute(_told(work.project, "project")) if _is(row, asked.revision)), None)
    if done is None:
        raise NotFound(what="import", sought=asked.revision)
    if before := next((row for row in line.execute(_told(work.project, TAKEN_BACK)) if _is(row, asked.revision)), None):
        raise ImportTakenBack(file=done.after["file"], by=before.name, at=before.at)
    mine = _mine(work, done)
    _demand_untouched(line, mine, done)
    changed = _put_back(work, done, asked.revision)
    _remove(work, mine, done.after.get("made", {}))
    work.note(Step.IMPORT, TAKEN_BACK, work.project, before=done.after, after={"revision": asked.revision})
    return TakenBack(done.after["new"], changed)


def _is(row: Any, revision: int) -> bool:
    return bool(row.after.get("revision") == revision)


def _lines(work: Work, done: Any, *columns: Any, about: str = "unit") -> Select[Any]:
    """What the history tells of single units, or of their floor prices, in the same work as the import."""
    same = (_H.project_id == work.project, _H.at == done.at, _H.person_id == done.person_id, _H.pc == done.pc)
    return select(*columns).where(*same, _H.subject == about)


def _mine(work: Work, done: Any) -> tuple[ColumnElement[bool], ...]:
    """Say of a unit that this import made or changed it, and nobody did anything since."""
    revision = done.after["revision"]
    return unit.c.project_id == work.project, unit.c.revision == revision, unit.c.id.in_(_lines(work, done, _H.unit_id))


def _demand_untouched(line: Connection, mine: tuple[ColumnElement[bool], ...], done: Any) -> None:
    """Take all its units for this work alone; refuses where one is missing, changed, or bears something."""
    whole = done.after["new"] + done.after["changed"]
    left = len(line.execute(select(unit.c.id).where(*mine).order_by(unit.c.id).with_for_update(of=unit)).all())
    project, _, told = mine
    moved = select(unit.c.id).where(project, told, unit.c.revision != done.after["revision"]).limit(1)
    touched = line.scalar(moved) if left < whole else tied(line, select(unit.c.id).where(*mine))
    if left < whole or touched is not None:
        raise ImportBuiltOn(count=max(1, whole - left), **_last_word(line, touched))


def _last_word(line: Connection, unit_id: int | None) -> dict[str, Any]:
    """What was done last with a unit; nothing is known of one that is gone."""
    row = line.execute(
        select(unit.c.code, _H.step, _H.at, person.c.name)
        .join(history, _H.unit_id == unit.c.id)
        .join(person, person.c.id == _H.person_id)
        .where(unit.c.id == unit_id)
        .order_by(_H.id.desc())
        .limit(1)
    ).first()
    return {"unit": row.code, "step": Step(row.step), "at": row.at, "by": row.name} if row else {}


# --- what it changed


def _put_back(work: Work, done: Any, revision: int) -> int:
    """Give every unit that was changed the facts it had before; returns how many."""
    told = _before(work, done)
    if any(SET & {Fact(name) for name in before if name != _FEN} for before in told.values()):
        demand(work.desk.who.role, Step.SET_PRICE)
    ids = list(told)
    standing = units.by_ids(work.connection, ids)
    names = _Names(_named(work, unit_type.c.name), _named(work, permit.c.number), _named(work, unit.c.code))
    for unit_id, before in told.items():
        now = standing[unit_id]
        values = _values(before, now, names)
        units.change(work.connection, now.id, revision, work.revision, **values)
        work.stock.change(now, values)
        step = Step.SET_PRICE if _FEN in before else Step.IMPORT
        after = {"reason": done.after["file"], "file": done.after["file"], "back": True}
        for fact in before.keys() & {Fact.FLOOR_TOTAL.value}:
            work.note(Step.IMPORT, FLOOR_TOLD, now.id, after=after | {fact: before.pop(fact)})
        work.note(step, "unit", now.id, unit=now.id, after=before | after)
    units.remember(work.connection, ids, work.now)
    return len(told)


def _before(work: Work, done: Any) -> dict[int, dict[str, Any]]:
    """The facts that every unit it changed had before, by the unit's key; of new units none are told."""
    told: dict[int, dict[str, Any]] = {}
    for about in ("unit", FLOOR_TOLD):
        lines = work.connection.execute(_lines(work, done, _H.subject_id, _H.before, about=about))
        for unit_id, before in lines:
            if before is not None:
                told[unit_id] = told.get(unit_id, {}) | before
    return told


_FEN = "fen"


@dataclass(frozen=True, slots=True)
class _Names:
    """The numbers behind the names of unit types and permits, and behind the codes of homes."""

    types: dict[str, int]
    permits: dict[str, int]
    units: dict[str, int]


def _named(work: Work, name: Any) -> dict[str, int]:
    rows = work.connection.execute(select(name, name.table.c.id).where(name.table.c.project_id == work.project))
    return {said: number for said, number in rows}  # noqa: C416  rows are not pairs to dict()


def _values(before: dict[str, Any], now: Any, names: _Names) -> dict[str, Any]:
    """Read the facts the history kept as the columns of a unit."""
    values: dict[str, Any] = {}
    for fact, said in ((Fact(name), said) for name, said in before.items() if name != _FEN):
        if fact is Fact.MORTGAGED:
            values["flags"] = now.flags | Flag.MORTGAGED if said else now.flags & ~Flag.MORTGAGED
        elif fact is Fact.TYPE:
            values["type_id"] = names.types.get(said)
        elif fact is Fact.PERMIT:
            values["permit_id"] = names.permits.get(said)
        elif fact is Fact.BOUND_TO:
            values["bound_to"] = names.units.get(said)
        else:
            values[fact.value] = _read(fact, said)
    if "list_total" in values:  # no list changes it under a living deal
        values["total"] = values["list_total"]
    return values


def _read(fact: Fact, said: Any) -> Any:
    if said is None:
        return None
    return Money.read(said) if is_money(fact) else Decimal(said) if is_area(fact) else said


# --- what it made


def _remove(work: Work, mine: tuple[ColumnElement[bool], ...], made: dict[str, list[int]]) -> None:
    """Take away the units it made, then what it made around them, where nothing else is in it."""
    gone = select(unit.c.id).where(*mine)  # those that were changed carry another revision by now
    work.stock.take(counted(work.connection, *mine), -1)
    annexes.let_go(work.connection, gone, work.revision)
    work.connection.execute(delete(unit_moment).where(unit_moment.c.unit_id.in_(gone)))
    work.connection.execute(delete(unit).where(*mine))
    for table, within in _EMPTY:
        ids = made.get(table.name, [])
        work.connection.execute(delete(table).where(table.c.id.in_(ids), ~within.exists()))


_EMPTY: tuple[tuple[Table, Select[Any]], ...] = (
    (stair, select(unit.c.id).where(unit.c.stair_id == stair.c.id)),
    (building, select(stair.c.id).where(stair.c.building_id == building.c.id)),
    (unit_type, select(unit.c.id).where(unit.c.type_id == unit_type.c.id)),
    (phase, select(building.c.id).where(building.c.phase_id == phase.c.id)),
)
"""What goes when nothing is left in it, innermost first."""
