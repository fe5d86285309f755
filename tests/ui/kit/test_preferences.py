"""Preferences outlive the program and survive a damaged file and a newer version's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salescenter.ui.kit.preferences import FILE, Preferences, load, save

LIKED = Preferences("en", dark=True, cells="safe", edited={"1": "#00FF00"}, database="/x.db", project="云栖花园",
                    people=(("manager", "沈知行", "销售经理"),), login="manager")


def test_what_was_preferred_is_there_for_the_next_start(tmp_path: Path) -> None:
    save(tmp_path / "new", LIKED)
    assert load(tmp_path / "new") == LIKED
    assert [file.name for file in (tmp_path / "new").iterdir()] == [FILE]


def test_the_first_start_has_the_usual_ones(tmp_path: Path) -> None:
    assert load(tmp_path) == Preferences()


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"people": 3}'])
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    assert load(tmp_path) == Preferences()


def test_what_a_newer_version_added_is_left_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps({"dark": True, "sound": "loud"}), "utf-8")
    assert load(tmp_path) == Preferences(dark=True)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        save(tmp_path / "file", LIKED)
