"""Listening to the other desks in a thread of its own: hints of changes, who is at which unit, and coming back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Event, Thread
from uuid import uuid4

from salescenter.data import presence
from salescenter.data.listening import Line, open_line
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.grid import Hint, Onlooker, Present
from salescenter.services.work import Desk

TICK = 0.2
"""Seconds the thread waits for a hint before it looks whether there is something else to do."""

BEAT = 1.4
"""Seconds between two looks at who is where, and between two signs of life of a desk that is at a unit."""

LASTS = 3_200
"""Milliseconds a sign of life counts. With the others' next look: gone within 5 s when the PC dies."""

IDLE_BEAT, IDLE_LASTS = 15.0, 40_000
"""A desk that is at no unit says more seldom (seconds) and for longer (milliseconds) that it is there."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
"""Seconds before the line is opened again: the first pause and the longest."""


def pauses(chance: random.Random) -> Iterator[float]:
    """Growing pauses in seconds, each shaken a little, so that not all desks knock at the same moment."""
    longest = FIRST_PAUSE
    while True:
        yield longest * chance.uniform(0.5, 1.0)
        longest = min(LONGEST_PAUSE, longest * 2)


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told what; every call comes on the listening thread.

    joined: the line stands (again), whatever happened meanwhile is in the feed. hinted: cells changed; a hint
    without cells means: look. present: where the other desks are. lost: the line broke; it comes back by itself.
    ended: the thread is over.
    """

    joined: Callable[[], object]
    hinted: Callable[[Hint], object]
    present: Callable[[Present], object]
    lost: Callable[[], object]
    ended: Callable[[], object]


class Listener:
    """One desk's line to the others; a daemon thread that nobody waits for."""

    def __init__(self, desk: Desk, ears: Ears, clock: Callable[[], float]) -> None:
        """Make it, not yet started; `clock` tells seconds that only grow."""
        self._desk, self._ears, self._clock = desk, ears, clock
        self._own = uuid4().hex
        self._stop = Event()
        self._at = 0, False
        self._chance = random.Random()
        self._waits = pauses(self._chance)
        self._thread = Thread(target=self._live, name="listening", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self, wait: float | None = None) -> None:
        """Listen no more; waits at most so many seconds for the thread's end, or not at all."""
        self._stop.set()
        if wait is not None and self._thread.is_alive():
            self._thread.join(wait)

    def stand_at(self, unit: int, *, working: bool = False) -> None:
        """Say which unit this desk looks at (0 none), and whether a form of it is open."""
        self._at = unit, working

    def _live(self) -> None:
        while not self._stop.is_set():
            try:
                with open_line(self._desk.engine) as line:
                    self._ears.joined()
                    self._listen(line)
            except (Weather, Refusal):
                self._ears.lost()
                self._stop.wait(next(self._waits))
        self._ears.ended()

    def _listen(self, line: Line) -> None:
        """Pass on what is heard, and say and ask who is where, until the line breaks or nobody wants to hear more."""
        said = asked = self._clock() - IDLE_BEAT
        at: tuple[int, bool] | None = None
        while not self._stop.is_set():
            moment = self._clock()
            due = moment - said >= (BEAT if self._at[0] else IDLE_BEAT)
            if due or self._at != at or moment - asked >= BEAT:
                speak = due or self._at != at
                at, asked, said = self._at, moment, moment if speak else said
                self._say_and_ask(line, at, lasts=(LASTS if at[0] else IDLE_LASTS) if speak else 0)
            for hint in line.hear(self._desk.project, TICK):
                self._ears.hinted(hint)
        line.ask(lambda raw: raw.execute(presence.LEAVE, {"desk": self._own}))

    def _say_and_ask(self, line: Line, at: tuple[int, bool], *, lasts: int) -> None:
        who = self._desk.who
        words = {"desk": self._own, "project": self._desk.project, "person": who.id, "name": who.name,
                 "unit": at[0], "working": at[1]}  # fmt: skip
        try:
            rows = line.ask(lambda raw: presence.beat(raw, words, lasts=lasts))
        except Weather as trouble:
            if not presence.is_only_presence(trouble.__cause__):
                raise
            rows = []  # hints go on all the same
        self._waits = pauses(self._chance)
        self._ears.present(Present(tuple(Onlooker(*row) for row in rows if row[0]), len(rows) + 1))
