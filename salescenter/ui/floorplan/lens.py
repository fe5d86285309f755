"""Looking at a plan: which part, how large, and what stands at a point."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from salescenter.ui.floorplan.anchor import Anchor
from salescenter.ui.floorplan.backing import whole_step
from salescenter.ui.floorplan.drawing import Drawing, fitting
from salescenter.ui.floorplan.plan import ASPECT, Plan
from salescenter.ui.floorplan.zoom import LARGEST, SMALLEST, USUAL, step_from

READABLE = 40  # the cell width from which numbers are written
_ASPECTS = (0.8, 1.2, 1.5, 1.75, 2.2)


class Lens(QAbstractScrollArea):
    """A scrolled and zoomed view of a drawing; what is drawn is its heir's."""

    zoomed = Signal(int)  # the width of a cell in pixels

    _plan: Plan
    _drawing: Drawing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.centred = False
        self._width, self._aspect = USUAL, ASPECT
        self._step = whole_step(self.devicePixelRatioF())

    # --- what an heir does

    def replan(self) -> None:
        """Lay the plan out anew for the aspect and draw it."""
        raise NotImplementedError

    def redraw(self, anchor: Anchor | None) -> None:
        """Draw the plan at the present zoom; what is named by the anchor stays where it was."""
        raise NotImplementedError

    def anchor_unit(self) -> int:
        """The unit a zoom without a mouse keeps in place, below zero for none."""
        raise NotImplementedError

    def has_margin(self) -> bool:
        """Whether the drawing has a margin for averages."""
        raise NotImplementedError

    # --- where it is looked at

    @property
    def drawing(self) -> Drawing:
        """The plan at the present zoom."""
        return self._drawing

    @property
    def plan(self) -> Plan:
        """The plan shown."""
        return self._plan

    @property
    def cell_width(self) -> int:
        """The zoom: the width of a cell in pixels."""
        return self._width

    def corner(self) -> QPoint:
        """Return the pixel of the drawing in the upper left corner of the viewport."""
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        if self.centred:
            room = self.viewport().size()
            x -= max(0, room.width() - self._drawing.width) // 2
            y -= max(0, room.height() - self._drawing.height) // 2
        return QPoint(x - x % self._step, y - y % self._step)

    def unit_at(self, at: QPoint) -> int:
        """Return the unit at a point of the viewport, EMPTY where there is none."""
        spot = at + self.corner()
        return self._drawing.unit_at(spot.x(), spot.y())

    def cell_rect(self, unit: int) -> QRect:
        """Return where a unit's cell is in the viewport; an empty rectangle when it is not drawn."""
        place = self._plan.place(unit)
        return QRect() if place is None else QRect(*self._drawing.cell(place)).translated(-self.corner())

    def zoom_to(self, width: int, around: QPoint | None = None) -> None:
        """Zoom to a cell width in pixels; what is under `around` (viewport) stays there."""
        width = max(SMALLEST, min(LARGEST, width))
        if width != self._width:
            anchor = Anchor.at(self, around or self.viewport().rect().center())
            self._width = width
            self.redraw(anchor)
            self.zoomed.emit(width)

    def zoom_by(self, steps: int, around: QPoint | None = None) -> None:
        """Zoom in (above zero) or out by rungs of the ladder; without a point the current cell stays in place."""
        if around is None and self.anchor_unit() >= 0:
            around = self.cell_rect(self.anchor_unit()).center()
            around = around if self.viewport().rect().contains(around) else None
        self.zoom_to(step_from(self._width, steps), around or self._something_in_sight())

    def _something_in_sight(self) -> QPoint:
        """The middle of the viewport, or the nearest point where there is a building."""
        middle, corner = self.viewport().rect().center(), self.corner()
        spot = middle + corner
        near = [QRect(on.x, on.y, on.w, on.h) for on in self._drawing.placed]
        if not near or any(box.contains(spot) for box in near):
            return middle
        points = [QPoint(max(box.left(), min(spot.x(), box.right())), max(box.top(), min(spot.y(), box.bottom())))
                  for box in near]  # fmt: skip
        return min(points, key=lambda point: (point - spot).manhattanLength()) - corner

    def fit(self) -> None:
        """Zoom so that all that is shown is in sight at once, on shelves that suit the window's shape."""
        room = self.maximumViewportSize()
        aspect = min(_ASPECTS, key=lambda shape: abs(shape - room.width() / max(1, room.height())))
        if aspect != self._aspect:
            self._aspect = aspect
            self.replan()
        self.zoom_to(fitting(self._plan, room.width(), room.height(), self.has_margin()))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def fit_readable(self) -> None:
        """Bring all that is shown into sight, but no smaller than can be read, and no larger than usual."""
        self.fit()
        self.zoom_to(max(READABLE, min(USUAL, self._width)))
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)

    def reveal(self, unit: int, margin: int = 24) -> None:
        """Scroll no more than needed to bring a unit into sight; a far one comes to the middle."""
        cell = self.cell_rect(unit)
        room = self.viewport().rect()
        if cell.isEmpty() or room.adjusted(margin, margin, -margin, -margin).contains(cell):
            return
        wide, high = room.width() // 2, room.height() // 2
        far = not room.adjusted(-wide, -high, wide, high).contains(cell)
        for bar, low, high, size in (
            (self.horizontalScrollBar(), cell.left(), cell.right(), room.width()),
            (self.verticalScrollBar(), cell.top(), cell.bottom(), room.height()),
        ):
            if far:
                bar.setValue(bar.value() + (low + high - size) // 2)
            elif low < margin:
                bar.setValue(bar.value() + low - margin)
            elif high > size - margin:
                bar.setValue(bar.value() + high - size + margin)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the scroll bars' ranges right."""
        super().resizeEvent(event)
        self.set_ranges()

    def set_ranges(self) -> None:
        """Let the scroll bars reach over the whole drawing."""
        room = self.viewport().size()
        for bar, whole, seen in (
            (self.horizontalScrollBar(), self._drawing.width, room.width()),
            (self.verticalScrollBar(), self._drawing.height, room.height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
