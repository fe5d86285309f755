"""The watch over backups: due ones are made in a lane of their own, trouble is said once, closing leaves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from salescenter.domain.backup_plan import BackupPlan
from salescenter.domain.refusals import CannotWrite, LawsBroken
from salescenter.services import auto_backup, sealing
from salescenter.ui.kit.backup_watch import AFTER_TROUBLE, BackupWatch
from salescenter.ui.kit.lane import Inline
from tests.houses import NOON, Estate, small, sqlite_model

__all__ = ["small", "sqlite_model"]


class Watched:
    """A watch with a clock of its own, and what it showed and said."""

    def __init__(self, estate: Estate, owner: QObject) -> None:
        self.now = NOON
        self.shown: list[datetime | None] = []
        self.said: list[Exception] = []
        self.watch = BackupWatch(estate.desk(), Inline(), lambda: self.now, lambda at, _: self.shown.append(at),
                                 self.said.append, owner)


@pytest.fixture
def kept(small: Estate, tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    auto_backup.change_plan(small.desk(), BackupPlan(str(folder)), NOON)
    return folder


@pytest.fixture
def here(small: Estate, kept: Path, qapp: object) -> Iterator[Watched]:
    owner = QObject()
    made = Watched(small, owner)
    yield made
    made.watch.close()


def made_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*")) if folder.exists() else []


def test_what_is_due_is_made_and_shown_and_not_made_again(here: Watched, kept: Path, qtbot: QtBot) -> None:
    here.watch.watch()
    qtbot.waitUntil(lambda: here.shown == [NOON])
    here.now += timedelta(minutes=1)
    here.watch.watch()
    assert len(made_in(kept)) == 1
    assert here.said == []


def test_trouble_is_said_and_not_again_every_minute(
    here: Watched, small: Estate, kept: Path, qtbot: QtBot
) -> None:
    kept.write_text("a file where the folder should be")
    here.watch.watch()
    qtbot.waitUntil(lambda: bool(here.said))
    assert isinstance(here.said[0], CannotWrite)
    here.now += timedelta(minutes=1)
    here.watch.watch()
    assert len(here.said) == 1
    kept.unlink()
    here.now += AFTER_TROUBLE
    here.watch.watch()
    qtbot.waitUntil(lambda: bool(here.shown))
    assert len(made_in(kept)) == 1


def test_a_backup_that_breaks_a_law_is_said(here: Watched, small: Estate, kept: Path, qtbot: QtBot) -> None:
    small.alter("1-101", state=60)
    here.watch.watch()
    qtbot.waitUntil(lambda: bool(here.said))
    assert isinstance(here.said[0], LawsBroken)


def test_closing_the_program_in_the_middle_leaves_nothing_half_done(
    here: Watched, kept: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun: list[bool] = []

    def slowly(desk: object, now: object, tell: object) -> None:
        begun.append(True)
        while True:
            tell(1, 2)  # type: ignore[operator]  # raises when the ticket is cancelled

    monkeypatch.setattr(auto_backup, "make", slowly)
    here.watch.watch()
    qtbot.waitUntil(lambda: bool(begun))
    here.watch.close()
    assert made_in(kept) == []


def test_the_history_is_sealed_beside_everything_else(here: Watched, small: Estate, qtbot: QtBot) -> None:
    here.watch.watch()
    qtbot.waitUntil(lambda: here.shown == [NOON])
    before = sealing.state(small.desk())
    assert before.rows
    small.subscribe()
    here.now += timedelta(minutes=1)
    here.watch.watch()
    qtbot.waitUntil(lambda: sealing.state(small.desk()).block == before.block + 1)
    assert here.said == []
