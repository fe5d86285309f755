"""Buttons: one filled main action, outlined others, the dangerous one red; each may show its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from salescenter.ui.kit import theme

_INK = {"filled": "accent_ink", "danger": "danger", "quiet": "muted", "link": "accent_text", "toast": "tip_ink"}
_GAP = 8


class Button(QPushButton):
    """A button that Enter presses too and that may show its key in a small frame."""

    look = ""

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, *, key: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        self.setProperty("look", self.look)
        self.setAutoDefault(False)
        if key:
            self.setAccessibleDescription(key)
        if pressed is not None:
            self.clicked.connect(lambda: pressed())  # noqa: PLW0108  `checked` is not passed on

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.isCheckable():  # what is on is bold: keep the room for it, so that nothing jumps
            hint += QSize(self._bold_surplus(), 0)
        return hint + QSize(self._key_width() + _GAP, 0) if self._key else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._key:
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter  # noqa: PLC0415  9 ms of enumerations

        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        ink = theme.colour(_INK.get(self.look, "text") if self.isEnabled() else "faint")
        words, key = self._words_font(), self._key_font()
        wide = QFontMetrics(words).horizontalAdvance(self.text())
        left = (self.width() - wide - _GAP - self._key_width()) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        painter.setFont(words)
        painter.drawText(QRectF(left, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        box = QRectF(left + wide + _GAP, self.height() / 2 - 8.5, self._key_width(), 17)
        painter.setFont(key)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
        ink.setAlpha(110)
        painter.setPen(ink)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self._key) + 10

    def _bold_surplus(self) -> int:
        bold = QFont(self.font())
        bold.setBold(True)
        grows = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return max(0, grows)

    def _words_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(self.look == "filled")
        return font

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setBold(False)
        return font


class FilledButton(Button):
    """The page's one main action."""

    look = "filled"


class OutlinedButton(Button):
    """Any other action."""

    look = "outlined"


class DangerButton(Button):
    """An action that takes something away; never beside the main one's place."""

    look = "danger"


class ToastButton(Button):
    """The one action of a toast."""

    look = "toast"


class QuietButton(Button):
    """An action that hardly shows, for the edges of a page."""

    look = "quiet"


class LinkButton(Button):
    """An action inside a sentence."""

    look = "link"


class SwitchButton(Button):
    """One of a row of switches, such as the buildings in the top bar."""

    look = "switch"

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, *, key: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(text, pressed, key=key, parent=parent)
        self.setCheckable(True)


class PickButton(Button):
    """A small outlined button that opens a choice, such as a filter."""

    look = "pick"


class KeyHint(QLabel):
    """A key in a small frame: `Ctrl K`."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setProperty("look", "keyhint")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
