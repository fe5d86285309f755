"""What is owed and what contracts live: now from the daily roll-ups, at the end of a past day from the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, func, select, type_coerce

from salescenter.data.history import tally
from salescenter.data.reports import deals, money, tallies
from salescenter.domain.report_periods import Span

DUE, DUE_PAID = "due", "due-paid"
"""Fen of the schedules of living subscriptions and contracts on the day each line falls due, and paid of it."""
CONTRACT, CONTRACT_PAID = "contract", "contract-paid"
"""Contracts (网签) that live, on the day they were signed, and fen paid on them."""
FIGURES = (DUE, DUE_PAID, CONTRACT, CONTRACT_PAID)
"""All of these; their days may lie ahead."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What had fallen due by the end of a day and was paid of it, and the contracts that lived then, in fen."""

    due: int
    paid: int
    contracts: int
    contract_fen: int
    contract_paid: int


OwedByDay = Mapping[int, tuple[int, int]]
"""Fen due and fen paid of it, by the day's ordinal."""


def owed_by_day(connection: Connection, project: int, span: Span, today: date) -> OwedByDay:
    """Read what fell due each day by the schedules alive at the end of a span."""
    if span.last < today:
        rows = money.due_by_day(connection, project, span, today)
        return {day: (int(fen), int(paid)) for day, fen, paid in rows}
    paid = dict(tallies.fen_by_day(connection, project, DUE_PAID, span))
    return {day: (fen, paid.get(day, 0)) for day, fen in tallies.fen_by_day(connection, project, DUE, span)}


def so_far(connection: Connection, project: int, span: Span, today: date, owed: OwedByDay) -> SoFar:
    """Read what had fallen due by the end of a span, before it and in it (`owed`), and the contracts alive then."""
    if span.last < today:
        fallen = money.owed_until(connection, project, span.last, today)
        return SoFar(*fallen[:2], *deals.contract_sums(connection, project, span.last, today), fallen[2])
    before = connection.execute(_SO_FAR, {"project": project, "first": span.first}).one()
    due, paid, *contracts = (int(number or 0) for number in before)
    return SoFar(due + sum(fen for fen, _ in owed.values()), paid + sum(fen for _, fen in owed.values()), *contracts)


def _sum(column: Any, figure: str, *upto: Any) -> Any:
    of = (tally.c.project_id == bindparam("project"), tally.c.figure == figure, tally.c.part == "", *upto)
    return select(func.sum(type_coerce(column, BigInteger))).where(*of).scalar_subquery()


_BEFORE = tally.c.day < bindparam("first", type_=tally.c.day.type)
_SO_FAR = select(
    _sum(tally.c.fen, DUE, _BEFORE),
    _sum(tally.c.fen, DUE_PAID, _BEFORE),
    _sum(tally.c["count"], CONTRACT),
    _sum(tally.c.fen, CONTRACT),
    _sum(tally.c.fen, CONTRACT_PAID),
)


# --- counting the rows themselves


def sums(connection: Connection, project: int) -> Iterator[tuple[str, date, int, int]]:
    """Return (figure, day, count, fen) of every figure of `FIGURES` as the rows say now."""
    ever, now = Span(date.min, date.max), date.min
    for number, owing, paid in money.due_by_day(connection, project, ever, now):
        yield DUE, date.fromordinal(number), 0, int(owing)
        yield DUE_PAID, date.fromordinal(number), 0, int(paid)
    for row in deals.contracts_on(connection, project, now, now):
        yield CONTRACT, row.day, 1, int(row.fen)
        yield CONTRACT_PAID, row.day, 0, int(row.paid)
