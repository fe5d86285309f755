"""The page on a small screen: 1366x768 at 150 per cent leaves 911x512 logical pixels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.qtbot import QtBot

from salescenter.domain.grid_scales import ColourBy
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.ui.floorplan import handing_out
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.kit import cell_colours, theme
from tests.ui.floorplan.conftest import grid_of, shown_page, some
from tests.ui.sampled import Sampled

SHORT_OF = (851, 430)
"""What the rail, the bar and the status line leave of such a window."""


@pytest.fixture(params=["zh_CN", "en"])
def narrow(request: pytest.FixtureRequest, here: Sampled, qtbot: QtBot) -> FloorplanPage:
    """The page in the little room there is, in both languages."""
    speak(request.param)
    page = shown_page(here, qtbot)
    page.resize(*SHORT_OF)
    QApplication.processEvents()
    return page


@pytest.fixture
def dark() -> Iterator[None]:
    """Dark screens."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.wear(app, dark=True)
    yield
    theme.wear(app, dark=False)


def squeezed(page: FloorplanPage) -> list[str]:
    """Name the visible buttons that have less room than their words need."""
    shown = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    return [one.text() for one in shown if one.width() < one.sizeHint().width()]


def outside(page: FloorplanPage) -> list[str]:
    """Name the visible buttons of the bars that stand beyond the page's edge."""
    shown = [one for one in page.strip.findChildren(QAbstractButton) if one.isVisible()]
    return [one.text() for one in shown if one.mapTo(page, one.rect().topRight()).x() > page.width()]


def test_no_button_of_the_grid_is_cut_on_a_small_screen(narrow: FloorplanPage) -> None:
    assert (squeezed(narrow), outside(narrow)) == ([], [])
    narrow.filters.types.put((narrow.sight.types[0].name,) if narrow.sight else ())
    narrow.filters.colours.put(ColourBy.PRICE.value)
    narrow.filters._changed()
    QApplication.processEvents()
    assert not narrow.filters.clear_button.isHidden()
    assert (squeezed(narrow), outside(narrow)) == ([], [])
    narrow.foot.time.compare.click()
    QApplication.processEvents()
    assert squeezed(narrow) == []


def test_filters_that_do_not_fit_stand_in_a_menu_and_count_what_they_ask_for(narrow: FloorplanPage) -> None:
    fold, picks = narrow.filters.fold, narrow.filters._picks
    assert fold.isVisible()
    folded = [pick for pick in picks.values() if pick.isHidden()]
    assert [action.text() for action in fold.menu_of_folded().actions()] == [f"{one.title} …" for one in folded]
    narrow.filters.text.setText("12")
    narrow.filters._changed()
    assert "(1)" in fold.text()
    narrow.filters.ask_for_text()
    assert picks["text"].drop.isVisible()
    picks["text"].drop.close()


def test_all_filters_come_back_with_the_room(narrow: FloorplanPage) -> None:
    narrow.resize(1400, 680)
    QApplication.processEvents()
    assert not narrow.filters.fold.isVisible()
    assert all(pick.isVisible() for pick in narrow.filters._picks.values())


def test_units_side_by_side_take_the_place_of_the_card_on_a_small_screen(narrow: FloorplanPage) -> None:
    canvas = grid_of(narrow)
    for unit in range(4):
        canvas.selection.mark(unit)
    QApplication.processEvents()
    assert narrow.compare.isVisible()
    assert not narrow.side.isVisible()
    assert canvas.height() >= 100
    assert narrow.compare.height() >= 160
    narrow.back()
    QApplication.processEvents()
    assert narrow.side.isVisible()


def test_the_steps_for_many_stand_below_what_is_selected_where_there_is_no_room_beside(narrow: FloorplanPage) -> None:
    canvas = grid_of(narrow)
    first = some(canvas, UnitState.FOR_SALE)
    canvas.selection.choose(range(first, first + 6))
    QApplication.processEvents()
    assert narrow.batch.isVisible()
    assert squeezed(narrow) == []


def test_a_panel_of_chips_is_as_high_as_its_chips(narrow: FloorplanPage) -> None:
    pick = narrow.filters._picks["types"]
    pick.open_drop(narrow.filters.fold)
    chips = narrow.filters.types
    lowest = max(chip.geometry().bottom() for _, chip in chips._chips)
    assert chips.height() - lowest < 8
    pick.drop.close()


def test_paper_has_light_colours_when_the_screen_is_dark(dark: None, here: Sampled, qtbot: QtBot) -> None:
    page = shown_page(here, qtbot)
    paper = handing_out.paper_of(page, "A3")
    assert paper is not None
    light = cell_colours.cell_colours(cell_colours.chosen().theme, False)
    grounds = {cell.ground for building in paper.buildings for floor in building.floors for cell in floor.cells}
    assert grounds <= {look.ground for look in light.values()}
