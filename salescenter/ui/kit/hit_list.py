"""The hits of the one search box, line by line, below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from salescenter.i18n import mark, tr
from salescenter.ui.kit import theme

if TYPE_CHECKING:
    from salescenter.services.find import Hit

KINDS = {"unit": mark("Units"), "customer": mark("Customers"), "deal": mark("Deals"), "receipt": mark("Receipts")}
_LINE, _MOST_LINES = 34, 12
Index = QModelIndex | QPersistentModelIndex


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
