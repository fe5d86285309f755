"""Moving a house from its file to a server: all of it or nothing, and started again it goes on where it stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from salescenter.data import moved
from salescenter.data.engine import address, open_engine, plain
from salescenter.data.places import is_on_network
from salescenter.data.server_clock import Clock
from salescenter.data.server_troubles import meaning
from salescenter.data.weather import is_ours, of_sqlite, weather
from salescenter.domain.refusals import (
    FieldMalformed,
    HouseMoved,
    MoveDiffers,
    MoveUnfinished,
    NoDatabaseFile,
    OnNetworkDrive,
)
from salescenter.services.check import Broken
from salescenter.services.house import open_house
from salescenter.services.server import arriving
from salescenter.services.server.comparing import Total, compare
from salescenter.services.server.copying import carried, chunks, left, send
from salescenter.services.server.preparing import prepare

Tell = Callable[[int, int, str], None]
"""Told how far the move is: done, of how many, and the table's name; may raise to stop it."""


@dataclass(frozen=True, slots=True)
class Move:
    """What was moved: the address as every desk uses it, rows, the money that agreed, laws that were broken before."""

    to: str
    rows: int
    totals: tuple[Total, ...]
    broken: tuple[Broken, ...] = ()
    already: bool = False


@dataclass(slots=True)
class _Way:
    """The file, the server, and how far along we are."""

    source: sqlite3.Connection
    target: Any  # psycopg.Connection
    tell: Tell
    whole: int = 0
    done: int = 0

    def step(self, rows: int, what: str) -> None:
        self.done += rows
        self.tell(self.done, self.whole, what)


def quiet(_done: int, _of: int, _what: str) -> None:
    """Tell nobody how far it is."""


def move(file: Path, where: str, now: datetime, tell: Tell = quiet) -> Move:
    """Carry a house to a server and close its file; what `tell` raises stops it, and nothing was switched.

    now: this PC's clock, which is compared with the server's. Refuses with TargetTaken, ServerUnfit, MoveDiffers,
    HouseMoved (to somewhere else) and what opening either refuses.
    While it runs nobody can change the file; readers go on.
    """
    url = address(where)
    _demand_movable(file, url)
    with _held(file) as source, _server(url):
        mark = moved.read(source)
        assert mark is not None  # `_held` gave it
        engine = _prepared(url, now)
        try:
            return _carry(source, engine, url, mark.key, tell)
        finally:
            engine.dispose()


def _demand_movable(file: Path, url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        raise FieldMalformed(field="database", value=str(url.database), why="not-a-server")
    if not file.is_file():
        raise NoDatabaseFile(path=str(file.absolute()))
    if is_on_network(file):
        raise OnNetworkDrive(path=str(file))
    try:
        open_house(file).close()
    except HouseMoved as before:
        if before.details["to"] != plain(url, account=False):
            raise


@contextmanager
def _held(file: Path) -> Iterator[sqlite3.Connection]:
    """Hold the file so that nobody writes into it; the key of the move is in it from the first try on."""
    try:
        with closing(sqlite3.connect(file, timeout=5, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous=FULL")
            raw.execute("BEGIN IMMEDIATE")
            moved.begin(raw)
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")
            yield raw
    except sqlite3.Error as trouble:
        if is_ours(trouble):
            raise
        raise of_sqlite(trouble, file) from trouble


@contextmanager
def _server(url: URL) -> Iterator[None]:
    """What the server says while rows stream to it stands as weather, too."""
    try:
        yield
    except psycopg.DataError as trouble:
        said = next(iter(str(trouble).splitlines()), "")
        raise MoveDiffers(what=said, left="", arrived="") from trouble
    except psycopg.OperationalError as trouble:
        raise meaning(url, str(trouble)) from trouble


def _prepared(url: URL, now: datetime) -> Engine:
    """An engine of a server that is ready for this house; a move begun before needs nothing more."""
    with suppress(MoveUnfinished):
        prepare(url, None, desks=1, now=now)
    return open_engine(url)


def _carry(source: sqlite3.Connection, engine: Engine, url: URL, key: str, tell: Tell) -> Move:
    clock = Clock(engine)  # the history there is told by the server's time, whatever this PC's clock shows
    with weather(engine), engine.connect() as line:
        target: Any = line.connection.driver_connection
        arriving.get_ready(target, url)
        way = _Way(source, target, tell)
        rows = {table.name: source.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0] for table in carried()}
        way.whole = 2 * sum(rows.values())
        if arriving.is_here(target, key):
            _close(source, url)
            return Move(plain(url, account=False), sum(rows.values()), (), already=True)
        _send_all(way, arriving.begin(target, url, key, _clock(source)))
        same = compare(source, line, way.step)
        _close(source, url)
        arriving.finish(line, key, Path(_name_of(source)).name, sum(rows.values()), clock.now())
        return Move(plain(url, account=False), sum(rows.values()), same.totals, same.broken)


def _send_all(way: _Way, sent: dict[str, int]) -> None:
    for table in carried():
        before = sent.get(table.name, 0)
        way.step(before, table.name)
        for chunk in chunks(left(way.source, table, before)):
            with way.target.transaction():
                send(way.target, table, chunk)
                arriving.note(way.target, table.name, len(chunk))
            way.step(len(chunk), table.name)


def _clock(source: sqlite3.Connection) -> int:
    """The revision last given out: a file that was changed since is carried anew."""
    found = source.execute("SELECT revision FROM clock").fetchone()
    return int(found[0]) if found else 0


def _name_of(source: sqlite3.Connection) -> str:
    return str(source.execute("PRAGMA database_list").fetchone()[2])


def _close(source: sqlite3.Connection, url: URL) -> None:
    """From here on the file takes no deed; the server has everything and is opened in the next step.

    In this order, and not the other way round: were the PC to die between the two, no deed could be lost in a file that
    nobody looks at any more, and the next try opens the server.
    """
    moved.finish(source, plain(url, account=False))
    source.execute("COMMIT")
