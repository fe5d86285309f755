"""An opening day on a throw-away server: desks that listen and sell, each sale with a receipt, at a steady rate.

In a real hall every desk is a PC, and the server is another. Here the server has half of the processors to itself (see
`bench.halls.apart`) where there are enough of them: of two, one stood still while there was too much for the other. The
rest is shared by the desks, each a process of its own that nobody else's Python holds up (`bench.opening_hall`), and by
the screens. Those are one process with a line for each (`bench.opening_screens`): two hundred processes that wake at
every sale would keep these processors busy with waking, which two hundred PCs have others for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select

from bench import opening_screens
from bench.feed_hall import Heard
from bench.figure import Figure
from bench.halls import a_server, answer, apart, hall, server_seconds
from bench.opening_hall import Asked, Told, day, login_of, seated
from bench.rush_hall import MANAGERS
from bench.timing import MS, percentile
from salescenter.data.deals import deal
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.staff import Role
from salescenter.services.check import check
from salescenter.services.house import House
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.server.preparing import prepare
from tests.rush.rush import furnish

NAME = "opening"
SIZES = {"small": Asked(10, 10, 4), "full": Asked(200, 50, 120)}
ENOUGH = 4
"""So many processors are worth parting."""


class Day(NamedTuple):
    """How the day went: what the desks were told, what reached the screens when, and what it took of the processors."""

    told: list[Told]
    screens: Heard
    server: float  # seconds of processor
    apart: bool


def measure(size: str) -> list[Figure]:
    """Let the desks sell while as many screens listen."""
    asked = SIZES.get(size, SIZES["full"])
    with a_server() as server, (apart(server) if (os.cpu_count() or 1) >= ENOUGH else nullcontext(False)) as alone:
        house = furnish(server.make("bench"), asked.homes)
        _employ(house, asked.desks)
        with hall(opening_screens.listen, house.url, asked.desks) as screens, seated(house, asked) as desks:
            screens.send(opening_screens.BEGINS)
            before = server_seconds(server)
            told = day(desks, asked)
            taken = server_seconds(server) - before
            for desk in desks:
                desk.send("home")
            time.sleep(2)  # what is on its way to the screens arrives
            screens.send(opening_screens.ENOUGH)
            found = Day(told, answer(screens), taken, alone)
        figures = list(_figures(house, found, asked))
        house.close()
    return figures


def _employ(house: House, desks: int) -> None:
    """Put a person with an account of their own at each desk; the server holds everybody to their steps.

    Let it know how much there is, in its own catalogue too, as it does by itself within minutes: what it counts later,
    in the midst of the day, is planned anew by every desk at once.
    """
    numbers = range(MANAGERS, MANAGERS + desks)
    people = [{"id": n, "name": f"经理{n}", "login": login_of(n), "role": Role.MANAGER, "active": True}
              for n in numbers]  # fmt: skip
    with house.engine.begin() as connection:
        connection.execute(insert(person), people)
    prepare(house.url, None, 1, datetime.now(CHINA))
    with house.engine.begin() as connection:
        for number in numbers:
            connection.execute(select(func.doors.put_account(number, login_of(number), "")))
    for order in ("ANALYZE", "VACUUM"):  # so: what is counted is written over in the catalogue
        house.engine.dispose()  # what a line did is known to the server when it ends
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(order)


def _figures(house: House, found: Day, asked: Asked) -> Iterator[Figure]:
    where = ", server on processors of its own" if found.apart else ""
    sold = {revision: at for one in found.told for revision, at in one.sold.items()}
    tries = [seconds for one in found.told for seconds in one.seconds]
    came: dict[int, list[float]] = {revision: [] for revision in sold}
    for revision, at in found.screens.reached:
        if revision in came:
            came[revision].append(at)
    waits = [max(times) - sold[revision] for revision, times in came.items() if times]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        limit = 50.0 if share == 0.99 else None
        yield Figure(f"a claim with receipt{where}, {name}, ms", percentile(tries, share) * MS, None, None, limit)
        what = f"from its answer until the last of {asked.desks} screens has it, {name}, ms"
        yield Figure(what, percentile(waits, share) * MS, None, None, limit)
    missing = sum(len(times) != asked.desks for times in came.values())
    yield Figure(f"of {len(came)} sales not on every screen", missing, None, None, 0)
    yield Figure("tries after a unit that was sold", sum(one.lost for one in found.told))
    yield from _shares(found, asked)
    errors = sum(len(one.errors) for one in found.told)
    yield Figure("errors, and laws broken afterwards", errors + _faults(house, len(sold)), None, None, 0)


def _shares(found: Day, asked: Asked) -> Iterator[Figure]:
    """What of a processor each side keeps busy."""
    for who, seconds in (("server", found.server), ("desks that sell", sum(one.own for one in found.told)),
                         ("screens", found.screens.own)):  # fmt: skip
        yield Figure(f"the {who}, % of a core", seconds / asked.seconds * 100)


def _faults(house: House, sold: int) -> int:
    manager = house.log_in("manager", "")
    with manager.reading() as connection:
        there, units = connection.execute(select(func.count(), func.count(deal.c.unit_id.distinct()))).one()
    return len(check(manager, figures_agree)) + (there != units) + (there < sold)
