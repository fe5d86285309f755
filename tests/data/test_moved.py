"""A file whose house moved says where it went, takes no deed any more, and can be looked at again as a copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from salescenter.data import moved
from salescenter.domain.refusals import HouseMoved
from salescenter.services.house import open_house
from tests.houses import Estate, small, sqlite_model

__all__ = ["small", "sqlite_model"]

THERE = "postgresql://db/o'brien"


def marked(estate: Estate, there: str = THERE) -> Path:
    path = Path(str(estate.house.url.database))
    with closing(sqlite3.connect(path)) as raw, raw:
        moved.begin(raw)
        if there:
            moved.finish(raw, there)
    return path


def test_the_key_of_a_move_stays_the_same_at_every_try(small: Estate) -> None:
    path = marked(small, "")
    with closing(sqlite3.connect(path)) as raw:
        first, again = moved.read(raw), moved.begin(raw)
    assert first == again
    moved.demand_here(path)
    assert small.subscribe().unit


def test_a_desk_that_still_has_the_old_file_open_is_told_where_the_house_went(small: Estate) -> None:
    path = marked(small)
    with pytest.raises(HouseMoved) as refused:
        small.subscribe()
    assert refused.value.details == {"path": str(path), "to": THERE}
    assert small.deal("1-101") is None


def test_a_file_that_moved_says_where_to_go_and_its_copy_can_be_opened(small: Estate, tmp_path: Path) -> None:
    path = marked(small)
    with pytest.raises(HouseMoved):
        moved.demand_here(path)
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    moved.lift(copy)
    moved.demand_here(copy)
    open_house(copy).close()


def test_what_is_no_database_is_left_to_others(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("nothing of the kind")
    moved.demand_here(tmp_path / "x.db")
    moved.demand_here(tmp_path / "nowhere.db")
