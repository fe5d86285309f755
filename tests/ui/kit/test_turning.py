"""Two groups that stand beside each other while there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.frame import FRAME, fit_screen
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.turning import Turning


def test_the_second_group_goes_below_the_first_when_the_words_do_not_fit(qtbot: QtBot) -> None:
    first, second = QPushButton("Printed papers of all kinds"), QPushButton("Make one job")
    shown = Turning(row(first), row(second))
    qtbot.addWidget(shown)
    shown.resize(900, 40)
    shown.show()
    QApplication.processEvents()
    assert shown.is_beside
    assert first.y() == second.y()
    shown.resize(first.sizeHint().width() + 40, 90)
    QApplication.processEvents()
    assert not shown.is_beside
    assert second.y() >= first.y() + first.height()
    assert first.width() >= first.sizeHint().width()
    shown.resize(900, 40)
    QApplication.processEvents()
    assert shown.is_beside


def test_longer_words_turn_it_too(qtbot: QtBot) -> None:
    first, second = QPushButton("Go"), QPushButton("Go")
    shown = Turning(row(first), row(second))
    qtbot.addWidget(shown)
    shown.resize(400, 40)
    shown.show()
    QApplication.processEvents()
    assert shown.is_beside
    second.setText("a sentence that is much longer than it was before, in another language")
    QApplication.processEvents()
    assert not shown.is_beside


def test_a_window_is_never_larger_than_its_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    fit_screen(window, 300, 200)
    assert (window.width(), window.height()) == (300, 200)
    fit_screen(window, room.width() + 500, room.height() + 500)
    assert window.size() == room - FRAME
