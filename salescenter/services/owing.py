"""What living deals owe (应收) and the contracts that live (签约), counted in the daily figures as they stand now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from salescenter.data import money
from salescenter.data.reports.standing import CONTRACT, CONTRACT_PAID, DUE, DUE_PAID
from salescenter.domain.money import Money
from salescenter.services.work import Work


def count_dues(work: Work, lines: Iterable[Any], times: int = 1) -> None:
    """Count lines of a schedule on the days they fall due, or take them out (-1); others wait for their condition."""
    for line in lines:
        if line.due is not None:
            work.count(DUE, fen=times * line.amount.fen, day=line.due)


def count_paid(work: Work, signed: date | None, parts: Iterable[tuple[date | None, Money]]) -> None:
    """Count money laid over lines that fall due on these days; where a contract is signed, also as paid on it."""
    for day, amount in parts:
        if day is not None:
            work.count(DUE_PAID, fen=amount.fen, day=day)
        if signed is not None:
            work.count(CONTRACT_PAID, fen=amount.fen, day=signed)


def count_contract(work: Work, row: Any, signed: date) -> None:
    """Count a deal's contract on the day it is signed, with what was paid before."""
    paid = Money.sum(line.paid for line in money.dues_of(work.connection, row.id))
    work.count(CONTRACT, count=1, fen=row.total.fen, day=signed)
    work.count(CONTRACT_PAID, fen=paid.fen, day=signed)


def count_out(work: Work, row: Any) -> None:
    """Take out of the figures what a deal that ends owed, had paid, and had signed."""
    lines = money.dues_of(work.connection, row.id)
    count_dues(work, lines, -1)
    count_paid(work, row.signed, ((line.due, -line.paid) for line in lines))
    if row.signed is not None:
        work.count(CONTRACT, count=-1, fen=-row.total.fen, day=row.signed)
