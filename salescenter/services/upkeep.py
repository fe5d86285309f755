"""Looking after the house's database: backup, restore, migration; each either is done or is not."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from salescenter.data import versions
from salescenter.data.engine import address, open_engine
from salescenter.data.migrations import upgrade
from salescenter.domain.refusals import CannotWrite, NotADatabase, NotFound
from salescenter.services.check import Broken, broken
from salescenter.services.house import open_house

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


def backup(where: str | Path, target: Path, tell: Tell = silent) -> BackedUp:
    """Copy a SQLite database while desks go on working, open the copy again and check it.

    The file appears under its name only when it is whole. Refuses with NotFound, CannotWrite, NotADatabase.
    """
    source = _file_of(where)
    half = _beside(target)
    try:
        _copy(source, half, tell)
        found = _checked(half)
        half.replace(target)
    except OSError as trouble:
        raise CannotWrite(path=str(target), why=trouble.strerror or str(trouble)) from trouble
    except sqlite3.Error as trouble:
        raise NotADatabase(path=str(source), why=str(trouble)) from trouble
    finally:
        half.unlink(missing_ok=True)
    data = target.read_bytes()
    return BackedUp(target, hashlib.sha256(data).hexdigest(), len(data), tuple(found))


def restore(copy: Path, where: str | Path) -> Path | None:
    """Put a backup in the place of a database; what stood there is kept beside it and returned."""
    target = Path(address(where).database or "")
    open_house(copy).close()  # refuses what is not one of ours, or is newer than this program
    kept: Path | None = None
    half = _beside(target)
    try:
        with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(half)) as goal:
            source.backup(goal)
        if target.exists():
            kept = _aside(target)
            _copy(target, kept, silent)
        _drop_wal(target)
        half.replace(target)
    except OSError as trouble:
        raise CannotWrite(path=str(target), why=trouble.strerror or str(trouble)) from trouble
    finally:
        half.unlink(missing_ok=True)
    return kept


def migrate(where: str | Path) -> Migrated:
    """Bring a database to this program's version; a file is copied first and put back if the way fails."""
    url = address(where)
    engine = open_engine(url)
    before = versions.of(engine)
    kept: Path | None = None
    if before == versions.NEWEST:
        engine.dispose()
        return Migrated(before, before, None)
    if url.get_backend_name() == "sqlite":
        kept = _aside(_file_of(where))
        _copy(Path(url.database or ""), kept, silent)
    try:
        _up(engine)
    except BaseException:
        engine.dispose()
        if kept is not None:
            _drop_wal(Path(url.database or ""))
            shutil.copyfile(kept, url.database or "")
        raise
    return Migrated(before, versions.NEWEST, kept)


def _up(engine: Engine) -> None:
    upgrade(engine)
    engine.dispose()


def _file_of(where: str | Path) -> Path:
    url = address(where)
    path = Path(url.database or "")
    if url.get_backend_name() != "sqlite" or not path.is_file():
        raise NotFound(what="database", sought=str(where))
    return path


def _copy(source: Path, target: Path, tell: Tell) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=256, progress=lambda _status, left, of: tell(of - left, of))
        new.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())


def _checked(path: Path) -> list[Broken]:
    """Restore drill: open the copy as a house and look whether every law holds in it."""
    with closing(sqlite3.connect(path)) as raw:
        if (said := raw.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            raise NotADatabase(path=str(path), why=said)
    house = open_house(path)
    try:
        with house.engine.connect() as connection:
            return broken(connection)
    finally:
        house.close()
        _drop_wal(path)


def _beside(target: Path) -> Path:
    """A name in the same folder, so that the last step is one rename."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as trouble:
        raise CannotWrite(path=str(target), why=trouble.strerror or str(trouble)) from trouble
    os.close(handle)
    return Path(name)


def _aside(path: Path) -> Path:
    """The first free name beside a file: house.before-1.db, house.before-2.db, ..."""
    number = 1
    while (name := path.with_name(f"{path.stem}.before-{number}{path.suffix}")).exists():
        number += 1
    return name


def _drop_wal(path: Path) -> None:
    for tail in ("-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
