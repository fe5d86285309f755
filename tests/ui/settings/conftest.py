"""A small sample house, a window, and the page of settings in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.ui import settings
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.settings.page import SettingsPage
from tests.ui.sampled import Sampled


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
