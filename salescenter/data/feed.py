"""The feed: every watched row carries the revision of the work that changed it last.

On SQLite it is a counter, on PostgreSQL the transaction id; a work takes it as it begins (`data.record.enter`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from salescenter.data import units


def horizon(connection: Connection) -> int:
    """Return where to ask from next time: every row changed by work still open lies at or beyond it.

    Rows may come twice, none is lost; on PostgreSQL a number given out earlier may commit later.
    """
    if connection.dialect.name == "sqlite":
        return (connection.scalar(text("SELECT revision FROM clock")) or 0) + 1
    return connection.scalar(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")) or 0


def look(connection: Connection, project: int, since: int) -> tuple[int, list[Any]]:
    """Return where to ask from next time, and the cells changed at or after `since` (see `domain.grid.CellChange`).

    On PostgreSQL one statement and one round trip, outside any transaction: horizon and rows are of one snapshot.
    """
    if connection.dialect.name == "sqlite":
        return horizon(connection), list(connection.execute(units.changes_query(project, since)))
    line = connection.execution_options(isolation_level="AUTOCOMMIT")
    rows = line.execute(_LOOK, {"project": project, "since": since}).all()
    return rows[0][0], [row[1:] for row in rows if row[1] is not None]


_LOOK = text("""
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, u.id, u.state, u.flags, u.unit_price, u.total, u.buyer,
    u.since, coalesce(u.until, 0), u.quoted, coalesce(u.released, 0), u.revision, u.touched
FROM (SELECT 1) AS once
LEFT JOIN unit AS u ON u.project_id = :project AND (u.revision >= :since OR u.touched >= :since)
""".replace("::", r"\:\:"))


BEHIND = 100_000
"""So many numbers a desk goes back whose line was broken: a server that fell over, or a standby that took its place,
may give numbers out again that others saw already."""


def behind(connection: Connection, since: int) -> int:
    """Return where to ask from after a break; rows come again, which does no harm."""
    return since if connection.dialect.name == "sqlite" else max(1, since - BEHIND)
