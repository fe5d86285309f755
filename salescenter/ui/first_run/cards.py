"""One way to begin, as a card that is pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from salescenter.ui.kit import icons, theme

HEIGHT = 84


class WayCard(QAbstractButton):
    """An icon, a title and a sentence; Enter, Space or a click chooses it."""

    def __init__(self, icon: str, title: str, text: str, chosen: Callable[[], None]) -> None:
        super().__init__()
        self._icon, self._words = icon, text
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _: chosen())

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(theme.colour("accent_text" if lit else "border"))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        if self.hasFocus():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)
        self._paint_icon(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_icon(self, painter: QPainter) -> None:
        ground = QRectF(20, (self.height() - 48) / 2, 48, 48)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawRoundedRect(ground, 10, 10)
        icons.paint(painter, self._icon, ground.adjusted(12, 12, -12, -12), theme.tokens().accent_text)

    def _paint_words(self, painter: QPainter) -> None:
        font = self.font()
        font.setBold(True)
        font.setPixelSize(15)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(86, 17, self.width() - 106, 24), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(self.font())
        painter.setPen(theme.colour("muted"))
        flags = int(Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(86, 42, self.width() - 106, self.height() - 46), flags, self._words)
