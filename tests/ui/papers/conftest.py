"""A small sample house, a window, and papers that are already printed in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.preview import Preview
from tests.ui.sampled import NOW, Sampled, sampled, small_house


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


def keeper_of(here: Sampled) -> HouseKeeper:
    return HouseKeeper(here.desk, lambda: NOW)


def previewed(qtbot: QtBot, here: Sampled, paper: Paper) -> Preview:
    """Open the preview of a paper as the shell does."""
    shown = Preview(paper, Inline(), keeper=keeper_of(here), memory=here.room.drafts)
    qtbot.addWidget(shown, before_close_func=lambda one: one.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False))
    shown.show()
    return shown
