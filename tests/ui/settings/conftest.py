"""A small sample house, a window, and the page of settings in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.ui import settings
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.settings.page import SettingsPage
from tests.ui.sampled import Sampled, sampled, small_house


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small sample, made once."""
    return small_house(tmp_path_factory.mktemp("sample"))


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


@pytest.fixture
def page(here: Sampled, window: QWidget) -> SettingsPage:
    """The page as the manager opens it."""
    return opened(here, window)


@pytest.fixture(autouse=True)
def usual_cells() -> Iterator[None]:
    """The trade's colours before and after each test."""
    yield
    cell_colours.choose(cell_colours.Chosen())


def opened(here: Sampled, window: QWidget) -> SettingsPage:
    made = settings.PAGE.build(here.room)
    assert isinstance(made, SettingsPage)
    made.setParent(window)
    made.setGeometry(window.rect())
    made.show()
    return made


def told(here: Sampled, subject: str) -> list[dict[str, Any]]:
    """What the history tells of a subject, oldest first."""
    stmt = select(history).where(history.c.subject == subject).order_by(history.c.id)
    with here.house.engine.connect() as connection:
        return [dict(row._mapping) for row in connection.execute(stmt)]


def sheet_of(window: QWidget, kind: type[Sheet]) -> Sheet:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found
