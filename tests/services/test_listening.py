"""Listening to the other desks: hints, coming back by itself, who is where, and no change lost whatever breaks."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, text, update

from salescenter.data.estate import unit
from salescenter.data.presence import presence
from salescenter.domain.grid import Hint, Onlooker, Present
from salescenter.services import grid, listening
from salescenter.services.listening import Ears, Listener, pauses
from tests.houses import Estate, pg_model, small_on_server
from tests.rush.cable import Cable, cable

__all__ = ["pg_model", "small_on_server"]

ROOT = Path(__file__).resolve().parents[2]

SOON = 60.0
"""Seconds a word may take at most; it is there in milliseconds."""


class Desk:
    """A desk that listens, and writes down what it hears."""

    def __init__(self, here: Estate, who: str = "a", clock: Any = time.monotonic) -> None:
        self.heard: Queue[tuple[str, Any]] = Queue()
        say = self.heard.put
        ears = Ears(
            lambda: say(("joined", None)), lambda hint: say(("hint", hint)), lambda at: say(("present", at)),
            lambda: say(("lost", None)), lambda: say(("ended", None)),
        )
        self.listener = Listener(here.desk(who), ears, clock)
        self.listener.start()

    def until(self, what: str, wanted: Any = None) -> Any:
        """Wait for a word; with `wanted` for just this one."""
        while True:
            word, value = self.heard.get(timeout=SOON)
            if word == what and (wanted is None or value == wanted):
                return value

    def leave(self) -> None:
        self.listener.stop(SOON)


@pytest.fixture
def desks(small_on_server: Estate) -> Iterator[tuple[Estate, Desk, Desk]]:
    """Two desks that listen."""
    one, other = Desk(small_on_server, "a"), Desk(small_on_server, "b")
    for desk in (one, other):
        desk.until("joined")
    yield small_on_server, one, other
    for desk in (one, other):
        desk.leave()


def cut(here: Estate) -> None:
    """Let the server end every listening connection."""
    here.put(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                  "WHERE datname = current_database() AND pid <> pg_backend_pid()"))  # fmt: skip


def test_a_change_is_hinted_to_every_desk(desks: tuple[Estate, Desk, Desk]) -> None:
    here, one, other = desks
    here.subscribe("1-101")
    number, revision = here.seen("1-101")
    for desk in (one, other):
        hint: Hint = desk.until("hint")
        assert [(change.id, change.revision) for change in hint.changes] == [(number, revision)]


def test_a_broken_line_comes_back_by_itself(desks: tuple[Estate, Desk, Desk]) -> None:
    here, one, _ = desks
    for code in ("1-101", "1-102"):
        cut(here)
        one.until("lost")
        one.until("joined")
        here.subscribe(code)
        one.until("hint")


def test_pauses_grow_and_are_shaken_and_end_somewhere() -> None:
    longest = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    taken = list(islice(pauses(random.Random(1)), 8))
    assert all(most / 2 <= pause <= most for most, pause in zip(longest, taken, strict=True))
    assert taken != list(islice(pauses(random.Random(2)), 8))


def test_a_desk_that_leaves_is_gone_at_once_and_its_thread_ends(desks: tuple[Estate, Desk, Desk]) -> None:
    here, one, other = desks
    number, _ = here.seen("1-101")
    one.listener.stand_at(number)
    other.until("present", Present((Onlooker(number, "林晓"),), desks=2))
    one.leave()
    one.until("ended")
    other.until("present", Present())


def test_who_looks_and_who_works_is_seen_at_the_other_desk(desks: tuple[Estate, Desk, Desk]) -> None:
    here, one, other = desks
    number, _ = here.seen("1-101")
    one.listener.stand_at(number)
    other.until("present", Present((Onlooker(number, "林晓"),), desks=2))
    one.listener.stand_at(number, working=True)
    other.until("present", Present((Onlooker(number, "林晓", working=True),), desks=2))
    one.listener.stand_at(0)
    other.until("present", Present(desks=2))


def test_nobody_hears_of_another_project(small_on_server: Estate) -> None:
    here = small_on_server
    here.put(presence.insert().values(desk="x", project_id=2, person_id=1, name="y", unit_id=1, until=10**14))
    desk = Desk(here)
    assert desk.until("present") == Present()
    desk.leave()


def test_a_dead_pc_is_gone_within_five_seconds_by_the_servers_clock() -> None:
    """Its last sign of life counts so long; the others look again so often, each by its own tick."""
    assert listening.LASTS / 1000 + listening.BEAT + listening.TICK < 5
    assert listening.BEAT + listening.TICK < listening.LASTS / 1000


def test_a_sign_of_life_is_judged_by_the_servers_clock_alone(small_on_server: Estate) -> None:
    """The desks' own clocks stand still or run two hours wrong: they only count seconds between beats."""
    here = small_on_server
    number, _ = here.seen("1-101")
    now = text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
    row = {"project_id": 1, "person_id": 1, "unit_id": number}
    moment = here.read(now)[0]
    here.put(presence.insert().values([row | {"desk": "dead", "name": "何雨", "until": moment - 60_001},
                                       row | {"desk": "alive", "name": "周敏", "until": moment + 600_000}]))
    desk = Desk(here, clock=lambda: time.monotonic() + 7200)
    assert desk.until("present") == Present((Onlooker(number, "周敏"),), desks=2)
    desk.leave()
    assert [row.desk for row in here.all(select(presence.c.desk))] == ["alive"]


def test_no_deed_waits_for_presence_and_presence_changes_no_unit(desks: tuple[Estate, Desk, Desk]) -> None:
    """While another connection holds all of presence, units are sold as ever; the desks only show nobody."""
    here, one, other = desks
    number, revision = here.seen("1-101")
    one.listener.stand_at(number, working=True)
    other.until("present", Present((Onlooker(number, "林晓", working=True),), desks=2))
    assert here.seen("1-101") == (number, revision)
    with here.house.engine.connect() as line, line.begin():
        line.execute(text("LOCK TABLE presence"))
        here.subscribe("1-101", who="b")


def test_where_presence_fails_hints_are_heard_all_the_same(small_on_server: Estate) -> None:
    here = small_on_server
    here.put(text("DROP TABLE presence"))
    desk = Desk(here)
    assert desk.until("present") == Present()
    here.subscribe("1-101")
    hint: Hint = desk.until("hint")
    assert [change.id for change in hint.changes] == [here.seen("1-101")[0]]
    desk.listener.stop(SOON)
    heard = [word for word, _ in iter(desk.heard.get, ("ended", None))]
    assert "joined" not in heard


def test_after_a_crash_of_the_server_nobody_is_anywhere(small_on_server: Estate) -> None:
    kept = text("SELECT relpersistence FROM pg_class WHERE relname = 'presence'")
    assert small_on_server.read(kept)[0] in ("u", b"u")


# --- nothing is lost

CHANGES = 600
WRITERS = 3


def write(here: Estate, chance: random.Random, done: Queue[None]) -> None:
    """Change units one after the other, now and then slowly: an early number that is committed late."""
    for _ in range(CHANGES // WRITERS):
        with here.desk().working(here.now) as work:
            if chance.random() < 0.1:
                work.connection.execute(text("SELECT pg_sleep(:s)"), {"s": chance.uniform(0, 0.02)})
            one = select(unit.c.id).order_by(unit.c.id).offset(chance.randrange(8)).limit(1).scalar_subquery()
            work.connection.execute(
                update(unit).where(unit.c.id == one).values(quoted=unit.c.quoted + 1, revision=work.revision)
            )
        done.put(None)


def test_no_change_is_lost_however_often_the_line_is_cut(small_on_server: Estate) -> None:
    here, chance, done = small_on_server, random.Random(20261122), Queue[None]()
    known: dict[int, int] = {}
    since = grid.news(here.desk(), 0).upto
    desk = Desk(here)
    desk.until("present")
    threads = [Thread(target=write, args=(here, random.Random(seed), done)) for seed in range(WRITERS)]
    for thread in threads:
        thread.start()
    broken, breaks = False, 0
    for _ in range(CHANGES):
        done.get(timeout=SOON)
        if chance.random() < 0.01:
            here.put(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                          "AND query NOT LIKE 'UPDATE%' AND state = 'idle' AND pid <> pg_backend_pid() "
                          "AND query LIKE '%presence%'"))  # fmt: skip
        while not desk.heard.empty():
            word, value = desk.heard.get()
            broken |= word == "lost"
            breaks += word == "lost"
            if word == "hint":
                known |= {change.id: change.quoted for change in value.changes}
            if word in ("hint", "joined"):
                found = grid.news(here.desk(), since, after_break=broken)
                known |= {change.id: change.quoted for change in found.changes}
                since, broken = found.upto, False
    for thread in threads:
        thread.join()
    if not breaks:  # on a busy PC the desk hears of it only now
        desk.until("lost")
    desk.leave()
    last = grid.news(here.desk(), since)
    known |= {change.id: change.quoted for change in last.changes}
    truth = {row.id: row.quoted for row in here.all(select(unit.c.id, unit.c.quoted).where(unit.c.quoted > 0))}
    assert sum(truth.values()) == CHANGES
    written = {number: quoted for number, quoted in known.items() if quoted}  # after a break older news come again
    assert written == truth


# --- a PC that dies

AT_A_UNIT = """
import sys, time
from salescenter.services.house import open_house
from salescenter.services.listening import Ears, Listener
quiet = lambda *_: None
desk = open_house(sys.argv[1]).log_in("boss", "")
listener = Listener(desk, Ears(quiet, quiet, lambda at: print("there", flush=True), quiet, quiet), time.monotonic)
listener.stand_at(int(sys.argv[2]), working=True)
listener.start()
sys.stdin.read()
"""


@pytest.fixture
def line(small_on_server: Estate) -> Iterator[Cable]:
    """The cable of the PC that dies."""
    url = small_on_server.house.url
    with cable(str(url.host), int(url.port or 5432)) as laid:
        yield laid
        laid.thaw()


LEFT = text("SELECT unit_id, until - (extract(epoch FROM clock_timestamp()) * 1000)::bigint FROM presence WHERE unit_id > 0")


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("death", ["killed", "asleep", "unplugged"])
def test_a_pc_that_dies_at_a_unit_leaves_it_by_itself(small_on_server: Estate, line: Cable, death: str) -> None:
    """What is left of it counts for less than five seconds, by the server's clock, whether or not its line is closed."""
    here = small_on_server
    number, _ = here.seen("1-101")
    desk = Desk(here)
    url = here.house.url.set(port=line.port).render_as_string(hide_password=False)
    command = [sys.executable, "-c", AT_A_UNIT, url, str(number)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        desk.until("present", Present((Onlooker(number, "沈知行", working=True),), 2))
        if death == "unplugged":
            line.freeze()
        else:
            other.send_signal({"killed": signal.SIGKILL, "asleep": signal.SIGSTOP}[death])
        unit_left, lasts = here.read(LEFT)  # it could take no leave
        assert unit_left == number
        assert lasts <= listening.LASTS
        desk.until("present", Present())
        assert here.read(LEFT)[1] <= 0
        other.kill()
    desk.leave()
