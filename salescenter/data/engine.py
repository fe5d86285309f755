"""Opening the two databases: SQLite for one PC, PostgreSQL for a LAN."""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from salescenter.data import limits, trips
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.server_address import without_password

BUSY_MS = 5_000
"""How long a desk waits for another writer on SQLite, in milliseconds."""

ALIVE = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
"""Seconds until a server that says nothing is given up: five for each one tried, some eleven in an open connection."""

DATABASE = "salescenter"
"""The database on a server whose address names none."""

_SEVERAL = re.compile(r"^(?P<way>[a-z+]+://(?:[^@/?#]*@)?)(?P<hosts>[^/?#@]*,[^/?#@]*)(?P<rest>.*)$", re.IGNORECASE)
_HERE = re.compile(r"^(localhost|127\.[\d.]+|::1|[/@].*)?$")
"""Hosts of this very PC; what is said to them passes over no cable."""


def address(where: str | Path) -> URL:
    """Read a file path or a database URL; a path means SQLite, `postgresql://` means psycopg 3.

    Several servers may stand in one address, as `host=a,b` behind the question mark or as `a:5432,b:5432` before
    the database; the first that takes the connection is used.
    """
    text = str(where)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(_several(text.strip()))
    except (ArgumentError, ValueError):
        raise _not_an_address(text) from None  # what is at fault may hold a password
    kind = url.get_backend_name() if url.drivername != "postgres" else "postgresql"
    if kind not in ("sqlite", "postgresql"):
        raise _not_an_address(text)
    return _server(url) if kind == "postgresql" else url


def hosts(url: URL) -> tuple[str, ...]:
    """Return every server an address names, in the order they are tried; empty for this PC's own socket."""
    behind = url.query.get("host", ())
    listed = behind.split(",") if isinstance(behind, str) else [one for part in behind for one in part.split(",")]
    return tuple(listed) if behind else (url.host,) if url.host else ()


def plain(url: URL, *, account: bool = True) -> str:
    """Return an address as it may be shown and kept: without driver and password, or also without whose account."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    who = url.username if account else None
    bare = URL.create("postgresql", who, None, url.host, url.port, url.database, url.query)
    return bare.render_as_string().replace("%2C", ",")  # several hosts are read more easily so


def open_engine(url: URL) -> Engine:
    """Make the engine of a database; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    asked = {"application_name": "salescenter"} | ALIVE | limits.CONNECT | _privacy(url)
    registry.register("postgresql.psycopg", "salescenter.data.greeting", "Greeted")
    engine = create_engine(url, pool_size=1, max_overflow=2, connect_args=asked, hide_parameters=True,
                           use_native_hstore=False)  # fmt: skip  which the library would look for first
    event.listen(engine, "handle_error", _name_no_row)
    limits.keep(engine)
    trips.join(engine)
    return engine


def _name_no_row(failed: ExceptionContext) -> None:
    """The report of a bug leaves the house: what a server tells of rows and values stays in its error's own fields."""
    trouble = failed.original_exception
    said = getattr(getattr(trouble, "diag", None), "message_primary", None)
    if said:
        trouble.args = (said,)
        if failed.sqlalchemy_exception is not None:
            failed.sqlalchemy_exception.args = (f"({type(trouble).__name__}) {said}",)


def _privacy(url: URL) -> dict[str, str]:
    """TLS with a look at the certificate, unless the address or the system's own setting says otherwise."""
    if "sslmode" in url.query or "PGSSLMODE" in os.environ or is_here(url):
        return {}
    return {"sslmode": "verify-full"}


def is_here(url: URL) -> bool:
    """Say whether what is said to this address passes over no cable."""
    return all(_HERE.match(host) for host in hosts(url))


def _server(url: URL) -> URL:
    """One way to write each address: our driver, a database, the password where no list of addresses shows it."""
    query = dict(url.query)
    behind = query.pop("password", None)
    password = url.password if behind is None else str(behind)
    return URL.create(
        "postgresql+psycopg", url.username, password, url.host, url.port, url.database or DATABASE, query
    )


def _several(text: str) -> str:
    """Write `a:1,b:2` before the database as the driver wants it: behind the question mark."""
    if not (found := _SEVERAL.match(text)):
        return text
    pairs = [one.partition(":") for one in found["hosts"].split(",")]
    names, ports = ",".join(one[0] for one in pairs), ",".join(one[2] for one in pairs)
    path, _, query = found["rest"].partition("?")
    said = [query, f"host={names}", f"port={ports}" if ports.strip(",") else ""]
    return f"{found['way']}{path}?{'&'.join(filter(None, said))}"


def _not_an_address(text: str) -> FieldMalformed:
    return FieldMalformed(field="database", value=without_password(text), why="not-a-url")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)
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
        "secure_delete=ON",  # what is deleted is overwritten: people's data stand in it
    ):
        raw.execute(f"PRAGMA {pragma}").close()


def empty_log(engine: Engine) -> None:
    """Bring what was overwritten into the file itself and empty its log, as far as nobody is reading from it.

    A server's place is cleared by its own vacuum.
    """
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as line:
            line.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()


def _begin(connection: Connection) -> None:
    # A deferred begin that reads before it writes fails with "database is locked" whatever the timeout says.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
