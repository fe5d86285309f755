"""Which version of the tables a database has; kept in Alembic's own table."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, delete, insert, inspect, select

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


def is_known(version: str) -> bool:
    """Say whether this program can open a database of that version."""
    return version in KNOWN


def stamp(connection: Connection, version: str = NEWEST) -> None:
    """Write the version of freshly made tables."""
    _version.create(connection, checkfirst=True)
    connection.execute(delete(_version))
    connection.execute(insert(_version).values(version_num=version))
