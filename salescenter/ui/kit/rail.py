"""The narrow dark rail at the left: an icon and a word for each area the person may enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit import icons, theme
from salescenter.ui.kit.page import Page

WIDTH = 62
WORD = 16
"""Pixels a word is high; where the buttons are low it keeps to its own icon, not to the next."""

AT_FOOT = 900
"""Pages of this order and above stand at the foot of the rail."""


class Rail(QWidget):
    """One button an area, in their order; `opened(key)` is called when one is pressed."""

    def __init__(self, initial: str, pages: Sequence[Page], opened: Callable[[str], None]) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.buttons: dict[str, RailButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 10, 4, 8)
        layout.setSpacing(2)
        layout.addWidget(_Crest(initial), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        stretched = False
        for place, page in enumerate(sorted(pages, key=lambda page: page.order)):
            if page.order >= AT_FOOT and not stretched:
                layout.addStretch(1)
                stretched = True
            self.buttons[page.key] = RailButton(page, place + 1, opened)
            layout.addWidget(self.buttons[page.key])
        if not stretched:
            layout.addStretch(1)

    def show_open(self, key: str) -> None:
        """Mark the area that is open."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        painter.end()


class RailButton(QAbstractButton):
    """One area: icon above its word; the open one stands on the accent colour."""

    def __init__(self, page: Page, place: int, opened: Callable[[str], None]) -> None:
        super().__init__()
        self._icon = page.icon
        self.setCheckable(True)
        self.setText(tr(page.title))
        self.setAccessibleName(tr(page.title))
        self.setToolTip(f"{tr(page.title)}  Ctrl+{place}" if place < 10 else tr(page.title))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.clicked.connect(lambda: opened(page.key))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 8, 54)

    def minimumSizeHint(self) -> QSize:
        return QSize(WIDTH - 8, 36)

    def nextCheckState(self) -> None:
        """A press marks nothing: the rail shows what is open, and a window of its own opens beside it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = theme.tokens().rail_muted
        if self.isChecked():
            ink = theme.tokens().accent_ink
        elif self.underMouse():
            ink = theme.tokens().rail_ink
        picture, word = self.places()
        icons.paint(painter, self._icon, picture, ink)
        painter.setFont(_word_font(self.font(), self.text(), self.width() - 4))
        painter.setPen(ink)
        painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def places(self) -> tuple[QRectF, QRectF]:
        """Return where the icon and the word stand."""
        low = self.height() < 46
        side = 16 if low else 20
        top = max(2, (self.height() - side - WORD) // 2) if low else 8
        picture = QRectF((self.width() - side) / 2, top, side, side)
        return picture, QRectF(0, picture.bottom() + (0 if low else 3), self.width(), WORD)

    def _paint_ground(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(box, 7, 7)
        elif self.underMouse():
            light = theme.colour("rail_ink")
            light.setAlpha(20)
            painter.setBrush(light)
            painter.drawRoundedRect(box, 7, 7)
        if self.hasFocus():
            painter.setPen(theme.colour("rail_ink"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)


class _Crest(QWidget):
    """The first letter of the project on the accent colour."""

    def __init__(self, initial: str) -> None:
        super().__init__()
        self._initial = initial
        self.setFixedSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        font = self.font()
        font.setBold(True)
        font.setPixelSize(16)
        painter.setFont(font)
        painter.setPen(theme.colour("accent_ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initial)
        painter.end()


def _word_font(base: QFont, word: str, room: int) -> QFont:
    """11 px, smaller only where an English word is too long for the rail."""
    font = QFont(base)
    for size in (11, 10, 9):
        font.setPixelSize(size)
        if QFontMetrics(font).horizontalAdvance(word) <= room:
            break
    return font
