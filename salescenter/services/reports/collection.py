"""Collection (回款): what fell due, what came in, what is owing, and the three rates, each named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from salescenter.data.reports import money, standing, tallies
from salescenter.domain.figures import collected_of_contracts, collected_of_due, collected_of_plan, on_the_way
from salescenter.domain.money import ZERO, Money
from salescenter.domain.report_periods import Grain, Span, bucket_around, buckets
from salescenter.services.settings import values

PLAN = "collection_plan"
"""The setting that holds the plan (回款计划): fen by month, {"2025-11": 120000000}."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Schedule lines together: what they ask, and what was paid of it."""

    due: Money = ZERO
    paid: Money = ZERO

    @property
    def arrears(self) -> Money:
        """What is still owing."""
        return self.due - self.paid

    def __add__(self, other: Owed) -> Owed:
        return Owed(self.due + other.due, self.paid + other.paid)


@dataclass(frozen=True, slots=True)
class MoneyBucket:
    """One day, week or month: what fell due in it and was paid of that, and what came in, net of refunds."""

    span: Span
    owed: Owed
    received: Money


@dataclass(frozen=True, slots=True)
class Collection:
    """Money of a period, and all that was owed up to its last day. `plan` is None where none was made."""

    span: Span
    owed_by_day: standing.OwedByDay
    received_by_day: Mapping[int, int]  # fen, by the day's ordinal
    so_far: Owed             # everything that had fallen due by the last day
    contracts: int           # how many are signed and alive on the last day
    contract_total: Money
    contract_paid: Money
    plan: Money | None

    @property
    def owed(self) -> Owed:
        """What fell due in the period."""
        return _owed(self.owed_by_day.values())

    @property
    def received(self) -> Money:
        """What came in during the period, net of refunds."""
        return Money(sum(self.received_by_day.values()))

    @property
    def of_contracts(self) -> Decimal | None:
        """回款率 of the contract total: paid so far / contracts signed and alive."""
        return collected_of_contracts(self.contract_paid, self.contract_total)

    @property
    def of_due(self) -> Decimal | None:
        """回款率 of what is due: paid of it / due by the last day."""
        return collected_of_due(self.so_far.paid, self.so_far.due)

    @property
    def of_plan(self) -> Decimal | None:
        """回款率 of the plan: received in the period / planned for it."""
        return None if self.plan is None else collected_of_plan(self.received, self.plan)

    @property
    def on_the_way(self) -> Money:
        """在途: signed and not yet received."""
        return on_the_way(self.contract_total, self.contract_paid)


def collection(connection: Connection, project: int, span: Span, today: date) -> Collection:
    """Read a period's money from the roll-ups; what was owed at the end of a past day from the schedules."""
    owed = standing.owed_by_day(connection, project, span, today)
    then = standing.so_far(connection, project, span, today, owed)
    return Collection(
        span,
        owed,
        received_by_day(connection, project, span),
        Owed(Money(then.due), Money(then.paid)),
        then.contracts,
        Money(then.contract_fen),
        Money(then.contract_paid),
        planned(values(connection, project, span.last).get(PLAN), span),
    )


def received_by_day(connection: Connection, project: int, span: Span) -> dict[int, int]:
    """Read the price money of each day from the roll-ups, refunds taken off, in fen."""
    return dict(tallies.fen_by_day(connection, project, money.COLLECTED, span))


def money_buckets(of: Collection, grain: Grain) -> tuple[MoneyBucket, ...]:
    """Cut a period's money into days, weeks or months; the bars add up to the period's sums."""
    return tuple(
        MoneyBucket(
            part,
            _owed(of.owed_by_day[day] for day in _days(part) if day in of.owed_by_day),
            Money(sum(of.received_by_day.get(day, 0) for day in _days(part))),
        )
        for part in buckets(of.span, grain)
    )


def _owed(days: Iterable[tuple[int, int]]) -> Owed:
    columns = list(zip(*days, strict=True))
    return Owed(*(Money(sum(column)) for column in columns))


def planned(months: Any, span: Span) -> Money | None:
    """Return the plan for a span, a month cut short counting by its days; None where no month of it has a plan."""
    parts = []
    for part in buckets(span, Grain.MONTH) if months else ():
        fen = months.get(f"{part.first:%Y-%m}")
        if fen is not None:
            parts.append(Money(int(fen)).times(Decimal(part.days) / bucket_around(part.first, Grain.MONTH).days))
    return Money.sum(parts) if parts else None


def _days(span: Span) -> range:
    return range(span.first.toordinal(), span.last.toordinal() + 1)
