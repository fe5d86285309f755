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

FOR_EVERYBODY = "for everybody"
"""A window with this property stays while the rest is locked: it names nobody, like the picture in the hall."""


class Frame(QWidget):
    """Shows one page at a time, where it stood last; `closed()` is called when the user closes it."""

    def __init__(self, place: str, closed: Callable[[], None]) -> None:
        super().__init__()
        self._place, self._closed = place, closed
        self._shown: QWidget | None = None
        self._cover: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def face(self, page: QWidget) -> None:
        """Put another page in the place of the one before, and of what covers it."""
        self._take_off(self._cover)
        self._take_off(self._shown)
        self._shown, self._cover = page, None
        self._put_on(page)
        self.setWindowTitle(page.windowTitle())
        if not self.isVisible():
            if not self._place or not self.restoreGeometry(QByteArray.fromBase64(self._place.encode())):
                self.resize(page.size())
            self.show()

    def cover(self, page: QWidget) -> None:
        """Show a page instead of the one that stands here, which stays as it is."""
        if self._shown is not None:
            self._shown.hide()
        self._take_off(self._cover)
        self._cover = page
        self._put_on(page)
        page.show()

    def uncover(self) -> None:
        """Show the page again that was covered."""
        self._take_off(self._cover)
        self._cover = None
        if self._shown is not None:
            self._shown.show()

    def _put_on(self, page: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(page)

    def _take_off(self, page: QWidget | None) -> None:
        layout = self.layout()
        assert layout is not None
        if page is not None:
            page.hide()
            layout.removeWidget(page)
            page.deleteLater()

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
