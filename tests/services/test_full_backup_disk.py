"""Backups of a server onto a disk that is really full: a sentence about that disk, the earlier ones kept, work goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from salescenter.domain.backup_plan import BackupPlan
from salescenter.domain.refusals import CannotWrite
from salescenter.services import auto_backup, backups
from salescenter.services.auto_backup import Kept
from tests.houses import NOON, Estate
from tests.services.test_dumping import before, databases, programs
from tests.services.test_never_lost import is_a_sentence
from tests.small_disk import REST, empty, fill, small_disk

__all__ = ["before", "programs"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="small disks are for POSIX")

LATER = NOON + timedelta(hours=5)
EVENING = NOON + timedelta(hours=10)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for some backups of this house."""
    with small_disk(tmp_path / "disk", megabytes=8) as place:
        yield place


def on(place: Path) -> dict[str, bytes]:
    """Every file there, hidden ones too, but what fills the disk."""
    return {file.name: file.read_bytes() for file in place.iterdir() if file.name != REST}


def planned(estate: Estate, folder: Path, second: Path | str = "") -> Kept:
    """Plan backups into a folder, and make the first."""
    auto_backup.change_plan(estate.desk(), BackupPlan(str(folder), second=str(second)), NOON)
    return auto_backup.make(estate.desk(), NOON)


@pytest.mark.parametrize("left", [0, 20_000])
def test_a_full_disk_for_backups_is_said_of_that_disk_and_keeps_the_earlier_ones(
    small_on_server: Estate, pg_server: URL, before: set[str], disk: Path, left: int
) -> None:
    first = planned(small_on_server, disk)
    kept = on(disk)
    fill(disk, left)
    with pytest.raises(CannotWrite) as refused:
        auto_backup.make(small_on_server.desk(), LATER)
    assert refused.value.details == {
        "path": str(first.done.path).replace("120000", "170000"), "why": "No space left on device",
    }  # fmt: skip
    assert is_a_sentence(refused.value)
    assert (on(disk), list(kept)) == (kept, [first.done.path.name])
    assert databases(pg_server) == before
    said = backups.failed(small_on_server.desk())
    assert said is not None
    assert said.trouble.details == refused.value.details
    small_on_server.subscribe()
    empty(disk)
    auto_backup.make(small_on_server.desk(), EVENING)
    assert backups.failed(small_on_server.desk()) is None
    assert len(on(disk)) == 2


def test_a_second_disk_that_is_full_is_said_and_keeps_the_earlier_copies(
    small_on_server: Estate, before: set[str], tmp_path: Path, disk: Path
) -> None:
    first = planned(small_on_server, tmp_path / "kept", second=disk)
    assert first.second is not None
    copies = on(disk)
    fill(disk, 20_000)
    made = auto_backup.make(small_on_server.desk(), LATER)
    assert made.trouble is not None
    assert made.trouble.details == {"path": str(disk / made.done.path.name), "why": "No space left on device"}
    assert (on(disk), list(copies)) == (copies, [first.second.name])
    assert set(on(tmp_path / "kept")) == {first.done.path.name, made.done.path.name}
    assert backups.failed(small_on_server.desk()) is not None
    small_on_server.subscribe()
    empty(disk)
    again = auto_backup.make(small_on_server.desk(), EVENING)
    assert again.trouble is None
    assert backups.failed(small_on_server.desk()) is None
    assert set(on(disk)) == {first.second.name, again.done.path.name}
