"""Opening the two databases: SQLite for one PC, PostgreSQL for a LAN."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from salescenter.domain.refusals import FieldMalformed

BUSY_MS = 5_000
"""How long a desk waits for another writer on SQLite, in milliseconds."""

POSTGRES_LIMITS = "-c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=5s"
"""A desk whose cable is pulled in mid-deed blocks its unit for at most five seconds."""


def address(where: str | Path) -> URL:
    """Read a file path or a database URL; a path means SQLite, `postgresql://` means psycopg 3."""
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as trouble:
        raise FieldMalformed(field="database", value=text, why="not-a-url") from trouble
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise FieldMalformed(field="database", value=text, why="not-a-url")
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def open_engine(url: URL) -> Engine:
    """Make the engine of a database; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url,
        pool_size=1,
        max_overflow=2,
        pool_pre_ping=True,
        connect_args={"options": POSTGRES_LIMITS, "connect_timeout": 5},
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(raw: Any, _: Any) -> None:
    raw.isolation_level = None  # the driver begins nothing by itself: `_begin` says which kind
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "cache_size=-32000",
    ):
        raw.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A deferred begin that reads before it writes fails with "database is locked" whatever the timeout says.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
