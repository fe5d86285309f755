"""Writing tens of thousands of rows at once: plain tuples straight to the driver, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault


def insert_many(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows given as tuples in the order of `names`; values as the database keeps them (fen, hundredths, days).

    No type of ours is asked: at twenty thousand rows of thirty columns that alone would cost more than the writing.
    Columns not named take their tables' defaults.
    """
    rest = _defaults(connection, table, set(names))
    said = [*names, *rest]
    marks = ",".join([_mark(connection)] * len(said))
    more = tuple(rest.values())
    whole = [(*row, *more) for row in rows] if more else rows
    columns = ",".join(_quoted(connection, name) for name in said)
    connection.exec_driver_sql(f"INSERT INTO {_quoted(connection, table.name)} ({columns}) VALUES ({marks})", whole)


def _defaults(connection: Connection, table: Table, named: set[str]) -> dict[str, Any]:
    """The plain defaults of the other columns, as the driver takes them."""
    found = {}
    for column in table.columns:
        if column.name not in named and isinstance(column.default, ScalarElementColumnDefault):
            process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
            found[column.name] = process(column.default.arg) if process else column.default.arg
    return found


def update_many(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]], where: Sequence[str]
) -> int:
    """Update rows given as tuples (new values, then those of `where`); returns how many were found."""
    sets, finds = ([f"{_quoted(connection, name)}={_mark(connection)}" for name in some] for some in (names, where))
    order = f"UPDATE {_quoted(connection, table.name)} SET {','.join(sets)} WHERE {' AND '.join(finds)}"
    return connection.exec_driver_sql(order, rows).rowcount


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.name == "sqlite" else "%s"


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
