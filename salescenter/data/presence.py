"""Who is at which unit just now: a row a desk that is worth nothing a few seconds later, by the server's clock."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, String, Table, text

from salescenter.data.schema import Id, metadata

presence = Table(
    "presence",
    metadata,  # no foreign keys: a beat must never touch, or wait for, what a deed works on
    Column("desk", String, primary_key=True),  # one run of the program
    Column("project_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("name", String, nullable=False),
    Column("unit_id", Id, nullable=False, default=0),  # 0 none
    Column("working", Boolean, nullable=False, default=False),  # a form of this unit is open
    Column("until", BigInteger, nullable=False),  # milliseconds since 1970 UTC on the server's clock
)

_NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

READ = f"""
SELECT unit_id, name, working FROM presence
WHERE project_id = %(project)s AND desk <> %(desk)s AND until > {_NOW} ORDER BY unit_id, name
"""

BEAT = f"""
WITH mine AS (
    INSERT INTO presence (desk, project_id, person_id, name, unit_id, working, until)
    VALUES (%(desk)s, %(project)s, %(person)s, %(name)s, %(unit)s, %(working)s, {_NOW} + %(lasts)s)
    ON CONFLICT (desk) DO UPDATE SET unit_id = EXCLUDED.unit_id, working = EXCLUDED.working, until = EXCLUDED.until
)
{READ}
"""

LEAVE = f"DELETE FROM presence WHERE desk = %(desk)s OR until < {_NOW} - 60000"
"""Take this desk's row away, and those of desks that died without taking leave."""


def put_up(connection: Connection) -> None:
    """Let the server keep these rows without the care it gives the rest: after a crash nobody is anywhere."""
    if connection.dialect.name == "postgresql" and connection.scalar(_IS_LOGGED):
        connection.execute(text("ALTER TABLE presence SET UNLOGGED"))


_IS_LOGGED = text("SELECT relpersistence = 'p' FROM pg_class WHERE oid = to_regclass('presence')")


_ONLY_PRESENCE = frozenset({"42501", "42P01", "55P03", "57014"})
"""No right to the table, no table, locked by somebody, too slow."""


def is_only_presence(trouble: BaseException | None) -> bool:
    """Say whether presence alone fails, while the line to the server stands."""
    return getattr(trouble, "sqlstate", None) in _ONLY_PRESENCE


def beat(line: Any, words: dict[str, Any], *, lasts: int) -> list[tuple[int, str, bool]]:
    """Say where this desk is, for so many milliseconds, and return where the others are; 0 only asks.

    One statement, one round trip; the answer is (unit, person's name, whether a form is open) a desk.
    """
    asked = line.execute(BEAT, words | {"lasts": lasts}) if lasts else line.execute(READ, words)
    rows: list[tuple[int, str, bool]] = asked.fetchall()
    return rows
