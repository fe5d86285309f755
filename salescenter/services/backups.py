"""The house's own backups from the screen: made while desks go on working, opened again, checked, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services import settings
from salescenter.services.sealing import seal_if_it_can_be
from salescenter.services.server import dumping
from salescenter.services.upkeep import BackedUp, Tell, backup, silent
from salescenter.services.work import Desk

LAST = "last-backup"
"""The setting that remembers the last backup that was verified."""

FAILED = "failed-backup"
"""The setting that remembers the last one that was not made, or not well, so that the manager hears of it anywhere."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last backup whose copy was opened again and held every law; pc: the one it was made at, "" if not known."""

    at: datetime
    path: str
    sha256: str
    bytes: int
    pc: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A backup made by itself that failed, or whose copy on the second disk did: when, at which PC, and why."""

    at: datetime
    pc: str
    trouble: Refusal | Weather


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
        settings.change(desk, settings.SettingRequest(LAST, told(desk, done, now), date.min), now)
    return done


def told(desk: Desk, done: BackedUp, now: datetime) -> dict[str, Any]:
    """Return a verified backup as plain JSON, as it is remembered."""
    about = {"path": str(done.path), "sha256": done.sha256, "bytes": done.bytes}
    return {"at": now.isoformat(), "pc": desk.pc} | about


def last(desk: Desk) -> Remembered | None:
    """Return the last verified backup, None where there is none."""
    said = settings.in_force(desk, date.max, (LAST,)).get(LAST)
    return Remembered(**(said | {"at": datetime.fromisoformat(said["at"])})) if said else None


def failed(desk: Desk) -> Failed | None:
    """Return the last failure, None where there was none or a good backup was made after it."""
    kept = settings.in_force(desk, date.max, (LAST, FAILED))
    said, good = kept.get(FAILED), kept.get(LAST)
    if not said or (good and datetime.fromisoformat(good["at"]) > datetime.fromisoformat(said["at"])):
        return None
    kind = next(one for one in _troubles(Refusal, Weather) if one.code == said["code"])
    return Failed(datetime.fromisoformat(said["at"]), said["pc"], kind(**said["details"]))


def remember_failure(desk: Desk, trouble: Refusal | Weather, now: datetime) -> None:
    """Remember what kept a backup from being made; where even this cannot be written the desk says it alone."""
    details = {name: value if isinstance(value, int) else str(value) for name, value in trouble.details.items()}
    said = {"at": now.isoformat(), "pc": desk.pc, "code": trouble.code, "details": details}
    with suppress(Refusal, Weather), desk.working(now, step=Step.EDIT_SETTINGS) as work:
        settings.put(work, FAILED, said, date.min)
        work.note(Step.EDIT_SETTINGS, "backup", work.project, after=said)


def _troubles(*kinds: type[Any]) -> Iterator[type[Any]]:
    for kind in kinds:
        yield kind
        yield from _troubles(*kind.__subclasses__())
