"""A PostgreSQL that keeps what it acknowledged, to be stopped without warning and started again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests import cluster

SETTINGS = {"max_connections": "300", "shared_buffers": "128MB", "listen_addresses": "127.0.0.1", "deadlock_timeout": "1s"}


@dataclass(frozen=True, slots=True)
class Server:
    """One cluster on this PC."""

    programs: Path
    base: Path
    port: int
    who: dict[str, Any]
    settings: dict[str, str]

    def url(self, database: str) -> str:
        """The address of a database of it."""
        return f"postgresql://{cluster.OWNER}@127.0.0.1:{self.port}/{database}"

    def make(self, database: str) -> str:
        """Make an empty database; returns its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE template0'.encode())
        return self.url(database)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        self._control("-w", "-t", "60", "-l", str(self.base / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a pulled plug does."""
        self._control("-m", "immediate", "-w", "stop")

    def _control(self, *words: str) -> None:
        cluster._run(self.programs, "pg_ctl", "-D", self.base / "data", *words, **self.who)


@contextmanager
def serving(programs: Path, **more: str) -> Iterator[Server]:
    """Make a cluster in a folder of its own, run it, and leave nothing behind."""
    base = Path(tempfile.mkdtemp(prefix="salescenter-rush-"))
    who = cluster._somebody_else(base)
    port = cluster._free_port()
    made = Server(programs, base, port, who, SETTINGS | {"port": str(port), "unix_socket_directories": str(base)} | more)
    cluster._run(
        programs, "initdb", "-D", base / "data", "-U", cluster.OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", **who
    )
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(base, ignore_errors=True)
