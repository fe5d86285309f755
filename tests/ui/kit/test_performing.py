"""Starting a step tells the other desks which unit is worked on; areas load anew when the database is back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.staff import Person, Role
from salescenter.domain.units import Step
from salescenter.services.work import Desk
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.performing import perform
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.stage import Stage
from tests.services.reception_house import NINE
from tests.ui.hands import stands
from tests.ui.rooms import Asked, make_room


@pytest.fixture
def room(tmp_path: Path, qapp: object) -> Room:
    desk = cast("Desk", SimpleNamespace(who=Person(1, "沈知行", Role.MANAGER), project=1, pc="PC"))
    return make_room(desk, lambda: NINE, tmp_path, Asked())


@pytest.fixture
def told(room: Room) -> list[int]:
    """What the other desks are told."""
    heard: list[int] = []
    room.bulletin.working.connect(heard.append)
    return heard


def make(_room: Room, _number: int) -> QWidget:
    sheet = Sheet("a form")
    sheet.main_action("do it", sheet.finish)
    return sheet


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the forms stand over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    stands(window)
    return window


FORMS = {Step.HOLD: make, Step.SUBSCRIBE: make, Step.FOLLOW_UP: make}
PAGES = (Page("p", "P", "reception", lambda _: QWidget(), forms=FORMS),)


def test_a_form_over_another_is_told_and_then_the_one_behind_it_again(
    room: Room, told: list[int], window: QWidget
) -> None:
    first = perform(room, PAGES, window, Step.HOLD, 258)
    second = perform(room, PAGES, window, Step.SUBSCRIBE, 259)
    second.reject()
    first.reject()
    assert told == [258, 259, 258, 0]


def test_a_form_about_something_else_is_no_work_on_a_unit(room: Room, told: list[int], window: QWidget) -> None:
    perform(room, PAGES, window, Step.FOLLOW_UP, 7).reject()
    assert told == []


class Lists(QWidget):
    """An area with a list."""

    def __init__(self, looked: list[str], name: str) -> None:
        super().__init__()
        self.load = lambda: looked.append(name)


def test_every_area_that_stands_loads_its_lists_when_the_database_is_back(room: Room, qtbot: QtBot) -> None:
    looked: list[str] = []
    stage = Stage()
    qtbot.addWidget(stage)
    for name in ("deals", "papers"):
        stage.bring(Page(name, name, "reception", lambda _, name=name: Lists(looked, name)), room)  # type: ignore[misc]
    stage.bring(Page("plain", "plain", "reception", lambda _: QWidget()), room)
    stage.weather_turned(None)
    assert looked == ["deals", "papers"]


def test_while_it_is_away_a_list_without_rows_waits_in_words_and_one_with_rows_shows_them(
    room: Room, qtbot: QtBot
) -> None:
    def table() -> RecordTable[str]:
        return RecordTable((Column("房号", str),), now=room.now)

    stage, empty, filled = Stage(), table(), table()
    qtbot.addWidget(stage)
    filled.set_rows(["1-101"])
    for one in (empty, filled):
        stage.bring(Page(str(id(one)), "deals", "reception", lambda _, one=one: one), room)  # type: ignore[misc]
        one.begin_loading()
    stage.weather_turned(room.now())
    assert not empty._loading.isHidden()
    assert filled._loading.isHidden()
    assert not any(one._loading.is_under_way for one in (empty, filled))
