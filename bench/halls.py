"""A throw-away server with a house, and halls full of desks in processes of their own, for the benches of the LAN."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from salescenter.data.engine import open_engine
from salescenter.services.house import House
from tests import cluster
from tests.rush.rush import furnish
from tests.rush.server import Server, serving

CONNECTIONS = "450"
PATIENCE = 60.0
"""Seconds a process of a bench may take to be ready, and to tell what it saw."""


@contextmanager
def a_server(**more: str) -> Iterator[Server]:
    """A server that keeps what it acknowledged, with room for a launch day; `more` are settings of its own."""
    folder = cluster.programs()
    if folder is None:
        raise RuntimeError("no PostgreSQL on this PC")
    with serving(folder, max_connections=CONNECTIONS, **more) as server:
        yield server


@contextmanager
def a_house(homes: int, **more: str) -> Iterator[House]:
    """A house with so many units for sale, on such a server, apart from whoever speaks to it."""
    with a_server(**more) as server, apart(server):
        house = furnish(server.make("bench"), homes)
        yield house
        house.close()


@contextmanager
def apart(server: Server) -> Iterator[bool]:
    """Keep a server and whoever speaks to it on processors of their own; tells whether it could be done.

    In a real hall every desk is a PC. Here all desks, screens and peers started within share one half of this PC's
    processors, and the server has the other to itself. The server's later processes inherit its half from its first.
    """
    here = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
    if sys.platform != "linux" or len(here) < 2:
        yield False
        return
    middle = len(here) // 2
    for process in _processes(server):
        os.sched_setaffinity(process, here[:middle])
    os.sched_setaffinity(0, here[middle:])
    try:
        yield True
    finally:
        os.sched_setaffinity(0, here)


def server_seconds(server: Server) -> float:
    """Seconds of processor of a server and all its processes so far; nothing where the system does not tell."""
    if sys.platform != "linux":
        return 0.0
    head, ticks = _head(server), 0
    for process in _processes(server):
        with suppress(OSError):  # ended meanwhile: its time is its parent's from then on
            user, own, ended_user, ended_own = map(int, _stat(process)[11:15])
            ticks += user + own + (ended_user + ended_own if process == head else 0)
    return ticks / os.sysconf("SC_CLK_TCK")


def _processes(server: Server) -> list[int]:
    """The process that was started first, and all that it started."""
    head, found = _head(server), []
    for file in Path("/proc").glob("[0-9]*/stat"):
        process = int(file.parent.name)
        with suppress(OSError):
            if process == head or int(_stat(process)[1]) == head:
                found.append(process)
    return found


def _head(server: Server) -> int:
    return int((server.base / "data" / "postmaster.pid").read_text("utf-8").split()[0])


def _stat(process: int) -> list[str]:
    """What Linux tells of a process behind its name: state, parent, ..., its ticks, its ended children's."""
    return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()


@contextmanager
def hall(desks: Callable[[str, int, Pipe], None], url: URL, count: int) -> Iterator[Pipe]:
    """Run desks in a process of their own; they are there when this is entered."""
    world = multiprocessing.get_context("spawn")
    here, there = world.Pipe()
    process = world.Process(target=desks, args=(text_of(url), count, there), daemon=True)
    process.start()
    there.close()
    answer(here)
    yield here
    process.join(10)


def answer(pipe: Pipe) -> Any:
    """What somebody in another process says next."""
    if not pipe.poll(PATIENCE):
        raise RuntimeError("nothing is said at the other end")
    return pipe.recv()


def an_engine(url: URL) -> Engine:
    """What SQLAlchemy has read of our statements is shared by all desks: they are one program, started many times."""
    engine = open_engine(url)
    engine.update_execution_options(compiled_cache=_KNOWN)
    return engine


_KNOWN: dict[Any, Any] = {}


def text_of(url: URL) -> str:
    """Write an address as everybody reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def plain(url: URL) -> str:
    """Write an address for plain psycopg."""
    return text_of(make_url(url))
