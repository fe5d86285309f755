"""One subscription with its receipt and history, in full safety, beside the very same rows written by raw sqlite3."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select

from bench.figure import Figure
from bench.timing import MS, percentile, ratio, timed
from salescenter.data.customers import customer
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method
from salescenter.services.deals.opening import subscribe
from salescenter.services.deals.requests import Buyer, Payment, Split, SubscribeRequest, Terms
from salescenter.services.house import House, open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.release import ReleaseRequest, Seen, release
from salescenter.services.sample import blueprint, estate

NAME = "deed"
SIZES = {"small": 60, "full": 400}
NOW = datetime(2026, 3, 2, 10, tzinfo=CHINA)
DEPOSIT = Money(20_000_00)
WARM = 10

Written = tuple[str, Any, bool]
"""A statement, its values, and whether these are many rows."""


def measure(size: str) -> list[Figure]:
    """Subscribe unit after unit, and after each deed let the peer write on its own copy what the deed has written."""
    count = SIZES.get(size, SIZES["full"])
    with tempfile.TemporaryDirectory() as folder:
        ours, peers = Path(folder) / "ours.db", Path(folder) / "peers.db"
        _furnish(ours, count)
        shutil.copyfile(ours, peers)
        house = open_house(ours)
        mine, theirs = _in_turns(house, peers)
        house.close()
    return [
        Figure("a subscription with receipt and history, ms", percentile(mine, 0.5) * MS, percentile(theirs, 0.5) * MS,
               ratio(mine, theirs), 5.0),
        Figure("of 100 the slowest, ms", percentile(mine, 0.99) * MS, percentile(theirs, 0.99) * MS),
    ]  # fmt: skip


def _furnish(path: Path, count: int) -> None:
    """Make a house with so many released homes and one customer."""
    house = make_house(path, NewHouse("云栖花园", "经理", "manager"))
    desk = house.log_in("manager", "")
    with desk.working(NOW) as work:
        estate.furnish(work, list(blueprint.homes(count)), NOW.date())
        work.connection.execute(
            insert(customer).values(project_id=1, name="陈一帆", created=NOW, consent_at=NOW, consent_text="同意")
        )
    release(desk, ReleaseRequest(tuple(Seen(*row) for row in _units(house))), NOW)
    house.close()


def _units(house: House) -> list[Any]:
    with house.engine.connect() as connection:
        return list(connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id)))


def _in_turns(house: House, peers: Path) -> tuple[list[float], list[float]]:
    desk = house.log_in("manager", "")
    written = _overheard(house)
    mine, theirs = [], []
    with closing(sqlite3.connect(peers, isolation_level=None)) as raw:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
            raw.execute(f"PRAGMA {pragma}").close()
        for turn, row in enumerate(_units(house)):
            asked = _asked(row, turn)
            written.clear()
            seconds = timed(partial(subscribe, desk, asked, NOW + timedelta(minutes=turn)))
            peer = timed(partial(_write, raw, written))
            if turn >= WARM:
                mine.append(seconds)
                theirs.append(peer)
    return mine, theirs


def _asked(row: Any, turn: int) -> SubscribeRequest:
    paid = Payment(DEPOSIT, Method.CARD, "陈一帆")
    people = ((Buyer(1, 10_000),), (Split(1, 10_000),))
    return SubscribeRequest(row.id, row.revision, *people, Terms(deposit=DEPOSIT), paid, key=f"press-{turn}")


def _overheard(house: House) -> list[Written]:
    """Overhear every statement that writes."""
    written: list[Written] = []

    def hear(_c: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:
        if not statement.lstrip().startswith(("SELECT", "BEGIN", "PRAGMA")):
            written.append((statement, values, many))

    event.listen(house.engine, "before_cursor_execute", hear)
    return written


def _write(raw: sqlite3.Connection, written: list[Written]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    for statement, values, many in written:
        if many:
            raw.executemany(statement, values)
        else:
            raw.execute(statement, values).fetchall()
    raw.execute("COMMIT")

