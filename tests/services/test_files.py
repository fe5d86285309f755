"""Files that leave the house are there whole, or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from salescenter.domain.refusals import CannotWrite
from salescenter.services.files import demand_writable, write_file


def test_a_file_is_written_over_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "收据.pdf"
    file.write_bytes(b"before")
    write_file(file, b"after")
    assert file.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [file]


def test_a_full_disk_leaves_the_file_before_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(b"before")

    def half(self: Path, data: bytes) -> int:
        with self.open("wb") as out:
            out.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(CannotWrite) as refused:
        write_file(file, b"after")
    assert refused.value.details["path"] == str(file)
    assert "No space" in str(refused.value.details["why"])
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        write_file(tmp_path / "away" / "receipt.pdf", b"")


def test_a_database_is_never_written_over(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "house.db")) as house:
        house.execute("CREATE TABLE unit (id INTEGER)")
    before = (tmp_path / "house.db").read_bytes()
    with pytest.raises(CannotWrite) as refused:
        write_file(tmp_path / "house.db", b"a list")
    assert refused.value.details["why"] == "a-database"
    assert (tmp_path / "house.db").read_bytes() == before


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite) as refused:
        demand_writable(tmp_path)
    assert refused.value.details["why"] == "a-folder"
