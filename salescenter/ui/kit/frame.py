"""The one window of the program; its face is the log-in, the first run, or the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent


FRAME = QSize(16, 72)
"""Pixels the frame of a window and the task bar take."""


class Frame(QWidget):
    """Shows one page at a time, where it stood last; `closed()` is called when the user closes it."""

    def __init__(self, place: str, closed: Callable[[], None]) -> None:
        super().__init__()
        self._place, self._closed = place, closed
        self._shown: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def face(self, page: QWidget) -> None:
        """Put another page in the place of the one before."""
        layout = self.layout()
        assert layout is not None
        if self._shown is not None:
            self._shown.hide()
            layout.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = page
        layout.addWidget(page)
        self.setWindowTitle(page.windowTitle())
        if not self.isVisible():
            if not self._place or not self.restoreGeometry(QByteArray.fromBase64(self._place.encode())):
                self.resize(page.size())
            self.show()

    def place(self) -> str:
        """Return where the window stands, to be given back at the next start."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._closed()


def fit_screen(window: QWidget, wide: int, high: int) -> None:
    """Give a window the size it would like, or what the screen leaves beside its frame and the task bar."""
    room = window.screen().availableSize()
    window.resize(min(wide, room.width() - FRAME.width()), min(high, room.height() - FRAME.height()))
