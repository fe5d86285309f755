"""The user's own state colours: themes, single grounds, and the text that stays readable on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from salescenter.domain.grid_scales import STEPS, ColourBy
from salescenter.domain.units import UnitState
from salescenter.ui.floorplan.colours_sheet import ColoursSheet
from salescenter.ui.floorplan.grounds import COUNT, NO_VALUE, SCALE_FIRST, grounds
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.room import Looks
from salescenter.ui.kit.tokens import DARK, LIGHT, Tokens, contrast


@pytest.fixture(autouse=True)
def usual_colours() -> Iterator[None]:
    yield
    cell_colours.choose(Chosen())


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("by", list(ColourBy))
@pytest.mark.parametrize("theme", list(CellTheme))
def test_every_text_can_be_read_on_its_ground(look: Tokens, by: ColourBy, theme: CellTheme) -> None:
    colours = grounds(look, theme, by)
    assert len(colours.cells) == len(colours.faded) == COUNT
    assert all(contrast(cell.ink, cell.ground) >= 4.5 for cell in colours.cells)


@pytest.mark.parametrize("look", [LIGHT, DARK])
@pytest.mark.parametrize("by", list(ColourBy)[1:])
def test_a_scale_grows_deeper_step_by_step_without_needing_colour_sense(look: Tokens, by: ColourBy) -> None:
    steps = grounds(look, CellTheme.TRADE, by).cells[SCALE_FIRST:NO_VALUE]
    against_white = [contrast(step.ground, "#FFFFFF") for step in steps]
    assert len(steps) == STEPS
    assert against_white == sorted(against_white)
    assert against_white[-1] > 2 * against_white[0]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_faded_cell_recedes_towards_the_panel(look: Tokens) -> None:
    colours = grounds(look, CellTheme.TRADE)
    for cell, faded in zip(colours.cells, colours.faded, strict=True):
        assert contrast(faded.ground, look.panel) <= contrast(cell.ground, look.panel)


def test_a_state_is_painted_in_the_colour_the_user_gave_it(qtbot: QtBot) -> None:
    sheet = ColoursSheet(Looks(cells=cell_colours.choose))
    qtbot.addWidget(sheet)
    sheet.change(UnitState.FOR_SALE, "#003366")
    worn = cell_colours.worn()[UnitState.FOR_SALE]
    assert worn.ground == "#003366"
    assert contrast(worn.ink, worn.ground) >= 4.5
    sheet.forget()
    assert cell_colours.worn()[UnitState.FOR_SALE].ground == "#BFE3C0"
