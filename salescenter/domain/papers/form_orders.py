"""Which number a way has in a form: forms list the ways of pricing, paying and settling in different orders."""

from __future__ import annotations

import re
from dataclasses import dataclass

GUESSED = 60
"""How sure (of 100) a number is where the form's own list cannot be read, or is in an order nobody knows."""

_ITEM = re.compile(
    r"^[\s　]*(?:(?P<figure>[1-9A-D][、.．])|(?P<round>（[1-9]）)|(?P<spoken>（[一二三四五]）)|(?P<mark>[□▁]|【▁】))"
    r"[\s　]*(?P<words>[^\n]{0,24})",
    re.MULTILINE,
)


_KINDS = ("figure", "round", "spoken", "mark")


@dataclass(frozen=True, slots=True)
class _Order:
    """The field that counts the ways in this order, and words of the first, second, third of them."""

    tag: str
    ways: tuple[re.Pattern[str], ...]


def _order(tag: str, *ways: str) -> _Order:
    return _Order(tag, tuple(map(re.compile, ways)))


_GROSS = "(?<!套内)建筑面积"
ORDERS: dict[str, tuple[_Order, ...]] = {
    "计价方式序号": (
        _order("计价方式序号", "套内", _GROSS, "套"), _order("计价方式序号·建面先", _GROSS, "套内", "套"),
    ),
    "付款方式序号": (_order("付款方式序号", "一次", "分(?:[期次]|[\\s　]*▁)", "[贷货]款|按揭|其[他它]"),),
    "面积差异序号": (_order("面积差异序号", "套内", _GROSS, "套|约定|▁"),),
    "争议方式序号": (
        _order("争议方式序号", "法院|诉讼", "仲裁"), _order("争议方式序号·仲裁先", "仲裁", "法院|诉讼"),
    ),
}  # fmt: skip
"""GF-2014-0171 prices by inner area first and goes to court first; GF-2000-0171 by gross area and to arbitration."""


def in_order(tag: str, sure: int, below: str) -> tuple[str, int]:
    """Return the field that numbers the ways as the list `below` the blank does, and how sure that is now.

    "" where that list has an order no field knows: its number would choose another way.
    """
    if tag not in ORDERS:
        return tag, sure
    items = _items(below)
    if len(items) > 1:
        fits = (order for order in ORDERS[tag] if _fits(order, items))
        return next(((order.tag, sure) for order in fits), ("", 0))
    return tag, min(sure, GUESSED)


def _fits(order: _Order, items: list[str]) -> bool:
    return all(way.search(item) for way, item in zip(order.ways, items, strict=False))


_INLINE = re.compile(r"(?:（[1-9一二三四五]）|(?<!\d)[1-9][、.．](?!\d))[\s　]*(?P<words>[^；\n]{0,24})")


def _items(below: str) -> list[str]:
    """The beginnings of the list's items: those in the rest of the line, or else those numbered like the first one."""
    inline = [one["words"] for one in _INLINE.finditer(below.partition("\n")[0])]
    if len(inline) > 1:
        return inline
    found = list(_ITEM.finditer(below))
    kinds = [next(kind for kind in _KINDS if one[kind]) for one in found]
    return [one["words"] for one, kind in zip(found, kinds, strict=True) if kind == kinds[0]]
