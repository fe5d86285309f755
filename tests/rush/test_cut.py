"""A desk that is cut off in mid-deed: its unit is free in seconds, nobody else waits, an answer that was lost is asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from salescenter.data import again, patience, trips
from salescenter.data.engine import open_engine
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import BookExhausted, DatabaseAway, HeldElsewhere, TakenMeanwhile
from salescenter.domain.units import Step, UnitState
from salescenter.services import customers, grid
from salescenter.services.deals import claims, opening
from salescenter.services.deals.requests import Opened, Payment
from salescenter.services.work import Desk
from tests.cluster import end_line
from tests.houses import DEPOSIT, Estate
from tests.rush.cable import Cable, cable

ROOT = Path(__file__).resolve().parents[2]
PAID = Payment(DEPOSIT, Method.CARD, "陈一帆")


@pytest.fixture
def estate(small_on_server: Estate) -> Estate:
    """The house on a server."""
    return small_on_server


@pytest.fixture
def line(estate: Estate) -> Iterator[Cable]:
    """A cable to the house's server."""
    url = estate.house.url
    with cable(url.host or "", url.port or 0) as laid:
        yield laid


@pytest.fixture
def far(estate: Estate, line: Cable) -> Iterator[Desk]:
    """A consultant's desk at the end of the cable."""
    engine = open_engine(estate.house.url.set(host="127.0.0.1", port=line.port))
    yield replace(estate.desk("a"), engine=engine)
    line.cut()
    engine.dispose()


def sell_once(estate: Estate, who: str, code: str = "1-101") -> Opened:
    """Sell with a single try, that waits no longer for a lock than the limits allow."""
    with estate.desk(who).working(estate.now) as work:
        return opening.subscribe.within(work, estate.asked(code, paid=PAID, consultants=estate.seller(who)))


def test_a_desk_whose_plug_is_pulled_in_mid_deed_holds_up_its_unit_for_seconds(
    estate: Estate, far: Desk, line: Cable
) -> None:
    (unit, seen), pulled = estate.seen("1-101"), Event()

    def pull() -> None:
        with far.working(estate.now) as work:
            claims.look(work, unit, seen, Step.SUBSCRIBE)
            line.freeze()
            pulled.set()
            work.connection.execute(text("SELECT 1"))

    with ThreadPoolExecutor() as desks:
        cut_off = desks.submit(pull)
        assert pulled.wait(60)
        waiting = desks.submit(sell_once, estate, "b")
        assert sell_once(estate, "lead", "1-102").receipt_number == "A0000001"
        assert waiting.result(60).receipt_number == "A0000002"
        line.cut()
        line.thaw()
        assert isinstance(cut_off.exception(60), DatabaseAway)
    assert estate.broken() == []


@contextmanager
def standing_still(estate: Estate, who: str, code: str, where: str) -> Iterator[subprocess.Popen[str]]:
    """A program that subscribes a unit and stands still on the way; it is gone at the end."""
    address = estate.house.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.services.racer", address, who, code, where, "stop"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as still:
        try:
            assert still.stdin is not None
            assert still.stdout is not None
            assert still.stdout.readline() == "ready\n"
            still.stdin.write("go\n")
            still.stdin.flush()
            assert os.WIFSTOPPED(os.waitpid(still.pid, os.WUNTRACED)[1])
            yield still
        finally:
            still.kill()


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
@pytest.mark.parametrize("where", ["FROM customer", "commit"])
def test_a_program_that_stands_still_in_mid_deed_holds_up_its_unit_for_seconds(estate: Estate, where: str) -> None:
    with standing_still(estate, "a", "1-101", where) as still:
        assert sell_once(estate, "b").receipt_number == "A0000001"
        still.send_signal(signal.SIGCONT)
        assert still.communicate(timeout=60)[0] == f"taken-meanwhile {estate.people['b'].name}\n"
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_an_answer_lost_after_the_commit_was_sent_is_asked_for_with_the_same_key(
    estate: Estate, far: Desk, line: Cable
) -> None:
    lost: list[DBAPIError] = []
    event.listen(far.engine, "handle_error", lambda context: lost.append(context.sqlalchemy_exception))
    asked = estate.asked(paid=PAID, key="press-1")
    line.lose_answer_to(b"COMMIT")
    answer = opening.subscribe(far, asked, estate.later(seconds=1))
    assert [one.connection_invalidated for one in lost] == [True]
    assert answer.receipt_number == "A0000001"
    assert estate.state("1-101") is UnitState.SUBSCRIBED
    assert len(estate.receipts()) == len(estate.told(Step.SUBSCRIBE)) == 1
    assert opening.subscribe(estate.desk("a"), asked, estate.now) == answer
    assert estate.broken() == []


@pytest.mark.parametrize("where", ["FROM unit", "FROM customer", "COMMIT"])
def test_a_line_that_breaks_in_mid_deed_is_laid_anew_and_the_deed_done(
    estate: Estate, far: Desk, line: Cable, where: str
) -> None:
    cut: list[str] = []

    def break_once(*about: Any) -> None:
        if where in about[2] and not cut:
            cut.append(about[2])
            line.cut()

    event.listen(far.engine, "before_cursor_execute", break_once)
    answer = opening.subscribe(far, estate.asked(paid=PAID, key="press-1"), estate.now)
    assert len(cut) == 1
    assert answer.receipt_number == "A0000001"
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_a_subscription_takes_two_round_trips(estate: Estate, far: Desk, line: Cable) -> None:
    first, second = (estate.asked(code, paid=PAID, key=f"press-{code}") for code in ("1-101", "1-102"))
    opening.subscribe(far, first, estate.now)
    before = line.trips
    opening.subscribe(far, second, estate.now)
    assert line.trips - before == 2
    assert estate.broken() == []


def test_what_a_screen_asks_takes_one_round_trip_a_question(estate: Estate, far: Desk, line: Cable) -> None:
    """No beginning and no end of a transaction goes there and back beside it."""
    customers.find(far, "陈")
    before = line.trips
    assert customers.find(far, "陈")
    assert line.trips - before == 1


def test_without_a_key_nothing_is_done_twice_by_itself(estate: Estate, far: Desk, line: Cable) -> None:
    line.lose_answer_to(b"COMMIT")
    with pytest.raises(DatabaseAway):
        opening.subscribe(far, estate.asked(paid=PAID), estate.now)
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_a_server_that_is_not_there_is_told_at_once(estate: Estate, far: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = estate.asked(paid=PAID, key="press-1")
    monkeypatch.setattr(time, "sleep", pytest.fail)
    gone = replace(far, engine=open_engine(estate.house.url.set(port=1)))
    with pytest.raises(DatabaseAway):
        opening.subscribe(gone, asked, estate.now)


class UndoneError(Exception):
    """What the driver says when the server broke a work off."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(("sqlstate", "tries"), [("40P01", 2), ("40001", 2), ("53300", 1)])
def test_what_the_server_broke_off_is_done_again_even_without_a_key(sqlstate: str, tries: int) -> None:
    tried = []

    def once() -> None:
        tried.append(1)
        raise DatabaseAway(why="") from OperationalError("", {}, UndoneError(sqlstate))

    with pytest.raises(DatabaseAway):
        again.persist(once, answered_once=False)
    assert len(tried) == tries


@pytest.mark.parametrize(("breaks", "tries"), [(0, 1), (1, 3)])
def test_who_waited_for_a_lock_in_vain_is_told_at_once_but_waits_twice_for_what_a_broken_line_left(
    breaks: int, tries: int
) -> None:
    tried = []

    def once() -> None:
        tried.append(1)
        if len(tried) <= breaks:
            raise DatabaseAway(why="") from OperationalError("", {}, UndoneError(""), connection_invalidated=True)
        raise HeldElsewhere from OperationalError("", {}, UndoneError("55P03"))

    with pytest.raises(HeldElsewhere):
        again.persist(once, answered_once=True)
    assert len(tried) == tries


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_a_process_of_the_server_stopped_in_mid_deed_is_not_waited_for_by_anybody(
    estate: Estate, far: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own desk gives the line up and asks by the key; others after the unit are told, others elsewhere sell."""
    monkeypatch.setattr(patience, "SILENCE", 0.1)
    monkeypatch.setattr(patience, "CLAIM", 0.2)
    monkeypatch.setattr(patience, "ANSWERS_WITHIN", 60.0)
    monkeypatch.setattr(again, "WAITS", 100)  # on a busy PC the rest of this takes its time
    asked, elsewhere = (estate.asked(code, paid=PAID, key=code) for code in ("1-101", "1-102"))
    theirs = estate.asked("1-101", paid=PAID, key="theirs", consultants=estate.seller("b"))
    in_vain: list[str] = []
    gave_up = Event()
    event.listen(far.engine, "handle_error", lambda _: gave_up.set())
    with ThreadPoolExecutor() as desks, estate.house.engine.connect() as first:
        first.execute(text(f"SELECT 1 FROM person WHERE id = {far.who.id} FOR UPDATE"))  # asked for after the unit
        selling = desks.submit(opening.subscribe, far, asked, estate.now)
        waiting = text("SELECT pid FROM pg_locks WHERE NOT granted")
        while not (found := estate.read(waiting)):
            pass
        os.kill(found[0], signal.SIGSTOP)
        try:
            first.rollback()
            assert gave_up.wait(60)
            assert opening.subscribe(estate.desk("b"), elsewhere, estate.now).receipt_number == "A0000001"
            other = open_engine(estate.house.url)
            event.listen(other, "connect", lambda raw, _: soon(raw))
            event.listen(other, "handle_error", lambda context: in_vain.append(context.original_exception.sqlstate))
            with pytest.raises(HeldElsewhere):
                opening.subscribe(replace(estate.desk("b"), engine=other), theirs, estate.now)
            assert in_vain == ["55P03"]
            other.dispose()
        finally:
            os.kill(found[0], signal.SIGCONT)
        assert selling.result(60).receipt_number == "A0000002"
    assert estate.broken() == []


def test_who_only_looks_is_told_of_a_whole_table_kept_by_somebody_as_of_a_server_that_is_away(estate: Estate) -> None:
    """Its screen greys and heals by itself, as nobody pressed anything that could be pressed again."""
    other = open_engine(estate.house.url)
    event.listen(other, "connect", lambda raw, _: soon(raw))
    desk = replace(estate.desk("b"), engine=other)
    with estate.house.engine.connect() as keeper:
        keeper.execute(text("LOCK TABLE unit"))
        with pytest.raises(DatabaseAway):
            grid.cells(desk)
        with pytest.raises(HeldElsewhere):
            sell_once(replace(estate, house=replace(estate.house, engine=other)), "b")
    other.dispose()
    assert estate.broken() == []


def soon(raw: Any) -> None:
    """Wait for locks as briefly as a test may; that it is five seconds otherwise is asserted below."""
    raw.autocommit = True
    raw.execute("SET lock_timeout = '200ms'")
    raw.autocommit = False


def test_a_connection_the_server_closed_is_never_handed_out(estate: Estate) -> None:
    def ask(engine: Engine) -> int:
        with engine.connect() as connection:
            return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)

    first = ask(estate.house.engine)
    end_line(estate.house.url, first)
    assert ask(estate.house.engine) != first


def test_a_desk_that_stands_still_after_writing_many_rows_is_broken_off_too(estate: Estate) -> None:
    rows = [{"day": day} for day in range(3)]

    def stand_still() -> None:
        with estate.desk().working(estate.now) as work:
            pid = work.connection.scalar(text("SELECT pg_backend_pid()"))
            work.connection.execute(text("UPDATE tally SET fen = 0 WHERE day = :day"), rows)
            while estate.read(text(f"SELECT 1 FROM pg_stat_activity WHERE pid = {pid}")):
                pass

    with pytest.raises(DatabaseAway):
        stand_still()


def test_the_server_looks_whether_a_waiting_desk_is_still_there(estate: Estate) -> None:
    wanted: dict[str, str | None] = {
        "lock_timeout": "5s", "idle_in_transaction_session_timeout": "4s", "client_connection_check_interval": "1s",
    }  # fmt: skip
    shown = {name: estate.read(text("SELECT current_setting(:name, true)").bindparams(name=name))[0] for name in wanted}
    if int(estate.read(text("SHOW server_version_num"))[0]) < 140_000:
        wanted["client_connection_check_interval"] = None  # 13 cannot look
    assert shown == wanted


def test_the_loser_is_told_who_has_it_and_what_is_free_beside_it(estate: Estate) -> None:
    estate.later(minutes=1)
    asked = estate.asked("1-102", paid=PAID)
    estate.subscribe("1-102", who="b")
    with pytest.raises(TakenMeanwhile) as refused:
        opening.subscribe(estate.desk("a"), asked, estate.now)
    assert refused.value.details["by"] == estate.people["b"].name
    assert refused.value.details["free"] == ("1-101", "1-103", "1-202")


def test_who_comes_too_late_is_told_everything_at_once(estate: Estate, far: Desk, line: Cable) -> None:
    """One message, which the server itself breaks off: who was faster, when, with what, and what is free beside."""
    opening.subscribe(far, estate.asked("1-101", paid=PAID), estate.now)
    late = estate.asked("1-102", paid=PAID)
    estate.subscribe("1-102", who="b")
    before = line.trips
    with pytest.raises(TakenMeanwhile) as refused:
        opening.subscribe(far, late, estate.now)
    assert line.trips - before == 1
    assert refused.value.details == {
        "unit": "1-102", "by": estate.people["b"].name, "at": estate.now, "step": "subscribe",
        "state": UnitState.SUBSCRIBED, "free": ("1-103", "1-202", "1-201"),
    }  # fmt: skip


def test_who_waited_for_a_unit_in_vain_lets_go_of_it_at_once(estate: Estate, far: Desk, line: Cable) -> None:
    """The loser's message is stopped by the server itself, which then holds nothing for a desk that does not answer."""
    asked = estate.asked("1-102", paid=PAID, key="press-1")
    with ThreadPoolExecutor() as desks, estate.desk("b").working(estate.now) as work:
        opening.subscribe.within(work, estate.asked("1-102", paid=PAID, consultants=estate.seller("b")))
        loser = desks.submit(opening.subscribe, far, asked, estate.now)
        while not estate.read(text("SELECT 1 FROM pg_locks WHERE NOT granted")):
            pass
        line.freeze()
        work.connection.execute(text("SELECT 1"))
        trips.finish(work.connection)
        unit, _ = estate.seen("1-102")
        with estate.house.engine.begin() as other:
            other.execute(text(f"SELECT 1 FROM unit WHERE id = {unit} FOR NO KEY UPDATE"))
        line.thaw()
        assert isinstance(loser.exception(60), TakenMeanwhile)
    assert estate.broken() == []


def test_a_book_that_is_full_is_told_step_by_step(estate: Estate, far: Desk) -> None:
    with estate.house.engine.begin() as connection:
        connection.execute(text("UPDATE receipt_book SET last = next"))
    assert opening.subscribe(far, estate.asked("1-101", paid=PAID), estate.now).receipt_number == "A0000001"
    with pytest.raises(BookExhausted):
        opening.subscribe(far, estate.asked("1-102", paid=PAID), estate.now)
    assert len(estate.receipts()) == 1
    assert estate.broken() == []


def test_a_desk_cut_off_as_it_is_about_to_end_holds_up_no_receipts(estate: Estate, far: Desk, line: Cable) -> None:
    """Numbers are taken in the message that ends the work: before that nobody waits for a desk but at its own unit."""
    opening.subscribe(far, estate.asked("1-102", paid=PAID), estate.now)
    asked, pulled = estate.asked("1-101", paid=PAID, key="press-1"), Event()

    def pull(*about: Any) -> None:
        if about[2].startswith("COMMIT"):
            line.freeze()
            pulled.set()

    event.listen(far.engine, "before_cursor_execute", pull)
    with ThreadPoolExecutor() as desks:
        cut_off = desks.submit(opening.subscribe, far, asked, estate.now)
        assert pulled.wait(60)
        while not estate.read(text("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'")):
            pass
        with estate.house.engine.begin() as other:
            other.execute(text("SELECT 1 FROM receipt_book FOR UPDATE NOWAIT"))
            other.execute(text("SELECT 1 FROM series FOR UPDATE NOWAIT"))
        event.remove(far.engine, "before_cursor_execute", pull)
        line.cut()
        line.thaw()
        assert cut_off.result(60).receipt_number == "A0000002"
    assert estate.broken() == []
