"""Bars, lines and dots over axes: the one file that knows pyqtgraph, imported when the page is built."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from salescenter.domain.report_charts import MOST_BARS, ColumnChart, Dot, DotChart, every, name_spots, ticks
from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers

LABEL_WIDTH = 40
"""Pixels a label under the axis is given."""

GROUP = 0.76
"""The part of a category that its bars fill."""

LEAST_GROUPS = 7
"""Categories the axis has room for at least: the bar of a single day is still a bar and no wall."""


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis that shows words we give it, or our own round numbers with hairlines across the plot."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.setStyle(tickLength=0, autoExpandTextSpace=True, hideOverlappingLabels=True)

    def dress(self, font: QFont, *, lines: bool) -> None:
        """Wear the colours of the theme."""
        self.setStyle(tickFont=font)
        self.setTextPen(theme.colour("muted"))
        self.setPen(pg.mkPen(None))
        self.setTickPen(pg.mkPen(theme.colour("border"), width=1))
        self.setGrid(255 if lines else False)


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """A quiet plot: no frame, no menu, hairlines, a wheel that scrolls the page and not the plot."""

    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.below, self.beside = _Axis("bottom"), _Axis("left")
        super().__init__(parent, axisItems={"bottom": self.below, "left": self.beside})
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        for axis in (self.below, self.beside):
            axis.setZValue(-100)  # the hairlines lie behind the bars
        self.plotItem.hideButtons()
        self.plotItem.setMenuEnabled(False)
        self.plotItem.getViewBox().setDefaultPadding(0.0)
        self.setMouseEnabled(x=False, y=False)
        self.setMinimumHeight(160)
        theme.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Wear the colours of the theme."""
        font = numbers(self.font())
        font.setPixelSize(11)
        self.setBackground(theme.colour("panel"))
        self.below.dress(font, lines=False)
        self.beside.dress(font, lines=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def clear_all(self) -> None:
        """Take everything off."""
        self.plotItem.clear()

    def limits(self, low: Decimal, high: Decimal, unit: str = "", *, whole: bool = False) -> None:
        """Set the upright axis to round numbers around two values; the uppermost says what they count."""
        found = ticks(low, high, whole=whole)
        words = [*map(_said, found[:-1]), f"{_said(found[-1])} {unit}".rstrip()]
        self.beside.setTicks([list(zip(map(float, found), words, strict=True))])
        self.setYRange(float(found[0]), float(found[-1]) + float(found[-1] - found[0]) * 0.1, padding=0)

    def place(self, position: QPointF | QPoint) -> QPointF:
        """Return where on the axes a place of the widget lies."""
        return self.plotItem.getViewBox().mapSceneToView(self.mapToScene(QPointF(position).toPoint()))  # type: ignore[no-any-return]


class ColumnPlot(Plot):
    """Draws a `ColumnChart`; a double-click or Enter sends `opened(category, series)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: ColumnChart | None = None
        self._at = -1
        self._series = 0
        self._band: Any = None

    def show_chart(self, chart: ColumnChart) -> None:
        """Show another chart."""
        self._chart, self._at = chart, -1
        self.setAccessibleName("; ".join(one.name for one in chart.series))
        self._draw()

    def dress(self) -> None:
        super().dress()
        if getattr(self, "_chart", None) is not None:
            self._draw()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if getattr(self, "_chart", None) is not None:
            self._label()

    def _draw(self) -> None:
        assert self._chart is not None
        chart = self._chart
        self.clear_all()
        self._band = pg.BarGraphItem(x=[0], height=[0], y0=[0], width=1.0, brush=theme.colour("hover"), pen=None)
        self._band.setZValue(-20)
        self.addItem(self._band)
        draw = self._lines if len(chart.categories) > MOST_BARS else self._bars
        draw(chart)
        values = [value for one in chart.series for value in one.values]
        whole = all(value == int(value) for value in values)
        self.limits(min([*values, Decimal(0)]), max([*values, Decimal(1)]), chart.unit, whole=whole)
        last = len(chart.categories) - 1
        spare = max(0, LEAST_GROUPS - last - 1) / 2
        self.setXRange(-0.5 - spare, last + 0.5 + spare, padding=0)
        self._label()

    def _bars(self, chart: ColumnChart) -> None:
        self.setMouseEnabled(x=False, y=False)
        wide = GROUP / len(chart.series)
        for at, one in enumerate(chart.series):
            x = np.arange(len(one.values)) - GROUP / 2 + wide * (at + 0.5)
            brush = pg.mkBrush(None) if one.hollow else pg.mkBrush(one.colour)
            pen = pg.mkPen(one.colour, width=1) if one.hollow else pg.mkPen(None)
            self.addItem(pg.BarGraphItem(x=x, height=_floats(one.values), width=wide * 0.92, brush=brush, pen=pen))

    def _lines(self, chart: ColumnChart) -> None:
        self.setMouseEnabled(x=True, y=False)
        for one in chart.series:
            line(self, np.arange(len(one.values), dtype=float), _floats(one.values), one.colour)

    def _label(self) -> None:
        assert self._chart is not None
        labels = self._chart.categories
        step = every(labels, self.plotItem.getViewBox().width() or self.width(), LABEL_WIDTH)
        self.below.setTicks([[(at, label) for at, label in enumerate(labels) if at % step == 0]])

    # --- mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self._category(event.position())
        self._mark(at)
        if at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self.words(at), self)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mark(-1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._category(event.position())
        if at >= 0:
            self.opened.emit(at, self.series_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        many = len(self._chart.categories) if self._chart else 0
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and many:
            self._mark((self._at + step) % many)
            below = QPoint(self.width() // 2, 8)
            QToolTip.showText(self.mapToGlobal(below), self.words(self._at), self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0 and self._chart:
            self.opened.emit(self._at, len(self._chart.series) - 1)
        else:
            super().keyPressEvent(event)

    def words(self, at: int) -> str:
        """Say a category in full with each series."""
        assert self._chart is not None
        lines = [f"{one.name}: {one.said[at]}" for one in reversed(self._chart.series)]
        return "\n".join(filter(None, [self._chart.names[at], *lines, self._chart.rule]))

    def series_at(self, position: QPointF) -> int:
        """Return which bar of a group a place lies on, the nearest where beside them."""
        assert self._chart is not None
        many = len(self._chart.series)
        x = self.place(position).x()
        within = (x - round(x) + GROUP / 2) / GROUP
        return min(many - 1, max(0, int(within * many)))

    def _category(self, position: QPointF) -> int:
        if self._chart is None:
            return -1
        at = round(self.place(position).x())
        return at if 0 <= at < len(self._chart.categories) else -1

    def _mark(self, at: int) -> None:
        if at == self._at or self._band is None:
            return
        self._at = at
        low, high = self.plotItem.getViewBox().viewRange()[1]
        self._band.setOpts(x=[max(at, 0)], y0=[low], height=[high - low if at >= 0 else 0])


class DotPlot(Plot):
    """Draws a `DotChart`; a double-click on a dot, or Enter on the one chosen by arrows, sends `opened(dot, 0)`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: DotChart | None = None
        self._at = -1
        self._names: list[Any] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place_names)  # when the axes have found their places
        self.plotItem.getViewBox().sigTransformChanged.connect(lambda _: self._soon.start(0))

    def show_chart(self, chart: DotChart) -> None:
        """Show another chart."""
        self._chart, self._at = chart, -1
        self.setAccessibleName("; ".join(f"{dot.name}: {dot.said}" for dot in chart.dots))
        self._draw()

    def dress(self) -> None:
        super().dress()
        if getattr(self, "_chart", None) is not None:
            self._draw()

    def _draw(self) -> None:
        assert self._chart is not None
        chart = self._chart
        self.clear_all()
        prices = [dot.y for dot in chart.dots] or [Decimal(0)]
        room = (max(prices) - min(prices)) * Decimal("0.12") or max(prices) * Decimal("0.05") or Decimal(1)
        self.limits(min(prices) - room, max(prices) + room)
        self.setXRange(-0.05, 1.1, padding=0)
        self.below.setTicks([[(at / 4, f"{at * 25}%") for at in range(5)]])
        for text, axis in ((chart.x_name, self.below), (chart.y_name, self.beside)):
            axis.setLabel(text, color=theme.tokens().muted, **{"font-size": "11px"})
        self._dots(chart)

    def _dots(self, chart: DotChart) -> None:
        self._names = []
        for at, dot in enumerate(chart.dots):
            brush = pg.mkBrush(theme.colour("panel")) if dot.hollow else pg.mkBrush(chart.colour)
            size = 15 if at == self._at else 11
            pen = pg.mkPen(chart.colour, width=2)
            self.addItem(pg.ScatterPlotItem([float(dot.x)], [float(dot.y)], size=size, brush=brush, pen=pen))
            name = pg.TextItem(dot.name, color=theme.colour("text"), anchor=(0, 0.5))
            name.setFont(numbers(self.font()))
            self.addItem(name, ignoreBounds=True)
            self._names.append(name)
        self._soon.start(0)

    def _place_names(self) -> None:
        """Put each name where it covers neither a dot nor another name."""
        box = self.plotItem.getViewBox()
        points = [(place.x(), place.y()) for place in self._places()]
        sizes = [(name.boundingRect().width(), name.boundingRect().height()) for name in self._names]
        for (left, top, _, _), name in zip(name_spots(points, sizes, off=9), self._names, strict=True):
            name.setAnchor((0, 0))
            name.setPos(box.mapSceneToView(QPointF(left, top)))

    def _places(self) -> list[QPointF]:
        box, dots = self.plotItem.getViewBox(), self._chart.dots if self._chart else ()
        return [box.mapViewToScene(QPointF(float(dot.x), float(dot.y))) for dot in dots]

    def dot_at(self, position: QPointF) -> int:
        """Return the dot within a finger's width of a place, -1 where there is none."""
        if self._chart is None:
            return -1
        here = self.mapToScene(position.toPoint())
        near = [((place - here).manhattanLength(), at) for at, place in enumerate(self._places())]
        nearest = min(near, default=(99.0, -1))
        return nearest[1] if nearest[0] <= 18 else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self.dot_at(event.position())
        if at >= 0 and self._chart is not None:
            QToolTip.showText(event.globalPosition().toPoint(), _words(self._chart.dots[at]), self)
        else:
            QToolTip.hideText()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.dot_at(event.position())
        if at >= 0:
            self.opened.emit(at, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        many = len(self._chart.dots) if self._chart else 0
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and many and self._chart is not None:
            self._at = (self._at + step) % many
            self._draw()
            QToolTip.showText(self.mapToGlobal(QPoint(40, 8)), _words(self._chart.dots[self._at]), self)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.opened.emit(self._at, 0)
        else:
            super().keyPressEvent(event)


def line(plot: Plot, x: Any, y: Any, colour: str) -> Any:
    """Draw a line of any length: of a million points only what a pixel can show is drawn."""
    item = plot.plotItem.plot(x, y, pen=pg.mkPen(colour, width=1))
    item.setDownsampling(auto=True, method="peak")
    item.setClipToView(True)
    return item


def _floats(values: Sequence[Decimal]) -> Any:
    return np.array([float(value) for value in values])


def _said(tick: Decimal) -> str:
    return f"{tick:,f}".rstrip("0").rstrip(".") if tick != int(tick) else f"{int(tick):,}"


def _words(dot: Dot) -> str:
    return "\n".join(filter(None, [dot.name, dot.said, dot.formula]))
