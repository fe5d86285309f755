"""What the grid counts, filters and compares, checked by hand on a few units and by sums on a whole estate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salescenter.domain import grid_figures as figures
from salescenter.domain.grid import Cells, standings
from salescenter.domain.grid_figures import Difference, Tally, TypeLeft, Wanted
from salescenter.domain.units import UnitState
from tests.ui.floorplan import made_up

_S = UnitState


def few(*units: tuple[UnitState, int, int], types: tuple[str, ...] = (), buyers: tuple[str, ...] = ()) -> Cells:
    """Make units of one floor of (state, area in hundredths of a square metre, total in fen)."""
    count = len(units)
    zeros, ids = [0] * count, list(range(1, count + 1))
    return Cells(
        id=ids, building=[1] * count, stair=[1] * count, floor=[10] * count, column=ids,
        number=[f"10{i}" for i in ids], code=[f"3-1-10{i}" for i in ids], use=["home"] * count,
        type=types or ["A"] * count, rooms=zeros, facing=["南"] * count, state=[unit[0] for unit in units],
        flags=zeros, area=[unit[1] for unit in units], inner=zeros, unit_price=zeros,
        total=[unit[2] for unit in units], buyer=buyers or [""] * count, since=zeros, until=zeros, quoted=zeros,
        released=zeros, revision=zeros,
    )  # fmt: skip


def test_each_state_has_its_count_area_and_amount_and_an_empty_state_has_zero() -> None:
    cells = few((_S.FOR_SALE, 10000, 100), (_S.FOR_SALE, 5000, 50), (_S.SIGNED, 7000, 70))
    tally = figures.tallies(cells, cells.state)
    assert tally[_S.FOR_SALE] == Tally(2, 15000, 150)
    assert tally[_S.SIGNED] == Tally(1, 7000, 70)
    assert tally[_S.HELD] == Tally()
    assert figures.whole(tally) == Tally(3, 22000, 220)


def test_the_tallies_of_the_buildings_add_up_to_the_whole_estate() -> None:
    layout, cells = made_up.estate(towers=3)
    states = standings(cells, made_up.NOW)
    parts = [
        figures.whole(figures.tallies(cells, states, figures.of_buildings(cells, frozenset({block.id}))))
        for block in layout.buildings
    ]
    assert sum(parts, Tally()) == figures.whole(figures.tallies(cells, states))
    assert figures.whole(figures.tallies(cells, states)).amount == sum(cells.total)


def test_the_average_is_sum_over_sum_not_the_mean_of_prices() -> None:
    # 100 m2 at 10,000 and 50 m2 at 13,000 yuan: 11,000, not 11,500
    assert Tally(2, 15000, 165_000_000).average == 1_100_000
    assert Tally().average is None


def test_the_average_of_a_floor_leaves_out_units_without_price_or_area() -> None:
    cells = few((_S.SIGNED, 10000, 100_000_000), (_S.SIGNED, 5000, 65_000_000), (_S.FOR_SALE, 9000, 0))
    assert figures.floor_averages(cells) == {(1, 10): 1_100_000}


@pytest.mark.parametrize(("part", "of", "tenths"), [(17, 32, 531), (1, 3, 333), (2, 3, 667), (1, 2000, 1)])
def test_shares_are_tenths_of_a_percent_half_up(part: int, of: int, tenths: int) -> None:
    assert figures.share(part, of) == tenths


def test_a_share_of_nothing_is_no_figure() -> None:
    assert figures.share(0, 0) is None


def test_remaining_counts_only_what_is_for_sale_and_names_its_price_range() -> None:
    cells = few(
        (_S.FOR_SALE, 1, 300), (_S.FOR_SALE, 1, 200), (_S.HELD, 1, 100), (_S.SIGNED, 1, 50), (_S.FOR_SALE, 1, 9),
        types=("A", "A", "A", "B", ""),
    )  # fmt: skip
    assert figures.remaining(cells, cells.state) == (TypeLeft("A", 2, 3, 200, 300), TypeLeft("B", 0, 1, 0, 0))


def test_nothing_wanted_lets_everything_through() -> None:
    cells = few((_S.FOR_SALE, 1, 1), (_S.SIGNED, 1, 1))
    assert not Wanted()
    assert list(figures.matching(cells, cells.state, Wanted())) == [1, 1]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(states=frozenset({_S.FOR_SALE})), [1, 0, 0]),
        (Wanted(types=frozenset({"B"})), [0, 0, 1]),
        (Wanted(area=(9000, 10000)), [1, 1, 0]),
        (Wanted(price=(150, 300)), [0, 1, 1]),
        (Wanted(floors=(20, 30)), [0, 0, 0]),
        (Wanted(facings=frozenset({"北"})), [0, 0, 0]),
        (Wanted(text="陈"), [0, 1, 0]),
        (Wanted(text="3-1 102"), [0, 1, 0]),
        (Wanted(text="b 103"), [0, 0, 1]),
        (Wanted(price=(150, 300), text="陈"), [0, 1, 0]),
    ],
)
def test_each_filter_keeps_what_it_says(wanted: Wanted, fits: list[int]) -> None:
    cells = few(
        (_S.FOR_SALE, 10000, 100), (_S.SUBSCRIBED, 9000, 200), (_S.HELD, 8000, 300),
        types=("A", "A", "B"), buyers=("", "陈*", ""),
    )  # fmt: skip
    assert list(figures.matching(cells, cells.state, wanted)) == fits


def test_an_ended_hold_matches_the_filter_for_sale() -> None:
    cells = replace(few((_S.HELD, 1, 1)), until=[1000])
    wanted = Wanted(states=frozenset({_S.FOR_SALE}))
    assert list(figures.matching(cells, standings(cells, 999), wanted)) == [0]
    assert list(figures.matching(cells, standings(cells, 1000), wanted)) == [1]


def test_full_width_typing_is_read_as_plain() -> None:
    assert figures.clean_text("３－１２０１　") == "3-1201"


def test_two_moments_differ_in_state_price_flags_buyer_and_units_that_came_or_went() -> None:
    before = few((_S.FOR_SALE, 1, 100), (_S.FOR_SALE, 1, 100), (_S.FOR_SALE, 1, 100))
    after = few((_S.FOR_SALE, 1, 100), (_S.SUBSCRIBED, 1, 90), buyers=("", "陈*"))
    assert figures.differences(before, before.state, after, after.state) == (
        Difference(2, "3-1-102", (_S.FOR_SALE, _S.SUBSCRIBED), (100, 90), (0, 0), ("", "陈*")),
        Difference(3, "3-1-103", (_S.FOR_SALE, None), (100, 0), (0, 0), ("", "")),
    )


def test_moves_count_changes_of_state_only() -> None:
    before = few((_S.FOR_SALE, 1, 100), (_S.FOR_SALE, 1, 100), (_S.FOR_SALE, 1, 100))
    after = few((_S.SIGNED, 1, 100), (_S.SIGNED, 1, 90), (_S.FOR_SALE, 1, 80))
    found = figures.differences(before, before.state, after, after.state)
    assert len(found) == 3
    assert figures.moves(found) == {(_S.FOR_SALE, _S.SIGNED): 2}
