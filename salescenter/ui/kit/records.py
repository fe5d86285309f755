"""The model behind a table of records: frozen rows, columns that read them, sorting, finding and totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.ui.kit import formats, theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.terms import state_words

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a column holds; decides how it is written, aligned, sorted and summed."""

    TEXT = auto()
    MONEY = auto()    # Money
    AREA = auto()     # Decimal, square metres
    COUNT = auto()    # int
    PERCENT = auto()  # Decimal share, 0.632
    DAY = auto()      # date
    MOMENT = auto()   # datetime with zone
    BADGE = auto()    # Mark
    STATE = auto()    # UnitState; a Mark where there is none, as in a deal that has ended


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on a tint: tone neutral, accent, warning, danger."""

    text: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, what it reads of a row (None is an empty place), its kind.

    width: pixels, 0 takes a share of what is left; total: summed in the last line (MONEY, AREA, COUNT);
    tone: muted, accent, warning or danger for the words of a row, "" for none; tip: the tooltip of a row;
    spare: left out, the last first, where the table is too narrow for all; grows: as wide as its longest words, up to
    so many pixels.
    """

    title: str
    get: Callable[[R], Any]
    kind: Kind = Kind.TEXT
    width: int = 0
    total: bool = False
    tone: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    spare: bool = False
    grows: int = 0


_RIGHT = frozenset({Kind.MONEY, Kind.AREA, Kind.COUNT, Kind.PERCENT})
_SUMS: dict[Kind, Callable[[list[Any]], Any]] = {
    Kind.MONEY: Money.sum, Kind.AREA: lambda values: sum(values, Decimal(0)), Kind.COUNT: sum,
}
_TONES = {"muted": "muted", "accent": "accent_text", "warning": "warning", "danger": "danger"}


class RecordModel(QAbstractTableModel, Generic[R]):
    """Rows as they are shown: sorted by a column, narrowed to what was sought."""

    def __init__(self, columns: Sequence[Column[R]], now: Callable[[], datetime]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._now = now
        self._all: list[R] = []
        self._texts: list[str] = []  # what `seek` looks through, made when first sought
        self._shown: list[int] = []  # positions in `_all`
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._sought = ""

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the order chosen and narrowed as before."""
        self.beginResetModel()
        self._all, self._texts = list(rows), []
        self._arrange()
        self.endResetModel()

    def seek(self, text: str) -> None:
        """Show only rows that hold every word of the text in some column."""
        self.beginResetModel()
        self._sought = text.casefold()
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; empty places come last whichever way."""
        self.layoutAboutToBeChanged.emit()
        self._sorted_by = (column, order) if column >= 0 else None
        kept = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        self._arrange()
        places = {position: row for row, position in enumerate(self._shown)}
        for index, position in kept:
            self.changePersistentIndex(index, self.index(places[position], index.column()))
        self.layoutChanged.emit()

    def row(self, at: int) -> R:
        """Return the record in a line."""
        return self._all[self._shown[at]]

    def rows(self) -> list[R]:
        """Return the records as they are shown."""
        return [self._all[position] for position in self._shown]

    def is_narrowed(self) -> bool:
        """Say whether a search hides rows."""
        return bool(self._sought)

    def has_totals(self) -> bool:
        """Say whether any column is summed."""
        return any(column.total for column in self.columns)

    def total(self, at: int) -> str:
        """Return the sum of a column over the rows shown, written; "" for columns that are not summed."""
        column = self.columns[at]
        if not column.total:
            return ""
        values = [value for value in map(column.get, self.rows()) if value is not None]
        return self.written(column.kind, _SUMS[column.kind](values))

    def written(self, kind: Kind, value: Any) -> str:
        """Write a value of a kind."""
        if value is None or value == "":
            return ""
        if kind is Kind.DAY:
            return formats.day(value, self._now().date())
        if kind is Kind.MOMENT:
            return formats.moment(value, self._now())
        return _WRITE[kind](value)

    def words_of(self, column: Column[R]) -> set[str]:
        """What a column says in all rows, each once."""
        return {self.written(column.kind, column.get(row)) for row in self._all}

    def as_tsv(self, lines: Sequence[int]) -> str:
        """Return lines with the header as text for a spreadsheet; figures without thousands commas."""
        head = "\t".join(column.title for column in self.columns)
        return "\n".join([head, *("\t".join(self._plain(line, column) for column in self.columns) for line in lines)])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        answer = _ANSWERS.get(role)
        return answer(self, self.row(index.row()), self.columns[index.column()]) if answer else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[section].kind)
        return None

    def _arrange(self) -> None:
        words = self._sought.split()
        if words and not self._texts:
            self._texts = [self._text(row) for row in self._all]
        self._shown = [at for at in range(len(self._all)) if all(word in self._texts[at] for word in words)]
        if self._sorted_by is None:
            return
        column, order = self.columns[self._sorted_by[0]], self._sorted_by[1]
        empty = [at for at in self._shown if column.get(self._all[at]) is None]
        filled = [at for at in self._shown if column.get(self._all[at]) is not None]
        filled.sort(key=lambda at: _sortable(column.get(self._all[at])), reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = filled + empty

    def _text(self, row: R) -> str:
        return "\n".join(self.written(column.kind, column.get(row)) for column in self.columns).casefold()

    def _plain(self, line: int, column: Column[R]) -> str:
        value = column.get(self.row(line))
        if column.kind in _RIGHT and value is not None:
            return self.written(column.kind, value).replace(",", "").replace("−", "-")
        if column.kind in (Kind.DAY, Kind.MOMENT) and value is not None:
            return str(value.isoformat(" ", "minutes") if column.kind is Kind.MOMENT else value.isoformat())
        return self.written(column.kind, value).replace("\t", " ").replace("\n", " ")


_WRITE: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str, Kind.MONEY: formats.money, Kind.AREA: formats.area, Kind.COUNT: formats.count,
    Kind.PERCENT: formats.percent, Kind.BADGE: lambda mark: str(mark.text),
    Kind.STATE: lambda value: str(value.text) if isinstance(value, Mark) else state_words(value),
}


def _display(model: RecordModel[Any], row: Any, column: Column[Any]) -> Any:
    return model.written(column.kind, column.get(row))


def _ink(_model: RecordModel[Any], row: Any, column: Column[Any]) -> Any:
    tone = column.tone(row) if column.tone else ""
    return theme.colour(_TONES[tone]) if tone else None


def _font(_model: RecordModel[Any], _row: Any, column: Column[Any]) -> Any:
    return numbers(QApplication.font()) if column.kind in _RIGHT else None


def _side(kind: Kind) -> int:
    side = Qt.AlignmentFlag.AlignRight if kind in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _sortable(value: Any) -> Any:
    if isinstance(value, Mark):
        return len(UnitState), value.text.casefold()
    if isinstance(value, UnitState):
        return int(value), ""
    return value.casefold() if isinstance(value, str) else value


_ANSWERS: dict[int, Callable[[RecordModel[Any], Any, Column[Any]], Any]] = {
    Qt.ItemDataRole.DisplayRole: _display,
    Qt.ItemDataRole.ForegroundRole: _ink,
    Qt.ItemDataRole.FontRole: _font,
    Qt.ItemDataRole.TextAlignmentRole: lambda _model, _row, column: _side(column.kind),
    Qt.ItemDataRole.ToolTipRole: lambda _model, row, column: column.tip(row) if column.tip else None,
    Qt.ItemDataRole.UserRole: lambda _model, row, column: column.get(row),
}
