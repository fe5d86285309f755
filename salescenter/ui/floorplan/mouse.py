"""The mouse on the grid: click, double click, rubber band, pan, wheel."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from salescenter.ui.floorplan.plan import EMPTY
from salescenter.ui.kit import theme

if TYPE_CHECKING:
    from salescenter.ui.floorplan.canvas import GridCanvas

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_NOTCH = 120


class Doing(Enum):
    """What a pressed button is doing."""

    NOTHING = auto()
    CLICK = auto()  # pressed, not moved yet
    BAND = auto()
    PAN = auto()


class Mouse:
    """Turns what the mouse does into selection, scrolling and zoom."""

    def __init__(self, canvas: GridCanvas) -> None:
        self._canvas = canvas
        self._doing = Doing.NOTHING
        self._from = QPoint()     # where it was pressed, in the viewport while panning, else in the drawing
        self._band = QRect()      # in the drawing
        self._kept: frozenset[int] = frozenset()
        self._turned = 0

    def press(self, event: QMouseEvent) -> None:
        """Begin with the button that went down."""
        at = event.position().toPoint()
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self._canvas.keys.space_down):
            self._doing, self._from = Doing.PAN, at
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._doing, self._from = Doing.CLICK, at + self._canvas.corner()
            self._click(self._canvas.unit_at(at), event.modifiers())

    def move(self, event: QMouseEvent) -> None:
        """Pan, or draw out the rubber band once the mouse went far enough."""
        at = event.position().toPoint()
        if self._doing is Doing.PAN:
            self._canvas.keys.space_used = True
            gone, self._from = at - self._from, at
            self._scroll(-gone)
        elif self._doing is Doing.CLICK:
            far = (at + self._canvas.corner() - self._from).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._doing = Doing.BAND
                self._kept = self._canvas.selection.chosen if event.modifiers() & _CTRL else frozenset()
        if self._doing is Doing.BAND:
            self._scroll(_edge_push(at, self._canvas.viewport().rect()))
            self._draw_band(at)

    def release(self, event: QMouseEvent) -> None:
        """Finish."""
        if self._doing is Doing.PAN:
            self._canvas.viewport().unsetCursor()
        if self._doing is Doing.BAND:
            self._band = QRect()
            self._canvas.viewport().update()
        self._doing = Doing.NOTHING

    def double_click(self, event: QMouseEvent) -> None:
        """Open a unit; on a building's title, show that building alone."""
        at = event.position().toPoint()
        unit = self._canvas.unit_at(at)
        if unit != EMPTY:
            self._canvas.opened.emit(unit)
            return
        spot = at + self._canvas.corner()
        on = self._canvas.drawing.block_at(spot.x(), spot.y())
        if on is not None and spot.y() < on.top:
            self._canvas.building_opened.emit(on.block.building.id)

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom by whole notches with Ctrl held; a touchpad's small turns are added up."""
        if not event.modifiers() & _CTRL:
            return False
        self._turned += event.angleDelta().y()
        steps, self._turned = int(self._turned / _NOTCH), self._turned - int(self._turned / _NOTCH) * _NOTCH
        if steps:
            self._canvas.zoom_by(steps, event.position().toPoint())
        event.accept()
        return True

    def paint_band(self, painter: QPainter) -> None:
        """Paint the rubber band, in viewport pixels."""
        if self._doing is Doing.BAND and not self._band.isEmpty():
            accent = QColor(theme.tokens().accent)
            painter.setPen(accent)
            accent.setAlphaF(0.14)
            painter.setBrush(accent)
            painter.drawRect(self._band.translated(-self._canvas.corner()))

    def _click(self, unit: int, held: Qt.KeyboardModifier) -> None:
        chosen = self._canvas.selection
        if unit == EMPTY:
            if not held & (_CTRL | _SHIFT):
                chosen.choose([chosen.current] if chosen.current >= 0 else [])
        elif held & _CTRL:
            chosen.toggle(unit)
        elif held & _SHIFT and chosen.anchor >= 0:
            chosen.go_choosing(unit, self._canvas.keys.between(chosen.anchor, unit))
        else:
            chosen.go(unit)

    def _draw_band(self, at: QPoint) -> None:
        old = self._band
        self._band = QRect(self._from, at + self._canvas.corner()).normalized()
        band = self._band
        caught = self._canvas.drawing.units_in(band.left(), band.top(), band.right(), band.bottom())
        fits = self._canvas.showing.fits
        wanted = caught if fits is None else [unit for unit in caught if fits[unit]]
        self._canvas.selection.choose(self._kept.union(wanted))
        both = old.united(self._band).adjusted(-1, -1, 1, 1).translated(-self._canvas.corner())
        self._canvas.viewport().update(both)

    def _scroll(self, by: QPoint) -> None:
        for bar, step in (
            (self._canvas.horizontalScrollBar(), by.x()),
            (self._canvas.verticalScrollBar(), by.y()),
        ):
            if step:
                bar.setValue(bar.value() + step)


def _edge_push(at: QPoint, room: QRect) -> QPoint:
    """How far to scroll while a band is drawn beyond the edge."""
    x = min(0, at.x() - room.left()) + max(0, at.x() - room.right())
    y = min(0, at.y() - room.top()) + max(0, at.y() - room.bottom())
    return QPoint(x, y)
