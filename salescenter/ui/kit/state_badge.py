"""A unit's state as a badge in the colour of its cell."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from salescenter.domain.units import UnitState
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.terms import state_words


class StateBadge(QWidget):
    """A unit's state as a word on the colour its cell has."""

    def __init__(self, state: UnitState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state)

    def show_state(self, state: UnitState) -> None:
        """Show another state."""
        self._state = state
        self.setAccessibleName(state_words(state))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(state_words(self._state)) + 20, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = cell_colours.worn()[self._state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.ground))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(look.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, state_words(self._state))
        painter.end()
