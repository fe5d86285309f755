"""A hall full of desks for `bench.rush`: each a process of its own with one connection, all beginning at one moment.

`python -m bench.rush_hall URL DESKS MODE SECONDS`: says `ready`, begins with the first line it is told, and ends with
one line of JSON: seconds the whole took, the seconds of each sale, claims lost to others, tries given up. `spread`:
every desk sells units of its own; `one`: all desks are after the same unit, and when it is sold, after the next. Before
it says `ready` each desk has sold one unit that is not counted, as any desk has by the middle of the morning.
"""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from salescenter.data.engine import address, open_engine
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.errors import Weather
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import TakenMeanwhile
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import UnitState
from salescenter.services.deals.opening import subscribe
from salescenter.services.deals.requests import Buyer, Payment, Split, SubscribeRequest, Terms
from salescenter.services.work import Desk

DEPOSIT = Money(20_000_00)
MANAGERS = 5_000_001
"""The key of the first desk's person, not to be mistaken for any other number in a sale."""

_LOOK = select(unit.c.id, unit.c.revision)
_FREE = _LOOK.where(unit.c.state == UnitState.FOR_SALE).order_by(unit.c.id).limit(1)


def request(row: Any, person: int, key: str) -> SubscribeRequest:
    """What a desk asks for."""
    paid = Payment(DEPOSIT, Method.CARD, "陈一帆")
    return SubscribeRequest(row.id, row.revision, (Buyer(1, 10_000),), (Split(person, 10_000),), Terms(deposit=DEPOSIT),
                            paid, key=key)  # fmt: skip


def _own(desk: Desk, number: int, desks: int) -> Iterator[Any]:
    """Look at units nobody else is after."""
    mine = select(unit.c.id).where(unit.c.id % desks == number, unit.c.id > desks).order_by(unit.c.id)
    with desk.reading() as connection:
        ids = list(connection.scalars(mine))
    for one in ids:
        yield _look(desk, one)


def _look(desk: Desk, number: int) -> Any:
    with desk.reading() as connection:
        return connection.execute(_LOOK.where(unit.c.id == number)).one()


def _same(desk: Desk, _number: int, _desks: int) -> Iterator[Any]:
    """Look at the unit everybody is after."""
    while True:
        with desk.reading() as connection:
            row = connection.execute(_FREE).first()
        if row is None:
            return
        yield row


MODES: dict[str, Callable[[Desk, int, int], Iterator[Any]]] = {"spread": _own, "one": _same}


def _engine(url: str) -> Engine:
    """What SQLAlchemy has read of our statements is shared by all desks: they are one program, started many times."""
    engine = open_engine(address(url))
    engine.update_execution_options(compiled_cache=_KNOWN)
    return engine


_KNOWN: dict[Any, Any] = {}


def sell(desk: Desk, row: Any) -> None:
    """Subscribe a unit as it was looked at."""
    subscribe(desk, request(row, desk.who.id, uuid.uuid4().hex), datetime.now(CHINA))


def _sit(url: str, number: int, desks: int, mode: str, begin: int, tell: int) -> None:
    """Be one desk: connect, wait for the beginning, sell until the time is over, tell."""
    desk = Desk(_engine(url), Person(MANAGERS + number, "", Role.MANAGER, ""), 1)
    looks = MODES[mode](desk, number, desks)
    sell(desk, _look(desk, number + 1))
    os.write(tell, b"ready\n")
    until = time.monotonic() + float(os.read(begin, 8))
    taken, lost, away = [], 0, 0
    for row in looks:
        began = time.monotonic()
        if began > until:
            break
        try:
            sell(desk, row)
        except TakenMeanwhile:
            lost += 1
        except Weather:
            away += 1
        else:
            taken.append(round(time.monotonic() - began, 5))
    os.write(tell, (json.dumps([taken, lost, away]) + "\n").encode())


def main(url: str, desks: str, mode: str, seconds: str) -> None:
    """Seat the desks, let them begin together, and tell how it went."""
    begin, whistle = os.pipe()
    heard, tell = os.pipe()
    for number in range(int(desks)):
        if os.fork() == 0:
            _sit(url, number, int(desks), mode, begin, tell)
            os._exit(0)
    os.close(tell)
    lines = os.fdopen(heard)
    for _ in range(int(desks)):
        lines.readline()
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    os.write(whistle, seconds.zfill(8).encode() * int(desks))
    told = [json.loads(line) for line in lines]
    took = time.monotonic() - began
    sales = [seconds for taken, _, _ in told for seconds in taken]
    lost, away = (sum(one[at] for one in told) for at in (1, 2))
    print(json.dumps({"seconds": took, "sales": sales, "lost": lost, "away": away}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
