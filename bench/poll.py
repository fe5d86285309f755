"""One empty look of a desk at the feed, beside `SELECT 1`, and what the looks of a launch day cost the server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from bench.figure import Figure
from bench.halls import a_house, plain
from bench.timing import MS, in_turns, ratio
from salescenter.data import feed, presence
from salescenter.data.listening import open_line
from salescenter.services import grid
from salescenter.services.house import House
from salescenter.services.listening import BEAT
from salescenter.ui.kit.pulse import EVERY

NAME = "poll"
SIZES = {"small": 100, "full": 2_000}
"""How often is looked."""
DESKS = 200
"""Desks of a launch day, for the server's share."""


def measure(size: str) -> list[Figure]:
    """Look again and again at a house of 1,000 homes in which nothing happens, and which the server knows well."""
    with a_house(1_000) as house:
        with house.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")  # as it does by itself within minutes
        return list(_figures(house, SIZES.get(size, SIZES["full"])))


def _figures(house: House, looks: int) -> Iterator[Figure]:
    """A look that finds nothing, beside SELECT 1 over plain psycopg; and what so many cost the server."""
    desk = house.log_in("manager", "")
    since = grid.news(desk, 0).upto
    with psycopg.connect(plain(house.url), autocommit=True) as line, open_line(house.engine) as own:
        words = {"desk": "bench", "project": 1, "person": 1, "name": "经理", "unit": 7, "working": False}
        taken = in_turns({
            "look": lambda: grid.news(desk, since),
            "same": lambda: line.execute(feed.LOOK, {"project": 1, "since": since}).fetchall(),
            "beat": lambda: presence.beat(own.raw, words, lasts=3_000),
            "one": lambda: line.execute("SELECT 1").fetchall(),
        }, looks, warm=20)  # fmt: skip
        look = busy(line, lambda: line.execute(feed.LOOK, {"project": 1, "since": since}).fetchall(), looks)
        beat = busy(own.raw, lambda: presence.beat(own.raw, words, lasts=3_000), looks)
    ones = taken["one"]
    for name, key, limit in (("an empty look", "look", 2.0), ("its statement alone", "same", None),
                             ("a sign of life", "beat", None)):  # fmt: skip
        yield Figure(f"{name}, ms", median(taken[key]) * MS, median(ones) * MS, ratio(taken[key], ones), limit)
    if look is not None and beat is not None:
        share = DESKS * (look * 1000 / EVERY + beat / BEAT) * 100
        yield Figure(f"{DESKS} desks look and say they are there, server, % of a core", share, None, None, 5.0)


def busy(line: psycopg.Connection[Any], work: Callable[[], object], count: int) -> float | None:
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
