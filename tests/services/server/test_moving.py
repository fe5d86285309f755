"""Moving a house from its file to a server: all of it, once, whatever happens in the middle."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import URL

from salescenter.data.engine import plain
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.domain.money import Money
from salescenter.domain.refusals import (
    DatabaseAway,
    FieldMalformed,
    HouseMoved,
    MoveDiffers,
    MoveUnfinished,
    NoDatabaseFile,
    Stopped,
    TargetTaken,
)
from salescenter.domain.units import UnitState
from salescenter.services import sealing, upkeep
from salescenter.services.house import open_house
from salescenter.services.new_house import NewHouse, make_house
from salescenter.services.server import arriving, comparing, copying, moving
from salescenter.services.server.moving import move
from tests.houses import NOON, Estate, at_home

ROOT = Path(__file__).resolve().parents[3]

DIES = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from salescenter.services.server import arriving, copying, moving

copying.CHUNK = 5
at = int(sys.argv[3])

def tell(done, of, what):
    if 0 <= at <= done:
        os.kill(os.getpid(), signal.SIGKILL)

if at == -1:  # between the file, which is closed, and the server, which is not yet opened
    arriving.finish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
if at == -2:  # within the last piece of work
    arriving._go_on_counting = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
moving.move(Path(sys.argv[1]), sys.argv[2], datetime(2026, 3, 3, tzinfo=timezone.utc), tell)
"""


@pytest.fixture(autouse=True)
def little_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "CHUNK", 5)


@pytest.fixture
def house(small: Estate) -> Path:
    """A house with a contract, a receipt and a family, nobody at its desks."""
    small.carried_to(UnitState.SIGNED)
    small.receive(amount=1_000)
    sealing.seal(small.desk(), small.now)
    small.reserve("1-102")
    small.house.close()
    return Path(str(small.house.url.database))


@pytest.fixture
def where(pg_url: URL) -> str:
    return pg_url.render_as_string(hide_password=False)


@pytest.fixture
def there(where: str) -> Iterator[Estate]:
    """The house on the server, opened when the test asks."""
    found: list[Estate] = []

    class Late:
        def __getattr__(self, name: str) -> object:
            if not found:
                found.append(at_home(open_house(where)))
            return getattr(found[0], name)

        def __setattr__(self, name: str, value: object) -> None:
            setattr(found[0], name, value)

    yield Late()  # type: ignore[misc]
    for one in found:
        one.house.close()


def dies(file: Path, where: str, at: int) -> None:
    done = subprocess.run([sys.executable, "-c", DIES, str(file), where, str(at)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL


def closed(file: Path) -> bool:
    try:
        open_house(file).close()
    except HouseMoved:
        return True
    return False


# --- the whole way


def test_a_house_moves_with_all_its_rows_and_money_and_work_goes_on_there(
    house: Path, where: str, there: Estate, pg_url: URL
) -> None:
    told: list[tuple[int, int, str]] = []
    done = move(house, where, NOON, lambda *word: told.append(word))
    assert (done.to, done.broken, done.already) == (plain(pg_url, account=False), (), False)
    sums = {one.what: (one.project, one.rows, one.amount) for one in done.totals}
    assert sums["receipts"] == ("云栖花园", 3, Money.yuan(26_000))
    assert sums["deals"][1] == 2
    assert told[-1][0] == told[-1][1] == 2 * done.rows
    assert there.broken() == []
    there.later(days=1)
    there.subscribe("1-103")
    there.receive("1-103")
    assert sealing.state(there.desk()).block == 1  # sealed in the file, and it holds on the server
    assert sealing.seal(there.desk(), there.now)
    assert sealing.state(there.desk()).waiting == 0
    assert there.broken() == []
    assert [one.number for one in there.all(select(history.c.after["from"].label("number")).where(
        history.c.subject == arriving.SUBJECT))] == ["house.db"]  # fmt: skip


def test_every_revision_that_moved_is_lower_than_any_the_server_gives_out(house: Path, where: str, there: Estate) -> None:
    move(house, where, NOON)
    assert {row.revision for row in there.all(select(unit.c.revision))} == {copying.MOVED_REVISION}


def test_moving_twice_is_as_moving_once(house: Path, where: str, there: Estate) -> None:
    rows = move(house, where, NOON).rows
    there.subscribe("1-103")
    again = move(house, where, NOON)
    assert (again.already, again.rows) == (True, rows)
    assert there.state("1-103") is UnitState.SUBSCRIBED


def test_the_old_file_says_where_the_house_went_and_a_copy_shows_what_it_was(
    house: Path, where: str, pg_url: URL, tmp_path: Path
) -> None:
    move(house, where, NOON)
    with pytest.raises(HouseMoved) as refused:
        open_house(house)
    assert refused.value.details == {"path": str(house), "to": plain(pg_url, account=False)}
    upkeep.restore(house, tmp_path / "as-it-was.db")
    copy = at_home(open_house(tmp_path / "as-it-was.db"))
    assert copy.state("1-101") is UnitState.SIGNED
    copy.house.close()
    assert closed(house)


def test_a_desk_still_open_is_told_and_nothing_is_written_past_the_move(house: Path, where: str) -> None:
    desk = at_home(open_house(house))
    move(house, where, NOON)
    with pytest.raises(HouseMoved):
        desk.subscribe("1-103")
    desk.house.close()


def test_nobody_can_change_the_file_while_it_moves_but_everybody_reads(
    house: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("salescenter.data.engine.BUSY_MS", 50)
    desk = at_home(open_house(house))
    refused: list[DatabaseAway] = []

    def tell(done: int, of: int, what: str) -> None:
        assert desk.state("1-103") is UnitState.FOR_SALE
        if not refused:
            with pytest.raises(DatabaseAway) as met:
                desk.subscribe("1-103")
            refused.append(met.value)

    move(house, where, NOON, tell)
    desk.house.close()
    assert refused


# --- interrupted


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
@pytest.mark.parametrize("at", [0, 40, 200, -2, -1])
def test_killed_anywhere_it_goes_on_where_it_stopped(house: Path, where: str, there: Estate, at: int) -> None:
    dies(house, where, at)
    with pytest.raises(MoveUnfinished):
        open_house(where)
    assert closed(house) is (at < 0)  # up to the last step the file is the house
    begun: list[int] = []
    move(house, where, NOON, lambda done, of, what: begun.append(done))
    assert begun[0] >= 0
    assert there.broken() == []
    assert closed(house)


@pytest.mark.skipif(os.name == "nt", reason="POSIX only")
def test_what_has_arrived_is_not_sent_again(house: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    dies(house, where, 40)
    sent: list[int] = []
    send = copying.send
    monkeypatch.setattr(moving, "send", lambda *said: sent.append(send(*said)))
    whole = move(house, where, NOON).rows
    assert whole - 45 <= sum(sent) <= whole - 40


def test_stopped_by_the_user_nothing_was_switched(house: Path, where: str) -> None:
    def tell(done: int, of: int, what: str) -> None:
        if done > 60:
            raise Stopped(what="move")

    with pytest.raises(Stopped):
        move(house, where, NOON, tell)
    assert not closed(house)
    assert move(house, where, NOON).rows


def test_a_file_that_changed_since_is_carried_anew(house: Path, where: str, there: Estate) -> None:
    with pytest.raises(Stopped):
        move(house, where, NOON, stop_late)
    desk = at_home(open_house(house))
    desk.now = NOON.replace(day=4)
    desk.subscribe("1-103")
    desk.house.close()
    move(house, where, NOON)
    assert there.state("1-103") is UnitState.SUBSCRIBED
    assert there.broken() == []


def stop_late(done: int, of: int, what: str) -> None:
    if done > of * 0.9:
        raise Stopped(what="move")


def test_what_changed_on_the_way_is_found_and_nothing_is_switched(house: Path, where: str) -> None:
    with pytest.raises(Stopped):
        move(house, where, NOON, stop_late)
    with psycopg.connect(where.replace("+psycopg", "")) as server:
        server.execute("UPDATE customer SET name = '陈一凡' WHERE name = '陈一帆'")
    with pytest.raises(MoveDiffers) as refused:
        move(house, where, NOON)
    assert refused.value.details["what"] == "customer"
    assert not closed(house)


def test_money_that_does_not_add_up_alike_is_found_by_the_sums_alone(
    house: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Stopped):
        move(house, where, NOON, stop_late)
    with psycopg.connect(where.replace("+psycopg", "")) as server:
        server.execute("UPDATE due SET paid = paid + 1")
    monkeypatch.setattr(comparing, "carried", tuple)  # as if the rows were found to be the same
    with pytest.raises(MoveDiffers) as refused:
        move(house, where, NOON)
    assert refused.value.details["what"] == "paid"
    assert not closed(house)


def test_the_links_between_tables_are_as_before(house: Path, where: str, small_on_server: Estate) -> None:
    asked = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 2"""
    move(house, where, NOON)
    model = small_on_server.house.url.render_as_string(hide_password=False)
    found = []
    for url in (where, model):
        with psycopg.connect(url.replace("+psycopg", "")) as server:
            found.append(server.execute(asked).fetchall())
    assert found[0] == found[1]


# --- refused


def test_a_server_that_holds_another_house_is_left_alone(house: Path, where: str) -> None:
    make_house(where, NewHouse("别处", "王", "wang")).close()
    with pytest.raises(TargetTaken):
        move(house, where, NOON)
    other = open_house(where)
    assert [one.name for one in other.projects()] == ["别处"]
    other.close()
    assert not closed(house)


def test_half_of_another_house_is_left_alone(house: Path, where: str, tmp_path: Path, sqlite_model: Path) -> None:
    with pytest.raises(Stopped):
        move(house, where, NOON, stop_late)
    other = tmp_path / "other.db"
    other.write_bytes(sqlite_model.read_bytes())
    with pytest.raises(TargetTaken):
        move(other, where, NOON)


def test_a_database_of_another_program_is_left_alone(house: Path, where: str) -> None:
    with psycopg.connect(where.replace("+psycopg", "")) as server:
        server.execute("CREATE TABLE theirs (x int)")
    with pytest.raises(TargetTaken):
        move(house, where, NOON)


def test_two_moves_at_once_are_not_possible(house: Path, where: str) -> None:
    def tell(done: int, of: int, what: str) -> None:
        with psycopg.connect(where.replace("+psycopg", "")) as server:
            assert server.execute(arriving._LOCK).fetchone() == (False,)
        raise Stopped(what="move")

    with pytest.raises(Stopped):
        move(house, where, NOON, tell)


def test_what_is_no_file_or_no_server_is_refused(house: Path, where: str, tmp_path: Path) -> None:
    with pytest.raises(NoDatabaseFile):
        move(tmp_path / "nowhere.db", where, NOON)
    with pytest.raises(FieldMalformed):
        move(house, str(tmp_path / "other.db"), NOON)


def test_a_file_that_went_elsewhere_does_not_move_twice(house: Path, where: str) -> None:
    move(house, where, NOON)
    with pytest.raises(HouseMoved):
        move(house, "postgresql://sales@127.0.0.1:1/elsewhere", NOON)


def test_a_character_no_server_takes_is_named_before_anything_is_switched(house: Path, where: str) -> None:
    with closing(sqlite3.connect(house)) as raw, raw:
        raw.execute("UPDATE customer SET name = 'a' || char(0) || 'b' WHERE id = 2")
    with pytest.raises(MoveDiffers) as refused:
        move(house, where, NOON)
    assert "0x00" in str(refused.value.details["what"])
    assert not closed(house)
