"""Backups that nobody has to think of: made when they are due, restored for a trial, copied to a second disk, rotated.

Whoever is logged in, the program makes them: it is no step of a person. Only files this module named are ever removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import func, select

from salescenter.data.payments import closed_day
from salescenter.data.types import CHINA
from salescenter.domain.backup_plan import BackupPlan, is_due, outlived, plan_of
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.refusals import CannotWrite, LawsBroken, Stopped
from salescenter.domain.units import Step
from salescenter.services import backups, settings
from salescenter.services.sealing import seal_if_it_can_be
from salescenter.services.server import dumping
from salescenter.services.upkeep import BackedUp, Tell, backup, copied_to, digest, silent
from salescenter.services.work import Desk

PLAN = "backup-plan"
"""The setting that keeps the house's plan."""

FOLDER = "backups"
"""Where backups go beside the database, until the plan names another folder."""

_NAME = re.compile(r"(?P<stem>.+)-auto-(?P<at>\d{8}-\d{6})\.(db|dump)")
_AT = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that was made by itself. second: where the copy on the second disk is, None where none is wanted;
    trouble: why that copy is not there, None where it is; removed: how many old ones went.
    """

    done: BackedUp
    second: Path | None
    trouble: CannotWrite | None
    removed: int


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup in the folder: when it was made, and how large it is."""

    path: Path
    at: datetime
    bytes: int


def plan(desk: Desk) -> BackupPlan:
    """Return the plan in force, its folder filled in."""
    kept = settings.in_force(desk, date.max, (PLAN,)).get(PLAN)
    found = plan_of(kept)
    return found if found.folder or not backups.is_file(desk) else replace(found, folder=str(usual_folder(desk)))


def usual_folder(desk: Desk) -> Path:
    """Return where backups go until somebody says otherwise: beside the database; of a server, in the user's home."""
    if backups.is_file(desk):
        return Path(desk.engine.url.database or "").absolute().parent / FOLDER
    return Path.home() / f"{backups.stem(desk)}-{FOLDER}"


def change_plan(desk: Desk, wanted: BackupPlan, now: datetime, key: str = "") -> None:
    """Keep another plan (Step.EDIT_SETTINGS)."""
    usual = "" if backups.is_file(desk) and Path(wanted.folder) == usual_folder(desk) else wanted.folder
    told = replace(wanted, folder=usual).written()
    settings.change(desk, settings.SettingRequest(PLAN, told, date.min, key), now)


def due(desk: Desk, now: datetime) -> bool:
    """Say whether a backup is due now and this PC's to make: of a server, where the plan's folder is at hand."""
    wanted, made = plan(desk), backups.last(desk)
    if not backups.is_file(desk) and not _is_ours(desk, wanted):
        return False
    with desk.reading() as connection:
        closed = connection.scalar(select(func.max(closed_day.c.at)))
    return is_due(wanted, made.at if made else None, closed, now)


def make(desk: Desk, now: datetime, tell: Tell = silent) -> Kept:
    """Back up by the plan: seal, copy, restore for a trial and check, copy to the second disk, let the oldest go.

    A backup in which a law is broken is kept, but not remembered as the last good one, and nothing is removed for it.
    Raises what `upkeep.backup` raises; a second disk that is away is told in the answer: the first copy stands.
    Either is remembered, so that a manager at another PC reads of it.
    """
    try:
        kept = _make(desk, plan(desk), now, tell)
    except (Refusal, Weather) as trouble:
        if not isinstance(trouble, Stopped):
            backups.remember_failure(desk, trouble, now)
        raise
    if kept.done.broken:
        backups.remember_failure(desk, LawsBroken(count=len(kept.done.broken), path=str(kept.done.path)), now)
    elif kept.trouble is not None:
        backups.remember_failure(desk, kept.trouble, now)
    return kept


def _make(desk: Desk, wanted: BackupPlan, now: datetime, tell: Tell) -> Kept:
    stem = backups.stem(desk)
    seal_if_it_can_be(desk, now)
    wanted = replace(wanted, folder=wanted.folder or str(usual_folder(desk)))
    target = Path(wanted.folder) / f"{stem}-auto-{now.astimezone(CHINA):{_AT}}{backups.ending(desk)}"
    done = backup(desk.engine.url.render_as_string(hide_password=False), target, tell)
    second, trouble = _second(done, wanted)
    if done.broken:
        return Kept(done, second, trouble, 0)
    _remember(desk, done, now)
    folders = [Path(wanted.folder)] + ([second.parent] if second and not trouble else [])
    return Kept(done, second, trouble, sum(_rotate(folder, stem, wanted, now) for folder in folders))


def listed(desk: Desk) -> tuple[Listed, ...]:
    """Return the backups of this database made by themselves, the newest first."""
    folder = plan(desk).folder
    own = _own(Path(folder), backups.stem(desk)) if folder else ()
    found = [Listed(path, at, path.stat().st_size) for path, at in own]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _is_ours(desk: Desk, wanted: BackupPlan) -> bool:
    here = bool(wanted.folder) and Path(wanted.folder).is_dir()
    return here and backups.can_back_up(desk) and dumping.may_try(desk.engine)


def _second(done: BackedUp, wanted: BackupPlan) -> tuple[Path | None, CannotWrite | None]:
    if not wanted.second:
        return None, None
    target = Path(wanted.second) / done.path.name
    try:
        copied_to(done.path, target)
        same = digest(target) == done.sha256
    except CannotWrite as trouble:
        return target, trouble
    return target, None if same else CannotWrite(path=str(target), why="differs")


def _remember(desk: Desk, done: BackedUp, now: datetime) -> None:
    said = backups.told(desk, done, now)
    with desk.working(now, step=Step.EDIT_SETTINGS) as work:
        settings.put(work, backups.LAST, said, date.min)
        work.note(Step.EDIT_SETTINGS, "backup", work.project, after=said)


def _rotate(folder: Path, stem: str, wanted: BackupPlan, now: datetime) -> int:
    made = {at: path for path, at in _own(folder, stem)}
    removed = 0
    for at in outlived(made, wanted, now):
        with suppress(OSError):  # held by another program, or not ours to take away: the next time
            made[at].unlink()
            removed += 1
    return removed


def _own(folder: Path, stem: str) -> Iterator[tuple[Path, datetime]]:
    """Give the files in a folder this module named after this database."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if (said := _NAME.fullmatch(path.name)) and said["stem"] == stem:
            yield path, datetime.strptime(said["at"], _AT).replace(tzinfo=CHINA)
