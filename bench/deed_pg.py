"""One subscription with schedule, receipt and history on a server, beside its own messages said by plain psycopg."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import select

from bench.figure import Figure
from bench.overheard import OPTIONS, overheard, prepared
from bench.timing import MS, percentile, ratio, timed
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method
from salescenter.services.deals.opening import subscribe
from salescenter.services.deals.requests import Buyer, Payment, Split, SubscribeRequest, Terms
from salescenter.services.house import House, open_house
from tests import cluster
from tests.rush.cable import cable
from tests.rush.rush import furnish
from tests.rush.server import Server, serving

NAME = "deed-pg"
SIZES = {"small": 60, "full": 400}
DEPOSIT = Money(20_000_00)
WARM = 10


def measure(size: str) -> list[Figure]:
    """Subscribe unit after unit; after each deed the peer says the same, reads and all, on its own copy.

    What our desk has prepared by then, the peer has prepared before, and not on its time.
    """
    programs = cluster.programs()
    if programs is None:
        return []
    count = SIZES.get(size, SIZES["full"])
    with serving(programs) as server:
        furnish(server.make("ours"), count).close()
        _copy(server)
        mine, theirs = _in_turns(server)
        trips = _trips(server)
    return [
        Figure("a subscription with receipt and history, ms", percentile(mine, 0.5) * MS, percentile(theirs, 0.5) * MS,
               ratio(mine, theirs), 3.0),
        Figure("of 100 the slowest, ms", percentile(mine, 0.99) * MS, percentile(theirs, 0.99) * MS),
        Figure("its round trips", trips, None, None, 3.0),
    ]  # fmt: skip


def _copy(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE peers TEMPLATE ours")


def _units(house: House) -> list[Any]:
    with house.engine.connect() as connection:
        return list(connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)))


def _asked(row: Any, turn: int) -> SubscribeRequest:
    paid = Payment(DEPOSIT, Method.CARD, "陈一帆")
    people = ((Buyer(1, 10_000),), (Split(1, 10_000),))
    return SubscribeRequest(row.id, row.revision, *people, Terms(deposit=DEPOSIT), paid, key=f"press-{turn}")


def _in_turns(server: Server) -> tuple[list[float], list[float]]:
    house = open_house(server.url("ours"))
    desk, now = house.log_in("manager", ""), datetime.now(CHINA)
    mine, theirs, known = [], [], 0
    with psycopg.connect(server.url("peers"), autocommit=True, options=OPTIONS) as raw:
        for turn, row in enumerate(_units(house)[:-1]):
            with overheard() as messages:
                seconds = timed(partial(subscribe, desk, _asked(row, turn), now + timedelta(seconds=turn)))
            orders = prepared(desk.engine)
            _say(raw, orders[known:])
            known = len(orders)
            peer = timed(partial(_say, raw, messages))
            if turn >= WARM:
                mine.append(seconds)
                theirs.append(peer)
    house.close()
    return mine, theirs


def _say(raw: psycopg.Connection[Any], messages: Sequence[str]) -> None:
    with psycopg.ClientCursor(raw) as cursor:
        for message in messages:
            cursor.execute(message.encode())
            while cursor.nextset():
                pass


def _trips(server: Server) -> int:
    """Count how often the desk waits for the server in one deed, on the cable between them."""
    with cable("127.0.0.1", server.port) as line:
        house = open_house(server.url("ours").replace(f":{server.port}/", f":{line.port}/"))
        row, desk = _units(house)[-1], house.log_in("manager", "")
        before = line.trips
        subscribe(desk, _asked(row, -1), datetime.now(CHINA))
        house.close()
        return line.trips - before
