"""A server that stands still while this PC's system goes on acknowledging: the line is given up, nobody waits."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text

from salescenter.data import patience
from salescenter.data.again import is_silent, is_unknown
from salescenter.data.engine import address, open_engine
from salescenter.data.listening import open_line
from salescenter.data.patience import Door, door_of, is_idle, is_there
from salescenter.data.weather import weather
from salescenter.domain.refusals import DatabaseAway, ServerSilent
from tests.pair import Member, guarded

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there is no such signal")


def still(server: Member, what: signal.Signals) -> None:
    """Stop every process of a server where it stands, or let it go on."""
    first = (server.data / "postmaster.pid").read_text().split()[0]
    others = subprocess.run(("pgrep", "-P", first), capture_output=True, text=True, check=False).stdout.split()
    for one in (first, *others):
        with suppress(ProcessLookupError):
            os.kill(int(one), what)


@pytest.fixture(scope="module")
def server() -> Iterator[Member]:
    with guarded() as one:
        yield one


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look soon whether the server is there; it has all the time a busy PC needs to answer."""
    monkeypatch.setattr(patience, "SILENCE", 0.2)
    monkeypatch.setattr(patience, "ANSWERS_WITHIN", 60.0)


def ask(engine: Engine, question: str) -> object:
    """Ask as every look does: what the surroundings do is told as weather."""
    with weather(engine), engine.connect() as line:
        return line.scalar(text(question))


def test_a_server_that_stands_still_is_weather_then_nobody_waits_and_whoever_knocks_lets_all_in_again(
    server: Member, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(address(server.url))
    looks: list[str] = []
    look = patience.is_there

    def looked(host: str, port: int) -> bool:
        looks.append(host)
        return look(host, port)

    monkeypatch.setattr(patience, "is_there", looked)
    assert ask(engine, "SELECT 7") == 7
    looks.clear()
    try:
        still(server, signal.SIGSTOP)
        monkeypatch.setattr(patience, "ANSWERS_WITHIN", 0.3)
        for _ in range(3):
            with pytest.raises(ServerSilent):
                ask(engine, "SELECT 7")
    finally:
        monkeypatch.setattr(patience, "ANSWERS_WITHIN", 60.0)
        still(server, signal.SIGCONT)
    assert looks == ["127.0.0.1"]  # the second and the third were told at once
    with pytest.raises(ServerSilent):
        ask(engine, "SELECT 7")  # the door is shut until somebody knocks
    with open_line(engine):
        assert ask(engine, "SELECT 7") == 7
    engine.dispose()


def test_a_question_that_takes_long_is_waited_for_while_the_server_is_there(
    server: Member, impatient: None
) -> None:
    engine = open_engine(address(server.url))
    assert ask(engine, "SELECT 7 FROM pg_sleep(0.7)") == 7
    engine.dispose()


def test_a_question_that_is_stuck_for_good_is_given_up_unless_it_may_take_its_time(
    server: Member, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(address(server.url))
    with engine.connect() as stuck, engine.connect() as line:
        patience.lift(line.connection.driver_connection)
        monkeypatch.setattr(patience, "LONGEST", 0.3)
        with pytest.raises(ServerSilent), weather(engine):
            stuck.execute(text("SELECT pg_sleep(60)"))
        assert door_of(engine).lets_in()
        assert line.scalar(text("SELECT 7 FROM pg_sleep(0.8)")) == 7
    engine.dispose()


def test_a_step_on_one_unit_that_is_stuck_at_work_is_given_up_sooner_and_its_outcome_asked_for(
    server: Member, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(address(server.url))
    monkeypatch.setattr(patience, "LONGEST", 1e9)
    with weather(engine), engine.connect() as line:
        patience.hasten(line.connection.driver_connection)
    assert ask(engine, "SELECT 7 FROM pg_sleep(0.5)") == 7  # what it was hastened for is over
    monkeypatch.setattr(patience, "CLAIM", 0.3)
    with engine.connect() as line:
        patience.hasten(line.connection.driver_connection)
        with pytest.raises(DatabaseAway, match="stands still") as told, weather(engine):
            line.execute(text("SELECT pg_sleep(60)"))
    assert is_unknown(told.value)
    assert door_of(engine).lets_in()
    engine.dispose()


def backend(engine: Engine) -> int:
    """The server's process for the engine's one connection."""
    return int(str(ask(engine, "SELECT pg_backend_pid()")))


@pytest.mark.parametrize("shown", ["on", "off"])
def test_a_process_of_the_server_that_stands_still_alone_costs_its_desk_one_question(
    server: Member, impatient: None, monkeypatch: pytest.MonkeyPatch, shown: str
) -> None:
    """The server is there, so the usual limit would be the longest; but that process was never seen at work."""
    server.order(f"ALTER ROLE sales SET track_activities = {shown}")
    monkeypatch.setattr(patience, "AGAIN", 0.1)
    monkeypatch.setattr(patience, "LONGEST", 1e9)
    engine = open_engine(address(server.url))
    still_one = backend(engine)
    waits = f"SELECT 1 FROM pg_stat_activity WHERE pid = {still_one} AND wait_event = 'ClientRead'"
    with psycopg.connect(server.url, autocommit=True) as look:
        while look.execute(waits.encode()).fetchone() is None:
            pass
    os.kill(still_one, signal.SIGSTOP)
    try:
        with pytest.raises(DatabaseAway, match="stands still") as told:
            ask(engine, "SELECT 7")
        assert is_unknown(told.value)  # so that a deed with a key is asked for again
        assert not is_silent(told.value)
        assert backend(engine) != still_one
    finally:
        os.kill(still_one, signal.SIGCONT)
        server.order("ALTER ROLE sales RESET track_activities")
    engine.dispose()


def test_a_process_nothing_can_be_learned_of_is_believed_to_work(
    server: Member, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(address(server.url))
    driver = engine.dialect.dbapi
    with engine.connect() as line:
        raw = line.connection.driver_connection
        assert is_idle(raw, driver, 0.0)
        assert not is_idle(raw, driver, 3_600.0)  # it had something to do within the hour
        monkeypatch.setattr(patience, "_IDLE", patience._IDLE.replace("pid =", "pid = 1 +"))
        assert not is_idle(raw, driver, 0.0)  # somebody stands between, and the number is theirs
        monkeypatch.setattr(patience, "_IDLE", "SELECT true, %(pid)s, %(seconds)s FROM pg_sleep(60)")
        monkeypatch.setattr(patience, "ANSWERS_WITHIN", 0.2)
        assert not is_idle(raw, driver, 0.0)  # as silent as the other
    engine.dispose()


def test_the_door_opens_by_itself_after_a_while_and_at_once_for_who_knocks() -> None:
    now = [100.0]
    door = Door(lambda: now[0])
    assert door.lets_in()
    door.shut()
    assert not door.lets_in()
    with door.knocking():
        assert door.lets_in()
    now[0] += patience.SHUT
    assert door.lets_in()
    door.shut()
    door.open()
    assert door.lets_in()


def test_a_server_is_found_by_its_socket_in_a_folder_too_and_one_that_says_nothing_is_not(
    server: Member, impatient: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_there("127.0.0.1", server.port)
    assert is_there(str(server.base), server.port)
    assert not is_there(str(tmp_path), server.port)
    monkeypatch.setattr(patience, "ANSWERS_WITHIN", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        assert not is_there("127.0.0.1", deaf.getsockname()[1])


def test_a_server_that_has_another_place_now_is_found_under_its_name_without_a_restart(
    server: Member, tmp_path: Path
) -> None:
    """A name is looked up for each connection; what it stood for when the desk started is remembered nowhere."""
    name = tmp_path / "server"
    engine = open_engine(address(f"postgresql://sales@/postgres?host={name}&port={server.port}"))
    for there, found in ((server.base, True), (tmp_path / "nowhere", False), (server.base, True)):
        name.unlink(missing_ok=True)
        name.symlink_to(there)
        engine.dispose()  # the old line broke with the old network
        if found:
            assert ask(engine, "SELECT 7") == 7
        else:
            with pytest.raises(DatabaseAway):
                ask(engine, "SELECT 7")
    engine.dispose()
