"""Steps for many units at once: all or nothing, previewed, taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import GridNews
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import grid, release
from salescenter.services.release import ReleaseRequest, Seen
from salescenter.ui.floorplan import PAGE
from salescenter.ui.floorplan.batch_sheet import BatchSheet
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.floorplan.price_sheet import PriceSheet
from salescenter.ui.kit.notices import undo_offered
from tests.ui.floorplan.conftest import grid_of
from tests.ui.sampled import NOW, Sampled

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def withdraw(here: Sampled, page: FloorplanPage, unit: int) -> GridNews:
    """Let another desk withdraw a unit, and give the news of it."""
    since = grid.news(here.desk, 0).upto
    read = here.again(unit)
    release.withdraw(here.desk, ReleaseRequest((Seen(unit, read.revision),), "x", "k"), NOW)
    return grid.news(here.desk, since)


def free_units(canvas: GridCanvas) -> list[int]:
    """Units for sale that were never held."""
    cells = canvas.estate.cells
    return [i for i, state in enumerate(canvas.estate.states) if state == UnitState.FOR_SALE and not cells.until[i]]


def sheet(page: FloorplanPage) -> BatchSheet:
    found = [window for window in QApplication.topLevelWidgets() if isinstance(window, BatchSheet) and window.isVisible()]
    return found[0]


def test_several_units_are_withdrawn_at_once_and_it_can_be_taken_back(page: FloorplanPage, here: Sampled) -> None:
    canvas = grid_of(page)
    free = free_units(canvas)[:3]
    canvas.selection.choose(free)
    assert page.batch.isVisible()
    page.batch.buttons[Step.WITHDRAW].click()
    asked = sheet(page)
    assert asked.form is not None
    asked.form.put(reason="留房")
    asked.press_main()
    ids = [canvas.estate.cells.id[i] for i in free]
    assert [here.again(unit).state for unit in ids] == [UnitState.NOT_RELEASED] * 3
    assert here.again(ids[0]).history[0].after["reason"] == "留房"
    assert here.asked.looked == 1


def test_a_batch_that_another_desk_overtook_is_refused_whole(page: FloorplanPage, here: Sampled) -> None:
    canvas = grid_of(page)
    free = free_units(canvas)[:2]
    withdraw(here, page, canvas.estate.cells.id[free[1]])
    canvas.selection.choose(free)
    page.batch.buttons[Step.WITHDRAW].click()
    asked = sheet(page)
    asked.press_main()
    assert asked.isVisible()
    assert asked.banner.isVisible()
    assert here.again(canvas.estate.cells.id[free[0]]).state is UnitState.FOR_SALE
    asked.reject()


def test_prices_are_previewed_before_they_change(page: FloorplanPage, here: Sampled) -> None:
    free = here.unit(UnitState.FOR_SALE)
    canvas = grid_of(page)
    other = next(i for i, state in enumerate(canvas.estate.states) if state == UnitState.SIGNED)
    canvas.selection.choose([canvas.estate.index[free.id], other])
    page.batch.buttons[Step.SET_PRICE].click()
    asked = sheet(page)
    assert isinstance(asked, PriceSheet)
    assert asked.form is not None
    field = asked.form.field("share").editor
    QTest.keyClicks(field, "-1")
    assert [one.unit for one in asked.table.rows()] == [free.id]
    shown = asked.table.rows()[0]
    assert shown.after < shown.before
    assert here.again(free.id).facts.list_total == free.facts.list_total
    asked.form.put(reason="春季调价")
    asked.press_main()
    assert here.again(free.id).facts.list_total == shown.after


def test_prices_above_the_filed_price_cannot_be_asked_for(page: FloorplanPage, here: Sampled) -> None:
    free = here.unit(UnitState.FOR_SALE)
    canvas = grid_of(page)
    canvas.selection.choose([canvas.estate.index[free.id], canvas.estate.index[free.id] + 1])
    page.batch.buttons[Step.SET_PRICE].click()
    asked = sheet(page)
    assert isinstance(asked, PriceSheet)
    assert asked.form is not None
    QTest.keyClicks(asked.form.field("share").editor, "50")
    assert asked.verdict.isVisible()
    asked.form.put(reason="x")
    asked.press_main()
    assert asked.isVisible()
    asked.reject()


def test_a_batch_is_taken_back_by_undo(page: FloorplanPage, here: Sampled) -> None:
    canvas = grid_of(page)
    free = free_units(canvas)[:2]
    canvas.selection.choose(free)
    page.batch.buttons[Step.WITHDRAW].click()
    sheet(page).press_main()
    ids = [canvas.estate.cells.id[i] for i in free]
    assert [here.again(unit).state for unit in ids] == [UnitState.NOT_RELEASED] * 2
    assert undo_offered(page.window())
    assert [here.again(unit).state for unit in ids] == [UnitState.FOR_SALE] * 2


def test_nothing_is_done_to_many_before_a_customer_or_in_the_past(page: FloorplanPage, qtbot: QtBot) -> None:
    grid_of(page).selection.choose(free_units(grid_of(page))[:2])
    assert page.batch.isVisible()
    page.customer_view()
    assert not page.batch.isVisible()
    assert not page.foot.time.isVisible()
    page.customer_view()
    with qtbot.waitSignal(page.clock.turned):
        page.foot.time.slider.setValue(page.foot.time.slider.maximum() - 3)
    assert not page.batch.isVisible()


def test_the_form_of_one_unit_fills_when_the_unit_was_read(here: Sampled, qtbot: QtBot) -> None:
    free = here.unit(UnitState.FOR_SALE)
    form = PAGE.forms[Step.SET_FLAG](here.room, free.id)
    assert isinstance(form, BatchSheet)
    qtbot.addWidget(form)
    assert form.form is not None
    form.form.put(flag=int(Flag.SHOW_FLAT), on="on", reason="样板")
    form.press_main()
    assert here.again(free.id).flags == Flag.SHOW_FLAT
