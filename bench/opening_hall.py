"""The desks of `bench.opening_day`: each a process of its own with one connection, that of its person, as a PC is.

Each has sold a few units before it is measured: so has any desk by the middle of the morning. What it says is prepared
for it after the third sale; the server then plans that, and what a trigger asks, anew for the first five times.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection as Pipe
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.engine import URL

from bench.halls import PATIENCE, an_engine, answer
from bench.rush_hall import MANAGERS, request
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.errors import Weather
from salescenter.domain.refusals import TakenMeanwhile
from salescenter.domain.staff import Person, Role
from salescenter.services.deals.opening import subscribe
from salescenter.services.house import House
from salescenter.services.work import Desk

BESIDE = 0.05
"""The share of tries that are after a unit which somebody has already."""


WARM = 8
"""Sales of each desk before the day begins."""


LINGER = 1.0
"""Seconds a desk stays when the day is over: two hundred that go home one after the other would hold up those who still
sell, with the end of each one's process and of its connection's."""


class Asked(NamedTuple):
    """Desks, tries a second of all together, and how many seconds."""

    desks: int
    rate: int
    seconds: int

    @property
    def homes(self) -> int:
        """How many are needed."""
        return self.rate * self.seconds + (WARM + 1) * self.desks + 1


@dataclass(slots=True)
class Told:
    """What a desk was told."""

    sold: dict[int, float] = field(default_factory=dict)  # revision: when the desk knew
    seconds: list[float] = field(default_factory=list)  # of each try
    lost: int = 0
    errors: list[str] = field(default_factory=list)
    own: float = 0.0  # seconds of processor of its own


@contextmanager
def seated(house: House, asked: Asked) -> Iterator[Sequence[Pipe]]:
    """Seat the desks; they are ready when this is entered, and gone when it is left."""
    with house.engine.connect() as connection:
        rows: list[Any] = list(connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)))
    before, free = asked.desks * WARM, rows[asked.desks * WARM + 1 :]
    random.Random(7).shuffle(free)
    shares = [free[number :: asked.desks] for number in range(asked.desks)]
    _sell(house.url, 0, rows[before : before + 1]).engine.dispose()  # from here on it is known to all how that goes
    house.engine.dispose()  # no desk shall come into another's line
    gc.freeze()
    world = multiprocessing.get_context("fork")
    ends = [world.Pipe() for _ in range(asked.desks)]
    desks = [
        world.Process(target=_sit, args=(house.url, number, rows[number : before : asked.desks], shares, asked, there))
        for number, (_, there) in enumerate(ends)
    ]
    for desk, (here, _) in zip(desks, ends, strict=True):
        desk.daemon = True
        desk.start()
        answer(here)
    yield [here for here, _ in ends]
    for desk in desks:
        desk.join(PATIENCE)


def day(desks: Sequence[Pipe], asked: Asked) -> list[Told]:
    """Let every desk try in its turn, evenly spread over the seconds; return what each was told."""
    began = time.perf_counter() + 0.5
    for desk in desks:
        desk.send(began)
    time.sleep(asked.seconds)
    return [answer(desk) for desk in desks]


def _sit(url: URL, number: int, first: list[Any], shares: list[list[Any]], asked: Asked, pipe: Pipe) -> None:
    """Be one desk; as in the program itself nothing is collected while somebody waits."""
    gc.disable()
    desk = _sell(url, number, first)
    pipe.send("ready")
    told, chance, began, own = Told(), random.Random(number), pipe.recv(), time.process_time()
    for turn, row in enumerate(shares[number]):
        due = (number + turn * asked.desks) / asked.rate
        if due >= asked.seconds:
            break
        time.sleep(max(0.0, began + due - time.perf_counter()))
        other = shares[number - 1][: max(0, turn - 1)]
        _try(desk, chance.choice(other) if other and chance.random() < BESIDE else row, told)
    told.own = time.process_time() - own
    time.sleep(max(0.0, began + asked.seconds + LINGER - time.perf_counter()))
    pipe.send(told)
    pipe.recv()  # what the server did for a desk is told as long as that is there


def login_of(number: int) -> str:
    """Name a person's account."""
    return f"m{number}"


def _sell(url: URL, number: int, rows: list[Any]) -> Desk:
    own = url.set(username=login_of(MANAGERS + number))
    desk = Desk(an_engine(own), Person(MANAGERS + number, "", Role.MANAGER, ""), 1)
    for row in rows:
        subscribe(desk, request(row, desk.who.id, uuid.uuid4().hex, paid=True), datetime.now(CHINA))
    return desk


def _try(desk: Desk, row: Any, told: Told) -> None:
    began = time.perf_counter()
    try:
        done = subscribe(desk, request(row, desk.who.id, uuid.uuid4().hex, paid=True), datetime.now(CHINA))
    except TakenMeanwhile:
        told.lost += 1
    except Weather as trouble:
        told.errors.append(str(trouble))
        return
    else:
        told.sold[done.revision] = time.perf_counter()
    told.seconds.append(time.perf_counter() - began)
