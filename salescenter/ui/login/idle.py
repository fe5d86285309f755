"""Watching whether somebody still sits here: keys, mouse and touch of every window of the program."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

TOUCHED = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip

LOOK = 5_000
"""Milliseconds between two looks at the clock; a PC that slept is noticed at its first event, or by then."""


class Idle(QObject):
    """Says when nobody touched anything for so many seconds, and when Ctrl+L was pressed over whatever stands open.

    It listens to the windows, not to the widgets: what is painted or laid out never passes through here.
    """

    over = Signal()
    pressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds, self._since = 0, time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)
        self._listen(app.focusWindow())

    def watch(self, seconds: int) -> None:
        """Watch from now on; 0: only for the key."""
        self._seconds, self._since = seconds, time.time()
        self._timer.start() if seconds else self._timer.stop()

    def look(self) -> bool:
        """Say so when it has been too long; returns whether it has."""
        late = bool(self._seconds) and time.time() - self._since >= self._seconds
        if late:
            self._since = time.time()
            self.over.emit()
        return late

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHED:
            if self.look():
                return True  # the first touch after a long sleep wakes the cover and nothing beneath it
            self._since = time.time()
            if isinstance(event, QKeyEvent) and is_key(event):
                self.pressed.emit()
                return True
        return super().eventFilter(watched, event)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time changes nothing


def is_key(event: QKeyEvent) -> bool:
    """Say whether this is the key that locks: Ctrl+L."""
    return (event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_L
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier)  # fmt: skip
