"""The manager's figures: each formula on its own example, and no number where there is none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from salescenter.domain import figures as f
from salescenter.domain.money import Money

yuan = Money.yuan
D = Decimal


@pytest.mark.parametrize(("value", "shown"), [
    (f.absorption(17, 32), "53.13 %"),
    (f.absorption(16, 32), "50.00 %"),
    (f.absorption(D("1200.50"), D("4000.00")), "30.01 %"),
    (f.collected_of_contracts(yuan(3_200_000), yuan(4_000_000)), "80.00 %"),
    (f.collected_of_due(yuan(1), yuan(3)), "33.33 %"),
    (f.collected_of_plan(yuan(3), yuan(2)), "150.00 %"),
    (f.share_on_the_way(yuan(4_000_000), yuan(3_200_000)), "20.00 %"),
    (f.growth(12, 10), "20.00 %"),
    (f.growth(yuan(8), yuan(10)), "-20.00 %"),
    (f.growth(123_456, 1), "12,345,500.00 %"),
])
def test_a_ratio_is_shown_with_two_places(value: Decimal | None, shown: str) -> None:
    assert f.percent(value) == shown


@pytest.mark.parametrize("formula", [
    f.ratio, f.absorption, f.conversion, f.growth,
])
def test_over_nothing_there_is_no_figure(formula: Callable[[int, int], Decimal | None]) -> None:
    assert formula(5, 0) is None
    assert f.percent(formula(5, 0)) == "—"


def test_other_figures_without_a_ground_are_none_too() -> None:
    assert f.collected_of_contracts(yuan(1), Money()) is None
    assert f.share_on_the_way(Money(), Money()) is None
    assert f.average_price(yuan(1), D(0)) is None


def test_the_average_price_is_no_mean_of_prices() -> None:
    assert f.average_price(yuan(100 * 10_000) + yuan(50 * 13_000), D(150)) == yuan("11000.00")


def test_the_value_of_an_estate_is_what_is_signed_subscribed_kept_and_for_sale() -> None:
    stock = f.Stock(yuan(100), yuan(20), yuan(30), yuan(50), held=yuan(5))
    assert (stock.whole, stock.saleable) == (yuan(200), yuan(45))


def test_net_signed_counts_cancellations_and_exchanges() -> None:
    assert f.net_signed(10, 2, 1) == 9


def test_on_the_way_is_signed_and_not_yet_received() -> None:
    assert f.on_the_way(yuan(4_000_000), yuan(3_200_000)) == yuan(800_000)


def test_a_funnel_compares_each_stage_with_the_one_before() -> None:
    assert f.funnel([200, 100, 0, 5]) == (D("0.5"), D(0), None)
    assert f.funnel([7]) == ()
