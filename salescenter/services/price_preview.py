"""Price changes before they are made: what each unit's new list price would be, by the same rule as the deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from salescenter.data.estate import unit
from salescenter.data.units import SHOWN
from salescenter.domain.money import Money
from salescenter.domain.units import DEAL_STATES, PriceBasis, UnitState
from salescenter.services.release import NewPrice, priced
from salescenter.services.settings import rounding_of
from salescenter.services.work import Desk


class ChangeKind(StrEnum):
    """How prices are changed."""

    SHARE = "share"          # by a share of the price: 0.03 is 3 % more
    PER_METRE = "per-metre"  # by yuan a square metre
    TO = "to"                # to so many yuan a square metre


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A change of prices; unit prices are rounded to the whole yuan, half up."""

    kind: ChangeKind
    value: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """One unit's price before and after; `bound` when a deal binds it, `too_high` when above the filed price."""

    unit: int
    code: str
    revision: int
    before: Money
    after: Money
    rate_before: Money
    rate_after: Money
    filed: Money | None
    bound: bool

    @property
    def too_high(self) -> bool:
        """Whether the new price is above the filed price."""
        return self.filed is not None and self.after > self.filed

    @property
    def difference(self) -> Money:
        """What the change adds."""
        return self.after - self.before

    def asked(self) -> NewPrice:
        """The price to ask the deed for: what has a unit price keeps one."""
        if self.rate_before and self.rate_after:
            return NewPrice(self.unit, self.revision, unit_price=self.rate_after)
        return NewPrice(self.unit, self.revision, total=self.after)

    def taken_back(self, revision: int) -> NewPrice:
        """The price to ask the deed for to undo the change, once it is made at a revision."""
        if self.rate_before and self.rate_after:
            return NewPrice(self.unit, revision, unit_price=self.rate_before)
        return NewPrice(self.unit, revision, total=self.before)


def proposals(desk: Desk, units: Sequence[int], change: PriceChange) -> tuple[Proposal, ...]:
    """Work out new prices for units, in the order of their codes in the estate; a screen's preview."""
    with desk.reading() as connection:
        how = rounding_of(connection, desk.project)
        rows = connection.execute(
            select(*SHOWN)
            .where(unit.c.project_id == desk.project, unit.c.id.in_(units))
            .order_by(unit.c.building_id, unit.c.stair_id, unit.c.floor.desc(), unit.c.place)
        ).all()
    return tuple(_proposal(row, change, how) for row in rows)


def _proposal(row: Any, change: PriceChange, how: Any) -> Proposal:
    rate, total = priced(row, _new(row, change), how)
    bound = UnitState(row.state) in DEAL_STATES
    return Proposal(
        row.id, row.code, row.revision, row.list_total, total, row.unit_price, rate, row.filed_total, bound
    )  # fmt: skip


def _new(row: Any, change: PriceChange) -> NewPrice:
    """Apply the change to the unit price, or to the total of a lump sum."""
    if row.basis == PriceBasis.LUMP or not row.unit_price:
        return NewPrice(row.id, row.revision, total=_changed(row.list_total, change, row.area))
    return NewPrice(row.id, row.revision, unit_price=_changed(row.unit_price, change, Decimal(1)))


def _changed(price: Money, change: PriceChange, area: Decimal) -> Money:
    """Return the changed price of so many square metres, to the whole yuan."""
    if change.kind is ChangeKind.SHARE:
        exact = price.fen * (1 + change.value)
    elif change.kind is ChangeKind.PER_METRE:
        exact = price.fen + change.value * 100 * area
    else:
        exact = change.value * 100 * area
    return Money(int((exact / 100).quantize(Decimal(1), ROUND_HALF_UP)) * 100)
