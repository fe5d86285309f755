"""check, seal, backup, restore and migrate."""

from __future__ import annotations

import platform
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from salescenter.commands.desk import sitting
from salescenter.commands.serving import tell_open_log
from salescenter.data.engine import address, plain
from salescenter.i18n import tr, trn
from salescenter.services import auto_backup, sealing, upkeep
from salescenter.services.check import Broken, check
from salescenter.services.reports.agreement import figures_agree


def run_check(asked: Namespace) -> int:
    """Print every invariant that does not hold, and how far the history is sealed; 1 where one is broken."""
    with sitting(asked.database, asked.project) as (desk, _):
        found = check(desk, figures_agree)
        known = sealing.known(desk, asked.code) if asked.code else None
        _tell_seals(sealing.state(desk))
    if asked.code and known is None:
        found.append(Broken(sealing.LAW, tr("no seal has the code {code}", code=asked.code)))
    elif known is not None:
        print(tr("the code is that of seal {block} of {at}", block=known.block, at=f"{known.at:%Y-%m-%d %H:%M}"))
    for one in found:
        print(tr("broken: {law}: {about}", law=tr(one.law), about=one.about))
    many = trn("{count} invariant broken", "{count} invariants broken", count=len(found))
    print(many if found else tr("every invariant holds"))
    return 1 if found else 0


def run_seal(asked: Namespace) -> int:
    """Seal the history as far as it is settled."""
    with sitting(asked.database, asked.project) as (desk, now):
        sealing.seal(desk, now)
        _tell_seals(sealing.state(desk))
    return 0


def _tell_seals(state: sealing.SealState) -> None:
    if state.until is not None:
        print(trn("{count} row of the history is sealed, the last on {at}: seal {block}, code {code}",
                  "{count} rows of the history are sealed, the last on {at}: seal {block}, code {code}",
                  count=state.rows, at=f"{state.until:%Y-%m-%d %H:%M}", block=state.block, code=state.code))
    if state.waiting:
        print(trn("{count} row of the history is not sealed yet", "{count} rows of the history are not sealed yet",
                  count=state.waiting))  # fmt: skip


def run_backup(asked: Namespace) -> int:
    """Back up, open the copy again and check it; without a file by the house's plan, remembered for the manager."""
    done = upkeep.backup(asked.database, Path(asked.file), _told) if asked.file else _by_plan(asked)
    size = f"{done.bytes / 1_000_000:.1f}"
    print(tr("backed up to {path}: {size} MB, sha256 {sum}", path=done.path, size=size, sum=done.sha256))
    for one in done.broken:
        print(tr("broken: {law}: {about}", law=tr(one.law), about=one.about))
    return 1 if done.broken else 0


def _by_plan(asked: Namespace) -> upkeep.BackedUp:
    with sitting(asked.database, asked.project) as (desk, now):
        kept = auto_backup.make(replace(desk, pc=platform.node()), now, _told)
    if kept.trouble is not None:
        raise kept.trouble
    print(tr("old backups removed: {count}", count=kept.removed))
    return kept.done


def run_restore(asked: Namespace) -> int:
    """Put a backup in the database's place; what stood there stays beside it."""
    kept, url = upkeep.restore(Path(asked.file), asked.database), address(asked.database)
    print(tr("restored {file} to {database}", file=asked.file, database=plain(url)))
    if kept:
        print(tr("what stood there is kept as {path}", path=kept))
    if url.get_backend_name() != "sqlite":
        tell_open_log(url)
    return 0


def run_migrate(asked: Namespace) -> int:
    """Bring the database to this program's version."""
    done = upkeep.migrate(asked.database)
    if done.before == done.after:
        print(tr("nothing to do: the database has version {version}", version=done.after))
        return 0
    print(tr("migrated from {before} to {after}", before=done.before or "-", after=done.after))
    if done.copy:
        print(tr("the database as it was is kept as {path}", path=done.copy))
    return 0


def _told(done: int, of: int) -> None:
    if of and done == of:
        print(trn("{count} page copied", "{count} pages copied", count=of))
