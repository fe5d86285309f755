"""The keyboard on the grid: walking, typing a room number, zooming, marking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from salescenter.domain.grid_find import find_rooms, may_become
from salescenter.i18n import tr
from salescenter.ui.floorplan.selection import NOBODY
from salescenter.ui.floorplan.tag import Tag
from salescenter.ui.floorplan.walk import Way, end_of_row, neighbour, page_from

if TYPE_CHECKING:
    from salescenter.ui.floorplan.canvas import GridCanvas

_K, _CTRL, _SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_WAYS = {_K.Key_Left: Way.LEFT, _K.Key_Right: Way.RIGHT, _K.Key_Up: Way.UP, _K.Key_Down: Way.DOWN}
_ENDS = {_K.Key_Home: False, _K.Key_End: True}
_PAGES = {_K.Key_PageUp: -1, _K.Key_PageDown: 1}
_FORGET_AFTER = 6000  # milliseconds a half-typed number waits


class Keys:
    """Turns keys into moves; remembers the column the eye follows and the number being typed."""

    def __init__(self, canvas: GridCanvas) -> None:
        self._canvas = canvas
        self.space_down = self.space_used = False
        self.typed = ""
        self._goal: int | None = None
        self._found: list[int] = []
        self._tag = Tag(canvas)
        self._patience = QTimer(canvas)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.forget)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; False when it says nothing here."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key == _K.Key_Space and not self.typed:
            if not event.isAutoRepeat():
                self.space_down, self.space_used = True, False
            return True
        return self._walk(key, held) or self._command(key, held) or self._type(event)

    def release(self, event: QKeyEvent) -> bool:
        """Mark the current unit when Space comes up without having panned."""
        if event.key() != _K.Key_Space or event.isAutoRepeat() or not self.space_down:
            return False
        self.space_down = False
        if not self.space_used and self._canvas.selection.current >= 0:
            self._canvas.selection.mark(self._canvas.selection.current)
        return True

    def between(self, one: int, other: int) -> list[int]:
        """Return the units of the rectangle two units span on the drawing, those that match the filter."""
        plan, drawing = self._canvas.plan, self._canvas.drawing
        places = [plan.place(unit) for unit in (one, other)]
        spots = [QRect(*drawing.cell(place)) for place in places if place is not None]
        if len(spots) < 2:
            return [other]
        both = spots[0].united(spots[1])
        fits = self._canvas.showing.fits
        caught = drawing.units_in(both.left(), both.top(), both.right(), both.bottom())
        return [unit for unit in caught if fits is None or fits[unit]]

    def forget(self) -> None:
        """Drop a half-typed number."""
        self.typed, self._found = "", []
        self._tag.hide()

    def _walk(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        chosen, canvas = self._canvas.selection, self._canvas
        if key not in _WAYS and key not in _ENDS and key not in _PAGES:
            return False
        if chosen.current < 0:
            self._go(next(canvas.plan.shown(), NOBODY), held)
            return True
        upright = key in (_K.Key_Up, _K.Key_Down) or key in _PAGES
        if not upright:
            self._goal = None
        elif self._goal is None:
            self._goal = (canvas.cell_rect(chosen.current).center() + canvas.corner()).x()
        goal = self._goal
        self._go(self._target(key, held, goal), held)
        self._goal = goal
        return True

    def _target(self, key: Qt.Key, held: Qt.KeyboardModifier, goal: int | None) -> int:
        canvas, current = self._canvas, self._canvas.selection.current
        if key in _WAYS:
            return neighbour(canvas.drawing, current, _WAYS[key], goal)
        if key in _PAGES:
            rows = max(1, canvas.viewport().height() // canvas.drawing.metrics.pitch_y - 1)
            return page_from(canvas.drawing, current, rows * _PAGES[key], goal)
        if held & _CTRL:
            shown = list(canvas.plan.shown())
            return shown[-1 if _ENDS[key] else 0]
        return end_of_row(canvas.drawing, current, _ENDS[key])

    def _go(self, unit: int, held: Qt.KeyboardModifier) -> None:
        if unit == NOBODY:
            return
        chosen = self._canvas.selection
        if held & _SHIFT and chosen.anchor >= 0:
            chosen.go_choosing(unit, self.between(chosen.anchor, unit))
        else:
            chosen.go(unit)
        self._canvas.reveal(unit)

    def _command(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        canvas = self._canvas
        if held & _CTRL and key == _K.Key_A:
            fits = canvas.showing.fits
            canvas.selection.choose(unit for unit in canvas.plan.shown() if fits is None or fits[unit])
        elif held & _CTRL and key == _K.Key_0:
            canvas.fit()
        elif key in (_K.Key_Plus, _K.Key_Equal) and not self.typed:
            canvas.zoom_by(1)
        elif key in (_K.Key_Minus, _K.Key_Underscore) and not self.typed:
            canvas.zoom_by(-1)
        elif key in (_K.Key_Return, _K.Key_Enter):
            self._enter()
        elif key == _K.Key_Escape:
            return self._escape()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Go to the typed number; the same again goes on to the next it can mean. With nothing typed, open."""
        canvas = self._canvas
        if not self.typed:
            if canvas.selection.current >= 0:
                canvas.opened.emit(canvas.selection.current)
        elif self._found:
            canvas.go_to(self._found[0])
            self.forget()

    def _escape(self) -> bool:
        chosen = self._canvas.selection
        if self.typed:
            self.forget()
        elif len(chosen.chosen) > 1:
            chosen.choose([chosen.current] if chosen.current >= 0 else [])
        elif chosen.marked:
            chosen.unmark_all()
        else:
            return False
        return True

    def _type(self, event: QKeyEvent) -> bool:
        """Collect a room number and show where it would lead."""
        text = event.text()
        if event.key() == _K.Key_Backspace and self.typed:
            self.typed = self.typed[:-1]
        elif text.isprintable() and text and not event.modifiers() & (_CTRL | Qt.KeyboardModifier.AltModifier):
            if not self.typed and not text.isalnum():
                return False
            self.typed += text
        else:
            return False
        self._look_up()
        return True

    def _look_up(self) -> None:
        canvas, current = self._canvas, self._canvas.selection.current
        if not self.typed:
            self.forget()
            return
        here = canvas.estate.cells.building[current] if current >= 0 else 0
        self._found = find_rooms(self.typed, canvas.estate.cells, here)
        if self._found:
            leads = tr("{typed}  ⏎ {code}", typed=self.typed, code=canvas.estate.code(self._found[0]))
        elif may_become(self.typed, canvas.estate.cells):
            leads = f"{self.typed} …"
        else:
            leads = tr("{typed}  no such room", typed=self.typed)
        self._tag.say(leads)
        self._patience.start(_FORGET_AFTER)

