"""The desk's tie to its database: the pulse and the wire, and what the shell shows of how it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.grid import Present
from salescenter.domain.refusals import DatabaseAway
from salescenter.i18n import tr
from salescenter.services.work import Desk
from salescenter.ui.kit.late import refusal_words
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.pulse import Pulse
from salescenter.ui.kit.room import Bulletin
from salescenter.ui.kit.topbar import Link, TopBar
from salescenter.ui.kit.wire import Wire


class Frame(Protocol):
    """What of the shell shows the state of the database."""

    calmly: Callable[[Exception], bool]

    @property
    def bar(self) -> TopBar: ...

    @property
    def banner(self) -> Banner: ...

    def heard(self) -> None: ...

    def refuse(self, trouble: Exception) -> None: ...


class Tie(QObject):
    """Joins one desk to its database for as long as its window stands."""

    def __init__(self, desk: Desk, pulse: Pulse, bulletin: Bulletin, frame: Frame, now: Callable[[], datetime],
                 window: QObject) -> None:
        super().__init__(window)
        self._pulse, self._bulletin, self._frame, self._now = pulse, bulletin, frame, now
        self._on_server = desk.engine.dialect.name != "sqlite"
        self._heard_at = now()
        self._away = self._was_joined = False
        self._said = ""
        self._desks = 1
        pulse.setParent(self)
        pulse.heard.connect(self._heard)
        pulse.away.connect(self._lost)
        frame.calmly = self._take
        self.wire = Wire(desk) if self._on_server else None
        if self.wire is not None:
            self._listen(self.wire)

    def start(self) -> None:
        """Look at the feed, and listen."""
        self._pulse.start()
        if self.wire is not None:
            self.wire.start()

    def _listen(self, wire: Wire) -> None:
        wire.hinted.connect(self._pulse.hint)
        wire.joined.connect(self._joined)
        wire.present.connect(self._see)
        wire.lost.connect(self._line_lost)
        self._bulletin.looking.connect(wire.look_at)
        self._bulletin.working.connect(wire.work_on)
        self.destroyed.connect(wire.close)

    def _joined(self) -> None:
        """The wire stands: look for what nobody told; after a break from further behind."""
        self._pulse.catch_up() if self._was_joined else self._pulse.look()
        self._was_joined = True

    def _line_lost(self) -> None:
        """Whether the server is gone with the line is known sooner by asking than by waiting for the next look."""
        if not self._away:
            self._pulse.look()

    def _see(self, present: Present) -> None:
        if present.desks != self._desks:
            self._desks = present.desks
            self._show_link()
        self._bulletin.present.emit(present)

    def _heard(self) -> None:
        self._heard_at = self._now()
        if self._away:
            self._away = False
            self._bulletin.away_since = None
            self._bulletin.away.emit(None)
            if self._frame.banner.text() == self._said:
                self._frame.banner.hide()
        self._frame.heard()
        self._show_link()

    def _lost(self, trouble: Refusal | Weather) -> None:
        first, self._away = not self._away, True
        self._show_link()
        if not isinstance(trouble, DatabaseAway):
            self._frame.refuse(trouble)
            self._said = self._frame.banner.text()  # it goes with the next answer
        elif first:
            self._take(trouble)

    def _take(self, trouble: Exception) -> bool:
        """Say calmly that the database is away, whoever met it; anything else is not ours."""
        if not isinstance(trouble, DatabaseAway):
            return False
        self._away = True
        self._say_calmly(trouble)
        self._show_link()
        self._bulletin.away_since = self._heard_at
        self._bulletin.away.emit(self._heard_at)
        return True

    def _say_calmly(self, trouble: DatabaseAway) -> None:
        """Say once what waits and what goes on; the banner may be closed, and goes by itself."""
        self._said = tr("The database has not answered since {moment}.", moment=f"{self._heard_at:%H:%M:%S}")
        waits = tr("Deals and money wait until it is back; what is typed stays. It is tried again by itself.")
        self._frame.banner.say(self._said, f"{refusal_words(trouble)[0]} {waits}", "warning", self._pulse.look)

    def _show_link(self) -> None:
        usual = Link.ON_LAN if self._on_server else Link.ONE_PC
        self._frame.bar.show_link(Link.AWAY if self._away else usual, self._desks)
