"""What a form asks one by one, a line for each: instalments, pledges, and days in the parts 年 月 日."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, product, zip_longest

from salescenter.domain.amounts_in_words import in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import DueLine, Terms

PARTS = 12
"""Instalments a form may ask one by one (付款期2·金额): one for each month of a year."""

PART_FIELDS = ("款项", "金额", "大写", "日期", "条件", "比例")
PLEDGES = 2
"""Pledges a form may ask one by one (抵押情况1·抵押人): article 4 of GF-2014-0171 has places for land and works."""

DAY_PARTS = ("年", "月", "日")
_DAY = re.compile(r"([^年月日]*)年([^年月日]*)月([^年月日]*)日")
_HUNDREDTH = Decimal("0.01")


def numbered(name: str, count: int, fields: Iterable[str]) -> tuple[str, ...]:
    """The names of fields that are asked of each of several: 付款期1·金额."""
    return tuple(f"{name}{seat}·{field}" for seat, field in product(range(1, count + 1), fields))


def of_all(name: str, fields: Iterable[str]) -> tuple[str, ...]:
    """The names of fields that are asked of all of several in one place: 抵押情况·抵押人."""
    return tuple(f"{name}·{field}" for field in fields)


def day_parts(days: Iterable[str]) -> tuple[str, ...]:
    """The names of the parts of days: 签订日期·年."""
    return tuple(f"{day}·{part}" for day, part in product(days, DAY_PARTS))


def days_in_parts(names: Iterable[str], said: Mapping[str, object]) -> dict[str, str]:
    """Take days as papers write them apart, as they stand where the form has 年 月 日; empty where none is said."""
    found: dict[str, str] = {}
    for name in names:
        day = _DAY.fullmatch(str(said.get(name, "")))
        found |= zip((f"{name}·{part}" for part in DAY_PARTS), day.groups() if day else ("", "", ""), strict=True)
    return found


def parts_of(terms: Terms) -> dict[str, str]:
    """Answer what a form asks of each instalment; where 期数 counts the deposit into the first one, so does this.

    A line nobody needs is struck when it is printed.
    """
    lines = instalments(terms)
    told = chain.from_iterable(_part(line, terms.price.total) for line in lines[:PARTS])
    return dict(zip_longest(numbered("付款期", PARTS, PART_FIELDS), told, fillvalue=""))


def instalments(terms: Terms) -> tuple[DueLine, ...]:
    """Return the schedule as 期数 counts it."""
    lines, parts = terms.payment.schedule, terms.payment.parts
    early = lines[:len(lines) - parts + 1] if 0 < parts < len(lines) else ()
    return (_as_one(early), *lines[len(early):]) if early else lines


def pledges_of(terms: Terms, fields: Sequence[str]) -> dict[str, str]:
    """Answer what a form asks of each pledge, and of all in one place (抵押情况·抵押人)."""
    told = (entry.get(field, "") for entry in terms.mortgages[:PLEDGES] for field in fields)
    each = dict(zip_longest(numbered("抵押情况", PLEDGES, fields), told, fillvalue=""))
    return each | {
        name: "、".join(filter(None, dict.fromkeys(entry.get(field, "") for entry in terms.mortgages)))
        for name, field in zip(of_all("抵押情况", fields), fields, strict=True)
    }


def _as_one(lines: Sequence[DueLine]) -> DueLine:
    last = lines[-1]
    total = Money.sum(line.amount for line in lines)
    due = max((line.due for line in lines if line.due), default=None)
    return DueLine(last.name, total, due, last.condition, last.note, in_words(total))


def _part(line: DueLine, price: Money) -> tuple[str, ...]:
    due = f"{line.due.year}年{line.due.month}月{line.due.day}日" if line.due else ""
    share = Decimal(line.amount.fen) * 100 / price.fen if price else Decimal()
    percent = f"{share.quantize(_HUNDREDTH, ROUND_HALF_UP)}" if price else ""
    return line.name, str(line.amount), line.words or in_words(line.amount), due, line.condition, percent
