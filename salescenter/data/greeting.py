"""What a desk asks of a server as a connection opens, in one question: a far server is waited for once, not ten times.

The library asks four things of the first connection (`Greeted` answers them), each connection is told to look while it
works whether the desk is still there, and the house's clock wants the server's time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from salescenter.data.server_clock import keep_moment, steady

_ASKED = """
SELECT current_setting('server_version_num')::int, current_schema()::text, current_setting('transaction_isolation'),
    current_setting('standard_conforming_strings'), extract(epoch FROM clock_timestamp())::float8
"""

_LOOK = f"""{_ASKED}, (
    SELECT set_config(name, '1s', false) FROM pg_settings WHERE name = 'client_connection_check_interval'
)"""
"""From version 14 on the server looks, while it works or waits for a lock, whether the desk is still there."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the server answered for the library."""

    version: int
    schema: str | None
    isolation: str
    strings: str


_told: WeakKeyDictionary[Any, Told] = WeakKeyDictionary()


def greet(raw: Any, driver: Any) -> None:
    """Ask all of it of a connection of the driver that was just made."""
    raw.autocommit = True
    try:
        _told[raw] = _answer(raw, _LOOK)
    except driver.errors.InvalidParameterValue:  # servers on some systems cannot look
        _told[raw] = _answer(raw, _ASKED)
    raw.autocommit = False


def _answer(raw: Any, question: str) -> Told:
    before = steady()
    version, schema, isolation, strings, time, *_ = raw.execute(question).fetchone()
    keep_moment(raw, time, (before + steady()) / 2)
    return Told(version, schema, isolation, strings)


def told_on(raw: Any) -> Told | None:
    """Return what a connection of the driver was told as it opened; None where nobody asked."""
    return _told.get(raw)


class Greeted(PGDialect_psycopg):
    """The library's own way to PostgreSQL, which asks nothing that was told already."""

    supports_statement_cache = True

    def _get_server_version_info(self, connection: Any) -> Any:
        told, usual = told_on(connection.connection.driver_connection), _usual(super())
        return divmod(told.version, 10_000) if told else usual._get_server_version_info(connection)

    def _get_default_schema_name(self, connection: Any) -> Any:
        told, usual = told_on(connection.connection.driver_connection), _usual(super())
        return told.schema if told else usual._get_default_schema_name(connection)

    def get_default_isolation_level(self, dbapi_conn: Any) -> Any:
        """Return how works see each other unless they say otherwise."""
        told, usual = told_on(dbapi_conn), _usual(super())
        return told.isolation.upper() if told else usual.get_default_isolation_level(dbapi_conn)

    def _set_backslash_escapes(self, connection: Any) -> None:
        told, usual = told_on(connection.connection.driver_connection), _usual(super())
        if told:
            self._backslash_escapes = told.strings == "off"
        else:
            usual._set_backslash_escapes(connection)


def _usual(library: Any) -> Any:
    """The library says no types of what it calls by itself."""
    return library
