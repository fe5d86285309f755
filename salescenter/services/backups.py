"""The house's own backups from the screen: made while desks go on working, opened again, checked, and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services import settings
from salescenter.services.sealing import seal_if_it_can_be
from salescenter.services.server import dumping
from salescenter.services.upkeep import BackedUp, Tell, backup, silent
from salescenter.services.work import Desk

LAST = "last-backup"
"""The setting that remembers the last backup that was verified."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last backup whose copy was opened again and held every law."""

    at: datetime
    path: str
    sha256: str
    bytes: int


def is_file(desk: Desk) -> bool:
    """Say whether the database is a file of this PC, and not a server's."""
    return desk.engine.dialect.name == "sqlite"


def can_back_up(desk: Desk) -> bool:
    """Say whether this PC can: a file always, a server where its programs are at hand; asks no database."""
    return is_file(desk) or dumping.can_dump()


def ending(desk: Desk) -> str:
    """Return how a backup's name ends: .db is a database itself, .dump is for pg_restore."""
    return ".db" if is_file(desk) else ".dump"


def stem(desk: Desk) -> str:
    """Return how the names of a database's backups begin."""
    return Path(desk.engine.url.database or "house").stem


def file_name(desk: Desk, now: datetime) -> str:
    """Propose a name for a backup: house-20260224-0900.db."""
    return f"{stem(desk)}-{now:%Y%m%d-%H%M}{ending(desk)}"


def make(desk: Desk, target: Path, now: datetime, tell: Tell = silent) -> BackedUp:
    """Seal, back up and verify; a backup that breaks no law is remembered.

    Raises what `tell` raises, leaving nothing.
    """
    demand(desk.who.role, Step.EDIT_SETTINGS)
    seal_if_it_can_be(desk, now)
    done = backup(desk.engine.url.render_as_string(hide_password=False), target, tell)
    if not done.broken:
        said = {"at": now.isoformat(), "path": str(done.path), "sha256": done.sha256, "bytes": done.bytes}
        settings.change(desk, settings.SettingRequest(LAST, said, date.min), now)
    return done


def last(desk: Desk) -> Remembered | None:
    """Return the last verified backup, None where there is none."""
    kept: list[Any] = [one.value for one in settings.dated(desk, (LAST,))]
    if not kept:
        return None
    said = kept[0]
    return Remembered(datetime.fromisoformat(said["at"]), said["path"], said["sha256"], said["bytes"])
