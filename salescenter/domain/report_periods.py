"""Periods a report speaks of: spans of days, their buckets, what they are compared with, and the quick choices."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import zip_longest

WEEK = 7


class Grain(StrEnum):
    """How finely a period is cut."""

    DAY = "day"      # 日
    WEEK = "week"    # 周, Monday to Sunday
    MONTH = "month"  # 月


class Against(StrEnum):
    """What a period is compared with."""

    PREVIOUS = "previous"    # 环比: the period before
    LAST_YEAR = "last-year"  # 同比: the same dates a year ago


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of calendar days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a span ends on or after its first day")

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def moved(self, days: int) -> Span:
        """Return the same number of days, so many days later (earlier when negative)."""
        return Span(self.first + timedelta(days), self.last + timedelta(days))

    def until(self, day: date) -> Span:
        """Return the part up to and including a day; the first day at least."""
        return Span(self.first, max(self.first, min(self.last, day)))

    @property
    def is_whole_months(self) -> bool:
        """Say whether it begins with a month and ends with one."""
        return self.first.day == 1 and self.last == end_of_month(self.last)


def span_around(one: date, other: date) -> Span:
    """Return the span between two days, whichever comes first."""
    return Span(min(one, other), max(one, other))


def end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# --- cutting a period


_STARTS: dict[Grain, Callable[[date], date]] = {
    Grain.DAY: lambda day: day,
    Grain.WEEK: lambda day: day - timedelta(day.weekday()),
    Grain.MONTH: lambda day: day.replace(day=1),
}
_ENDS: dict[Grain, Callable[[date], date]] = {
    Grain.DAY: lambda day: day,
    Grain.WEEK: lambda day: day + timedelta(6 - day.weekday()),
    Grain.MONTH: end_of_month,
}


def bucket_around(day: date, grain: Grain) -> Span:
    """Return the whole day, week or month a day lies in."""
    return Span(_STARTS[grain](day), _ENDS[grain](day))


def buckets(span: Span, grain: Grain) -> tuple[Span, ...]:
    """Cut a span into days, weeks or months, in order; the first and the last may be cut short."""
    found = []
    day = span.first
    while day <= span.last:
        end = min(_ENDS[grain](day), span.last)
        found.append(Span(day, end))
        day = end + timedelta(1)
    return tuple(found)


def paired_buckets(span: Span, other: Span, grain: Grain) -> tuple[tuple[Span | None, Span | None], ...]:
    """Set the buckets of two spans side by side, first with first; where one has more, the other has None."""
    return tuple(zip_longest(buckets(span, grain), buckets(other, grain)))


def fitting_grain(span: Span) -> Grain:
    """Return the grain a chart of this span is read best in: about a dozen to thirty bars."""
    if span.days <= 31:
        return Grain.DAY
    return Grain.WEEK if span.days <= 26 * WEEK else Grain.MONTH


@dataclass(frozen=True, slots=True)
class MonthCut:
    """A span as the whole months inside it and the days left over at its two ends."""

    months: Span | None
    edges: tuple[Span, ...]


def cut_at_months(span: Span) -> MonthCut:
    """Separate whole months from the days before and after them, so that monthly sums can be used for the middle."""
    first = span.first if span.first.day == 1 else end_of_month(span.first) + timedelta(1)
    last = span.last if span.last == end_of_month(span.last) else span.last.replace(day=1) - timedelta(1)
    if first > last:
        return MonthCut(None, (span,))
    edges = []
    if span.first < first:
        edges.append(Span(span.first, first - timedelta(1)))
    if last < span.last:
        edges.append(Span(last + timedelta(1), span.last))
    return MonthCut(Span(first, last), tuple(edges))


# --- what it is compared with


def compared(span: Span, against: Against) -> Span:
    """Return the span that a span is compared with."""
    return previous(span) if against is Against.PREVIOUS else year_before(span)


def previous(span: Span) -> Span:
    """Return the period before (环比), as a reader of the trade expects it.

    Whole months: as many whole months before. A month so far: the same days of the month before, which may be
    shorter. A year so far: the same days of the year before. A week so far: the same weekdays of the week before.
    Anything else: as many days, ending the day before the span begins.
    """
    if span.is_whole_months:
        return _whole_months_before(span)
    if span.first.day == 1 and span.days > 1 and span.last <= end_of_month(span.first):
        return Span(months_later(span.first, -1), months_later(span.last, -1))
    if (span.first.month, span.first.day) == (1, 1) and span.first.year == span.last.year and span.days > 1:
        return year_before(span)
    if span.first.weekday() == 0 and 1 < span.days <= WEEK:
        return span.moved(-WEEK)
    return span.moved(-span.days)


def year_before(span: Span) -> Span:
    """Return the same dates a year earlier (同比); whole months stay whole when a leap day is inside."""
    first, last = months_later(span.first, -12), months_later(span.last, -12)
    return Span(first, end_of_month(last) if span.is_whole_months else last)


def _whole_months_before(span: Span) -> Span:
    length = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    return Span(months_later(span.first, -length), span.first - timedelta(1))


# --- quick choices


class Quick(StrEnum):
    """The ranges a manager picks by one press; those of the present end today."""

    TODAY = "today"
    THIS_WEEK = "this-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    EVERYTHING = "everything"


def _last_month(today: date) -> Span:
    end = today.replace(day=1) - timedelta(1)
    return bucket_around(end, Grain.MONTH)


_QUICK: dict[Quick, Callable[[date], Span]] = {
    Quick.TODAY: lambda today: Span(today, today),
    Quick.THIS_WEEK: lambda today: bucket_around(today, Grain.WEEK).until(today),
    Quick.THIS_MONTH: lambda today: bucket_around(today, Grain.MONTH).until(today),
    Quick.LAST_MONTH: _last_month,
    Quick.THIS_YEAR: lambda today: Span(date(today.year, 1, 1), today),
    Quick.LAST_YEAR: lambda today: Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
}


def quick_span(choice: Quick, today: date, opened: date) -> Span:
    """Return the span of a quick choice; `opened` is the first day anything was recorded."""
    if choice is Quick.EVERYTHING:
        return Span(min(opened, today), today)
    return _QUICK[choice](today)


def quick_of(span: Span, today: date, opened: date) -> Quick | None:
    """Return the quick choice a span is, the narrowest first where several fit; None for a span of one's own."""
    return next((choice for choice in Quick if quick_span(choice, today, opened) == span), None)
