"""A canvas on a fictional estate and a page on the small sample, shown off screen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from salescenter.domain.units import UnitState
from salescenter.services.card_values import UnitCard
from salescenter.ui.floorplan import PAGE
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.kit.room import Room
from tests.ui.floorplan import made_up
from tests.ui.hands import stands
from tests.ui.sampled import Sampled


@pytest.fixture
def canvas(qtbot: QtBot) -> GridCanvas:
    """A canvas of 900x600 at the usual zoom, with the keyboard."""
    layout, cells = made_up.estate()
    shown = GridCanvas(Estate(layout, cells, made_up.NOW), made_up.TODAY)
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.setFocus()
    return shown


def unit(canvas: GridCanvas, code: str) -> int:
    """Return the index of a unit by its code."""
    return list(canvas.estate.cells.code).index(code)


def current(canvas: GridCanvas) -> str:
    """Return the code of the current unit, empty when there is none."""
    at = canvas.selection.current
    return canvas.estate.code(at) if at >= 0 else ""


def some(canvas: GridCanvas, state: UnitState) -> int:
    """Return the index of a unit in a state that is drawn in the first building."""
    states, buildings = canvas.estate.states, canvas.estate.cells.building
    return next(i for i, value in enumerate(states) if value == state and buildings[i] == 1)


@pytest.fixture
def page(here: Sampled, qtbot: QtBot) -> FloorplanPage:
    """The page of the sample at 1366x768 under the shell's bars."""
    return shown_page(here, qtbot)


def built(room: Room) -> FloorplanPage:
    """Build the page as the shell does."""
    made = PAGE.build(room)
    assert isinstance(made, FloorplanPage)
    return made


def shown_page(here: Sampled, qtbot: QtBot, room: Room | None = None) -> FloorplanPage:
    """Show the page in a window of its own."""
    made = built(room or here.room)
    qtbot.addWidget(made)
    made.resize(1304, 680)
    stands(made)
    return made


def grid_of(page: FloorplanPage) -> GridCanvas:
    """Return the page's canvas, which is there once the estate was read."""
    assert page.canvas is not None
    return page.canvas


def choose(page: FloorplanPage, qtbot: QtBot, unit_id: int) -> UnitCard:
    """Choose a unit and wait for its card."""
    with qtbot.waitSignal(page.side.card.arrived) as arrived:
        page.show_argument(unit_id)
    assert arrived.args is not None
    read = arrived.args[0]
    assert isinstance(read, UnitCard)
    return read
