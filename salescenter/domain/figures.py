"""The manager's figures, each a small formula; a denominator of zero gives None, never a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from salescenter.domain.money import ZERO, Money, average

Quantity = Money | Decimal | int
"""Sets, square metres, or money: a ratio takes two of one kind."""


def ratio(part: Quantity, whole: Quantity) -> Decimal | None:
    """Divide one quantity by another of its kind; exact, None where the whole is zero."""
    below = _number(whole)
    return _number(part) / below if below else None


def ratio_of_sums(rows: Iterable[tuple[Quantity, Quantity]]) -> Decimal | None:
    """Return the figure of a total row: sum of parts / sum of wholes, never the mean of ratios."""
    parts = wholes = Decimal(0)
    for part, whole in rows:
        parts += _number(part)
        wholes += _number(whole)
    return parts / wholes if wholes else None


def percent(value: Decimal | None, places: int = 2) -> str:
    """Write a ratio as a percentage, half up: 53.13 %; a dash where there is no figure."""
    if value is None:
        return "—"
    return f"{(value * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,} %"


# --- stock and sales


@dataclass(frozen=True, slots=True)
class Stock:
    """The value of an estate (货值) by where its units stand; `held` is part of `for_sale`."""

    signed: Money        # B
    subscribed: Money    # C, not yet signed
    not_released: Money  # D
    for_sale: Money      # E
    held: Money = ZERO

    @property
    def whole(self) -> Money:
        """A = B + C + D + E."""
        return self.signed + self.subscribed + self.not_released + self.for_sale

    @property
    def saleable(self) -> Money:
        """可售 = E - held."""
        return self.for_sale - self.held


def absorption(sold: Quantity, batch: Quantity) -> Decimal | None:
    """去化率: sold / original total of the same batch, by sets, area or amount; the denominator is fixed."""
    return ratio(sold, batch)


def absorption_of_project(sold: Quantity, project: Quantity) -> Decimal | None:
    """整盘去化率: sold / whole project."""
    return ratio(sold, project)


def absorption_of_supply(sold: Quantity, supplied: Quantity) -> Decimal | None:
    """已供去化率: sold / released so far."""
    return ratio(sold, supplied)


def absorption_of_permitted(sold_this_year: Quantity, permitted_unsold: Quantity) -> Decimal | None:
    """取证去化率: sold this year / (sold this year + permitted and unsold)."""
    return ratio(sold_this_year, _number(sold_this_year) + _number(permitted_unsold))


def months_to_sell(remaining: Quantity, sold: Quantity, months: int) -> Decimal | None:
    """去化周期: remaining / monthly average of what was sold in the last months."""
    return ratio(_number(remaining) * months, sold)


def sales_rate(sold: Quantity, saleable: Quantity) -> Decimal | None:
    """销售率: sold / what could be sold."""
    return ratio(sold, saleable)


def net_signed(signed: int, cancelled: int, exchanged: int = 0) -> int:
    """净签约 in sets: signed - cancelled + difference of exchanges."""
    return signed - cancelled + exchanged


def net_amount(signed: Money, cancelled: Money, exchanged: Money = ZERO) -> Money:
    """净签约额, or 净收款: in - back + difference of exchanges."""
    return signed - cancelled + exchanged


def completion(done: Quantity, target: Quantity) -> Decimal | None:
    """完成比: done / target, by sets, area or amount."""
    return ratio(done, target)


# --- money


def collected_of_contracts(received: Money, contracts: Money) -> Decimal | None:
    """回款率 of the contract total: received so far / contracts so far."""
    return ratio(received, contracts)


def collected_of_due(received: Money, due: Money) -> Decimal | None:
    """回款率 of what is due: received / due by now."""
    return ratio(received, due)


def collected_of_plan(received: Money, planned: Money) -> Decimal | None:
    """回款率 of the plan: received in the period / planned for it."""
    return ratio(received, planned)


def mortgages_collected(released: Money, lent: Money) -> Decimal | None:
    """按揭回款率: loans received in the period on contracts signed in it / their loan amount."""
    return ratio(released, lent)


def on_the_way(contracts: Money, received: Money) -> Money:
    """在途: signed and not yet received."""
    return contracts - received


def share_on_the_way(contracts: Money, received: Money) -> Decimal | None:
    """在途 / contract total."""
    return ratio(on_the_way(contracts, received), contracts)


# --- customers


def conversion(next_stage: int, stage: int) -> Decimal | None:
    """转化率: next stage / stage; the caller names whether by cohort or by event."""
    return ratio(next_stage, stage)


def funnel(stages: Sequence[int]) -> tuple[Decimal | None, ...]:
    """Return the conversion of each stage to the one after it (来电 -> 来访 -> 认购 -> 签约)."""
    return tuple(conversion(later, earlier) for earlier, later in pairwise(stages))


def signing_rate(signed: int, subscribed: int) -> Decimal | None:
    """签约率: signed / subscribed of the same cohort."""
    return ratio(signed, subscribed)


def return_rate(returning: int, visits: int) -> Decimal | None:
    """复访率: returning visits / visits."""
    return ratio(returning, visits)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many days something took: mean, standard deviation, shortest and longest."""

    mean: Decimal
    deviation: Decimal
    shortest: int
    longest: int


def days_spread(days: Sequence[int]) -> Spread | None:
    """认购转签约 in days: mean and spread; None where nothing was signed."""
    if not days:
        return None
    mean = Decimal(sum(days)) / len(days)
    variance = sum(((day - mean) ** 2 for day in days), Decimal(0)) / len(days)
    return Spread(mean, variance.sqrt(), min(days), max(days))


# --- comparison and price


def average_price(amount: Money, area: Decimal) -> Money | None:
    """均价: sum of amounts / sum of areas, yuan a square metre half up to a fen; never the mean of prices."""
    return average(amount, area)


def growth(now: Quantity, before: Quantity) -> Decimal | None:
    """同比, 环比: (x - x0) / x0; None where x0 is zero."""
    return ratio(_number(now) - _number(before), before)


def discount_rate(price: Money, list_price: Money) -> Decimal | None:
    """折扣率: price / list price."""
    return ratio(price, list_price)


def premium(price: Money, base: Money) -> Decimal | None:
    """溢价率: (price - filed or floor price) / it."""
    return ratio(price - base, base)


def efficiency(inner: Decimal, gross: Decimal) -> Decimal | None:
    """得房率: inner area / construction area."""
    return ratio(inner, gross)


def shared_rate(shared: Decimal, gross: Decimal) -> Decimal | None:
    """公摊率: shared area / construction area."""
    return ratio(shared, gross)


def _number(quantity: Quantity) -> Decimal:
    return Decimal(quantity.fen if isinstance(quantity, Money) else quantity)
