"""One subscription with schedule, receipt and history on a server, beside its own statements said by plain psycopg."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import psycopg
from sqlalchemy import event, select

from bench.figure import Figure
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
    """Subscribe unit after unit; after each deed the peer writes on its own copy what the deed has written."""
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
    desk, written = house.log_in("manager", ""), _overheard(house)
    mine, theirs, now = [], [], datetime.now(CHINA)
    with psycopg.connect(server.url("peers")) as raw:
        for turn, row in enumerate(_units(house)[:-1]):
            written.clear()
            seconds = timed(partial(subscribe, desk, _asked(row, turn), now + timedelta(seconds=turn)))
            peer = timed(partial(_write, raw, written))
            if turn >= WARM:
                mine.append(seconds)
                theirs.append(peer)
    house.close()
    return mine, theirs


def _overheard(house: House) -> list[tuple[str, Any]]:
    """Overhear every statement that writes, each once."""
    written: list[tuple[str, Any]] = []

    def hear(_c: object, _cursor: object, statement: str, values: Any, context: Any, many: bool) -> None:
        if context.execution_options.get("trip") == "ahead" or statement.startswith(("SELECT", "BEGIN", "COMMIT")):
            return
        written.extend((statement, one) for one in (values if isinstance(values, list) else [values]))

    event.listen(house.engine, "before_cursor_execute", hear)
    return written


def _write(raw: psycopg.Connection[Any], written: list[tuple[str, Any]]) -> None:
    for statement, values in written:
        raw.execute(statement.encode(), values)
    raw.commit()


def _trips(server: Server) -> int:
    """Count how often the desk waits for the server in one deed, on the cable between them."""
    with cable("127.0.0.1", server.port) as line:
        house = open_house(server.url("ours").replace(f":{server.port}/", f":{line.port}/"))
        row, desk = _units(house)[-1], house.log_in("manager", "")
        before = line.trips
        subscribe(desk, _asked(row, -1), datetime.now(CHINA))
        house.close()
        return line.trips - before
