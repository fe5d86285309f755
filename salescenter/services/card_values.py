"""What the card of a unit shows: facts, hold, deal with its schedule, steps offered, history, papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from salescenter.domain.errors import Refusal
from salescenter.domain.money import Money
from salescenter.domain.prices import PriceLine
from salescenter.domain.units import Flag, PriceBasis, Step, UnitState, Use


@dataclass(frozen=True, slots=True)
class Offer:
    """A step on this unit: open to this person now, or refused with the reason."""

    step: Step
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the unit is; areas in square metres, prices Money; the floor price is None unless the role may see it."""

    building: str
    stair: str
    number: str
    floor_natural: str
    floor_sale: str
    use: Use
    type: str
    rooms: int
    halls: int
    baths: int
    facing: str
    area: Decimal
    inner: Decimal
    shared: Decimal
    basis: PriceBasis
    unit_price: Money
    list_total: Money
    filed_total: Money | None
    floor_total: Money | None
    permit: str
    quoted: int
    note: str


@dataclass(frozen=True, slots=True)
class HoldView:
    """A hold that stands now."""

    by: str
    approver: str
    customer: str
    reason: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DueView:
    """One line of the schedule with what was paid on it, and by which receipts."""

    id: int
    item: str
    due: date | None
    condition: str
    loan: str
    amount: Money
    paid: Money
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuyerView:
    """A buyer as the reader's role may see them; the share in hundredths of a percent."""

    customer: int
    name: str
    share: int


@dataclass(frozen=True, slots=True)
class DealView:
    """The living deal."""

    id: int
    number: str
    opened: date
    subscribed: date | None
    sign_by: date | None
    drafted: date | None
    signed: date | None
    filed: date | None
    contract_number: str
    list_total: Money
    total: Money
    unit_price: Money
    deposit: Money
    plan: str
    lines: tuple[PriceLine, ...]
    buyers: tuple[BuyerView, ...]
    consultants: tuple[tuple[str, int], ...]
    dues: tuple[DueView, ...]
    received: Money


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the unit's history, newest first."""

    at: datetime
    who: str
    step: str
    after: Any


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper that was printed for this unit."""

    id: int
    kind: str
    number: str
    copy: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Companion:
    """A unit that goes with this one 随房: the home of an annex, or an annex of a home."""

    id: int
    code: str
    use: Use
    state: UnitState


@dataclass(frozen=True, slots=True)
class UnitCard:
    """Everything the card beside the grid shows."""

    id: int
    code: str
    revision: int
    state: UnitState
    flags: Flag
    since: date
    until: datetime | None
    facts: Facts
    hold: HoldView | None = None
    deal: DealView | None = None
    offers: tuple[Offer, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    papers: tuple[PaperLine, ...] = field(default=())
    home: Companion | None = None
    annexes: tuple[Companion, ...] = ()

    @property
    def main_step(self) -> Step | None:
        """The step that carries the unit on (F6): the first one open."""
        return next((offer.step for offer in self.offers if offer.refusal is None), None)
