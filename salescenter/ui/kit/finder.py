"""The one search box for everything: what it found, below it, and where each hit leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import KeyHint
from salescenter.ui.kit.lane import Runner, Ticket
from salescenter.ui.kit.search_box import SearchBox

if TYPE_CHECKING:
    from salescenter.services.find import Hit
    from salescenter.ui.kit.hit_list import HitList

ROOM_FOR_HINT = 300


class Finder(SearchBox):
    """Type, and hits appear below; up and down choose, Enter opens, Esc leaves.

    Enter before the answer is here opens the first hit when it comes: `3-1201` Enter needs no waiting.
    """

    chosen = Signal(object)   # services.find.Hit
    nothing = Signal(str)     # Enter was pressed and nothing is found under this text

    def __init__(self, find: Callable[[str], Sequence[Hit]], lane: Runner) -> None:
        super().__init__(tr("Room, customer, phone, pinyin, number"))
        self._find, self._lane = find, lane
        self._asked: Ticket | None = None
        self._answered = ""
        self._enter_waits = False
        self._list: HitList | None = None
        self._hint = KeyHint("Ctrl K", self)
        self.textChanged.connect(lambda _: self._place_hint())
        self.searched.connect(self._seek)

    def begin(self, text: str) -> None:
        """Begin a search with what was typed elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)

    def hits(self) -> HitList:
        """Return the list below, made when first needed in the window it covers."""
        if self._list is None:
            from salescenter.ui.kit.hit_list import HitList  # noqa: PLC0415  the grid stands before the first search

            self._list = HitList(self.window())
            self.destroyed.connect(self._list.deleteLater)
            self._list.clicked.connect(lambda index: self._open(self.hits().at(index.row())))
        return self._list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.hits().step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_hint()

    def leave(self) -> None:
        """Empty the box and give the keys back to the page."""
        self._enter_waits = False
        self.clear()
        self.clearFocus()
        if self._list is not None:
            self._list.hide()

    def _place_hint(self) -> None:
        """The key stands at the right end while the box is empty and wide enough for it."""
        size = self._hint.sizeHint()
        corner = QPoint(self.width() - size.width() - 8, (self.height() - size.height()) // 2)
        self._hint.setGeometry(QRect(corner, size))
        self._hint.setVisible(not self.text() and self.width() > ROOM_FOR_HINT)

    def _enter(self) -> None:
        typed = self.text().strip()
        if typed and typed == self._answered:
            self._open(self.hits().current())
        elif typed:
            self._enter_waits = True
            self.search_now()

    def _seek(self, text: str) -> None:
        if self._asked is not None:
            self._asked.cancel()
        if not text:
            self._answered = ""
            self.hits().hide()
            return
        self._asked = self._lane.run(
            lambda: tuple(self._find(text)), lambda found: self._found(text, found), owner=self)

    def _found(self, text: str, found: tuple[Hit, ...]) -> None:
        self._answered = text
        self.hits().show_hits(found, self)
        if self._enter_waits:
            self._enter_waits = False
            self._open(found[0] if found else None)

    def _open(self, hit: Hit | None) -> None:
        if hit is None:
            self.nothing.emit(self.text().strip())
            return
        self.leave()
        self.chosen.emit(hit)
