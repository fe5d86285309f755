"""Charts as values: what they refuse, and the round numbers on their axes."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.report_charts import ColumnChart, RowChart, Series, every, ticks

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
