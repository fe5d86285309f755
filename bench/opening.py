"""The program itself, watched while it opens, and ended when what was asked for is on the screen (for `bench.start`).

`main` runs in a process of its own with one word, login, typing or grid. It says one line when it is there: `login`
when the log-in with its focused field is painted, `typing` a second and a half later with the longest time in
milliseconds that typing was held up, `grid` when, after Enter in the log-in, the control grid is painted.
"""

import os
import sys
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from salescenter.app import run
from salescenter.ui.kit.options import Options

LISTENS_FOR = 1.5
"""Seconds in which imports and the opening of the database go on beside the log-in."""


def say(word: str = "there") -> None:
    """Say that it is there, and end at once: closing is not measured."""
    print(word, flush=True)
    os._exit(0)


class Eye(QObject):
    """Sees each page when it is first painted; a zero timer then fires after the whole window stands."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._at_login = {"login": say, "typing": self._listen, "grid": self._enter}[place]
        self._entered = False
        self._gaps = [0.0]

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            name = type(widget).__name__
            if name == "LoginPage" and not self._entered:
                self._entered = True
                QTimer.singleShot(0, self._at_login)
            elif self._entered and type(widget.parent()).__name__ == "GridCanvas":
                QTimer.singleShot(0, say)
        return False

    def _enter(self) -> None:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            QCoreApplication.postEvent(QApplication.focusWidget() or self, key)

    def _listen(self) -> None:
        self._began = self._last = perf_counter()
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start(1)

    def _tick(self) -> None:
        now = perf_counter()
        self._gaps.append(now - self._last)
        self._last = now
        if now - self._began > LISTENS_FOR:
            say(f"{max(self._gaps) * 1000:.1f}")


def main() -> None:
    """Open the sample with the eye on it."""
    app = QApplication(["salescenter"])
    eye = Eye(sys.argv[1])
    app.installEventFilter(eye)
    sys.exit(run(Options(demo=True)) or 1)
