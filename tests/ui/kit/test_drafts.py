"""Half-filled forms outlive the program, and no disk trouble ever stops the typing."""

from __future__ import annotations

from pathlib import Path

from salescenter.domain.staff import NOBODY
from salescenter.ui.kit import drafts as kept
from salescenter.ui.kit.drafts import Drafts


def test_what_was_typed_is_there_for_the_next_start(tmp_path: Path) -> None:
    Drafts(tmp_path / "d").keep("subscribe:3-1201", {"name": "陈𬭚", "rooms": [2, 3], "known": True})
    assert Drafts(tmp_path / "d").recall("subscribe:3-1201") == {"name": "陈𬭚", "rooms": [2, 3], "known": True}


def test_drafts_of_two_forms_do_not_mix(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("a/b", {"x": 1})
    drafts.keep("a:b", {"x": 2})
    assert (drafts.recall("a/b"), drafts.recall("a:b")) == ({"x": 1}, {"x": 2})


def test_a_finished_form_leaves_no_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("form", {"x": 1})
    drafts.drop("form")
    drafts.drop("form")
    assert drafts.recall("form") == {}
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_draft_counts_as_none(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("form", {"x": 1})
    next(tmp_path.iterdir()).write_text('{"x": ')
    assert drafts.recall("form") == {}
    next(tmp_path.iterdir()).write_text("[1]")
    assert drafts.recall("form") == {}


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    drafts = Drafts(tmp_path / "file")
    drafts.keep("form", {"x": 1})
    drafts.drop("form")
    assert drafts.recall("form") == {}


def test_whoever_logs_in_takes_over_what_was_typed_before_anybody_could(tmp_path: Path) -> None:
    house = "postgresql://10.0.0.5/salescenter"
    kept.of(tmp_path, house, NOBODY).keep("reception", {"name": "陈一凡"})
    mine = kept.of(tmp_path, house, 5)
    assert mine.recall("reception") == {"name": "陈一凡"}
    assert kept.of(tmp_path, house, NOBODY).recall("reception") == {}
    kept.of(tmp_path, house, NOBODY).keep("reception", {"name": "李娜"})
    assert kept.of(tmp_path, house, 5).recall("reception") == {"name": "陈一凡"}  # what one typed oneself stays
    assert kept.of(tmp_path, house, 6).recall("reception") == {"name": "李娜"}
