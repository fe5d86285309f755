"""The lock: what is covered, what comes back, and who watches whether somebody still sits here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine

from salescenter.domain.staff import Person, Role
from salescenter.services import settings
from salescenter.services.work import Desk
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.frame import FOR_EVERYBODY, Frame
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.notices import offer_undo
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.login.lock import Lock
from salescenter.ui.login.page import LoginDoors, LoginPage
from tests.houses import NOON, Estate, small, sqlite_model
from tests.ui.hands import CTRL, stands, types

__all__ = ["small", "sqlite_model"]

SECRET = "陈一帆 13800138000"


class Work(QWidget):
    """A page with a customer on it and a field to type in."""

    def __init__(self) -> None:
        super().__init__()
        self.field = LineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(SECRET))
        layout.addWidget(self.field)


class Place:
    """A frame with somebody's work, its lock, and a clock that the test moves."""

    def __init__(self, qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 1_000_000.0
        monkeypatch.setattr("salescenter.ui.login.idle.time.time", lambda: self.seconds)
        self.frame = Frame("", lambda: None)
        qtbot.addWidget(self.frame)
        self.work = Work()
        self.frame.face(self.work)
        stands(self.frame)
        self.desk = desk
        self.covers: list[LoginPage] = []
        self.lock = Lock(self.frame, self._page)
        self.lock.guard(desk, Inline(), self._now)
        self.lock.ask()

    def _now(self) -> datetime:
        return NOON

    def _page(self) -> LoginPage:
        doors = LoginDoors(lambda _login, _password: None, lambda: None, lambda _: None, lambda: None)
        self.covers.append(LoginPage("云栖花园", "a", doors, covers="林晓"))
        return self.covers[-1]

    def sheet(self) -> tuple[Sheet, LineEdit]:
        """A form over the window, half filled."""
        sheet, form, note = Sheet("认购"), FormGrid(), LineEdit()
        form.add("note", "备注", note)
        sheet.put_form(form)
        sheet.stand_over(self.frame)
        types(note, "abc")
        return sheet, note

    def seen(self) -> str:
        """Everything written in windows that can be seen."""
        windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        labels = [label for window in windows for label in window.findChildren(QLabel) if label.isVisible()]
        return " ".join(label.text() for label in labels)


@pytest.fixture
def place(qtbot: QtBot, small: Estate, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    made = Place(qtbot, small.desk("a"), monkeypatch)
    yield made
    made.lock.leave()


@pytest.fixture
def sat(place: Place) -> Callable[[float], None]:
    """Let so many minutes pass, and the watch look."""

    def passes(minutes: float) -> None:
        place.seconds += minutes * 60
        place.lock._idle.look()

    return passes


def test_nothing_of_a_customer_is_seen_under_the_cover_and_everything_stands_there_again(place: Place) -> None:
    types(place.work.field, "half a sentence")
    place.work.field.setCursorPosition(4)
    sheet, note = place.sheet()
    assert SECRET in place.seen()
    assert place.lock.cover()
    assert SECRET not in place.seen()
    assert not sheet.isVisible()
    assert "林晓" in place.seen()
    assert place.lock.opens_to(place.desk, place.desk)
    assert SECRET in place.seen()
    assert sheet.isVisible()
    assert sheet.windowModality() is Qt.WindowModality.WindowModal
    assert note.text() == "abc"
    assert (place.work.field.text(), place.work.field.cursorPosition()) == ("half a sentence", 4)


def test_the_field_that_was_typed_in_has_the_keys_again(place: Place, qtbot: QtBot) -> None:
    place.work.field.setFocus()
    place.lock.cover()
    assert place.covers[0].password.hasFocus()
    place.lock.opens_to(place.desk, place.desk)
    qtbot.waitUntil(place.work.field.hasFocus)


def test_a_paper_that_is_done_meanwhile_waits_beneath_the_cover(place: Place, qtbot: QtBot) -> None:
    place.lock.cover()
    paper = QWidget(place.frame, Qt.WindowType.Window)
    paper.show()
    qtbot.waitUntil(lambda: not paper.isVisible())
    offer_undo(place.frame, SECRET, lambda: None)
    qtbot.waitUntil(lambda: SECRET not in place.seen())
    place.lock.opens_to(place.desk, place.desk)
    assert paper.isVisible()
    assert not paper.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def test_menus_close_and_the_picture_in_the_hall_stays(place: Place, qtbot: QtBot) -> None:
    wall = QWidget()
    qtbot.addWidget(wall)
    wall.setProperty(FOR_EVERYBODY, True)
    wall.show()
    menu = QMenu(place.frame)
    menu.addAction(SECRET)
    menu.popup(place.frame.mapToGlobal(place.frame.rect().center()))
    place.lock.cover()
    assert not menu.isVisible()
    assert wall.isVisible()


def test_only_whose_work_it_is_lifts_the_cover_and_only_over_the_same_connection(place: Place) -> None:
    other = replace(place.desk, who=Person(3, "何雨", Role.CONSULTANT))
    place.lock.cover()
    assert not place.lock.opens_to(other, place.desk)
    assert not place.lock.opens_to(replace(place.desk, engine=create_engine("sqlite://")), place.desk)
    assert place.lock.closed
    assert place.lock.opens_to(place.desk, place.desk)
    assert not place.lock.opens_to(place.desk, place.desk)


def test_ten_minutes_without_a_touch_cover_the_work(place: Place, sat: Callable[[float], None]) -> None:
    sat(9.9)
    QTest.mouseMove(place.frame.windowHandle(), place.frame.rect().center())
    sat(9.9)
    assert not place.lock.closed
    sat(0.2)
    assert place.lock.closed
    assert len(place.covers) == 1


def test_the_first_touch_after_a_long_sleep_reaches_only_the_cover(place: Place) -> None:
    place.work.field.setFocus()
    place.seconds += 3_600
    QTest.keyClick(place.frame.windowHandle(), Qt.Key.Key_A)
    assert place.lock.closed
    assert place.work.field.text() == ""


def test_the_house_says_after_how_many_minutes_and_whether_at_all(
    place: Place, small: Estate, sat: Callable[[float], None]
) -> None:
    asked = settings.SettingsRequest({"lock_minutes": 0}, small.today)
    settings.change_all(small.desk(), asked, small.now)
    place.lock.ask()
    sat(10_000)
    assert not place.lock.closed
    settings.change_all(small.desk(), replace(asked, values={"lock_minutes": 1}), small.now)
    place.lock.ask()
    sat(1)
    assert place.lock.closed


def test_one_key_locks_from_anywhere_even_over_a_sheet(place: Place) -> None:
    sheet, _ = place.sheet()
    QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_L, CTRL)
    assert place.lock.closed


def test_nobody_s_work_is_not_covered_and_sheets_go_with_whoever_leaves(place: Place, qtbot: QtBot) -> None:
    sheet, _ = place.sheet()
    with qtbot.waitSignal(sheet.destroyed):
        place.lock.leave()
    assert not place.lock.cover()
    assert not place.lock.closed
