"""The control grid at 20,000 units, 1600x900, beside a finished picture blitted and a table with a delegate."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from itertools import count
from statistics import median

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bench.figure import Figure
from bench.timing import MS, in_turns, percentile, ratio
from salescenter.domain.grid import CellChange, Cells, Layout
from salescenter.domain.units import UnitState
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.plan import Plan, lay_out
from salescenter.ui.floorplan.saying import area_text, price_text
from salescenter.ui.kit import fonts, theme
from tests.ui.floorplan import made_up

NAME = "grid"
SIZES = {"small": 2_000, "full": 20_000}
WIDE, HIGH = 1600, 900
CELL_W, CELL_H = 71, 43  # pitch of a cell of the usual zoom, for all three


def measure(size: str) -> list[Figure]:
    """Take every figure; the two peers run in turns with the grid in this same process."""
    app = _dressed()
    layout, cells = made_up.large(SIZES[size])
    estate, plan, aside = _prepared(layout, cells)
    blit = _Subject(app, lambda: _Blit(len(cells)))
    table = _Subject(app, lambda: _table(cells))
    grid = _Subject(app, lambda: GridCanvas(estate, made_up.TODAY, plan))
    figures = [_first(blit, grid), Figure("made ready beside the screen, ms", aside), _repaint(table, grid)]
    figures += [*_scroll(blit, grid), *_changes(app, cells, grid), _zoomed_out(table, grid)]
    for subject in (blit, table, grid):
        subject.close()
    return [*figures, *_memory(app, SIZES[size])]


def _prepared(layout: Layout, cells: Cells) -> tuple[Estate, Plan, float]:
    """What the database lane makes ready before the screen is asked for anything, and its milliseconds."""
    start = time.perf_counter()
    estate = Estate(layout, cells, made_up.NOW)
    plan = lay_out(estate.layout, estate.cells)
    return estate, plan, (time.perf_counter() - start) * MS


class _Counter(QObject):
    """Counts the paints of a viewport."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.painted += event.type() == QEvent.Type.Paint
        return False


class _Subject:
    """A widget under the watch: made, shown, and the seconds to each first paint."""

    def __init__(self, app: QApplication, make: Callable[[], QAbstractScrollArea]) -> None:
        self.app, self._make = app, make
        self.firsts: list[float] = []
        self._scrolled = 0
        self.widget, _ = self._shown()

    def again(self) -> None:
        """Make another one and take the time to its first paint."""
        widget, spent = self._shown()
        self.firsts.append(spent)
        _dispose(self.app, widget)

    def scroll_on(self) -> None:
        """Scroll a little to the right and down, and let it be painted."""
        self._scrolled += 1
        for bar, pixels in ((self.widget.horizontalScrollBar(), 13), (self.widget.verticalScrollBar(), 7)):
            bar.setValue(pixels * self._scrolled % max(1, bar.maximum()))
        self.app.processEvents()

    def close(self) -> None:
        """Take the widget away."""
        _dispose(self.app, self.widget)

    def _shown(self) -> tuple[QAbstractScrollArea, float]:
        counter = _Counter()
        start = time.perf_counter()
        widget = self._make()
        widget.viewport().installEventFilter(counter)
        widget.resize(WIDE, HIGH)
        widget.show()
        while not counter.painted:
            self.app.processEvents()
        spent = time.perf_counter() - start
        widget.viewport().removeEventFilter(counter)
        for _ in range(3):
            self.app.processEvents()
        return widget, spent


def _dispose(app: QApplication, widget: QWidget) -> None:
    widget.close()
    widget.deleteLater()
    app.processEvents()
    gc.collect()


def _first(blit: _Subject, grid: _Subject) -> Figure:
    for _ in range(7):
        blit.again()
        grid.again()
    return _against("first paint / blit, ms", grid.firsts, blit.firsts, 2.5)


def _repaint(table: _Subject, grid: _Subject) -> Figure:
    works = {"grid": lambda: _from_nothing(_as_canvas(grid)), "table": table.widget.viewport().repaint}
    spent = in_turns(works, 40, warm=3)
    return _against("full repaint / table with a delegate, ms", spent["grid"], spent["table"], 0.7)


def _from_nothing(canvas: GridCanvas) -> None:
    """Paint every cell in sight again, nothing kept from before."""
    canvas.repaint_all()
    canvas.viewport().repaint()


def _scroll(blit: _Subject, grid: _Subject) -> list[Figure]:
    spent = in_turns({"grid": grid.scroll_on, "blit": blit.scroll_on}, 150, warm=5)
    p99 = percentile(spent["grid"], 0.99) * MS
    return [
        _against("scroll frame p50 / blit, ms", spent["grid"], spent["blit"], 1.7),
        Figure("scroll frame p99, ms", p99, limit=16.0),
    ]


def _changes(app: QApplication, cells: Cells, grid: _Subject) -> list[Figure]:
    canvas = _as_canvas(grid)
    for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
        bar.setValue(0)
    app.processEvents()
    seen = [unit for unit in canvas.plan.shown() if canvas.viewport().rect().contains(canvas.cell_rect(unit))]
    turns = count(2)

    def change(units: list[int], turn: int) -> None:
        canvas.apply(_change(cells, unit, turn) for unit in units)
        app.processEvents()

    def one() -> None:
        turn = next(turns)
        change([seen[turn * 5 % len(seen)]], turn)

    singly = in_turns({"one": one}, 200, warm=5)["one"]
    many = in_turns({"many": lambda: change(seen[:200], next(turns))}, 40, warm=3)["many"]
    return [
        Figure("one cell changed, ms", median(singly) * MS, limit=0.15),
        Figure("200 cells in sight changed at once, ms", median(many) * MS, limit=16.0),
    ]


def _zoomed_out(table: _Subject, grid: _Subject) -> Figure:
    """Both with every unit in sight."""
    canvas, view = _as_canvas(grid), table.widget
    canvas.fit()
    assert isinstance(view, QTableView)
    view.horizontalHeader().setDefaultSectionSize(max(2, WIDE // view.model().columnCount()))
    view.verticalHeader().setDefaultSectionSize(max(2, HIGH // view.model().rowCount()))
    for _ in range(3):
        table.app.processEvents()
    spent = in_turns({"grid": lambda: _from_nothing(canvas), "table": view.viewport().repaint}, 12, warm=2)
    return _against("whole estate in sight / table, ms", spent["grid"], spent["table"], 0.05)


def _against(what: str, ours: Sequence[float], peers: Sequence[float], limit: float) -> Figure:
    return Figure(what, median(ours) * MS, median(peers) * MS, ratio(ours, peers), limit)


def _memory(app: QApplication, size: int) -> list[Figure]:
    """What the canvas takes beside the estate's own columns, after scrolling about; a small estate and a large."""
    few, many = (_used_by_canvas(app, units) for units in (size // 20, size))
    return [
        Figure("memory of the canvas, MB", many, few, limit=20.0),
        Figure("memory more than with a twentieth of the units, MB", many - few, limit=3.0),
    ]


def _used_by_canvas(app: QApplication, size: int) -> float:
    layout, cells = made_up.large(size)
    estate = Estate(layout, cells, made_up.NOW)
    plan = lay_out(estate.layout, estate.cells)
    gc.collect()
    before = _resident()
    canvas = GridCanvas(estate, made_up.TODAY, plan)
    canvas.resize(WIDE, HIGH)
    canvas.show()
    for step in range(60):
        canvas.horizontalScrollBar().setValue(step * 97 % max(1, canvas.horizontalScrollBar().maximum()))
        canvas.verticalScrollBar().setValue(step * 61 % max(1, canvas.verticalScrollBar().maximum()))
        app.processEvents()
    used = _resident() - before
    _dispose(app, canvas)
    return max(0.0, used)


# --- the three


def _as_canvas(grid: _Subject) -> GridCanvas:
    assert isinstance(grid.widget, GridCanvas)
    return grid.widget


class _Blit(QAbstractScrollArea):
    """The limit: one finished picture of the viewport's size, drawn each time."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self._rows = 68
        self._columns = math.ceil(count / self._rows)

    def resizeEvent(self, event: object) -> None:
        for bar, whole, seen in (
            (self.horizontalScrollBar(), self._columns * CELL_W, self.viewport().width()),
            (self.verticalScrollBar(), self._rows * CELL_H, self.viewport().height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture is None or self._picture.size() != self.viewport().size():
            self._picture = QPixmap(self.viewport().size())
            self._picture.fill(QColor("#BFE3C0"))
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._picture)
        painter.end()


class _Model(QAbstractTableModel):
    def __init__(self, cells: Cells) -> None:
        super().__init__()
        self.cells = cells
        self.columns = math.ceil(len(cells) / 68)

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 68

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return self.columns

    def data(self, _index: object, _role: int = 0) -> None:
        return None


class _Delegate(QStyledItemDelegate):
    """Paints the same three lines a cell of the usual zoom says, as a delegate would."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        grounds = ["#ECEEF2", "#BFE3C0", "#F3E3A1", "#FFD08A", "#F7A072", "#F2A9A2", "#C9483F", "#8E2A2A", "#6E7480"]
        self._brushes = [QBrush(QColor(ground)) for ground in grounds]
        self._state, self._number = list(cells.state), cells.number
        self._area = [area_text(area) for area in cells.area]
        self._price = [price_text(total) for total in cells.total]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:  # fmt: skip
        i = index.row() * math.ceil(len(self._state) / 68) + index.column()
        if i >= len(self._state):
            return
        box = option.rect
        x, y, height = box.x(), box.y(), box.height()
        painter.fillRect(x, y, box.width() - 1, height - 1, self._brushes[self._state[i]])
        if height >= 40:
            painter.drawText(x + 4, y + 13, self._number[i])
            painter.drawText(x + 4, y + 25, self._area[i])
            painter.drawText(x + 4, y + 37, self._price[i])

    def sizeHint(self, _option: object, _index: object) -> QSize:
        return QSize(CELL_W, CELL_H)


def _table(cells: Cells) -> QTableView:
    view = QTableView()
    model, delegate = _Model(cells), _Delegate(cells)
    model.setParent(view)
    delegate.setParent(view)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.setShowGrid(False)
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    for header, pixels in ((view.horizontalHeader(), CELL_W), (view.verticalHeader(), CELL_H)):
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.setDefaultSectionSize(pixels)
        header.hide()
    font = view.font()
    font.setPixelSize(11)
    view.setFont(font)
    return view


# --- small things


def _change(cells: Cells, unit: int, turn: int) -> CellChange:
    state = UnitState.FOR_SALE if turn % 2 else UnitState.SUBSCRIBED
    return CellChange(
        cells.id[unit], int(state), 0, cells.unit_price[unit], cells.total[unit], "陈*", made_up.TODAY, 0, turn,
        made_up.TODAY - 9, turn + 1,
    )  # fmt: skip


def _resident() -> float:
    """Resident memory of this process in MB."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def _dressed() -> QApplication:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.dress(app)
    fonts.load_the_rest()
    theme.wear(app, dark=False)
    return app
