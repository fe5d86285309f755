"""The control grid's page on a real house: cards, steps, filters, batches, comparing, looking back, handing out."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import GridNews
from salescenter.domain.grid_scales import ColourBy
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import grid, release
from salescenter.services.release import FlagRequest, ReleaseRequest, Seen
from salescenter.ui.floorplan import PAGE, handing_out
from salescenter.ui.floorplan.batch_sheet import BatchSheet
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.floorplan.price_sheet import PriceSheet
from salescenter.ui.floorplan.wall import WallView
from salescenter.ui.kit.notices import undo_offered
from salescenter.ui.kit.terms import flag_words, step_words
from salescenter.ui.kit.words import refusal_words
from tests.ui.floorplan.conftest import choose, grid_of, shown_page
from tests.ui.hands import stands
from tests.ui.rooms import make_room
from tests.ui.sampled import NOW, Sampled, sampled

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def withdraw(here: Sampled, page: FloorplanPage, unit: int) -> GridNews:
    """Let another desk withdraw a unit, and give the news of it."""
    since = grid.news(here.desk, 0).upto
    read = here.again(unit)
    release.withdraw(here.desk, ReleaseRequest((Seen(unit, read.revision),), "x", "k"), NOW)
    return grid.news(here.desk, since)


def count(page: FloorplanPage, state: UnitState) -> int:
    assert page.sight is not None
    return page.sight.tallies[state].count


def free_units(canvas: GridCanvas) -> list[int]:
    """Units for sale that were never held."""
    cells = canvas.estate.cells
    return [i for i, state in enumerate(canvas.estate.states) if state == UnitState.FOR_SALE and not cells.until[i]]


def sheet(page: FloorplanPage) -> BatchSheet:
    found = [window for window in QApplication.topLevelWidgets() if isinstance(window, BatchSheet) and window.isVisible()]
    return found[0]


def test_the_whole_estate_stands_there_and_the_legend_counts_it(page: FloorplanPage, here: Sampled) -> None:
    cells = grid.cells(here.desk)
    assert len(grid_of(page).estate) == len(cells)
    assert sum(count(page, state) for state in UnitState) == len(cells)
    assert page.legend.items[UnitState.FOR_SALE].text().endswith(str(count(page, UnitState.FOR_SALE)))


def test_a_click_shows_the_card_with_why_and_the_steps(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    sold = here.unit(UnitState.SUBSCRIBED)
    canvas = grid_of(page)
    canvas.reveal(canvas.estate.index[sold.id])
    with qtbot.waitSignal(page.side.card.arrived):
        QTest.mouseClick(canvas.viewport(), LEFT, pos=canvas.cell_rect(canvas.estate.index[sold.id]).center())
    assert page.side.currentWidget() is page.side.card
    assert sold.deal is not None
    assert sold.deal.buyers[0].name in page.side.card.sentence.text()
    assert page.side.card.steps.buttons()[0].text() == step_words(Step.DRAFT)


def test_f6_starts_the_main_step_and_a_button_its_own(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    free = choose(page, qtbot, here.unit(UnitState.FOR_SALE).id)
    page.main_step()
    assert here.asked.performed == [(Step.SUBSCRIBE, free.id)]
    page.side.card.steps.buttons()[1].click()
    assert here.asked.performed[-1] == (Step.RESERVE, free.id)


def test_a_step_is_not_started_on_a_unit_whose_card_is_not_here_yet(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    choose(page, qtbot, here.unit(UnitState.FOR_SALE).id)
    grid_of(page).selection.go(grid_of(page).estate.index[here.unit(UnitState.SUBSCRIBED).id])
    page.main_step()
    assert here.asked.performed == []


def test_a_step_that_is_closed_says_why_and_what_helps(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    free = here.unit(UnitState.FOR_SALE)
    seized = FlagRequest((Seen(free.id, free.revision),), Flag.SEIZED, on=True, reason="法院", key="k")
    release.set_flag(here.desk, seized, NOW)
    read = choose(page, qtbot, free.id)
    closed = [offer for offer in read.offers if offer.refusal is not None]
    said = page.side.card.steps.closed_text()
    assert Step.SUBSCRIBE in {offer.step for offer in closed}
    for offer in closed:
        assert offer.refusal is not None
        assert step_words(offer.step) in said
        assert refusal_words(offer.refusal)[1] in said
    assert flag_words(Flag.SEIZED) in page.side.card.sentence.text()


def test_steps_of_other_roles_share_one_line(here: Sampled, original: Path, tmp_path: Path, qtbot: QtBot) -> None:
    login = next(one.login for one in here.house.people() if one.role is Role.VIEWER or one.role is Role.CASHIER)
    (tmp_path / "other").mkdir()
    other = sampled(original, tmp_path / "other", login=login)
    page = shown_page(other, qtbot)
    choose(page, qtbot, here.unit(UnitState.FOR_SALE).id)
    assert page.side.card.steps.closed_text().count("\n") == 0
    assert step_words(Step.SUBSCRIBE) in page.side.card.steps.closed_text()
    assert Step.WITHDRAW not in page.batch.buttons
    other.house.close()


def test_enter_puts_the_keyboard_on_the_first_step_of_the_card(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    choose(page, qtbot, here.unit(UnitState.FOR_SALE).id)
    QTest.keyClick(grid_of(page), K.Key_Return)
    qtbot.waitUntil(page.side.card.steps.buttons()[0].hasFocus)


def test_what_another_desk_does_shows_at_once_and_the_figures_follow(
    page: FloorplanPage, here: Sampled, qtbot: QtBot
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    before = count(page, UnitState.FOR_SALE)
    here.room.bulletin.arrived.emit(withdraw(here, page, free.id))
    at = grid_of(page).estate.index[free.id]
    assert grid_of(page).estate.states[at] == UnitState.NOT_RELEASED
    assert at in grid_of(page).fresh
    qtbot.waitUntil(lambda: count(page, UnitState.FOR_SALE) == before - 1)


def test_a_hold_ends_on_the_screen_at_its_minute(here: Sampled, tmp_path: Path, qtbot: QtBot) -> None:
    held = here.unit(UnitState.HELD)
    assert held.until is not None
    clock = [held.until - timedelta(seconds=1)]
    page = shown_page(here, qtbot, make_room(here.desk, lambda: clock[0], tmp_path / "d", here.asked))
    at = grid_of(page).estate.index[held.id]
    page.live.tick()
    assert grid_of(page).estate.states[at] == UnitState.HELD
    clock[0] = held.until
    page.live.tick()
    assert grid_of(page).estate.states[at] == UnitState.FOR_SALE


def test_the_legend_is_the_filter(page: FloorplanPage) -> None:
    page.legend.items[UnitState.SIGNED].click()
    canvas = grid_of(page)
    fits = canvas.showing.fits
    assert fits is not None
    assert {canvas.estate.states[i] for i, fit in enumerate(fits) if fit} == {UnitState.SIGNED}
    page.legend.items[UnitState.SIGNED].click()
    assert canvas.showing.fits is None


def test_a_filter_counts_in_the_legend_and_is_taken_away_by_escape(page: FloorplanPage) -> None:
    first = page.sight.types[0] if page.sight else None
    assert first is not None
    page.side.glance.types.picked.emit(first.name)
    assert sum(count(page, state) for state in UnitState) == first.whole
    assert count(page, UnitState.FOR_SALE) == first.left
    assert not page.filters.clear_button.isHidden()
    assert page.back()
    assert not page.filters.wanted()


def test_colours_by_price_have_a_key(page: FloorplanPage) -> None:
    page.filters.colours.put(ColourBy.PRICE.value)
    page.filters.edited.emit()
    assert grid_of(page).showing.steps is not None
    assert page.foot.key.isVisible()


def test_one_building_alone_is_shown_counted_and_left_again(page: FloorplanPage) -> None:
    canvas = grid_of(page)
    block = canvas.estate.layout.buildings[1]
    canvas.building_opened.emit(block.id)
    assert [one.building.id for one in canvas.plan.blocks] == [block.id]
    assert sum(count(page, state) for state in UnitState) == list(canvas.estate.cells.building).count(block.id)
    assert block.name in page.status()
    outside = next(i for i, building in enumerate(canvas.estate.cells.building) if building != block.id)
    page.show_argument(canvas.estate.cells.id[outside])
    assert canvas.selection.current == outside
    assert canvas.plan.place(outside) is not None


def test_a_room_number_goes_to_its_unit(page: FloorplanPage) -> None:
    code = grid_of(page).estate.code(17)
    assert page.go_to_room(code)
    assert grid_of(page).selection.current == 17
    assert not page.go_to_room("99-99-9999")


def test_up_to_four_marked_units_stand_side_by_side(page: FloorplanPage) -> None:
    canvas = grid_of(page)
    canvas.setFocus()
    QTest.keyClick(canvas, K.Key_Down)
    for _ in range(2):
        QTest.keyClick(canvas, K.Key_Space)
        QTest.keyClick(canvas, K.Key_Down)
    assert page.compare.isVisible()
    assert canvas.estate.code(canvas.selection.marked[0]) in page.compare.accessibleName()
    assert page.back()
    assert not page.compare.isVisible()


def test_the_customer_sees_no_floor_price_no_names_no_reasons(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    sold = here.unit(UnitState.SUBSCRIBED)
    choose(page, qtbot, sold.id)
    assert sold.deal is not None
    page.customer_view()
    assert sold.deal.buyers[0].name not in page.side.card.said()
    assert sold.facts.floor_total is not None
    assert str(sold.facts.floor_total) not in page.side.card.said()
    assert page.private_frame.isVisible()
    assert page.private_button.isVisible()
    page.customer_view()
    assert not page.private_frame.isVisible()
    assert sold.deal.buyers[0].name in page.side.card.said()
    assert str(sold.facts.floor_total) in page.side.card.said()


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


def test_the_time_slider_shows_the_grid_as_it_stood(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    moment = NOW - timedelta(days=20)
    bar = page.foot.time
    with qtbot.waitSignal(page.clock.turned):
        bar.slider.setValue(bar.slider.maximum() - 20)
    then = grid.cells_at(here.desk, bar.end_of(moment.date()))
    assert list(grid_of(page).estate.cells.state) == list(then.state)
    assert page.notice.isVisible()
    assert page.back()
    assert page.clock.is_now
    assert grid_of(page).estate is page.live.estate


def test_news_of_the_present_does_not_touch_the_past_that_is_shown(
    page: FloorplanPage, here: Sampled, qtbot: QtBot
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    with qtbot.waitSignal(page.clock.turned):
        page.foot.time.slider.setValue(page.foot.time.slider.maximum() - 1)
    before = list(grid_of(page).estate.states)
    here.room.bulletin.arrived.emit(withdraw(here, page, free.id))
    assert list(grid_of(page).estate.states) == before
    page.foot.time.back_to_now()
    assert grid_of(page).estate.states[grid_of(page).estate.index[free.id]] == UnitState.NOT_RELEASED


def test_two_dates_are_compared_with_a_list_of_what_changed(page: FloorplanPage) -> None:
    page.foot.time.compare.click()
    compared = page.clock.compared
    assert compared is not None
    assert compared.found
    assert page.side.currentWidget() is page.side.changes
    assert [one.id for one in page.side.changes.table.rows()] == [one.id for one in compared.found]
    canvas = grid_of(page)
    assert canvas.showing.fits is not None
    assert sum(canvas.showing.fits) == len(compared.found)
    page.foot.time.compare.click()
    assert page.clock.is_now


def test_the_grid_is_printed_as_it_looks(page: FloorplanPage, here: Sampled) -> None:
    page.print_page()
    assert here.asked.papers[0].kind == "grid"
    assert here.asked.papers[0].pdf.startswith(b"%PDF")


def test_the_grid_is_written_to_excel_with_its_colours_and_letters(
    page: FloorplanPage, here: Sampled, tmp_path: Path
) -> None:
    handing_out.export_grid(page, str(tmp_path / "grid.xlsx"))
    found = openpyxl.load_workbook(tmp_path / "grid.xlsx").active
    assert found is not None
    cells = grid.cells(here.desk)
    said = [str(cell.value) for row in found.iter_rows() for cell in row if cell.value]
    for number in cells.number[:40]:
        assert any(text.startswith(number) for text in said)
    free = here.unit(UnitState.FOR_SALE)
    sold = next(cell for row in found.iter_rows() for cell in row if str(cell.value).startswith(f"{free.facts.number}  售"))
    assert sold.fill.fgColor.rgb == "FFBFE3C0"
    assert any("\n" in text and "套" in text for text in said)


def test_a_file_that_cannot_be_written_is_told(page: FloorplanPage, here: Sampled, tmp_path: Path) -> None:
    handing_out.export_grid(page, str(tmp_path / "no such folder" / "grid.xlsx"))
    assert isinstance(here.asked.refused[0], CannotWrite)


def test_the_wall_shows_the_grid_without_names_and_goes_round(page: FloorplanPage, qtbot: QtBot) -> None:
    page.wall_view()
    wall = page.wall
    assert wall is not None
    assert wall.canvas.showing.private
    blocks = wall.canvas.estate.layout.buildings
    QTest.keyClick(wall, K.Key_Right)
    assert [block.building.id for block in wall.canvas.plan.blocks] == [blocks[0].id]
    QTest.keyClick(wall, K.Key_Left)
    assert len(wall.canvas.plan.blocks) == len(blocks)
    QTest.keyClick(wall, K.Key_Space)
    assert wall.is_going_round()
    QTest.keyClick(wall, K.Key_Escape)
    assert page.wall is None


def test_a_change_reaches_the_wall(page: FloorplanPage, here: Sampled) -> None:
    page.wall_view()
    free = here.unit(UnitState.FOR_SALE)
    assert page.wall is not None
    before = page.wall.legend.accessibleName()
    here.room.bulletin.arrived.emit(withdraw(here, page, free.id))
    assert page.wall.legend.accessibleName() != before
    page.wall.close()


def test_the_menu_of_a_unit_offers_its_steps(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    free = here.unit(UnitState.FOR_SALE)
    canvas = grid_of(page)
    canvas.menu_wanted.emit(canvas.estate.index[free.id], canvas.mapToGlobal(canvas.rect().center()))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    words = [action.text() for action in menu.actions()]
    assert any(word.startswith(step_words(Step.SUBSCRIBE)) for word in words)
    next(action for action in menu.actions() if action.text() == step_words(Step.HOLD)).trigger()
    assert here.asked.performed == [(Step.HOLD, free.id)]
    menu.close()


def test_an_argument_that_came_before_the_estate_is_kept(here: Sampled, qtbot: QtBot) -> None:
    free = here.unit(UnitState.FOR_SALE)
    page = FloorplanPage(here.room)
    qtbot.addWidget(page)
    canvas, page.canvas = page.canvas, None
    page.show_argument(free.id)
    page.canvas = canvas
    page.live.load()
    assert grid_of(page).selection.current == grid_of(page).estate.index[free.id]


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


def test_control_f_opens_the_filter_by_text(page: FloorplanPage, qtbot: QtBot) -> None:
    code = grid_of(page).estate.code(3)
    QTest.keyClick(grid_of(page), K.Key_F, CTRL)
    box = page.filters.text
    assert box.isVisible()
    QTest.keyClicks(box, code)
    QTest.keyClick(box, K.Key_Return)
    fits = grid_of(page).showing.fits
    assert fits is not None
    assert fits[3]
    assert sum(fits) < 20


def test_the_page_goes_without_a_trace(here: Sampled, qtbot: QtBot) -> None:
    made = FloorplanPage(here.room)
    stands(made)
    canvas, live = weakref.ref(grid_of(made)), weakref.ref(made.live)
    made.wall_view()
    gone = []
    made.destroyed.connect(lambda: gone.append(True))
    made.close()
    made.deleteLater()
    del made
    qtbot.waitUntil(lambda: bool(gone))
    gc.collect()
    assert canvas() is None
    assert live() is None
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, WallView) and one.isVisible()]
