"""A throw-away PostgreSQL cluster made from the binaries this PC has, also when the tests run as root."""

from __future__ import annotations

import glob
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
from sqlalchemy.engine import URL

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
"""Where the systems keep the server's programs when they are not on the PATH."""

CARELESS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_connections": "60", "shared_buffers": "32MB", "listen_addresses": "127.0.0.1",
    "password_encryption": "scram-sha-256",  # PostgreSQL 13 would keep MD5
}
"""A cluster that lives for one test run may lose its data in a power cut."""

OWNER = "sales"


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL on this PC that lets `OWNER` in without a password."""

    port: int
    host: str = "127.0.0.1"


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, the newest version first; None when there is none."""
    if told := os.environ.get("PG_BINDIR"):
        return Path(told)
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    folders = [Path(folder) for place in PLACES for folder in glob.glob(place)]  # noqa: PTH207  absolute patterns
    return max(folders, key=_version, default=None)


def do_without() -> NoReturn:
    """Give the test up: fail it in continuous integration, skip it on a PC without PostgreSQL."""
    why = "no PostgreSQL on this PC: install it, or set PG_BINDIR or SALES_TEST_PG_URL"
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Server]:
    """Make a cluster in a folder of its own, run it, with settings beside ours, and leave nothing behind."""
    base = Path(tempfile.mkdtemp(prefix="salescenter-pg-", dir=_in_memory()))
    port = _free_port()
    who = _somebody_else(base)
    data = ("-D", base / "data")
    _run(folder, "initdb", *data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", **who)
    _run(folder, "pg_ctl", *data, "-w", "-t", "60", "-l", base / "log", "-o", _options(base, port, settings), "start", **who)
    try:
        yield Server(port)
    finally:
        _run(folder, "pg_ctl", *data, "-m", "immediate", "-w", "stop", **who)
        shutil.rmtree(base, ignore_errors=True)


def end_line(server: URL, number: int) -> None:
    """Let the server end one of its connections, and wait until it has."""
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        if connection.info.server_version >= 140_000:
            connection.execute("SELECT pg_terminate_backend(%s, 10000)", (number,))
            return
        connection.execute("SELECT pg_terminate_backend(%s)", (number,))  # 13 waits for nobody
    with suppress(ProcessLookupError):
        while True:
            os.kill(number, 0)  # asks whether there is such a process


def _in_memory() -> Path | None:
    """Where files are kept in memory and there is plenty: each test makes a database of hundreds of files there."""
    memory = Path("/dev/shm")
    plenty = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= PLENTY
    return memory if plenty else None


PLENTY = 4 << 30
"""Bytes that must be free there."""


def _options(base: Path, port: int, settings: dict[str, str]) -> str:
    wanted = CARELESS | {"port": str(port)} | settings
    if os.name != "nt":
        wanted["unix_socket_directories"] = str(base)
    return " ".join(f"-c {name}={value}" for name, value in wanted.items())


def _run(folder: Path, program: str, *words: str | Path, **who: Any) -> None:
    command = [shutil.which(program, path=folder) or str(folder / program), *map(str, words)]
    # The server keeps the output open for its whole life, so a pipe would never end.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)


def _somebody_else(base: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: give the folder to an ordinary user and start it as that user."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd  # only where there are such users

    users = {user.pw_name: user for user in pwd.getpwall()}
    user = users.get("postgres") or users["nobody"]
    os.chown(base, user.pw_uid, user.pw_gid)
    surroundings = {"cwd": "/", "env": {**os.environ, "HOME": str(base)}}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], **surroundings}


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _version(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]
