"""The part of the drawing around the viewport kept painted, so that a scrolled frame costs no more than a blit.

Without it each frame of a scroll paints the same half-seen column of cells again: five times over at a usual pace.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

from salescenter.ui.floorplan.painter import Painting

AHEAD = 120
"""Pixels kept painted beyond each edge of the viewport; a multiple of 20, to be whole at usual screen scales."""

_MOST_STEP = 20


def whole_step(ratio: float) -> int:
    """Return the least number of pixels that is a whole number of the screen's own pixels (1.5: 2, 1.25: 4)."""
    return next((step for step in range(1, _MOST_STEP + 1) if abs(step * ratio - round(step * ratio)) < 1e-6), 1)


class Backing:
    """A picture of the viewport and its surroundings, repainted only where something changed.

    It is made when scrolling begins; until then everything is painted straight onto the screen.
    """

    def __init__(self) -> None:
        self._picture = QPixmap()
        self._at = QRect()        # what part of the drawing the picture shows
        self._soiled = QRegion()  # of the drawing, not painted yet or no longer true
        self._kept = False        # scrolling has begun
        self._anew = True         # everything was soiled: paint no more than is in sight, the rest when needed

    def keep(self) -> None:
        """Say that scrolling has begun."""
        self._kept = True

    def soil(self, rect: QRect) -> None:
        """Say that a rectangle of the drawing is to be painted again."""
        if self._kept:
            self._soiled |= rect

    def soil_all(self) -> None:
        """Say that nothing painted is true any more."""
        self._soiled = QRegion(self._at)
        self._anew = True

    def paint(self, painter: QPainter, exposed: QRegion, corner: QPoint, room: QSize, painting: Painting) -> None:
        """Paint the exposed part of a viewport of size `room` that shows the drawing from `corner`."""
        if not self._kept:
            painting.paint(painter, _rects(exposed), corner)
            return
        self._move_to(QRect(corner, room), painting.ratio)
        self._clean(QRect(corner, room), painting)
        painter.drawPixmap(self._at.topLeft() - corner, self._picture)

    def _move_to(self, seen: QRect, ratio: float) -> None:
        """Let the picture show what is seen and its surroundings, keeping what is painted of them."""
        size = seen.size() + QSize(2 * AHEAD, 2 * AHEAD)
        device = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if device != self._picture.size() or ratio != self._picture.devicePixelRatio():
            self._picture = QPixmap(device)
            self._picture.setDevicePixelRatio(ratio)
            self._at = QRect(seen.topLeft() - QPoint(AHEAD, AHEAD), size)
            self.soil_all()
        elif not self._at.contains(seen):
            self._shift(QRect(seen.topLeft() - QPoint(AHEAD, AHEAD), size), ratio)

    def _shift(self, there: QRect, ratio: float) -> None:
        moved = self._at.topLeft() - there.topLeft()
        kept = self._at.intersected(there)
        self._at = there
        if kept.isEmpty():
            self.soil_all()
            return
        self._picture.scroll(round(moved.x() * ratio), round(moved.y() * ratio), self._picture.rect())
        self._soiled = self._soiled.intersected(kept) | (QRegion(there) - QRegion(kept))

    def _clean(self, seen: QRect, painting: Painting) -> None:
        """Paint what is soiled and seen; when only scrolling brought it into sight, its surroundings with it."""
        if not self._soiled.intersects(seen):
            return
        wanted = self._soiled.intersected(seen if self._anew else self._at)
        self._soiled -= wanted
        self._anew = False
        here = wanted.translated(-self._at.topLeft())
        painter = QPainter(self._picture)
        painter.setClipRegion(here)
        painting.paint(painter, _rects(here), self._at.topLeft())
        painter.end()


def _rects(region: QRegion) -> list[QRect]:
    rects: Iterable[QRect] = cast("Iterable[QRect]", region)  # it is one; its stub does not say so
    return list(rects)
