"""The sheet as it was read, with a box above each column that says what it is taken for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from salescenter.domain.columns import FIELDS, FieldKey
from salescenter.domain.import_terms import BadRow
from salescenter.domain.recognition import SURE, Because, Column, ColumnMapping
from salescenter.domain.sheet_values import words
from salescenter.import_words import column_words, field_words, remedy_words, why_words
from salescenter.services.importing.draft import Found
from salescenter.services.importing.reader import letter
from salescenter.ui.kit import theme
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.labels import restyle

Index = QModelIndex | QPersistentModelIndex
NARROW, WIDE, HEAD = 108, 260, 68
"""Least and greatest width of a column and the height of its head, in pixels."""


class SheetModel(QAbstractTableModel):
    """The cells below the header as text; troubled ones are tinted and say why."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[Any]] = ()
        self._first = 0
        self._columns: tuple[Column, ...] = ()
        self._troubles: dict[tuple[int, int], tuple[BadRow, bool]] = {}

    def show_sheet(self, found: Found, bad: Sequence[BadRow] = (), flagged: Sequence[BadRow] = ()) -> None:
        """Show a sheet; `bad` cells stop the import, `flagged` ones only want a look."""
        self.beginResetModel()
        self._rows, self._first = found.sheet.rows, found.header.body
        self._columns = found.mapping.columns
        at = {letter(column.index): column.index for column in self._columns}
        told = [(one, False) for one in flagged] + [(one, True) for one in bad]
        self._troubles = {(one.row - 1, at.get(one.column, 0)): (one, stops) for one, stops in told}
        self.endResetModel()

    def line_of(self, row: int) -> int:
        """Return the line that shows a row of the sheet, counted from 1."""
        return row - 1 - self._first

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else max(0, len(self._rows) - self._first)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row() + self._first, index.column()
        cell = self._rows[row][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return words(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if _is_figure(cell) else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and self._columns[column].field is None:
            return theme.colour("faint")
        return self._trouble((row, column), role)

    def _trouble(self, at: tuple[int, int], role: int) -> Any:
        if at not in self._troubles:
            return None
        bad, stops = self._troubles[at]
        if role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("danger_soft" if stops else "warning_soft")
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("danger" if stops else "warning")
        return f"{why_words(bad)}\n{remedy_words(bad)}" if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + self._first + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].header
        return column_words(self._columns[section]) if role == Qt.ItemDataRole.ToolTipRole else None


class RoleHeader(QHeaderView):
    """The sheet's own header above, a box with what the column is taken for below; `chosen(column, field)`."""

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._boxes: list[ComboBox] = []
        self._fields: dict[str, FieldKey | None] = {}
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(NARROW)
        self.sectionResized.connect(lambda *_: self.place())
        self.geometriesChanged.connect(self.place)

    def show_roles(self, mapping: ColumnMapping) -> None:
        """Show a mapping; boxes are made anew only where another list of fields is needed."""
        fields = [None, *(field.key for field in FIELDS[mapping.kind])]
        choices = [(str(field or ""), field_words(field)) for field in fields]
        self._fields = {str(field or ""): field for field in fields}
        while len(self._boxes) > len(mapping.columns):
            self._boxes.pop().deleteLater()
        for at, column in enumerate(mapping.columns):
            if at == len(self._boxes):
                self._boxes.append(self._box(at))
            box = self._boxes[at]
            if [box.itemData(i) for i in range(box.count())] != [value for value, _ in choices]:
                box.set_choices(choices)
            box.put(str(column.field or ""))
            _from_its_beginning(box)
            self._dress(box, column)
        self.place()

    def box(self, column: int) -> ComboBox:
        """Return the box above a column."""
        return self._boxes[column]

    def place(self) -> None:
        """Put every box into its section."""
        for at, box in enumerate(self._boxes):
            left, wide = self.sectionViewportPosition(at), self.sectionSize(at)
            box.setGeometry(left + 5, HEAD - 36, wide - 10, 30)
            box.setVisible(left + wide > 0 and left < self.viewport().width())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.colour("panel"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = rect.adjusted(10, 6, -8, -(HEAD - 30))
        painter.setPen(theme.colour("faint"))
        mark = letter(section)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, mark)
        painter.setPen(theme.colour("text"))
        beside = room.adjusted(painter.fontMetrics().horizontalAdvance(mark) + 8, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, beside.width())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, "" if name == mark else shown)
        painter.restore()

    def _box(self, at: int) -> ComboBox:
        box = ComboBox(parent=self.viewport())
        box.activated.connect(lambda _: self.chosen.emit(at, self._fields.get(str(box.currentData() or ""))))
        return box

    @staticmethod
    def _dress(box: ComboBox, column: Column) -> None:
        box.setToolTip(column_words(column))
        box.setAccessibleName(column_words(column))
        tone = "none" if column.field is None else "unsure" if column.confidence < SURE + 0.2 else "sure"
        if column.reasons and column.reasons[0].because in (Because.BY_HAND, Because.REMEMBERED):
            tone = "sure"
        if box.property("role") != tone:
            box.setProperty("role", tone)
            restyle(box)


def _from_its_beginning(box: ComboBox) -> None:
    line = box.lineEdit()
    if line is not None and not box.hasFocus():
        line.setCursorPosition(0)


class _Cells(QStyledItemDelegate):
    """Paints the ground of troubled cells, which the style sheet would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect.adjusted(2, 2, -2, -3), ground)
        super().paint(painter, option, index)


class SheetView(QTableView):
    """The preview: the model under its header of roles."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = SheetModel()
        self.sheet.setParent(self)
        self.setModel(self.sheet)
        self.roles = RoleHeader(self)
        self.setHorizontalHeader(self.roles)
        self.roles.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(28)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.roles.place())

    def show_sheet(self, found: Found, bad: Sequence[BadRow] = (), flagged: Sequence[BadRow] = ()) -> None:
        """Show a sheet with what its columns are taken for."""
        fresh = self.sheet.columnCount() != len(found.mapping.columns)
        self.sheet.show_sheet(found, bad, flagged)
        self.roles.show_roles(found.mapping)
        if fresh:
            self._fit(found)

    def go_to(self, bad: BadRow) -> None:
        """Show the cell a trouble speaks of."""
        column = next((at for at in range(self.sheet.columnCount()) if letter(at) == bad.column), 0)
        index = self.sheet.index(self.sheet.line_of(bad.row), column)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setCurrentIndex(index)

    def _fit(self, found: Found) -> None:
        """Give each column the width its first cells need, within reason."""
        metrics = self.fontMetrics()
        for at, column in enumerate(found.mapping.columns):
            sample = [words(row[at]) for row in found.sheet.rows[found.header.body : found.header.body + 30]]
            needs = max((metrics.horizontalAdvance(text) for text in (*sample, column.header)), default=0) + 36
            role = metrics.horizontalAdvance(field_words(column.field)) + 76
            self.setColumnWidth(at, max(NARROW, min(WIDE, max(needs, role))))


def _is_figure(cell: Any) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and "." in cell and cell.replace(".", "").isdigit())
