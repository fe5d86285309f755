"""A filter as a small button that says what it lets through and opens a panel below itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from salescenter.i18n import listed, tr
from salescenter.ui.kit.buttons import PickButton, QuietButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.labels import put_look

GAP = 6
"""Pixels between two filters."""


class Drop(QFrame):
    """A panel that hangs below a button until a click beside it or Esc."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("look", "panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 12)
        self.body.setSpacing(10)

    def fit(self) -> None:
        """Be as high as what wraps within needs at this width; chips else ask for the height of one below the other."""
        for chips in self.findChildren(ChipGroup):
            for piece in (chips, *chips.findChildren(QWidget)):
                piece.ensurePolished()
            chips.setFixedHeight(chips.heightForWidth(chips.maximumWidth()))
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
        self.say("")

    @cached_property
    def drop(self) -> Drop:
        """The panel, put together when it is first opened: until then the style looks at none of its fields."""
        drop = Drop(self)
        drop.body.addWidget(self._body)
        drop.body.addWidget(QuietButton(tr("Everything"), self._everything), 0, Qt.AlignmentFlag.AlignLeft)
        return drop

    def say(self, asked: str) -> None:
        """Show what is asked for, "" for everything."""
        self.setText(f"{self._title}: {_short(asked)} ▾" if asked else f"{self._title} ▾")
        self.setToolTip(asked)
        self.setChecked(bool(asked))
        put_look(self, "chip" if asked else "pick")

    def sizeHint(self) -> QSize:
        """Leave room for bold words: what is asked for is written in them."""
        bold = self.font()
        bold.setBold(True)
        return QSize(QFontMetrics(bold).horizontalAdvance(self.text()) + 26, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def title(self) -> str:
        """What the filter is about."""
        return self._title

    def open_drop(self, under: QWidget | None = None) -> None:
        """Open the panel below the button, or below another one; it stays within the screen."""
        self.setChecked(self.property("look") == "chip")
        self.drop.fit()
        at = under or self
        below = at.mapToGlobal(QPoint(0, at.height() + 4))
        room = at.screen().availableGeometry()
        below.setX(max(room.left(), min(below.x(), room.right() - self.drop.width())))
        self.drop.move(below)
        self.drop.show()
        self._body.setFocus(Qt.FocusReason.PopupFocusReason)

    def _everything(self) -> None:
        self._clear()
        self.drop.close()
        self.edited.emit()


class Fold(PickButton):
    """Stands for the filters that do not fit beside each other: a menu that opens the panel of each."""

    def __init__(self, picks: Sequence[Pick], parent: QWidget | None = None) -> None:
        super().__init__("", self.open_menu, parent=parent)
        self._picks = picks
        self.setToolTip(tr("More filters"))
        self.hide()

    def widths(self) -> list[int]:
        """Return how wide each filter is, with the gap before it."""
        return [pick.sizeHint().width() + GAP for pick in self._picks]

    def fit(self, room: int) -> None:
        """Show as many filters as there is room for; the others stand in the menu."""
        widths = self.widths()
        shown = len(widths)
        if sum(widths) > room + GAP:
            room -= self.sizeHint().width()
            shown = sum(1 for at in range(len(widths)) if sum(widths[: at + 1]) <= room)
        for at, pick in enumerate(self._picks):
            pick.setVisible(at < shown)
        self.setVisible(shown < len(self._picks))
        asked = [pick.title for pick in self._folded() if pick.property("look") == "chip"]
        self.setText((tr("Filters") if not shown else tr("More")) + (f" ({len(asked)})" if asked else "") + " ▾")
        self.setToolTip(listed(asked) or tr("More filters"))
        put_look(self, "chip" if asked else "pick")

    def sizeHint(self) -> QSize:
        """Leave room for the longest words, in bold, so that the width does not depend on what is folded."""
        bold = self.font()
        bold.setBold(True)
        words = (f"{tr('Filters')} (0) ▾", f"{tr('More')} (0) ▾")
        wide = max(QFontMetrics(bold).horizontalAdvance(said) for said in words)
        return QSize(wide + 26, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def menu_of_folded(self) -> QMenu:
        """Build the menu: each filter with what it asks for."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for pick in self._folded():
            action = menu.addAction(pick.text().removesuffix(" ▾") + " …")
            action.triggered.connect(lambda _=False, pick=pick: pick.open_drop(self))
        return menu

    def open_menu(self) -> None:
        """Open the menu below the button."""
        self.menu_of_folded().popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _folded(self) -> list[Pick]:
        return [pick for pick in self._picks if pick.isHidden()]


def _short(text: str) -> str:
    return text if len(text) <= 14 else text[:13] + "…"
