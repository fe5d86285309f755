"""The page at the door, on a small house whose consultants have signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.lane import Runner
from salescenter.ui.reception.page import ReceptionPage
from tests.services.reception_house import Reception, open_reception
from tests.ui.rooms import Asked, make_room


@dataclass(slots=True)
class Door:
    """A page, its house, and a pair of hands that count their keys."""

    house: Reception
    page: ReceptionPage
    asked: Asked
    qtbot: QtBot
    keys: int = 0
    again: Callable[..., Door] = field(repr=False, default=lambda: None)  # type: ignore[assignment]

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        for ch in text:
            QTest.keyClicks(self.focused(), ch)
            self.keys += 1

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(self.focused(), key, modifiers)
        self.keys += 1 + len(held)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def finish(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def write(self, chinese: str, pinyin: str) -> None:
        """Write with an input method: the letters, and a space that takes the first choice."""
        event = QInputMethodEvent()
        event.setCommitString(chinese)
        QApplication.sendEvent(self.focused(), event)
        self.keys += len(pinyin) + 1

    def at(self, name: str) -> bool:
        """Whether the keyboard is in a field of the form."""
        editor = self.page.form.field(name).editor
        return self.focused() is editor or editor.isAncestorOf(self.focused())


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path) -> Iterator[Door]:
    """The page shown with the keyboard in its first field; consultants a to d have signed in."""
    house = open_reception(tmp_path / "house.db")
    house.sign_in("a", "b", "c", "d")

    def open_page(lane: Runner | None = None) -> Door:
        asked = Asked()
        page = ReceptionPage(make_room(house.desk(), lambda: house.now, tmp_path / "drafts", asked, lane))
        qtbot.addWidget(page)
        page.resize(1300, 700)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.setFocus()
        return Door(house, page, asked, qtbot, again=open_page)

    yield open_page()
    house.house.close()
