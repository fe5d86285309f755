"""Mortgages to the fen, by the formula and month by month."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salescenter.domain.loans import (
    Loan,
    Method,
    Quote,
    combined_payments,
    combined_quote,
    income_needed,
    longest_term,
    payments,
    quote,
)
from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import FieldMalformed

yuan = Money.yuan
LEVEL, FALLING = Method.EQUAL_PAYMENT, Method.EQUAL_PRINCIPAL


def loan(wan: int, percent: str, months: int) -> Loan:
    return Loan(yuan(wan * 10_000), Decimal(percent) / 100, months)


@pytest.mark.parametrize(("lent", "level", "interest", "first", "last", "fall", "falling_interest"), [
    (loan(100, "4.9", 360), "5307.27", "910616.19", "6861.11", "2789.12", "11.34", "737041.67"),
    (loan(100, "3.95", 360), "4745.37", "708334.05", "6069.44", "2786.92", "9.14", "594145.83"),
    (loan(100, "3.05", 360), "4243.05", "527499.59", "5319.44", "2784.84", "7.06", "458770.83"),
    (loan(100, "2.6", 360), "4003.40", "441222.96", "4944.44", "2783.80", "6.02", "391083.33"),
    (loan(120, "0", 120), "10000.00", "0", "10000", "10000", "0", "0"),
])
def test_both_methods_are_quoted_to_the_fen(
    lent: Loan, level: str, interest: str, first: str, last: str, fall: str, falling_interest: str
) -> None:
    assert quote(lent, LEVEL) == Quote(yuan(level), yuan(level), ZERO, yuan(interest))
    assert quote(lent, FALLING) == Quote(yuan(first), yuan(last), yuan(fall), yuan(falling_interest))


def test_the_last_payment_settles_the_balance() -> None:
    rows = payments(loan(36, "3.6", 12), LEVEL)
    assert [row.payment for row in rows] == [yuan("30588.21")] * 11 + [yuan("30588.24")]
    assert rows[-1].balance == ZERO


def test_the_falling_table_keeps_to_its_quote() -> None:
    lent = loan(100, "4.9", 360)
    rows, said = payments(lent, FALLING), quote(lent, FALLING)
    assert rows[0].payment == said.first
    assert abs(rows[-1].payment.fen - said.last.fen) <= 1
    assert abs(Money.sum(row.interest for row in rows).fen - said.interest.fen) <= 180


loans = st.builds(
    Loan, st.integers(1, 10**10).map(Money), st.decimals("0", "0.2", places=5), st.integers(1, 372),
)


@settings(max_examples=40)
@given(loans, st.sampled_from(Method))
def test_every_table_pays_back_exactly_what_was_lent(lent: Loan, method: Method) -> None:
    rows = payments(lent, method)
    assert len(rows) == lent.months
    assert Money.sum(row.principal for row in rows) == lent.principal
    assert rows[-1].balance == ZERO
    assert all(row.payment == row.principal + row.interest and row.balance >= ZERO for row in rows)


@settings(max_examples=40)
@given(loans)
def test_falling_payments_cost_no_more_interest_than_level_ones(lent: Loan) -> None:
    assert quote(lent, FALLING).interest.fen <= quote(lent, LEVEL).interest.fen + 1


@pytest.mark.parametrize(("parts", "monthly"), [
    ((loan(60, "2.6", 360), loan(60, "3.05", 360)), ("2402.04", "2545.83", "4947.87")),
    ((loan(100, "2.6", 300), loan(40, "3.5", 300)), ("4536.70", "2002.49", "6539.19")),
])
def test_loans_taken_together_add_up(parts: tuple[Loan, Loan], monthly: tuple[str, str, str]) -> None:
    assert [quote(part, LEVEL).first for part in parts] == [yuan(monthly[0]), yuan(monthly[1])]
    assert combined_quote(parts, LEVEL).first == yuan(monthly[2])
    assert combined_payments(parts, LEVEL)[0].payment == yuan(monthly[2])


def test_a_shorter_loan_of_two_ends_first() -> None:
    short, long = loan(10, "2.6", 12), loan(10, "3.5", 24)
    rows = combined_payments([short, long], LEVEL)
    assert len(rows) == 24
    assert rows[12].payment == payments(long, LEVEL)[12].payment
    assert rows[-1].balance == ZERO
    assert combined_quote([short, long], FALLING).last == quote(long, FALLING).last


def test_the_bank_wants_twice_the_payment_as_income() -> None:
    assert income_needed(yuan("4003.40")) == yuan("8006.80")


@pytest.mark.parametrize(("age", "years"), [(25, 30), (40, 30), (45, 25), (70, 0), (80, 0)])
def test_age_and_term_together_have_a_limit(age: int, years: int) -> None:
    assert longest_term(age) == years


@pytest.mark.parametrize(("rate", "months"), [("0.03", 0), ("-0.01", 12)])
def test_a_loan_without_months_or_with_a_negative_rate_is_refused(rate: str, months: int) -> None:
    with pytest.raises(FieldMalformed):
        Loan(yuan(1), Decimal(rate), months)
