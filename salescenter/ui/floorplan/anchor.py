"""What stays under the mouse while the zoom changes: a spot named by building and cell, not by pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from salescenter.ui.floorplan.drawing import Drawing, Placed

if TYPE_CHECKING:
    from salescenter.ui.floorplan.lens import Lens


@dataclass(frozen=True, slots=True)
class Anchor:
    """A spot of the plan (building, stair, columns and rows from its first cell) and where in the viewport it is."""

    at_point: QPoint
    block: int
    slab: int
    column: float
    row: float

    @classmethod
    def at(cls, lens: Lens, point: QPoint) -> Anchor:
        """Name the spot under a point of the viewport."""
        spot = point + lens.corner()
        on = _nearest(lens.drawing, spot.x(), spot.y())
        if on is None or not on.lefts:
            return cls(point, -1, 0, 0, 0)
        m = lens.drawing.metrics
        row = (spot.y() - on.top) / m.pitch_y
        slab = _slab(on, spot.x(), row, m.pitch_x)
        return cls(point, on.number, slab, (spot.x() - on.lefts[slab]) / m.pitch_x, row)

    def restore(self, lens: Lens) -> None:
        """Scroll so that the spot is under the same point again."""
        drawing = lens.drawing
        if not 0 <= self.block < len(drawing.placed):
            return
        on, m = drawing.placed[self.block], drawing.metrics
        x = on.lefts[self.slab] + self.column * m.pitch_x
        y = on.top + self.row * m.pitch_y
        lens.horizontalScrollBar().setValue(round(x) - self.at_point.x())
        lens.verticalScrollBar().setValue(round(y) - self.at_point.y())


def _nearest(drawing: Drawing, x: int, y: int) -> Placed | None:
    def distance(on: Placed) -> int:
        return max(on.x - x, x - on.x - on.w, 0) + max(on.y - y, y - on.y - on.h, 0)

    return min(drawing.placed, key=distance, default=None)


def _slab(on: Placed, x: int, row: float, pitch: int) -> int:
    """Number of the stair nearest to a spot, those of its section first."""

    def distance(number: int) -> tuple[bool, float]:
        slab, left = on.block.slabs[number], on.lefts[number]
        beside = max(left - x, x - left - slab.columns * pitch, 0)
        return not slab.first - 1 <= row < slab.last, beside

    return min(range(len(on.lefts)), key=distance)
