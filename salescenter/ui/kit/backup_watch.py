"""The watch over what must not be lost: each minute the history is sealed, and a backup made if one is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import LawsBroken, Stopped
from salescenter.ui.kit.lane import Lane, Runner, Ticket

if TYPE_CHECKING:  # what makes backups is imported where it runs: the grid does not wait for it
    from salescenter.services.auto_backup import Kept
    from salescenter.services.work import Desk

EVERY = 60_000
"""Milliseconds between two looks; the first comes that long after the log-in, when nobody waits for the screen."""

FIRST = 1_500
"""Milliseconds until the last good backup is shown: what makes backups takes a third of the way to the grid."""

AFTER_TROUBLE = timedelta(minutes=30)
"""How long one that failed is not tried again, so that its banner does not come back every minute."""


class BackupWatch(QObject):
    """Watches over seals and backups at one desk, in a lane of its own, and says what failed.

    `show` gets the last good backup and this moment for the status line.
    """

    def __init__(
        self, desk: Desk, lane: Runner, now: Callable[[], datetime],
        show: Callable[[datetime | None, datetime], None], refuse: Callable[[Exception], None], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._lane, self._now, self._show, self._refuse = desk, lane, now, show, refuse
        self._own: Lane | None = None
        self._ticket: Ticket | None = None
        self._sealing = False
        self._not_before: datetime | None = None
        timer = QTimer(self)
        timer.timeout.connect(self.watch)
        timer.start(EVERY)
        QTimer.singleShot(FIRST, self, self.look)

    def look(self) -> None:
        """Show the last good backup."""
        self._lane.run(self._last, lambda at: self._show(at, self._now()), owner=self)

    def watch(self) -> None:
        """Seal the history, and make a backup if one is due and none is under way."""
        now = self._now()
        self._seal(now)
        if self._ticket is None and (self._not_before is None or now >= self._not_before):
            self._lane.run(lambda: self._due(now), lambda due: self._begin(now) if due else None, owner=self,
                           refused=lambda _: None)  # a database that is away is said elsewhere

    def close(self) -> None:
        """Stop what is under way and leave nothing half done."""
        if self._own is not None:
            if self._ticket is not None:
                self._ticket.cancel()
            self._own.close()

    def _seal(self, now: datetime) -> None:
        if self._sealing:
            return
        self._sealing = True
        self._aside().run(lambda: _seal(self._desk, now), lambda _: None, owner=self, after=self._sealed)

    def _sealed(self) -> None:
        self._sealing = False

    def _aside(self) -> Lane:
        self._own = self._own or Lane("upkeep", self)
        return self._own

    def _last(self) -> datetime | None:
        kept = import_module("salescenter.services.backups").last(self._desk)
        return kept and kept.at  # type: ignore[no-any-return]

    def _due(self, now: datetime) -> bool:
        return bool(import_module("salescenter.services.auto_backup").due(self._desk, now))

    def _begin(self, now: datetime) -> None:
        if self._ticket is not None:
            return
        self._ticket = self._aside().pursue(
            lambda ticket: _make(self._desk, now, ticket), self._made, owner=self, refused=self._failed,
            after=self._over)

    def _over(self) -> None:
        self._ticket = None

    def _made(self, kept: Kept) -> None:
        self.look()
        if kept.done.broken:
            self._failed(LawsBroken(count=len(kept.done.broken), path=str(kept.done.path)))
        elif kept.trouble is not None:
            self._refuse(kept.trouble)

    def _failed(self, trouble: Refusal | Weather) -> None:
        if not isinstance(trouble, Stopped):
            self._not_before = self._now() + AFTER_TROUBLE
            self._refuse(trouble)


def _seal(desk: Desk, now: datetime) -> None:
    import_module("salescenter.services.sealing").seal_if_it_can_be(desk, now)


def _make(desk: Desk, now: datetime, ticket: Ticket) -> Kept:
    def tell(done: int, whole: int) -> None:
        if ticket.cancelled:
            raise Stopped(what="backup")
        ticket.tell(done, whole)

    made: Kept = import_module("salescenter.services.auto_backup").make(desk, now, tell)
    return made
