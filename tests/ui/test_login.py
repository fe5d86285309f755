"""The log-in page: usable at once, two fields and one button, and every refusal said with its remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from salescenter.ui.login.page import LoginDoors, LoginPage
from salescenter.ui.login.people import offer
from salescenter.ui.login.trouble import TroublePage
from tests.ui.hands import clicks, presses, stands, types

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = (("manager", "沈知行", "销售经理"), ("linxiao", "林晓", "置业顾问"))

HEAVY = ("sqlalchemy", "reportlab", "pyqtgraph", "pypinyin", "pypdfium2", "numpy", "PySide6.QtSvg", "salescenter.services")
LOOK = """
import sys
import salescenter.app
from salescenter.app import Options, Programme
from salescenter.ui.kit import fonts, preferences, theme
from salescenter.ui.login import page
print([name for name in {heavy!r} if name in sys.modules])
"""


class Doors:
    """What the page was left by."""

    def __init__(self) -> None:
        self.entered: list[tuple[str, str]] = []
        self.others: list[str] = []
        self.painted = 0

    def paint(self) -> None:
        self.painted += 1


@pytest.fixture
def doors() -> Doors:
    return Doors()


def open_page(qtbot: QtBot, doors: Doors, login: str = "") -> LoginPage:
    page = LoginPage("云栖花园", login, LoginDoors(
        lambda login, password: doors.entered.append((login, password)), lambda: doors.others.append("elsewhere"),
        doors.others.append, doors.paint))
    qtbot.addWidget(page)
    stands(page)
    return page


def test_nothing_heavy_is_imported_before_the_page_stands() -> None:
    seen = subprocess.run([sys.executable, "-c", LOOK.format(heavy=HEAVY)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_it_tells_once_that_it_was_painted(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors)
    qtbot.waitUntil(lambda: doors.painted == 1)
    page.update()
    page.grab()
    assert doors.painted == 1


def test_who_was_in_last_has_only_the_password_to_type(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors, "manager")
    assert page.password.hasFocus()
    types(page.password, "secret")
    presses(page.password, Qt.Key.Key_Return)
    assert doors.entered == [("manager", "secret")]


def test_enter_in_the_name_goes_on_to_the_password(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors)
    assert page.name.hasFocus()
    types(page.name, "linxiao")
    presses(page.name, Qt.Key.Key_Return)
    assert page.password.hasFocus()
    assert doors.entered == []


def test_the_button_enters_by_click_and_by_enter(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors, "manager")
    clicks(page.enter)
    page.enter.setFocus()
    presses(page.enter, Qt.Key.Key_Return)
    assert doors.entered == [("manager", ""), ("manager", "")]


def test_while_the_answer_is_on_the_way_it_is_not_asked_again(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors, "manager")
    page.busy(True)
    presses(page.password, Qt.Key.Key_Return)
    assert doors.entered == []
    page.refuse("登录名或密码不对。", "请检查两者。")
    assert page.trouble.isVisible()
    assert page.trouble.text() == "登录名或密码不对。\n请检查两者。"
    presses(page.password, Qt.Key.Key_Return)
    assert doors.entered == [("manager", "")]
    assert not page.trouble.isVisible()


def test_a_person_is_found_by_a_part_of_the_name(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors)
    offer(page, PEOPLE)
    types(page.name, "晓")
    finder = page.name.completer()
    assert finder is not None
    assert finder.currentCompletion() == "linxiao  林晓  置业顾问"
    finder.activated.emit(finder.currentCompletion())
    qtbot.waitUntil(lambda: page.name.text() == "linxiao")
    assert page.password.hasFocus()


def test_the_links_lead_to_another_database_and_another_language(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors)
    for button in page.findChildren(QPushButton):
        if button is not page.enter:
            clicks(button)
    assert doors.others == ["elsewhere", "en"]


def test_the_project_is_shown_once_it_is_known(qtbot: QtBot, doors: Doors) -> None:
    page = LoginPage("", "", LoginDoors(lambda *_: None, lambda: None, lambda _: None, lambda: None))
    qtbot.addWidget(page)
    assert page._title.text() == "售楼处"
    page.show_project("云栖花园")
    assert page._title.text() == "云栖花园"


def test_trouble_is_a_page_with_the_ways_on(qtbot: QtBot) -> None:
    gone: list[str] = []
    page = TroublePage("数据库太新。", "请升级。", lambda: gone.append("again"), lambda: gone.append("elsewhere"))
    qtbot.addWidget(page)
    stands(page)
    for button in page.findChildren(QPushButton):
        clicks(button)
    assert gone == ["again", "elsewhere"]


def test_the_next_try_is_counted_down_on_the_button_which_then_works_again(qtbot: QtBot, doors: Doors) -> None:
    page = open_page(qtbot, doors, "manager")
    page.countdown.tick.setInterval(1)
    page.refuse("登录名或密码不对。", "请核对。", wait=65)
    assert page.enter.text() == "1:05 后可再试"
    assert not page.enter.isEnabled()
    types(page.password, "secret")
    presses(page.password, Qt.Key.Key_Return)
    assert doors.entered == []
    qtbot.waitUntil(page.enter.isEnabled)
    assert page.enter.text() == "登录"
    presses(page.password, Qt.Key.Key_Return)
    assert doors.entered == [("manager", "secret")]


def test_a_page_that_covers_somebody_s_work_leads_nowhere_but_out(qtbot: QtBot, doors: Doors) -> None:
    page = LoginPage("云栖花园", "linxiao", LoginDoors(
        lambda login, password: doors.entered.append((login, password)), lambda: doors.others.append("out"),
        doors.others.append, doors.paint), covers="林晓")
    qtbot.addWidget(page)
    stands(page)
    assert [button.text() for button in page.findChildren(QPushButton)] == ["登录", "退出登录"]
    clicks(page.findChildren(QPushButton)[1])
    assert doors.others == ["out"]
