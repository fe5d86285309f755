"""A filter as a small button that says what it lets through and opens a panel below itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import PickButton, QuietButton
from salescenter.ui.kit.labels import restyle


class Drop(QFrame):
    """A panel that hangs below a button until a click beside it or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(10)

    def fit(self) -> None:
        """Be as high as what wraps within needs at this width."""
        self.adjustSize()
        if self.body.hasHeightForWidth():
            self.resize(self.width(), self.body.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is done, as Esc is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)


class Pick(PickButton):
    """A filter: its name while it lets everything through, else what it asks for."""

    edited = Signal()

    def __init__(self, title: str, body: QWidget, clear: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(f"{title} ▾", self.open_drop, parent=parent)
        self._title, self._body, self._clear = title, body, clear
        self.setCheckable(True)
        self.drop = Drop(self)
        self.drop.body.addWidget(body)
        self.drop.body.addWidget(QuietButton(tr("Everything"), self._everything), 0, Qt.AlignmentFlag.AlignLeft)
        self.say("")

    def say(self, asked: str) -> None:
        """Show what is asked for, "" for everything."""
        self.setText(f"{self._title}: {_short(asked)} ▾" if asked else f"{self._title} ▾")
        self.setToolTip(asked)
        self.setProperty("look", "chip" if asked else "pick")
        self.setChecked(bool(asked))
        restyle(self)

    def sizeHint(self) -> QSize:
        """Leave room for bold words: what is asked for is written in them."""
        bold = self.font()
        bold.setBold(True)
        return QSize(QFontMetrics(bold).horizontalAdvance(self.text()) + 26, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def open_drop(self) -> None:
        """Open the panel; it stays within the screen."""
        self.setChecked(self.property("look") == "chip")
        self.drop.fit()
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        room = self.screen().availableGeometry()
        below.setX(max(room.left(), min(below.x(), room.right() - self.drop.width())))
        self.drop.move(below)
        self.drop.show()
        self._body.setFocus(Qt.FocusReason.PopupFocusReason)

    def _everything(self) -> None:
        self._clear()
        self.drop.close()
        self.edited.emit()


def _short(text: str) -> str:
    return text if len(text) <= 14 else text[:13] + "…"
