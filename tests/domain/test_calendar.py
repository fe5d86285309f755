"""Months end where months end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.calendar import (
    add_months,
    after,
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
