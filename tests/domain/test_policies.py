"""The law by its day: a change is a row."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain import policies as p
from salescenter.domain.calendar import WorkTable
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.policies import Deadline, Policy, Term, cost_rates_on, deadline, in_force, row_in_force
from salescenter.domain.refusals import NoPolicy

ROWS = (
    Policy(date(2024, 12, 1), "new"), Policy(date(2020, 1, 1), "old"),
    Policy(date(2026, 1, 1), "short", until=date(2026, 1, 31)),
)


@pytest.mark.parametrize(("day", "value"), [
    (date(2020, 1, 1), "old"), (date(2024, 11, 30), "old"), (date(2024, 12, 1), "new"), (date(2026, 1, 31), "short"),
])
def test_the_latest_row_that_has_begun_is_in_force(day: date, value: str) -> None:
    assert in_force(ROWS, day) == value


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2026, 2, 1)])
def test_without_a_row_in_force_nothing_is_guessed(day: date) -> None:
    with pytest.raises(NoPolicy) as refused:
        in_force(ROWS, day)
    assert refused.value.details == {"day": day}


@given(st.dates(date(2020, 1, 1), date(2025, 12, 31)))
def test_the_row_says_since_when(day: date) -> None:
    assert row_in_force(ROWS, day).since <= day


@pytest.mark.parametrize(("rows", "day", "value"), [
    (p.COMMERCIAL_RATE, date(2025, 6, 1), "0.035"), (p.COMMERCIAL_RATE, date(2024, 2, 20), "0.0395"),
    (p.PROVIDENT_RATE, date(2025, 5, 8), "0.026"), (p.PROVIDENT_RATE, date(2025, 5, 7), "0.0285"),
    (p.PROVIDENT_RATE_SECOND, date(2025, 5, 8), "0.03075"), (p.LEAST_DOWN_COMMERCIAL, date(2025, 1, 1), "0.15"),
    (p.LEAST_DOWN_PROVIDENT, date(2025, 1, 1), "0.20"), (p.VAT, date(2025, 1, 1), "0.09"),
    (p.VAT_OLD_PROJECT, date(2025, 12, 31), "0.05"), (p.VAT_OLD_PROJECT, date(2026, 1, 1), "0.03"),
])
def test_the_rates_the_program_comes_with(rows: tuple[Policy[Decimal], ...], day: date, value: str) -> None:
    assert in_force(rows, day) == Decimal(value)


def test_the_terms_the_program_comes_with() -> None:
    today = date(2025, 3, 1)
    assert in_force(p.AREA_DIFFERENCE, today).refund_days == 15
    assert in_force(p.OWNERSHIP, today).visit_days == 10


def test_the_rates_of_a_day_are_gathered() -> None:
    rates = cost_rates_on(date(2025, 3, 1))
    assert (rates.vat, rates.registration_home) == (Decimal("0.09"), Money.yuan(80))
    with pytest.raises(NoPolicy):
        cost_rates_on(date(2015, 1, 1))


@pytest.mark.parametrize(("lenders", "day", "share"), [
    ({LoanKind.COMMERCIAL}, date(2024, 5, 16), "0.20"), ({LoanKind.COMMERCIAL}, date(2024, 5, 17), "0.15"),
    ({LoanKind.PROVIDENT}, date(2025, 1, 1), "0.20"), (set(LoanKind), date(2025, 1, 1), "0.20"),
    (set(), date(2025, 1, 1), "0"),
])
def test_the_strictest_lender_says_how_much_is_paid_down(lenders: set[LoanKind], day: date, share: str) -> None:
    assert p.least_down(lenders, day) == Decimal(share)


def test_rows_of_one_rule_begin_on_different_days() -> None:
    tables = (p.DEED_TAX, p.VAT, p.VAT_OLD_PROJECT, p.COMMERCIAL_RATE, p.PROVIDENT_RATE, p.PROVIDENT_RATE_SECOND,
              p.LEAST_DOWN_COMMERCIAL)
    for rows in tables:
        days = [row.since for row in rows]
        assert days == sorted(set(days))


@pytest.mark.parametrize(("name", "last"), [
    (Deadline.REFUND, date(2025, 3, 16)), (Deadline.DUNNING, date(2025, 6, 1)),
    (Deadline.TITLE_PRESALE, date(2025, 5, 30)), (Deadline.SHOW_MORTGAGE, date(2025, 3, 5)),
])
def test_deadlines_run_from_the_day_after(name: Deadline, last: date) -> None:
    base = date(2025, 3, 1)
    assert deadline(base, in_force(p.DEADLINES[name], base), WorkTable()) == last


def test_every_deadline_has_a_term() -> None:
    assert set(p.DEADLINES) == set(Deadline)
    for rows in p.DEADLINES.values():
        assert deadline(date(2025, 3, 1), in_force(rows, date(2025, 3, 1)), WorkTable()) > date(2025, 3, 1)


def test_working_days_pass_over_holidays() -> None:
    table = WorkTable(off=frozenset({date(2025, 3, 3)}))
    assert deadline(date(2025, 3, 1), Term(days=1, working=True), table) == date(2025, 3, 1) + timedelta(days=3)
