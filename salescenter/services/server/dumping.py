"""Backups of a house on a server: dumped while desks work, restored for a trial into a database of its own, checked."""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from salescenter.data import server_troubles
from salescenter.data.engine import open_engine, plain
from salescenter.data.plain_order import make_database
from salescenter.data.server_rights import accounts, grants, standing
from salescenter.data.server_rights.server_log import keep_out
from salescenter.data.weather import weather
from salescenter.domain.database_refusals import ProgramOlder
from salescenter.domain.refusals import (
    DatabaseAway,
    NoDatabaseFile,
    NoRightToTry,
    NotADatabase,
    ProgramMissing,
    ServerUnfit,
)
from salescenter.services.check import Broken, broken
from salescenter.services.house import open_house
from salescenter.services.server.survey import MAINTENANCE

Tell = Callable[[int, int], None]

PLACES = (
    "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
"""Where the systems keep PostgreSQL's programs when they are not on the PATH; PG_BINDIR names another folder."""

LOOK = 0.1
"""Seconds between two looks at a program that runs, to tell how far it is and to hear that it should stop."""


def program(name: str) -> str:
    """Find one of PostgreSQL's programs on this PC, the newest first; refuses with ProgramMissing."""
    told = os.environ.get("PG_BINDIR")
    if found := shutil.which(name, path=told) if told else shutil.which(name):
        return found
    folders = [Path(folder) for place in PLACES for folder in glob.glob(place)]  # noqa: PTH207  absolute patterns
    for folder in sorted(folders, key=_version, reverse=True):
        if found := shutil.which(name, path=str(folder)):
            return found
    raise ProgramMissing(program=name)


def can_dump() -> bool:
    """Say whether this PC has the programs a server is backed up with."""
    try:
        return bool(program("pg_dump") and program("pg_restore"))
    except ProgramMissing:
        return False


def program_version(name: str) -> int:
    """Return the main version (15) of one of PostgreSQL's programs; 0 where it does not say."""
    said = subprocess.run([program(name), "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False).stdout  # fmt: skip
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def may_try(engine: Engine) -> bool:
    """Say whether this log-in may make the scratch database a backup is tried in."""
    with weather(engine), engine.connect() as line:
        return bool(line.scalar(_MAY_TRY))


def _demand_right(url: URL) -> None:
    engine = open_engine(url)
    try:
        if not may_try(engine):
            raise NoRightToTry(login=url.username or "")
        _demand_as_new(engine, "pg_dump")
    finally:
        engine.dispose()


def _demand_as_new(engine: Engine, name: str) -> None:
    """Refuse a program that is older than the server: PostgreSQL lets no such program read it."""
    with weather(engine), engine.connect() as line:
        server = int(line.scalar(text("SHOW server_version_num")) or 0) // 10_000
    here = program_version(name)
    if here < server:
        raise ProgramOlder(program=name, found=here, server=server)


_MAY_TRY = text("""
SELECT rolsuper OR (rolcreatedb AND (rolbypassrls OR coalesce(
    pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = to_regclass('unit')), 'MEMBER'), true)))
FROM pg_roles WHERE rolname = current_user
""")
"""Whoever sees only their own can make no whole copy; in a database without a house there is nothing to see."""


def dump(url: URL, target: Path, tell: Tell) -> None:
    """Write everything that stands on the server at one moment into a file; desks go on working meanwhile.

    Tells the bytes written so far (the whole is not known). Refuses with ProgramMissing, ProgramOlder, DatabaseAway,
    NoRightToTry; raises OSError where the file takes nothing more, and what `tell` raises, and leaves the file to
    the caller.
    """
    _demand_right(url)
    orders = ["--format=custom", "--no-owner", "--file", str(target)]
    said = _run("pg_dump", url, orders, lambda: tell(_size(target), 0))
    if full := _FILE_FULL.search(said):
        raise OSError(None, full["why"].strip())
    _demand_done(url, said)


_FILE_FULL = re.compile(
    r"^pg_dump: error: could not (?:write|open|close|seek|create)\b[^\n]*\b(?:file|archive)\b[^\n]*: (?P<why>[^:\n]+)$",
    re.MULTILINE,
)
"""What the program itself says of the file it writes; of a disk of the server's it says what the server said."""


def tried(url: URL, copy: Path, tell: Tell) -> list[Broken]:
    """Restore a dump into a scratch database beside the house's, look whether every law holds, and take it away."""
    with _scratch(url, f"{url.database}_trial_{token_hex(4)}") as beside:
        _fill(beside, copy, tell)
        return _checked(beside)


def restore(url: URL, copy: Path) -> str | None:
    """Put a dump in the place of a house on the server; what stood there keeps a name beside it, which is returned.

    Refuses with NotADatabase what is no whole house, and with DatabaseAway (in-use) while a desk is connected.
    """
    if not copy.is_file():
        raise NoDatabaseFile(path=str(copy.absolute()))
    fresh = f"{url.database}_restored_{token_hex(4)}"
    with _scratch(url, fresh) as beside:
        _make_groups(beside, copy)
        _fill(beside, copy, lambda _done, _whole: None)
        _checked(beside)
        kept = _exchange(url, fresh)
    _give_rights(url)
    return kept


def _make_groups(url: URL, copy: Path) -> None:
    """The backup of a house made ready for many desks gives rights to roles, which a new server does not have yet."""
    orders = [program("pg_restore"), "--schema-only", "--file=-", str(copy)]
    said = subprocess.run(orders, stdin=subprocess.DEVNULL, capture_output=True, check=False).stdout
    if _TO_ROLES.search(said) is None:
        return
    engine = open_engine(url)
    try:
        with weather(engine), engine.begin() as line:
            if not line.scalar(_MAY_MAKE_ROLES):
                raise ServerUnfit(why=("server-no-roles",))
            grants.make_groups(line)
    finally:
        engine.dispose()


_TO_ROLES = re.compile(rf"^GRANT .* TO {accounts.GROUP}".encode(), re.MULTILINE)
"""What the backup of such a house orders; one that nobody prepared has no roles to give rights to."""

_MAY_MAKE_ROLES = text("""
SELECT rolsuper OR rolcreaterole OR to_regrole(:group) IS NOT NULL FROM pg_roles WHERE rolname = current_user
""").bindparams(group=accounts.GROUP)


def _give_rights(url: URL) -> None:
    """Say anew who may come into the database: of all rights this one a dump does not carry."""
    engine = open_engine(url)
    try:
        with weather(engine), engine.begin() as line:
            if line.scalar(text("SELECT to_regrole(:name)"), {"name": accounts.GROUP}) is not None:
                grants.make_groups(line)
                standing.put_up_if_older(line)
                grants.grant(line, str(url.database))
                accounts.refresh(line)
    finally:
        engine.dispose()


# --- databases


def _checked(beside: URL) -> list[Broken]:
    house = open_house(beside.render_as_string(hide_password=False))
    try:
        with weather(house.engine), house.engine.connect() as connection:
            return broken(connection)
    finally:
        house.close()


def _fill(beside: URL, copy: Path, tell: Tell) -> None:
    orders = ["--no-owner", "--exit-on-error", "--single-transaction", str(copy)]
    try:
        _demand_done(beside, _run("pg_restore", beside, orders, lambda: tell(0, 0)))
    except DatabaseAway as trouble:  # the server itself answered just before
        raise NotADatabase(path=str(copy), why=trouble.details["why"]) from trouble


@contextmanager
def _scratch(url: URL, name: str) -> Iterator[URL]:
    """An empty database beside the house's that is taken away, unless it was given another name meanwhile."""
    with _upkeep(url) as engine:
        if not may_try(engine):
            raise NoRightToTry(login=url.username or "")
        make_database(engine, name)
        with weather(engine), engine.begin() as line:
            keep_out(line, name)
        try:
            yield url.set(database=name)
        finally:
            _say(engine, f"DROP DATABASE IF EXISTS {_quoted(engine, name)}")


def _exchange(url: URL, fresh: str) -> str | None:
    """Give the restored database the house's name, and the house's one a name beside it."""
    name = str(url.database)
    with _upkeep(url) as engine:
        here = _exists(engine, name)
        kept = next(one for number in range(1, 10_000) if not _exists(engine, one := f"{name}_before_{number}"))
        if here:
            _demand_nobody(engine, name)
            _say(engine, f"ALTER DATABASE {_quoted(engine, name)} RENAME TO {_quoted(engine, kept)}")
        try:
            _say(engine, f"ALTER DATABASE {_quoted(engine, fresh)} RENAME TO {_quoted(engine, name)}")
        except DatabaseAway:
            if here:
                _say(engine, f"ALTER DATABASE {_quoted(engine, kept)} RENAME TO {_quoted(engine, name)}")
            raise
        return kept if here else None


@contextmanager
def _upkeep(url: URL) -> Iterator[Engine]:
    engine = open_engine(url.set(database=MAINTENANCE))
    try:
        yield engine
    finally:
        engine.dispose()


def _say(engine: Engine, order: str) -> None:
    with weather(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.exec_driver_sql(order)


def _exists(engine: Engine, name: str) -> bool:
    with weather(engine), engine.connect() as line:
        return bool(line.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}))


def _demand_nobody(engine: Engine, name: str) -> None:
    with weather(engine), engine.connect() as line:
        if line.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name"), {"name": name}):
            raise DatabaseAway(why="in-use")


def _quoted(engine: Engine, name: str) -> str:
    return engine.dialect.identifier_preparer.quote_identifier(name)


# --- programs


_IN_ENGLISH = {"LC_ALL": "C"}
"""The program speaks the language of this PC otherwise, and what it says of its own files is told from that."""


def _run(name: str, url: URL, arguments: list[str], look: Callable[[], None]) -> str:
    """Run one of PostgreSQL's programs to its end; returns "" where it did well, else what it said.

    Its password goes by the environment, which no one else can read.
    """
    command = [program(name), "--no-password", "--dbname", plain(url), *arguments]
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    with subprocess.Popen(
        command, env=os.environ | _IN_ENGLISH | secret,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as running:
        try:
            while running.poll() is None:
                look()
                time.sleep(LOOK)
        except BaseException:
            running.terminate()
            raise
        assert running.stderr is not None
        said = running.stderr.read().decode(errors="replace").strip()
    return (said or f"{name}: {running.returncode}") if running.returncode else ""


def _demand_done(url: URL, said: str) -> None:
    if said:
        raise server_troubles.meaning(url, said)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _version(folder: Path) -> tuple[int, ...]:
    digits = "".join(sign if sign.isdigit() else " " for sign in folder.parent.name)
    return tuple(int(part) for part in digits.split())
