"""The whole sale by keys alone: not one click from the log-in to the papers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from salescenter.app import Programme
from salescenter.domain.units import Step, UnitState
from salescenter.tour import papers
from salescenter.tour.area_stops import VISITOR
from salescenter.tour.grid_stops import canvas, code_in, state_of
from salescenter.tour.robot import Robot
from salescenter.ui.deals.people import BuyersEdit
from salescenter.ui.kit import preferences
from salescenter.ui.kit.crash import CrashHandler
from salescenter.ui.kit.options import Options
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.words import step_words
from salescenter.ui.reception.page import ReceptionPage
from salescenter.ui.reports.page import ReportsPage
from tests.once import once
from tests.ui.sampled import small_house

K = Qt.Key


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the small sample, one for these journeys."""
    original = once(tmp_path_factory, "small-sample.db", small_house)
    return str(shutil.copyfile(original, tmp_path_factory.mktemp("keys") / "house.db"))


@pytest.fixture
def robot(
    qtbot: QtBot, qapp: QApplication, house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Robot]:
    """The program with the manager logged in by one Enter; nothing is ever clicked."""
    monkeypatch.setattr(CrashHandler, "install", lambda _: None)  # it would hook into the whole process
    known = preferences.load(tmp_path)._replace(database=house, login="manager")
    programme = Programme(qapp, Options(folder=tmp_path), tmp_path, known)
    qtbot.addWidget(programme.frame)
    programme.begin()
    programme.frame.resize(1366, 768)
    hand = Robot(qapp)
    hand.key(K.Key_Return)
    hand.until(lambda: programme.shell is not None, "the shell")
    canvas(hand)
    yield hand
    assert not hand.clicks
    programme.end()


def press_to(robot: Robot, words: str) -> None:
    """Go on by Tab to the button that says this, and press it."""
    for _ in range(60):
        now = QApplication.focusWidget()
        if isinstance(now, QAbstractButton) and now.text() == words:
            robot.key(K.Key_Return)
            return
        robot.key(K.Key_Tab)
    raise AssertionError(f"Tab does not come to “{words}”")


def open_sheet(robot: Robot) -> Sheet:
    robot.until(lambda: isinstance(robot.window(), Sheet), "a sheet")
    over = robot.window()
    assert isinstance(over, Sheet)
    robot.until(lambda: over.form is not None and over.focusWidget() is not None, "its first field")
    return over


def finish(robot: Robot, over: Sheet, kinds: set[str]) -> None:
    """Ctrl+Enter, and Esc for each paper that opens."""
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), f"“{over.windowTitle()}” to be done: {over.banner.text()}")
    robot.until(lambda: {one.paper.kind for one in papers.previews(robot)} == kinds, f"{kinds} in previews")
    for left in reversed(range(len(kinds))):
        assert isinstance(QApplication.activeWindow(), Preview)
        robot.key(K.Key_Escape)
        assert len(papers.previews(robot)) == left


def test_a_flat_is_sold_and_paid_for_by_keys_alone(robot: Robot) -> None:
    grid = canvas(robot)
    code = code_in(grid, UnitState.FOR_SALE)
    robot.write(code)
    robot.key(K.Key_Return, times=2)  # to the unit, into its card
    robot.until(lambda: isinstance(QApplication.focusWidget(), QAbstractButton), "the card's main step")
    robot.key(K.Key_Return)
    over = open_sheet(robot)
    buyers = robot.the(BuyersEdit, "the buyers' field")
    robot.write("13800139077")
    robot.until(buyers.hints.isVisible, "the hints")
    robot.key(K.Key_Return)
    robot.until(buyers.newcomer.isVisible, "the newcomer's form")
    robot.write("钱多多")
    robot.key(K.Key_Return, times=4)  # phone, ID number, address
    robot.key(K.Key_Space)  # consent
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: bool(buyers.chosen), "the buyer on the list")
    finish(robot, over, {"subscription", "receipt"})
    robot.key(K.Key_F6)
    finish(robot, open_sheet(robot), {"contract"})
    robot.until(lambda: state_of(canvas(robot), code) is UnitState.DRAFTED, "the contract drafted")
    robot.settle(200)
    robot.key(K.Key_F6)
    over = open_sheet(robot)
    robot.write("YX2026900001")
    finish(robot, over, {"contract"})
    robot.until(lambda: state_of(canvas(robot), code) is UnitState.SIGNED, "the contract signed")
    robot.settle(200)
    press_to(robot, step_words(Step.RECEIVE_MONEY))
    finish(robot, open_sheet(robot), {"receipt"})
    robot.key(K.Key_Escape)
    assert canvas(robot).hasFocus()
    assert canvas(robot).estate.code(canvas(robot).selection.current) == code


def test_a_visitor_is_registered_and_the_managers_window_opened_by_keys_alone(robot: Robot) -> None:
    robot.key(K.Key_2, ctrl=True)
    page = robot.the(ReceptionPage, "reception")
    before = len(page.day.visits.lines())
    robot.write(VISITOR)
    robot.key(K.Key_Return)
    robot.until(lambda: not page.form.finding.line.hasFocus(), "the form to go on to the name")
    robot.write("钱多多")
    robot.key(K.Key_Return)
    robot.write("2")  # the second of the sexes
    robot.key(K.Key_Return, times=4)
    robot.write("pyjs")
    robot.key(K.Key_Return, times=2)
    robot.write("3")
    robot.key(K.Key_Return)
    robot.write("3")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(page.form.field("consultant").editor.hasFocus, "the field nobody is in the rota for")
    robot.key(K.Key_Down)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: len(page.day.visits.lines()) > before, "the visit in the list of the day")
    assert page.form.finding.line.hasFocus()
    robot.key(K.Key_8, ctrl=True)
    robot.until(lambda: isinstance(QApplication.activeWindow(), ReportsPage), "the manager's window")
    robot.until(lambda: QApplication.focusWidget() is not None, "its first switch")
