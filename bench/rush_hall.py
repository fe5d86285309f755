"""A hall full of desks for `bench.rush`: each a process of its own with one connection, all beginning at one moment.

`python -m bench.rush_hall URL DESKS MODE SECONDS`: says `ready`, begins with the first line it is told, and ends with
one line of JSON: seconds the whole took, the seconds of each sale, claims lost to others, tries given up, the desks'
own seconds of processor. `spread`: every desk sells units of its own; `one`: all desks are after the same unit, and
when somebody knows that it is sold, all go to the next one on their screens, as they read them before they began.

What is sold is subscribed: claim, deal with schedule, history; the money comes later, at the cashier's. Before it says
`ready` each desk has sold one unit, and come too late for it, which is not counted: so has any desk by the middle of
the morning.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bench.halls import an_engine
from salescenter.data.engine import address
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
WARM = 3
"""Claims that come too late before anything is counted."""

MANAGERS = 5_000_001
"""The key of the first desk's person, not to be mistaken for any other number in a sale."""

_LOOK = select(unit.c.id, unit.c.revision)
_FREE = _LOOK.where(unit.c.state == UnitState.FOR_SALE).order_by(unit.c.id)


def request(row: Any, person: int, key: str, *, paid: bool = False) -> SubscribeRequest:
    """What a desk asks for; the deposit may be `paid` at once."""
    money = Payment(DEPOSIT, Method.CARD, "陈一帆") if paid else None
    return SubscribeRequest(row.id, row.revision, (Buyer(1, 10_000),), (Split(person, 10_000),), Terms(deposit=DEPOSIT),
                            money, key=key)  # fmt: skip


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


def _same(desk: Desk, _number: int, desks: int) -> Iterator[Any]:
    """Look at the unit everybody is after; whoever knows that it is sold sends all to the next."""
    with desk.reading() as connection:
        rows = connection.execute(_FREE.where(unit.c.id > desks)).all()
    return _one_by_one(rows)


def _one_by_one(rows: Sequence[Any]) -> Iterator[Any]:
    while (at := int.from_bytes(_NOW[:], "little")) < len(rows):
        yield rows[at]
        if int.from_bytes(_NOW[:], "little") == at:
            _NOW[:] = (at + 1).to_bytes(_PLACE, "little")


_PLACE = 4
_NOW = mmap.mmap(-1, _PLACE)
"""The place of the unit everybody is after, for all desks to see."""

MODES: dict[str, Callable[[Desk, int, int], Iterator[Any]]] = {"spread": _own, "one": _same}


def sell(desk: Desk, row: Any) -> None:
    """Subscribe a unit as it was looked at."""
    subscribe(desk, request(row, desk.who.id, uuid.uuid4().hex), datetime.now(CHINA))


def _warm(desk: Desk, row: Any) -> None:
    """Sell a unit, and come too late for it, as often as it takes until program and server know how that goes."""
    sell(desk, row)
    for _ in range(WARM):
        with suppress(TakenMeanwhile):
            sell(desk, row)


def _sit(url: str, number: int, desks: int, mode: str, begin: int, tell: int) -> None:
    """Be one desk: connect, wait for the beginning, sell until the time is over, tell."""
    desk = Desk(an_engine(address(url)), Person(MANAGERS + number, "", Role.MANAGER, ""), 1)
    looks = MODES[mode](desk, number, desks)
    _warm(desk, _look(desk, number + 1))
    os.write(tell, b"ready\n")
    until = time.monotonic() + float(os.read(begin, 8))
    taken, lost, away, own = [], 0, 0, time.process_time()
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
    os.write(tell, (json.dumps([taken, lost, away, time.process_time() - own]) + "\n").encode())


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
    sales = [seconds for one in told for seconds in one[0]]
    lost, away, own = (sum(one[at] for one in told) for at in (1, 2, 3))
    print(json.dumps({"seconds": took, "sales": sales, "lost": lost, "away": away, "own": own}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
