"""A person's hands for the tests of screens: typing (Chinese through the input method), pressing, clicking."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def stands(widget: QWidget) -> None:
    """Show a window and wait until it has the keys."""
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)


def types(widget: QWidget, text: str) -> None:
    """Type a text: plain letters by their keys, all else committed by the input method."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(widget, letter)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(letter)
            QApplication.sendEvent(widget, committed)


def presses(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, modifiers)


def clicks(widget: QWidget, at: QPoint | None = None, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    """Click with the left button, in the middle where no point is named."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, modifiers, at or widget.rect().center())
