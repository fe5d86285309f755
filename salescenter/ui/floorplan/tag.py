"""What is being typed, over the lower left corner of the grid, and where it leads."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from salescenter.ui.kit.labels import Label


class Tag(QFrame):
    """A small dark sign; hidden while nothing is typed."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("look", "toast")
        self._over, self._words = over, Label("", "strong")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 14, 7)
        layout.addWidget(self._words)
        self.hide()

    def say(self, words: str) -> None:
        """Show words, in front of the grid."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self.move(QPoint(14, self._over.height() - self.height() - 26))
        self.show()
        self.raise_()

    def text(self) -> str:
        """Return what is shown."""
        return self._words.text()
