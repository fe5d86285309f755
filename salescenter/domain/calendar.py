"""Days as the trade counts them: by China's clock, in months that end where months end."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "China")
"""The house's clock; China keeps one time zone and no summer time."""

_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Add calendar months; where the month is too short its last day is meant (Civil Code art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(base: date, months: int = 0, days: int = 0) -> date:
    """Count a term from a base day: first the months, then the days, as plans are written (m 月 d 天)."""
    return add_months(base, months) + _DAY * days
