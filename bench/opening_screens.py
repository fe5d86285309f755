"""The screens of `bench.opening_day`: one process with a line for each, that leaves the server as much room as it can.

What two hundred PCs do side by side is done here as cheaply as one process can. The lines are the program's own; once
they listen, what arrives is read from their sockets every few milliseconds and put down as it came: the program's way
of reading it, which `bench feed` measures, takes ten times as long, and two hundred PCs have processors of their own
for that. What it told is read when the day is over, by the program's reader. The looks at the feed go to the server as
the program says them, one after the other over a line beside; of their answers it is read where to go on. A thread
for them, and their cells read as the program does, kept as much of a processor busy as half of the screens' lines.
"""

from __future__ import annotations

import gc
import os
import selectors
import struct
import time
from collections.abc import Generator, Iterable
from contextlib import ExitStack
from functools import lru_cache
from multiprocessing.connection import Connection as Pipe
from typing import Any, NamedTuple

from bench.feed_hall import Heard, Looks, Reached
from salescenter.data import feed, listening
from salescenter.data.listening import Line, open_line
from salescenter.services.house import open_house

EVERY = 0.002
"""Seconds between two looks at what has arrived on all lines."""

BEGINS, ENOUGH = "the day begins", "enough"
"""What the screens are told."""

AT_ONCE = 8_192
"""So many bytes are read of a line at once; what is left is ready again."""


FAR = 2**62
"""A number no work has yet: a look from there finds nothing."""


class Came(NamedTuple):
    """What a screen's line brought, and when it was read."""

    screen: int
    said: bytes
    at: float


def listen(url: str, count: int, pipe: Pipe) -> None:
    """Be so many screens until the pipe says that it is enough; then tell what came when, by the work that did it."""
    house = open_house(url)
    project = house.log_in("manager", "").project
    with ExitStack() as open_:
        lines = [open_.enter_context(open_line(house.engine)) for _ in range(count)]
        beside = open_.enter_context(house.engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
        looking = _Looking(beside.connection, project, count)
        came, own = _hear(pipe, [_file(line) for line in lines], looking)
    pipe.send(Heard(reached(came, project), own))
    house.close()


def _file(line: Line) -> int:
    assert not line.raw.pgconn.ssl_in_use, "what is encrypted cannot be read bare"
    return int(line.raw.fileno())


def _hear(pipe: Pipe, files: list[int], looking: _Looking) -> tuple[list[Came], float]:
    """Put down what the lines bring until it is enough; return the seconds of processor since the day began, too.

    As in the program itself nothing is collected meanwhile: what is kept here for the end would hold up all screens.
    """
    gc.disable()
    came, told, own = list[Came](), "", 0.0
    once: dict[bytes, bytes] = {}  # all are sent the same: it is kept once
    with selectors.DefaultSelector() as ready:
        for screen, file in enumerate(files):
            ready.register(file, selectors.EVENT_READ, screen)
        ready.register(looking.file, selectors.EVENT_READ)
        pipe.send("ready")
        while told != ENOUGH:
            if pipe.poll():
                told, own = pipe.recv(), time.process_time() - own  # first since this process began, then since the day
            for key, _ in ready.select(min(looking.wait(), 0.1)):
                if key.data is None:
                    looking.take()
                    continue
                said = os.read(key.fd, AT_ONCE)
                came.append(Came(key.data, once.setdefault(said, said), time.perf_counter()))
                if not said:
                    raise RuntimeError("the server hung up")
                looking.want(key.data)
            looking.go_on()
            time.sleep(EVERY)
    looking.end()
    return came, own


def reached(came: Iterable[Came], project: int) -> Reached:
    """Read what came: the works told of, once for each screen, and when that had them."""
    found, left = Reached(), dict[int, bytes]()
    for screen, said, at in came:
        told, left[screen] = _works(left.get(screen, b"") + said, project)
        found += [(revision, at) for revision in told]
    return found


@lru_cache(64)
def _works(said: bytes, project: int) -> tuple[tuple[int, ...], bytes]:
    """Return the works that whole messages tell of, and what is not whole yet."""
    messages, rest = _messages(said)
    hints = [hint for payload in messages if (hint := listening._read(payload)) and hint.project == project]
    return tuple(cell.revision for hint in hints for cell in hint.changes), rest


def _messages(said: bytes) -> tuple[list[str], bytes]:
    """Cut what a server says into payloads of notices and what is left: kind, length of all but the kind, the rest.

    The protocol is PostgreSQL's, version 3.
    """
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
    """Each screen's looks at the feed, one after the other; no line is read later because one is on its way."""

    def __init__(self, line: Any, project: int, count: int) -> None:
        first = feed._over(line, project, FAR)
        self._line = line.driver_connection.pgconn
        self.file = int(self._line.socket)
        self._project = project
        self._since = [int(first.get_value(0, 0))] * count
        self._looks = Looks(self._ask)
        self._asked: tuple[int, Generator[int, int, Any]] | None = None
        self.want = self._looks.want

    def wait(self) -> float:
        """Seconds until the next look; while one is on its way its answer wakes."""
        return 1.0 if self._asked else self._looks.wait()

    def go_on(self) -> None:
        """Ask for the next screen whose turn it is."""
        if not self._asked:
            self._looks.go_on()

    def _ask(self, screen: int) -> None:
        self._line.send_query_prepared(feed._NAME, [b"%d" % self._project, b"%d" % self._since[screen]])
        answer = feed._answer(self._line)
        while next(answer) != selectors.EVENT_READ:
            pass  # so short a question is on its way at once
        self._asked = screen, answer

    def take(self) -> None:
        """Take what has arrived of an answer."""
        assert self._asked, "nothing was asked"
        screen, answer = self._asked
        try:
            answer.send(selectors.EVENT_READ)
        except StopIteration as whole:
            self._since[screen] = int(whole.value.get_value(0, 0))
            self._asked = None

    def end(self) -> None:
        """Leave nothing on its way."""
        while self._asked:
            self.take()
            time.sleep(EVERY)
