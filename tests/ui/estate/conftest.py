"""The estate's page and its assistant in a house of their own; every job is done at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from salescenter.services.work import Desk
from salescenter.ui.estate.assistant import ImportAssistant
from salescenter.ui.estate.page import EstatePage
from salescenter.ui.kit.room import Room
from tests.services.importing.estates import HEADER, NOW, made_house, new_path
from tests.services.importing.sheets import Rows, write_book
from tests.ui.rooms import Asked, make_room


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The manager's desk in an empty house."""
    found = made_house(new_path(tmp_path))
    yield found
    found.engine.dispose()


@pytest.fixture
def room(desk: Desk, asked: Asked, tmp_path: Path) -> Room:
    """A room at that desk."""
    return make_room(desk, lambda: NOW, tmp_path / "drafts", asked)


@pytest.fixture
def assistant(room: Room, qtbot: QtBot) -> ImportAssistant:
    """The import assistant, shown."""
    shown = ImportAssistant(room)
    qtbot.addWidget(shown)
    shown.resize(1376, 812)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> EstatePage:
    """The estate's page, shown."""
    shown = EstatePage(room)
    qtbot.addWidget(shown)
    shown.resize(1376, 812)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def book(folder: Path, rows: Rows, name: str = "价目表.xlsx", title: str = "") -> Path:
    """Write a unit list under the usual header."""
    above = [[title]] if title else []
    return write_book(folder / name, {"房源": [*above, HEADER, *rows]})
