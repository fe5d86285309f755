"""Two PostgreSQL servers on this PC: a primary and the standby that follows it; and one that guards its door."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests import cluster

LOCKED = "scram-sha-256"
"""A way of letting people in that asks for their password."""


@dataclass(frozen=True, slots=True)
class Member:
    """One server with its folder; `base` belongs to whoever may run PostgreSQL."""

    programs: Path
    base: Path
    port: int

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def url(self) -> str:
        return f"postgresql://{cluster.OWNER}@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *words: str | Path) -> None:
        cluster._run(self.programs, program, *words, **cluster._somebody_else(self.base))

    def make(self, *more: str) -> None:
        self.run("initdb", "-D", self.data, "-U", cluster.OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", *more)

    def start(self, **more: str) -> None:
        wanted = cluster.CARELESS | {"port": str(self.port), "unix_socket_directories": str(self.base)} | more
        options = " ".join(f"-c {name}={said}" for name, said in wanted.items())
        log = self.base / "log"
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def kill(self) -> None:
        """End it as a power cut would: no word to anybody."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        ended = [first, *map(int, _said("pgrep", "-P", str(first)))]
        for one in ended:
            os.kill(one, signal.SIGKILL)
        while set(_said("ps", "-o", "stat=", "-p", ",".join(map(str, ended)))) - {"Z", "Zs", "Zl"}:
            time.sleep(0.01)  # a killed process goes when the system finds the time

    def promote(self) -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def order(self, *texts: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for text in texts:
                connection.execute(text.encode())

    def ask(self, question: str) -> object:
        with psycopg.connect(self.url) as connection:
            row = connection.execute(question.encode()).fetchone()
        return row and row[0]

    def let_in(self, *rules: str) -> None:
        """Say anew who is let in: lines of pg_hba.conf; the owner always is."""
        lines = [*(f"host {what} {cluster.OWNER} 127.0.0.1/32 trust" for what in ("all", "replication")), *rules]
        (self.data / "pg_hba.conf").write_text("\n".join(lines) + "\n")
        self.run("pg_ctl", "-D", self.data, "reload")


def _said(*command: str) -> list[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


@contextmanager
def member() -> Iterator[Member]:
    """A folder for one server, not made yet; whatever runs in it is stopped at the end."""
    folder = cluster.programs()
    if folder is None:
        cluster.do_without()
    base = Path(tempfile.mkdtemp(prefix="salescenter-pg-"))
    cluster._somebody_else(base)
    made = Member(folder, base, cluster._free_port())
    try:
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            with suppress(subprocess.CalledProcessError):  # it was killed and left its file
                made.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def guarded() -> Iterator[Member]:
    """A server of its own whose door the test may lock."""
    with member() as one:
        one.make()
        one.start()
        yield one


@contextmanager
def pair() -> Iterator[tuple[Member, Member]]:
    """A primary and its standby, which has everything the primary acknowledged."""
    with guarded() as first, member() as second:
        second.run("pg_basebackup", "-D", second.data, "-d", first.url, "-R", "-c", "fast", "--no-sync")
        second.start(hot_standby="on")
        yield first, second


def follows(standby: Member, primary: Member) -> None:
    """Wait until the standby has all that the primary has now; two processes agree on no moment otherwise."""
    with psycopg.connect(primary.url, autocommit=True) as first, psycopg.connect(standby.url, autocommit=True) as second:
        there = first.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
        for _ in range(3_000):
            here = second.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", there).fetchone()
            if here and here[0]:
                return
            time.sleep(0.01)
    raise TimeoutError("the standby does not follow")
