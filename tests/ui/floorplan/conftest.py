"""A canvas on a fictional estate, shown off screen."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from salescenter.domain.units import UnitState
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.estate import Estate
from tests.ui.floorplan import made_up


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
