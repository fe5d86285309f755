"""Lying bars painted in one piece: names at the left, parts end to end, what is said of a row at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from salescenter.domain.report_charts import RowChart
from salescenter.ui.kit import theme
from salescenter.ui.kit.fonts import numbers
from salescenter.ui.kit.tokens import readable

ROW, BAR, GAP, LEGEND = 27, 15, 10, 26
_MOST_NAME = 0.28
"""The part of the width that names may take before they are cut."""


class RowPlot(QWidget):
    """Draws a `RowChart`. A double-click, or Enter on the row the arrow keys chose, sends `opened(row, series)`."""

    opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: RowChart | None = None
        self._at = (-1, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_chart(self, chart: RowChart) -> None:
        """Show another chart."""
        self._chart = chart
        self._at = (min(self._at[0], len(chart.rows) - 1), 0)
        self.setAccessibleName("; ".join(f"{row}: {said}" for row, said in zip(chart.rows, chart.said, strict=True)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self._chart.rows) if self._chart else 1
        return QSize(320, rows * ROW + self._head() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def part_at(self, place: QPoint) -> tuple[int, int] | None:
        """Return (row, series) under a place; beside a bar the row's first part that is there."""
        if self._chart is None:
            return None
        row = (place.y() - self._head()) // ROW
        if not 0 <= row < len(self._chart.rows) or place.y() < self._head():
            return None
        boxes = self._boxes(row)
        inside = next((at for at, box in boxes if box.left() <= place.x() <= box.right()), None)
        return row, inside if inside is not None else next((at for at, _ in boxes), 0)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(numbers(self.font()))
        if self._chart is not None:
            self._paint_legend(painter, self._chart)
            for row in range(len(self._chart.rows)):
                self._paint_row(painter, self._chart, row)
        painter.end()

    def _paint_row(self, painter: QPainter, chart: RowChart, row: int) -> None:
        top = self._head() + row * ROW
        if row == self._at[0]:
            painter.fillRect(QRectF(0, top, self.width(), ROW), theme.colour("hover"))
        painter.setPen(theme.colour("text"))
        name = painter.fontMetrics().elidedText(chart.rows[row], Qt.TextElideMode.ElideRight, self._names())
        painter.drawText(QRectF(0, top, self._names(), ROW), Qt.AlignmentFlag.AlignVCenter, name)
        end = float(self._left())
        for at, box in self._boxes(row):
            self._paint_part(painter, chart, at, box)
            end = max(end, box.right())
        end = max(end, self._paint_mark(painter, chart, row, top))
        painter.setPen(theme.colour("muted"))
        said = QRectF(end + 8, top, self.width() - end - 8, ROW)
        painter.drawText(said, Qt.AlignmentFlag.AlignVCenter, chart.said[row])

    def _paint_part(self, painter: QPainter, chart: RowChart, at: int, box: QRectF) -> None:
        ground = QColor(chart.series[at].colour)
        painter.fillRect(box.adjusted(0, 0, -1 if len(chart.series) > 1 else 0, 0), ground)
        letter = chart.series[at].letter
        if letter and box.width() > painter.fontMetrics().horizontalAdvance(letter) + 6:
            painter.setPen(QColor(readable("#1F2430", chart.series[at].colour)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _paint_mark(self, painter: QPainter, chart: RowChart, row: int, top: int) -> float:
        if not chart.marks or not chart.marks[row]:
            return 0.0
        x = self._left() + float(chart.marks[row]) * self._scale(chart)
        painter.fillRect(QRectF(x - 1, top + (ROW - BAR) / 2 - 3, 2, BAR + 6), theme.colour("faint"))
        return x

    def _paint_legend(self, painter: QPainter, chart: RowChart) -> None:
        x = float(self._left())
        if len(chart.series) > 1:
            for one in chart.series:
                painter.fillRect(QRectF(x, 7, 10, 10), QColor(one.colour))
                x = self._say(painter, x + 14, one.name)
        elif any(chart.marks):
            painter.fillRect(QRectF(x, 5, 2, 14), theme.colour("faint"))
            self._say(painter, x + 8, chart.mark_name)

    def _say(self, painter: QPainter, x: float, words: str) -> float:
        font = painter.font()
        painter.save()
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(x, 0, self.width() - x, 24), Qt.AlignmentFlag.AlignVCenter, words)
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.restore()
        return x + wide + 14

    # --- measures

    def _head(self) -> int:
        chart = self._chart
        return LEGEND if chart is not None and (len(chart.series) > 1 or any(chart.marks)) else 2

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(numbers(self.font()))

    def _names(self) -> int:
        names = self._chart.rows if self._chart else ()
        widest = max((self._metrics().horizontalAdvance(name) for name in names), default=0)
        return min(widest + 2, int(self.width() * _MOST_NAME))

    def _left(self) -> int:
        return self._names() + GAP

    def _scale(self, chart: RowChart) -> float:
        said = max((self._metrics().horizontalAdvance(words) for words in chart.said), default=0) + 12
        room = max(40, self.width() - self._left() - said)
        return room / float(chart.widest) if chart.widest else 0.0

    def _boxes(self, row: int) -> list[tuple[int, QRectF]]:
        """The parts of a row that have a length."""
        assert self._chart is not None
        x, scale, boxes = float(self._left()), self._scale(self._chart), []
        top = self._head() + row * ROW + (ROW - BAR) / 2
        for at, one in enumerate(self._chart.series):
            wide = float(one.values[row]) * scale
            if wide > 0:
                boxes.append((at, QRectF(x, top, max(wide, 2.0), BAR)))
                x += wide
        return boxes

    # --- mouse and keys

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.part_at(event.position().toPoint())
        if found is not None:
            self.opened.emit(*found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.part_at(event.position().toPoint())
        self._choose(found or (-1, 0))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._choose((-1, 0))
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = len(self._chart.rows) if self._chart else 0
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and rows:
            row = (self._at[0] + step) % rows
            self._choose((row, next((at for at, _ in self._boxes(row)), 0)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at[0] >= 0:
            self.opened.emit(*self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, at: tuple[int, int]) -> None:
        if at != self._at:
            self._at = at
            self.update()

    def _tell(self, event: QHelpEvent) -> None:
        found = self.part_at(event.pos())
        if found is None or self._chart is None:
            QToolTip.hideText()
            return
        row, at = found
        part = self._chart.series[at]
        lines = [f"{self._chart.rows[row]}: {self._chart.said[row]}"]
        if len(self._chart.series) > 1:
            lines.append(f"{part.name}: {part.said[row]}")
        lines += filter(None, self._chart.formulas[row:row + 1])
        QToolTip.showText(event.globalPos(), "\n".join(lines), self)
