"""Days as the trade counts them: working days over an official table, months that end where months end."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "China")
"""The house's clock; China keeps one time zone and no summer time."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkTable:
    """The official calendar: weekdays that are off (放假), weekend days worked (调休), years announced."""

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def announced(self, day: date) -> bool:
        """Say whether the state has published this year's holidays; before that only weekends are known."""
        return day.year in self.years


def is_working(day: date, table: WorkTable) -> bool:
    """Say whether offices work on a day (工作日)."""
    return day in table.on or (day.weekday() < 5 and day not in table.off)


def on_or_after(day: date, table: WorkTable) -> date:
    """Return the day itself when offices work, else the next working day."""
    while not is_working(day, table):
        day += _DAY
    return day


def add_working_days(day: date, count: int, table: WorkTable) -> date:
    """Count working days from the day after; a negative count goes back, zero is the day itself."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working(day, table):
            day += step
    return day


def working_days_between(first: date, last: date, table: WorkTable) -> int:
    """Count the working days after `first` up to and including `last`; 0 where `last` is not later."""
    days = (first + _DAY * n for n in range(1, (last - first).days + 1))
    return sum(is_working(day, table) for day in days)


def add_months(day: date, months: int) -> date:
    """Add calendar months; where the month is too short its last day is meant (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(base: date, months: int = 0, days: int = 0) -> date:
    """Count a term from a base day: first the months, then the days, as plans are written (m 月 d 天)."""
    return add_months(base, months) + _DAY * days
