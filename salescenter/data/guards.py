"""Guards of what is only ever added to: receipts, what they paid, the history and its seals refuse changes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from salescenter.data import counting, listening, paper_index, presence, sealing
from salescenter.data.history import history, seal
from salescenter.data.payments import allocation, receipt
from salescenter.data.server_rights import standing

APPEND_ONLY = (history.name, receipt.name, allocation.name, seal.name)
"""A wrong receipt is countered by another one; what happened stays told."""

_FUNCTION = text("""
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
""")


def put_up(connection: Connection) -> None:
    """Guard the tables, and let a server tell of changes by itself; what stands already stays so."""
    counting.put_up(connection)
    listening.put_up(connection)
    presence.put_up(connection)
    sealing.put_up(connection)
    paper_index.put_up(connection)
    standing.put_up(connection)
    take_down(connection)
    if connection.dialect.name != "sqlite":
        connection.execute(_FUNCTION)
    for name, table, what in _triggers():
        then = "EXECUTE FUNCTION append_only()"
        if connection.dialect.name == "sqlite":
            then = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        connection.exec_driver_sql(f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW {then}")


def take_down(connection: Connection) -> None:
    """Lift the guards, for a migration that rewrites these tables; they are put up again at its end."""
    for name, table, _ in _triggers():
        on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def _triggers() -> Iterator[tuple[str, str, str]]:
    for table in APPEND_ONLY:
        for what in ("UPDATE", "DELETE"):
            yield f"{table}_stays_on_{what.lower()}", table, what
