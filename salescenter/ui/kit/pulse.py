"""The pulse: the feed is read every few seconds, at each hint and after each deed, and its news posted."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.grid import CellChange, GridNews, Hint
from salescenter.ui.kit.lane import Runner
from salescenter.ui.kit.room import Bulletin

EVERY = 5_000
"""Milliseconds between two looks at the feed."""

CALM = (100, 600)
"""Milliseconds until the feed is read after a hint that brought its cells: each desk at another moment."""

REST = (2_400, 3_600)
"""Milliseconds after an answer in which hints that bring their cells wait for the next look together: on a launch day
they come without end, and two hundred desks would ask the server hundreds of times a second for what they show."""

FIRST_PAUSE, LONGEST_PAUSE = 1_000, 15_000
"""Milliseconds until a database that is away is tried again: the first pause and the longest."""


Mark = tuple[int, int]
"""Which state of a unit was told: the works that changed and that touched it last."""


class Pulse(QObject):
    """Reads what changed since it last looked; only one question is under way at a time.

    `read(since, after_break)` runs in the lane. What the hints bring is posted at once and confirmed by the feed, so a
    hint that is lost, or comes out of turn, does no harm.
    """

    heard = Signal()
    away = Signal(object)  # the Weather that keeps the news away

    def __init__(self, read: Callable[[int, bool], GridNews], lane: Runner, bulletin: Bulletin,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._lane, self._bulletin = read, lane, bulletin
        self._since = self._units = 0
        self._asking = self._again = self._broke = self._retries = self._hinted = False
        self._meanwhile: list[tuple[CellChange, ...]] = []  # hinted while an answer is on the way
        self._told: dict[int, Mark] = {}  # by the feed, last
        self._doubtful: dict[int, Mark] = {}  # by hints, not yet by the feed
        self._pause = FIRST_PAUSE
        self._beat, self._soon, self._rest, self._retry = (QTimer(self) for _ in range(4))
        self._beat.setInterval(EVERY)
        for once in (self._soon, self._rest, self._retry):
            once.setSingleShot(True)
        for timer in (self._beat, self._soon, self._retry):
            timer.timeout.connect(self.look)
        self._rest.timeout.connect(self._rested)

    def start(self) -> None:
        """Begin to look, at once and then every few seconds."""
        self._beat.start()
        self.look()

    def stop(self) -> None:
        """Look no more."""
        self._retries = self._hinted = False
        for timer in (self._beat, self._soon, self._rest, self._retry):
            timer.stop()

    def look(self) -> None:
        """Look now; asked while an answer is on the way, it looks once more after it."""
        if self._asking:
            self._again = True
            return
        self._asking, self._hinted = True, False
        self._soon.stop()
        self._rest.stop()
        since, broke, self._broke = self._since, self._broke, False
        doubtful, self._doubtful = self._doubtful, {}
        self._lane.run(lambda: self._read(since, broke), lambda news: self._news(self._confirmed(news, doubtful)),
                       owner=self, refused=self._away, after=self._answered)

    def hint(self, hint: Hint) -> None:
        """Somebody changed cells: show them, and let the feed confirm it."""
        if not hint.changes:
            self._bulletin.stirred.emit()
            self.look()
            return
        self._doubtful |= {one.id: (one.revision, one.touched) for one in hint.changes}
        self._bulletin.hinted.emit(hint.changes)
        if self._asking:
            self._meanwhile.append(hint.changes)
        if self._asking or self._rest.isActive():
            self._hinted = True
        elif not self._soon.isActive():
            self._soon.start(random.randint(*CALM))

    def catch_up(self) -> None:
        """Look now, from further back: the line to the server was broken, or this PC slept."""
        self._broke = True
        self.look()

    def _answered(self) -> None:
        self._asking = False
        self._rest.start(random.randint(*REST))

    def _rested(self) -> None:
        """Look for all that was hinted during the rest; after a quiet one the next hint is looked for soon."""
        if self._hinted:
            self.look()

    def _confirmed(self, news: GridNews, doubtful: dict[int, Mark]) -> GridNews:
        """Let all be read again where units are gone, or a hint said what the feed knows not: anybody may say it."""
        heard = {one.id: (one.revision, one.touched) for one in news.changes}
        self._told |= heard
        false = any(unit not in heard and self._told.get(unit) != mark for unit, mark in doubtful.items())
        fewer, self._units = news.units < self._units, news.units
        return replace(news, rebuild=True) if false or fewer else news

    def _news(self, news: GridNews) -> None:
        self._since = news.upto
        self._calm_down()
        if news.changes or news.rebuild:
            self._bulletin.arrived.emit(news)
        later, self._meanwhile = self._meanwhile, []
        for changes in later:  # the answer may be older than they are
            self._bulletin.hinted.emit(changes)
        self.heard.emit()
        if self._again:
            self._again = False
            self.look()

    def _away(self, trouble: Refusal | Weather) -> None:
        self._again, self._hinted, self._broke = False, False, True
        self._meanwhile.clear()
        if self._beat.isActive() or self._retries:
            self._retries = True
            self._beat.stop()
            self._retry.start(round(self._pause * random.uniform(0.5, 1.0)))
            self._pause = min(LONGEST_PAUSE, self._pause * 2)
        self.away.emit(trouble)

    def _calm_down(self) -> None:
        """The database answers: look at the usual times again."""
        self._retry.stop()
        self._pause = FIRST_PAUSE
        if self._retries:
            self._retries = False
            self._beat.start()
