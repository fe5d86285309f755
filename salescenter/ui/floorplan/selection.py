"""What is chosen on the grid: the current unit, the ones selected for a batch, up to four marked to compare."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

NOBODY = -1
MOST_MARKED = 4


class Selection(QObject):
    """Units by their index in the estate's columns."""

    moved = Signal(int)        # the current unit, NOBODY for none
    changed = Signal()         # the selected ones
    marks_changed = Signal()
    repaint = Signal(object)   # units whose rings changed

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = NOBODY
        self.anchor = NOBODY
        self.chosen: frozenset[int] = frozenset()
        self.marked: tuple[int, ...] = ()

    def go(self, unit: int) -> None:
        """Choose one unit and nothing else."""
        self.anchor = unit
        self._current(unit)
        self.choose([unit] if unit != NOBODY else [])

    def go_choosing(self, unit: int, units: Iterable[int]) -> None:
        """Make a unit the current one and choose these; the anchor stays (Shift)."""
        self._current(unit)
        self.choose(units)

    def toggle(self, unit: int) -> None:
        """Add a unit to the chosen ones or take it out (Ctrl); it becomes the current one."""
        self.anchor = unit
        self._current(unit)
        self.choose(self.chosen ^ {unit})

    def choose(self, units: Iterable[int]) -> None:
        """Choose exactly these units."""
        fresh = frozenset(units)
        if fresh != self.chosen:
            altered, self.chosen = fresh ^ self.chosen, fresh
            self.repaint.emit(altered)
            self.changed.emit()

    def mark(self, unit: int) -> None:
        """Mark a unit for comparing, or take its mark away; a fifth replaces the oldest."""
        before = self.marked
        if unit in before:
            self.marked = tuple(other for other in before if other != unit)
        else:
            self.marked = (*before, unit)[-MOST_MARKED:]
        self.repaint.emit({*before, unit})
        self.marks_changed.emit()

    def unmark_all(self) -> None:
        """Take all marks away."""
        before, self.marked = self.marked, ()
        self.repaint.emit(set(before))
        self.marks_changed.emit()

    def _current(self, unit: int) -> None:
        before, self.current = self.current, unit
        if before != unit:
            self.repaint.emit({before, unit})
            self.moved.emit(unit)
