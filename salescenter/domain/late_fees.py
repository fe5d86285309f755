"""Late payment (逾期付款违约金, 滞纳金) and late delivery: amount x daily rate x days, with its formula shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from salescenter.domain.money import ZERO, Money


class Reading(StrEnum):
    """Two readings of a contract that was not rescinded after N days late: a setting of the project."""

    WHOLE_PERIOD = "whole-period"  # every day at the higher rate
    STEPPED = "stepped"            # the first N days at the lower rate, the rest at the higher


@dataclass(frozen=True, slots=True)
class LateRule:
    """Contract form article 8: up to `threshold` days at `daily`, then `daily_after` by the reading.

    Rates are fractions a day (0.0001 is 万分之一). `grace` days without fee are the house's kindness: within
    them nothing is asked, after them the days count from the due date. `penalty_share` is y % of what had
    fallen due, should the seller rescind.
    """

    daily: Decimal
    threshold: int = 90
    daily_after: Decimal | None = None  # None: as before the threshold
    reading: Reading = Reading.WHOLE_PERIOD
    grace: int = 0
    penalty_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in on a day."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class LatePart:
    """Days with one balance and one rate: fee = owed x daily x days, half up to a fen.

    The first day that counts is the one after `since`; `until` counts.
    """

    owed: Money
    since: date
    until: date
    daily: Decimal
    fee: Money

    @property
    def days(self) -> int:
        """How many days count."""
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class LateFee:
    """The fee with its parts; the total is the sum of the parts as printed, so a letter can be checked."""

    total: Money
    days: int
    parts: tuple[LatePart, ...]


def days_late(due: date, day: date) -> int:
    """Count from the day after the due date to the day of payment inclusive; never below zero."""
    return max(0, (day - due).days)


def late_fee(amount: Money, due: date, paid: Sequence[Paid], until: date, rule: LateRule) -> LateFee:
    """Reckon the fee on one instalment up to a day; partial payments split the period.

    `until` is the day the letter is for; money that comes later is not counted. The lateness that decides
    about the threshold is that of the last fen still open.
    """
    balances = list(_balances(amount, due, paid, until))
    days = days_late(due, balances[-1][2]) if balances else 0
    if days <= rule.grace:
        return LateFee(ZERO, days, ())
    parts = tuple(part for balance in balances for part in _priced(*balance, due, days, rule))
    return LateFee(Money.sum(part.fee for part in parts), days, parts)


def late_delivery_fee(price: Money, due: date, delivered: date, daily: Decimal) -> LateFee:
    """Reckon the seller's fee for late delivery (逾期交付): the base is the whole price (article 12)."""
    return late_fee(price, due, (), delivered, LateRule(daily))


@dataclass(frozen=True, slots=True)
class RescissionRule:
    """When a seller may rescind for late payment: more days than this, and this share of the price unpaid."""

    days: int = 90
    unpaid_share: Decimal = Decimal(0)  # Shenzhen: one fifth


def seller_may_rescind(late: int, unpaid: Money, price: Money, rule: RescissionRule) -> bool:
    """Say whether lateness (days) and the unpaid sum together open the way out of the contract."""
    return late > rule.days and unpaid.fen >= rule.unpaid_share * price.fen


def rescission_penalty(due_so_far: Money, rule: LateRule) -> Money:
    """Reckon what the buyer pays when the seller rescinds: y % of all that had fallen due (累计应付款)."""
    return due_so_far.times(rule.penalty_share)


def _balances(amount: Money, due: date, paid: Iterable[Paid], until: date) -> Iterable[tuple[Money, date, date]]:
    """Yield what was owed from which day to which, as long as something was."""
    came = sorted((p for p in paid if p.day <= until), key=lambda p: p.day)
    owed = amount - Money.sum(p.amount for p in came if p.day <= due)
    late = [p for p in came if p.day > due]
    days = [due, *sorted({p.day for p in late}), until]
    for since, end in pairwise(days):
        if owed > ZERO and end > since:
            yield owed, since, end
        owed -= Money.sum(p.amount for p in late if p.day == end)


def _priced(owed: Money, since: date, until: date, due: date, days: int, rule: LateRule) -> Iterable[LatePart]:
    """Yield the parts of one stretch, cut at the threshold where the reading says so."""
    higher = rule.daily if rule.daily_after is None else rule.daily_after
    turn = due + timedelta(days=rule.threshold)
    if days <= rule.threshold or higher == rule.daily:
        cuts = [(since, until, rule.daily)]
    elif rule.reading is Reading.WHOLE_PERIOD:
        cuts = [(since, until, higher)]
    else:
        cuts = [(since, min(until, turn), rule.daily), (max(since, turn), until, higher)]
    for begin, end, daily in cuts:
        if end > begin:
            yield LatePart(owed, begin, end, daily, owed.times(daily * (end - begin).days))
