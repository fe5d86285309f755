"""A throw-away server with a house, and halls full of desks in processes of their own, for the benches of the LAN."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe

from sqlalchemy.engine import URL, make_url

from salescenter.services.house import House
from tests import cluster
from tests.rush.rush import furnish
from tests.rush.server import Server, serving

CONNECTIONS = "450"


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
    """A house with so many units for sale, on such a server."""
    with a_server(**more) as server:
        house = furnish(server.make("bench"), homes)
        yield house
        house.close()


@contextmanager
def hall(desks: Callable[[str, int, Pipe], None], url: URL, count: int) -> Iterator[Pipe]:
    """Run desks in a process of their own; they are there when this is entered."""
    world = multiprocessing.get_context("spawn")
    here, there = world.Pipe()
    process = world.Process(target=desks, args=(text_of(url), count, there), daemon=True)
    process.start()
    there.close()
    here.recv()
    yield here
    process.join(10)


def text_of(url: URL) -> str:
    """Write an address as everybody reads it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def plain(url: URL) -> str:
    """Write an address for plain psycopg."""
    return text_of(make_url(url))
