"""A small sample house, a window, and papers that are already printed in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from salescenter.ui.kit.keeping import HouseKeeper
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.preview import Preview
from tests.ui.sampled import NOW, Sampled
from tests.ui.spooling import Spooled


def spooled(here: Sampled) -> Spooled:
    """What reached the printers of this PC."""
    found = here.room.printing().house.spooler
    assert isinstance(found, Spooled)
    return found


def keeper_of(here: Sampled) -> HouseKeeper:
    return HouseKeeper(here.desk, lambda: NOW)


def previewed(qtbot: QtBot, here: Sampled, paper: Paper) -> Preview:
    """Open the preview of a paper as the shell does."""
    shown = Preview(
        paper, Inline(), keeper=keeper_of(here), memory=here.room.drafts, watch=here.room.printing()
    )
    qtbot.addWidget(shown, before_close_func=lambda one: one.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False))
    shown.show()
    return shown
