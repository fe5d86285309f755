"""Months end where months end; working days follow the official table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.calendar import (
    WorkTable,
    add_months,
    add_working_days,
    after,
    is_working,
    on_or_after,
    working_days_between,
)

SPRING = WorkTable(  # Spring Festival 2025
    off=frozenset(date(2025, 1, 28) + timedelta(days=n) for n in range(8)),
    on=frozenset({date(2025, 1, 26), date(2025, 2, 8)}),
    years=frozenset({2025}),
)


@pytest.mark.parametrize(("day", "months", "expected"), [
    ((2025, 1, 31), 1, (2025, 2, 28)), ((2024, 1, 31), 1, (2024, 2, 29)), ((2025, 1, 31), 3, (2025, 4, 30)),
    ((2025, 11, 30), 3, (2026, 2, 28)), ((2025, 12, 15), 1, (2026, 1, 15)), ((2025, 3, 31), -1, (2025, 2, 28)),
    ((2025, 1, 15), -1, (2024, 12, 15)), ((2025, 5, 5), 0, (2025, 5, 5)),
])
def test_a_month_too_short_ends_on_its_last_day(
    day: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert add_months(date(*day), months) == date(*expected)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_added_months_land_in_the_right_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_a_term_counts_months_first_then_days() -> None:
    assert after(date(2025, 1, 31), 1, 7) == date(2025, 3, 7)


def test_holidays_are_off_and_exchanged_weekends_are_worked() -> None:
    assert not is_working(date(2025, 1, 29), SPRING)
    assert is_working(date(2025, 1, 26), SPRING)
    assert not is_working(date(2025, 1, 25), SPRING)
    assert on_or_after(date(2025, 1, 28), SPRING) == date(2025, 2, 5)
    assert on_or_after(date(2025, 2, 8), SPRING) == date(2025, 2, 8)


def test_three_working_days_pass_over_the_festival() -> None:
    assert add_working_days(date(2025, 1, 25), 3, SPRING) == date(2025, 2, 5)
    assert add_working_days(date(2025, 2, 5), -1, SPRING) == date(2025, 1, 27)
    assert add_working_days(date(2025, 1, 29), 0, SPRING) == date(2025, 1, 29)


@given(st.dates(date(2025, 1, 1), date(2025, 3, 1)), st.integers(0, 40))
def test_counting_back_gives_the_count(day: date, count: int) -> None:
    assert working_days_between(day, add_working_days(day, count, SPRING), SPRING) == count


def test_no_days_lie_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2025, 3, 4), date(2025, 3, 3), SPRING) == 0


def test_a_year_without_an_announcement_says_so() -> None:
    assert SPRING.announced(date(2025, 6, 1))
    assert not SPRING.announced(date(2026, 1, 1))
    assert is_working(date(2026, 1, 1), SPRING)  # only weekends are known yet
