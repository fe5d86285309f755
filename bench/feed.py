"""News at other desks on a throw-away PostgreSQL: how soon a commit is on their screens, and none lost."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import select, update
from sqlalchemy.engine import URL

from bench import feed_hall
from bench.figure import Figure
from bench.halls import a_house, answer, hall, plain
from bench.timing import MS, percentile, ratio
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.services.house import House
from salescenter.services.work import Desk

NAME = "feed"
NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
RATE = 20
"""Changes a second."""


class Size(NamedTuple):
    """How much is done: desks that listen, changes and rounds a measurement, changes with cut lines."""

    desks: tuple[int, ...]
    changes: int
    rounds: int
    cut: int


SIZES = {"small": Size((10,), 20, 1, 300), "full": Size((50, 200), 100, 3, 20_001)}


def measure(size: str) -> list[Figure]:
    """Make the server and a house of 1,000 homes, then listen, and lose nothing."""
    asked = SIZES.get(size, SIZES["full"])
    with a_house(1_000, fsync="off") as house:  # a hint alone is not kept on a disk, either
        desk = house.log_in("manager", "")
        figures = [figure for count in asked.desks for figure in _latency(house, desk, count, asked)]
        figures += _lost(house, desk, asked)
    return figures


# --- how soon


def _latency(house: House, desk: Desk, count: int, asked: Size) -> Iterator[Figure]:
    """One round with the peer, one with us, in turns; the seconds from before the commit until each desk has it."""
    taken: dict[str, list[list[float]]] = {"ours": [], "peer": []}
    with psycopg.connect(plain(house.url), autocommit=True) as line:
        for turn in range(asked.rounds):
            for who, desks, change in (("peer", feed_hall.listen_alone, lambda n: _notify(line, n)),
                                       ("ours", feed_hall.listen, lambda n: _change(desk, n))):  # fmt: skip
                with hall(desks, house.url, count) as pipe:
                    first = turn * 10_000 + 1
                    began = {n: _in_time(change, n) for n in range(first, first + asked.changes)}
                    time.sleep(1)
                    pipe.send("enough")
                    reached = answer(pipe).reached
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
    with hall(feed_hall.listen_through, house.url, 10) as pipe:
        with ThreadPoolExecutor() as desks:
            writers = [desks.submit(_write, desk, asked.cut // WRITERS, seed) for seed in range(WRITERS)]
            _cut_while(house.url, writers)
        pipe.send("enough")
        known = answer(pipe)
    with house.engine.connect() as line:
        truth = {row.id: row.quoted for row in line.execute(select(unit.c.id, unit.c.quoted).where(unit.c.quoted > 0))}
    written = sum(writer.result() for writer in writers)
    if sum(truth.values()) != written:
        raise RuntimeError(f"{written} changes were written, {sum(truth.values())} are there")
    wrong = sum(cells.get(key) != value for cells, _ in known for key, value in truth.items() if key <= WRITTEN)
    yield Figure(f"cells wrong on 10 desks after {written:,} changes", wrong, None, None, 0)
    yield Figure("lines cut meanwhile", sum(breaks for _, breaks in known))


WRITTEN = 500
"""Units that are written, by their keys."""

WRITERS = 3
"""As many as the desk's pool has connections."""

LONGEST = 240.0
"""Seconds after which no more is written, however few were done: a PC that has other work shall end this, too."""


def _write(desk: Desk, count: int, seed: int) -> int:
    """Write so many changes, as long as there is time; return how many."""
    chance, until = random.Random(seed), time.monotonic() + LONGEST
    for done in range(count):
        if time.monotonic() > until:
            return done
        with desk.working(NOW) as work:
            one = chance.randrange(WRITTEN) + 1
            work.connection.execute(
                update(unit).where(unit.c.id == one).values(quoted=unit.c.quoted + 1, revision=work.revision)
            )
    return count


def _cut_while(where: URL, writers: list[Future[int]]) -> None:
    """Let the server end one listening connection after the other, at random moments; the writers fill the pool."""
    chance = random.Random(3)
    with psycopg.connect(plain(where), autocommit=True) as line:
        while not all(writer.done() for writer in writers):
            time.sleep(chance.uniform(0.05, 0.4))
            line.execute(_CUT)


_CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND query LIKE '%FROM presence%' AND state = 'idle' ORDER BY random() LIMIT 1
"""
