"""What the house offers off the list price in the policy's order, how deep each role may go alone, floors of groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from salescenter.domain.money import Money
from salescenter.domain.prices import FLOORS, LIMITS, Discount, DiscountKind
from salescenter.domain.refusals import FieldMissing, OutOfBounds
from salescenter.domain.staff import DISCOUNT_LIMIT, Role
from salescenter.domain.units import Step
from salescenter.services.settings import put, values
from salescenter.services.work import Desk, Work, deed

OFFERS = "discounts"
"""The name of the setting that holds them."""

USUAL_DISCOUNTS = (
    {"name": "按时签约优惠", "kind": "rate", "value": "0.99"},
    {"name": "一次性付款优惠", "kind": "rate", "value": "0.98"},
    {"name": "老业主推荐优惠", "kind": "amount-off", "value": "5000"},
)
"""What a house starts with; its own setting `discounts` takes their place."""

MOST = Money(100_000_000_00)
"""No discount takes off more than this."""


@dataclass(frozen=True, slots=True)
class OffersRequest:
    """The discounts offered, in their order, and the lowest share of the list price each role may grant alone."""

    offers: tuple[Discount, ...]
    limits: Mapping[Role, Decimal]
    since: date
    key: str = ""
    floors: Mapping[str, Decimal] | None = None  # by group, a share of the list price; None leaves them as they are


@dataclass(frozen=True, slots=True)
class OffersKept:
    """So many discounts are offered."""

    count: int


@dataclass(frozen=True, slots=True)
class Offers:
    """What is in force on a day."""

    offers: tuple[Discount, ...]
    limits: Mapping[Role, Decimal]
    floors: Mapping[str, Decimal]


def offers_of(desk: Desk, day: date) -> Offers:
    """Return what is offered on a day."""
    with desk.reading() as connection:
        kept = values(connection, desk.project, day)
    return Offers(offered_in(kept), _limits(kept), floors_in(kept))


def offered_in(kept: Mapping[str, Any]) -> tuple[Discount, ...]:
    """Read the discounts offered out of a house's settings."""
    return tuple(_read(one) for one in kept.get(OFFERS, USUAL_DISCOUNTS))


def floors_in(kept: Mapping[str, Any]) -> dict[str, Decimal]:
    """Read the floors of buildings and phases out of a house's settings: shares of the list price by group."""
    return {group: Decimal(rate) for group, rate in kept.get(FLOORS, {}).items()}


def limit_in(kept: Mapping[str, Any], role: Role) -> Decimal:
    """Read the lowest share of the list price a role may grant alone; 1 where it may grant nothing."""
    return _limits(kept).get(role, Decimal(1))


@deed(Step.EDIT_SETTINGS, OffersKept)
def keep(work: Work, asked: OffersRequest) -> OffersKept:
    """Keep what is offered from a day on; deals agreed before keep their price."""
    for offer in asked.offers:
        _demand_sound(offer)
    for role, share in asked.limits.items():
        if not 0 < share <= 1:
            raise OutOfBounds(field=f"limit-{role}", value=share, least=Decimal("0.01"), most=Decimal(1))
    for group, rate in (asked.floors or {}).items():
        if not 0 < rate <= 1:
            raise OutOfBounds(field=group, value=rate, least=Decimal("0.01"), most=Decimal(1))
    before = values(work.connection, work.project, asked.since)
    after: dict[str, Any] = {
        OFFERS: [_plain(offer) for offer in asked.offers],
        LIMITS: {role.value: str(share) for role, share in asked.limits.items()},
    }
    if asked.floors is not None:
        after[FLOORS] = {group: str(rate) for group, rate in asked.floors.items()}
    for name, value in after.items():
        put(work, name, value, asked.since)
    old = {name: before.get(name) for name in after}
    note = after | {"since": asked.since.isoformat()}
    work.note(Step.EDIT_SETTINGS, "setting", work.project, before=old, after=note)
    return OffersKept(len(asked.offers))


def _demand_sound(offer: Discount) -> None:
    if not offer.name.strip():
        raise FieldMissing(field="name")
    if offer.kind is DiscountKind.RATE:
        if not Decimal("0.01") <= offer.value < 1:
            raise OutOfBounds(field="value", value=offer.value, least=Decimal("0.01"), most=Decimal("0.9999"))
        return
    amount = Money.yuan(offer.value)
    if not Money(1) <= amount <= MOST:
        raise OutOfBounds(field="value", value=amount, least=Money(1), most=MOST)


def _limits(kept: Mapping[str, Any]) -> dict[Role, Decimal]:
    own = kept.get(LIMITS)
    return dict(DISCOUNT_LIMIT) if own is None else {Role(role): Decimal(share) for role, share in own.items()}


def _plain(offer: Discount) -> dict[str, str]:
    return {"name": offer.name.strip(), "kind": offer.kind.value, "value": str(offer.value)}


def _read(plain: Mapping[str, Any]) -> Discount:
    return Discount(plain["name"], DiscountKind(plain["kind"]), Decimal(plain["value"]))
