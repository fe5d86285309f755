"""Fewer round trips to a server: questions asked ahead of need, writing sent along with what comes next.

SQLite has no way to go, so there all of this changes nothing. Whatever is really asked takes everything that waits
along, in the order it was said, so that nothing is ever read before what was written earlier; and what waits when the
work ends goes with its COMMIT, as one message: once it has left, the server waits for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Executable, event
from sqlalchemy.exc import DBAPIError

from salescenter.data import patience, phrases
from salescenter.data.prepared import Prepared, prepared_on
from salescenter.data.promises import Promises

Question = tuple[Executable, Mapping[str, Any]]
"""A statement and its values."""

_LATER = {"trip": "later"}
_AHEAD = {"trip": "ahead"}


@dataclass(slots=True)
class _Answer:
    """Rows that are already here, in the form of the driver's cursor."""

    description: Any = None
    rows: list[Any] = field(default_factory=list)
    rowcount: int = -1
    arraysize: int = 1

    def fetchone(self) -> Any:
        return self.rows.pop(0) if self.rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        taken, self.rows = self.rows[:size], self.rows[size:]
        return taken

    def fetchall(self) -> list[Any]:
        return self.fetchmany(len(self.rows))

    def close(self) -> None:
        """Nothing is open."""


_BEGIN = ("", "BEGIN")

_BY_INDEX = ("", "SET LOCAL enable_seqscan TO off")
"""A deed looks rows up by their keys. A plan made while a house was new, which reads its tables from end to end, would
be kept by each connection until the server counts them again: a minute of a launch day, three thousand deals."""


@dataclass(slots=True)
class _Line:
    """What waits on a connection, and what has been answered before it was asked for."""

    prepared: Prepared
    waiting: list[tuple[str, str]] = field(default_factory=lambda: [_BY_INDEX])  # name of the question or ""; its text
    known: dict[str, _Answer] = field(default_factory=dict)
    promises: Promises = field(default_factory=Promises)
    promised: dict[str, tuple[str, ...]] = field(default_factory=dict)  # text of a question, the words for its answer
    writing: set[str] = field(default_factory=set)  # texts that do more than ask
    begun: bool = False  # the server has its BEGIN

    def words(self, text: str, values: Mapping[str, Any]) -> str:
        """Write a statement as it goes to the server."""
        spelled = self.promises.spell_out(self.prepared.spell(text, values))
        if not text.lstrip().startswith("SELECT"):
            self.writing.add(spelled)
        return spelled

    def wait(self, text: str, *, asked: bool) -> None:
        """Let a question or a piece of writing wait."""
        self.waiting.append((text if asked else "", text))

    def send(self, raw: Any, client: Any) -> None:
        """Send all that waits as one message; the first one ends with the BEGIN.

        A message is done whole or not at all, and what it did before its BEGIN is part of the work. So where the first
        one fails, nothing is open, and nobody need come back to say so.
        """
        waiting, self.waiting = self.waiting, []
        if not self.begun:
            waiting.append(_BEGIN)
            self.begun = True
        cursor = client(raw)
        with self.prepared.sending():
            cursor.execute(";\n".join(text for _, text in waiting))
        for name, _ in waiting:
            if name:
                self._keep(name, cursor)
            cursor.nextset()
        cursor.close()

    def _keep(self, name: str, cursor: Any) -> None:
        """Keep the answer to a question until somebody asks it."""
        columns = _columns(cursor.pgresult)
        rows = cursor.fetchall() if columns else []
        if name in self.promised:
            self.promises.kept |= zip(self.promised[name], rows[0] if rows else (), strict=False)
        else:
            self.known[name] = _Answer(columns, rows, cursor.rowcount)


def _columns(result: Any) -> list[tuple[Any, ...]] | None:
    """Names and types of an answer's columns, in the form of the driver's cursor, without the rest it can tell."""
    return [(result.fname(n).decode(), result.ftype(n), *_UNTOLD) for n in range(result.nfields)] or None


_UNTOLD = (None,) * 5


_lines: WeakKeyDictionary[Any, _Line] = WeakKeyDictionary()
"""Of each connection of the driver that is at work."""


def join(engine: Engine) -> None:
    """Let what is said on a server's engine wait where it may."""
    driver: Any = engine.dialect.dbapi
    engine.dialect.use_insertmanyvalues_wo_returning = True  # as one statement
    event.listen(engine, "do_execute", lambda *said: _say(driver, *said))
    event.listen(engine, "do_executemany", lambda *said: _say_many(driver, *said))
    event.listen(engine, "rollback", _forget)
    event.listen(engine, "checkin", _back)


def _say(driver: Any, cursor: Any, statement: str, values: Any, context: Any) -> bool | None:
    """Let a statement wait, answer it with what is known, or send it with all that waits; None for the usual way."""
    line = _lines.get(cursor.connection)
    if line is None:
        alone = cursor.connection.autocommit  # else what fails breaks off what stands around it
        return (alone and prepared_on(cursor.connection, driver).ask(cursor, statement, values)) or None
    text = line.words(statement, values)
    how = context.execution_options.get("trip")
    if how:
        line.wait(text, asked=how == "ahead")
        context.cursor = _Answer()
    elif text in line.known:
        context.cursor = line.known.pop(text)
    elif line.waiting or line.promises.slots or not line.begun:
        if text not in {name for name, _ in line.waiting}:
            line.wait(text, asked=True)
        line.send(cursor.connection, driver.ClientCursor)
        context.cursor = line.known.pop(text)
    else:
        return None
    cursor.close()
    return True


def _say_many(driver: Any, cursor: Any, statement: str, rows: Any, context: Any) -> bool:
    """Say a statement of many rows, after what waits."""
    line = _lines.get(cursor.connection)
    if line is not None and (context.execution_options.get("trip") or line.promises.slots):
        for row in rows:
            _say(driver, cursor, statement, row, context)
        return True
    if line is not None and (line.waiting or not line.begun):
        line.send(cursor.connection, driver.ClientCursor)
    # The driver ends many rows with a flush, after which the server no longer minds how long nothing is asked (seen
    # on 15): a desk that stood still here would hold up its unit for ever. The next question wakes it.
    cursor.executemany(statement, rows)
    cursor.connection.execute("SELECT 1")
    return True


def _back(raw: Any, _: object) -> None:
    """A connection goes back to its pool as it came."""
    if raw is not None and not raw.closed:
        raw.autocommit = False
        patience.rest(raw)


def _forget(connection: Connection) -> None:
    if not connection.invalidated:
        _lines.pop(connection.connection.driver_connection, None)


def _line(connection: Connection) -> _Line | None:
    if connection.dialect.name == "sqlite":
        return None
    return _lines.get(connection.connection.driver_connection)


def begin(connection: Connection) -> None:
    """Begin a work whose parts may wait; its BEGIN waits, too."""
    if connection.dialect.name == "sqlite":
        return
    raw: Any = connection.connection.driver_connection
    raw.autocommit = True  # the driver would send a BEGIN of its own, and wait for it
    driver: Any = connection.dialect.dbapi
    prepared = prepared_on(raw, driver)
    prepared.catch_up(raw)
    _lines[raw] = _Line(prepared)


def fence(connection: Connection, question: Question) -> None:
    """Put a fence before all else of a work; such a step is short, and is not waited for as long as others."""
    if connection.dialect.name != "sqlite":
        patience.hasten(connection.connection.driver_connection)
    ahead(connection, [question])


def finish(connection: Connection) -> Promises:
    """Commit, together with all that waits; returns what became of the words that were given for it."""
    line = _line(connection)
    if line is None:
        return Promises()
    if unneeded := line.writing & line.known.keys():
        raise AssertionError(f"taken ahead and never needed: {unneeded}")  # a number of a book would be a gap
    if not line.begun:
        line.waiting.insert(0, _BEGIN)
        line.begun = True
    connection.exec_driver_sql("COMMIT")
    _forget(connection)
    return line.promises


def ahead(connection: Connection, questions: Iterable[Question]) -> None:
    """Send these along with what is asked next; whoever then asks the very same is answered at once."""
    line = _line(connection)
    if line is None:
        return
    for statement, values in questions:
        said = phrases.sentences(connection.dialect, statement, dict(values))
        if said is None:
            connection.execute(statement, values, execution_options=_AHEAD)
        else:
            line.wait(line.words(*said[0]), asked=True)


def first_column(connection: Connection, statement: Executable, values: Mapping[str, Any]) -> list[Any]:
    """Ask for whole numbers or texts, which SQLAlchemy takes as they come; returns the first of each row.

    What was asked ahead is taken as it stands here: making a result of it takes longer than all else about it.
    """
    line = _line(connection)
    if line is not None and line.known:
        said = phrases.sentences(connection.dialect, statement, dict(values))
        answer = line.known.pop(line.words(*said[0]), None) if said else None
        if answer is not None:
            return [row[0] for row in answer.rows]
    return list(connection.scalars(statement, values))


def later(connection: Connection, said: phrases.Said, rows: Any) -> None:
    """Write rows with the next message; nobody wants to know what became of them, unless it fails.

    A table stands for new rows of it. SQLite writes them at once.
    """
    line = _line(connection)
    if line is None:
        phrases.write(connection, said, rows)
        return
    sentences = phrases.sentences(connection.dialect, said, rows)
    if sentences is None:
        connection.execute(phrases.executable(said), rows, execution_options=_LATER)
        return
    for sentence in sentences:
        line.wait(line.words(*sentence), asked=False)


def promise(connection: Connection, statement: Executable, values: Mapping[str, Any], count: int) -> tuple[str, ...]:
    """Ask a server something with the next message, and return so many words for its answer (see `data.promises`).

    The statement puts each value into the setting it is told as `slot0`, `slot1`, ..., and returns them in one row.
    """
    line = _line(connection)
    assert line is not None, "only a server is promised anything"
    given = line.promises.give(count)
    slots = {f"slot{number}": slot for number, slot in enumerate(given.values())}
    said = phrases.sentences(connection.dialect, statement, {**values, **slots})
    assert said, "what is promised is written out once"
    text = line.words(*said[0])
    line.wait(text, asked=True)
    line.promised[text] = tuple(given)
    return tuple(given)


def each_alone(connection: Connection) -> Connection:
    """Let a server answer each question by itself: what it was at that moment is all it would tell anyway, and neither
    a beginning nor an end has to go there and back."""
    if connection.dialect.name != "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.autocommit = True  # until it goes back to its pool
    return connection


STOPPED = "22012"
"""What a server says where a fence in a message (a division by nothing) kept the rest of it from being done."""


FORBIDDEN = "42501"


def is_stopped(trouble: DBAPIError) -> bool:
    """Say whether a fence of our own stopped the message; step by step one will see why."""
    return getattr(trouble.orig, "sqlstate", None) == STOPPED


def is_forbidden(trouble: DBAPIError) -> bool:
    """Say whether the message held what this account may not do; by a step alone, one sees whether its role changed."""
    return getattr(trouble.orig, "sqlstate", None) == FORBIDDEN


def told_by_fence(trouble: DBAPIError) -> Mapping[str, Any] | None:
    """Return what a fence told as it stopped the message; None where it did not say why, or did not stop it."""
    if not is_stopped(trouble):
        return None
    detail = getattr(getattr(trouble.orig, "diag", None), "message_detail", None)
    return json.loads(detail) if detail else None
