"""The record of a work: how it begins, history, answers already given, number series, daily roll-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    Integer,
    String,
    Table,
    bindparam,
    cast,
    func,
    insert,
    select,
    text,
    true,
    update,
)

from salescenter.data import trips
from salescenter.data.history import answered, clock, history, series, tally
from salescenter.data.staff import person
from salescenter.data.trips import Question

MONTHLY = "/month"
"""Ends the name of a figure's monthly sums, kept for people (`p:`) only: rankings over years read these."""


@dataclass(frozen=True, slots=True)
class Count:
    """One entry for the daily roll-ups: `figure` of `part` on `day` grows by these."""

    figure: str
    part: str
    day: date
    count: int = 0
    fen: int = 0
    area: int = 0  # hundredths of a square metre

    def plus(self, other: Count | None) -> Count:
        """Return both entries of one figure, part and day as one."""
        if other is None:
            return self
        sums = {name: getattr(self, name) + getattr(other, name) for name in _SUMS}
        return replace(self, **sums)


def upsert(connection: Connection, table: Any) -> Any:
    """Return the database's own INSERT that knows ON CONFLICT."""
    return upsert_of(connection.dialect.name, table)


def upsert_of(dialect: str, table: Any) -> Any:
    """Return the INSERT that knows ON CONFLICT of one of the two databases."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)  # one PC never loads PostgreSQL's


_SUMS = ("count", "fen", "area")
_PLACE = ("figure", "part", "day")


def add_sums(
    connection: Connection, table: Table, place: tuple[str, ...], project: int, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Add the sums of each row to those that stand at its place in a project's table of sums, a server all at once.

    Each row is a `place`, no two the same, and the sums; in one order, so that two desks never wait in a ring.
    """
    dialect = connection.dialect.name
    if rows and dialect == "sqlite":
        connection.execute(_adding(dialect, table, place), [{"project_id": project, **row} for row in rows])
    elif rows:
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        trips.later(connection, _adding(dialect, table, place), {"project": project, **columns})


@cache
def _adding(dialect: str, table: Table, place: tuple[str, ...]) -> Any:
    """Add to the sums; made once for each table of each database."""
    stmt, names = upsert_of(dialect, table), (*place, *_SUMS)
    if dialect != "sqlite":
        lists = (bindparam(name, type_=ARRAY(table.c[name].type)) for name in names)
        rows = func.unnest(*lists).table_valued(*names).render_derived()
        project = bindparam("project", type_=table.c.project_id.type)
        stmt = stmt.from_select(["project_id", *names], select(project, *(rows.c[name] for name in names)))
    sums = {name: table.c[name] + stmt.excluded[name] for name in _SUMS}
    return stmt.on_conflict_do_update(index_elements=["project_id", *place], set_=sums)


@cache
def _numbering(dialect: str) -> Any:
    """Take the next number of a series; made once for each database."""
    first = {"project_id": bindparam("project"), "name": bindparam("series"), "next": 2}
    stmt = upsert_of(dialect, series).values(first)
    more = stmt.on_conflict_do_update(index_elements=["project_id", "name"], set_={"next": series.c.next + 1})
    return more.returning(series.c.next)


def add_counts(connection: Connection, project: int, counts: list[Count]) -> None:
    """Add to the daily roll-ups within the deed's own transaction."""
    if not counts:
        return
    sums: dict[tuple[str, str, date], Count] = {}
    for c in (*counts, *(monthly(c) for c in counts if c.part.startswith("p:"))):
        sums[c.figure, c.part, c.day] = c.plus(sums.get((c.figure, c.part, c.day)))
    rows = [{name: getattr(sums[key], name) for name in (*_PLACE, *_SUMS)} for key in sorted(sums)]
    add_sums(connection, tally, _PLACE, project, rows)


def monthly(entry: Count) -> Count:
    """Return the same entry for the sums of its month, which stand on the month's first day."""
    return replace(entry, figure=entry.figure + MONTHLY, day=entry.day.replace(day=1))


def next_in_series(connection: Connection, project: int, name: str) -> int:
    """Take the next number of a series; given back if the work is rolled back, so there are no gaps."""
    return int(connection.scalar(*to_number(connection, project, name)) or 0) - 1


def to_number(connection: Connection, project: int, name: str) -> Question:
    """Return the question that takes the next number of a series."""
    return _numbering(connection.dialect.name), {"project": project, "series": name}


def promise_number(connection: Connection, project: int, name: str, form: tuple[str, int]) -> str:
    """Let a server take the next number as it writes the work; returns a word for it, in the form prefix and digits."""
    values = {"project": project, "series": name, "prefix": form[0], "digits": form[1]}
    return trips.promise(connection, _promised_number(), values, 1)[0]


@cache
def _promised_number() -> Any:
    taken = _numbering("postgresql").cte("taken")
    number = padded(func.max(taken.c.next) - 1, bindparam("digits", type_=Integer))
    return select(func.set_config(bindparam("slot0"), bindparam("prefix", type_=String).concat(number), true()))


def padded(number: Any, digits: Any) -> Any:
    """Write a whole number with at least so many digits, on a server."""
    written = cast(number, String)
    return func.lpad(written, func.greatest(digits, func.length(written)), "0")


def queue_up(connection: Connection, project: int) -> None:
    """Let the works of a server that end now go one after the other over the rows all of them change.

    Numbers and roll-ups are wanted by everybody; where many wait for a row, each that is done wakes all the others, who
    then sort out anew whose turn it is. In a queue the next is woken alone.
    """
    if connection.dialect.name != "sqlite":
        trips.later(connection, _ALONE, {"name": f"record:{project}"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a work finds when it begins: its own revision, its person's role by now, and its key's earlier answer.

    The role is None for somebody who is not, or no longer, on the house's list.
    """

    revision: int
    role: str | None
    earlier: Mapping[str, Any] | None = None


def enter(
    connection: Connection, person_id: int, step: str = "", key: str = "", line: str = "", soon: Iterable[Question] = ()
) -> Entry:
    """Begin a work: until it ends its person stays what they are, and a second press of its key waits.

    Works that stand in one `line` never meet. One statement; two where a server has somebody to wait for, since only
    what is asked after the wait sees what was done meanwhile. What the work will ask `soon` goes along. A server opens
    the work for the `step` alone (`data.server_rights.openings`).
    """
    who = {"person": person_id, "key": key}
    if connection.dialect.name == "sqlite":
        return Entry(*connection.execute(_ENTER_ALONE, who).one())
    who |= {"step": str(step)}
    if names := [name for name in (line, key) if name]:
        trips.ahead(connection, [(_NUMBER_IN_LINE, {"names": names}), (_FOUND, who), *soon])
        revision = connection.execute(_NUMBER_IN_LINE, {"names": names}).one().revision
        return Entry(revision, *connection.execute(_FOUND, who).one())
    trips.ahead(connection, [(_ENTER, who), *soon])
    return Entry(*connection.execute(_ENTER, who).one())


_ROLE = select(person.c.role).where(person.c.id == bindparam("person"), person.c.active).scalar_subquery()
_OPENED = func.doors.enter(bindparam("person", type_=person.c.id.type), bindparam("step", type_=String))
_ANSWERED = func.doors.answer(bindparam("key", type_=String), type_=answered.c.answer.type)
_EARLIER = select(answered.c.answer).where(answered.c.key == bindparam("key")).scalar_subquery()
_NUMBER = "pg_current_xact_id()::text::bigint AS revision"
_IN_LINE = "(SELECT count(pg_advisory_xact_lock(hashtextextended(n, 0))) FROM unnest(CAST(:names AS text[])) AS n)"
_ENTER_ALONE = update(clock).values(revision=clock.c.revision + 1).returning(clock.c.revision, _ROLE, _EARLIER)
_ENTER = select(text(_NUMBER), _OPENED)
_NUMBER_IN_LINE = text(f"SELECT {_NUMBER}, {_IN_LINE}")
_FOUND = select(_OPENED, _ANSWERED)


def stand_in_line(connection: Connection, name: str, *, together: bool = False) -> None:
    """Wait until nobody else works on what bears this name, and keep others waiting until this work ends.

    Those who stand `together` wait only for one who stands alone. SQLite lets one work at a time anyway.
    """
    if connection.dialect.name != "sqlite":
        trips.first_column(connection, _TOGETHER if together else _ALONE, {"name": name})


def to_stand_together(name: str) -> Question:
    """Return the question by which a desk of a server stands in line together with others."""
    return _TOGETHER, {"name": name}


_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_TOGETHER = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")


def keep_answer(connection: Connection, key: str, deed: str, answer: Mapping[str, Any], at: datetime) -> None:
    """Keep the answer given to a key, in the same transaction as what it answers."""
    trips.later(connection, answered, {"key": key, "deed": deed, "answer": dict(answer), "at": at})


def write_notes(connection: Connection, notes: Sequence[Mapping[str, Any]]) -> None:
    """Write lines of the history."""
    if notes:
        trips.later(connection, history, list(notes))


def to_keys(table: Table, count: int = 1) -> Question:
    """Return the question that takes keys for so many new rows of a table of a server."""
    return _keys(table), {"count": count}


@cache
def _keys(table: Table) -> Any:
    """Take them; how many the server does not look at before it plans, or it would plan it anew each time."""
    count = "(SELECT CAST(:count AS integer))"
    return text(f"SELECT nextval('{table.name}_id_seq') FROM generate_series(1, {count})")  # named so by the server


def take_keys(connection: Connection, table: Table, count: int) -> list[int]:
    """Take keys for rows that are written later; none on SQLite, which gives a key to a row it has."""
    return [] if connection.dialect.name == "sqlite" else trips.first_column(connection, *to_keys(table, count))


def write_row(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Write a new row, on a server with the next message; returns its key."""
    for number in take_keys(connection, table, 1):
        trips.later(connection, table, {"id": number, **values})
        return number
    return new_id(connection.execute(insert(table), dict(values)))


def new_id(written: Any) -> int:
    """Return the key an INSERT made."""
    return int(written.inserted_primary_key[0])
