"""The names of buildings and stairs kept in sight while their headings are scrolled away."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QStaticText

from salescenter.ui.floorplan.drawing import Drawing, Placed
from salescenter.ui.floorplan.writing import laid_out
from salescenter.ui.floorplan.zoom import Level, Metrics
from salescenter.ui.kit import theme

BAND = 26
"""Height of the strip at the top of the viewport the names stand in, pixels."""


def is_pinned(on: Placed, m: Metrics, top: int) -> bool:
    """Say whether a building's name is kept in sight when the viewport begins at y = `top` of the drawing.

    Not at the zooms of a map, whose headings are never far.
    """
    return m.level >= Level.NUMBER and on.top - m.stair_h < top < on.y + on.h - 2 * BAND


class Pinned:
    """Paints the pinned names; keeps their texts laid out."""

    def __init__(self, font: QFont) -> None:
        bold = QFont(font)
        bold.setPixelSize(12)
        bold.setBold(True)
        self._font = bold
        self._names: dict[tuple[int, int], tuple[QStaticText, int, int]] = {}
        worn = theme.tokens()
        self._panel, self._border, self._text = QColor(worn.panel), QColor(worn.border), QPen(QColor(worn.text))

    def paint(self, painter: QPainter, drawing: Drawing, corner: QPoint, width: int) -> None:
        """Paint the names over stairs whose heading is above the viewport, in viewport pixels."""
        m, scrolled, top = drawing.metrics, corner.x(), corner.y()
        near = drawing.within(scrolled, top, scrolled + width, top + BAND)
        over = [on for on in near if is_pinned(on, m, top)]
        if not over:
            return
        painter.setFont(self._font)
        painter.setPen(self._text)
        for on in over:
            painter.fillRect(on.x + 1 - scrolled, 0, on.w - 2, BAND - 1, self._panel)
            painter.fillRect(on.x + 1 - scrolled, BAND - 1, on.w - 2, 1, self._border)
            self._write(painter, on, m, corner, width)

    def _write(self, painter: QPainter, on: Placed, m: Metrics, corner: QPoint, width: int) -> None:
        scrolled, row = corner.x(), (corner.y() + BAND - on.top) // m.pitch_y
        for number, left in enumerate(on.lefts):
            slab = on.block.slabs[number]
            full = slab.columns * m.pitch_x
            if not slab.first - 1 <= row < slab.last:
                continue
            right = min(width - 4, left - scrolled + full - m.gap)
            if right <= 4 or left - scrolled >= width:
                continue
            text, wide, high = self._name(on, number)
            if wide < full + m.stair_gap:
                painter.drawStaticText(min(max(4, left - scrolled), right - wide), (BAND - high) // 2, text)

    def _name(self, on: Placed, number: int) -> tuple[QStaticText, int, int]:
        key = on.number, number
        if key not in self._names:
            said = f"{on.block.building.name}  {on.block.slabs[number].stair.name}".strip()
            text = laid_out(said, self._font)
            self._names[key] = text, int(text.size().width()), int(text.size().height())
        return self._names[key]
