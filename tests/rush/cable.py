"""A cable between desks and their server that can be made long, frozen, cut, or made to lose an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread


class Cable:
    """Passes bytes both ways; every method may be called from any thread.

    delay: seconds each way, so that a round trip takes twice as long; may change at any moment.
    """

    def __init__(self, host: str, port: int, delay: float = 0.0) -> None:
        self.delay = delay
        self.port = 0
        self.trips = 0  # how often a desk said something after the server had
        self._server = host, port
        self._loop = asyncio.new_event_loop()
        self._lines: set[asyncio.StreamWriter] = set()
        self._ready = Event()
        self._flows = asyncio.Event()
        self._flows.set()
        self._loses = b""
        self._asked = False
        self._thread = Thread(target=self._run, daemon=True)

    def freeze(self) -> None:
        """From now on nothing comes through and nobody is told: the plug was pulled."""
        self._tell(self._flows.clear)

    def thaw(self) -> None:
        """Let through what waited."""
        self._tell(self._flows.set)

    def cut(self) -> None:
        """Break every line that is open; new ones are taken."""
        self._tell(self._break)

    def lose_answer_to(self, words: bytes) -> None:
        """The next time a desk sends these words, deliver them, and break the line once the server has answered."""
        self._loses = words

    def _tell(self, what: Callable[[], None]) -> None:
        done = Event()
        self._loop.call_soon_threadsafe(what)
        self._loop.call_soon_threadsafe(done.set)
        assert done.wait(60), "the cable does not listen"

    def _break(self) -> None:
        for line in tuple(self._lines):
            line.transport.abort()

    # --- the cable's own thread

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        door = self._loop.run_until_complete(asyncio.start_server(self._take, "127.0.0.1", 0, backlog=1000))
        self.port = door.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        door.close()
        self._flows.set()
        self._break()
        self._loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(self._loop), return_exceptions=True))
        self._loop.close()

    async def _take(self, desk: asyncio.StreamReader, to_desk: asyncio.StreamWriter) -> None:
        self._lines.add(to_desk)
        lost = asyncio.Event()
        with suppress(OSError):
            server, to_server = await asyncio.open_connection(*self._server)
            self._lines.add(to_server)
            await asyncio.gather(self._pass(desk, to_server, lost, up=True), self._pass(server, to_desk, lost, up=False))
            self._lines.discard(to_server)
        to_desk.close()
        self._lines.discard(to_desk)

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, lost: asyncio.Event, *, up: bool
    ) -> None:
        due = 0.0
        with suppress(OSError):
            while some := await source.read(65536):
                if not up and lost.is_set():
                    break
                if up and self._loses and self._loses in some:
                    self._loses = b""
                    lost.set()
                self.trips += up and not self._asked
                self._asked = up
                await self._flows.wait()
                due = self._deliver(due, sink.write, some)
        if lost.is_set():
            self._break()
        self._deliver(due, sink.close)

    def _deliver(self, after: float, what: Callable[..., object], *about: bytes) -> float:
        """Do it once the way is covered, and not before what went ahead of it; returns when, 0 for at once."""
        if not (self.delay or after):
            what(*about)
            return 0.0
        due = max(self._loop.time() + self.delay, after + 1e-6)
        self._loop.call_at(due, what, *about)
        return due


@contextmanager
def cable(host: str, port: int, delay: float = 0.0) -> Iterator[Cable]:
    """Lay a cable; desks connect to its `port` on this PC."""
    made = Cable(host, port, delay)
    made._thread.start()
    assert made._ready.wait(60), "the cable is not laid"
    try:
        yield made
    finally:
        made._loop.call_soon_threadsafe(made._loop.stop)
        made._thread.join(60)
