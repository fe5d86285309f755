"""How long a desk waits for a server that says nothing: a look whether it is there at all, then the line is given up.

A server that stands still, or sits behind a cable nobody notices is out, is not gone for this PC: what was sent
was acknowledged, so no time limit of TCP runs, and no limit of the server's own does either.
"""

from __future__ import annotations

import math
import socket
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from salescenter.data.greeting import greet
from salescenter.data.server_clock import steady

SILENCE = 6.0
"""Seconds without a word in the middle of a question until the server is looked for; a wait for a lock ends sooner."""

ANSWERS_WITHIN = 5.0
"""Seconds it has to answer a stranger; over a line with a second's delay each way it takes four."""

LONGEST = 65.0
"""Seconds in all, where the server is there but this one question is stuck: a little more than its own limit."""

CLAIM = 24.0
"""Seconds in all for a message of a step on one unit: it reads a few rows, and may wait five for each of four locks."""

PORT = 5432
"""Where a server listens whose address does not say."""

SLOW = 1.0
"""Seconds after which a connection that fails counts as one that took its time to fail."""

SHUT = 20.0
"""Seconds the door stays shut: longer than the listening thread's longest pause and its knock together."""

FAR = 20
"""Seconds to come in at a server that is there but far away: encryption and password go there and back six times."""

AGAIN = 3.0
"""Seconds between the first and the second look at a line whose process at the server has nothing to do."""

SILENT = "connection timed out: the server says nothing"
STUCK = "connection lost: the server's process for it stands still"

_ENCRYPTED = (8).to_bytes(4, "big") + (80_877_103).to_bytes(4, "big")
"""PostgreSQL's “do you speak TLS?”, to which any server answers one letter before it asks who is there."""


class Door:
    """Refuses whoever comes while the server is known to say nothing, so that a deed is told at once and waits for
    no time limit; only who knocks on purpose tries it, and lets all others in again."""

    def __init__(self, clock: Callable[[], float] = steady) -> None:
        self._clock = clock
        self._opens = 0.0
        self.is_far = False
        self._mine = threading.local()

    def shut(self) -> None:
        """Let nobody in for a while but who knocks."""
        self._opens = self._clock() + SHUT

    def open(self) -> None:
        """The server answered."""
        self._opens = 0.0

    def lets_in(self) -> bool:
        """Say whether this thread may try."""
        return self._clock() >= self._opens or getattr(self._mine, "knocks", False)

    @contextmanager
    def knocking(self) -> Iterator[None]:
        """Try it whatever is known: for the thread that waits for the server's return."""
        self._mine.knocks = True
        try:
            yield
        finally:
            self._mine.knocks = False


_doors: WeakKeyDictionary[Engine, Door] = WeakKeyDictionary()


def door_of(engine: Engine) -> Door:
    """Return the door of a server's engine."""
    return _doors.setdefault(engine, Door())


def keep(engine: Engine) -> None:
    """Wait for no server that says nothing, not even for its first word, and let nobody wait once that is known."""
    driver: Any = engine.dialect.dbapi
    door = door_of(engine)

    def connect(dialect: Any, _: object, *how: Any) -> Any:
        raw = _connect(door, driver, dialect, *how)
        _watch(raw, lambda: _Silence(raw, door, driver))
        try:
            greet(raw, driver)
        except BaseException:
            raw.close()
            raise
        return raw

    def demand_open(*_: object) -> None:
        if not door.lets_in():
            raise DisconnectionError(SILENT)

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", demand_open)


def _connect(door: Door, driver: Any, dialect: Any, words: Any, options: Any) -> Any:
    """Connect where the door lets in; who took long to fail shuts it, who is let in opens it to all."""
    if not door.lets_in():
        raise driver.OperationalError(SILENT)
    began = steady()
    try:
        raw = _come_in(door, driver, dialect, words, options)
    except driver.OperationalError:
        if steady() - began > SLOW:
            door.shut()
        raise
    door.open()
    return raw


def _come_in(door: Door, driver: Any, dialect: Any, words: Any, options: Any) -> Any:
    """Connect; where the time is up and yet somebody answers there, the server is far away and gets more of it.

    A server that is dead is given up soon, as another one in the address may have taken its place.
    """
    began, most = steady(), options["connect_timeout"]
    far, door.is_far = door.is_far, False
    try:
        raw = dialect.connect(*words, **options | {"connect_timeout": FAR if far else most})
    except driver.OperationalError:
        places = tuple(_places(options))
        if far or steady() - began < most or not any(is_there(*place) for place in places):
            raise
        raw = dialect.connect(*words, **options | {"connect_timeout": FAR})
        far = len(places) == 1
    door.is_far = far and steady() - began >= most
    return raw


def _places(options: Any) -> Iterator[tuple[str, int]]:
    """Give each server that connecting tries, by host and port."""
    hosts, ports = (str(options.get(name) or usual).split(",") for name, usual in (("host", ""), ("port", PORT)))
    for host, port in zip(hosts, ports * len(hosts) if len(ports) == 1 else ports, strict=False):
        if host:
            yield host, int(port or PORT)


def lift(raw: Any) -> None:
    """Let the questions of a connection take all the time they need, as long as the server is there."""
    raw.longest = math.inf


def hasten(raw: Any) -> None:
    """Until it is back in its pool a connection serves a step on one unit, whose key is asked again if it is stuck."""
    raw.longest = CLAIM


def rest(raw: Any) -> None:
    """From now on its questions take no longer than usual."""
    vars(raw).pop("longest", None)


class _Watch(Protocol):
    """Comes along while a question waits for its answer."""

    def begins(self) -> None:
        """Something was said, and from here on nothing is."""

    def goes_on(self) -> None:
        """Still nothing; raise the driver's error where waiting is in vain."""


def _watch(raw: Any, begin: Callable[[], _Watch]) -> None:
    """Let every question of a connection be watched."""
    waits = raw.wait
    raw.wait = lambda question, *words, **options: waits(_patiently(question, begin), *words, **options)


def _patiently(question: Generator[Any, Any, Any], begin: Callable[[], _Watch]) -> Generator[Any, Any, Any]:
    """Pass a question of the driver's on to it; every tenth of a second it comes by here, answered or not.

    Nearly every question is answered sooner: only one that is not is watched.
    """
    silence: _Watch | None = None
    try:
        wanted = next(question)
        while True:
            ready = yield wanted
            if not ready:
                silence = silence or begin()
                silence.goes_on()
            elif silence is not None:
                silence.begins()
            wanted = question.send(ready)
    except StopIteration as answered:
        return answered.value


class _Silence:
    """Looks now and then what is the matter."""

    __slots__ = ("_asked", "_door", "_driver", "_heard", "_idle", "_looked", "_raw")

    def __init__(self, raw: Any, door: Door, driver: Any) -> None:
        self._raw, self._door, self._driver = raw, door, driver
        self._asked = self._heard = self._looked = steady()
        self._idle = False  # seen so at the last look

    def begins(self) -> None:
        self._heard = self._looked = steady()
        self._idle = False

    def goes_on(self) -> None:
        if (now := steady()) - self._looked < (AGAIN if self._idle else SILENCE):
            return
        if not is_there(self._raw.info.host, self._raw.info.port):
            self._door.shut()
            self._give_up(SILENT)
        longest = getattr(self._raw, "longest", LONGEST)
        if now - self._asked >= longest:
            self._give_up(SILENT if longest == LONGEST else STUCK)
        was_idle, self._idle = self._idle, is_idle(self._raw, self._driver, now - self._heard)
        if was_idle and self._idle:
            self._give_up(STUCK)
        self._looked = steady()

    def _give_up(self, why: str) -> None:
        self._raw.close()
        raise self._driver.OperationalError(why)


class _Deadline:
    """Waits only so long in all."""

    __slots__ = ("_driver", "_until")

    def __init__(self, seconds: float, driver: Any) -> None:
        self._until, self._driver = steady() + seconds, driver

    def begins(self) -> None:
        """What is said does not matter."""

    def goes_on(self) -> None:
        if steady() >= self._until:
            raise self._driver.OperationalError(SILENT)


def is_idle(raw: Any, driver: Any, seconds: float) -> bool:
    """Ask over another line whether the server's process for this one has nothing to do, for so long at least.

    It was asked something and never took it up: it stands still, alone. One that works on a long question says so,
    and where nothing can be learned (no place is free, somebody stands between) it is believed to work.
    """
    info = raw.info
    try:
        with driver.connect(info.dsn, host=info.host, port=info.port, password=info.password or None) as other:
            _watch(other, lambda: _Deadline(ANSWERS_WITHIN, driver))
            told = other.execute(_IDLE, {"pid": info.backend_pid, "seconds": seconds}).fetchone()
    except driver.Error:
        return False
    return told is not None and bool(told[0])


_IDLE = """
SELECT CASE state WHEN 'disabled' THEN wait_event = 'ClientRead'
    ELSE state LIKE 'idle%%' AND state_change < clock_timestamp() - make_interval(secs => %(seconds)s) END
FROM pg_stat_activity WHERE pid = %(pid)s
"""
"""A house prepared for a LAN shows no states (`server_rights.server_log`), but still what is waited for."""


def is_there(host: str, port: int) -> bool:
    """Ask a server, as a stranger, for one letter."""
    local = host.startswith(("/", "@"))
    try:
        with socket.socket(socket.AF_UNIX) if local else socket.create_connection((host, port), ANSWERS_WITHIN) as line:
            line.settimeout(ANSWERS_WITHIN)
            if local:
                line.connect(f"{host}/.s.PGSQL.{port}")
            line.sendall(_ENCRYPTED)
            return bool(line.recv(1))
    except OSError:
        return False
