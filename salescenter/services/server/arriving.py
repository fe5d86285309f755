"""The server's side of a move: what has arrived is noted beside it, and the house opens in one last piece of work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.engine import URL

from salescenter.data import patience
from salescenter.data.engine import plain
from salescenter.data.estate import project
from salescenter.data.history import history
from salescenter.data.moved import MOVING
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.domain.refusals import MoveUnfinished, TargetTaken
from salescenter.domain.units import Step

SUBJECT = "house"
"""The history's subject where a house tells that it moved here."""

_LINKS = "moving_links"
"""The table that keeps the links between tables while rows arrive in any order."""

_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('salescenter: a house arrives', 0))"


def get_ready(target: Any, url: URL) -> None:
    """Take all the time there is, and demand to be the only one who moves a house here."""
    target.autocommit = True
    patience.lift(target)
    for limit in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
        target.execute(f"SET {limit} = 0")
    target.execute("SET synchronous_commit = on")
    if not target.execute(_LOCK).fetchone()[0]:
        raise MoveUnfinished(to=plain(url))


def is_here(target: Any, key: str) -> bool:
    """Say whether the house of this key has arrived before."""
    asked = "SELECT 1 FROM history WHERE subject = %s AND after ->> 'key' = %s"
    return target.execute(asked, (SUBJECT, key)).fetchone() is not None


def begin(target: Any, url: URL, key: str, clock: int) -> dict[str, int]:
    """Make the place ready for this house, or find what of it has arrived; returns rows by table."""
    with target.transaction():
        target.execute(
            f"CREATE TABLE IF NOT EXISTS {MOVING} "
            "(key text NOT NULL, clock bigint NOT NULL, name text PRIMARY KEY, sent bigint NOT NULL)"
        )
        rows = target.execute(f"SELECT key, clock, name, sent FROM {MOVING}").fetchall()
        if any(row[0] != key for row in rows):
            raise TargetTaken(to=plain(url))
        if rows and all(row[1] == clock for row in rows):
            return {row[2]: row[3] for row in rows}
        if not rows and target.execute("SELECT 1 FROM project").fetchone():
            raise TargetTaken(to=plain(url))
        _empty(target, key, clock)
    return {}


def _empty(target: Any, key: str, clock: int) -> None:
    """Begin anew: nothing that arrived from an older state of the file stays; the keys between tables come last."""
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    target.execute(f"TRUNCATE {names}")
    for table_name, name in _kept_links(target):
        target.execute(f'ALTER TABLE {table_name} DROP CONSTRAINT "{name}"')
    target.execute(f"DELETE FROM {MOVING}")
    target.cursor().executemany(
        f"INSERT INTO {MOVING} VALUES (%s, %s, %s, 0)", [(key, clock, table.name) for table in metadata.sorted_tables]
    )


def _kept_links(target: Any) -> list[tuple[str, str]]:
    """Write down every link between tables as the server has it, so that it can be made again just so."""
    target.execute(f"CREATE TABLE IF NOT EXISTS {_LINKS} (tab text, name text, said text, PRIMARY KEY (tab, name))")
    found: list[tuple[str, str]] = target.execute(
        f"INSERT INTO {_LINKS} SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace RETURNING tab, name"
    ).fetchall()
    return found


def note(target: Any, name: str, rows: int) -> None:
    """Note that more rows of a table have arrived, in the same work as the rows."""
    target.execute(f"UPDATE {MOVING} SET sent = sent + %s WHERE name = %s", (rows, name))


def finish(line: Connection, key: str, source: str, rows: int, now: datetime) -> None:
    """Open the house: links between tables, numbers to go on from, and word in the history; all of it or nothing."""
    target: Any = line.connection.driver_connection
    with target.transaction():
        kept = target.execute(f"SELECT tab, name, said FROM {_LINKS} ORDER BY tab, name").fetchall()
        for table_name, name, said in kept:
            target.execute(f'ALTER TABLE {table_name} ADD CONSTRAINT "{name}" {said}')
        for table in metadata.sorted_tables:
            _go_on_counting(target, table)
        target.execute(f"DROP TABLE {MOVING}, {_LINKS}")
        told = {"project_id": select(func.min(project.c.id)).scalar_subquery(), "at": now, "pc": "",
                "person_id": select(func.min(person.c.id)).scalar_subquery(), "step": Step.EDIT_SETTINGS.value,
                "subject": SUBJECT, "subject_id": 0, "after": {"key": key, "from": source, "rows": rows}}  # fmt: skip
        line.execute(insert(history).values(told))
    target.execute("ANALYZE")


def _go_on_counting(target: Any, table: Table) -> None:
    """The next row gets the number after the last that arrived."""
    for column in table.primary_key:
        series = target.execute("SELECT pg_get_serial_sequence(%s, %s)", (table.name, column.name)).fetchone()[0]
        if series:
            asked = f'SELECT setval(%s, coalesce(max("{column.name}"), 0) + 1, false) FROM "{table.name}"'
            target.execute(asked, (series,))
