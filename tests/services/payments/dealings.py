"""What the tests of money do and ask again and again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from salescenter.data.history import tally
from salescenter.domain.receipts import Method
from salescenter.services.payments.receipts import (
    Receipted,
    RefundRequest,
    VoidRequest,
    refund,
    void,
)
from tests.houses import Estate, yuan


def figure(estate: Estate, name: str, part: str = "") -> tuple[int, int]:
    """A figure of today: count and yuan."""
    row = estate.read(select(tally).where(tally.c.figure == name, tally.c.part == part, tally.c.day == estate.today))
    return (row.count, row.fen // 100) if row else (0, 0)


def back(estate: Estate, amount: Any, code: str = "1-101", who: str = "cash", **more: Any) -> Receipted:
    said: dict[str, Any] = {"method": Method.TRANSFER, "payee": "陈一帆", "reason": "退款"} | more
    asked = RefundRequest(estate.deal(code).id, yuan(amount), **said)
    return refund(estate.desk(who), asked, estate.later(seconds=1))


def counter(estate: Estate, number: int, who: str = "cash", reason: str = "写错金额") -> Receipted:
    return void(estate.desk(who), VoidRequest(number, reason), estate.later(seconds=1))
