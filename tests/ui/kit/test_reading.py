"""What people type is read as the trade writes it, and nothing else is taken for a value."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.money import Money
from salescenter.ui.kit import formats
from salescenter.ui.kit.reading import read_area, read_day, read_money, read_whole

TODAY = date(2026, 11, 21)  # a Saturday
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("typed", "fen"), [
    ("1234.5", 123450), ("1,234.50", 123450), ("￥1，234.5", 123450), ("¥ 12", 1200), ("120万", 120_000_000),
    ("1.2亿", 12_000_000_000), ("3.5w", 3_500_000), ("2千", 200_000), ("１２３．４", 12340), ("-5", -500), ("−5", -500),
    ("0", 0), ("20000元", 2_000_000), (".5", 50), ("人民币壹佰贰拾万元整", 120_000_000), ("負伍圓正", -500), ("伍角", 50),
])
def test_an_amount_is_read_in_every_usual_way(typed: str, fen: int) -> None:
    assert read_money(typed) == Money(fen)


@pytest.mark.parametrize("typed", ["", ".", "abc", "12.345", "1e5", "12万3", "--5", "1.2.3", "万", "0.0000001万", "壹百元", "一万元", "元整"])
def test_what_is_no_amount_is_not_guessed_at(typed: str) -> None:
    assert read_money(typed) is None


@given(st.integers(-10**14, 10**14))
def test_an_amount_written_is_read_again(fen: int) -> None:
    assert read_money(formats.money(Money(fen))) == Money(fen)


@pytest.mark.parametrize(("typed", "area"), [
    ("107.62", "107.62"), ("107.62㎡", "107.62"), ("107.6 m2", "107.60"), ("89平", "89.00"), ("89平米", "89.00"),
    ("1,200平方米", "1200.00"),
])
def test_an_area_is_read_with_its_unit_or_without(typed: str, area: str) -> None:
    assert str(read_area(typed)) == area


@pytest.mark.parametrize("typed", ["", "-1", "1.234", "big"])
def test_what_is_no_area_is_not_guessed_at(typed: str) -> None:
    assert read_area(typed) is None


def test_a_whole_number_is_whole() -> None:
    assert read_whole("1,200") == 1200
    assert read_whole("1.5") is None


@pytest.mark.parametrize(("typed", "day"), [
    ("3-5", date(2027, 3, 5)), ("3.5", date(2027, 3, 5)), ("12/24", date(2026, 12, 24)), ("9月1日", date(2026, 9, 1)),
    ("2026-3-5", date(2026, 3, 5)), ("2026.8.02", date(2026, 8, 2)), ("20260305", date(2026, 3, 5)),
    ("26-3-5", date(2026, 3, 5)), ("2026年3月5日", date(2026, 3, 5)),
    ("+7", date(2026, 11, 28)), ("-3", date(2026, 11, 18)), ("+7天", date(2026, 11, 28)),
    ("25", date(2026, 11, 25)), ("15", date(2026, 12, 15)), ("21", TODAY), ("30号", date(2026, 11, 30)),
    ("周三", date(2026, 11, 25)), ("星期六", TODAY), ("下周三", date(2026, 11, 25)), ("下周六", date(2026, 11, 28)),
    ("wed", date(2026, 11, 25)), ("Sunday", date(2026, 11, 22)), ("today", TODAY), ("今天", TODAY),
    ("明天", date(2026, 11, 22)), ("后天", date(2026, 11, 23)), ("昨天", date(2026, 11, 20)),
])
def test_a_day_is_read_in_every_usual_way(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "2-30", "2-29", "13-1", "abc", "+99999", "32", "2026-02-30", "周八", "0"])
def test_what_is_no_day_is_not_guessed_at(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@given(DAYS, st.integers(-180, 180))
def test_month_and_day_mean_the_year_nearest_to_today(today: date, away: int) -> None:
    meant = today + timedelta(days=away)
    if (meant.month, meant.day) != (2, 29):
        assert read_day(f"{meant.month}-{meant.day}", today) == meant


@given(DAYS, DAYS)
def test_a_day_written_is_read_again(day: date, today: date) -> None:
    assert read_day(day.isoformat(), today) == day


@given(DAYS, st.integers(1, 31))
def test_a_day_of_the_month_is_never_in_the_past(today: date, number: int) -> None:
    read = read_day(str(number), today)
    assert read is None or (read >= today and read.day == number and (read - today).days <= 31)


@given(st.text(max_size=12))
def test_no_text_makes_the_reading_fail(typed: str) -> None:
    read_day(typed, TODAY)
    read_money(typed)
    read_area(typed)


def test_an_area_keeps_two_places() -> None:
    assert read_area("107.6") == Decimal("107.60")
