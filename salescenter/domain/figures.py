"""The manager's figures, each a small formula; a denominator of zero gives None, never a number."""

from __future__ import annotations

from collections.abc import Sequence
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


def net_signed(signed: int, cancelled: int, exchanged: int = 0) -> int:
    """净签约 in sets: signed - cancelled + difference of exchanges."""
    return signed - cancelled + exchanged


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


# --- comparison and price


def average_price(amount: Money, area: Decimal) -> Money | None:
    """均价: sum of amounts / sum of areas, yuan a square metre half up to a fen; never the mean of prices."""
    return average(amount, area)


def growth(now: Quantity, before: Quantity) -> Decimal | None:
    """同比, 环比: (x - x0) / x0; None where x0 is zero."""
    return ratio(_number(now) - _number(before), before)


def _number(quantity: Quantity) -> Decimal:
    return Decimal(quantity.fen if isinstance(quantity, Money) else quantity)
