"""Charts as values: what they refuse, and the round numbers on their axes."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.report_charts import ColumnChart, RowChart, Series, every, name_spots, ticks

SHARES = st.decimals(-10**9, 10**9, places=2)


@given(SHARES, SHARES)
def test_ticks_are_few_in_equal_steps_and_reach_round_both_ends(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high)
    steps = {later - earlier for earlier, later in pairwise(found)}
    assert len(steps) == 1
    assert len(found) <= 8
    if low < high:
        assert found[0] <= low
        assert found[-1] >= high


@pytest.mark.parametrize("high", range(1, 400))
def test_things_that_are_counted_have_no_halves_on_their_axis(high: int) -> None:
    found = ticks(Decimal(0), Decimal(high), whole=True)
    assert all(tick == int(tick) for tick in found)
    assert found[-1] >= high
    assert len(found) <= 7


def test_an_axis_without_a_length_still_has_two_ends() -> None:
    assert list(map(int, ticks(Decimal(0), Decimal(0)))) == [0, 1]


def test_labels_keep_their_distance() -> None:
    days = [str(day) for day in range(1, 32)]
    assert every(days, room=700, width=40) == 2
    assert every(days, room=2000, width=40) == 1
    assert every([], room=100, width=40) == 1


def series(*values: int) -> Series:
    return Series("now", "#2F7D6B", tuple(map(Decimal, values)), tuple(map(str, values)))


def test_a_chart_refuses_a_series_of_another_length() -> None:
    with pytest.raises(ValueError, match="one value a category"):
        ColumnChart(("1", "2"), ("1", "2"), (series(1),), "sets")
    with pytest.raises(ValueError, match="one value a row"):
        RowChart(("a",), (series(1, 2),), ("1",), "sets")


def test_a_chart_of_nothing_but_zeros_is_empty() -> None:
    assert ColumnChart(("1",), ("1",), (series(0),), "sets").is_empty
    assert not ColumnChart(("1", "2"), ("1", "2"), (series(0, -1),), "sets").is_empty


def test_the_widest_row_counts_its_parts_and_the_marks() -> None:
    assert RowChart(("a", "b"), (series(3, 1), series(2, 0)), ("", ""), "sets").widest == 5
    assert RowChart(("a",), (series(3),), ("",), "sets", marks=(Decimal(9),)).widest == 9


POINTS = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 200)), min_size=1, max_size=6)


@given(POINTS)
def test_a_name_stands_beside_its_own_point(points: list[tuple[float, float]]) -> None:
    spots = name_spots(points, [(40.0, 14.0)] * len(points), off=9)
    for (x, y), (left, top, wide, high) in zip(points, spots, strict=True):
        assert left - 10 <= x <= left + wide + 10
        assert top - 10 <= y <= top + high + 10


def test_names_of_close_points_do_not_cover_one_another() -> None:
    one, other = name_spots([(100.0, 100.0), (108.0, 104.0)], [(40.0, 14.0)] * 2, off=9)
    apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    assert apart or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1]
