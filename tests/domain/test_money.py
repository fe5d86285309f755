"""No fen is ever lost, made, or rounded twice."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.money import ZERO, Money, Rounding, average, round_fen, total_of
from salescenter.domain.refusals import FieldMalformed

fen = st.integers(-(10**14), 10**14)
rates = st.decimals("0", "100", places=6)
yuan = Money.yuan


def half_up(exact: Fraction) -> int:
    sign = -1 if exact < 0 else 1
    return sign * ((2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator))


@pytest.mark.parametrize("amount", [0.1 + 0.2, 1.0])
def test_a_float_never_becomes_money(amount: Any) -> None:
    with pytest.raises(TypeError):
        Money.yuan(amount)
    with pytest.raises(TypeError):
        Money(100).times(amount)


def test_ten_cents_a_thousand_times_are_a_hundred_yuan() -> None:
    assert Money.sum([yuan("0.10")] * 1000) == yuan(100)


@pytest.mark.parametrize(("text", "expected"), [
    ("1,234.00", 123400), ("￥1234", 123400), ("¥ 1 234.5", 123450), ("１２３４．５０", 123450), ("1234元", 123400),
    ("-12.34", -1234), ("¥-12.34", -1234), ("-¥12.34", -1234), ("−5", -500), ("0", 0), (".5", 50), ("1,234,567.89", 123456789),
    ("12.3400", 1234), ("+3", 300),
])
def test_an_amount_is_read_as_people_and_sheets_write_it(text: str, expected: int) -> None:
    assert Money.read(text) == Money(expected)


@pytest.mark.parametrize("text", ["", "abc", "1,23", "12,34.00", "1.2.3", "--5", "-¥-5", "5.", "1e5", "NaN", "12.345", "九"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(FieldMalformed):
        Money.read(text)


@given(fen)
def test_a_written_amount_is_read_back(amount: int) -> None:
    assert Money.read(str(Money(amount))) == Money(amount)


@given(fen, rates)
def test_a_product_is_rounded_half_up_from_the_exact_one(amount: int, rate: Decimal) -> None:
    assert Money(amount).times(rate).fen == half_up(amount * Fraction(rate))


@given(st.integers(-(10**12), 10**12), st.integers(1, 400))
def test_the_parts_of_a_split_add_up_and_none_turns_negative(amount: int, parts: int) -> None:
    shares = Money(amount).split(parts)
    assert len(shares) == parts
    assert Money.sum(shares) == Money(amount)
    assert all(share.fen * amount >= 0 for share in shares)
    assert len(set(shares[:-1])) <= 1


def test_a_split_rounds_each_share_half_up() -> None:
    assert yuan("1000000.01").split(3) == [yuan("333333.34"), yuan("333333.34"), yuan("333333.33")]
    assert Money(11).split(22)[-1] == Money(11)  # too few fen to round up
    assert Money(2).split(4) == [ZERO, ZERO, ZERO, Money(2)]
    assert Money(3).split(4) == [Money(1), Money(1), Money(1), ZERO]


def test_nothing_can_be_split_into_no_parts() -> None:
    with pytest.raises(ValueError, match="one part or more"):
        Money(5).split(0)


@pytest.mark.parametrize(("area", "price", "how", "total"), [
    ("53.95", "10001", Rounding.TO_YUAN, "539554"),
    ("53.95", "10001", Rounding.TO_FEN, "539553.95"),
    ("125.53", "48629.87", Rounding.DOWN_TO_YUAN, "6104507"),
    ("125.53", "48629.87", Rounding.TO_FEN, "6104507.58"),
    ("125.53", "48629.87", Rounding.TO_YUAN, "6104508"),
])
def test_totals_follow_the_projects_rounding(area: str, price: str, how: Rounding, total: str) -> None:
    assert total_of(Decimal(area), yuan(price), how) == yuan(total)


@pytest.mark.parametrize(("how", "up", "down"), [
    (Rounding.TO_FEN, 150, -150), (Rounding.TO_YUAN, 200, -200), (Rounding.DOWN_TO_YUAN, 100, -100),
])
def test_rounding_treats_money_back_as_it_treats_money_in(how: Rounding, up: int, down: int) -> None:
    assert Money(150).rounded(how) == Money(up)
    assert Money(-150).rounded(how) == Money(down)


@given(st.decimals("-1e12", "1e12", places=5), st.sampled_from(Rounding))
def test_rounding_twice_changes_nothing(exact: Decimal, how: Rounding) -> None:
    once = round_fen(exact, how)
    assert once.rounded(how) == once
    most = {Rounding.TO_FEN: "0.5", Rounding.TO_YUAN: "50", Rounding.DOWN_TO_YUAN: "99.99999"}
    assert abs(once.fen - exact) <= Decimal(most[how])


def test_an_average_is_a_sum_over_a_sum() -> None:
    total = yuan(1_000_000) + yuan(650_000)
    assert average(total, Decimal(150)) == yuan("11000.00")
    assert average(total, Decimal(0)) is None


@given(fen, st.decimals("0.01", "99999", places=2))
def test_an_average_is_rounded_half_up(amount: int, area: Decimal) -> None:
    found = average(Money(amount), area)
    assert found is not None
    assert found.fen == half_up(Fraction(amount) / Fraction(area))


@given(fen, fen)
def test_money_adds_and_takes_away(one: int, two: int) -> None:
    assert (Money(one) + Money(two) - Money(two)) == Money(one)
    assert -Money(one) + Money(one) == ZERO
    assert bool(Money(one)) is (one != 0)


def test_money_is_shown_with_separators_and_two_places() -> None:
    assert str(Money(123456789)) == "1,234,567.89"
    assert str(Money(-5)) == "-0.05"
    assert Money.yuan(Decimal("0.005")) == Money(1)
    assert Decimal("0.125").quantize(Decimal("0.01"), ROUND_HALF_UP) * 100 == Money.yuan("0.125").fen
