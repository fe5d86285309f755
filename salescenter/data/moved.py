"""The mark on a file whose house moved to a server: from then on nobody writes into it, and it says where to go."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from salescenter.domain.refusals import HouseMoved

MOVED = "salescenter: moved to "
"""What SQLite says when a desk that still has the old file open wants to do a deed."""

MOVING = "moving"
"""The table that stands in a database of a server while a house is being moved into it."""

_TABLE = "CREATE TABLE IF NOT EXISTS moved (key TEXT NOT NULL, address TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Mark:
    """key: names the move, the same at every try; address: where the house went, "" while it is not gone."""

    key: str
    address: str


def read(raw: sqlite3.Connection) -> Mark | None:
    """Return the mark of a file, None where no move was ever begun."""
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'moved'").fetchone():
        return None
    found = raw.execute("SELECT key, address FROM moved").fetchone()
    return Mark(*found) if found else None


def begin(raw: sqlite3.Connection) -> Mark:
    """Give a file the key of its move, the one it has if a move was begun before."""
    if (found := read(raw)) is None:
        found = Mark(uuid.uuid4().hex, "")
        raw.execute(_TABLE)
        raw.execute("INSERT INTO moved VALUES (?, ?)", (found.key, found.address))
    return found


def finish(raw: sqlite3.Connection, address: str) -> None:
    """Close the file: every deed begins by counting the clock on, and from now on the clock refuses."""
    said = (MOVED + address).replace("'", "''")
    raw.execute("UPDATE moved SET address = ?", (address,))
    raw.execute("DROP TRIGGER IF EXISTS moved_away")
    raw.execute(f"CREATE TRIGGER moved_away BEFORE UPDATE ON clock BEGIN SELECT RAISE(ABORT, '{said}'); END")


def lift(path: Path) -> None:
    """Take the mark off a copy, so that it can be looked at again as it was."""
    raw = sqlite3.connect(path)
    try:
        with raw:
            raw.execute("DROP TRIGGER IF EXISTS moved_away")
            raw.execute("DROP TABLE IF EXISTS moved")
    finally:
        raw.close()


def demand_here(path: Path) -> None:
    """Refuse a file whose house has moved; whatever else is wrong with it others will say."""
    with suppress(sqlite3.Error, UnicodeDecodeError):
        raw = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True)
        try:
            mark = read(raw)
        finally:
            raw.close()
        if mark is not None and mark.address:
            raise HouseMoved(path=str(path), to=mark.address)


def moved(path: str, said: str) -> HouseMoved:
    """Return what a refused deed means to the desk that still had the old file open."""
    return HouseMoved(path=path, to=said.partition(MOVED)[2])
