"""A button that waits: it says for how long, second by second, and then is a button again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton

from salescenter.i18n import tr


class Countdown(QObject):
    """Keeps one button switched off for so many seconds."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button, self._left, self._usual = button, 0, ""
        self.tick = QTimer(self)
        self.tick.setInterval(1_000)
        self.tick.timeout.connect(self._count)

    def start(self, seconds: int) -> None:
        """Begin to count down; 0 does nothing."""
        if seconds > 0:
            self._usual = self._usual or self._button.text()
            self._left = seconds + 1
            self._count()
            self.tick.start()

    def _count(self) -> None:
        self._left -= 1
        self._button.setEnabled(self._left <= 0)
        if self._left > 0:
            self._button.setText(tr("Next try in {time}", time=f"{self._left // 60}:{self._left % 60:02d}"))
            return
        self.tick.stop()
        self._button.setText(self._usual)
        self._usual = ""
