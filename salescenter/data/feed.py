"""The feed: every watched row carries the revision of the work that changed it last.

On SQLite it is a counter, on PostgreSQL the transaction id; a work takes it as it begins (`data.record.enter`).
"""

from __future__ import annotations

from sqlalchemy import Connection, text


def horizon(connection: Connection) -> int:
    """Return where to ask from next time: every row changed by work still open lies at or beyond it.

    Rows may come twice, none is lost; on PostgreSQL a number given out earlier may commit later.
    """
    if connection.dialect.name == "sqlite":
        return (connection.scalar(text("SELECT revision FROM clock")) or 0) + 1
    return connection.scalar(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")) or 0


BEHIND = 100_000
"""So many numbers a desk goes back whose line was broken: a server that fell over, or a standby that took its place,
may give numbers out again that others saw already."""


def behind(connection: Connection, since: int) -> int:
    """Return where to ask from after a break; rows come again, which does no harm."""
    return since if connection.dialect.name == "sqlite" else max(1, since - BEHIND)
