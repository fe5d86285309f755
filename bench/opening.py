"""The program itself, watched while its log-in stands, to see how long typing is held up (for `bench.start`).

`main` runs in a process of its own. A second and a half after the log-in was painted it says the longest time in
milliseconds in which no key was answered, while the database is opened and the rest is imported behind the field.
"""

import gc
import os
import sys
from time import perf_counter

gc.disable()  # as main.py does
from salescenter.app import run  # noqa: E402, I001  before PySide6, so that it knows Python's own import function

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from salescenter.ui.kit.options import Options  # noqa: E402

LISTENS_FOR = 1.5
"""Seconds in which imports and the opening of the database go on beside the log-in."""


def say(word: str = "there") -> None:
    """Say that it is there, and end at once: closing is not measured."""
    print(word, flush=True)
    os._exit(0)


class Eye(QObject):
    """Sees when the log-in is first painted, and listens from then on."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__()
        self._app, self._gaps = app, [0.0]
        app.installEventFilter(self)

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and type(widget).__name__ == "LoginPage":
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, self._listen)
        return False

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
    eye = Eye(QApplication(["salescenter", "-style", "fusion"]))
    sys.exit(run(Options(demo=True)) or bool(eye))


if __name__ == "__main__":
    main()
