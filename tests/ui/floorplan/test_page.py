"""The control grid's page on a real house: cards, steps, filters, comparing, customer view."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import GridNews
from salescenter.domain.grid_scales import ColourBy
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import grid, release
from salescenter.services.release import FlagRequest, ReleaseRequest, Seen
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.floorplan.wall import WallView
from salescenter.ui.kit.terms import flag_words, step_words
from salescenter.ui.kit.words import refusal_words
from tests.ui.floorplan.conftest import built, choose, grid_of, shown_page
from tests.ui.hands import stands
from tests.ui.rooms import make_room
from tests.ui.sampled import NOW, Sampled, bind, sampled

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


def test_each_floors_average_price_stands_in_the_margin_until_it_is_hidden(page: FloorplanPage) -> None:
    canvas = grid_of(page)
    assert canvas.has_margin()
    page.show_averages(False)
    assert not canvas.has_margin()


def test_going_to_a_unit_of_another_building_takes_the_switches_along(page: FloorplanPage) -> None:
    canvas = grid_of(page)
    first, last = canvas.estate.layout.buildings[0].id, canvas.estate.layout.buildings[-1].id
    page._show_building(first)
    canvas.go_to(list(canvas.estate.cells.building).index(last))
    assert page.buildings.value() == (0,)


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


def test_a_home_and_its_space_name_each_other_on_their_cards(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    space = here.unit(UnitState.FOR_SALE, "parking")
    home = here.unit(UnitState.SUBSCRIBED)
    bind(here, space.code, home.code)
    choose(page, qtbot, space.id)
    assert f"随房 {home.code} · 认购" in page.side.card.said()
    choose(page, qtbot, home.id)
    assert f"随房车位、储藏室 {space.code} · 待售" in page.side.card.said()
    page.customer_view()
    assert space.code in page.side.card.said()


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
    next(action for action in menu.actions() if action.text().startswith("选房确认单")).trigger()
    assert (here.asked.papers[-1].kind, here.asked.papers[-1].unit) == ("selection", free.id)
    menu.close()


def test_an_argument_that_came_before_the_estate_is_kept(here: Sampled, qtbot: QtBot) -> None:
    free = here.unit(UnitState.FOR_SALE)
    page = built(here.room)
    qtbot.addWidget(page)
    canvas, page.canvas = page.canvas, None
    page.show_argument(free.id)
    page.canvas = canvas
    page.live.load()
    assert grid_of(page).selection.current == grid_of(page).estate.index[free.id]


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
    made = built(here.room)
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
