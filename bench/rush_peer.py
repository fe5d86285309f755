"""The peer of `bench.rush`: the statements of one sale, overheard from a desk, said by pgbench with other numbers."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bench.overheard import overheard
from bench.rush_hall import MANAGERS, request
from salescenter.data.estate import unit
from salescenter.data.types import CHINA
from salescenter.domain.staff import Person, Role
from salescenter.services.deals.opening import subscribe
from salescenter.services.house import House
from salescenter.services.work import Desk
from tests.rush.server import Server

KEY = "a-press-of-the-button"
FIRST = {"deal": 7_000_001, "due": 8_000_001, "receipt": 9_000_001}
"""Keys of the sale that is overheard, not to be mistaken for any other number in it."""


def script(server: Server, house: House) -> str:
    """Sell the last unit; return what was said for it as a script that sells the unit of each client's next turn."""
    desk = Desk(house.engine, Person(MANAGERS, "", Role.MANAGER, ""), 1)
    with house.engine.begin() as connection:
        for table, first in FIRST.items():
            connection.exec_driver_sql(f"ALTER SEQUENCE {table}_id_seq RESTART WITH {first}")
        row = connection.execute(select(unit.c.id, unit.c.revision).order_by(unit.c.id.desc()).limit(1)).one()
    with overheard() as messages:
        sold = subscribe(desk, request(row, MANAGERS, KEY), datetime.now(CHINA))
    words = [(rf"\b{row.id}(?=::BIGINT)", ":unit"), (rf"\b{row.revision}(?=::BIGINT)", ":seen"),
             (rf"\b{sold.revision}(?=::BIGINT)", "pg_current_xact_id()::text::bigint"), (KEY, "press-:key"),
             (rf"\b{MANAGERS}(?=::BIGINT)", f"({MANAGERS} + :client_id)")]  # fmt: skip
    for table, first in FIRST.items():
        words += [(rf"\b{first + more}(?=::BIGINT)", f"(currval('{table}_id_seq') - {_LEFT[table] - more})")
                  for more in range(_LEFT[table] + 1)]  # fmt: skip
    said = "\n".join(message.replace(";\n", " \\;\n") + " ;" for message in messages)
    for old, new in words:
        said = re.sub(old, new, said)
    with house.engine.begin() as connection:
        # a client's keys follow each other, as they do within one of our questions
        connection.exec_driver_sql(f"ALTER SEQUENCE due_id_seq CACHE {_LEFT['due'] + 1}")
    return _TURN + said


_LEFT = {"deal": 0, "due": 7, "receipt": 0}
"""How many more keys the deed takes of each table than the first."""

_TURN = """\\set unit :client_id + :clients * :turn + 1
\\set turn :turn + 1
\\set key random(1, 1000000000000000)
SELECT id, revision AS seen FROM unit WHERE id = :unit \\gset
"""


def rate(programs: Path, server: Server, said: str, clients: int, turns: int) -> float:
    """Sales a second, every client as many as its turns."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sale.sql"
        file.write_text(said, "utf-8")
        command = [programs / "pgbench", "-n", "-c", clients, "-j", 2, "-t", turns, "-f", file, "-M", "simple",
                   "-D", "turn=0", "-D", f"clients={clients}", server.url("rush")]  # fmt: skip
        told = subprocess.run(list(map(str, command)), check=False, capture_output=True, text=True)
    found = re.search(r"tps = ([\d.]+)", told.stdout)
    if told.returncode or found is None:
        raise RuntimeError(told.stderr[-2_000:])
    return float(found[1])
