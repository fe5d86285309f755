"""A server that is started anew while desks work: how soon the first deed is done, beside psycopg that reconnects."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from statistics import median
from threading import Event, Thread

import psycopg
from sqlalchemy import select

from bench.figure import Figure
from bench.halls import a_server
from bench.rush_hall import request
from salescenter.data.engine import open_engine
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.errors import Weather
from salescenter.domain.staff import Person, Role
from salescenter.services.check import check
from salescenter.services.deals.opening import subscribe
from salescenter.services.house import House
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.work import Desk
from tests.rush.rush import furnish
from tests.rush.server import Server

NAME = "recover"
SIZES = {"small": (4, 1), "full": (30, 5)}
"""Desks, and how often the server is started anew."""
DOWN = 2.0
"""Seconds the server is away."""
UNITS = 4_000
EAGER = 0.05
"""Seconds until a desk, or the peer, tries again after it was told that the server is away."""


def measure(size: str) -> list[Figure]:
    """Stop and start the server while desks sell, and while plain connections ask."""
    desks, times = SIZES.get(size, SIZES["full"])
    with a_server() as server:
        house = furnish(server.make("bench"), UNITS)
        rounds = [_round(server, house, desks) for _ in range(times)]
        faults = len(check(house.log_in("manager", ""), figures_agree))
        house.close()
    ours, theirs, last = ([one[at] for one in rounds] for at in range(3))
    late = median(one - other for one, other in zip(ours, theirs, strict=True))
    return [
        Figure("first deed after the server is back, s after psycopg's first answer", late, None, None, 2.0),
        Figure("from the order to start until the first deed, s", median(ours), median(theirs)),
        Figure(f"until each of {desks} desks has done one, s", median(last)),
        Figure("laws broken afterwards", faults, None, None, 0),
    ]


def _round(server: Server, house: House, desks: int) -> tuple[float, float, float]:
    """Seconds from the order to start until our first deed, the peer's first answer, and every desk's first deed."""
    over, firsts, theirs = Event(), [list[float]() for _ in range(desks)], list[float]()
    with house.engine.connect() as connection:
        free = list(connection.execute(select(unit.c.id, unit.c.revision).where(unit.c.deal_id.is_(None))))
    sellers = (_seller(house, free[number::desks], over, firsts[number]) for number in range(desks))
    workers = [Thread(target=work) for work in (*sellers, _asker(server.url("bench"), over, theirs))]
    for worker in workers:
        worker.start()
    time.sleep(1)
    server.stop()
    time.sleep(DOWN)
    began = time.perf_counter()
    server.start()
    while not (theirs and theirs[-1] > began and all(one and one[-1] > began for one in firsts)):
        time.sleep(0.01)
    over.set()
    for worker in workers:
        worker.join()
    ours = [next(at for at in one if at > began) - began for one in firsts]
    return min(ours), next(at for at in theirs if at > began) - began, max(ours)


def _seller(house: House, units: Sequence[object], over: Event, done: list[float]) -> Callable[[], None]:
    """A desk that sells all the time, and presses again where the server is away."""

    def work() -> None:
        engine = open_engine(house.url)
        desk = Desk(engine, Person(1, "", Role.MANAGER, ""), 1)
        for row in units:
            key = uuid.uuid4().hex
            while not over.is_set():
                try:
                    subscribe(desk, request(row, 1, key, paid=True), datetime.now(CHINA))
                except Weather:
                    over.wait(EAGER)
                else:
                    done.append(time.perf_counter())
                    break
            over.wait(0.2)
        engine.dispose()

    return work


def _asker(url: str, over: Event, answered: list[float]) -> Callable[[], None]:
    """Plain psycopg: ask, and where the line is broken, connect until it goes."""

    def work() -> None:
        while not over.wait(EAGER):
            try:
                with psycopg.connect(url, autocommit=True) as line:
                    while not over.wait(EAGER):
                        line.execute("SELECT 1")
                        answered.append(time.perf_counter())
            except psycopg.OperationalError:
                continue

    return work
