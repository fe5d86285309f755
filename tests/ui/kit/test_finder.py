"""The one search box: hits while typing, Enter that need not wait, and keys that stay in the box."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salescenter.services.find import Hit, HitKind
from salescenter.ui.kit.finder import Finder
from salescenter.ui.kit.lane import Inline, Ticket
from tests.ui.hands import clicks, presses, stands, types

UNIT = Hit(HitKind.UNIT, "3-1-1201", "3号楼 1单元 1201", "floorplan", 258)
CUSTOMER = Hit(HitKind.CUSTOMER, "陈*", "138****5521", "customers", 7)


def find(text: str) -> tuple[Hit, ...]:
    return (UNIT, CUSTOMER) if text in ("3-1201", "chen") else ()


class Later:
    """A lane whose answers come when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, job: Callable[[], object], done: Callable[..., None], *, owner: QObject, **_: object) -> Ticket:
        ticket = Ticket()
        self.waiting.append(lambda: None if ticket.cancelled else done(job()))
        return ticket

    def answer(self) -> None:
        for call in self.waiting:
            call()
        self.waiting.clear()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 500)
    return made


def placed(finder: Finder, window: QWidget) -> Finder:
    layout = QVBoxLayout(window)
    layout.addWidget(finder)
    layout.addStretch(1)
    stands(window)
    finder.setFocus()
    return finder


@pytest.fixture
def finder(window: QWidget) -> Finder:
    return placed(Finder(find, Inline()), window)


def test_hits_appear_while_typing(finder: Finder, qtbot: QtBot) -> None:
    types(finder, "3-1201")
    qtbot.waitUntil(finder.hits().isVisible)
    assert finder.hits().current() == UNIT


def test_enter_opens_the_chosen_hit_and_leaves(finder: Finder, qtbot: QtBot) -> None:
    types(finder, "chen")
    finder.search_now()
    presses(finder, Qt.Key.Key_Down)
    with qtbot.waitSignal(finder.chosen) as chosen:
        presses(finder, Qt.Key.Key_Return)
    assert chosen.args == [CUSTOMER]
    assert finder.text() == ""
    assert not finder.hits().isVisible()


def test_the_arrows_go_round(finder: Finder) -> None:
    types(finder, "chen")
    finder.search_now()
    presses(finder, Qt.Key.Key_Up)
    assert finder.hits().current() == CUSTOMER
    presses(finder, Qt.Key.Key_Down)
    assert finder.hits().current() == UNIT


def test_enter_before_the_answer_opens_it_when_it_comes(window: QWidget, qtbot: QtBot) -> None:
    later = Later()
    finder = placed(Finder(find, later), window)  # type: ignore[arg-type]
    types(finder, "3-1201")
    presses(finder, Qt.Key.Key_Return)
    with qtbot.waitSignal(finder.chosen) as chosen:
        later.answer()
    assert chosen.args == [UNIT]


def test_an_answer_to_an_older_question_is_dropped(window: QWidget) -> None:
    later = Later()
    finder = placed(Finder(find, later), window)  # type: ignore[arg-type]
    finder.setText("3-1201")
    finder.search_now()
    finder.setText("nobody")
    finder.search_now()
    later.answer()
    assert finder.hits().current() is None


def test_enter_on_nothing_says_so(finder: Finder, qtbot: QtBot) -> None:
    types(finder, "nobody")
    with qtbot.waitSignal(finder.nothing) as nothing:
        presses(finder, Qt.Key.Key_Return)
    assert nothing.args == ["nobody"]


def test_escape_gives_the_keys_back(finder: Finder) -> None:
    types(finder, "chen")
    finder.search_now()
    presses(finder, Qt.Key.Key_Escape)
    assert finder.text() == ""
    assert not finder.hasFocus()
    assert not finder.hits().isVisible()


def test_a_hit_can_be_clicked(finder: Finder, qtbot: QtBot) -> None:
    types(finder, "chen")
    finder.search_now()
    hits = finder.hits()
    second = hits.visualRect(hits.model().index(1, 0)).center()
    with qtbot.waitSignal(finder.chosen) as chosen:
        clicks(hits.viewport(), second)
    assert chosen.args == [CUSTOMER]


def test_the_list_stays_inside_its_window(finder: Finder, window: QWidget) -> None:
    types(finder, "chen")
    finder.search_now()
    assert window.rect().contains(finder.hits().geometry())
