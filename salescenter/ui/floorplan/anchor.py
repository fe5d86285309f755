"""What stays under the mouse while the zoom changes: a spot named by building and cell, not by pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from salescenter.ui.floorplan.drawing import Drawing, Placed

if TYPE_CHECKING:
    from salescenter.ui.floorplan.canvas import GridCanvas


@dataclass(frozen=True, slots=True)
class Anchor:
    """A spot of the plan (block, columns and rows from its first cell) and where in the viewport it is."""

    at_point: QPoint
    block: int
    column: float
    row: float

    @classmethod
    def at(cls, canvas: GridCanvas, point: QPoint) -> Anchor:
        """Name the spot under a point of the viewport."""
        spot = point + canvas.corner()
        on = _nearest(canvas.drawing, spot.x(), spot.y())
        if on is None:
            return cls(point, -1, 0, 0)
        m = canvas.drawing.metrics
        return cls(point, on.number, _column(on, spot.x(), m.pitch_x), (spot.y() - on.top) / m.pitch_y)

    def restore(self, canvas: GridCanvas) -> None:
        """Scroll so that the spot is under the same point again."""
        drawing = canvas.drawing
        if not 0 <= self.block < len(drawing.placed):
            return
        on, m = drawing.placed[self.block], drawing.metrics
        x = _x(on, self.column, m.pitch_x)
        y = on.top + self.row * m.pitch_y
        canvas.horizontalScrollBar().setValue(round(x) - self.at_point.x())
        canvas.verticalScrollBar().setValue(round(y) - self.at_point.y())


def _nearest(drawing: Drawing, x: int, y: int) -> Placed | None:
    def distance(on: Placed) -> int:
        return max(on.x - x, x - on.x - on.w, 0) + max(on.y - y, y - on.y - on.h, 0)

    return min(drawing.placed, key=distance, default=None)


def _column(on: Placed, x: int, pitch: int) -> float:
    """Columns from the first cell of the building, counted across its stairs."""
    counted = 0
    for slab, left in zip(on.block.slabs, on.lefts, strict=True):
        if x < left + slab.columns * pitch:
            return counted + max(-0.5, (x - left) / pitch) if counted else (x - left) / pitch
        counted += slab.columns
    slab, left = on.block.slabs[-1], on.lefts[-1]
    return counted - slab.columns + (x - left) / pitch


def _x(on: Placed, column: float, pitch: int) -> float:
    counted = 0
    for slab, left in zip(on.block.slabs, on.lefts, strict=True):
        if column < counted + slab.columns or slab is on.block.slabs[-1]:
            return left + (column - counted) * pitch
        counted += slab.columns
    return on.x
