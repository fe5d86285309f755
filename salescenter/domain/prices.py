"""From the list price to the price of a deal: the discount chain (折扣), and the limits no price may pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import pairwise

from salescenter.domain.money import ZERO, Money, Rounding, average, round_fen
from salescenter.domain.price_refusals import AboveListPrice
from salescenter.domain.refusals import (
    AboveFiledPrice,
    AmountNotPositive,
    BelowFloorPrice,
    DiscountsClash,
    DiscountTooDeep,
    NoArea,
)
from salescenter.domain.units import PriceBasis


def outdated(basis: PriceBasis | str, was: tuple[object, object], now: tuple[object, object]) -> bool:
    """Say whether a list total that stays is outdated: the area it was set for (area, inner, any one unit) is another.

    Its price has to be approved again (价格待审) before the unit is sold, as after a refund or an exchange.
    """
    at = 1 if basis == PriceBasis.INNER else 0
    return bool(was[at]) and was[at] != now[at]


LIMITS, FLOORS = "discount-limits", "group-floors"
"""The house's settings that hold how deep each role may go alone, and the floors of its groups: shares of the list
price by role, and by group."""


def building_group(building: object) -> str:
    """Name a building as a group with a floor of its own."""
    return f"building-{building}"


def phase_group(phase: object) -> str:
    """Name a phase as a group with a floor of its own."""
    return f"phase-{phase}"


class DiscountKind(StrEnum):
    """What a discount does to the price so far."""

    RATE = "rate"                      # 折: the price times the value (0.98 is 98 折)
    AMOUNT_OFF = "amount-off"          # 总价优惠: yuan off the total
    UNIT_PRICE_OFF = "unit-price-off"  # 单价优惠: yuan off each square metre of the basis
    FIXED_TOTAL = "fixed-total"        # 一口价: the total is this many yuan


@dataclass(frozen=True, slots=True)
class Discount:
    """One discount by name; `value` is a rate or exact yuan, as its kind says."""

    name: str
    kind: DiscountKind
    value: Decimal


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One step of the build-up, shown to the fen."""

    name: str
    before: Money
    after: Money

    @property
    def difference(self) -> Money:
        """What this step adds; negative where it takes off."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class BuildUp:
    """How a price came about: list price + differences + rounding = total; the total is the truth.

    `unit_price` is total / area of the basis, half up to a fen, and None where there is no area;
    multiplying it back need not give the total.
    """

    list_total: Money
    lines: tuple[PriceLine, ...]
    total: Money
    unit_price: Money | None

    @property
    def rounding(self) -> Money:
        """What the one rounding at the end added or took away."""
        return self.total - (self.lines[-1].after if self.lines else self.list_total)


def price_build_up(list_total: Money, area: Decimal, basis: PriceBasis, discounts: Sequence[Discount],
                   rounding: Rounding) -> BuildUp:
    """Apply discounts in the order given, exactly, and round once at the end.

    `area` is in square metres of the basis the unit is priced on (gross or inner; any for a lump sum).
    A list price without discounts stays as it stands in the list. Refuses with
    `DiscountsClash`, and `AmountNotPositive` where nothing is left of the price.
    """
    check_discounts(discounts, basis)
    with localcontext(prec=60):
        steps = [Decimal(list_total.fen)]
        for discount in discounts:
            steps.append(_applied(discount, steps[-1], area))
    shown = [round_fen(step, Rounding.TO_FEN) for step in steps]
    lines = tuple(PriceLine(d.name, before, after)
                  for d, (before, after) in zip(discounts, pairwise(shown), strict=True))
    total = round_fen(steps[-1], rounding) if discounts else list_total
    if discounts and total <= ZERO:
        raise AmountNotPositive(amount=total)
    return BuildUp(list_total, lines, total, average(total, area))


def _applied(discount: Discount, fen: Decimal, area: Decimal) -> Decimal:
    match discount.kind:
        case DiscountKind.RATE:
            return fen * discount.value
        case DiscountKind.AMOUNT_OFF:
            return fen - discount.value * 100
        case DiscountKind.UNIT_PRICE_OFF:
            return fen - discount.value * 100 * area
        case DiscountKind.FIXED_TOTAL:
            return discount.value * 100


_ON_TOTAL = (DiscountKind.AMOUNT_OFF, DiscountKind.FIXED_TOTAL)


def check_discounts(discounts: Sequence[Discount], basis: PriceBasis) -> None:
    """Refuse discounts that may not stand together: `DiscountsClash(first, second, why)`.

    `why` is "total-and-unit", "two-fixed-totals" or "unit-price-on-lump-sum".
    """
    on_total = [d for d in discounts if d.kind in _ON_TOTAL]
    on_unit = [d for d in discounts if d.kind is DiscountKind.UNIT_PRICE_OFF]
    fixed = [d for d in discounts if d.kind is DiscountKind.FIXED_TOTAL]
    if on_unit and basis is PriceBasis.LUMP:
        raise DiscountsClash(first=on_unit[0].name, second="", why="unit-price-on-lump-sum")
    if on_total and on_unit:
        raise DiscountsClash(first=on_total[0].name, second=on_unit[0].name, why="total-and-unit")
    if len(fixed) > 1:
        raise DiscountsClash(first=fixed[0].name, second=fixed[1].name, why="two-fixed-totals")


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor price (底价) and whose it is: "unit", "project", or the name of a building or phase."""

    price: Money
    of: str = "unit"


def highest_floor(list_total: Money, own: Money | None, rates: Iterable[tuple[str, Decimal]],
                  rounding: Rounding) -> Floor | None:
    """Return the floor that counts: of room, project and group the highest; None where there is none.

    `own` is the room's, `rates` are shares of the list price (0.95) by whose they are, rounded as a price is.
    """
    shares = [Floor(round_fen(list_total.fen * rate, rounding), of) for of, rate in rates]
    found = [one for one in (Floor(own or ZERO), *shares) if one.price]
    return max(found, key=lambda one: one.price, default=None)


def check_price(total: Money, list_total: Money, filed: Money | None = None, floor: Floor | None = None,
                limit_rate: Decimal | None = None, approved: bool = False, approver: str = "",
                rounding: Rounding = Rounding.TO_FEN) -> None:
    """Refuse a price that passes a limit; an approval opens all but the filed price (备案价) and the list price.

    `limit_rate` is the deepest rate of the list price the person may give (0.97); it is rounded as the
    price was, so that 97 折 within a limit of 97 折 never fails by a fen. `approver` is who could say yes.
    """
    if filed is not None and total > filed:
        raise AboveFiledPrice(price=total, filed=filed)
    if total > list_total:
        raise AboveListPrice(price=total, listed=list_total)
    if approved:
        return
    if floor is not None and total < floor.price:
        raise BelowFloorPrice(price=total, floor=floor.price, of=floor.of, approver=approver)
    if limit_rate is not None and total < round_fen(list_total.fen * limit_rate, rounding):
        raise DiscountTooDeep(rate=rate_of(total, list_total), limit=limit_rate, approver=approver)


def rate_of(total: Money, list_total: Money) -> Decimal | None:
    """Return the discount rate (折扣率) price / list price, exact; None where the list price is zero."""
    return Decimal(total.fen) / list_total.fen if list_total else None


def inner_unit_price(gross_unit: Money, gross: Decimal, inner: Decimal) -> Money:
    """Price a square metre of inner area (套内单价): gross price x gross / inner area, half up to a fen."""
    if inner <= 0:
        raise NoArea(unit="")
    return round_fen(gross_unit.fen * gross / inner, Rounding.TO_FEN)


def gross_unit_price(inner_unit: Money, gross: Decimal, inner: Decimal) -> Money:
    """Price a square metre of construction area (建面单价) from the inner price, half up to a fen."""
    return inner_unit_price(inner_unit, inner, gross)

