"""A box to search with: a glass in front, told after a short pause, Esc clears it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from salescenter.ui.kit import theme
from salescenter.ui.kit.icons import icon

PAUSE = 120
"""Milliseconds without a key until the search is told."""


class SearchBox(QLineEdit):
    """`searched(text)` after a pause in typing, at once on Enter and on clearing."""

    searched = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "search")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._glass: QAction = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.search_now)
        self.textChanged.connect(self._typed)
        theme.changed.connect(self._redraw)

    def search_now(self) -> None:
        """Tell what stands in the box without waiting."""
        self._pause.stop()
        self.searched.emit(self.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.search_now()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._pause.start() if text else self.search_now()

    def _redraw(self) -> None:
        self._glass.setIcon(icon("search"))
