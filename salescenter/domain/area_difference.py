"""Measured area against contracted area (面积差异): who pays whom, and whether the buyer may rescind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from salescenter.domain.money import Money, Rounding, round_fen
from salescenter.domain.refusals import NoArea, WrongWay


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the difference, up to a ratio of the contracted area, and how many times it is paid for."""

    upto: Decimal | None  # None: no upper end
    times: Decimal


@dataclass(frozen=True, slots=True)
class AreaRule:
    """What a contract says: beyond `tolerance` the buyer may rescind; bands price what is larger or smaller.

    `refund_days` is how soon the money returns after a rescission, `penalty` a share of the price on top.
    """

    tolerance: Decimal
    larger: tuple[Band, ...]
    smaller: tuple[Band, ...]
    refund_days: int
    penalty: Decimal = Decimal(0)


_3 = Decimal("0.03")

MODEL_FORM = AreaRule(
    tolerance=_3,
    larger=(Band(_3, Decimal(1)), Band(None, Decimal(0))),
    smaller=(Band(_3, Decimal(1)), Band(None, Decimal(2))),
    refund_days=15,
)
"""Model contract GF-2014-0171 article 13, as 商品房销售管理办法 article 20 (whose own default is 30 days)."""

SHENZHEN_2006 = AreaRule(
    tolerance=_3,
    larger=(Band(None, Decimal(0)),),
    smaller=(Band(Decimal("0.006"), Decimal(0)), Band(None, Decimal(2))),
    refund_days=10,
    penalty=Decimal("0.10"),
)
"""Shenzhen's form of 2006, article 17, for an inner area up to 300 square metres."""


@dataclass(frozen=True, slots=True)
class AreaPair:
    """Contracted and measured area in square metres."""

    contracted: Decimal
    measured: Decimal

    @property
    def difference(self) -> Decimal:
        """Measured less contracted, square metres."""
        return self.measured - self.contracted

    @property
    def ratio(self) -> Decimal:
        """The error ratio (误差比) of the contracted area; refuses with `NoArea` where that is not above zero."""
        if self.contracted <= 0:
            raise NoArea(unit="")
        return self.difference / self.contracted

    def beyond(self, tolerance: Decimal) -> bool:
        """Say whether the error is more than a ratio, on exact decimals; just at the ratio is within."""
        return abs(self.difference) > tolerance * self.contracted


@dataclass(frozen=True, slots=True)
class AreaSettlement:
    """The outcome when the buyer keeps the unit: above zero the buyer pays, below zero the seller returns."""

    ratio: Decimal
    may_rescind: bool
    amount: Money


def settle_area(basis: AreaPair, unit_price: Money, rule: AreaRule | None,
                beside: AreaPair | None = None) -> AreaSettlement:
    """Settle the difference on the area the price is counted on; money is rounded once, half up to a fen.

    `beside` is the other area (inner beside gross): an error beyond the tolerance in either lets the buyer
    rescind. `rule` None means the parties settle by their own agreement (article 13 choices 3 and 4):
    nothing is computed, `WrongWay` says so.
    """
    if rule is None:
        raise WrongWay(step="settle-area", why="own-agreement", instead="by-hand")
    sign = 1 if basis.difference > 0 else -1
    with localcontext(prec=60):
        fen = sign * sum((part.area * part.times for part in band_parts(basis, rule)), Decimal(0)) * unit_price.fen
    may = basis.beyond(rule.tolerance) or (beside is not None and beside.beyond(rule.tolerance))
    return AreaSettlement(basis.ratio, may, round_fen(fen, Rounding.TO_FEN))


@dataclass(frozen=True, slots=True)
class BandPart:
    """The part of a difference that lies in one band, square metres, and how many times it is paid for."""

    area: Decimal
    times: Decimal


def band_parts(basis: AreaPair, rule: AreaRule) -> tuple[BandPart, ...]:
    """Cut the difference at the rule's bands, the smallest error first; a band it does not reach is left out."""
    size, begun, parts = abs(basis.difference), Decimal(0), []
    for band in rule.larger if basis.difference > 0 else rule.smaller:
        end = size if band.upto is None else min(size, band.upto * basis.contracted)
        if end > begun:
            parts.append(BandPart(end - begun, band.times))
        begun = max(begun, end)
    return tuple(parts)
