"""What the databases say when something outside the program failed, told as weather or as a damaged file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from salescenter.data import server_troubles
from salescenter.data.moved import MOVED, moved
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import CannotWrite, DatabaseAway, NotADatabase

_CANNOT_WRITE = ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_TOOBIG")
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
"""Beginnings of SQLite's own error names; whatever is not named means that the database is away for now."""


def of_sqlite(trouble: sqlite3.Error, path: object) -> Refusal | Weather:
    """Say what an error of SQLite means: the disk does not take it, the file is damaged, or it is busy."""
    name = getattr(trouble, "sqlite_errorname", "") or ""
    if name.startswith(_CANNOT_WRITE):
        return CannotWrite(path=str(path), why=str(trouble))
    if name.startswith(_DAMAGED):
        return NotADatabase(path=str(path), why=str(trouble))
    return DatabaseAway(why=str(trouble))


@contextmanager
def weather(engine: Engine) -> Iterator[None]:
    """Let what the surroundings did stand as Weather or NotADatabase; our own mistakes pass as they are."""
    try:
        yield
    except DBAPIError as trouble:
        told = _told(engine, trouble)
        if told is None:
            raise
        raise told from trouble


def _told(engine: Engine, trouble: DBAPIError) -> Refusal | Weather | None:
    if isinstance(trouble.orig, sqlite3.Error):
        if MOVED in str(trouble.orig):
            return moved(engine.url.database or "", str(trouble.orig))
        if type(trouble.orig) not in (sqlite3.OperationalError, sqlite3.DatabaseError) or is_ours(trouble.orig):
            return None
        return of_sqlite(trouble.orig, engine.url.database)
    at_the_door = isinstance(trouble, ProgrammingError) and trouble.statement is None
    if isinstance(trouble, OperationalError) or trouble.connection_invalidated or at_the_door:
        return server_troubles.meaning(engine.url, str(trouble.orig))
    return None


def is_ours(trouble: sqlite3.Error) -> bool:
    """SQLite calls a wrong statement (no such table, a syntax error) operational, too."""
    return getattr(trouble, "sqlite_errorname", "") == "SQLITE_ERROR"
