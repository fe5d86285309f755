"""Looking after the house's database: backup, restore, migration; each either is done or is not."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import inspect
from sqlalchemy.engine import URL

from salescenter.data import moved, versions
from salescenter.data.engine import address, open_engine
from salescenter.data.migrations import upgrade
from salescenter.data.places import is_on_network
from salescenter.data.weather import of_sqlite, weather
from salescenter.domain.refusals import (
    CannotWrite,
    DatabaseAway,
    DatabaseTooNew,
    FieldMalformed,
    NoDatabaseFile,
    NotADatabase,
    OnNetworkDrive,
)
from salescenter.services.check import Broken, broken
from salescenter.services.house import open_house
from salescenter.services.server import dumping

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup and what was found when it was opened again and checked."""

    path: Path
    sha256: str
    bytes: int
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Migrated:
    """A database went from one version to another; the copy made before, if it was a file."""

    before: str
    after: str
    copy: Path | None


def silent(_done: int, _of: int) -> None:
    """Tell nobody about progress."""


# --- backup


def backup(where: str | Path, target: Path, tell: Tell = silent) -> BackedUp:
    """Copy a database while desks go on working, open the copy again and check it.

    The file appears under its name only when it is whole, and holds what stood in the database at one moment. Of a
    server it is a dump, tried in a scratch database beside the house's. Refuses with NoDatabaseFile, CannotWrite,
    NotADatabase, DatabaseAway, ProgramMissing (no pg_dump on this PC).
    """
    if _is_served(where):
        return _dumped(address(where), target, tell)
    source = _file_of(where)
    if not source.is_file():
        raise NoDatabaseFile(path=str(source.absolute()))
    _demand_another(source, target)
    with _half(target) as half:
        _copy(source, half, tell)
        found = _checked(half)
        _put(half, target)
    return BackedUp(target, digest(target), target.stat().st_size, tuple(found))


def _dumped(url: URL, target: Path, tell: Tell) -> BackedUp:
    with _half(target) as half:
        dumping.dump(url, half, tell)
        found = dumping.tried(url, half, tell)
        _put(half, target)
    return BackedUp(target, digest(target), target.stat().st_size, tuple(found))


def copied_to(source: Path, target: Path) -> None:
    """Copy a finished file to another place, under its name only when it is whole; refuses with CannotWrite."""
    with _half(target) as half:
        shutil.copyfile(source, half)
        with half.open("rb+") as stream:
            os.fsync(stream.fileno())
        _put(half, target)


def _checked(path: Path) -> list[Broken]:
    """Restore drill: open the copy as a house and look whether every law holds in it."""
    with closing(sqlite3.connect(path)) as raw:
        if (said := raw.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise NotADatabase(path=str(path), why=said)
    house = open_house(path)
    try:
        with weather(house.engine), house.engine.connect() as connection:
            return broken(connection)
    finally:
        house.close()
        _make_plain(path)


def digest(path: Path) -> str:
    """Return a file's SHA-256; refuses with CannotWrite where it cannot be read back."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as trouble:
        raise CannotWrite(path=str(path), why=trouble.strerror or str(trouble)) from trouble


# --- restore


def restore(copy: Path, where: str | Path) -> Path | str | None:
    """Put a backup in the place of a database; what stood there is kept beside it and returned (its name on a server).

    Refuses while a desk has the database open (DatabaseAway), and what is no house of this version (NotADatabase,
    DatabaseTooNew, DatabaseTooOld); then everything stays as it was.
    """
    if _is_served(where):
        return dumping.restore(address(where), copy)
    target = _file_of(where)
    if not copy.is_file():
        raise NoDatabaseFile(path=str(copy.absolute()))
    if is_on_network(target):
        raise OnNetworkDrive(path=str(target))
    _demand_another(copy, target)
    with _half(target) as half:
        _copy(copy, half, silent)
        moved.lift(half)  # what moved to a server can be looked at again, in a place of its own
        _checked(half)
        kept = _set_aside(target)
        _put(half, target)
    return kept


def _set_aside(target: Path) -> Path | None:
    """Give a database a second name beside it; what its journals still hold goes along."""
    if not target.exists():
        return None
    with suppress(NotADatabase):  # a damaged file is what backups are for: it is kept as it is
        _make_plain(target)
    kept = _aside(target)
    for tail in _TAILS:
        old, new = target.with_name(target.name + tail), kept.with_name(kept.name + tail)
        if old.exists() and tail:
            old.replace(new)
        elif old.exists():
            _link(old, new)
    return kept


_TAILS = ("", "-wal", "-shm", "-journal")
"""The database's file and those SQLite keeps beside it."""


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without second names
        shutil.copy2(old, new)


# --- migration


def migrate(where: str | Path, folder: Path = Path()) -> Migrated:
    """Bring a database to this program's version; it is copied first, and all of the way is one transaction.

    A file's copy stands beside it, a server's dump in the folder named (the current one). Refuses with NotADatabase,
    DatabaseTooNew, CannotWrite, DatabaseAway, ProgramMissing.
    """
    url = address(where)
    engine = open_engine(url)
    try:
        with weather(engine):
            before = versions.of(engine)
            ours = inspect(engine).has_table("project")
        if not ours or not before:
            raise NotADatabase(path=str(url.database), why="no-version" if ours else "no-tables")
        if not versions.is_known(before):
            raise DatabaseTooNew(found=before, known=versions.NEWEST)
        if before == versions.NEWEST:
            return Migrated(before, before, None)
        kept = _dumped_before(url, folder) if _is_served(where) else _copied(Path(url.database or ""))
        with weather(engine):
            upgrade(engine)
        return Migrated(before, versions.NEWEST, kept)
    finally:
        engine.dispose()


def _dumped_before(url: URL, folder: Path) -> Path:
    kept = _aside(folder / f"{url.database}.dump")
    with _half(kept) as half:
        dumping.dump(url, half, silent)
        _put(half, kept)
    return kept


def _copied(source: Path) -> Path:
    kept = _aside(source)
    with _half(kept) as half:
        _copy(source, half, silent)
        _put(half, kept)
    return kept


# --- files


def _is_served(where: str | Path) -> bool:
    return address(where).get_backend_name() != "sqlite"


def _file_of(where: str | Path) -> Path:
    url = address(where)
    if url.get_backend_name() != "sqlite":
        raise FieldMalformed(field="database", value=url.render_as_string(), why="not-a-file")
    return Path(url.database or "")


def _demand_another(one: Path, other: Path) -> None:
    if other.exists() and one.samefile(other):
        raise CannotWrite(path=str(other), why="same-file")


@contextmanager
def _half(target: Path) -> Iterator[Path]:
    """A file in the target's folder that is taken away unless it was put in its place; what fails is said."""
    half: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        os.close(handle)
        half = Path(name)
        yield half
    except OSError as trouble:
        raise CannotWrite(path=str(target), why=trouble.strerror or str(trouble)) from trouble
    except sqlite3.Error as trouble:
        raise of_sqlite(trouble, target) from trouble
    finally:
        for tail in _TAILS:
            if half is not None:
                half.with_name(half.name + tail).unlink(missing_ok=True)


def _copy(source: Path, target: Path, tell: Tell) -> None:
    """Copy what stands in a database at this moment, however busy its desks are."""
    try:
        with closing(_reader(source)) as old, closing(sqlite3.connect(target)) as new:
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master")  # from here on it reads this moment: nothing starts anew
            old.backup(new, pages=1024, progress=lambda _status, left, of: tell(of - left, of))
            old.execute("ROLLBACK")
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as trouble:
        told = of_sqlite(trouble, target)
        raise NotADatabase(path=str(source), why=str(trouble)) if isinstance(told, NotADatabase) else told from trouble
    except UnicodeDecodeError as trouble:  # SQLite complains, and names what is no text any more
        raise NotADatabase(path=str(source), why=str(trouble)) from trouble
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _reader(path: Path) -> sqlite3.Connection:
    """Open a database to read it, also on a disk that cannot be written."""
    where = f"file:{quote(str(path.absolute()))}"
    raw = sqlite3.connect(f"{where}?mode=ro", uri=True, isolation_level=None)
    try:
        raw.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as trouble:
        raw.close()
        if (getattr(trouble, "sqlite_errorname", "") or "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            return sqlite3.connect(f"{where}?immutable=1", uri=True, isolation_level=None)
        raise
    return raw


def _make_plain(path: Path) -> None:
    """Bring a database's journal into the file itself; refuses with DatabaseAway while anybody has it open."""
    try:
        with closing(sqlite3.connect(path, timeout=1)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as trouble:
        told = of_sqlite(trouble, path)
        raise DatabaseAway(why="in-use") if isinstance(told, DatabaseAway) else told from trouble


def _put(half: Path, target: Path) -> None:
    """Give the finished file its name, and let the folder remember it."""
    half.replace(target)
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _aside(path: Path) -> Path:
    """The first free name beside a file: house.before-1.db, house.before-2.db, ..."""
    number = 1
    while (name := path.with_name(f"{path.stem}.before-{number}{path.suffix}")).exists():
        number += 1
    return name
