"""The to-do page: everything that waits, narrowed by kind and person, opening what it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter import i18n
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.todo import TodoKind
from salescenter.ui.kit import theme
from salescenter.ui.todo import PAGE
from salescenter.ui.todo.page import KINDS, TodoPage
from tests.services.reception_house import NINE, Reception, open_reception
from tests.services.test_todo import full
from tests.ui.rooms import Asked, make_room

Open = Callable[[str], tuple[TodoPage, Asked]]


@pytest.fixture
def open_page(qtbot: QtBot, tmp_path: Path) -> Open:
    """Open the page as somebody, in a house where one thing of each kind waits."""
    house: Reception = open_reception(tmp_path / "house.db")
    full(house)

    def as_who(who: str) -> tuple[TodoPage, Asked]:
        asked = Asked()
        page = TodoPage(make_room(house.desk(who), lambda: NINE, tmp_path / "drafts", asked))
        qtbot.addWidget(page)
        page.resize(1200, 600)
        with qtbot.waitExposed(page):
            page.show()
        return page, asked

    return as_who


def kinds(page: TodoPage) -> list[TodoKind]:
    return [todo.kind for todo in page.table.rows()]


def test_the_page_stands_in_the_rail_for_everybody() -> None:
    assert (PAGE.key, PAGE.needs, i18n.tr(PAGE.title)) == ("todo", None, "待办")


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(TodoKind)


def test_a_manager_sees_everything_in_the_order_of_its_kinds(open_page: Open) -> None:
    page, _ = open_page("boss")
    assert kinds(page) == list(TodoKind)
    assert page.status() == "待办 9 项"
    assert page._summary.text() == "逾期 2 项"


def test_what_is_asked_on_another_desk_stands_there_as_soon_as_the_server_says_so(open_page: Open) -> None:
    page, _ = open_page("boss")
    (first,) = [todo for todo in page.table.rows() if todo.kind is TodoKind.APPROVAL]
    assert isinstance(first.argument, int)
    approvals.ask(page._room.desk, ApprovalRequest(first.argument, Step.SUBSCRIBE, {"fen": 1}, "老客户"), NINE)
    page._room.bulletin.stirred.emit()
    assert kinds(page).count(TodoKind.APPROVAL) == 2


def test_a_consultant_begins_with_what_is_theirs(open_page: Open) -> None:
    page, _ = open_page("b")
    assert kinds(page) == [TodoKind.HOLD_ENDS]
    page._whose.put(["all"])
    page._whose.edited.emit()
    assert kinds(page) == [TodoKind.HOLD_ENDS], "what colleagues have to do is not theirs to see"


def test_switches_narrow_to_one_kind_and_carry_its_sum(open_page: Open) -> None:
    page, _ = open_page("boss")
    page.show_argument("arrears")
    [owed] = page.table.rows()
    assert owed.kind is TodoKind.ARREARS
    assert page._kinds.value() == ("arrears",)
    page._kinds.put([""])
    page._kinds.edited.emit()
    assert len(kinds(page)) == 9


@pytest.mark.parametrize(
    ("kind", "page_key"),
    [(TodoKind.SIGN_SOON, "floorplan"), (TodoKind.FOLLOW_UP, "customers"), (TodoKind.ARREARS, "deals")],
)
def test_enter_opens_what_a_line_is_about(open_page: Open, kind: TodoKind, page_key: str) -> None:
    page, asked = open_page("boss")
    todo = next(todo for todo in page.table.rows() if todo.kind is kind)
    page.table.select_key((todo.kind.value, todo.number))
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert asked.went == [(page_key, todo.argument)]


def test_a_follow_up_is_done_and_a_request_answered_from_its_menu(open_page: Open) -> None:
    page, asked = open_page("boss")
    todo = next(todo for todo in page.table.rows() if todo.kind is TodoKind.FOLLOW_UP)
    page._actions(todo)[0][1]()
    assert asked.performed == [(Step.FOLLOW_UP, todo.number)]
    asks = next(todo for todo in page.table.rows() if todo.kind is TodoKind.APPROVAL)
    page._actions(asks)[0][1]()
    assert asked.performed[1:] == [(Step.APPROVE, asks.number)]
    other = next(todo for todo in page.table.rows() if todo.kind is TodoKind.ARREARS)
    assert len(page._actions(other)) == 1


def test_a_void_paper_is_settled_from_its_menu(open_page: Open) -> None:
    page, _ = open_page("boss")
    void = next(todo for todo in page.table.rows() if todo.kind is TodoKind.VOID_PAPER)
    page._actions(void)[0][1]()
    assert TodoKind.VOID_PAPER not in kinds(page)


def test_days_and_moments_are_written_as_they_press(open_page: Open) -> None:
    page, _ = open_page("boss")
    written = {todo.kind: page._when(todo) for todo in page.table.rows()}
    assert written[TodoKind.HOLD_ENDS] == "12:00"
    assert written[TodoKind.SIGN_SOON] == "03-04 · 还剩 2 天"
    assert written[TodoKind.SIGN_OVERDUE] == "03-01 · 已过 1 天"
    assert written[TodoKind.APPROVAL] == "03-02"


def test_with_nothing_to_do_the_page_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    house = open_reception(tmp_path / "empty.db")
    now = NINE + timedelta(days=1)
    page = TodoPage(make_room(house.desk(), lambda: now, tmp_path / "drafts", Asked()))
    qtbot.addWidget(page)
    assert page.table.rows() == []
    assert page.status() == "待办 0 项"
    house.house.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_150_percent_what_is_owed_is_not_cut(open_page: Open, qtbot: QtBot, language: str) -> None:
    i18n.speak(language)
    page, _ = open_page("boss")
    page.setStyleSheet(theme.style_sheet(theme.tokens()))
    page.resize(849, 431)  # what is left for a page in a window of 1366x768 shown at 150 %
    qtbot.waitUntil(lambda: page.table.view.horizontalScrollBar().maximum() == 0)
