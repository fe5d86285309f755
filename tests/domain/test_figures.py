"""The manager's figures: each formula on its own example, and no number where there is none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain import figures as f
from salescenter.domain.money import Money

yuan = Money.yuan
D = Decimal


@pytest.mark.parametrize(("value", "shown"), [
    (f.absorption(17, 32), "53.13 %"),
    (f.absorption(16, 32), "50.00 %"),
    (f.absorption(D("1200.50"), D("4000.00")), "30.01 %"),
    (f.absorption_of_project(yuan(30), yuan(90)), "33.33 %"),
    (f.absorption_of_supply(3, 4), "75.00 %"),
    (f.absorption_of_permitted(30, 70), "30.00 %"),
    (f.sales_rate(3, 8), "37.50 %"),
    (f.collected_of_contracts(yuan(3_200_000), yuan(4_000_000)), "80.00 %"),
    (f.collected_of_due(yuan(1), yuan(3)), "33.33 %"),
    (f.collected_of_plan(yuan(3), yuan(2)), "150.00 %"),
    (f.mortgages_collected(yuan(600), yuan(800)), "75.00 %"),
    (f.share_on_the_way(yuan(4_000_000), yuan(3_200_000)), "20.00 %"),
    (f.signing_rate(9, 12), "75.00 %"),
    (f.return_rate(1, 8), "12.50 %"),
    (f.completion(yuan(8), yuan(10)), "80.00 %"),
    (f.growth(12, 10), "20.00 %"),
    (f.growth(yuan(8), yuan(10)), "-20.00 %"),
    (f.discount_rate(yuan(970_200), yuan(1_000_000)), "97.02 %"),
    (f.premium(yuan(110), yuan(100)), "10.00 %"),
    (f.efficiency(D("67.75"), D("84.90")), "79.80 %"),
    (f.shared_rate(D("17.15"), D("84.90")), "20.20 %"),
    (f.growth(123_456, 1), "12,345,500.00 %"),
])
def test_a_ratio_is_shown_with_two_places(value: Decimal | None, shown: str) -> None:
    assert f.percent(value) == shown


@pytest.mark.parametrize("formula", [
    f.ratio, f.absorption, f.absorption_of_project, f.absorption_of_supply, f.sales_rate, f.completion, f.growth,
])
def test_over_nothing_there_is_no_figure(formula: Callable[[int, int], Decimal | None]) -> None:
    assert formula(5, 0) is None
    assert f.percent(formula(5, 0)) == "—"


def test_other_figures_without_a_ground_are_none_too() -> None:
    assert f.absorption_of_permitted(0, 0) is None
    assert f.months_to_sell(yuan(100), Money(), 3) is None
    assert f.collected_of_contracts(yuan(1), Money()) is None
    assert f.share_on_the_way(Money(), Money()) is None
    assert f.premium(yuan(1), Money()) is None
    assert f.average_price(yuan(1), D(0)) is None
    assert f.days_spread([]) is None


def test_a_total_row_is_a_ratio_of_sums() -> None:
    assert f.ratio_of_sums([(1, 2), (1, 4)]) == D(2) / 6
    assert f.ratio_of_sums([(yuan(1), yuan(2)), (yuan(0), yuan(2))]) == D("0.25")
    assert f.ratio_of_sums([]) is None


def test_the_average_price_is_no_mean_of_prices() -> None:
    assert f.average_price(yuan(100 * 10_000) + yuan(50 * 13_000), D(150)) == yuan("11000.00")


def test_the_value_of_an_estate_is_what_is_signed_subscribed_kept_and_for_sale() -> None:
    stock = f.Stock(yuan(100), yuan(20), yuan(30), yuan(50), held=yuan(5))
    assert (stock.whole, stock.saleable) == (yuan(200), yuan(45))


def test_net_signed_counts_cancellations_and_exchanges() -> None:
    assert f.net_signed(10, 2, 1) == 9
    assert f.net_amount(yuan(1_000), yuan(200), yuan(-50)) == yuan(750)
    assert f.net_amount(yuan(1_000), yuan(200)) == yuan(800)


def test_the_months_left_follow_the_monthly_average() -> None:
    assert f.months_to_sell(yuan(600), yuan(300), 3) == 6
    assert f.months_to_sell(60, 10, 1) == 6


def test_on_the_way_is_signed_and_not_yet_received() -> None:
    assert f.on_the_way(yuan(4_000_000), yuan(3_200_000)) == yuan(800_000)


def test_a_funnel_compares_each_stage_with_the_one_before() -> None:
    assert f.funnel([200, 100, 0, 5]) == (D("0.5"), D(0), None)
    assert f.funnel([7]) == ()


def test_days_to_sign_have_a_mean_and_a_spread() -> None:
    assert f.days_spread([2, 4, 4, 4, 5, 5, 7, 9]) == f.Spread(D(5), D(2), 2, 9)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=1))
def test_a_total_lies_between_its_rows(rows: list[tuple[int, int]]) -> None:
    total = f.ratio_of_sums(rows)
    ratios = [D(part) / whole for part, whole in rows]
    assert total is not None
    assert min(ratios) - D("1e-20") <= total <= max(ratios) + D("1e-20")
