"""Notices: banners with their remedy, the offer to undo, the skeleton that comes late, progress that can be stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import CannotWrite, DatabaseAway, NoPrice, ServerSilent
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress
from salescenter.ui.kit.notices import Banner, EmptyState, Toast, offer_undo, undo_offered
from salescenter.ui.kit.panel import Panel
from salescenter.ui.kit.waiting import LoadingOverlay, ProgressPanel
from tests.ui.hands import clicks, stands


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    stands(made)
    yield made
    made.close()


def test_a_refusal_is_orange_and_the_weather_red(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.refuse(NoPrice(unit="3-1201"))
    assert (banner.text(), banner.property("tone")) == ("3-1201 没有价格。", "warning")
    banner.refuse(CannotWrite(path="C:/房源.xlsx", why="disk full"))
    assert banner.property("tone") == "danger"
    assert "disk full" in banner.accessibleName()


def test_that_the_house_s_database_is_away_is_said_calmly_and_of_another_server_why(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.refuse(ServerSilent(server="10.0.0.5", port=5432, why="timeout"))
    assert (banner.text(), banner.property("tone")) == ("数据库没有应答：这一步须等它恢复。", "warning")
    assert banner.is_weather
    banner.explain(ServerSilent(server="10.0.0.5", port=5432, why="timeout"))
    assert "10.0.0.5" in banner.text()
    assert banner.is_weather
    banner.refuse(NoPrice(unit="3-1201"))
    assert not banner.is_weather


def test_a_banner_offers_to_try_again_only_where_that_helps(qtbot: QtBot) -> None:
    tried: list[bool] = []
    banner = Banner()
    qtbot.addWidget(banner)
    banner.refuse(DatabaseAway(why="timeout"), again=lambda: tried.append(True))
    stands(banner)
    button = next(b for b in banner.findChildren(QPushButton) if b.isVisible())
    clicks(button)
    assert tried == [True]
    banner.refuse(NoPrice(unit="3-1201"))
    assert not button.isVisible()


def test_a_banner_without_words_is_not_there(window: QWidget) -> None:
    banner = Banner(parent=window)
    assert not banner.isVisibleTo(window)
    banner.say("3-1201 已登记")
    assert banner.isVisibleTo(window)
    banner.close_it()
    assert not banner.isVisibleTo(window)


def test_what_was_done_can_be_undone_once(window: QWidget) -> None:
    undone: list[bool] = []
    offer_undo(window, "预留已解除", lambda: undone.append(True))
    assert undo_offered(window)
    assert not undo_offered(window)
    assert undone == [True]


def test_a_later_deed_takes_the_place_of_the_offer(window: QWidget) -> None:
    undone: list[str] = []
    offer_undo(window, "first", lambda: undone.append("first"))
    offer_undo(window, "second", lambda: undone.append("second"))
    assert undo_offered(window)
    assert undone == ["second"]


def test_a_deed_that_cannot_be_undone_is_only_told(window: QWidget) -> None:
    toast = offer_undo(window, "已打印")
    assert isinstance(toast, Toast)
    assert toast.isVisible()
    assert not undo_offered(window)


def test_the_offer_stays_inside_its_window(window: QWidget) -> None:
    toast = offer_undo(window, "预留已解除", lambda: None)
    window.resize(500, 300)
    assert window.rect().contains(toast.geometry())


def test_the_empty_state_leads_to_the_first_thing_to_do(qtbot: QtBot) -> None:
    done: list[bool] = []
    empty = EmptyState("尚无客户", "在接待登记第一位来访。", "来访登记", lambda: done.append(True))
    qtbot.addWidget(empty)
    stands(empty)
    clicks(empty.button)
    assert done == [True]


def test_a_fast_answer_never_shows_the_skeleton(window: QWidget) -> None:
    overlay = LoadingOverlay(window)
    overlay.begin()
    overlay.end()
    assert not overlay.isVisible()
    assert not overlay._late.isActive()


def test_while_the_database_is_away_the_skeleton_says_so_and_gives_way_when_it_is_back(window: QWidget) -> None:
    overlay = LoadingOverlay(window)
    overlay.give_up()
    assert not overlay.isVisible()  # nobody waits here
    overlay.begin()
    overlay.give_up()
    assert overlay.isVisible()
    assert not overlay.is_under_way
    assert "等待数据库" in [label.text() for label in overlay.findChildren(Label) if label.isVisible()]
    overlay.begin()
    overlay.appear()
    assert overlay.is_under_way
    assert not any(label.isVisible() for label in overlay.findChildren(Label))
    overlay.end()
    assert not overlay.isVisible()


def test_what_stood_there_before_is_shown_again_rather_than_words(window: QWidget) -> None:
    overlay = LoadingOverlay(window, stale=lambda: True)
    overlay.begin()
    overlay.appear()
    overlay.give_up()
    assert not overlay.isVisible()


def test_a_slow_answer_shows_the_skeleton_over_the_whole_page(window: QWidget, qtbot: QtBot) -> None:
    overlay = LoadingOverlay(window)
    overlay.begin()
    qtbot.waitUntil(overlay.isVisible)
    window.resize(640, 420)
    assert overlay.size() == window.size()
    overlay.end()
    assert not overlay.isVisible()


def test_progress_is_shown_and_can_be_stopped(qtbot: QtBot) -> None:
    stopped: list[bool] = []
    panel = ProgressPanel("导入", cancel=lambda: stopped.append(True))
    qtbot.addWidget(panel)
    stands(panel)
    panel.show_progress(Progress(4_210, 20_000, "3号楼"))
    assert panel._what.text() == "3号楼  4,210 / 20,000"
    clicks(panel._cancel)
    assert stopped == [True]
    assert not panel._cancel.isEnabled()


class Watch(QObject):
    """Remembers every widget that was shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_piece_flashes_up_as_a_window_while_it_is_built(qapp: QApplication, qtbot: QtBot) -> None:
    watch = Watch()
    qapp.installEventFilter(watch)
    for made in (Banner(closable=True), Panel("标题"), Panel()):
        qtbot.addWidget(made)
    qapp.removeEventFilter(watch)
    assert watch.seen == []
