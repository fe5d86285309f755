"""Which version of the tables a database has; kept in Alembic's own table."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, delete, func, insert, inspect, select
from sqlalchemy.exc import ProgrammingError

from salescenter.data import trips
from salescenter.data.moved import MOVING

KNOWN = ("0001",)
"""Every version this program can open, oldest first (data/migrations holds the way between them)."""

NEWEST = KNOWN[-1]

_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def of(engine: Engine) -> str:
    """Return a database's version, empty where it has none."""
    if not inspect(engine).has_table("alembic_version"):
        return ""
    with engine.connect() as connection:
        return connection.scalar(select(_version.c.version_num)) or ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds; version: "" for none; ours: tables of this program; moving: a house on its way in."""

    version: str
    ours: bool
    moving: bool


def standing(engine: Engine) -> Standing:
    """Look what a database holds: a server's house in one question, whatever else it may be in several."""
    found = None if engine.dialect.name == "sqlite" else _as_usual(engine)
    if found is not None:
        return found
    version, looked = of(engine), inspect(engine)
    return Standing(version, looked.has_table("project"), engine.dialect.name != "sqlite" and looked.has_table(MOVING))


def _as_usual(engine: Engine) -> Standing | None:
    there = (func.to_regclass(name).is_not(None) for name in ("project", MOVING))
    try:
        with engine.connect() as connection:
            row = trips.each_alone(connection).execute(select(_version.c.version_num, *there)).first()
    except ProgrammingError:  # no such table: the several say what it is
        return None
    return None if row is None else Standing(*row)


def is_known(version: str) -> bool:
    """Say whether this program can open a database of that version."""
    return version in KNOWN


def stamp(connection: Connection, version: str = NEWEST) -> None:
    """Write the version of freshly made tables."""
    _version.create(connection, checkfirst=True)
    connection.execute(delete(_version))
    connection.execute(insert(_version).values(version_num=version))
