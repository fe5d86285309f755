"""News at other desks on a throw-away PostgreSQL: how soon a commit is on their screens, none lost, an empty look."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import Engine, event, select, text, update
from sqlalchemy.engine import URL, make_url

from bench import feed_hall
from bench.figure import Figure
from bench.timing import MS, in_turns, percentile, ratio
from salescenter.data import presence
from salescenter.data.estate import unit
from salescenter.data.listening import open_line
from salescenter.data.types import CHINA
from salescenter.services import grid
from salescenter.services.house import House, NewHouse, make_house
from salescenter.services.listening import BEAT
from salescenter.services.sample import blueprint, estate
from salescenter.services.work import Desk
from salescenter.ui.kit.pulse import EVERY
from tests import cluster

NAME = "feed"
NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
RATE = 20
"""Changes a second."""
DESKS = 200
"""Desks of a launch day, for the server's share."""


class Size(NamedTuple):
    """How much is done: desks that listen, changes and rounds a measurement, changes with cut lines, looks."""

    desks: tuple[int, ...]
    changes: int
    rounds: int
    cut: int
    looks: int


SIZES = {"small": Size((10,), 20, 1, 300, 100), "full": Size((50, 200), 100, 3, 20_000, 2_000)}


def measure(size: str) -> list[Figure]:
    """Make the server and a house of 1,000 homes, then listen, lose nothing, and look."""
    asked, folder = SIZES.get(size, SIZES["full"]), cluster.programs()
    if folder is None:
        raise RuntimeError("no PostgreSQL on this PC")
    with cluster.running(folder, max_connections="450") as server:
        url = URL.create("postgresql+psycopg", cluster.OWNER, host=server.host, port=server.port, database="bench")
        with psycopg.connect(_plain(url.set(database="postgres")), autocommit=True) as line:
            line.execute("CREATE DATABASE bench TEMPLATE template0")
        house = make_house(_text(url), NewHouse("云栖花园", "经理", "manager"))
        desk = house.log_in("manager", "")
        with desk.working(NOW) as work:
            estate.furnish(work, list(blueprint.homes(1_000)), NOW.date())
        figures = [figure for count in asked.desks for figure in _latency(house, desk, count, asked)]
        figures += [*_lost(house, desk, asked), *_empty(house, desk, asked)]
        house.close()
    return figures


# --- how soon


def _latency(house: House, desk: Desk, count: int, asked: Size) -> Iterator[Figure]:
    """One round with the peer, one with us, in turns; the seconds from before the commit until each desk has it."""
    taken: dict[str, list[list[float]]] = {"ours": [], "peer": []}
    with psycopg.connect(_plain(house.url), autocommit=True) as line:
        for turn in range(asked.rounds):
            for who, hall, change in (("peer", feed_hall.listen_alone, lambda n: _notify(line, n)),
                                      ("ours", feed_hall.listen, lambda n: _change(desk, n))):  # fmt: skip
                with _hall(hall, house.url, count) as pipe:
                    first = turn * 10_000 + 1
                    began = {n: _in_time(change, n) for n in range(first, first + asked.changes)}
                    time.sleep(1)
                    pipe.send("enough")
                    reached = pipe.recv()
                taken[who].append([at - began[n] for n, at in reached if n in began])
                if len(taken[who][-1]) != asked.changes * count:
                    raise RuntimeError(f"{who}: {len(taken[who][-1])} of {asked.changes * count} reached")
    for name, share in (("", 0.5), (", of 100 the slowest", 0.99)):
        ours, peers = ([percentile(one, share) for one in taken[who]] for who in ("ours", "peer"))
        limit = 2.0 if share == 0.5 else None
        yield Figure(f"a commit on {count} other screens{name}, ms", median(ours) * MS, median(peers) * MS,
                     ratio(ours, peers), limit)  # fmt: skip


def _in_time(change: Callable[[int], float], number: int) -> float:
    """Change something and wait for the next turn of the rate; return when the commit began."""
    began = change(number)
    time.sleep(max(0.0, 1 / RATE - (time.perf_counter() - began)))
    return began


def _change(desk: Desk, number: int) -> float:
    """Change a unit as a deed does; `number` tells the change from the others."""
    with desk.working(NOW) as work:
        work.connection.execute(
            update(unit).where(unit.c.id == number % 1_000 + 1).values(quoted=number, revision=work.revision)
        )
        return time.perf_counter()


def _notify(line: psycopg.Connection[Any], number: int) -> float:
    began = time.perf_counter()
    line.execute("SELECT pg_notify(%s, %s)", (feed_hall.CHANNEL, f"{number} {'x' * 80}"))
    return began


# --- none lost


def _lost(house: House, desk: Desk, asked: Size) -> Iterator[Figure]:
    """Change units as fast as three desks can, while lines are cut; count what any of ten others does not know."""
    with desk.working(NOW) as work:
        work.connection.execute(update(unit).values(quoted=0))
    with _hall(feed_hall.listen_through, house.url, 10) as pipe:
        writers = [Thread(target=_write, args=(desk, asked.cut // 3, seed)) for seed in range(3)]
        for writer in writers:
            writer.start()
        _cut_while(house.engine, writers)
        pipe.send("enough")
        known = pipe.recv()
    with house.engine.connect() as line:
        truth = {row.id: row.quoted for row in line.execute(select(unit.c.id, unit.c.quoted).where(unit.c.quoted > 0))}
    wrong = sum(cells.get(key) != value for cells, _ in known for key, value in truth.items() if key <= WRITTEN)
    yield Figure(f"cells wrong on 10 desks after {asked.cut} changes", wrong, None, None, 0)
    yield Figure("lines cut meanwhile", sum(breaks for _, breaks in known))


WRITTEN = 500
"""Units that are written, by their keys."""


def _write(desk: Desk, count: int, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(count):
        with desk.working(NOW) as work:
            one = chance.randrange(WRITTEN) + 1
            work.connection.execute(
                update(unit).where(unit.c.id == one).values(quoted=unit.c.quoted + 1, revision=work.revision)
            )


def _cut_while(engine: Engine, writers: list[Thread]) -> None:
    """Let the server end one listening connection after the other, at random moments."""
    chance = random.Random(3)
    while any(writer.is_alive() for writer in writers):
        time.sleep(chance.uniform(0.05, 0.4))
        with engine.connect() as line:
            line.execute(_CUT)
            line.commit()


_CUT = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND query LIKE '%FROM presence%' AND state = 'idle' ORDER BY random() LIMIT 1
""")


# --- an empty look


def _empty(house: House, desk: Desk, asked: Size) -> Iterator[Figure]:
    """A look that finds nothing, beside SELECT 1 over plain psycopg; and what so many cost the server."""
    since = grid.news(desk, 0).upto
    statement = _overheard(house.engine, lambda: grid.news(desk, since))
    with psycopg.connect(_plain(house.url), autocommit=True) as line, open_line(house.engine) as own:
        words = {"desk": "bench", "project": 1, "person": 1, "name": "经理", "unit": 7, "working": False}
        taken = in_turns({
            "look": lambda: grid.news(desk, since),
            "same": lambda: line.execute(statement, {"project": 1, "since": since}).fetchall(),
            "beat": lambda: presence.beat(own.raw, words, lasts=3_000),
            "one": lambda: line.execute("SELECT 1").fetchall(),
        }, asked.looks, warm=20)  # fmt: skip
        look = _busy(line, lambda: line.execute(statement, {"project": 1, "since": since}).fetchall(), asked.looks)
        beat = _busy(own.raw, lambda: presence.beat(own.raw, words, lasts=3_000), asked.looks)
    ones = taken["one"]
    for name, key, limit in (("an empty look", "look", None), ("its statement alone", "same", 2.0),
                             ("a sign of life", "beat", None)):  # fmt: skip
        yield Figure(f"{name}, ms", median(taken[key]) * MS, median(ones) * MS, ratio(taken[key], ones), limit)
    if look is not None and beat is not None:
        share = DESKS * (look * 1000 / EVERY + beat / BEAT) * 100
        yield Figure(f"{DESKS} desks look and say they are there, server, % of a core", share, None, None, 5.0)


def _overheard(engine: Engine, work: Callable[[], object]) -> bytes:
    """Return the statement some work puts to the server."""
    said: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    work()
    event.remove(engine, "before_cursor_execute", hear)
    return said[-1].encode()


def _busy(line: psycopg.Connection[Any], work: Callable[[], object], count: int) -> float | None:
    """Seconds of the server's time one such work takes; None where the system does not tell."""
    file = Path(f"/proc/{line.info.backend_pid}/stat")
    if sys.platform != "linux":
        return None
    before = _ticks(file)
    for _ in range(count):
        work()
    return (_ticks(file) - before) / os.sysconf("SC_CLK_TCK") / count


def _ticks(file: Path) -> int:
    user, system = file.read_text("utf-8").rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


# --- making it


@contextmanager
def _hall(desks: Callable[[str, int, Pipe], None], url: URL, count: int) -> Iterator[Pipe]:
    """Run desks in a process of their own; they are there when this is entered."""
    world = multiprocessing.get_context("spawn")
    here, there = world.Pipe()
    process = world.Process(target=desks, args=(_text(url), count, there), daemon=True)
    process.start()
    there.close()
    here.recv()
    yield here
    process.join(10)


def _text(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _plain(url: URL) -> str:
    return _text(make_url(url))
