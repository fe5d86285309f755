"""The peers of `bench.rush`: what one sale says, overheard from a desk and said by pgbench with other numbers, and what
desks after one unit say, said by 200 connections of one small loop that need no time to think."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from psycopg import pq
from psycopg.pq.abc import PGconn
from sqlalchemy import select

from bench.overheard import OPTIONS, overheard, prepared
from bench.rush_hall import MANAGERS, WARM, request
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.staff import Person, Role
from salescenter.services.deals.opening import subscribe
from salescenter.services.house import House
from salescenter.services.work import Desk
from tests.rush.server import Server

KEY = "a-press-of-the-button"
FIRST = {"deal": 7_000_001, "due": 8_000_001}
"""Keys of the sale that is overheard, not to be mistaken for any other number in it."""

WARMED = 9
"""Units a desk sells until all that it says is prepared, and one more that is overheard."""

_LEFT = {"deal": 0, "due": 7}
"""How many more keys the deed takes of each table than the first."""


class Sale(NamedTuple):
    """What a connection says once, and what it says of each unit."""

    orders: tuple[str, ...]
    messages: tuple[str, ...]


def said(house: House, *, warm: bool) -> Sale:
    """Sell the last unit; return what the desk has prepared by then, and the messages of it.

    In these `:unit`, `:seen`, `:client_id` and `:key` stand for its numbers. A desk that is `warm` has sold the units
    before it, up to `WARMED` in all, and prepared all that it says; otherwise it says everything in full.
    """
    desk = Desk(house.engine, Person(MANAGERS, "", Role.MANAGER, ""), 1)
    with house.engine.connect() as connection:
        rows = connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id.desc()).limit(WARMED)).all()
    for number, row in enumerate(rows[1:] if warm else ()):
        subscribe(desk, request(row, MANAGERS, f"warm-{number}"), datetime.now(CHINA))
    with house.engine.begin() as connection:
        for table, first in FIRST.items():
            connection.exec_driver_sql(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {first}")
    with overheard() as messages:
        sold = subscribe(desk, request(rows[0], MANAGERS, KEY), datetime.now(CHINA))
    orders = prepared(house.engine)
    with house.engine.begin() as connection:
        # a client's keys follow each other, as they do within one of our questions
        connection.exec_driver_sql(f"ALTER SEQUENCE due_id_seq CACHE {_LEFT['due'] + 1}")
    words = list(_words(rows[0], sold.revision))
    return Sale(orders, tuple(_with(words, message) for message in messages))


def _words(row: Any, revision: int) -> Iterator[tuple[str, str]]:
    yield rf"\b{row.id}(?=::BIGINT)", ":unit"
    yield rf"\b{row.revision}(?=::BIGINT)", ":seen"
    yield rf"\b{revision}(?=::BIGINT)", "pg_current_xact_id()::text::bigint"
    yield KEY, "press-:key"
    yield rf"\b{MANAGERS}(?=::BIGINT)", f"({MANAGERS} + :client_id)"
    for table, first in FIRST.items():
        for more in range(_LEFT[table] + 1):
            key = f"(currval('{table}_id_seq') - {_LEFT[table] - more})"
            yield rf"\b{first + more}(?=::BIGINT)", key


def _with(words: list[tuple[str, str]], message: str) -> str:
    for old, new in words:
        message = re.sub(old, new, message)
    return message


_FIRST = "\\if :turn = 0\n{}\n\\endif\n"

_TURN = """\\set unit :client_id + :clients * :turn + 1
\\set turn :turn + 1
\\set key random(1, 1000000000000000)
SELECT id, revision AS seen FROM unit WHERE id = :unit \\gset
"""


def rate(programs: Path, server: Server, sale: Sale, clients: int, turns: int) -> float:
    """Sales a second of pgbench, every client as many as its turns, each of a unit of its own."""
    script = _FIRST.format("\n".join(f"{order} ;" for order in sale.orders)) + _TURN
    script += "\n".join(message.replace(";\n", " \\;\n") + " ;" for message in sale.messages)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sale.sql"
        file.write_text(script, "utf-8")
        command = [programs / "pgbench", "-n", "-c", clients, "-j", 2, "-t", turns, "-f", file, "-M", "simple",
                   "-D", "turn=0", "-D", f"clients={clients}", server.url("rush")]  # fmt: skip
        told = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True,
                              env=os.environ | {"PGOPTIONS": OPTIONS})  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", told.stdout)
    if told.returncode or found is None:
        raise RuntimeError(told.stderr[-2_000:])
    return float(found[1])


@dataclass(slots=True)
class Stampede:
    """Connections all after one unit, and when one of them knows that it is sold, after the next."""

    rows: Sequence[Any]  # the units, in the order in which they are wanted
    sale: Sale  # what each says
    now: int = 0  # the place of the unit that is wanted
    sold: int = 0
    lost: int = 0

    def run(self, url: str, count: int, seconds: float) -> float:
        """Return the sales a second, once all are warm."""
        lines = [pq.PGconn.connect(f"{url}?options={quote(OPTIONS)}".encode()) for _ in range(count)]
        clients = [_Client(self, number, line) for number, line in enumerate(lines)]
        for client, order in product(clients, self.sale.orders):
            client.line.exec_(order.encode())
        with selectors.DefaultSelector() as waiting:
            for client in clients:
                waiting.register(client.line.socket, selectors.EVENT_READ, client)
                client.begin()
            while any(client.tries <= WARM for client in clients):
                _hear(waiting)
            before, began = self.sold, time.monotonic()
            while (now := time.monotonic()) - began < seconds and self.now < len(self.rows):
                _hear(waiting)
        for client in clients:
            client.line.finish()
        return (self.sold - before) / (now - began)


def _hear(waiting: selectors.BaseSelector) -> None:
    for ready, _ in waiting.select(1.0):
        ready.data.hear()


@dataclass(slots=True)
class _Client:
    """One connection that says a desk's messages: the next one as soon as the last was answered."""

    hall: Stampede
    number: int
    line: PGconn
    at: int = 0  # place of the unit it is after
    step: int = 0  # message of the sale it waits for an answer to
    tries: int = 0

    def begin(self) -> None:
        """Be after the unit everybody is after."""
        self.at, self.step, self.tries = min(self.hall.now, len(self.hall.rows) - 1), 0, self.tries + 1
        self._say()

    def hear(self) -> None:
        """Take in what has arrived, and go on once the answer is whole."""
        self.line.consume_input()
        late = False
        while not self.line.is_busy():
            result = self.line.get_result()
            if result is None:
                self._go_on(late=late)
                return
            late = late or result.status == pq.ExecStatus.FATAL_ERROR

    def _go_on(self, *, late: bool) -> None:
        hall = self.hall
        if not late and self.step < len(hall.sale.messages) - 1:
            self.step += 1
            self._say()
            return
        hall.lost += late
        hall.sold += not late
        hall.now = max(hall.now, self.at + 1)
        self.begin()

    def _say(self) -> None:
        row, message = self.hall.rows[self.at], self.hall.sale.messages[self.step]
        words = {"unit": row.id, "seen": row.revision, "client_id": self.number, "key": f"{self.number}-{self.tries}"}
        for name, value in words.items():
            message = message.replace(f":{name}", str(value))
        self.line.send_query(message.encode())
