"""The pulse: the feed is read every few seconds and after each deed, and the news posted for every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.grid import GridNews
from salescenter.ui.kit.lane import Runner
from salescenter.ui.kit.room import Bulletin

EVERY = 5_000
"""Milliseconds between two looks at the feed."""


class Pulse(QObject):
    """Reads what changed since it last looked; only one question is under way at a time."""

    heard = Signal()
    away = Signal(object)  # the Weather that keeps the news away

    def __init__(self, read: Callable[[int], GridNews], lane: Runner, bulletin: Bulletin,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._lane, self._bulletin = read, lane, bulletin
        self._since = 0
        self._asking = self._again = False
        self._beat = QTimer(self)
        self._beat.setInterval(EVERY)
        self._beat.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, at once and then every few seconds."""
        self._beat.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._beat.stop()

    def look(self) -> None:
        """Look now; asked while an answer is on the way, it looks once more after it."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        since = self._since
        self._lane.run(lambda: self._read(since), self._news, owner=self, refused=self._away, after=self._answered)

    def _answered(self) -> None:
        self._asking = False

    def _news(self, news: GridNews) -> None:
        self._since = news.upto
        if news.changes or news.rebuild:
            self._bulletin.arrived.emit(news)
        self.heard.emit()
        if self._again:
            self._again = False
            self.look()

    def _away(self, trouble: Refusal | Weather) -> None:
        self._again = False
        self.away.emit(trouble)
