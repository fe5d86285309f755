"""The plain order of characters a house needs of its server: asked of the database itself, and named as one is made."""

from __future__ import annotations

from sqlalchemy import Engine

from salescenter.data.weather import weather

IN_ORDER = """(SELECT array_agg(one ORDER BY one) = array_agg(one ORDER BY one COLLATE "C")
               FROM unnest(ARRAY[' z', '-b', 'B', 'Z', 'a', 'b']) AS one)"""
"""Says whether a database orders by characters alone; "C" as its collation does not: ICU goes by a name of its own."""

NAME_OF_ORDER = "coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale', d.datcollate)"
"""What a database `d` calls its order; older versions and newer ones keep it in columns of different names."""

_CHOOSES = (15,)
"""The first version where a database takes even the kind of its order from its pattern, unless it is told."""


def make_database(engine: Engine, name: str) -> None:
    """Make an empty database in which names are found by ranges of characters; `engine` is at another of its server."""
    with weather(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        version: tuple[int, ...] = getattr(engine.dialect, "server_version_info", None) or ()
        kind = "LOCALE_PROVIDER libc" if version >= _CHOOSES else ""
        quoted = engine.dialect.identifier_preparer.quote_identifier(name)
        line.exec_driver_sql(
            f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' {kind}"
        )
