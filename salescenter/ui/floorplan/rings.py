"""What is laid over the cells: the ring of the current one, of the chosen, fresh and marked ones, who is on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from salescenter.domain.grid import Onlooker
from salescenter.ui.floorplan.grounds import WHO_BUSY, WHO_GROUND, WHO_INK
from salescenter.ui.floorplan.tiles import pill
from salescenter.ui.floorplan.zoom import Level

if TYPE_CHECKING:
    from salescenter.ui.floorplan.canvas import GridCanvas
    from salescenter.ui.floorplan.painter import Painting


FEW, MANY = 60, 1500
"""Beyond the first only what is in sight is looked at; beyond the second rings are plain lines."""


def paint_rings(painter: QPainter, canvas: GridCanvas, painting: Painting) -> None:
    """Paint all that lies over the cells in sight; the painter stands in pixels of the drawing."""
    chosen, colours = canvas.selection, painting.grounds
    several = chosen.chosen - {chosen.current} if len(chosen.chosen) > 1 else frozenset()
    rings: tuple[tuple[Collection[int], str, float], ...] = (
        (canvas.fresh, colours.fresh, 3),
        (several, colours.accent, 2),
        ((chosen.current,) if chosen.current >= 0 else (), colours.ring, 2),
    )
    for units, colour, width in rings:
        if units:
            _rings(painter, canvas, painting, units, (colour, width))
    _badges(painter, canvas, painting)


def _rings(
    painter: QPainter, canvas: GridCanvas, painting: Painting, units: Collection[int], pen: tuple[str, float]
) -> None:
    """Ring those in sight; thousands on a map are framed by plain lines."""
    if len(units) > FEW:
        corner, room = canvas.corner(), canvas.viewport().size()
        seen = painting.drawing.units_in(
            corner.x(), corner.y(), corner.x() + room.width(), corner.y() + room.height()
        )  # fmt: skip
        units = [unit for unit in seen if unit in units]
    if len(units) > MANY:
        painter.setPen(QPen(QColor(pen[0]), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        places = (painting.drawing.plan.place(unit) for unit in units)
        painter.drawRects([QRect(*painting.drawing.cell(place)) for place in places if place is not None])
    else:
        for unit in units:
            painting.ring(painter, unit, *pen)


def _badges(painter: QPainter, canvas: GridCanvas, painting: Painting) -> None:
    if not canvas.presence and not canvas.selection.marked:
        return
    m = painting.drawing.metrics
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(canvas.font())
    font.setPixelSize(max(9, m.small_px))
    painter.setFont(font)
    for number, unit in enumerate(canvas.selection.marked, 1):
        if (place := painting.drawing.plan.place(unit)) is not None:
            x, y, w, _h = painting.drawing.cell(place)
            left = x + w - 2 * m.small_px - 12 if m.level >= Level.PRICE else x - 6
            _disc(painter, left, y + 2 if m.level >= Level.PRICE else y - 6, str(number), painting)
    flags = canvas.estate.cells.flags
    for unit, onlookers in canvas.presence.items() if not canvas.showing.private else ():
        if m.level >= Level.NUMBER and (place := painting.drawing.plan.place(unit)) is not None:
            x, y, w, h = painting.drawing.cell(place)
            taken = m.level > Level.NUMBER and flags[unit]  # the corner, by a flag: stand beside the letter above
            spot = (w - m.small_px - 8, painter.fontMetrics().capHeight() + 8) if taken else (w - 3, h - 3)
            _onlookers(painter, onlookers, x + spot[0], y + spot[1])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _onlookers(painter: QPainter, onlookers: Sequence[Onlooker], right: float, bottom: float) -> None:
    """Paint the family name of who is there, or how many; a light edge says that one has a form open."""
    busy = any(one.working for one in onlookers)
    said = onlookers[0].name[:1] if len(onlookers) == 1 else str(len(onlookers))
    pill(painter, said, right, bottom, (WHO_BUSY if busy else WHO_GROUND, WHO_INK), edge=busy)


def _disc(painter: QPainter, x: int, y: int, text: str, painting: Painting) -> None:
    box = QRectF(x, y, 15, 15)
    painter.setPen(QColor(painting.grounds.panel))
    painter.setBrush(QColor(painting.grounds.accent))
    painter.drawEllipse(box)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
