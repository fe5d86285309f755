"""Sending a script to a server as it stands, in one message, within the work that is open there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

SCHEMA = "doors"
"""Where the functions and tables stand that decide; nobody but the house's owner may write there."""

DEFINER = "SECURITY DEFINER SET search_path = pg_catalog, pg_temp"
"""A function that acts with the owner's rights looks nowhere but where it says."""

SPELLED = "SECURITY DEFINER"
"""The same for a function that a sale asks a dozen times and that says in full whose operator, function, type and
table it means: to set the path and put it back takes a server longer than such a question does.

Only for one that is asked always with the caller's path, or always with a definer's: at another path than last time a
server plans what it asks anew."""

IS = "OPERATOR(pg_catalog.=)"
"""The system's own `=`, whatever the path of whoever asks."""

OF_THIS_WORK = f"""o.pid {IS} pg_catalog.pg_backend_pid()
    AND o.xact {IS} pg_catalog.pg_current_xact_id_if_assigned()"""
"""The row `o` of `doors.opening` that says which step the open work is, if any was opened."""


def opened_to(word: str) -> str:
    """Say, in a definer's function, that the open work writes a part of the house."""
    return f"EXISTS (SELECT FROM doors.opening AS o WHERE {OF_THIS_WORK} AND o.words @> ARRAY['{word}'])"


TODAY = "((clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date - '0001-01-01'::date + 1)"
"""The house's calendar day by the server's own clock, as `data.types.Day` keeps it."""


NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
"""The server's own moment, as `data.types.Moment` keeps it."""

LATE = 10 * 60 * 1000
"""Milliseconds a moment told may be away from the server's own: a work may wait for others before it is written."""


def written_now(table: str) -> str:
    """Say that a row was written by the very work that is open."""
    return f"{table}.xmin::text::bigint = pg_current_xact_id()::text::bigint % 4294967296"


def run(connection: Connection, orders: Iterable[str]) -> None:
    """Say several orders at once; signs that mean something to drivers (%, :) mean nothing here."""
    raw: Any = connection.connection.driver_connection
    raw.execute("\n".join(f"{order.strip()};" for order in orders))


def literal(text: str) -> str:
    """Write a text of our own as SQL."""
    return "'" + text.replace("'", "''") + "'"


def rows_of(values: Iterable[tuple[object, ...]]) -> str:
    """Write rows of texts and whole numbers as SQL."""
    return ", ".join(f"({', '.join(map(_written, row))})" for row in values)


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, int) else literal(str(value))
