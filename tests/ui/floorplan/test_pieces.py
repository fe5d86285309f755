"""The pieces of the page by themselves: what is seen, compared, said, handed out."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.domain.grid_figures import Tally, Wanted
from salescenter.domain.grid_scales import ColourBy
from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.i18n import speak
from salescenter.ui.floorplan import past, saying
from salescenter.ui.floorplan.compare import compared
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.filters import AREA, Filters
from salescenter.ui.floorplan.glance import absorbed, figures
from salescenter.ui.floorplan.legend import ORDER, Legend
from salescenter.ui.floorplan.looks import SAME
from salescenter.ui.floorplan.ranges import HIGHEST, Range, said_range
from salescenter.ui.floorplan.sight import Asked, look_at
from salescenter.ui.kit import formats
from tests.ui.floorplan import made_up

LAYOUT, CELLS = made_up.estate(towers=2, parking=10, shops=10)


def estate() -> Estate:
    return Estate(LAYOUT, CELLS, made_up.NOW)


def test_the_figures_are_of_the_buildings_shown_and_of_what_is_looked_for() -> None:
    shown = estate()
    whole, one = look_at(shown, Asked()), look_at(shown, Asked(buildings=frozenset({1})))
    assert sum(tally.count for tally in whole.tallies.values()) == len(shown)
    assert sum(tally.count for tally in one.tallies.values()) == list(shown.cells.building).count(1)
    narrowed = look_at(shown, Asked(wanted=Wanted(types=frozenset({"车位"}))))
    assert sum(tally.count for tally in narrowed.tallies.values()) == 10
    assert narrowed.matching == 10


def test_the_legend_keeps_all_counts_while_one_state_is_looked_for() -> None:
    shown = estate()
    sight = look_at(shown, Asked(states=frozenset({UnitState.SIGNED})))
    assert sight.tallies == look_at(shown, Asked()).tallies
    assert sight.matching == sight.tallies[UnitState.SIGNED].count
    assert sight.showing.fits is not None


def test_a_customer_cannot_look_for_names() -> None:
    shown = estate()
    name = next(buyer for buyer in shown.cells.buyer if buyer)
    asked = Asked(wanted=Wanted(text=name))
    assert look_at(shown, asked).matching
    assert look_at(shown, replace(asked, private=True)).matching == 0


def test_a_scale_and_a_filter_stand_together() -> None:
    sight = look_at(estate(), Asked(by=ColourBy.PRICE, states=frozenset({UnitState.FOR_SALE}), today=made_up.TODAY))
    assert sight.showing.steps is not None
    assert sight.showing.fits is not None
    assert sight.shades.ends


def test_two_moments_mark_what_changed_and_remember_how_it_was() -> None:
    states = list(CELLS.state)
    states[0], states[1] = UnitState.FOR_SALE, UnitState.SIGNED
    later = replace(CELLS, state=states)
    found = past.compared(LAYOUT, (CELLS, made_up.NOW), (later, made_up.NOW))
    changed = [i for i in range(len(CELLS)) if CELLS.state[i] != states[i]]
    assert [i for i, fit in enumerate(found.fits) if fit] == changed
    assert all(found.was[i] == CELLS.state[i] for i in changed)
    assert found.was[5] == SAME


def test_comparing_shows_the_better_figure_of_each_line() -> None:
    shown = estate()
    cells = shown.cells
    units = sorted(range(40), key=lambda i: cells.total[i])
    pair = [units[0], units[-1]]
    lines = {line.label: line for line in compared(shown, pair, made_up.TODAY, private=False)}
    assert lines["总价"].best == {0}
    assert lines["总价"].said[0] == f"{cells.total[pair[0]] / 100:,.2f}"
    assert lines["比最低多"].said[1] == f"{(cells.total[pair[1]] - cells.total[pair[0]]) / 100:,.2f}"


def test_equal_figures_have_no_better_one() -> None:
    shown = estate()
    lines = {line.label: line for line in compared(shown, [3, 3], made_up.TODAY, private=False)}
    assert all(not line.best for line in lines.values())


def test_comparing_before_a_customer_says_no_more_than_sold() -> None:
    shown = estate()
    sold = next(i for i, state in enumerate(shown.states) if state == UnitState.FILED)
    line = next(line for line in compared(shown, [sold, sold], made_up.TODAY, private=True) if line.label == "状态")
    assert line.said == ("已售", "已售")


def test_the_share_sold_counts_from_subscribed_on_and_nothing_has_no_share() -> None:
    tallies = {state: Tally(1, 100, 100) for state in UnitState}
    assert absorbed(tallies) == "55.6%"
    assert absorbed({state: Tally() for state in UnitState}) == formats.NOTHING


def test_a_customer_sees_no_figures_of_what_was_sold() -> None:
    tallies = {state: Tally(1, 100, 100) for state in UnitState}
    labels = {fact.label for fact in figures(tallies, private=True)}
    assert "已售" not in labels
    assert "待售" in labels


def test_legend_clicks_choose_alone_and_control_adds(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(1200, 42)
    legend.show()
    held, signed = legend.items[UnitState.HELD], legend.items[UnitState.SIGNED]
    QTest.mouseClick(held, Qt.MouseButton.LeftButton)
    QTest.mouseClick(signed, Qt.MouseButton.LeftButton)
    assert legend.value() == {UnitState.SIGNED}
    QTest.mouseClick(held, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert legend.value() == {UnitState.SIGNED, UnitState.HELD} or legend.value() == {UnitState.HELD, UnitState.SIGNED}
    QTest.mouseClick(held, Qt.MouseButton.LeftButton)
    QTest.mouseClick(held, Qt.MouseButton.LeftButton)
    assert legend.value() == frozenset()


def test_the_legend_says_as_much_as_there_is_room_for(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.show_tallies({state: Tally(1234, 5_000_000, 123_456_789_00) for state in UnitState})
    details = []
    for width in (500, 950, 2000):
        legend.resize(width, 42)
        legend.show()
        legend.show_tallies({state: Tally(1234, 5_000_000, 123_456_789_00) for state in UnitState})
        details.append(legend.items[ORDER[0]].detail)
    assert details == sorted(set(details))
    assert "123,456,789.00" in legend.items[ORDER[0]].toolTip()


def test_a_range_reads_from_and_to_in_the_grids_numbers(qtbot: QtBot) -> None:
    field = Range("面积", AREA)
    qtbot.addWidget(field)
    assert field.value() is None
    QTest.keyClicks(field.low, "90")
    assert (field.value(), field.words()) == ((9000, HIGHEST), "≥ 90")
    QTest.keyClicks(field.high, "120.5")
    assert (field.value(), field.words()) == ((9000, 12050), "90–120.5")
    field.clear()
    assert field.value() is None
    assert said_range((-HIGHEST, 50), str) == "≤ 50"


def test_filters_say_what_they_let_through(qtbot: QtBot) -> None:
    filters = Filters()
    qtbot.addWidget(filters)
    filters.offer(LAYOUT, CELLS, look_at(estate(), Asked()).types)
    filters.types.put((CELLS.type[0],))
    filters.price.high.put(Money.yuan(2_500_000))
    filters.floors.low.put(100)
    filters.text.setText("１２０１")
    assert filters.wanted() == Wanted(
        types=frozenset({CELLS.type[0]}), price=(0, 250_000_000), floors=(100, HIGHEST), text="1201"
    )  # fmt: skip
    assert CELLS.type[0] in filters.said()
    filters.clear()
    assert not filters.wanted()


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (234_048_247, "234.0万", "2.34m"),
        (234_050_000, "234.1万", "2.34m"),
        (12_500_000_000, "1.25亿", "125.00m"),
        (9_999_949_999, "9999.9万", "100.00m"),
        (9_999_950_000, "1.00亿", "100.00m"),
        (99_999_500_000, "10.00亿", "1000.00m"),
        (99_999_999, "100.0万", "1,000,000"),
        (99_950, "1000", "1,000"),
        (0, "", ""),
    ],
)
def test_short_amounts_are_rounded_half_up(fen: int, chinese: str, english: str) -> None:
    assert saying.price_text(fen) == chinese
    speak("en")
    assert saying.price_text(fen) == english


def test_a_pause_in_typing_may_end_after_the_filters_have_gone(qtbot: QtBot) -> None:
    filters = Filters()
    box = filters.text
    box.setText("3-12")
    shiboken6.delete(filters)
    box.search_now()
    assert box.text() == "3-12"
    box.deleteLater()
