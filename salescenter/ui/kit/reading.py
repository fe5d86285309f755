"""What people type, read as values: amounts, areas and days in the ways the trade writes them."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from salescenter.domain.amounts_in_words import read_words
from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed

_SCALE = {"": Decimal(1), "千": Decimal(1_000), "万": Decimal(10_000), "w": Decimal(10_000),
          "亿": Decimal(100_000_000)}
_AMOUNT = re.compile(r"^[¥]?(-?)([0-9]*\.?[0-9]*)([千万亿w]?)(?:元|yuan)?$")
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
             "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_RELATIVE = {"today": 0, "今天": 0, "今日": 0, "tomorrow": 1, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
             "yesterday": -1, "昨天": -1, "昨日": -1, "前天": -2}
_FURTHEST = 366 * 120  # days; further is a slip of the finger


def read_money(text: str) -> Money | None:
    """Read `1,234.5`, `¥1234`, `120万`, `1.2亿`, `壹佰贰拾万元整`, full-width figures too; None where it cannot be."""
    figure = _figure(text)
    if figure is None:
        return _in_words(text)
    if figure * 100 != int(figure * 100):
        return None
    return Money(int(figure * 100))


def read_area(text: str) -> Decimal | None:
    """Read an area in square metres (`107.62`, `107.62㎡`) with at most two places; None where it cannot be."""
    figure = _figure(re.sub(r"(㎡|m2|m²|平米|平方米|平)$", "", _plain(text)))
    if figure is None or figure < 0 or figure * 100 != int(figure * 100):
        return None
    return figure.quantize(Decimal("0.01"))


def read_whole(text: str) -> int | None:
    """Read a whole number, thousands commas allowed; None where it cannot be read."""
    figure = _figure(text)
    return int(figure) if figure is not None and figure == int(figure) else None


def read_day(text: str, today: date) -> date | None:
    """Read a day; None where it cannot be read.

    `3-5`, `3.5`, `3/5`, `3月5日`: the one nearest to today, for a desk writes of the months around it;
    `2026-3-5`, `20260305`; `+7`, `-3` days from today; `15`: that day of this month or, when past, the next;
    `周三`, `wed`: the next such day, today included; `today`, `明天`, `后天`.
    """
    typed = _plain(text)
    if not typed:
        return None
    if typed in _RELATIVE:
        return today + timedelta(days=_RELATIVE[typed])
    return _counted(typed, today) or _weekday(typed, today) or _full(typed) or _short(typed, today)


def _plain(text: str) -> str:
    """Full-width to half-width, no spaces or commas, lower case."""
    narrow = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s,，]", "", narrow).replace("￥", "¥").replace("−", "-").replace("m2", "㎡")


def _figure(text: str) -> Decimal | None:
    found = _AMOUNT.match(_plain(text))
    if not found or not found[2].strip("."):
        return None
    try:
        figure = Decimal(found[2]) * _SCALE[found[3]]
    except InvalidOperation:
        return None
    return -figure if found[1] else figure


def _in_words(text: str) -> Money | None:
    try:
        return read_words(text)
    except FieldMalformed:
        return None


def _counted(typed: str, today: date) -> date | None:
    found = re.fullmatch(r"([+-])(\d{1,5})(?:天|d)?", typed)
    if not found or int(found[2]) > _FURTHEST:
        return None
    return today + timedelta(days=int(found[1] + found[2]))


def _weekday(typed: str, today: date) -> date | None:
    found = re.fullmatch(r"(下?)(?:周|星期|礼拜)([一二三四五六日天])", typed)
    if found:
        ahead = (_WEEKDAYS[found[2]] - today.weekday()) % 7
        if found[1]:  # 下周三 is the Wednesday of the week after this one
            ahead = 7 - today.weekday() + _WEEKDAYS[found[2]]
        return today + timedelta(days=ahead)
    if typed[:3] in _WEEKDAYS and typed.isalpha():
        return today + timedelta(days=(_WEEKDAYS[typed[:3]] - today.weekday()) % 7)
    return None


def _full(typed: str) -> date | None:
    found = re.fullmatch(r"(\d{4}|\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?", typed) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", typed)
    if not found:
        return None
    year = int(found[1])
    return _made(year if year > 99 else 2000 + year, int(found[2]), int(found[3]))


def _short(typed: str, today: date) -> date | None:
    if found := re.fullmatch(r"(\d{1,2})[-./月](\d{1,2})[日号]?", typed):
        tried = (_made(year, int(found[1]), int(found[2])) for year in range(today.year - 1, today.year + 2))
        return min((one for one in tried if one), key=lambda one: abs((one - today).days), default=None)
    if found := re.fullmatch(r"(\d{1,2})[日号]?", typed):
        return _day_of_month(int(found[1]), today)
    return None


def _day_of_month(number: int, today: date) -> date | None:
    year, month = today.year, today.month
    if number < today.day:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return _made(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
