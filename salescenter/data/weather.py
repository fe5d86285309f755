"""What the databases say when something outside the program failed, told as weather or as a damaged file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from salescenter.data import server_troubles
from salescenter.data.moved import MOVED, moved
from salescenter.data.prepared import GONE
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import CannotWrite, DatabaseAway, DatabaseHeld, HeldElsewhere, NotADatabase

_CANNOT_WRITE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_TOOBIG")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED")
"""Beginnings of SQLite's own error names; whatever is not named means that the database is away for now."""

_WAITED_IN_VAIN = "55P03"
"""A server's code where what a work wanted for itself was not let go within `limits`."""

_GARBLED = "Could not decode to UTF-8"
"""What Python's driver says of a text that is none any more; SQLite itself does not look."""

_ON_SERVER = ("25006", "XX001", "XX002", GONE)
"""Codes of a server that takes no changes, found its files damaged, or is not the process that was spoken to; the
driver calls them by other names."""


def of_sqlite(trouble: sqlite3.Error, path: object) -> Refusal | Weather:
    """Say what an error of SQLite means: the disk does not take it, the file is damaged, or it is busy."""
    name = getattr(trouble, "sqlite_errorname", "") or ""
    if name.startswith(_CANNOT_WRITE):
        return CannotWrite(path=str(path), why=str(trouble))
    if name.startswith(_HELD):
        return DatabaseHeld(path=str(path), why=str(trouble))
    if name.startswith(_DAMAGED) or str(trouble).startswith(_GARBLED):
        return NotADatabase(path=str(path), why=str(trouble))
    return DatabaseAway(why=str(trouble))


@contextmanager
def weather(engine: Engine, *, works: bool = False) -> Iterator[None]:
    """Let what the surroundings did stand as Weather or NotADatabase; our own mistakes pass as they are.

    Where it `works`, others may be at the same thing; who only looks waits for somebody who keeps whole tables.
    """
    try:
        yield
    except DBAPIError as trouble:
        told = HeldElsewhere() if works and _code(trouble) == _WAITED_IN_VAIN else _told(engine, trouble)
        if told is None:
            raise
        raise told from trouble
    except sqlite3.Error as trouble:  # from a cursor that is read without SQLAlchemy between
        if not _is_weather(trouble):
            raise
        raise of_sqlite(trouble, engine.url.database) from trouble
    except UnicodeDecodeError as trouble:  # SQLite complains, and names what is no text any more
        if engine.dialect.name != "sqlite":
            raise
        raise NotADatabase(path=str(engine.url.database), why=_GARBLED) from trouble


def _told(engine: Engine, trouble: DBAPIError) -> Refusal | Weather | None:
    if isinstance(trouble.orig, sqlite3.Error):
        if MOVED in str(trouble.orig):
            return moved(engine.url.database or "", str(trouble.orig))
        return of_sqlite(trouble.orig, engine.url.database) if _is_weather(trouble.orig) else None
    at_the_door = isinstance(trouble, ProgrammingError) and trouble.statement is None
    told_by_code = _code(trouble) in _ON_SERVER
    if isinstance(trouble, OperationalError) or trouble.connection_invalidated or at_the_door or told_by_code:
        return server_troubles.meaning(engine.url, str(trouble.orig))
    return None


def _code(trouble: DBAPIError) -> str | None:
    return getattr(trouble.orig, "sqlstate", None)


def _is_weather(trouble: sqlite3.Error) -> bool:
    return type(trouble) in (sqlite3.OperationalError, sqlite3.DatabaseError) and not is_ours(trouble)


def is_ours(trouble: sqlite3.Error) -> bool:
    """SQLite calls a wrong statement (no such table, a syntax error) operational, too."""
    return getattr(trouble, "sqlite_errorname", "") == "SQLITE_ERROR"
