"""A list of one-line entries: lead, title, badges, detail, and a word at the right, painted in one piece."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.records import Mark

Index = QModelIndex | QPersistentModelIndex
HEIGHT, INSET, GAP = 38, 10, 8
_TONES = {
    "": "text", "muted": "muted", "faint": "faint", "accent": "accent_text", "warning": "warning", "danger": "danger",
}
_TINTS = {
    "neutral": ("grey_soft", "muted"), "accent": ("accent_soft", "accent_text"),
    "warning": ("warning_soft", "warning"), "danger": ("danger_soft", "danger"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry.

    lead: a clock, or with `ringed` a place in a circle; tone: of the words at the right (muted, accent, warning,
    danger); ground: "" | main (filled: the one that matters) | warning (framed); faint: it is out of play.
    """

    key: Hashable
    title: str
    lead: str = ""
    ringed: bool = False
    badges: tuple[Mark, ...] = ()
    detail: str = ""
    right: str = ""
    tone: str = "muted"
    ground: str = ""
    faint: bool = False
    tip: str = ""

    def words(self) -> str:
        """Everything the line says, for screen readers."""
        return "  ".join(part for part in (
            self.lead, self.title, *(badge.text for badge in self.badges), self.detail, self.right
        ) if part)


Actions = Callable[[Any], Sequence[tuple[str, Callable[[], object]]]]


class LineList(QListView):
    """Lines below each other; Enter or a double click opens one, the context menu offers what can be done with it."""

    opened = Signal(object)  # a line's key

    def __init__(self, name: str, *, actions: Actions | None = None, lead: int = 0,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines(self)
        self._actions = actions
        self.setAccessibleName(name)
        self.setModel(self._model)
        self.setItemDelegate(_LinePainter(self, lead))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.show_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.line(index.row()).key))

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the chosen one stays chosen where it is still there."""
        kept = self.current()
        self._model.set_lines(lines)
        at = next((n for n, line in enumerate(lines) if kept is not None and line.key == kept.key), -1)
        self.setCurrentIndex(self._model.index(at) if at >= 0 else QModelIndex())
        self.updateGeometry()

    def lines(self) -> tuple[Line, ...]:
        """Return what is shown."""
        return self._model.lines

    def line(self, at: int) -> Line:
        """Return the line at a place."""
        return self._model.lines[at]

    def current(self) -> Line | None:
        """Return the chosen line."""
        at = self.currentIndex().row()
        return self._model.lines[at] if 0 <= at < len(self._model.lines) else None

    def choose(self, at: int) -> None:
        """Choose the line at a place; -1 chooses none."""
        self.setCurrentIndex(self._model.index(at) if at >= 0 else QModelIndex())

    def step(self, by: int) -> None:
        """Choose the next line or the one before, round and round."""
        if self._model.lines:
            here = self.currentIndex().row()
            self.choose((here + by) % len(self._model.lines) if here >= 0 or by > 0 else len(self._model.lines) - 1)

    def wanted_height(self) -> int:
        """Return the height that shows every line."""
        return len(self._model.lines) * HEIGHT + 2

    def sizeHint(self) -> QSize:
        return QSize(220, self.wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.wanted_height(), HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and not event.modifiers():
            self.opened.emit(line.key)
        elif event.key() in (Qt.Key.Key_Menu, Qt.Key.Key_Space) and line is not None:
            self.show_menu(self.visualRect(self.currentIndex()).bottomLeft())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape) or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_menu(self, at: QPoint) -> None:
        """Open the context menu of the chosen line."""
        line = self.current()
        offered = self._actions(line.key) if self._actions is not None and line is not None else ()
        if not offered:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in offered:
            menu.addAction(words).triggered.connect(lambda _=False, do=do: do())
        menu.popup(self.viewport().mapToGlobal(at))


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words()
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or None
        return line if role == Qt.ItemDataRole.UserRole else None


class _LinePainter(QStyledItemDelegate):
    """Lays a line out from both ends: what is in the middle gives way."""

    def __init__(self, parent: QWidget, lead: int) -> None:
        super().__init__(parent)
        self._lead = lead

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        _paint_ground(painter, option.rect, line, chosen=chosen, hovered=hovered)
        box = option.rect.adjusted(INSET, 0, -INSET, 0)
        box.setLeft(box.left() + self._paint_lead(painter, box, line, option.font))
        box.setRight(box.right() - _paint_right(painter, box, line, option.font))
        _paint_middle(painter, box, line, option.font)
        if not line.ground and not chosen:
            foot = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
            painter.fillRect(foot, theme.colour("border"))
        painter.restore()

    def _paint_lead(self, painter: QPainter, box: QRect, line: Line, font: QFont) -> int:
        if not line.lead:
            return self._lead
        small = numbers(_sized(font, 12))
        painter.setFont(small)
        if not line.ringed:
            painter.setPen(theme.colour("muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line.lead)
            return max(self._lead, QFontMetrics(small).horizontalAdvance(line.lead) + GAP)
        ring = QRectF(box.left(), box.center().y() - 11.5, 24, 24)
        ground = theme.colour("accent_ink" if line.ground == "main" else "grey_soft")
        ground.setAlphaF(0.22 if line.ground == "main" else 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(ring)
        painter.setPen(_ink(line, "muted"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, line.lead)
        return 24 + GAP + 2


def _paint_ground(painter: QPainter, rect: QRect, line: Line, *, chosen: bool, hovered: bool) -> None:
    box = QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5)
    painter.setPen(Qt.PenStyle.NoPen)
    if line.ground == "main":
        painter.setBrush(theme.colour("accent"))
    elif chosen:
        painter.setBrush(theme.colour("warning_soft" if line.ground == "warning" else "accent_soft"))
    elif hovered:
        painter.setBrush(theme.colour("hover"))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    if chosen:
        painter.setPen(theme.colour("warning" if line.ground == "warning" else "accent_text"))
    painter.drawRoundedRect(box, 7, 7)


def _paint_right(painter: QPainter, box: QRect, line: Line, font: QFont) -> int:
    if not line.right:
        return 0
    small = _sized(font, 12)
    small.setBold(line.ground == "warning")
    painter.setFont(small)
    painter.setPen(_ink(line, _TONES[line.tone]))
    title = QFont(font)
    title.setBold(line.ground != "")
    room = max(60, box.width() - QFontMetrics(title).horizontalAdvance(line.title) - GAP)
    words = QFontMetrics(small).elidedText(line.right, Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
    return QFontMetrics(small).horizontalAdvance(words) + GAP


def _paint_middle(painter: QPainter, box: QRect, line: Line, font: QFont) -> None:
    title = QFont(font)
    title.setBold(line.ground != "")
    painter.setFont(title)
    painter.setPen(_ink(line, "text"))
    metrics = QFontMetrics(title)
    badges = sum(_badge_width(font, badge) + 5 for badge in line.badges)
    words = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, max(0, box.width() - badges))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
    left = box.left() + metrics.horizontalAdvance(words) + GAP
    for badge in line.badges:
        left += _paint_badge(painter, left, box, badge, font)
    if line.detail and left < box.right():
        painter.setFont(font)
        painter.setPen(_ink(line, "muted"))
        rest = QRect(left, box.top(), box.right() - left, box.height())
        cut = QFontMetrics(font).elidedText(line.detail, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, cut)


def _paint_badge(painter: QPainter, left: int, box: QRect, badge: Mark, font: QFont) -> int:
    ground, ink = _TINTS[badge.tone]
    wide = _badge_width(font, badge)
    shape = QRectF(left, box.center().y() - 8.5, wide, 19)
    painter.setFont(_sized(font, 12))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(shape, 4, 4)
    painter.setPen(theme.colour(ink))
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, badge.text)
    return wide + 5


def _badge_width(font: QFont, badge: Mark) -> int:
    return QFontMetrics(_sized(font, 12)).horizontalAdvance(badge.text) + 12


def _ink(line: Line, token: str) -> Any:
    if line.ground == "main":
        return theme.colour("accent_ink")
    return theme.colour("faint" if line.faint else token)


def _sized(font: QFont, pixels: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    return made
