"""Periods of reports: cutting, comparing, choosing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.report_periods import (
    Against,
    Grain,
    Quick,
    Span,
    bucket_around,
    buckets,
    compared,
    cut_at_months,
    fitting_grain,
    months_later,
    paired_buckets,
    previous,
    quick_of,
    quick_span,
    span_around,
    year_before,
)

TODAY = date(2025, 11, 19)  # a Wednesday
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))
SPANS = st.builds(lambda first, more: Span(first, first + timedelta(more)), DAYS, st.integers(0, 1_500))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def test_a_span_never_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        span("2025-11-02", "2025-11-01")


def test_two_days_in_either_order_make_the_same_span() -> None:
    assert span_around(TODAY, date(2025, 11, 1)) == span_around(date(2025, 11, 1), TODAY)


@given(SPANS, st.sampled_from(Grain))
def test_buckets_follow_one_another_and_cover_the_span_exactly(whole: Span, grain: Grain) -> None:
    cut = buckets(whole, grain)
    assert sum(part.days for part in cut) == whole.days
    assert (cut[0].first, cut[-1].last) == (whole.first, whole.last)
    assert all(later.first - before.last == timedelta(1) for before, later in pairwise(cut))
    assert all(bucket_around(part.first, grain) == bucket_around(part.last, grain) for part in cut)


def test_weeks_begin_on_monday() -> None:
    cut = buckets(span("2025-11-01", "2025-11-19"), Grain.WEEK)
    assert [part.first.isoformat() for part in cut] == ["2025-11-01", "2025-11-03", "2025-11-10", "2025-11-17"]


@given(SPANS)
def test_whole_months_and_edges_make_up_the_span(whole: Span) -> None:
    cut = cut_at_months(whole)
    parts = sorted([*cut.edges, *([cut.months] if cut.months else [])])
    assert sum(part.days for part in parts) == whole.days
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)
    assert cut.months is None or cut.months.is_whole_months
    assert all(edge.days <= 60 for edge in cut.edges)


@pytest.mark.parametrize(
    ("this", "before"),
    [
        (("2025-11-01", "2025-11-30"), ("2025-10-01", "2025-10-31")),  # a whole month
        (("2025-03-01", "2025-03-31"), ("2025-02-01", "2025-02-28")),
        (("2025-04-01", "2025-06-30"), ("2025-01-01", "2025-03-31")),  # a quarter
        (("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
        (("2025-11-01", "2025-11-19"), ("2025-10-01", "2025-10-19")),  # a month so far
        (("2025-03-01", "2025-03-30"), ("2025-02-01", "2025-02-28")),  # the shorter month ends earlier
        (("2025-01-01", "2025-11-19"), ("2024-01-01", "2024-11-19")),  # a year so far
        (("2025-11-17", "2025-11-19"), ("2025-11-10", "2025-11-12")),  # a week so far
        (("2025-11-19", "2025-11-19"), ("2025-11-18", "2025-11-18")),  # one day
        (("2025-11-05", "2025-11-14"), ("2025-10-26", "2025-11-04")),  # any ten days
    ],
)
def test_the_previous_period_is_the_one_the_trade_means(this: tuple[str, str], before: tuple[str, str]) -> None:
    assert previous(span(*this)) == span(*before)


@given(SPANS)
def test_the_previous_period_always_ends_before_this_one_begins(whole: Span) -> None:
    assert previous(whole).last < whole.first


def test_last_year_keeps_whole_months_whole_over_a_leap_day() -> None:
    assert year_before(span("2025-02-01", "2025-02-28")) == span("2024-02-01", "2024-02-29")
    assert year_before(span("2024-02-29", "2024-03-10")) == span("2023-02-28", "2023-03-10")
    assert compared(span("2025-11-01", "2025-11-19"), Against.LAST_YEAR) == span("2024-11-01", "2024-11-19")


def test_a_longer_previous_month_keeps_its_last_day() -> None:
    pairs = paired_buckets(span("2025-11-01", "2025-11-30"), span("2025-10-01", "2025-10-31"), Grain.DAY)
    assert len(pairs) == 31
    assert pairs[-1] == (None, span("2025-10-31", "2025-10-31"))


def test_a_month_later_than_the_31st_is_the_months_last_day() -> None:
    assert months_later(date(2025, 1, 31), 1) == date(2025, 2, 28)
    assert months_later(date(2025, 1, 31), -2) == date(2024, 11, 30)


@pytest.mark.parametrize(
    ("whole", "grain"),
    [
        (span("2025-11-01", "2025-11-30"), Grain.DAY),
        (span("2025-09-01", "2025-11-30"), Grain.WEEK),
        (span("2025-01-01", "2025-11-30"), Grain.MONTH),
    ],
)
def test_the_grain_fits_the_length(whole: Span, grain: Grain) -> None:
    assert fitting_grain(whole) is grain


@pytest.mark.parametrize(
    ("choice", "meant"),
    [
        (Quick.TODAY, ("2025-11-19", "2025-11-19")),
        (Quick.THIS_WEEK, ("2025-11-17", "2025-11-19")),
        (Quick.THIS_MONTH, ("2025-11-01", "2025-11-19")),
        (Quick.LAST_MONTH, ("2025-10-01", "2025-10-31")),
        (Quick.THIS_YEAR, ("2025-01-01", "2025-11-19")),
        (Quick.LAST_YEAR, ("2024-01-01", "2024-12-31")),
        (Quick.EVERYTHING, ("2024-12-06", "2025-11-19")),
    ],
)
def test_quick_choices_end_today_and_are_known_again(choice: Quick, meant: tuple[str, str]) -> None:
    chosen = quick_span(choice, TODAY, opened=date(2024, 12, 6))
    assert chosen == span(*meant)
    assert quick_of(chosen, TODAY, opened=date(2024, 12, 6)) is choice


def test_a_span_of_ones_own_is_no_quick_choice() -> None:
    assert quick_of(span("2025-11-03", "2025-11-08"), TODAY, opened=date(2024, 12, 6)) is None


def test_everything_before_anything_was_recorded_is_today() -> None:
    assert quick_span(Quick.EVERYTHING, TODAY, opened=date(2026, 1, 1)) == Span(TODAY, TODAY)
