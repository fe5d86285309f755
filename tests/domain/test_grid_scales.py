"""Colouring by a scale: seven steps of equal numbers of cells, equal values in the same step."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.grid_scales import NOTHING, STEPS, ColourBy, shades
from salescenter.domain.units import UnitState
from tests.domain.test_grid_figures import few


def quoted(times: list[int]) -> bytearray:
    cells = replace(few(*((UnitState.FOR_SALE, 1, 1) for _ in times)), quoted=times)
    return shades(cells, cells.state, ColourBy.QUOTED, 0).steps


@given(st.lists(st.integers(0, 40), max_size=60))
def test_a_larger_value_is_never_paler_and_equal_values_share_a_step(times: list[int]) -> None:
    steps = quoted(times)
    pairs = sorted((value, step) for value, step in zip(times, steps, strict=True) if value)
    assert all(one <= other for (_, one), (_, other) in pairwise(pairs))
    assert len(set(pairs)) == len({value for value, _ in pairs})
    assert all(step == NOTHING for value, step in zip(times, steps, strict=True) if not value)


def test_many_different_values_use_every_step() -> None:
    assert set(quoted(list(range(1, 71)))) == set(range(STEPS))


def test_price_is_per_square_metre_and_missing_without_area() -> None:
    cells = few((UnitState.FOR_SALE, 10000, 100_000_000), (UnitState.FOR_SALE, 0, 100))
    scale = shades(cells, cells.state, ColourBy.PRICE, 0)
    assert scale.ends == ((6, 1_000_000, 1_000_000),)
    assert scale.steps[1] == NOTHING


def test_days_unsold_run_only_for_what_is_unsold_and_released() -> None:
    cells = replace(
        few((UnitState.FOR_SALE, 1, 1), (UnitState.HELD, 1, 1), (UnitState.SIGNED, 1, 1), (UnitState.NOT_RELEASED, 1, 1)),
        released=[90, 95, 80, 0],
    )
    scale = shades(cells, cells.state, ColourBy.UNSOLD, 100)
    assert [step == NOTHING for step in scale.steps] == [False, False, True, True]
    assert (scale.ends[0][1], scale.ends[-1][2]) == (5, 10)
