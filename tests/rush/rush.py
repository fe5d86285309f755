"""The rush of an opening day: desks in processes of their own, and everything that can go wrong at random moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select

from salescenter.data.customers import customer
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.data.types import CHINA
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.release import ReleaseRequest, Seen, release
from salescenter.services.sample import blueprint, estate
from tests.rush import ledger
from tests.rush.cable import Cable, cable
from tests.rush.server import Server

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of day it will be."""

    connections: int = 200
    units: int = 1_000
    after: int = 0  # all desks after the first so many units; 0: after all of them
    seconds: float = 60.0
    pcs: int = 10
    kill: bool = False  # end a PC now and then as a pulled plug does, and start another
    cut: bool = False  # break, or freeze for a while, the cable of half of the PCs
    stop: bool = False  # stop the server without warning, and start it again
    delay: float = 0.0  # seconds of a round trip to the server, from when all have connected until the day is over
    quiet: float = 0.5  # least seconds between two troubles, about
    least: int = 0  # deeds that are to be done, however long it takes on a busy PC
    wrong: float = 0.0  # seconds the desks' clocks are wrong, every second PC ahead, the others behind
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """How the day went."""

    report: ledger.Report
    seconds: float
    killed: int
    cuts: int
    stops: int


def furnish(url: str, units: int) -> House:
    """Make a house with so many units for sale and one customer."""
    house, now = make_house(url, NewHouse("云栖花园", "经理", "manager")), datetime.now(CHINA)
    desk = house.log_in("manager", "")
    with desk.working(now) as work:
        estate.furnish(work, list(blueprint.homes(units)), now.date())
        said = {"project_id": 1, "name": "陈一帆", "created": now, "consent_at": now, "consent_text": "同意"}
        work.connection.execute(insert(customer).values(said))
    with house.engine.connect() as connection:
        rows = list(connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)))
    release(desk, ReleaseRequest(tuple(Seen(*row) for row in rows)), now)
    return house


class Rush:
    """One day under way."""

    def __init__(self, server: Server, plan: Plan, folder: Path) -> None:
        self._server, self._plan, self._folder = server, plan, folder
        self._chance = random.Random(plan.seed or None)
        self._house = f"rush_{uuid.uuid4().hex[:12]}"
        self._pcs: list[subprocess.Popen[str]] = []
        self._started = self.killed = self.cuts = self.stops = 0

    def run(self) -> Day:
        """Let the day pass; afterwards hold what was told against what is there."""
        opened = datetime.now(CHINA)
        furnish(self._server.make(self._house), self._plan.units).close()
        with ExitStack() as lines, self._cables(lines) as laid:
            for number in range(self._plan.pcs):
                self._pcs.append(self._seat(number, laid))
            for pc in self._pcs:
                _await(pc)
            _stretch(laid, self._plan.delay)
            began = time.monotonic()
            for pc in self._pcs:
                _begin(pc)
            self._trouble(began + self._plan.seconds, laid)
            while self._done() < self._plan.least:
                time.sleep(0.1)
            seconds = time.monotonic() - began
            _stretch(laid, 0.0)
            for pc in self._pcs:
                assert pc.stdin is not None
                pc.stdin.close()
            for pc in self._pcs:
                pc.wait(180)
                assert pc.stdout is not None
                pc.stdout.close()
        return Day(self._settle(opened), seconds, self.killed, self.cuts, self.stops)

    def _done(self) -> int:
        presses = ledger.read(self._folder.glob("*.journal")) if self._plan.least else {}
        return sum(one.told == "done" for one in presses.values())

    @contextmanager
    def _cables(self, lines: ExitStack) -> Iterator[list[Cable]]:
        plan = self._plan
        laid = [
            lines.enter_context(cable("127.0.0.1", self._server.port)) for _ in range(plan.pcs)
            if plan.cut or plan.delay
        ]
        yield laid

    def _seat(self, number: int, laid: list[Cable]) -> subprocess.Popen[str]:
        """Start a PC; with cables every second hangs on one, with a delay each."""
        self._started += 1
        url, plan = self._server.url(self._house), self._plan
        if laid and (plan.delay or number % 2):
            url = url.replace(f":{self._server.port}/", f":{laid[number].port}/")
        desks = plan.connections // plan.pcs + (number < plan.connections % plan.pcs)
        wrong = plan.wrong if number % 2 else -plan.wrong
        words = (url, self._folder / f"{self._started}.journal", desks, f"{plan.seed}-{self._started}",
                 plan.after or plan.units, wrong)  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-m", "tests.rush.desks", *map(str, words)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUTF8": "1"},
        )  # fmt: skip

    def _trouble(self, until: float, laid: list[Cable]) -> None:
        """Make trouble at random moments until the day is over and there was some of each kind."""
        plan = self._plan
        kinds = [self._kill] * (3 * plan.kill) + [self._cut] * (3 * plan.cut) + [self._stop] * (1 * plan.stop)
        wanted = self._chance.sample(sorted(set(kinds), key=kinds.index), len(set(kinds)))
        quiet = max(plan.quiet, plan.seconds / 40)
        while (left := until - time.monotonic()) > 0 or wanted:
            time.sleep(min(max(left, 0.0) + quiet * bool(wanted), quiet * (0.5 + self._chance.random())))
            if kinds and (wanted or time.monotonic() < until):
                (wanted.pop() if wanted else self._chance.choice(kinds))(laid)

    def _kill(self, laid: list[Cable]) -> None:
        number = self._chance.randrange(len(self._pcs))
        pc = self._pcs[number]
        pc.send_signal(signal.SIGKILL)
        pc.communicate()
        self._pcs[number] = self._seat(number, laid)
        _begin(self._pcs[number])  # as soon as it can
        self.killed += 1

    def _cut(self, laid: list[Cable]) -> None:
        one = self._chance.choice(laid)
        if self._chance.random() < 0.5:
            one.freeze()
            time.sleep(self._chance.random() * 6)
            one.cut()
            one.thaw()
        else:
            one.cut()
        self.cuts += 1

    def _stop(self, _: list[Cable]) -> None:
        self._server.stop()
        time.sleep(self._chance.random())
        self._server.start()
        self.stops += 1

    def _settle(self, opened: datetime) -> ledger.Report:
        house = open_house(self._server.url(self._house))
        desk = house.log_in("manager", "")
        found = ledger.settle(desk, ledger.read(self._folder.glob("*.journal")))
        with desk.reading() as connection:
            first, last = connection.execute(select(func.min(history.c.at), func.max(history.c.at))).one()
        if first.replace(microsecond=0) < opened.replace(microsecond=0) or last > datetime.now(CHINA):
            found.faults.append(f"a desk's own clock was believed: {first} to {last}")
        house.close()
        return found


def _stretch(laid: list[Cable], delay: float) -> None:
    """Let a round trip over each cable take so many seconds."""
    for one in laid:
        one.delay = delay / 2


def _await(pc: subprocess.Popen[str]) -> None:
    assert pc.stdout is not None
    assert pc.stdout.readline() == "ready\n"


def _begin(pc: subprocess.Popen[str]) -> None:
    assert pc.stdin is not None
    pc.stdin.write("go\n")
    pc.stdin.flush()
