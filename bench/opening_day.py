"""An opening day on a throw-away server: desks that listen and sell, each sale with a receipt, at a steady rate.

The desks that sell are threads here, each with a connection of its own; the screens listen in a process of their own.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from operator import attrgetter
from threading import Event, Thread
from typing import Any, NamedTuple

from sqlalchemy import Engine, func, insert, select

from bench import feed_hall
from bench.figure import Figure
from bench.halls import a_house, hall
from bench.rush_hall import MANAGERS, request
from bench.timing import MS, percentile
from salescenter.data.deals import deal
from salescenter.data.engine import open_engine
from salescenter.data.estate import unit
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.errors import Weather
from salescenter.domain.refusals import TakenMeanwhile
from salescenter.domain.staff import Person, Role
from salescenter.services.check import check
from salescenter.services.deals.opening import subscribe
from salescenter.services.house import House
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.work import Desk

NAME = "opening"


class Size(NamedTuple):
    """Desks, tries a second of all together, and how many seconds."""

    desks: int
    rate: int
    seconds: int


SIZES = {"small": Size(10, 10, 4), "full": Size(200, 50, 120)}


class Times(NamedTuple):
    """Seconds until a desk's first try, between its tries, and until the day is over."""

    first: float
    pause: float
    over: float


BESIDE = 0.05
"""The share of tries that are after a unit which somebody has already."""


@dataclass(slots=True)
class Told:
    """What the desks were told."""

    sold: dict[int, float] = field(default_factory=dict)  # revision: when the desk knew
    seconds: list[float] = field(default_factory=list)  # of each try
    lost: int = 0
    errors: list[str] = field(default_factory=list)


def measure(size: str) -> list[Figure]:
    """Let the desks sell while as many screens listen."""
    asked = SIZES.get(size, SIZES["full"])
    with a_house(asked.rate * asked.seconds + 2 * asked.desks) as house:
        desks = _desks(house, asked.desks)
        with hall(_screens, house.url, asked.desks) as pipe:
            told = _day(house, desks, asked)
            time.sleep(2)
            pipe.send("enough")
            reached = pipe.recv()
        for desk in desks:
            desk.engine.dispose()
        return list(_figures(house, told, reached, asked.desks))


_screens = partial(feed_hall.listen, number_of=attrgetter("revision"))


def _desks(house: House, count: int) -> list[Desk]:
    """Desks with a person and a connection each; each has sold one unit already."""
    people = range(MANAGERS, MANAGERS + count)
    told = {"role": Role.MANAGER, "active": True}
    with house.engine.begin() as connection:
        connection.execute(insert(person), [{"id": n, "name": f"经理{n}", "login": f"m{n}"} | told for n in people])
        connection.exec_driver_sql("ANALYZE")
        rows = connection.execute(_UNITS.limit(count)).all()
    desks = [Desk(_engine(house), Person(n, "", Role.MANAGER, ""), 1) for n in people]
    for desk, row in zip(desks, rows, strict=True):
        subscribe(desk, request(row, desk.who.id, uuid.uuid4().hex, paid=True), datetime.now(CHINA))
    return desks


_UNITS = select(unit.c.id, unit.c.revision).order_by(unit.c.id)
_KNOWN: dict[Any, Any] = {}


def _engine(house: House) -> Engine:
    """What SQLAlchemy has read of our statements is shared by all desks: they are one program, started many times."""
    engine = open_engine(house.url)
    engine.update_execution_options(compiled_cache=_KNOWN)
    return engine


def _day(house: House, desks: list[Desk], asked: Size) -> Told:
    """Let every desk try in its turn, evenly spread over the seconds."""
    with house.engine.connect() as connection:
        free: list[Any] = list(connection.execute(_UNITS.offset(len(desks))))
    random.Random(7).shuffle(free)
    told, pause, over = Told(), asked.desks / asked.rate, Event()
    shares = [free[number :: asked.desks] for number in range(asked.desks)]
    workers = [
        Thread(target=_sit, args=(desk, shares, number, Times(number / asked.rate, pause, asked.seconds), over, told))
        for number, desk in enumerate(desks)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return told


def _sit(desk: Desk, shares: list[list[Any]], number: int, times: Times, over: Event, told: Told) -> None:
    chance, began = random.Random(number), time.perf_counter()
    for turn, row in enumerate(shares[number]):
        due = times.first + turn * times.pause
        if due >= times.over:
            return
        over.wait(max(0.0, began + due - time.perf_counter()))
        other = shares[number - 1][: max(0, turn - 1)]
        _try(desk, chance.choice(other) if other and chance.random() < BESIDE else row, told)


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


def _figures(house: House, told: Told, reached: feed_hall.Reached, screens: int) -> Iterator[Figure]:
    came: dict[int, list[float]] = {revision: [] for revision in told.sold}
    for revision, at in reached:
        if revision in came:
            came[revision].append(at)
    waits = [max(times) - told.sold[revision] for revision, times in came.items() if times]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        limit = 50.0 if share == 0.99 else None
        yield Figure(f"a claim with receipt, {name}, ms", percentile(told.seconds, share) * MS, None, None, limit)
        what = f"from its answer until the last of {screens} screens has it, {name}, ms"
        yield Figure(what, percentile(waits, share) * MS, None, None, limit)
    missing = sum(len(times) != screens for times in came.values())
    yield Figure(f"of {len(came)} sales not on every screen", missing, None, None, 0)
    yield Figure("tries after a unit that was sold", told.lost)
    yield Figure("errors, and laws broken afterwards", len(told.errors) + _faults(house, told), None, None, 0)


def _faults(house: House, told: Told) -> int:
    manager = house.log_in("manager", "")
    with manager.reading() as connection:
        there, units = connection.execute(select(func.count(), func.count(deal.c.unit_id.distinct()))).one()
    return len(check(manager, figures_agree)) + (there != units) + (there < len(told.sold))
