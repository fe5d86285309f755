"""Figures are written the same everywhere: amounts in full, summaries in 万 and 亿, days short in their own year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from salescenter.domain.money import Money
from salescenter.i18n import speak
from salescenter.ui.kit import formats

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, 41, tzinfo=timezone(timedelta(hours=8)))


def test_an_amount_shows_thousands_and_fen() -> None:
    assert formats.money(Money(234048247)) == "2,340,482.47"
    assert formats.money(Money(-7188866)) == "−71,888.66"
    assert formats.money(None) == "—"


@pytest.mark.parametrize(("yuan", "said"), [
    (2_340_482, "234.0万"), (462_000_000, "4.62亿"), (9_999, "9,999"), (10_000, "1.0万"), (-20_000, "−2.0万"), (0, "0"),
])
def test_a_summary_counts_in_wan_and_yi(yuan: int, said: str) -> None:
    assert formats.money_short(Money.yuan(yuan)) == said


def test_an_english_summary_counts_in_millions() -> None:
    speak("en")
    assert formats.money_short(Money.yuan(2_340_482)) == "2.34 m"
    assert formats.money_short(Money.yuan(20_000)) == "20,000"


def test_areas_counts_and_shares() -> None:
    assert formats.area(Decimal("107.6")) == "107.60"
    assert formats.area(Decimal("1207.6"), unit=True) == "1,207.60㎡"
    assert formats.count(20_000) == "20,000"
    assert formats.percent(Decimal("0.63249")) == "63.2%"
    assert formats.percent(Decimal("0.5"), 0) == "50%"
    assert {formats.area(None), formats.count(None), formats.percent(None)} == {"—"}


def test_a_day_names_its_year_only_when_it_is_another() -> None:
    assert formats.day(date(2026, 2, 24), TODAY) == "02-24"
    assert formats.day(date(2025, 2, 24), TODAY) == "2025-02-24"
    assert formats.day(None, TODAY) == "—"
    assert formats.day_full(date(2026, 2, 24), TODAY) == "02-24 周二"


def test_a_moment_of_today_is_a_time_on_our_clock() -> None:
    assert formats.moment(datetime(2026, 3, 1, 1, 5, tzinfo=UTC), NOW) == "09:05"
    assert formats.moment(datetime(2026, 2, 24, 7, 42, tzinfo=UTC), NOW) == "02-24 15:42"
    assert formats.moment(None, NOW) == "—"


def test_the_days_to_a_day_are_said() -> None:
    assert formats.days_left(date(2026, 3, 3), TODAY) == "还剩 2 天"
    assert formats.days_left(TODAY, TODAY) == "今天"
    assert formats.days_left(date(2026, 2, 27), TODAY) == "已过 2 天"


def test_english_says_one_day() -> None:
    speak("en")
    assert formats.days_left(TODAY + timedelta(1), TODAY) == "1 day left"
    assert formats.days_left(TODAY + timedelta(2), TODAY) == "2 days left"
    assert formats.days_left(TODAY - timedelta(1), TODAY) == "1 day over"
