"""The same papers at their worst: nine buyers, forty instalments, the longest names, the largest amounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import cycle, islice
from typing import Any

from salescenter.domain.amounts_in_words import MOST, digit_boxes, in_words
from salescenter.domain.money import Money
from salescenter.domain.papers.deal import Buyer, DueLine, Payment, Price
from salescenter.domain.papers.quotation import LoanLine
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper

PLACES = "万仟佰拾亿仟佰拾万仟佰拾元角分"
_FILLER = "云栖阿卜杜热合曼·买买提江𬭚䶮（B座）O'Neil置业—"
LONGEST = {
    "name": 30, "payer": 90, "house": 40, "project": 30, "approved_name": 40, "address": 70, "origin": 40, "remark": 60,
    "note": 50, "reason": 50, "customer": 40, "consultant": 16, "receptionist": 16, "cashier": 16, "handler": 16,
    "value": 60, "said": 16, "plan": 40, "basis": 40, "taken_by": 20, "room": 28, "buyers": 120, "contract": 24, "days": 24,
    "agent": 30, "manager": 40, "surveyor": 40, "bank": 40, "account_name": 40, "lender": 40, "condition": 30, "sharing": 80,
    "land_where": 70, "land_certificate": 40, "structure": 20, "type": 16, "facing": 8, "method": 12, "slip": 40,
    "deal": 24, "person": 30, "licence": 24, "qualification": 24, "permit_by": 40, "label": 10,
}
"""How many letters each field of a paper may have; what is not named stays as it is."""


def worst(value: Any, name: str = "") -> Any:
    """Return a paper, or any part of one, with everything in it as long and as large as it may be."""
    if isinstance(value, Money):
        return MOST if value.fen > 0 else value
    if type(value) is str:
        return long(value, LONGEST.get(name, 0) if value else 0)
    if isinstance(value, tuple) and name in ("cells", "totals") and value and isinstance(value[0], str):
        return tuple(cell if not cell else "9,999,999,999,999.99" if _is_amount(cell) else long(cell, 30) for cell in value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(worst(one, name) for one in (_MORE[name](value) if name in _MORE else value))
    if isinstance(value, Mapping):
        return {key: worst(one, "value" if isinstance(one, str) else key) for key, one in value.items()}
    return _worst_value(value) if is_dataclass(value) else value


def _worst_value(value: Any) -> Any:
    changed = {one.name: worst(getattr(value, one.name), one.name) for one in fields(value)}
    return _SAID.get(type(value), lambda made: made)(replace(value, **changed))


def long(text: str, letters: int) -> str:
    """Lengthen a text to so many letters."""
    return text + "".join(islice(cycle(_FILLER), max(0, letters - len(text))))


def _is_amount(cell: str) -> bool:
    return re.fullmatch(r"-?[\d,]+\.\d\d", cell) is not None


_MORE: dict[str, Callable[[tuple[Any, ...]], tuple[Any, ...]]] = {
    "buyers": lambda buyers: tuple(islice(cycle(buyers), 9)),
    "schedule": lambda lines: tuple(islice(cycle(lines), 40)),
    "lines": lambda lines: tuple(islice(cycle(lines), 7)) if lines and isinstance(lines[0], ReceiptLine) else lines,
}


def _receipt(paper: ReceiptPaper) -> ReceiptPaper:
    return replace(paper, words=in_words(MOST), places=PLACES, boxes=digit_boxes(MOST, PLACES))


def _price(price: Price) -> Price:
    total, deposit = (digit_boxes(most, row) for most, row in ((_HOME, price.places), (_DEPOSIT, price.deposit_places)))
    return replace(price, total=_HOME, words=in_words(_HOME), boxes=total,
                   deposit=_DEPOSIT, deposit_words=in_words(_DEPOSIT), deposit_boxes=deposit)


_HOME, _DEPOSIT = Money.yuan("999999999.99"), Money.yuan("9999999.99")
"""The largest a form's boxes have room for."""
_A_MONTH = Money.yuan("99999999.99")

_SAID: dict[type, Callable[[Any], Any]] = {
    ReceiptPaper: _receipt, Price: _price,
    Payment: lambda one: replace(one, down_words=in_words(MOST), loan_words=in_words(MOST)),
    LoanLine: lambda one: replace(one, level=_A_MONTH, first=_A_MONTH, last=_A_MONTH, fall=_A_MONTH),
    DueLine: lambda one: replace(one, words=in_words(MOST)),
    Buyer: lambda one: replace(one, agent=one.agent or one.name, agent_phone="13800005521"),
}
