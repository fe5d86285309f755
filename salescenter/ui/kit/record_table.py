"""A table of records: sorted by its headers, found by typing, copied to a spreadsheet, summed at its foot."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from salescenter.i18n import tr, trn
from salescenter.ui.kit import cell_colours, theme
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.records import Column, Kind, Mark, RecordModel
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.kit.waiting import LoadingOverlay

R = TypeVar("R")
ROW_HEIGHT = 34
HEADER_SIZE, HEADER_PADDING = 12, 24
"""Pixels of the header's letters and of the room at their sides, as `style.qss` has them."""
LEAST_SHARE = 104
"""Pixels a column without a width gets at least."""

Actions = Callable[[Any], Sequence[tuple[str, Callable[[], object]]]]
"""The context menu of a record: words and what they do."""


class RecordTable(QWidget, Generic[R]):
    """Shows records in columns; Enter or double-click opens one (`opened`), arrows walk (`picked`).

    Letters typed or Ctrl+F narrow the rows, Esc shows all again; Ctrl+C copies the selected rows with their
    header. `key` names a record, so that the selection survives new rows.
    """

    opened = Signal(object)
    picked = Signal(object)  # the record under the cursor, or None

    def __init__(self, columns: Sequence[Column[R]], *, now: Callable[[], datetime],
                 key: Callable[[R], Hashable] | None = None, empty: EmptyState | None = None,
                 actions: Actions | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RecordModel[R] = RecordModel(columns, now)
        self.model.setParent(self)
        self._key, self._empty, self._actions = key, empty, actions
        self.find_box = SearchBox(tr("Find in this list"))
        self.find_box.hide()
        self.find_box.searched.connect(self._seek)
        self.view = _View(self)
        self.view.setModel(self.model)
        self._totals = _Totals(self.view, self.model)
        self._loading = LoadingOverlay(self, stale=lambda: self.model.rowCount() > 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for piece in (self.find_box, self.view, self._totals, *([empty] if empty else [])):
            layout.addWidget(piece)
        self.view.prepare()
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self.picked.emit(self.current()))
        begins_in(self, lambda: None if self.view.isHidden() else self.view)  # an empty table holds no key back
        self._refresh()

    def begin_loading(self) -> None:
        """Rows were asked for; a skeleton appears if they take long. Stale rows stay until then."""
        self._loading.begin()

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show records; what was selected stays selected where it still exists."""
        self._loading.end()
        kept = self._current_key()
        self.model.set_rows(rows)
        self.view.fit_to_words()
        self._refresh()
        if kept is not None:
            self.select_key(kept)

    def rows(self) -> list[R]:
        """Return the records as shown: narrowed and sorted."""
        return self.model.rows()

    def current(self) -> R | None:
        """Return the record under the cursor."""
        at = self.view.currentIndex()
        return self.model.row(at.row()) if at.isValid() else None

    def selected(self) -> list[R]:
        """Return the selected records from the top."""
        return [self.model.row(line) for line in self._selected_lines()]

    def select_key(self, key: Hashable) -> bool:
        """Put the cursor on the record of that key; False where it is not shown."""
        if self._key is None:
            return False
        line = next((at for at, row in enumerate(self.rows()) if self._key(row) == key), None)
        if line is None:
            return False
        self.choose(line)
        return True

    def choose(self, line: int) -> None:
        """Choose one row alone, whatever keys are held: with Ctrl down, Qt's own way would add to the choice."""
        flag = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(self.model.index(line, 0), flag.ClearAndSelect | flag.Rows)

    def choose_first(self) -> None:
        """Choose the first row, or the one the cursor is on, where none is: for lists whose line is acted on."""
        if self.rows() and not self.selected():
            self.choose(max(0, self.view.currentIndex().row()))

    def choose_all(self) -> None:
        """Choose every row, with the cursor on the first: Ctrl+Space leaves one out."""
        self.view.selectAll()
        self.view.selectionModel().setCurrentIndex(self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def copy(self) -> None:
        """Copy the selected rows, or all, as text for a spreadsheet."""
        lines = self._selected_lines() or list(range(self.model.rowCount()))
        QGuiApplication.clipboard().setText(self.model.as_tsv(lines))

    def find_rows(self, begun: str = "") -> None:
        """Open the box that narrows the rows, with what was typed so far."""
        self.find_box.show()
        self.find_box.setFocus()
        if begun:
            self.find_box.setText(begun)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.model.is_narrowed():
            self.find_box.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Down and self.find_box.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def show_menu(self, at: QPoint) -> None:
        """Open the record's context menu."""
        record = self.current()
        if self._actions is None or record is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in self._actions(record):
            menu.addAction(words).triggered.connect(lambda _=False, do=do: do())
        menu.addSeparator()
        menu.addAction(tr("Copy")).triggered.connect(self.copy)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _seek(self, text: str) -> None:
        kept = self._current_key()
        self.model.seek(text)
        self._refresh()
        if kept is None or not self.select_key(kept):
            self.view.setCurrentIndex(self.model.index(0, 0))
        if not text and self.find_box.isVisible():
            self.find_box.hide()
            self.view.setFocus()

    def _refresh(self) -> None:
        nothing = self.model.rowCount() == 0 and not self.model.is_narrowed() and self._empty is not None
        waiting = self.hasFocus() or self.view.hasFocus()
        self.view.setVisible(not nothing)
        if waiting:
            (self if nothing else self.view).setFocus()  # the keys stay with the table while its rows come and go
        self._totals.setVisible(not nothing and self.model.has_totals())
        self._totals.update()
        if self._empty is not None:
            self._empty.setVisible(nothing)

    def _current_key(self) -> Hashable | None:
        record = self.current()
        return None if record is None or self._key is None else self._key(record)

    def _selected_lines(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())


class _View(QTableView):
    """The rows themselves."""

    def __init__(self, table: RecordTable[Any]) -> None:
        super().__init__(table)
        self._table = table
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setItemDelegate(_CellPainter(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(table.show_menu)
        self.doubleClicked.connect(lambda _: table.opened.emit(table.current()))

    def prepare(self) -> None:
        """Give the columns their widths and let the headers sort."""
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for at, column in enumerate(self._table.model.columns):
            header.resizeSection(at, self._needs(column))

    def fit_to_words(self) -> None:
        """Give the columns that grow the width their words need by now."""
        growing = [at for at, column in enumerate(self._table.model.columns) if column.grows]
        for at in growing:
            self.setColumnWidth(at, self._needs(self._table.model.columns[at]))
        if growing:
            self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Columns without a width share what the others leave, but never less than they need."""
        columns = self._table.model.columns
        self._leave_out_spare()
        shown = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        sharing = [at for at in shown if not columns[at].width] or shown[-1:]
        taken = sum(self.columnWidth(at) for at in shown if at not in sharing)
        for at in sharing:
            share = (self.viewport().width() - taken) // len(sharing)
            self.setColumnWidth(at, max(self._needs(columns[at]), share))

    def _leave_out_spare(self) -> None:
        columns = self._table.model.columns
        over = sum(self._needs(column) for column in columns) - self.viewport().width()
        for at in reversed(range(len(columns))):
            if columns[at].spare:
                self.setColumnHidden(at, over > 0)
                over -= self._needs(columns[at]) if over > 0 else 0

    def _needs(self, column: Column[Any]) -> int:
        """Pixels a column needs: what it asks for, and its title in whichever language."""
        font = QFont(self.font())
        font.setPixelSize(HEADER_SIZE)
        least = max(column.width or LEAST_SHARE, QFontMetrics(font).horizontalAdvance(column.title) + HEADER_PADDING)
        return max(least, min(column.grows, self._longest(column))) if column.grows else least

    def _longest(self, column: Column[Any]) -> int:
        metrics = QFontMetrics(self.font())
        words = self._table.model.words_of(column)
        return max((metrics.horizontalAdvance(text) for text in words), default=0) + HEADER_PADDING

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if command and event.key() == Qt.Key.Key_C:
            self._table.copy()
        elif command and event.key() == Qt.Key.Key_F:
            self._table.find_rows()
        elif event.text().isalpha() and not command:
            self._table.find_rows(event.text())
        elif command and event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)  # one row into the choice or out of it
        elif event.key() in _LEFT_TO_OTHERS or event.text().isdigit():
            event.ignore()  # digits are the beginning of a room number, which the window takes
        else:
            super().keyPressEvent(event)


_LEFT_TO_OTHERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space)
_TINTS = {"neutral": ("grey_soft", "muted"), "accent": ("accent_soft", "accent_text"),
          "warning": ("warning_soft", "warning"), "danger": ("danger_soft", "danger")}


class _CellPainter(QStyledItemDelegate):
    """Paints badges and states as words on their colour; all else is Qt's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.UserRole)
        kind = index.model().columns[index.column()].kind  # type: ignore[attr-defined]
        if kind not in (Kind.BADGE, Kind.STATE) or value is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        ground, ink = _tint(value)
        _paint_badge(painter, option.rect, words, ground, ink)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        if ink is not None:  # what is red or muted says something; it does so in the chosen row too
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ink)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


class _Totals(QWidget):
    """The sums under their columns, over the rows that are shown."""

    def __init__(self, view: QTableView, model: RecordModel[Any]) -> None:
        super().__init__(view.parentWidget())
        self._view, self._model = view, model
        self.setFixedHeight(ROW_HEIGHT)
        view.horizontalHeader().sectionResized.connect(lambda *_: self.update())
        view.horizontalHeader().geometriesChanged.connect(self.update)
        view.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour("border"))
        painter.drawLine(0, 0, self.width(), 0)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        words = trn("Total, {count} row", "Total, {count} rows", count=self._model.rowCount())
        first = next((at for at, column in enumerate(self._model.columns) if column.total), len(self._model.columns))
        room = self._view.columnViewportPosition(first) - 8 if first < len(self._model.columns) else self.width()
        painter.drawText(QRect(8, 0, max(room, 60), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        for at in range(len(self._model.columns)):
            if self._view.isColumnHidden(at):
                continue
            box = QRect(self._view.columnViewportPosition(at), 0, self._view.columnWidth(at) - 11, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._model.total(at))
        painter.end()


def _tint(value: Any) -> tuple[QColor, QColor]:
    if isinstance(value, Mark):
        ground, ink = _TINTS[value.tone]
        return theme.colour(ground), theme.colour(ink)
    look = cell_colours.worn()[value]
    return QColor(look.ground), QColor(look.ink)


def _paint_badge(painter: QPainter, box: QRect, words: str, ground: QColor, ink: QColor) -> None:
    font = painter.font()
    font.setPixelSize(12)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    wide = min(painter.fontMetrics().horizontalAdvance(words) + 14, box.width() - 12)
    badge = QRectF(box.left() + 8, box.center().y() - 9.5, wide, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(badge, 4, 4)
    painter.setPen(ink)
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
