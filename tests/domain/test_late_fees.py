"""Late fees to the day and the fen, with the formula that a letter prints."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.late_fees import (
    LateRule,
    Paid,
    Reading,
    RescissionRule,
    days_late,
    late_delivery_fee,
    late_fee,
    rescission_penalty,
    seller_may_rescind,
)
from salescenter.domain.money import ZERO, Money

yuan = Money.yuan
DUE = date(2025, 1, 10)
X, Z = Decimal("0.0001"), Decimal("0.0002")


def later(days: int) -> date:
    return DUE + timedelta(days=days)


@pytest.mark.parametrize(("amount", "daily", "due", "until", "fee"), [
    ("300000", "0.0001", date(2025, 1, 10), date(2025, 1, 20), "300.00"),
    ("300000", "0.0002", date(2025, 2, 20), date(2025, 3, 11), "1140.00"),
    ("123456.78", "0.0003", date(2024, 2, 28), date(2024, 3, 1), "74.07"),
    ("860000", "0.00005", date(2025, 1, 1), date(2025, 3, 1), "2537.00"),
    ("1500000", "0.0001", date(2025, 1, 1), date(2025, 2, 15), "6750.00"),
])
def test_amount_times_rate_times_days(amount: str, daily: str, due: date, until: date, fee: str) -> None:
    assert late_fee(yuan(amount), due, (), until, LateRule(Decimal(daily))).total == yuan(fee)


def test_the_due_day_itself_is_not_late_and_the_day_of_payment_counts() -> None:
    assert [days_late(DUE, later(n)) for n in (-3, 0, 1, 10)] == [0, 0, 1, 10]
    assert late_fee(yuan(1000), DUE, (), DUE, LateRule(X)).total == ZERO
    assert late_fee(yuan(1000), DUE, [Paid(DUE, yuan(1000))], later(30), LateRule(X)).parts == ()


def test_a_partial_payment_splits_the_period() -> None:
    found = late_fee(yuan(300_000), DUE, [Paid(later(10), yuan(100_000))], later(30), LateRule(X))
    assert [(part.owed, part.days, part.fee) for part in found.parts] == [
        (yuan(300_000), 10, yuan(300)), (yuan(200_000), 20, yuan(400)),
    ]
    assert (found.total, found.days) == (yuan(700), 30)


def test_what_was_paid_before_the_due_day_is_not_late() -> None:
    found = late_fee(yuan(300_000), DUE, [Paid(later(-5), yuan(200_000)), Paid(DUE, yuan(50_000))], later(10), LateRule(X))
    assert found.total == yuan(50)


def test_money_that_comes_after_the_letter_is_not_counted() -> None:
    found = late_fee(yuan(300_000), DUE, [Paid(later(40), yuan(300_000))], later(10), LateRule(X))
    assert found.total == yuan(300)


def test_two_payments_on_one_day_are_one_cut_and_paying_off_ends_the_count() -> None:
    paid = [Paid(later(10), yuan(1)), Paid(later(10), yuan(299_999)), Paid(later(20), yuan(5))]
    found = late_fee(yuan(300_000), DUE, paid, later(90), LateRule(X))
    assert (found.total, found.days, len(found.parts)) == (yuan(300), 10, 1)


@pytest.mark.parametrize(("reading", "days", "fee"), [
    (Reading.WHOLE_PERIOD, 120, "7200.00"), (Reading.STEPPED, 120, "4500.00"),
    (Reading.WHOLE_PERIOD, 90, "2700.00"), (Reading.STEPPED, 90, "2700.00"),
    (Reading.WHOLE_PERIOD, 91, "5460.00"), (Reading.STEPPED, 91, "2760.00"),
])
def test_both_readings_of_what_comes_after_the_threshold(reading: Reading, days: int, fee: str) -> None:
    found = late_fee(yuan(300_000), DUE, (), later(days), LateRule(X, 90, Z, reading))
    assert found.total == yuan(fee)


def test_the_stepped_reading_shows_both_steps() -> None:
    found = late_fee(yuan(300_000), DUE, (), later(120), LateRule(X, 90, Z, Reading.STEPPED))
    assert [(part.days, part.daily) for part in found.parts] == [(90, X), (30, Z)]


def test_a_payment_across_the_threshold_cuts_three_stretches() -> None:
    found = late_fee(yuan(300_000), DUE, [Paid(later(100), yuan(100_000))], later(120), LateRule(X, 90, Z, Reading.STEPPED))
    assert [(part.owed, part.days, part.daily) for part in found.parts] == [
        (yuan(300_000), 90, X), (yuan(300_000), 10, Z), (yuan(200_000), 20, Z),
    ]


def test_without_a_second_rate_the_first_goes_on() -> None:
    assert late_fee(yuan(300_000), DUE, (), later(120), LateRule(X)).total == yuan(3_600)


def test_no_stretch_of_no_days_is_printed() -> None:
    rule = LateRule(X, 90, Z, Reading.STEPPED)
    cut = late_fee(yuan(300_000), DUE, [Paid(later(90), yuan(100_000))], later(120), rule)
    assert [part.days for part in cut.parts] == [90, 30]
    last = late_fee(yuan(300_000), DUE, [Paid(later(30), yuan(100_000))], later(30), rule)
    assert [part.days for part in last.parts] == [30]


def test_days_of_grace_are_forgiven_only_while_they_last() -> None:
    rule = LateRule(X, grace=5)
    assert late_fee(yuan(300_000), DUE, (), later(5), rule).total == ZERO
    assert late_fee(yuan(300_000), DUE, (), later(6), rule).total == yuan(180)


@given(
    st.integers(1, 10**9), st.lists(st.tuples(st.integers(-20, 250), st.integers(1, 10**9)), max_size=5),
    st.integers(0, 250), st.sampled_from(Reading),
)
def test_the_parts_are_what_was_owed_day_by_day(
    fen: int, payments: list[tuple[int, int]], until: int, reading: Reading
) -> None:
    paid = [Paid(later(day), Money(amount)) for day, amount in payments]
    found = late_fee(Money(fen), DUE, paid, later(until), LateRule(X, 90, Z, reading))
    owed = [max(0, fen - sum(a for d, a in payments if d < day and d <= until)) for day in range(1, until + 1)]
    late = sum(1 for balance in owed if balance)
    rates = [Z if late > 90 and (reading is Reading.WHOLE_PERIOD or day > 90) else X for day in range(1, until + 1)]
    exact = sum((balance * rate for balance, rate in zip(owed, rates, strict=True)), Decimal(0))
    assert found.days == late
    assert sum(part.days for part in found.parts) == late
    assert found.total == Money.sum(part.fee for part in found.parts)
    assert abs(found.total.fen - exact) <= Decimal(len(found.parts)) / 2


def test_late_delivery_counts_on_the_whole_price() -> None:
    assert late_delivery_fee(yuan(1_500_000), DUE, later(45), X).total == yuan(6_750)
    assert late_delivery_fee(yuan(1_500_000), DUE, later(-1), X).total == ZERO


@pytest.mark.parametrize(("late", "unpaid", "rule", "may"), [
    (91, 200, RescissionRule(), True), (90, 200, RescissionRule(), False),
    (91, 200, RescissionRule(90, Decimal("0.2")), True), (91, 199, RescissionRule(90, Decimal("0.2")), False),
])
def test_when_the_seller_may_rescind(late: int, unpaid: int, rule: RescissionRule, may: bool) -> None:
    assert seller_may_rescind(late, yuan(unpaid), yuan(1_000), rule) is may


def test_a_rescission_costs_a_share_of_all_that_had_fallen_due() -> None:
    assert rescission_penalty(yuan(300_000), LateRule(X, penalty_share=Decimal("0.05"))) == yuan(15_000)
