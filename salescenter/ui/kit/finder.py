"""The one search box for everything: what it found, below it, and where each hit leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from salescenter.i18n import mark, tr
from salescenter.ui.kit import theme
from salescenter.ui.kit.buttons import KeyHint
from salescenter.ui.kit.lane import Runner, Ticket
from salescenter.ui.kit.search_box import SearchBox

if TYPE_CHECKING:
    from salescenter.services.find import Hit

KINDS = {"unit": mark("Units"), "customer": mark("Customers"), "deal": mark("Deals"), "receipt": mark("Receipts")}
_LINE, _MOST_LINES = 34, 12
ROOM_FOR_HINT = 300
Index = QModelIndex | QPersistentModelIndex


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


class HitList(QListView):
    """The hits under the search box, inside the window, so that the box keeps the keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._model = _Hits(self)
        self.setModel(self._model)
        self.setItemDelegate(_HitPainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("look", "hits")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_hits(self, hits: tuple[Hit, ...], under: QWidget) -> None:
        """Show hits below a widget; the first is chosen."""
        self._model.show_hits(hits)
        lines = max(1, min(len(hits), _MOST_LINES))
        corner = under.mapTo(self.window(), under.rect().bottomLeft())
        wide = min(max(under.width(), 420), self.window().width() - corner.x() - 12)
        self.setGeometry(QRect(corner.x(), corner.y() + 4, wide, lines * _LINE + 10))
        self.setCurrentIndex(self._model.index(0))
        self.setVisible(True)
        self.raise_()

    def at(self, line: int) -> Hit | None:
        """Return the hit in a line."""
        return self._model.hits[line] if 0 <= line < len(self._model.hits) else None

    def current(self) -> Hit | None:
        """Return the chosen hit."""
        return self.at(self.currentIndex().row())

    def step(self, by: int) -> None:
        """Choose the next or the one before, round and round."""
        if self._model.hits:
            self.setCurrentIndex(self._model.index((self.currentIndex().row() + by) % len(self._model.hits)))


class _Hits(QAbstractListModel):
    """The hits as lines; one line says so where there are none."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits: tuple[Hit, ...] = ()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else max(1, len(self.hits))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.UserRole and index.row() < len(self.hits):
            return self.hits[index.row()]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if not self.hits:
            return tr("Nothing found")
        hit = self.hits[index.row()]
        return f"{hit.title}  {hit.detail}"


class _HitPainter(QStyledItemDelegate):
    """Kind in muted letters, title bold, detail behind it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(Qt.ItemDataRole.UserRole)
        box = option.rect.adjusted(10, 0, -10, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hit is not None and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), 5, 5)
        painter.setPen(theme.colour("muted"))
        if hit is None:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            _paint_hit(painter, box, hit)
        painter.restore()


def _paint_hit(painter: QPainter, box: QRect, hit: Hit) -> None:
    plain = painter.font()
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, tr(KINDS.get(str(hit.kind), str(hit.kind))))
    box = box.adjusted(72, 0, 0, 0)
    bold = painter.font()
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(theme.colour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, hit.title)
    box = box.adjusted(painter.fontMetrics().horizontalAdvance(hit.title) + 12, 0, 0, 0)
    painter.setFont(plain)
    painter.setPen(theme.colour("muted"))
    detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, detail)
