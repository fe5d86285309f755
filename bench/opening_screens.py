"""The screens of `bench.opening_day`: one process with a line for each, that leaves the server as much room as it can.

What two hundred PCs do side by side is done here as cheaply as one process can. The lines are the program's own; once
they listen, what arrives is read from their sockets every few milliseconds, bare: the program's way of reading it,
which `bench feed` measures, takes ten times as long, and two hundred PCs have processors of their own for that. A hint
said to all is read once, by the program's reader. Looks at the feed, for which each PC's own lane waits, wait in a
thread beside. When a change has reached a screen is noted after all that.
"""

from __future__ import annotations

import gc
import selectors
import socket
import struct
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
    house = open_house(url)
    desk = house.log_in("manager", "")
    with ExitStack() as open_:
        lines = [open_.enter_context(open_line(house.engine)) for _ in range(count)]
        heard = _hear(pipe, desk, [_Bare(line, desk.project) for line in lines])
    pipe.send(heard)
    house.close()


def _hear(pipe: Pipe, desk: Desk, lines: list[_Bare]) -> Heard:
    """Take over what the hints say.

    As in the program itself nothing is collected meanwhile: what is kept here for the end would hold up all screens.
    """
    gc.disable()
    looking, over, reached = _Looking(desk, len(lines)), Event(), Reached()
    lane = Thread(target=looking.go_on, args=(over,), daemon=True)
    with selectors.DefaultSelector() as ready:
        for number, line in enumerate(lines):
            ready.register(line.socket, selectors.EVENT_READ, (number, line))
        pipe.send("ready")
        lane.start()
        began = time.process_time()
        while not pipe.poll():
            for key, _ in ready.select(0.1):
                number, line = key.data
                reached += [(revision, time.perf_counter()) for revision in line.take()]
                looking.asked.append(number)
            time.sleep(EVERY)
    pipe.recv()
    over.set()
    lane.join()
    return Heard(reached, time.process_time() - began)


class _Bare:
    """A listening line without its driver: what the server sends is read as it stands in its protocol (version 3)."""

    def __init__(self, line: Line, project: int) -> None:
        assert not line.raw.pgconn.ssl_in_use, "what is encrypted cannot be read bare"
        self.socket = socket.fromfd(line.raw.fileno(), socket.AF_INET, socket.SOCK_STREAM)
        self._project = project
        self._rest = b""

    def take(self) -> tuple[int, ...]:
        """Take what has arrived; return the works it tells of."""
        said = self._rest + self.socket.recv(65_536)
        if not said:
            raise RuntimeError("the server hung up")
        told, self._rest = _works(said, self._project)
        return told


@lru_cache(64)
def _works(said: bytes, project: int) -> tuple[tuple[int, ...], bytes]:
    """Return the works that whole messages tell of, and what is not whole yet.

    All lines are sent the same bytes: they are read once.
    """
    messages, rest = _messages(said)
    hints = [hint for payload in messages if (hint := listening._read(payload)) and hint.project == project]
    return tuple(cell.revision for hint in hints for cell in hint.changes), rest


def _messages(said: bytes) -> tuple[list[str], bytes]:
    """Cut what a server says into payloads of notices and what is left: kind, length of all but the kind, the rest."""
    payloads = []
    while len(said) >= _HEAD.size and len(said) > (length := _HEAD.unpack_from(said)[1]):
        if said[:1] == b"A":  # the process that told, the channel, the payload
            payloads.append(said[9 : length + 1].split(b"\0")[1].decode())
        elif said[:1] not in b"SN":  # a setting, a notice
            raise RuntimeError(f"the server says {said[: length + 1]!r}")
        said = said[length + 1 :]
    return payloads, said


_HEAD = struct.Struct("!ci")


class _Looking:
    """Each screen's looks at the feed, one after the other in a thread beside."""

    def __init__(self, desk: Desk, count: int) -> None:
        self.asked: list[int] = []
        self._desk = desk
        self._known: list[dict[int, int]] = [{} for _ in range(count)]
        self._since = [grid.news(desk, 0).upto] * count
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
