"""What the tests of screens stand on: the program's look, a room with a stand-in desk, a small sample house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.staff import Person, Role
from salescenter.ui.kit import fonts, theme
from salescenter.ui.kit.room import Room
from tests.once import once
from tests.ui.rooms import Asked, make_room
from tests.ui.sampled import Sampled, sampled, small_house

if TYPE_CHECKING:
    from salescenter.services.work import Desk

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The program's fonts, once for all tests of a process."""
    fonts.dress(qapp)
    fonts.load_the_rest()
    return qapp


@pytest.fixture(autouse=True)
def worn(dressed: QApplication) -> None:
    """The light look before each test, whatever the one before wore."""
    if theme.tokens().dark or not dressed.styleSheet():
        theme.wear(dressed, dark=False)


@pytest.fixture
def asked() -> Asked:
    """What the room of this test is asked for."""
    return Asked()


@pytest.fixture
def stand_in() -> Desk:
    """A desk of the sales manager without a database behind it."""
    return cast("Desk", SimpleNamespace(who=Person(1, "沈知行", Role.MANAGER), project=1, pc="PC"))


@pytest.fixture
def bare_room(stand_in: Desk, asked: Asked, tmp_path: Path) -> Room:
    """A room for what needs no database; every job is done at once."""
    return make_room(stand_in, lambda: NOW, tmp_path / "drafts", asked)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample, made once a run."""
    return once(tmp_path_factory, "small-sample.db", small_house)


@pytest.fixture
def here(original: Path, tmp_path: Path) -> Iterator[Sampled]:
    """A copy of the sample with the manager at the desk."""
    made = sampled(original, tmp_path)
    yield made
    made.house.close()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window of 1366x768."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown
