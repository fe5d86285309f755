"""The manager's window over a small estate, its lanes run inline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from salescenter.domain.staff import Role
from salescenter.ui import reports
from salescenter.ui.kit import theme
from salescenter.ui.kit.room import Room
from salescenter.ui.reports.page import ReportsPage
from tests.services.reports.conftest import story, told_once
from tests.services.reports.story import NOW, Story, empty
from tests.ui.rooms import Asked, make_room

__all__ = ["story", "told_once"]  # the same small estate the figures are proved on


@pytest.fixture
def heard() -> Asked:
    """What the page told the world outside it."""
    return Asked()


def room_of(story: Story, heard: Asked, folder: Path, role: Role = Role.MANAGER) -> Room:
    """A room at a desk of that role."""
    return make_room(story.desk(role), lambda: NOW, folder / "drafts", heard)


@pytest.fixture
def room(story: Story, heard: Asked, tmp_path: Path) -> Room:
    return room_of(story, heard, tmp_path)


def opened(room: Room, qtbot: QtBot) -> ReportsPage:
    """Build the page as the shell does and let it be painted."""
    page: Any = reports.PAGE.build(room)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    with qtbot.waitExposed(page):
        page.show()
    return page  # type: ignore[no-any-return]


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> ReportsPage:
    return opened(room, qtbot)


@pytest.fixture
def bare_page(tmp_path: Path, heard: Asked, qtbot: QtBot) -> Iterator[ReportsPage]:
    """The window of a house where nothing has happened yet."""
    told = empty(tmp_path / "empty")
    yield opened(room_of(told, heard, tmp_path), qtbot)
    told.house.close()


@pytest.fixture
def dark() -> Iterator[None]:
    """The dark look, taken off again afterwards."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.wear(app, dark=True)
    yield
    theme.wear(app, dark=False)
