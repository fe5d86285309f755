"""Backup and restore: whole or not at all, while desks work, on full disks, from read-only media, over damaged files."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import update

from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.domain.refusals import (
    CannotWrite,
    DatabaseAway,
    NoDatabaseFile,
    NotADatabase,
    OnNetworkDrive,
)
from salescenter.domain.units import UnitState
from salescenter.services import upkeep
from salescenter.services.house import open_house
from tests.houses import Estate, at_home

ROOT = Path(__file__).resolve().parents[2]
needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def path_of(estate: Estate) -> Path:
    return Path(str(estate.house.url.database))


def leftovers(folder: Path) -> list[str]:
    """Files nobody asked for."""
    return sorted(file.name for file in folder.iterdir() if file.name.startswith(".") or "-wal" in file.name)


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A folder for the backups."""
    folder = tmp_path / "away"
    folder.mkdir()
    return folder


@pytest.fixture
def backed(small: Estate, away: Path) -> Path:
    """A backup made before anything was sold; since then a unit was."""
    upkeep.backup(path_of(small), away / "monday.db")
    small.subscribe()
    return away / "monday.db"


# --- backup


def test_a_backup_is_a_whole_house_with_a_sum(small: Estate, away: Path) -> None:
    small.subscribe()
    told: list[tuple[int, int]] = []
    done = upkeep.backup(path_of(small), away / "deep" / "monday.db", lambda *n: told.append(n))
    assert (done.path, done.broken) == (away / "deep" / "monday.db", ())
    assert done.bytes == done.path.stat().st_size
    assert done.sha256 == hashlib.sha256(done.path.read_bytes()).hexdigest()
    assert told[-1][0] == told[-1][1]
    assert leftovers(away / "deep") == []
    copy = at_home(open_house(done.path))
    assert copy.state("1-101") is UnitState.SUBSCRIBED
    copy.house.close()


def test_a_backup_says_what_is_broken_in_it(small: Estate, away: Path) -> None:
    small.subscribe()
    small.alter("1-101", buyer="", deal_id=None)
    done = upkeep.backup(path_of(small), away / "monday.db")
    assert "grid = deals: a unit in a deal's state has its living deal" in {one.law for one in done.broken}


def test_a_backup_while_desks_write_is_one_moment_of_the_house(small: Estate, away: Path) -> None:
    path, stop, written = path_of(small), Event(), Event()

    def write() -> None:
        with sqlite3.connect(path, timeout=10, isolation_level=None) as raw:
            while not stop.is_set():
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("UPDATE unit SET note = note || 'x'")
                raw.execute("UPDATE project SET address = address || 'x'")
                raw.execute("COMMIT")
                written.set()

    desk = Thread(target=write)
    desk.start()
    written.wait(timeout=30)
    done = upkeep.backup(path, away / "monday.db")
    stop.set()
    desk.join()
    with sqlite3.connect(done.path) as raw:
        notes = {len(row[0]) for row in raw.execute("SELECT note FROM unit")}
        address = len(raw.execute("SELECT address FROM project").fetchone()[0])
    assert notes == {address}
    assert address > 0
    assert done.broken == ()


def test_an_older_backup_is_replaced_only_by_a_whole_one(small: Estate, backed: Path) -> None:
    before = backed.read_bytes()
    small.house.close()
    path = path_of(small)
    path.write_bytes(path.read_bytes()[:5_000])
    with pytest.raises((NotADatabase, CannotWrite)):
        upkeep.backup(path, backed)
    assert backed.read_bytes() == before
    assert leftovers(backed.parent) == []


def test_a_house_is_not_backed_up_over_itself(small: Estate, tmp_path: Path) -> None:
    path = path_of(small)
    (tmp_path / "other-name.db").hardlink_to(path)
    for target in (path, tmp_path / "other-name.db"):
        with pytest.raises(CannotWrite) as refused:
            upkeep.backup(path, target)
        assert refused.value.details["why"] == "same-file"
    assert small.subscribe().deal


def test_nothing_is_backed_up_from_nowhere(away: Path) -> None:
    with pytest.raises(NoDatabaseFile):
        upkeep.backup(away / "none.db", away / "monday.db")
    assert list(away.iterdir()) == []


def test_a_letter_is_not_backed_up(away: Path) -> None:
    (away / "letter.db").write_text("Dear customer, " * 100)
    with pytest.raises(NotADatabase) as refused:
        upkeep.backup(away / "letter.db", away / "monday.db")
    assert refused.value.details["path"] == str(away / "letter.db")
    assert [file.name for file in away.iterdir()] == ["letter.db"]


# --- weather


def limited(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script that may write no file larger than 60,000 bytes: what a full disk does."""
    head = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from salescenter.domain.refusals import CannotWrite; from salescenter.services import upkeep\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        f"try:\n    {script}\nexcept CannotWrite as refusal:\n    print(refusal.code, refusal.details['why'])\n"
    )
    return subprocess.run(
        [sys.executable, "-c", head, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@needs_posix
def test_a_full_disk_keeps_the_older_backup(small: Estate, backed: Path) -> None:
    before = backed.read_bytes()
    ended = limited("upkeep.backup(sys.argv[1], Path(sys.argv[2]))", str(path_of(small)), str(backed))
    assert (ended.stdout.split()[:1], ended.stderr) == (["cannot-write"], "")
    assert backed.read_bytes() == before
    assert leftovers(backed.parent) == []


@needs_posix
def test_a_full_disk_keeps_the_house_as_it_was(small: Estate, backed: Path) -> None:
    small.house.close()
    before = path_of(small).read_bytes()
    ended = limited("upkeep.restore(Path(sys.argv[1]), sys.argv[2])", str(backed), str(path_of(small)))
    assert (ended.stdout.split()[:1], ended.stderr) == (["cannot-write"], "")
    assert path_of(small).read_bytes() == before
    assert at_home(open_house(path_of(small))).state("1-101") is UnitState.SUBSCRIBED


@needs_posix
def test_a_full_disk_in_mid_deed_is_weather_and_loses_nothing(small: Estate) -> None:
    small.house.close()
    script = (
        "import resource, signal, sys\nfrom salescenter.services.house import open_house\n"
        "from salescenter.domain.refusals import CannotWrite\nfrom tests.houses import at_home\n"
        "estate = at_home(open_house(sys.argv[1]))\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))\n"
        "try:\n    estate.subscribe()\nexcept CannotWrite as refusal:\n    print(refusal.code)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(path_of(small))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stdout == "cannot-write\n", ended.stderr
    again = at_home(open_house(path_of(small)))
    assert again.state("1-101") is UnitState.FOR_SALE
    assert again.subscribe().number == "RG202600001"
    assert again.broken() == []
    again.house.close()


def test_a_target_that_cannot_be_is_told(small: Estate, away: Path) -> None:
    (away / "file").write_text("x")
    with pytest.raises(CannotWrite) as refused:
        upkeep.backup(path_of(small), away / "file" / "monday.db")
    assert refused.value.details["path"] == str(away / "file" / "monday.db")


@pytest.mark.skipif(shutil.which("chattr") is None, reason="needs immutable folders, which stop root too")
def test_a_read_only_folder_is_told(small: Estate, away: Path) -> None:
    if subprocess.run(["chattr", "+i", str(away)], check=False, capture_output=True).returncode:
        pytest.skip("this disk knows no immutable folders")
    try:
        with pytest.raises(CannotWrite):
            upkeep.backup(path_of(small), away / "monday.db")
    finally:
        subprocess.run(["chattr", "-i", str(away)], check=True)


# --- restore


def test_a_backup_takes_the_place_of_the_house_which_is_kept(small: Estate, backed: Path) -> None:
    small.house.close()
    path = path_of(small)
    kept = upkeep.restore(backed, path)
    assert kept == path.with_name("house.before-1.db")
    house = at_home(open_house(path))
    assert house.state("1-101") is UnitState.FOR_SALE
    house.house.close()
    old = at_home(open_house(kept))
    assert old.state("1-101") is UnitState.SUBSCRIBED
    old.house.close()
    assert upkeep.restore(backed, path) == path.with_name("house.before-2.db")
    assert leftovers(path.parent) == []


def test_a_backup_is_restored_where_nothing_is(backed: Path, tmp_path: Path) -> None:
    assert upkeep.restore(backed, tmp_path / "fresh" / "house.db") is None
    open_house(tmp_path / "fresh" / "house.db").close()


def test_a_backup_on_a_medium_that_cannot_be_written_is_restored(small: Estate, backed: Path) -> None:
    small.house.close()
    backed.chmod(0o400)
    backed.parent.chmod(0o500)
    upkeep.restore(backed, path_of(small))
    backed.parent.chmod(0o700)
    assert at_home(open_house(path_of(small))).state("1-101") is UnitState.FOR_SALE
    assert [file.name for file in backed.parent.iterdir()] == ["monday.db"]


def test_a_house_somebody_has_open_is_not_replaced(small: Estate, backed: Path) -> None:
    path = path_of(small)
    assert small.count(history) > 0  # a desk sits there
    with pytest.raises(DatabaseAway) as refused:
        upkeep.restore(backed, path)
    assert refused.value.details == {"why": "in-use"}
    assert small.state("1-101") is UnitState.SUBSCRIBED
    assert small.subscribe("1-102").deal
    assert leftovers(path.parent) in ([], ["house.db-wal"])


def test_a_damaged_house_is_kept_aside_and_replaced(small: Estate, backed: Path) -> None:
    small.house.close()
    path = path_of(small)
    path.write_bytes(b"\0" * 10_000)
    kept = upkeep.restore(backed, path)
    assert isinstance(kept, Path)
    assert kept.read_bytes() == b"\0" * 10_000
    assert at_home(open_house(path)).state("1-101") is UnitState.FOR_SALE


@pytest.fixture
def bad_copies(backed: Path, away: Path) -> dict[str, Path]:
    """Backups that are none."""
    cut, letter, rotten = away / "cut.db", away / "letter.db", away / "rotten.db"
    cut.write_bytes(backed.read_bytes()[: backed.stat().st_size // 2])
    letter.write_text("Dear customer, " * 500)
    data = bytearray(backed.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 6_000] = b"\xff" * 6_000
    rotten.write_bytes(data)
    return {"cut": cut, "letter": letter, "rotten": rotten}


@pytest.mark.parametrize("name", ["cut", "letter", "rotten"])
def test_a_damaged_backup_replaces_nothing(small: Estate, bad_copies: dict[str, Path], name: str) -> None:
    small.house.close()
    path = path_of(small)
    before = path.read_bytes()
    with pytest.raises(NotADatabase):
        upkeep.restore(bad_copies[name], path)
    assert path.read_bytes() == before
    assert leftovers(path.parent) == []
    assert at_home(open_house(path)).state("1-101") is UnitState.SUBSCRIBED


def test_nothing_is_restored_from_nowhere_onto_itself_or_onto_a_network_drive(
    small: Estate, backed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoDatabaseFile):
        upkeep.restore(backed.with_name("none.db"), path_of(small))
    with pytest.raises(CannotWrite):
        upkeep.restore(path_of(small), path_of(small))
    monkeypatch.setattr(upkeep, "is_on_network", lambda _: True)
    with pytest.raises(OnNetworkDrive):
        upkeep.restore(backed, path_of(small))
    small.put(update(unit).values(note=""))
