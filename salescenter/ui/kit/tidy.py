"""Letting go of what nobody uses any more, on the screen's thread alone.

Python collects cycles on whichever thread makes the next object, and a window let go of in a lane ends the process:
Qt wants its objects destroyed where they live. So the automatic collection is off, and this does it by the same counts.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 200
"""Milliseconds between two looks; the look itself takes a microsecond."""


class Tidy(QObject):
    """Collects as Python's own collector would, but from a timer of the screen's thread.

    It begins after so many milliseconds: while the program starts, all that is made stays.
    """

    def __init__(self, parent: QObject, begins: int = 0) -> None:
        super().__init__(parent)
        gc.disable()
        self._thresholds = gc.get_threshold()
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        QTimer.singleShot(begins, timer, lambda: timer.start(EVERY))

    def look(self) -> None:
        """Collect the oldest generation whose count is over its threshold."""
        collect_over(self._thresholds)


def collect_over(thresholds: tuple[int, int, int]) -> None:
    """Collect the oldest generation that holds more than its threshold says."""
    counts = gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
