"""Backups that nobody has to think of: due, restored for a trial, copied to a second disk, rotated."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from salescenter.domain.backup_plan import BackupPlan
from salescenter.domain.errors import Weather
from salescenter.domain.refusals import CannotWrite, LawsBroken, NotYours
from salescenter.services import auto_backup, backups, sealing, upkeep
from salescenter.services.house import open_house
from salescenter.services.payments.lists import CloseDayRequest, close_day
from tests.houses import NOON, Estate


@pytest.fixture
def folder(small: Estate, tmp_path: Path) -> Path:
    """The folder the house's plan names."""
    planned(small, tmp_path / "kept")
    return tmp_path / "kept"


def planned(estate: Estate, folder: Path, **more: Any) -> None:
    auto_backup.change_plan(estate.desk(), BackupPlan(str(folder), **more), NOON)


def test_it_is_due_until_it_is_made_and_again_when_the_hours_are_over(small: Estate, folder: Path) -> None:
    desk = small.desk("a")  # whoever is logged in
    assert auto_backup.due(desk, NOON)
    made = auto_backup.make(desk, NOON)
    assert made.done.broken == ()
    assert not auto_backup.due(desk, NOON + timedelta(hours=3, minutes=59))
    assert auto_backup.due(desk, NOON + timedelta(hours=4))
    found = backups.last(desk)
    assert found is not None
    assert (Path(found.path), found.at) == (made.done.path, NOON)
    assert [one.path for one in auto_backup.listed(desk)] == [made.done.path]


def test_the_days_close_makes_one_due(small: Estate, folder: Path) -> None:
    auto_backup.make(small.desk(), NOON)
    evening = NOON + timedelta(hours=1)
    close_day(small.desk("cash"), CloseDayRequest(NOON.date()), evening)
    assert auto_backup.due(small.desk(), evening)
    auto_backup.make(small.desk(), evening + timedelta(seconds=2))
    assert not auto_backup.due(small.desk(), evening + timedelta(seconds=3))


def test_what_was_sold_stands_in_the_backup(small: Estate, folder: Path) -> None:
    small.subscribe()
    made = auto_backup.make(small.desk(), NOON)
    house = open_house(made.done.path)
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM deal").scalar() == 1
    house.close()


def test_each_is_copied_to_the_second_disk(small: Estate, tmp_path: Path) -> None:
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"))
    made = auto_backup.make(small.desk(), NOON)
    assert made.trouble is None
    assert made.second is not None
    assert made.second.read_bytes() == made.done.path.read_bytes()
    assert [file.name for file in (tmp_path / "stick").iterdir()] == [made.done.path.name]


def test_a_second_disk_that_is_away_is_said_and_the_first_copy_stands(small: Estate, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("a file where a disk should be")
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"))
    made = auto_backup.make(small.desk(), NOON)
    assert isinstance(made.trouble, CannotWrite)
    assert made.done.path.exists()
    found = backups.last(small.desk())
    assert found is not None
    assert found.at == NOON


def test_a_copy_on_the_second_disk_that_differs_is_said(
    small: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"))

    def badly(source: Path, target: Path) -> None:
        target.parent.mkdir()
        target.write_bytes(source.read_bytes()[:-1])

    monkeypatch.setattr(auto_backup, "copied_to", badly)
    made = auto_backup.make(small.desk(), NOON)
    assert made.trouble is not None
    assert made.trouble.details["why"] == "differs"


def test_a_copy_that_cannot_be_read_back_from_the_second_disk_is_said(
    small: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"))
    monkeypatch.setattr(auto_backup, "copied_to", lambda _source, _target: None)  # a stick drawn out at that moment
    made = auto_backup.make(small.desk(), NOON)
    assert made.trouble is not None
    assert made.trouble.details["path"] == str(tmp_path / "stick" / made.done.path.name)
    assert made.done.path.exists()


def test_an_old_one_that_cannot_be_taken_away_keeps_no_new_one_from_being_made(small: Estate, folder: Path) -> None:
    planned(small, folder, days=1, weeks=0, months=0)
    first = auto_backup.make(small.desk(), NOON)
    stuck = first.done.path.with_name(first.done.path.name.replace("20260302", "20260301"))
    stuck.mkdir()  # as a file held by another program, it cannot be taken away
    made = auto_backup.make(small.desk(), NOON + timedelta(days=3))
    assert made.removed == 1
    assert {file.name for file in folder.iterdir()} == {stuck.name, made.done.path.name}


def test_old_ones_go_on_both_disks_and_nobody_elses_files(small: Estate, tmp_path: Path) -> None:
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"), days=2, weeks=0, months=0)
    stranger = tmp_path / "kept" / "holiday-auto-20260101-120000.db"
    stranger.parent.mkdir()
    stranger.write_text("another house's")
    by_hand = tmp_path / "kept" / backups.file_name(small.desk(), NOON)
    backups.make(small.desk(), by_hand, NOON)
    for day in range(4):
        made = auto_backup.make(small.desk(), NOON + timedelta(days=day))
    assert made.removed == 2  # one on each disk
    left = {one.at.date().isoformat() for one in auto_backup.listed(small.desk())}
    assert left == {"2026-03-04", "2026-03-05"}
    assert len(list((tmp_path / "stick").iterdir())) == 2
    assert stranger.exists()
    assert by_hand.exists()


def test_a_backup_that_breaks_a_law_is_no_good_one_and_removes_nothing(small: Estate, folder: Path) -> None:
    planned(small, folder, days=1, weeks=0, months=0)
    first = auto_backup.make(small.desk(), NOON)
    small.alter("1-101", state=60)
    later = NOON + timedelta(days=3)
    bad = auto_backup.make(small.desk(), later)
    assert bad.done.broken
    assert bad.removed == 0
    assert first.done.path.exists()
    found = backups.last(small.desk())
    assert found is not None
    assert found.at == NOON
    assert auto_backup.due(small.desk(), later + timedelta(hours=1))


def test_only_who_keeps_the_settings_changes_the_plan(small: Estate, folder: Path) -> None:
    with pytest.raises(NotYours):
        auto_backup.change_plan(small.desk("a"), BackupPlan(second="elsewhere"), NOON)
    assert auto_backup.plan(small.desk()).second == ""


def test_without_a_folder_it_goes_beside_the_database(small: Estate) -> None:
    database = Path(str(small.house.url.database)).absolute()
    found = auto_backup.plan(small.desk())
    assert Path(found.folder) == database.parent / "backups"
    auto_backup.change_plan(small.desk(), found, NOON)
    assert auto_backup.plan(small.desk()) == found


def test_a_full_disk_is_said_and_leaves_nothing(
    small: Estate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(upkeep, "_copy", full)
    with pytest.raises(Weather):
        auto_backup.make(small.desk(), NOON)
    assert list(folder.iterdir()) == []
    assert backups.last(small.desk()) is None


def test_the_history_is_sealed_before_it_is_copied(small: Estate, folder: Path) -> None:
    small.subscribe()
    made = auto_backup.make(small.desk("a"), NOON)
    with closing(sqlite3.connect(made.done.path)) as raw:
        (last,) = raw.execute("SELECT max(last) FROM seal").fetchone()
        assert last == raw.execute("SELECT max(id) FROM history").fetchone()[0]


def test_a_disk_too_full_to_seal_is_backed_up_all_the_same(
    small: Estate, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise CannotWrite(path="house.db", why="database or disk is full")

    monkeypatch.setattr(sealing, "seal", full)
    assert auto_backup.make(small.desk(), NOON).done.path.exists()


def test_what_failed_is_remembered_with_its_pc_until_a_good_one_is_made(
    small: Estate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").write_text("a file where a disk should be")
    planned(small, tmp_path / "kept", second=str(tmp_path / "stick"))
    assert backups.failed(small.desk()) is None
    auto_backup.make(small.desk("a"), NOON)
    no_stick = backups.failed(small.desk())
    assert no_stick is not None
    assert (no_stick.pc, type(no_stick.trouble)) == ("pc-a", CannotWrite)
    assert str(no_stick.trouble.details["path"]).startswith(str(tmp_path / "stick"))
    (tmp_path / "stick").unlink()
    auto_backup.make(small.desk("b"), NOON + timedelta(hours=5))
    assert backups.failed(small.desk()) is None
    last = backups.last(small.desk())
    assert last is not None
    assert last.pc == "pc-b"
    small.alter("1-101", state=60)
    auto_backup.make(small.desk("cash"), NOON + timedelta(hours=10))
    broken = backups.failed(small.desk())
    assert broken is not None
    assert (broken.pc, type(broken.trouble), broken.trouble.details["count"]) == ("pc-cash", LawsBroken, 1)
