"""Writing the files that leave the house: papers, lists, pictures."""

from __future__ import annotations

import os
from pathlib import Path

from salescenter.domain.refusals import CannotWrite, NotFound

_DATABASE = b"SQLite format 3\0"
"""How every SQLite file begins."""


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all; raises CannotWrite with what keeps it from being written.

    It is written beside its place and moved there, so that whoever looks never sees half a file, and a disk that is
    full leaves the file that was there before. A database is never written over: a name typed wrong costs no house.
    """
    file = demand_writable(path)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(file)
    except OSError as trouble:
        fresh.unlink(missing_ok=True)
        raise CannotWrite(path=str(file), why=trouble.strerror or "") from trouble


def demand_writable(path: str | Path) -> Path:
    """Refuse a place where no file can be written, before anything is told to leave to it; nothing is written yet."""
    file = Path(path)
    if file.is_dir():
        raise CannotWrite(path=str(file), why="a-folder")
    if not os.access(file.parent, os.W_OK):
        raise CannotWrite(path=str(file), why="folder-closed" if file.parent.is_dir() else "no-folder")
    if file.is_file() and _begins(file) == _DATABASE:
        raise CannotWrite(path=str(file), why="a-database")
    return file


def _begins(file: Path) -> bytes:
    try:
        with file.open("rb") as there:
            return there.read(len(_DATABASE))
    except OSError:  # a file that cannot be read is nobody's house
        return b""


def read_whole(path: str | Path) -> bytes:
    """Read a file that somebody brings; refuses one that cannot be opened."""
    try:
        return Path(path).read_bytes()
    except OSError as trouble:
        raise NotFound(what="file", sought=str(path)) from trouble
