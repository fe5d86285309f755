"""Lanes: work aside, answers on the screen's own thread, and none for a window that is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from salescenter.domain.led_out import TakenOffTheList
from salescenter.domain.refusals import DatabaseAway, NoPrice
from salescenter.ui.kit.lane import Inline, Lane, Progress, Ticket, when_quiet


@pytest.fixture
def lane(qapp: object) -> Iterator[Lane]:
    made = Lane("test")
    yield made
    made.close()


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


def test_the_job_runs_aside_and_its_answer_comes_home(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    lane.run(threading.get_ident, lambda aside: seen.append((aside, threading.get_ident())), owner=owner)
    qtbot.waitUntil(lambda: bool(seen))
    aside, home = seen[0]
    assert home == threading.get_ident() != aside


def test_jobs_are_done_in_the_order_they_were_asked_for(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(20):
        lane.run(lambda number=number: number, answers.append, owner=owner)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20))


def test_no_answer_comes_to_an_owner_that_is_gone(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    go = threading.Event()
    answers: list[str] = []
    gone = QObject()
    lane.run(lambda: str(go.wait()), answers.append, owner=gone)
    lane.run(lambda: "home", answers.append, owner=owner)
    shiboken6.delete(gone)
    go.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["home"]


def test_who_must_log_in_again_is_the_shells_to_lead_out(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    trouble, refused = TakenOffTheList(name="林晓"), list[Exception]()
    with qtbot.waitSignal(lane.failed) as told:
        lane.run(lambda: str(_fail(trouble)), lambda _: None, owner=owner, refused=refused.append)
    assert told.args == [trouble]
    with pytest.raises(TakenOffTheList):
        Inline().run(lambda: str(_fail(trouble)), lambda _: None, owner=owner, refused=refused.append)
    assert refused == []


@pytest.mark.parametrize("trouble", [NoPrice(unit="3-1201"), DatabaseAway(why="locked")])
def test_what_a_caller_answers_for_itself_goes_to_it(
    trouble: NoPrice | DatabaseAway, lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    refused: list[Exception] = []
    done: list[str] = []
    lane.run(lambda: str(_fail(trouble)), done.append, owner=owner, refused=refused.append, after=lambda: done.append("after"))
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == [trouble]
    assert done == ["after"]


@pytest.mark.parametrize("trouble", [NoPrice(unit="3-1201"), ValueError("a bug")])
def test_what_nobody_answers_for_goes_to_the_shell(
    trouble: Exception, lane: Lane, owner: QObject, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(lane.failed) as told:
        lane.run(lambda: _fail(trouble), lambda _: None, owner=owner)
    assert told.args == [trouble]


def test_a_bug_is_never_taken_for_an_answer(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    refused: list[Exception] = []
    with qtbot.waitSignal(lane.failed):
        lane.run(lambda: _fail(ValueError("a bug")), lambda _: None, owner=owner, refused=refused.append)
    assert refused == []


def test_a_cancelled_job_learns_it_and_its_answer_is_dropped(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    begun, go = threading.Event(), threading.Event()
    seen: list[object] = []

    def job(ticket: Ticket) -> bool:
        begun.set()
        go.wait()
        return ticket.cancelled

    ticket = lane.pursue(job, lambda answer: seen.append(("done", answer)), owner=owner, after=lambda: seen.append("after"))
    qtbot.waitUntil(begun.is_set)
    ticket.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["after"]


def test_progress_is_told_on_the_screens_thread_and_its_end_always(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    told: list[tuple[Progress, int]] = []
    done: list[int] = []

    def job(ticket: Ticket) -> int:
        for step in range(1, 1001):
            ticket.tell(step, 1000, "rows")
        return 1000

    lane.pursue(job, done.append, owner=owner, progress=lambda p: told.append((p, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(done))
    assert told[-1][0] == Progress(1000, 1000, "rows")
    assert {thread for _, thread in told} == {threading.get_ident()}
    assert len(told) < 1000


def test_a_lane_that_is_closed_takes_nothing_more(qapp: object, owner: QObject) -> None:
    lane = Lane("closed")
    lane.close()
    ticket = lane.run(lambda: 1, lambda _: None, owner=owner)
    assert ticket.cancelled


def test_quiet_is_when_the_answers_have_no_more_questions(lane: Lane, owner: QObject, qtbot: QtBot) -> None:
    seen: list[str] = []

    def load_more(_: str) -> None:
        seen.append("layout")
        lane.run(lambda: "cells", seen.append, owner=owner)

    lane.run(lambda: "layout", load_more, owner=owner)
    when_quiet(lane, owner, lambda: seen.append("quiet"))
    qtbot.waitUntil(lambda: "quiet" in seen)
    assert seen == ["layout", "cells", "quiet"]


def test_the_inline_runner_answers_at_once(owner: QObject) -> None:
    seen: list[object] = []
    Inline().run(lambda: 7, seen.append, owner=owner, after=lambda: seen.append("after"))
    assert seen == ["after", 7]


def test_the_inline_runner_refuses_as_a_lane_does(owner: QObject) -> None:
    seen: list[Exception] = []
    trouble = DatabaseAway(why="locked")
    Inline().run(lambda: _fail(trouble), lambda _: None, owner=owner, refused=seen.append)
    assert seen == [trouble]
    with pytest.raises(NoPrice):
        Inline().run(lambda: _fail(NoPrice(unit="1")), lambda _: None, owner=owner)


def _fail(trouble: Exception) -> object:
    raise trouble
