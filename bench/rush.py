"""Desks claiming units at once, each sale with deal, schedule and history, beside pgbench saying the same.

Every desk is a process of its own, with its own person; both sides look at a unit and sell it, unit after unit. The
peer needs no time to think: what it says was overheard from a desk, and is only given other numbers. The desks, or the
peer, and the server each have processors of their own, as they have in a real hall.

In the stampede all are after one unit; as soon as one of them knows that it is sold, all go to the next, which they
have on their screens: nobody has to be refused before the next is sold. It is run twice: by desks, two hundred of which
share here what would be two hundred PCs, so that it is told what each side takes; and by one small loop with as many
connections that says the same messages, which leaves all processors to the server, for what that stands.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, insert, select

from bench import rush_peer
from bench.figure import Figure
from bench.halls import apart, server_seconds
from bench.poll import busy
from bench.rush_hall import MANAGERS, sell
from bench.timing import MS, percentile, ratio
from salescenter.data.deals import deal
from salescenter.data.estate import unit
from salescenter.data.staff import person
from salescenter.domain.refusals import TakenMeanwhile
from salescenter.domain.staff import Person, Role
from salescenter.services.check import check
from salescenter.services.house import House
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.work import Desk
from tests import cluster
from tests.rush.rush import Plan, Rush, furnish
from tests.rush.server import Server, serving

NAME = "rush"
HERE = Path(__file__).resolve().parents[1]
HOT = 200
ALONE = 200
"""Sales, and claims that come too late, of one desk alone."""
RATE = 150
"""Units a second that 200 desks after one and the same unit are to sell at least."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is sold: connections, sales of each side in a round, rounds in turns, seconds after one unit."""

    connections: tuple[int, ...]
    sales: int
    rounds: int
    seconds: float


SIZES = {"small": Size((10,), 40, 1, 2.0), "full": Size((10, 50, 200), 1_000, 3, 10.0)}


@dataclass(frozen=True, slots=True)
class Hall:
    """What a hall full of desks told."""

    rate: float  # sales a second
    sales: tuple[float, ...]  # seconds of each
    lost: int
    faults: int
    own: float  # seconds of processor of all desks together
    server: float  # and of the server, as far as the system tells


def measure(size: str) -> list[Figure]:
    """Sell spread, after 200 hot units, and all after one unit, with more and more connections."""
    programs = cluster.programs()
    if programs is None:
        return []
    asked = SIZES.get(size, SIZES["full"])
    found = list(_late(programs))
    for connections in asked.connections:
        found += [*_spread(programs, connections, asked), *_hot(programs, connections, asked),
                  *_one(programs, connections, asked)]  # fmt: skip
    return found


def _late(programs: Path) -> Iterator[Figure]:
    """What a claim that comes too late takes of the processors, the desk's and the server's, beside a sale."""
    with serving(programs) as server:
        house = _house(server, ALONE + 50, 1)
        desk = Desk(house.engine, Person(MANAGERS, "", Role.MANAGER, ""), 1)
        with desk.reading() as connection:
            free = iter(connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)).all())
            line: Any = connection.connection.driver_connection
        gone = next(free)
        sell(desk, gone)

        def lose() -> None:
            with suppress(TakenMeanwhile):
                sell(desk, gone)

        lose()
        sale, loss = (_taken(line, work) for work in (lambda: sell(desk, next(free)), lose))
        house.close()
    yield Figure("a claim that comes too late, ms of processor, beside a sale", loss * MS, sale * MS, loss / sale)


def _taken(line: psycopg.Connection[Any], work: Callable[[], None]) -> float:
    """Seconds of processor a work takes here and, where the system tells, on the server."""
    began = time.process_time()
    there = busy(line, work, ALONE)
    return (time.process_time() - began) / ALONE + (there or 0.0)


def _spread(programs: Path, desks: int, asked: Size) -> Iterator[Figure]:
    """Every desk sells its own share of the units, in turns with the peer, each on a server just made."""
    ours, turns = [], max(1, asked.sales // desks)
    theirs: dict[bool, list[float]] = {False: [], True: []}  # saying all in full, or what is prepared by its name
    for _ in range(asked.rounds):
        with serving(programs) as server, apart(server):
            house = _house(server, desks * (turns + 1), desks)
            ours.append(_hall(server, house, desks, "spread", 600.0))
            house.close()
        for warm, told in theirs.items():
            with serving(programs) as server, apart(server):
                house = _house(server, desks * turns + rush_peer.WARMED, desks)
                told.append(rush_peer.rate(programs, server, rush_peer.said(house, warm=warm), desks, turns))
                house.close()
    rates = [one.rate for one in ours]
    what, middle = f"{desks} desks, spread", sorted(range(len(rates)), key=rates.__getitem__)[len(rates) // 2]
    for warm, words, limit in ((False, "saying the same", 1 / 0.6), (True, "that has prepared it, too", None)):
        yield Figure(f"{what}: sales/s beside pgbench {words}", rates[middle], theirs[warm][middle],
                     ratio(theirs[warm], rates), limit)  # fmt: skip
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        yield Figure(f"{what}: a sale, {name}, ms", percentile(ours[middle].sales, share) * MS)
    yield Figure(f"{what}: sold twice, lost or without law", sum(one.faults for one in ours), None, None, 0)


def _hot(programs: Path, desks: int, asked: Size) -> Iterator[Figure]:
    """Desks sell and cancel the same few units, and look first only most of the time."""
    with tempfile.TemporaryDirectory() as folder, serving(programs) as server:
        day = Rush(server, Plan(desks, HOT, HOT, asked.seconds, pcs=2), Path(folder)).run()
    what = f"{desks} desks, {HOT} hot units sold and cancelled"
    yield Figure(f"{what}: deeds/s", len(day.report.seconds) / day.seconds)
    yield Figure(f"{what}: sold twice, lost, half or without law", len(day.report.faults), None, None, 0)


def _one(programs: Path, desks: int, asked: Size) -> Iterator[Figure]:
    """All are after one unit; when it is sold, after the next."""
    units = round(RATE * asked.seconds * 2) + desks
    with serving(programs) as server, apart(server):
        house = _house(server, units, desks)
        hall = _hall(server, house, desks, "one", asked.seconds)
        house.close()
    limit = MS / RATE if desks >= HOT else None
    what = f"{desks} desks, all after one unit"
    yield Figure(f"{what}: ms until the next is sold", MS / hall.rate, None, None, limit)
    yield Figure(f"{what}: told that they lost, per sale", hall.lost / len(hall.sales))
    yield Figure(f"{what}: ms of processor per sale, the desks', the server's", hall.own / len(hall.sales) * MS,
                 hall.server / len(hall.sales) * MS)  # fmt: skip
    yield Figure(f"{what}: sold twice, lost or without law", hall.faults, None, None, 0)
    with serving(programs) as server:
        house = _house(server, units, desks)
        yield from _loop(server, house, desks, asked.seconds)
        house.close()


def _loop(server: Server, house: House, desks: int, seconds: float) -> Iterator[Figure]:
    """The same messages said by a loop that thinks nothing."""
    said = rush_peer.said(house, warm=True)
    with house.engine.connect() as connection:
        rows = connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)).all()
    stampede = rush_peer.Stampede(rows[: -rush_peer.WARMED], said)
    rate = stampede.run(server.url("rush"), desks, seconds)
    with house.engine.connect() as connection:
        there, units = connection.execute(_SOLD).one()
    limit, what = MS / RATE if desks >= HOT else None, f"{desks} connections saying the same"
    yield Figure(f"{what}: ms until the next is sold", MS / rate, None, None, limit)
    yield Figure(f"{what}: told that they lost, per sale", stampede.lost / stampede.sold)
    wrong = there - min(units, stampede.sold + rush_peer.WARMED)
    yield Figure(f"{what}: sold twice or never told", wrong, None, None, desks)


def _house(server: Server, units: int, desks: int) -> House:
    house = furnish(server.make("rush"), units)
    with house.engine.begin() as connection:
        told = {"role": Role.MANAGER, "active": True}
        people = range(MANAGERS, MANAGERS + desks)
        connection.execute(insert(person), [{"id": n, "name": f"经理{n}", "login": f"m{n}"} | told for n in people])
        connection.exec_driver_sql("ANALYZE")
    return house


def _hall(server: Server, house: House, desks: int, mode: str, seconds: float) -> Hall:
    """Let the desks sell, and hold what they were told against what is there."""
    words = [server.url("rush"), desks, mode, seconds]
    command = [sys.executable, "-m", "bench.rush_hall", *map(str, words)]
    with subprocess.Popen(command, cwd=HERE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        before = server_seconds(server)
        told = json.loads(process.communicate("go\n")[0])
    taken = server_seconds(server) - before
    manager = house.log_in("manager", "")
    with manager.reading() as connection:
        there, units = connection.execute(_SOLD).one()
    sales = tuple(told["sales"])
    counted = len(sales) + desks  # each had sold one before
    unknown = max(0, counted - there) + max(0, there - counted - told["away"])  # a try that was given up may be done
    faults = unknown + abs(there - units) + len(check(manager, figures_agree))
    return Hall(len(sales) / told["seconds"], sales, told["lost"], faults, told["own"], taken)


_SOLD = select(func.count(), func.count(deal.c.unit_id.distinct())).select_from(deal)
