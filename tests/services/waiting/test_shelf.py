"""The shelf of waiting visits: whole files, for one person to read, that outlive whoever wrote them."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from salescenter.domain.refusals import CannotWrite, NoGlyph
from salescenter.domain.waiting import Choice
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest
from salescenter.services.waiting.shelf import KnownReception, Shelf, shelf_of
from salescenter.services.waiting.visits import WaitingVisit, read, written
from tests.services.reception_house import NEEDS, NINE, Reception, reception

__all__ = ["reception"]

SERVER = "postgresql://10.0.0.5/salescenter"


def visit(key: str = "k1", minutes: int = 0, **more: object) -> WaitingVisit:
    """A visit with every kind of value in it."""
    asked = VisitRequest(
        Contact.VISIT, CustomerFacts("陈一凡", ("13800135521",), "male", birth=date(1990, 5, 1)), None,
        (CustomerFacts("李娜"),), 2, "路过", NEEDS, "看三房", 3, consent="同意", follow_up=date(2026, 3, 5),
        follow_up_what="回访", key=key,
    )
    said: dict[str, object] = {
        "at": NINE + timedelta(minutes=minutes), "server": SERVER, "project": "云栖花园", "taker": 2,
        "taker_name": "前台", "asked": asked, "consultant_name": "顾问甲", "by_hand": True,
    }
    return WaitingVisit(**said | more)  # type: ignore[arg-type]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "waiting", SERVER, "云栖花园")


def test_what_is_written_down_is_read_back_as_it_was() -> None:
    one = visit(settled=(Choice.SAME_PERSON,))
    assert read(written(one)) == one


@pytest.mark.parametrize("facts", [{"facts": CustomerFacts("陈😀", ("13800135521",))}, {"companions": (CustomerFacts("李\U0003106c"),)}])
def test_a_name_that_cannot_print_is_refused_before_it_is_written_down(shelf: Shelf, facts: dict[str, object]) -> None:
    one = visit()
    with pytest.raises(NoGlyph) as refused:
        shelf.put(replace(one, asked=replace(one.asked, **facts)))  # type: ignore[arg-type]
    assert refused.value.details["field"] == "name"
    assert shelf.waiting() == ()


def test_visits_come_in_the_order_they_happened_and_each_project_has_its_own(shelf: Shelf) -> None:
    for one in (visit("late", 9), visit("early", 1), visit("other", 5, project="湖畔")):
        shelf.put(one)
    assert [one.key for one in shelf.waiting()] == ["early", "late"]
    assert [one.key for one in replace(shelf, project="湖畔").waiting()] == ["other"]


def test_a_decision_is_kept_and_a_visit_that_went_in_is_forgotten(shelf: Shelf) -> None:
    shelf.put(visit())
    shelf.settle(visit(), Choice.RELATIVE)
    assert shelf.waiting()[0].settled == (Choice.RELATIVE,)
    shelf.drop("k1")
    shelf.drop("k1")
    assert shelf.waiting() == ()
    assert list(shelf.folder.iterdir()) == []


def test_a_visit_that_cannot_be_forgotten_says_so_and_waits(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    shelf.put(visit())
    with monkeypatch.context() as another_program:
        another_program.setattr(Path, "unlink", held)
        with pytest.raises(CannotWrite) as refused:
            shelf.forget("k1")
        shelf.drop("k1")  # it is on record in the house: bringing it in again changes nothing
    assert refused.value.details["why"] == "in use"
    assert [one.key for one in shelf.waiting()] == ["k1"]
    shelf.forget("k1")
    assert shelf.waiting() == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folder to the user by other means")
def test_nobody_else_may_read_what_waits(shelf: Shelf) -> None:
    shelf.put(visit())
    modes = {stat.S_IMODE(path.stat().st_mode) for path in shelf.folder.iterdir()}
    assert (modes, stat.S_IMODE(shelf.folder.stat().st_mode)) == ({0o600}, 0o700)


def test_half_a_file_or_one_of_a_later_program_stays_where_it_is_and_keeps_nobody_back(shelf: Shelf) -> None:
    shelf.put(visit())
    torn = shelf.folder / "k0.visit.json"
    torn.write_bytes(written(visit("k0"))[:40])
    later = shelf.folder / "k2.visit.json"
    later.write_bytes(written(visit("k2")).replace(b'"version": 1', b'"version": 99'))
    assert [one.key for one in shelf.waiting()] == ["k1"]
    assert shelf.unreadable() == (torn, later)
    assert torn.exists()
    assert later.exists()


def test_what_a_killed_program_left_half_written_is_swept_and_nobody_elses_writing_is(shelf: Shelf) -> None:
    shelf.put(visit())
    left, fresh = (shelf.folder / f".k{number}.visit.json.{number}" for number in (2, 3))
    for crumb in (left, fresh):
        crumb.write_bytes(written(visit())[:40])
    os.utime(left, (0, 0))
    shelf.sweep(time.time())
    assert (left.exists(), fresh.exists()) == (False, True)
    assert [one.key for one in shelf.waiting()] == ["k1"]
    assert shelf.unreadable() == ()


def test_a_place_that_takes_no_file_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "waiting").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(CannotWrite):
        Shelf(tmp_path / "waiting", SERVER, "云栖花园").put(visit())


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_visit_outlives_the_program_that_is_killed_the_moment_it_is_kept(shelf: Shelf) -> None:
    source = (
        "import os, signal\nfrom pathlib import Path\nfrom tests.services.waiting.test_shelf import visit\n"
        "from salescenter.services.waiting.shelf import Shelf\n"
        f"Shelf(Path({str(shelf.folder)!r}), '', '云栖花园').put(visit())\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    died = subprocess.run([sys.executable, "-c", source], check=False)
    assert died.returncode == -signal.SIGKILL
    assert shelf.waiting() == (visit(),)


def test_what_the_form_needs_is_remembered_without_any_customer(shelf: Shelf) -> None:
    assert shelf.known() == KnownReception()
    known = KnownReception({"channel": ("路过",)}, ((3, "顾问甲"),), {"visit": ("phone",)}, "同意")
    shelf.know(known)
    assert shelf.known() == known
    assert shelf.waiting() == ()


def test_a_house_in_a_file_of_this_pc_has_no_shelf(reception: Reception, tmp_path: Path) -> None:
    assert shelf_of(reception.desk(), tmp_path, "云栖花园") is None
