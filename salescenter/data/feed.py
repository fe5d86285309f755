"""The feed: every watched row carries the revision of the work that changed it last.

On SQLite it is a counter, on PostgreSQL the transaction id; a work takes it as it begins (`data.record.enter`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def units_there(connection: Connection, project: int) -> int:
    """Return how many units a project has, from the stock that every work keeps."""
    return connection.scalar(text(f"SELECT ({_THERE})").bindparams(project=project)) or 0


_THERE = "SELECT sum(count) FROM stock WHERE project_id = :project"


def look(connection: Connection, project: int, since: int) -> tuple[int, list[Any], int]:
    """Return where to ask from next time, the cells changed at or after `since` (see `domain.grid.CellChange`), and how
    many units there are: one that is gone changes nothing else.

    On PostgreSQL one statement and one round trip, outside any transaction: horizon and rows are of one snapshot.
    """
    if connection.dialect.name == "sqlite":
        changed = list(connection.execute(units.changes_query(project, since)))
        return horizon(connection), changed, units_there(connection, project)
    upto, cells, there = _ask(connection, {"project": project, "since": since})
    return upto, json.loads(cells) if cells else [], int(there or 0)


def _ask(connection: Connection, words: Mapping[str, int]) -> Any:
    """Look over the driver's own connection: two hundred desks look all day, and what lies between takes more time than
    the look itself. Where that fails, the usual way tells what it means, and lays the line anew.

    The cursor lives as long as its connection, for it remembers how such an answer is read.
    """
    raw: Any = connection.connection.driver_connection
    raw.autocommit = True
    driver: Any = connection.dialect.dbapi
    cursor = connection.info.get("look") or connection.info.setdefault("look", raw.cursor())
    try:
        return cursor.execute(LOOK, words).fetchone()
    except driver.Error:
        line = connection.execution_options(isolation_level="AUTOCOMMIT")
        return line.exec_driver_sql(LOOK, dict(words)).one()


_SINCE = "BETWEEN (SELECT %(since)s::bigint) AND 9223372036854775807"
"""A number the server does not look at before it plans: it would plan each look anew, which takes five times as long as
the look. With an end that no number reaches it expects few rows, and goes by the index."""

LOOK = f"""
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, (
    SELECT json_agg(json_build_array(id, state, flags, unit_price, total, buyer, since, coalesce(until, 0), quoted,
        coalesce(released, 0), revision, touched))
    FROM unit WHERE project_id = %(project)s AND (revision {_SINCE} OR touched {_SINCE})
)::text, ({_THERE.replace(":project", "%(project)s")})
"""
"""Few columns whatever was found: nearly every look finds nothing, and reading the names of many columns takes time."""


BEHIND = 100_000
"""So many numbers a desk goes back whose line was broken: a server that fell over, or a standby that took its place,
may give numbers out again that others saw already."""


def behind(connection: Connection, since: int) -> int:
    """Return where to ask from after a break; rows come again, which does no harm."""
    return since if connection.dialect.name == "sqlite" else max(1, since - BEHIND)
