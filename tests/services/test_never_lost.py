"""Never lost: disks that are full or read-only, files held or damaged, servers without room: a sentence, and all is there."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text

from salescenter.data import engine as engines
from salescenter.data.deals import deal
from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import (
    CannotWrite,
    DatabaseHeld,
    LookUntold,
    NoServerToWrite,
    ServerDamaged,
    ServerDiskFull,
)
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Step, UnitState
from salescenter.services import customers, grid, sealing, upkeep
from salescenter.services.check import check
from salescenter.services.house import open_house
from salescenter.services.papers import archive
from salescenter.services.work import Desk
from salescenter.ui.kit.words import refusal_words
from tests.houses import NOON, Estate, at_home

ROOT = Path(__file__).resolve().parents[2]
needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def path_of(estate: Estate) -> Path:
    return Path(str(estate.house.url.database))


def is_a_sentence(trouble: Refusal | Weather) -> bool:
    """Say whether it has words of its own and a remedy, and no placeholder is left in them."""
    return all(said and not any(f"{{{name}}}" in said for name in trouble.details) for said in refusal_words(trouble))


# --- a disk that cannot be written


READ_ONLY = """
import os, sys
from salescenter.domain.refusals import CannotWrite
from salescenter.services.house import open_house
from salescenter.ui.kit.words import refusal_words

def work(where):
    try:
        open_house(where).close()
    except CannotWrite as trouble:
        print(trouble.code, all(refusal_words(trouble)))

work(sys.argv[1])  # whatever is imported late, an ordinary user may not be able to read
if os.geteuid() == 0:
    os.setuid(65534)
work(sys.argv[2])
"""


@pytest.fixture
def read_only(small: Estate) -> Iterator[Path]:
    """The house in a folder where nobody may write."""
    folder = Path(tempfile.mkdtemp())
    with closing(sqlite3.connect(path_of(small))) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(path_of(small), folder / "house.db")
    (folder / "house.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "house.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


@needs_posix
def test_a_house_on_a_read_only_disk_is_not_opened_and_says_why(small: Estate, read_only: Path) -> None:
    before = read_only.read_bytes()
    ended = subprocess.run([sys.executable, "-c", READ_ONLY, str(path_of(small)), str(read_only)], cwd=ROOT,
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert (ended.stdout, ended.stderr) == ("cannot-write True\n", "")
    assert [file.name for file in read_only.parent.iterdir()] == ["house.db"]
    assert read_only.read_bytes() == before


def test_a_disk_that_becomes_read_only_while_desks_work_is_read_on_and_loses_nothing(small: Estate) -> None:
    sold = small.subscribe(key="press")
    on = lambda raw, *_: raw.execute("PRAGMA query_only=ON").close()  # noqa: E731  what SQLite does where the disk refuses
    event.listen(small.house.engine, "checkout", on)
    for deed in (lambda: small.subscribe("1-102", key="again"), lambda: sealing.seal(small.desk(), small.now)):
        with pytest.raises(CannotWrite) as refused:
            deed()
        assert is_a_sentence(refused.value)
    assert len(grid.cells(small.desk())) == 11
    event.remove(small.house.engine, "checkout", on)
    event.listen(small.house.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only=OFF").close())
    assert small.subscribe(key="press").deal == sold.deal
    assert small.subscribe("1-102", key="again").deal
    assert small.broken() == []


def test_while_nothing_can_be_written_a_paper_is_not_shown_and_says_why(small: Estate) -> None:
    """It shows numbers whole, and the history is told first who looks: what nobody could be told of stays shut."""
    sold = small.subscribe()
    asked = archive.PrintRequest("subscription", sold.number, "认购书", b"%PDF whole", deal=sold.deal)
    number = archive.keep(small.desk(), asked, small.now).paper
    on = lambda raw, *_: raw.execute("PRAGMA query_only=ON").close()  # noqa: E731
    event.listen(small.house.engine, "checkout", on)
    looks = (
        partial(archive.as_it_was, small.desk(), number, small.now),
        partial(archive.take_out, small.desk(), number, small.now),
        partial(customers.reveal, small.desk(), small.customers["陈一帆"], small.now),
    )
    for look in looks:
        with pytest.raises(LookUntold) as refused:
            look()
        assert is_a_sentence(refused.value)
    event.remove(small.house.engine, "checkout", on)
    event.listen(small.house.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only=OFF").close())
    assert [row.subject for row in small.told(Step.REVEAL)] == []
    assert archive.as_it_was(small.desk(), number, small.now) == b"%PDF whole"
    assert [row.subject for row in small.told(Step.REVEAL)] == ["paper"]


# --- a file another program keeps to itself


def test_a_file_another_program_holds_is_said_to_be_held_and_the_same_press_goes_on(
    small: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.house.close()
    monkeypatch.setattr(engines, "BUSY_MS", 20)
    estate = at_home(open_house(path_of(small)))
    with closing(sqlite3.connect(path_of(small), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseHeld) as refused:
            estate.subscribe(key="press")
        assert refused.value.details["path"] == str(path_of(small))
        assert is_a_sentence(refused.value)
        assert estate.state("1-101") is UnitState.FOR_SALE  # a write-ahead log is read all the same
    assert estate.subscribe(key="press").number == "RG202600001"
    assert estate.broken() == []
    estate.house.close()


# --- a damaged file


def truncated(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def flipped(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(data) // 4096) * 4096
    for _ in range(chance.choice((1, 30, 2000))):
        data[page + chance.randrange(4096)] ^= 1 << chance.randrange(8)


def zeroed(data: bytearray, chance: random.Random) -> None:
    page = chance.randrange(len(data) // 4096) * 4096
    data[page : page + 4096] = bytes(4096)


Damage = Callable[[bytearray, random.Random], None]


@pytest.fixture
def whole(small: Estate) -> bytes:
    """A lively house, its journal in the file."""
    small.carried_to(UnitState.SIGNED)
    sealing.seal(small.desk(), small.now)
    small.house.close()
    return path_of(small).read_bytes()


@pytest.mark.parametrize("damage", [truncated, flipped, zeroed])
def test_a_file_damaged_anywhere_is_said_to_be_so_or_read_but_never_a_fault(
    small: Estate, whole: bytes, tmp_path: Path, damage: Damage
) -> None:
    said = 0
    for seed in range(12):
        data = bytearray(whole)
        damage(data, random.Random(seed))
        bad = tmp_path / f"{seed}.db"
        bad.write_bytes(data)
        troubles = [one for one in met(bad, tmp_path / f"{seed}-copy.db") if one is not None]
        assert all(is_a_sentence(one) for one in troubles), seed
        said += bool(troubles)
        assert bad.read_bytes()[:16] == data[:16]  # nobody "repaired" it
    assert said >= 4


def met(path: Path, copy: Path) -> Iterator[Refusal | Weather | None]:
    """What is met when a file is backed up, opened, looked at, checked and written into."""
    yield told(lambda: upkeep.backup(path, copy))
    try:
        house = open_house(path)
    except (Refusal, Weather) as trouble:
        yield trouble
        return
    with closing(house):
        yield told(lambda: house.log_in("boss", ""))
        desk = Desk(house.engine, Person(1, "沈知行", Role.MANAGER), 1)
        for work in (grid.cells, check, lambda at: sealing.seal(at, NOON)):
            yield told(partial(work, desk))


def told(work: Callable[[], object]) -> Refusal | Weather | None:
    try:
        work()
    except (Refusal, Weather) as trouble:
        return trouble
    return None


# --- a server in trouble


TROUBLES = {
    "53100": ('could not extend file "base/16384/16423": No space left on device', ServerDiskFull),
    "XX001": ("invalid page in block 7 of relation base/16384/16423", ServerDamaged),
}


@pytest.mark.parametrize("code", TROUBLES)
def test_a_server_without_room_or_damaged_is_said_to_be_so_and_the_same_press_goes_on(
    small_on_server: Estate, code: str
) -> None:
    estate, (message, kind) = small_on_server, TROUBLES[code]
    estate.put(text(
        "CREATE FUNCTION in_trouble() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = '{message}'; END $$"
    ))  # fmt: skip
    estate.put(text("CREATE TRIGGER in_trouble BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION in_trouble()"))
    before = [estate.count(table) for table in (deal, history, receipt)]
    with pytest.raises(kind) as refused:
        estate.subscribe(key="press")
    assert is_a_sentence(refused.value)
    assert [estate.count(table) for table in (deal, history, receipt)] == before
    estate.put(text("DROP TRIGGER in_trouble ON receipt"))
    assert estate.subscribe(key="press").number == "RG202600001"
    assert estate.broken() == []


def test_a_server_that_takes_no_changes_is_read_on_and_says_why(small_on_server: Estate) -> None:
    estate = small_on_server

    set_read_only(estate, "on")
    for deed in (lambda: estate.subscribe(key="press"), lambda: sealing.seal(estate.desk(), estate.now)):
        with pytest.raises(NoServerToWrite) as refused:
            deed()
        assert is_a_sentence(refused.value)
    assert len(grid.cells(estate.desk())) == 11
    set_read_only(estate, "off")
    assert estate.subscribe(key="press").number == "RG202600001"
    assert estate.broken() == []


def set_read_only(estate: Estate, how: str) -> None:
    """Let the server take no changes, as a standby does, or take them again."""
    address = estate.house.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True, options="-c default_transaction_read_only=off") as line:
        line.execute(f'ALTER DATABASE "{estate.house.url.database}" SET default_transaction_read_only = {how}'.encode())
    estate.house.engine.dispose()
