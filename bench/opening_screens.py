"""The screens of `bench.opening_day`: one process with a line for each, that leaves the server as much room as it can.

What two hundred PCs do side by side is done here as cheaply as one process can: what has arrived on all lines is taken
every few milliseconds; a hint said to all is read once; looks at the feed, for which each PC's own lane waits, wait in
a thread beside. When a change has reached a screen is noted after all that.
"""

from __future__ import annotations

import gc
import selectors
import time
from contextlib import ExitStack
from functools import lru_cache
from multiprocessing.connection import Connection as Pipe
from threading import Event, Thread

from bench.feed_hall import Heard, Looks, Reached
from salescenter.data import listening
from salescenter.data.listening import Line, open_line
from salescenter.services import grid
from salescenter.services.house import open_house
from salescenter.services.work import Desk

EVERY = 0.002
"""Seconds between two looks at what has arrived on all lines."""


def listen(url: str, count: int, pipe: Pipe) -> None:
    """Be so many screens until the pipe says that it is enough; then tell what came when, by the work that did it."""
    listening._read = lru_cache(64)(listening._read)
    house = open_house(url)
    desk = house.log_in("manager", "")
    with ExitStack() as open_:
        lines = [open_.enter_context(open_line(house.engine)) for _ in range(count)]
        heard = _hear(pipe, desk, lines)
    pipe.send(heard)
    house.close()


def _hear(pipe: Pipe, desk: Desk, lines: list[Line]) -> Heard:
    """Take over what the hints say.

    As in the program itself nothing is collected meanwhile: what is kept here for the end would hold up all screens.
    """
    gc.disable()
    known: list[dict[int, int]] = [{} for _ in lines]
    looking, over, reached = _Looking(desk, known), Event(), Reached()
    lane = Thread(target=looking.go_on, args=(over,), daemon=True)
    with selectors.DefaultSelector() as ready:
        for number, line in enumerate(lines):
            ready.register(line.raw.fileno(), selectors.EVENT_READ, (number, line))
        pipe.send("ready")
        lane.start()
        began = time.process_time()
        while not pipe.poll():
            for key, _ in ready.select(0.1):
                number, line = key.data
                cells = [cell for hint in line.hear(desk.project, 0.0) for cell in hint.changes]
                known[number] |= {cell.id: cell.quoted for cell in cells}
                reached += [(cell.revision, time.perf_counter()) for cell in cells]
                looking.asked.append(number)
            time.sleep(EVERY)
    pipe.recv()
    over.set()
    lane.join()
    return Heard(reached, time.process_time() - began)


class _Looking:
    """Each screen's looks at the feed, one after the other in a thread beside."""

    def __init__(self, desk: Desk, known: list[dict[int, int]]) -> None:
        self.asked: list[int] = []
        self._desk, self._known = desk, known
        self._since = [grid.news(desk, 0).upto] * len(known)
        self._looks = Looks(self._look)

    def go_on(self, over: Event) -> None:
        """Look for those whose turn it is."""
        while not over.wait(min(self._looks.wait(), 0.01)):
            asked, self.asked = self.asked, []
            for number in asked:
                self._looks.want(number)
            self._looks.go_on()

    def _look(self, number: int) -> None:
        news = grid.news(self._desk, self._since[number])
        self._since[number] = news.upto
        self._known[number] |= {cell.id: cell.quoted for cell in news.changes}
