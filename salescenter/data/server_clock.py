"""Which clock decides: the server's for all desks of a LAN, this PC's where the database is a file on it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

from salescenter.data.types import CHINA

MEASURED_FOR = 60.0
"""Seconds after which the server is asked for its time again, as soon as something else is asked of it."""


steady: Callable[[], float] = time.monotonic
"""Seconds that pass evenly, whatever the PC's clock is set to; where the system can tell, a sleep among them."""
if sys.platform == "linux":
    steady = partial(time.clock_gettime, time.CLOCK_BOOTTIME)


_moments: WeakKeyDictionary[Any, tuple[float, float]] = WeakKeyDictionary()


def keep_moment(raw: Any, server: float, then: float) -> None:
    """Keep what a connection of the driver was told as it opened: the server's time, and our even seconds then."""
    _moments[raw] = server, then


class Clock:
    """Tells the time without asking anybody; safe to call from any thread.

    The server's time is taken with each connection, in the middle of the question's way there and back, and carried on
    by the PC's even seconds: what the PC's own clock shows does not matter, not even when somebody sets it.
    """

    def __init__(
        self, engine: Engine, wall: Callable[[], float] = time.time, even: Callable[[], float] = steady
    ) -> None:
        self._wall, self._even = wall, even
        self._measured: tuple[float, float] | None = None  # the server's time, and our even seconds then
        if engine.dialect.name != "sqlite":
            event.listen(engine, "connect", self._take)
            event.listen(engine, "checkout", self._ask_again)

    def now(self) -> datetime:
        """This moment on the clock that decides, in the house's time zone."""
        seconds = self._wall()
        if self._measured is not None:
            server, then = self._measured
            seconds = server + self._even() - then
        return datetime.fromtimestamp(seconds, CHINA)

    def _take(self, raw: Any, record: object) -> None:
        if told := _moments.get(raw):
            self._measured = told
        else:
            self._ask(raw, record)

    def _ask(self, raw: Any, _: object) -> None:
        raw.autocommit = True
        before = self._even()
        (server,) = raw.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
        self._measured = server, (before + self._even()) / 2
        raw.autocommit = False

    def _ask_again(self, raw: Any, record: object, _: object) -> None:
        if self._measured is None or self._even() - self._measured[1] > MEASURED_FOR:
            self._ask(raw, record)
