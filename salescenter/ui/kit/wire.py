"""The wire: what the listening thread hears, brought to the screen's own thread, and where this desk is."""

from __future__ import annotations

import time
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from salescenter.domain.grid import Present
from salescenter.services.listening import Ears, Listener
from salescenter.services.work import Desk

LAST_WAIT = 1.0
"""Seconds the end of the program waits for the thread, so that it can take its leave."""


class Wire(QObject):
    """Lives until its thread is over, whatever window it served: the thread must never speak to what is gone."""

    joined = Signal()
    hinted = Signal(object)   # domain.grid.Hint
    present = Signal(object)  # domain.grid.Present
    lost = Signal()           # the line broke, or could not be opened; it is tried again
    ended = Signal()
    _told = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._open = True
        self._looking = self._working = 0
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        told = self._told

        def say(what: str, about: object = None) -> None:
            with suppress(RuntimeError):  # the program has ended, and all of Qt with it: nobody is left to hear
                told.emit(what, about)

        ears = Ears(
            lambda: say("joined"), lambda hint: say("hinted", hint), lambda at: say("present", at),
            lambda: say("lost"), lambda: say("ended"),
        )
        self._listener = Listener(desk, ears, time.monotonic)

    def start(self) -> None:
        """Begin to listen."""
        _living.add(self)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self.finish)
        self._listener.start()

    def close(self) -> None:
        """Listen no more, and wait for nothing; what is still on its way is dropped."""
        self._open = False
        self._listener.stop()

    def finish(self) -> None:
        """The program ends: let the thread take its leave."""
        self._open = False
        self._listener.stop(LAST_WAIT)

    def look_at(self, unit: int) -> None:
        """Say which unit this desk looks at, 0 none."""
        self._looking = unit
        self._stand()

    def work_on(self, unit: int) -> None:
        """Say which unit a form is open of, 0 none; it counts before what is looked at."""
        self._working = unit
        self._stand()

    def _stand(self) -> None:
        self._listener.stand_at(self._working or self._looking, working=bool(self._working))

    def _tell(self, word: str, value: object) -> None:
        if word == "ended":
            _living.discard(self)
            self.ended.emit()
        elif self._open and word == "joined":
            self.joined.emit()
        elif self._open and word == "lost":
            self.present.emit(Present())
            self.lost.emit()
        elif self._open:
            (self.hinted if word == "hinted" else self.present).emit(value)


_living: set[Wire] = set()
"""Wires whose thread is not over yet."""
