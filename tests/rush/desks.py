"""A PC full of desks that sell and cancel until told to stop, and keep a journal of what they asked and were told.

`python -m tests.rush.desks URL JOURNAL DESKS SEED UNITS SECONDS_WRONG`: so many desks, each with a connection of its
own, after the first so many units; the PC's clock is so many seconds wrong. It says when all have connected, begins when it
is told to, and ends when standard input does.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

from sqlalchemy import select

from salescenter.data.engine import address, open_engine
from salescenter.data.estate import unit
from salescenter.data.server_clock import Clock
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Flag, UnitState
from salescenter.services.deals.closing import cancel
from salescenter.services.deals.opening import subscribe
from salescenter.services.deals.requests import Buyer, CloseRequest, Payment, Split, SubscribeRequest, Terms
from salescenter.services.release import FlagRequest, Seen, set_flag
from salescenter.services.work import Desk

DEPOSIT = Money(20_000_00)
ME = Person(1, "经理", Role.MANAGER, "")
_KNOWN: dict[Any, Any] = {}
"""What SQLAlchemy has read of our statements, shared by all desks of this PC."""


class Journal:
    """Lines that outlive the process: each is with the operating system before the next thing happens."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, what: str, key: str, **more: Any) -> None:
        """Note one thing."""
        os.write(self._file, (json.dumps({"what": what, "key": key, **more}) + "\n").encode())


@dataclass(frozen=True, slots=True)
class Seat:
    """One desk of this PC."""

    desk: Desk
    now: Callable[[], datetime]
    journal: Journal
    chance: random.Random
    units: list[int]
    over: Event

    def sit(self, together: Barrier) -> None:
        """Connect, begin with all others, and work until it is over."""
        with suppress(Weather), self.desk.reading():  # a PC that comes while the server is away comes all the same
            pass
        together.wait()
        together.wait()
        seen: dict[int, Any] = {}
        while not self.over.is_set():
            number = self.chance.choice(self.units)
            if number not in seen or self.chance.random() < 0.8:  # else the screen is a little old
                try:
                    seen[number] = self._look(number)
                except Weather:
                    self.over.wait(self.chance.random())
                    continue
            self._try(seen[number])

    def _look(self, number: int) -> Any:
        with self.desk.reading() as connection:
            asked = select(unit.c.id, unit.c.revision, unit.c.state, unit.c.flags).where(unit.c.id == number)
            return connection.execute(asked).one()

    def _try(self, row: Any) -> None:
        key = uuid.uuid4().hex
        step: Callable[[], Any]
        if row.flags:  # a cancelled unit's price is looked at before it is sold again
            clear, now = FlagRequest((Seen(row.id, row.revision),), Flag(row.flags), False, key=key), self.now()
            name, step = "clear", lambda: set_flag(self.desk, clear, now)
        elif row.state == UnitState.FOR_SALE:
            sale, now = self._sale(row, key), self.now()
            name, step = "subscribe", lambda: subscribe(self.desk, sale, now)
        else:
            now, end = self.now(), CloseRequest(row.id, row.revision, reason="客户放弃", key=key)
            name, step = "cancel", lambda: cancel(self.desk, end, now)
        self.journal.write("asked", key, step=name, unit=row.id)
        began = time.perf_counter()
        what, more = self._answer(step)
        self.journal.write(what, key, seconds=time.perf_counter() - began, **more)

    def _answer(self, step: Callable[[], Any]) -> tuple[str, dict[str, Any]]:
        """Press, and press again while nobody knows what became of it."""
        for _ in range(6):
            try:
                given = step()
            except Refusal as refusal:
                return "refused", {"why": refusal.code}
            except Weather as trouble:
                why = str(trouble.details.get("why"))
                self.over.wait(self.chance.random() * 2)
            else:
                number = getattr(given, "number", "")
                return "done", {"number": number, "receipt": getattr(given, "receipt_number", "")}
        return "unknown", {"why": why}

    def _sale(self, row: Any, key: str) -> SubscribeRequest:
        paid = Payment(DEPOSIT, Method.CARD, "陈一帆", slip=key)
        people = ((Buyer(1, 10_000),), (Split(1, 10_000),))
        return SubscribeRequest(row.id, row.revision, *people, Terms(deposit=DEPOSIT), paid, key=key)


def main(url: str, journal: str, desks: str, seed: str, units: str, wrong: str) -> None:
    """Seat the desks, say so, and let them work."""
    over, book, seats = Event(), Journal(Path(journal)), []
    for number in range(int(desks)):
        engine = open_engine(address(url))
        engine.update_execution_options(compiled_cache=_KNOWN)
        clock = Clock(engine, wall=lambda: time.time() + float(wrong))
        desk = Desk(engine, ME, 1, pc=f"{os.getpid()}-{number}")
        chance = random.Random(f"{seed}-{number}")
        seats.append(Seat(desk, clock.now, book, chance, list(range(1, int(units) + 1)), over))
    together = Barrier(len(seats) + 1)
    workers = [Thread(target=seat.sit, args=(together,), daemon=True) for seat in seats]
    for worker in workers:
        worker.start()
    together.wait()
    print("ready", flush=True)
    sys.stdin.readline()
    together.wait()
    sys.stdin.read()
    over.set()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
