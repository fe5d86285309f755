"""Rows as they stand in a file, carried to a server in chunks, and the sum of a table whatever order it is read in."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Boolean, Table

from salescenter.data.history import clock
from salescenter.data.tables import metadata

CHUNK = 2_000
"""Rows that arrive together or not at all."""

MOVED_REVISION = 1
"""The revision of every row that moved: lower than any number the server will ever give out, so none is met twice."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has and what they add up to."""

    rows: int
    digest: int


@dataclass(frozen=True, slots=True)
class Carried:
    """One table as it is carried: the columns, and which of them are truths or revisions."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    truths: frozenset[int]
    documents: frozenset[int]
    revision: int | None

    def as_sent(self, row: Row) -> Row:
        """Write a row of SQLite as the server will give it back."""
        sent = list(row)
        for place in self.truths:
            sent[place] = None if sent[place] is None else bool(sent[place])
        if self.revision is not None:
            sent[self.revision] = MOVED_REVISION
        return tuple(sent)


@cache
def carried() -> tuple[Carried, ...]:
    """Every table of the house, those others point at first."""
    return tuple(map(_carried, metadata.sorted_tables))


def _carried(table: Table) -> Carried:
    kinds = list(enumerate(table.columns))
    revision = [at for at, column in kinds if column.name == "revision" and table is not clock]
    return Carried(
        table.name, tuple(column.name for column in table.columns), tuple(c.name for c in table.primary_key),
        frozenset(at for at, column in kinds if isinstance(column.type, Boolean)),
        frozenset(at for at, column in kinds if isinstance(column.type, JSON)),
        revision[0] if revision else None,
    )  # fmt: skip


def left(source: sqlite3.Connection, table: Carried, skip: int = 0) -> Iterator[Row]:
    """Read a table of the file in the order of its key, as it is to be sent."""
    asked = f"SELECT {_names(table.columns)} FROM {_name(table.name)} ORDER BY {_names(table.key)} LIMIT -1 OFFSET ?"
    return map(table.as_sent, source.execute(asked, (skip,)))


def arrived(target: Any, table: Carried) -> Iterator[Row]:
    """Read a table of the server (psycopg connection), in whatever order; documents as their text."""
    said = [
        f"{_name(name)}::text" if at in table.documents else _name(name) for at, name in enumerate(table.columns)
    ]
    with target.cursor(name="arrived") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(f"SELECT {', '.join(said)} FROM {_name(table.name)}")
        yield from cursor


def send(target: Any, table: Carried, rows: Iterable[Row]) -> int:
    """Write rows to the server (psycopg connection), within the work that is open there; returns how many."""
    sent = 0
    with target.cursor().copy(f"COPY {_name(table.name)} ({_names(table.columns)}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)
            sent += 1
    return sent


def chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Cut rows into chunks."""
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def add_up(rows: Iterable[Row], known: Sum = Sum(0, 0)) -> Sum:
    """Add rows to a sum; the order does not matter, one changed character does."""
    count, digest = known.rows, known.digest
    for row in rows:
        count += 1
        digest += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
    return Sum(count, digest % (1 << 128))


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _name(name: str) -> str:
    return f'"{name}"'
