"""Many desks in one process, for `bench.feed`: each has a line of its own, and says when a change has reached it."""

from __future__ import annotations

import gc
import heapq
import random
import selectors
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection as Pipe
from queue import Queue
from typing import Any, NamedTuple

import psycopg
from sqlalchemy.engine import make_url

from salescenter.data.listening import Line, open_line
from salescenter.services import grid
from salescenter.services.house import open_house
from salescenter.services.listening import Ears, Listener
from salescenter.services.work import Desk
from salescenter.ui.kit.pulse import CALM, REST

CHANNEL = "peer"
"""What the peer listens to: nothing but LISTEN and NOTIFY."""

Reached = list[tuple[int, float]]
"""Number of a change, and the second at which one desk had it."""


class Heard(NamedTuple):
    """What came when, and the seconds of processor that took."""

    reached: Reached
    own: float


Takers = list[tuple[int, Callable[[], list[int]]]]
"""Each desk's open file, and what takes the changes that came and returns their numbers."""


def listen_alone(url: str, count: int, pipe: Pipe) -> None:
    """Be the peer: so many plain connections that listen."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with ExitStack() as open_:
        lines = [open_.enter_context(psycopg.connect(address, autocommit=True)) for _ in range(count)]
        for line in lines:
            line.execute(f"LISTEN {CHANNEL}".encode())

        def take(line: psycopg.Connection[Any]) -> list[int]:
            return [int(said.payload.split()[0]) for said in line.notifies(timeout=0.05, stop_after=1)]

        _serve(pipe, [(line.fileno(), partial(take, line)) for line in lines], lambda _: None)


def listen(url: str, count: int, pipe: Pipe) -> None:
    """Be so many desks: each takes over what the hint says, and reads the feed a moment later."""
    house = open_house(url)
    desk = house.log_in("manager", "")
    since = [grid.news(desk, 0).upto] * count
    known: list[dict[int, int]] = [{} for _ in range(count)]

    def take(number: int, line: Line) -> list[int]:
        cells = [change for hint in line.hear(desk.project, 0.05) for change in hint.changes]
        known[number] |= {cell.id: cell.quoted for cell in cells}
        return [cell.quoted for cell in cells]

    def look(number: int) -> None:
        news = grid.news(desk, since[number])
        since[number] = news.upto
        known[number] |= {cell.id: cell.quoted for cell in news.changes}

    with ExitStack() as open_:
        lines = [open_.enter_context(open_line(house.engine)) for _ in range(count)]
        takers: Takers = [(line.raw.fileno(), partial(take, n, line)) for n, line in enumerate(lines)]
        _serve(pipe, takers, look)
    house.close()


def _serve(pipe: Pipe, takers: Takers, look: Callable[[int], None]) -> None:
    """Take what comes, and look as the screen's pulse does, until the pipe says that it is enough; then tell.

    As in the program itself nothing is collected meanwhile: what is kept here for the end would hold up all screens.
    """
    gc.disable()
    reached, looks = Reached(), Looks(look)
    with selectors.DefaultSelector() as ready:
        ready.register(pipe.fileno(), selectors.EVENT_READ, None)
        for number, (file, take) in enumerate(takers):
            ready.register(file, selectors.EVENT_READ, (number, take))
        pipe.send("ready")
        began = time.process_time()
        while True:
            for key, _ in ready.select(looks.wait()):
                if key.data is None:
                    pipe.recv()
                    pipe.send(Heard(reached, time.process_time() - began))
                    return
                number, take = key.data
                reached += [(change, time.perf_counter()) for change in take()]
                looks.want(number)
            looks.go_on()


@dataclass(slots=True)
class Looks:
    """When each desk looks next: soon after the first hint, and while they come without end after a rest."""

    look: Callable[[int], None]
    due: list[tuple[float, int]] = field(default_factory=list)
    waiting: set[int] = field(default_factory=set)
    rests: dict[int, float] = field(default_factory=dict)  # until when
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def wait(self) -> float:
        """Seconds until the next look."""
        return max(0.0, self.due[0][0] - time.perf_counter()) if self.due else 1.0

    def want(self, number: int) -> None:
        """A hint came to a desk."""
        if number not in self.waiting:
            self.waiting.add(number)
            rest, now = self.rests.get(number, 0.0), time.perf_counter()
            heapq.heappush(self.due, (rest if rest > now else now + self.chance.uniform(*CALM) / 1000, number))

    def go_on(self) -> None:
        """Let one desk look whose turn it is: hints go first."""
        if self.due and self.due[0][0] <= time.perf_counter():
            number = heapq.heappop(self.due)[1]
            self.waiting.discard(number)
            self.look(number)
            self.rests[number] = time.perf_counter() + self.chance.uniform(*REST) / 1000


@dataclass(slots=True)
class _Sleepless:
    """A desk with the program's own listener, that looks at the feed as the screen does."""

    desk: Desk
    heard: Queue[tuple[str, Any]] = field(default_factory=Queue)
    known: dict[int, int] = field(default_factory=dict)
    since: int = 0
    breaks: int = 0
    broke: bool = False

    def begin(self) -> Listener:
        self.since = grid.news(self.desk, 0).upto
        say = self.heard.put
        ears = Ears(lambda: say(("joined", None)), lambda hint: say(("hint", hint)), lambda _: None,
                    lambda: say(("lost", None)), lambda: None)  # fmt: skip
        listener = Listener(self.desk, ears, time.monotonic)
        listener.start()
        return listener

    def go_on(self) -> None:
        while not self.heard.empty():
            word, hint = self.heard.get()
            if word == "lost":
                self.breaks, self.broke = self.breaks + 1, True
            elif word == "hint":
                self.known |= {cell.id: cell.quoted for cell in hint.changes}

    def look(self) -> None:
        news = grid.news(self.desk, self.since, after_break=self.broke)
        self.since, self.broke = news.upto, False
        self.known |= {cell.id: cell.quoted for cell in news.changes}


def listen_through(url: str, count: int, pipe: Pipe) -> None:
    """Be so many desks whose lines are cut again and again; at the end tell what each knows, and how often it broke."""
    house = open_house(url)
    desk = house.log_in("manager", "")
    desks = [_Sleepless(desk) for _ in range(count)]
    listeners = [one.begin() for one in desks]
    pipe.send("ready")
    while not pipe.poll(0.05):
        for one in desks:
            one.go_on()
            one.look()
    pipe.recv()
    for one in desks:
        one.go_on()
        one.look()
    pipe.send([(one.known, one.breaks) for one in desks])
    for listener in listeners:
        listener.stop(2.0)
    house.close()
