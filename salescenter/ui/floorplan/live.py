"""The estate as it is now: loaded once, kept up to date by the news, and by the clock where holds end."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from salescenter.domain.grid import CellChange, GridNews
from salescenter.services import grid
from salescenter.services.work import Desk
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.plan import Plan, lay_out
from salescenter.ui.kit.room import Room

LONGEST_NAP = 600_000
"""Milliseconds the clock is left alone at most: a PC that slept must not be late by more."""


def milliseconds(moment: datetime) -> int:
    """Return a moment as milliseconds since 1970 UTC."""
    return round(moment.timestamp() * 1000)


class Live(QObject):
    """Loads the grid in the database lane and tells the page what changed since."""

    loaded = Signal(object)        # Plan of all buildings; the estate is in `estate`
    changed = Signal(object)       # list of indexes whose cells say something else
    could_not = Signal(object)     # the Weather that kept it away

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.estate: Estate | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.tick)
        room.bulletin.arrived.connect(self._hear)
        room.bulletin.hinted.connect(self._hear_hint)

    def load(self) -> None:
        """Load all of it; the old picture stays until the new one is here."""
        desk, now = self._room.desk, milliseconds(self._room.now())
        self._room.lane.run(lambda: _read(desk, now), self._loaded, owner=self, refused=self.could_not.emit)

    def tick(self) -> None:
        """Look at the clock: holds whose minute came are for sale, with no word from anywhere."""
        if self.estate is not None:
            if ended := self.estate.pass_time(milliseconds(self._room.now())):
                self.changed.emit(ended)
            self._wind()

    def _loaded(self, read: tuple[Estate, Plan]) -> None:
        self.estate, plan = read
        self.loaded.emit(plan)
        self._wind()

    def _hear(self, news: GridNews) -> None:
        if self.estate is None:
            return
        if news.rebuild or any(change.id not in self.estate.index for change in news.changes):
            self.load()
            return
        if changed := self.estate.take(news.changes):
            self.changed.emit(changed)
            self._wind()

    def _hear_hint(self, changes: tuple[CellChange, ...]) -> None:
        self._hear(GridNews(changes))

    def _wind(self) -> None:
        """Set the clock to the next end of a hold."""
        if self.estate is not None:
            until = self.estate.next_end - milliseconds(self._room.now()) if self.estate.next_end else LONGEST_NAP
            self._clock.start(max(0, min(LONGEST_NAP, until)))


def _read(desk: Desk, now: int) -> tuple[Estate, Plan]:
    """Read and lay out the grid; runs in the lane, so that the screen only has to paint it."""
    estate = Estate(grid.layout(desk), grid.cells(desk), now)
    return estate, lay_out(estate.layout, estate.cells)
