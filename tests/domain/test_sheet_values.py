"""What people type into cells is read as they meant it, or refused with the reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain import sheet_values as v
from salescenter.domain.money import Money
from salescenter.domain.sheet_values import Cell, Span, Unreadable, Why


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("125.53", "125.53"),
        ("１２５．５３", "125.53"),
        ("1,234.00", "1234.00"),
        ("￥1，234", "1234"),
        (" 97 ", "97"),
        (97, "97"),
        (0.1 + 0.2, "0.3"),
        ("2.5万", "25000"),
        ("1.2亿", "120000000"),
        ("-3", "-3"),
        ("1.5E+3", "1500"),
        ("--", None),
        ("／", None),
        ("无", None),
        ("", None),
        (None, None),
    ],
)
def test_numbers_are_read_however_they_were_typed(cell: Cell, value: str | None) -> None:
    assert v.number(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("cell", ["12A", "约100", True, date(2024, 1, 1), "1_000", "十二", "1,23", "E5"])
def test_what_is_no_number_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable) as trouble:
        v.number(cell)
    assert trouble.value.why is Why.NOT_A_NUMBER


@pytest.mark.parametrize("cell", ["9" * 40, 1e300, float("inf"), float("nan"), "1E99"])
def test_a_number_beyond_all_measure_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        v.hundredths(cell)


def test_a_broken_formula_is_named_as_such() -> None:
    with pytest.raises(Unreadable) as trouble:
        v.area("#DIV/0!")
    assert trouble.value.why is Why.FORMULA_ERROR


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        (125.53, 12553),
        ("125.53㎡", 12553),
        ("125.53 m2", 12553),
        ("84.9000", 8490),
        ("53.955", 5396),
        (1.005, 101),
        ("90平方米", 9000),
        (53.95000000000001, 5395),
    ],
)
def test_areas_are_hundredths_of_a_square_metre_half_up(cell: Cell, cents: int) -> None:
    assert v.area(cell) == cents


@given(st.integers(0, 10**10))
def test_no_area_or_price_drifts_on_its_way_through_a_binary_float(hundredths: int) -> None:
    assert v.hundredths(hundredths / 100) == hundredths


@given(st.decimals(0, 10**8, places=3))
def test_a_float_and_its_text_are_read_alike(value: Decimal) -> None:
    assert v.hundredths(float(value)) == v.hundredths(str(value))


@pytest.mark.parametrize(
    ("cell", "scale", "yuan"),
    [
        ("￥5,438.00元/㎡", 1, "5438"),
        (73.57614, 10_000, "735761.40"),
        ("120万", 1, "1200000"),
        ("539554元整", 1, "539554"),
    ],
)
def test_money_is_read_with_its_marks_and_its_headers_scale(cell: Cell, scale: int, yuan: str) -> None:
    assert v.money(cell, scale) == Money.yuan(yuan)


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(Unreadable) as trouble:
        v.money("-100")
    assert trouble.value.why is Why.NEGATIVE


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (43734.0, date(2019, 9, 26)),
        ("43734", date(2019, 9, 26)),
        ("2005.8.02", date(2005, 8, 2)),
        ("2005-8-2", date(2005, 8, 2)),
        ("2005/08/02", date(2005, 8, 2)),
        ("２００５年８月２日", date(2005, 8, 2)),
        ("20050802", date(2005, 8, 2)),
        (20050802.0, date(2005, 8, 2)),
        ("05.8.2", date(2005, 8, 2)),
        ("2024-02-24 16:30", date(2024, 2, 24)),
        ("2024-02-24 星期六", date(2024, 2, 24)),
        (datetime(2006, 10, 10, 9, 30), date(2006, 10, 10)),  # noqa: DTZ001  what spreadsheets hand over
        ("--", None),
    ],
)
def test_days_are_read_in_every_form_found_in_ledgers(cell: Cell, day: date | None) -> None:
    assert v.day(cell) == day


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("2023-02-30", Why.NOT_A_DAY),
        ("上周", Why.NOT_A_DAY),
        (3.0, Why.NOT_A_DAY),
        ("8月2日", Why.YEAR_MISSING),
        ("8.2", Why.YEAR_MISSING),
    ],
)
def test_a_day_that_is_none_is_refused_with_the_reason(cell: Cell, why: Why) -> None:
    with pytest.raises(Unreadable) as trouble:
        v.day(cell)
    assert trouble.value.why is why


def test_a_day_without_a_year_takes_the_year_it_is_given() -> None:
    assert v.day("8月2日", 2024) == date(2024, 8, 2)
    assert v.day("8.2", 2024) == date(2024, 8, 2)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("150-200㎡", 150, 200),
        ("300m2左右", 300, 300),
        ("90～110", 90, 110),
        ("80-100万", 800_000, 1_000_000),
        ("80万至1.2亿", 800_000, 120_000_000),
        ("200以上", 200, None),
        ("100㎡以下", None, 100),
        (120.0, 120, 120),
        ("200-150", 150, 200),
    ],
)
def test_wishes_are_read_as_ranges(cell: Cell, low: int | None, high: int | None) -> None:
    assert v.span(cell) == Span(None if low is None else Decimal(low), None if high is None else Decimal(high))


def test_a_wish_in_words_is_no_range() -> None:
    with pytest.raises(Unreadable):
        v.span("越大越好")


def test_lists_are_cut_at_any_mixture_of_separators() -> None:
    assert v.parts("学区＼地段、价格/物业，价格;--") == ("学区", "地段", "价格", "物业")
    assert v.parts("学区　地段") == ("学区", "地段")
    assert v.parts("Bay Area") == ("Bay Area",)


@pytest.mark.parametrize(
    ("said", "value"),
    [("二十三", 23), ("十", 10), ("一百零二", 102), ("三〇一", 301), ("两", 2), ("12", 12), ("甲", None), ("", None)],
)
def test_chinese_numerals_are_counted(said: str, value: int | None) -> None:
    assert v.chinese_number(said) == value


def test_kept_text_is_trimmed_and_half_width_but_not_rewritten() -> None:
    assert v.words("　Ａ１２㎡ ") == "A12㎡"
    assert v.words(701.0) == "701"
    assert v.words(datetime(2024, 2, 24)) == "2024-02-24"  # noqa: DTZ001
