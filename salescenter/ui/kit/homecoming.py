"""What waited on this PC while the server was away goes in when it is back, whichever page is open."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from salescenter.domain.errors import Refusal, Weather
from salescenter.i18n import trn
from salescenter.services.waiting.merging import Brought, bring_all
from salescenter.services.waiting.shelf import Shelf
from salescenter.ui.kit.room import Room

AGAIN = 30_000
"""Milliseconds after which what still waits is tried again: the line may have broken in the middle."""


class Homecoming(QObject):
    """Brings waiting visits in: as the window opens, when the server is back, and after each decision."""

    def __init__(self, room: Room, shelf: Shelf, window: QObject) -> None:
        super().__init__(window)
        self._room, self._shelf = room, shelf
        self._at_it = False
        room.bulletin.away.connect(self._turned)
        room.bulletin.settled.connect(self.bring)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.bring)
        QTimer.singleShot(0, self, self.bring)

    def bring(self) -> None:
        """Bring in what waits, unless that is under way or the server is away."""
        if self._at_it or self._room.bulletin.away_since is not None:
            return
        if not self._shelf.waiting():
            self._room.bulletin.brought.emit(Brought())
            return
        self._at_it = True
        desk, shelf, now = self._room.desk, self._shelf, self._room.now()
        self._room.lane.run(lambda: bring_all(desk, shelf, now), self._brought, owner=self, refused=self._in_vain,
                            after=self._over)

    def _turned(self, moment: object) -> None:
        if moment is None:
            self.bring()

    def _over(self) -> None:
        self._at_it = False

    def _in_vain(self, trouble: Refusal | Weather) -> None:
        self._room.refuse(trouble)

    def _brought(self, brought: Brought) -> None:
        if brought.broke:
            self._again.start()
        self._room.bulletin.brought.emit(brought)
        if said := words_of(brought):
            self._room.say(said)
        if brought.registered:
            self._room.changed()


def words_of(brought: Brought) -> str:
    """Say in a line what went in, and what waits for somebody to decide."""
    parts = []
    if count := len(brought.registered):
        parts.append(trn("{count} visit that waited here is on record now.",
                         "{count} visits that waited here are on record now.", count=count))
    if count := len(brought.open):
        parts.append(trn("{count} visit waits in Reception for a decision.",
                         "{count} visits wait in Reception for a decision.", count=count))
    return " ".join(parts)
