"""Statements written out once for a database, to be filled with values again and again.

SQLAlchemy prepares whatever it executes for the rows that may come back, which takes several times as long as the
writing itself. What is only written, or asked ahead of need, gets by with the text and the makers of its values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable, Insert, Table, insert

Said = Table | Executable
"""A statement made once, for as long as the program runs; a table stands for writing new rows of it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A statement as a driver takes it."""

    text: str
    fixed: Mapping[str, Any]  # values that are always the same
    makers: Mapping[str, Callable[[Any], Any]]  # what makes the driver's value of ours, where it is another
    order: tuple[str, ...] = ()  # names of the values, for a driver that counts them

    def filled(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the driver's values by their names."""
        makers = self.makers
        given = {name: makers[name](value) if name in makers else value for name, value in values.items()}
        return {**self.fixed, **given}

    def counted(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the driver's values in the order of the text."""
        filled = self.filled(values)
        return tuple(filled[name] for name in self.order)


_known: WeakKeyDictionary[Any, dict[tuple[str, tuple[str, ...]], Phrase | None]] = WeakKeyDictionary()


def phrase(dialect: Dialect, said: Said, names: tuple[str, ...]) -> Phrase | None:
    """Return a statement, given values of these names, as it was written out once; None where that cannot be."""
    there = _known.setdefault(said, {})
    key = dialect.name, names
    if key not in there:
        there[key] = _written(dialect, said, names)
    return there[key]


def executable(said: Said) -> Any:
    """Return what SQLAlchemy executes."""
    writing = insert(said) if isinstance(said, Table) else said
    return writing.inline() if isinstance(writing, Insert) else writing


def _written(dialect: Dialect, said: Said, names: tuple[str, ...]) -> Phrase | None:
    compiled: Any = executable(said).compile(dialect=dialect, column_keys=list(names))
    if compiled.post_compile_params or compiled.literal_execute_params or compiled.escaped_bind_names:
        return None  # its text depends on the values
    makers = {name: maker for name, bind in compiled.binds.items() if (maker := _maker(bind.type, dialect))}
    fixed = {name: bind.value for name, bind in compiled.binds.items() if name not in names and not bind.required}
    for column in (*(compiled.insert_prefetch or ()), *(compiled.update_prefetch or ())):
        if not column.default.is_scalar:
            return None
        fixed[column.key] = column.default.arg
    made = {name: makers[name](value) if name in makers else value for name, value in fixed.items()}
    return Phrase(str(compiled), made, makers, tuple(compiled.positiontup or ()))


def _maker(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    maker: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return maker


# --- for a driver that takes values beside the text


def write(connection: Connection, said: Said, rows: Any) -> None:
    """Write rows at once."""
    many = isinstance(rows, list)
    first = rows[0] if many else rows
    found = phrase(connection.dialect, said, tuple(first)) if connection.dialect.positional else None
    if found is None:
        connection.execute(executable(said), rows)
    else:
        connection.exec_driver_sql(found.text, [found.counted(row) for row in rows] if many else found.counted(rows))


# --- for a driver's message with the values written into it


Literal = Callable[[Any], str]
"""Writes a value as the server reads it."""


def spelled(literal: Literal, text: str, values: Mapping[str, Any]) -> str:
    """Return a statement with its values written into it."""
    pieces, names = _pieces(text)
    words = [literal(values[name]) for name in names]
    return "".join([part for pair in zip(pieces, (*words, ""), strict=True) for part in pair])


@lru_cache(maxsize=1_000)
def _pieces(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = _HOLE.split(text)
    return tuple(piece.replace("%%", "%") for piece in parts[::2]), tuple(parts[1::2])


_HOLE = re.compile(r"%\((\w+)\)s")


Sentence = tuple[str, Mapping[str, Any]]
"""A statement with holes as `%(name)s`, and the values for them as the driver takes them."""


def sentences(dialect: Dialect, said: Said, rows: Any) -> list[Sentence] | None:
    """Return what writes rows, up to `TOGETHER` new ones of a table at once; None where that cannot be written out."""
    given = rows if isinstance(rows, list) else [rows]
    names = tuple(given[0])
    found = phrase(dialect, said, names)
    if found is None or any(tuple(row) != names for row in given):
        return None
    filled = [found.filled(row) for row in given]
    if not isinstance(said, Table):
        return [(found.text, values) for values in filled]
    return [_together(found.text, filled[first : first + TOGETHER]) for first in range(0, len(filled), TOGETHER)]


TOGETHER = 40
"""Rows in one sentence: enough for any schedule, and few enough that those who write thousands say the same again."""


def _together(text: str, rows: list[dict[str, Any]]) -> Sentence:
    values = {f"{name}_{number}": value for number, row in enumerate(rows) for name, value in row.items()}
    return _of_rows(text, len(rows)), values


@lru_cache(maxsize=1_000)
def _of_rows(text: str, count: int) -> str:
    """Let a statement that writes one new row write so many, the values of each by names of their own."""
    head, row = text.split(_VALUES, 1)
    return head + _VALUES + ", ".join(_HOLE.sub(rf"%(\g<1>_{number})s", row) for number in range(count))


_VALUES = " VALUES "
