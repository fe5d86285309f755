"""The feed: every watched row carries the revision of the work that changed it last.

On SQLite it is a counter, on PostgreSQL the transaction id; a work takes it as it begins (`data.record.enter`).
"""

from __future__ import annotations

import json
from collections.abc import Generator
from selectors import EVENT_READ, EVENT_WRITE
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.pool import PoolProxiedConnection

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
    upto, cells, there = _ask(connection, project, since)
    return int(upto), json.loads(cells) if cells else [], int(there or 0)


def _ask(connection: Connection, project: int, since: int) -> Any:
    """Look over the driver's own line: two hundred desks look all day, and what lies between takes more time than the
    look itself. Where that fails, the usual way tells what it means, and lays the line anew.
    """
    driver: Any = connection.dialect.dbapi
    try:
        told = _over(connection.connection, project, since)
        if told is not None and told.status == driver.pq.ExecStatus.TUPLES_OK:
            upto, cells, there = (told.get_value(0, column) for column in range(3))
            return upto, cells and _text(connection, cells), there
    except driver.Error:
        pass  # it is met again
    connection.info.pop(_NAME, None)
    connection.rollback()
    line = connection.execution_options(isolation_level="AUTOCOMMIT")
    return line.exec_driver_sql(LOOK, {"project": project, "since": since}).one()


def _text(connection: Connection, said: bytes) -> str:
    raw: Any = connection.connection.driver_connection
    return said.decode(raw.info.encoding)


_NAME = b"look"


def _over(line: PoolProxiedConnection, project: int, since: int) -> Any:
    """Say the look that this connection knows by name, and return the driver's bare result."""
    raw: Any = line.driver_connection
    if _NAME not in line.info:
        raw.pgconn.send_prepare(_NAME, (LOOK % {"project": "$1", "since": "$2"}).encode())
        raw.wait(_answer(raw.pgconn))
        line.info[_NAME] = True
    raw.pgconn.send_query_prepared(_NAME, [b"%d" % project, b"%d" % since])
    return raw.wait(_answer(raw.pgconn))


def _answer(line: Any) -> Generator[int, int, Any]:
    """Send what was said and take in the whole answer; yields what the driver is to wait for."""
    while line.flush():
        yield EVENT_WRITE
    told = None
    while True:
        while line.is_busy():
            if (yield EVENT_READ):
                line.consume_input()
        if (result := line.get_result()) is None:
            return told
        told = result


_SINCE = "BETWEEN (SELECT %(since)s::bigint) AND 9223372036854775807"
"""A number the server does not look at before it plans: it would plan each look anew, which takes twice as long as
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
