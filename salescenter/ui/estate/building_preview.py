"""A building as a rule would lay it out, drawn small: top floor first, stairs side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from salescenter.domain.generate import PlannedUnit
from salescenter.ui.kit import theme

_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CELL_W, CELL_H, GAP, LABEL, BETWEEN, HEAD = 62, 22, 3, 62, 16, 22


class BuildingPreview(QWidget):
    """Cells with their door numbers; natural floors at the left, sale floors where they differ."""

    def __init__(self) -> None:
        super().__init__()
        self._units: tuple[PlannedUnit, ...] = ()
        self._floors: list[tuple[int, str, str]] = []
        self._stairs: list[tuple[str, int]] = []

    def show_units(self, units: Sequence[PlannedUnit]) -> None:
        """Draw other units."""
        self._units = tuple(units)
        floors = {unit.floor: (unit.natural, unit.sale) for unit in units}
        self._floors = [(order, *floors[order]) for order in sorted(floors, reverse=True)]
        widths: defaultdict[str, int] = defaultdict(int)
        for unit in units:
            widths[unit.stair] = max(widths[unit.stair], unit.place + 1)
        self._stairs = list(widths.items())
        self.setAccessibleName(f"{len(self._floors)} × {len(self._stairs)}")
        self.updateGeometry()
        self.setMinimumSize(self.sizeHint())
        self.update()

    def units(self) -> tuple[PlannedUnit, ...]:
        """Return what is drawn."""
        return self._units

    def sizeHint(self) -> QSize:
        wide = LABEL + sum(width * (CELL_W + GAP) + BETWEEN for _, width in self._stairs)
        return QSize(max(wide, 200), HEAD + len(self._floors) * (CELL_H + GAP) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        lefts = self._paint_heads(painter)
        tops = {order: HEAD + at * (CELL_H + GAP) for at, (order, _, _) in enumerate(self._floors)}
        painter.setPen(theme.colour("muted"))
        for order, natural, sale in self._floors:
            words = natural if natural == sale or natural.startswith("-") else f"{natural} · {sale}"
            painter.drawText(QRectF(0, tops[order], LABEL - 8, CELL_H), _AT_RIGHT, words)
        for unit in self._units:
            box = QRectF(lefts[unit.stair] + unit.place * (CELL_W + GAP), tops[unit.floor], CELL_W, CELL_H)
            painter.setPen(theme.colour("border"))
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, unit.number)
        painter.end()

    def _paint_heads(self, painter: QPainter) -> dict[str, float]:
        lefts: dict[str, float] = {}
        left = float(LABEL)
        painter.setPen(theme.colour("muted"))
        for name, width in self._stairs:
            lefts[name] = left
            painter.drawText(QRectF(left, 0, width * (CELL_W + GAP), HEAD - 4), Qt.AlignmentFlag.AlignVCenter, name)
            left += width * (CELL_W + GAP) + BETWEEN
        return lefts
