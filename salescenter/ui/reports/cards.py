"""The cards of the board: a key figure with its formula on hover, and a chart with its caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QToolTip, QVBoxLayout, QWidget

from salescenter.domain.report_charts import Chart, ColumnChart
from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.labels import ElidedLabel, Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row, scrolled
from salescenter.ui.reports.charts import Drawn
from salescenter.ui.reports.figures import KeyFigure
from salescenter.ui.reports.rows import RowPlot

LEAST_HEIGHT = 272
"""Pixels of a chart's card; two lines of them stand in a window of 768."""


class _Note(Label):
    """Wraps within the lines it is given: asked for a height for its width, the charts would take theirs at rest."""

    def hasHeightForWidth(self) -> bool:
        return False


class FigureCard(QFrame):
    """A key figure: hover tells its formula with the numbers put in, a double-click or Enter opens its list."""

    opened = Signal(object)  # ListAsked
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._figure: KeyFigure | None = None
        self._name = ElidedLabel("", "section")
        self._value, self._unit = Label("", "strong"), ElidedLabel("", "section")
        self._note = _Note("", "small", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        font = numbers(self._value.font())
        font.setPixelSize(22)
        self._value.setFont(font)
        self._value.setStyleSheet("font-size: 22px; font-weight: 700")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 9, 12, 9)
        self.body.setSpacing(2)
        self.body.addWidget(self._name)
        line = row(self._value, self._unit, gap=6)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._note)

    def show_figure(self, figure: KeyFigure) -> None:
        """Show another figure."""
        self._figure = figure
        self._name.say(figure.name)
        self._value.say(figure.value)
        self._unit.say(figure.unit)
        self._note.say(figure.note, figure.tone)
        self.setToolTip(figure.formula)
        self.setAccessibleName(f"{figure.name}: {figure.value} {figure.unit}".strip())
        self.setAccessibleDescription(figure.formula)

    def note_lines(self) -> int:
        """Return how many lines the note takes at the width there is: one, or two."""
        room = self.width() - self.body.contentsMargins().left() - self.body.contentsMargins().right()
        return 1 if self._note.fontMetrics().horizontalAdvance(self._note.text()) <= room else 2

    def stand_in(self, lines: int) -> None:
        """Give the note so many lines, as many as the cards beside it have."""
        self._note.setFixedHeight(lines * self._note.fontMetrics().lineSpacing())

    def figure(self) -> KeyFigure | None:
        """Return what is shown."""
        return self._figure

    def minimumSizeHint(self) -> QSize:
        said = self._value.sizeHint().width() + self._unit.sizeHint().width()
        return QSize(max(150, said + 40), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Space and self._figure is not None:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self._figure.formula, self)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent_text"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
            painter.end()

    def _open(self) -> None:
        if self._figure is not None:
            self.opened.emit(self._figure.asked)


class Legend(QWidget):
    """The names of a chart's series, each behind a square of its colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[str, str, bool], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[tuple[str, str, bool]]) -> None:
        """Show (name, colour, hollow) side by side."""
        self._parts = tuple(parts)
        self.setVisible(bool(parts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self.fontMetrics().horizontalAdvance(name) + 28 for name, _, _ in self._parts), 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = painter.font()
        font.setPixelSize(12)
        painter.setFont(font)
        x = 0.0
        for name, colour, hollow in self._parts:
            box = QRectF(x + 0.5, 5.5, 9, 9)
            painter.setPen(QColor(colour))
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(colour))
            painter.drawRect(box)
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(x + 15, 0, 400, 20), Qt.AlignmentFlag.AlignVCenter, name)
            x += painter.fontMetrics().horizontalAdvance(name) + 28
        painter.end()


class ChartCard(Panel):
    """A chart with its headline, caption and legend; where there is nothing to draw it says what is missing.

    `more` is a switch of the chart's own in its head, `links` stand behind the caption. The plot is made by `make`
    when the first chart comes.
    """

    opened = Signal(object)  # ListAsked

    def __init__(
        self, make: Callable[[], QWidget], more: QWidget | None = None, links: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.body.setContentsMargins(16, 10, 12, 10)
        self.body.setSpacing(4)
        self._make = make
        self._drawn: Drawn | None = None
        self.plot: QWidget | None = None
        self._title = Label("", "headline")
        self.caption = ElidedLabel("", "hint")
        self.legend = Legend()
        self._stack = QStackedWidget()
        self.empty = EmptyState("", "", icon="reports")
        self._stack.addWidget(self.empty)
        head = row(self._title, None, self.legend, *((more,) if more else ()), gap=10)
        self.body.addLayout(head)
        under = row(self.caption, *links, gap=4)
        under.setStretch(0, 1)
        self.body.addLayout(under)
        self.body.addWidget(self._stack, 1)
        self.setMinimumHeight(LEAST_HEIGHT)

    def show_chart(self, drawn: Drawn) -> None:
        """Show another chart, or what is missing."""
        self._drawn = drawn
        self._title.say(drawn.title)
        self.setAccessibleName(drawn.title)
        rule = "" if drawn.chart.is_empty else drawn.rule
        self.caption.say("" if drawn.chart.is_empty else drawn.caption)
        self.caption.explain(rule)
        for piece in (self._title, self.legend):
            piece.setToolTip(rule)
        self.setAccessibleDescription(rule)
        self.legend.show_parts(() if drawn.chart.is_empty else _parts(drawn.chart))
        if drawn.chart.is_empty:
            self.empty.say(*drawn.missing)
            self._stack.setCurrentWidget(self.empty)
            return
        plot: Any = self._plot()
        plot.show_chart(drawn.chart)
        self._stack.setCurrentIndex(1)

    def drawn(self) -> Drawn | None:
        """Return what is shown."""
        return self._drawn

    def unroll(self, whole: bool) -> None:
        """Take the height at which nothing of the chart is scrolled to, for a picture; or the usual one again."""
        area = self._stack.currentWidget()
        if not isinstance(area, QScrollArea) or self.plot is None:
            return
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        area.setVerticalScrollBarPolicy(policy)
        needed = self.height() - self._stack.height() + self.plot.sizeHint().height() + 4
        self.setMinimumHeight(max(LEAST_HEIGHT, needed) if whole else LEAST_HEIGHT)

    def open_at(self, at: int, series: int) -> None:
        """Open the list behind a bar, row or dot."""
        asked = self._drawn.ask(at, series) if self._drawn else None
        if asked is not None:
            self.opened.emit(asked)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.legend.update()

    def _plot(self) -> QWidget:
        if self.plot is None:
            self.plot = self._make()
            view: Any = self.plot
            view.opened.connect(self.open_at)
            self._stack.addWidget(scrolled(self.plot) if isinstance(self.plot, RowPlot) else self.plot)
        return self.plot


def _parts(chart: Chart) -> tuple[tuple[str, str, bool], ...]:
    if not isinstance(chart, ColumnChart):
        return ()
    return tuple((f"{one.name}  {one.total}".rstrip(), one.colour, one.hollow) for one in reversed(chart.series))
