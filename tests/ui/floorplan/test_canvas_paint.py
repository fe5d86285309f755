"""What the canvas shows: states, changes, ended holds, fading, and scrolled pictures equal to fresh ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import CellChange
from salescenter.domain.grid_scales import ColourBy, shades
from salescenter.domain.units import UnitState
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.grounds import grounds
from salescenter.ui.floorplan.looks import SAME, Showing
from salescenter.ui.kit import theme
from salescenter.ui.kit.cell_colours import CellTheme, Chosen, cell_colours, choose
from tests.ui.floorplan import made_up
from tests.ui.floorplan.conftest import some, unit


@pytest.fixture(autouse=True)
def usual_colours() -> Iterator[None]:
    yield
    choose(Chosen())


def picture(canvas: GridCanvas) -> QImage:
    QApplication.processEvents()
    return canvas.viewport().grab().toImage()


def ground(canvas: GridCanvas, of: int) -> str:
    """The colour a cell has near its lower left corner, where no text stands."""
    cell = canvas.cell_rect(of)
    return picture(canvas).pixelColor(cell.left() + 6, cell.bottom() - 1).name().upper()


def change(canvas: GridCanvas, of: int, state: UnitState, until: int = 0) -> CellChange:
    cells = canvas.estate.cells
    return CellChange(cells.id[of], state, 0, cells.unit_price[of], cells.total[of], "陈*", made_up.TODAY, until, 0,
                      made_up.TODAY, cells.revision[of] + 1)  # fmt: skip


@pytest.mark.parametrize("chosen", list(CellTheme))
def test_each_state_has_the_colour_of_its_theme(canvas: GridCanvas, chosen: CellTheme) -> None:
    choose(Chosen(chosen))
    colours = cell_colours(chosen, dark=False)
    for state in (UnitState.FOR_SALE, UnitState.SUBSCRIBED, UnitState.SIGNED, UnitState.FILED):
        of = some(canvas, state)
        canvas.reveal(of)
        assert ground(canvas, of) == colours[state].ground


def test_a_change_shows_at_once_and_touches_no_other_pixel(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.FOR_SALE)
    canvas.reveal(of)
    before = picture(canvas)
    canvas.apply([change(canvas, of, UnitState.SIGNED)])
    after = picture(canvas)
    cell = canvas.cell_rect(of)
    differing = [
        (x, y) for x in range(before.width()) for y in range(before.height()) if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert differing
    assert all(cell.contains(x, y) for x, y in differing)


def test_what_comes_late_under_an_early_number_is_shown(canvas: GridCanvas) -> None:
    """A long transaction has a smaller number than those that were committed before it."""
    of = some(canvas, UnitState.FOR_SALE)
    late = replace(change(canvas, of, UnitState.SIGNED), revision=0)
    assert canvas.apply([late]) == [of]
    assert canvas.estate.states[of] == UnitState.SIGNED


def test_what_is_told_twice_is_news_once(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.FOR_SALE)
    told = change(canvas, of, UnitState.SIGNED)
    assert [canvas.apply([told]), canvas.apply([told])] == [[of], []]
    assert canvas.apply([replace(told, touched=told.revision + 1)]) == [of]


def test_a_hold_turns_for_sale_at_its_minute_with_no_word_from_the_database(
    canvas: GridCanvas, qtbot: QtBot
) -> None:
    of = some(canvas, UnitState.HELD)
    canvas.reveal(of)
    canvas.pass_time(made_up.NOW + made_up.HOUR - 1, made_up.TODAY)
    assert ground(canvas, of) == cell_colours(CellTheme.TRADE, dark=False)[UnitState.HELD].ground
    with qtbot.waitSignal(canvas.aged):
        canvas.pass_time(made_up.NOW + made_up.HOUR, made_up.TODAY)
    assert ground(canvas, of) == cell_colours(CellTheme.TRADE, dark=False)[UnitState.FOR_SALE].ground
    assert canvas.estate.next_end == 0


def test_a_hold_that_is_prolonged_does_not_end_at_its_old_minute(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.HELD)
    canvas.apply([change(canvas, of, UnitState.HELD, until=made_up.NOW + 5 * made_up.HOUR)])
    canvas.pass_time(made_up.NOW + made_up.HOUR, made_up.TODAY)
    assert canvas.estate.states[of] == UnitState.HELD
    assert canvas.estate.next_end == made_up.NOW + 5 * made_up.HOUR


def test_what_does_not_match_fades_and_stays_where_it_is(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.SIGNED)
    canvas.reveal(of)
    where = canvas.cell_rect(of)
    canvas.set_showing(Showing(fits=bytearray(len(canvas.estate))))
    faded = grounds(theme.tokens(), CellTheme.TRADE).faded[UnitState.SIGNED].ground
    assert ground(canvas, of) == QColor(faded).name().upper()
    assert canvas.cell_rect(of) == where


def test_a_scale_paints_dearer_units_deeper(canvas: GridCanvas) -> None:
    cells, states = canvas.estate.cells, canvas.estate.states
    scale = shades(cells, states, ColourBy.PRICE, made_up.TODAY)
    canvas.set_showing(Showing(steps=scale.steps), ColourBy.PRICE)
    in_first = [i for i in range(len(cells)) if cells.building[i] == 1]
    deep, pale = (pick(in_first, key=lambda i: scale.steps[i]) for pick in (max, min))
    lightness = []
    for of in (deep, pale):
        canvas.reveal(of)
        lightness.append(QColor(ground(canvas, of)).lightness())
    assert lightness[0] < lightness[1]


def test_the_state_of_the_earlier_moment_shows_in_the_corner(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.SIGNED)
    canvas.reveal(of)
    was = bytearray([SAME]) * len(canvas.estate)
    was[of] = UnitState.FOR_SALE
    canvas.set_showing(Showing(was=was))
    assert ground(canvas, of) == cell_colours(CellTheme.TRADE, dark=False)[UnitState.FOR_SALE].ground


@pytest.mark.parametrize("width", [8, 30, 48, 68, 128])
def test_a_scrolled_picture_is_the_same_as_one_painted_anew(canvas: GridCanvas, width: int) -> None:
    canvas.zoom_to(width)
    canvas.selection.go(unit(canvas, "2-1-901"))
    for at in range(1, 60):
        canvas.horizontalScrollBar().setValue(at * 17)
        canvas.verticalScrollBar().setValue(at * 11)
        QApplication.processEvents()
    canvas.apply([change(canvas, unit(canvas, "2-1-902"), UnitState.FILED)])
    scrolled = picture(canvas)
    canvas.repaint_all()
    assert picture(canvas) == scrolled


def test_the_map_shows_a_change_as_well(canvas: GridCanvas) -> None:
    canvas.fit()
    of = some(canvas, UnitState.FOR_SALE)
    canvas.apply([change(canvas, of, UnitState.FILED)])
    cell = canvas.cell_rect(of)
    seen = picture(canvas).pixelColor(cell.center()).name().upper()
    assert seen == cell_colours(CellTheme.TRADE, dark=False)[UnitState.FILED].ground


def test_the_customer_reads_no_names(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.SIGNED)
    canvas.selection.go(of)
    assert "*" in canvas.accessibleDescription()
    canvas.set_showing(Showing(private=True))
    canvas.selection.go(-1)
    canvas.selection.go(of)
    assert "*" not in canvas.accessibleDescription()


def test_another_estate_keeps_the_current_unit(canvas: GridCanvas) -> None:
    canvas.selection.go(unit(canvas, "3-1-803"))
    layout, cells = made_up.estate()
    canvas.set_estate(Estate(layout, cells, made_up.NOW))
    assert canvas.estate.code(canvas.selection.current) == "3-1-803"
