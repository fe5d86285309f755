"""Deposits (定金): how much of one counts, and who keeps what when a subscription or contract fails."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import DepositTooLarge, DepositTooSmall

LEGAL_SHARE = Decimal("0.20")
"""A deposit counts up to 20 % of the price (Civil Code art. 586)."""


class DepositKind(StrEnum):
    """What early money is called; only 定金 carries the deposit penalty."""

    DEPOSIT = "deposit"    # 定金
    EARNEST = "earnest"    # 诚意金
    INTENT = "intent"      # 意向金
    BOOKING = "booking"    # 订金
    SECURITY = "security"  # 保证金


class Outcome(StrEnum):
    """Through whose fault it failed."""

    BUYER_AT_FAULT = "buyer-at-fault"
    SELLER_AT_FAULT = "seller-at-fault"
    NEITHER_AT_FAULT = "neither-at-fault"


@dataclass(frozen=True, slots=True)
class DepositParts:
    """What was really paid, cut at the cap: the excess has no deposit effect."""

    effective: Money
    excess: Money


@dataclass(frozen=True, slots=True)
class DepositSettled:
    """What the buyer gets (his own money and the penalty together) and what the seller keeps."""

    to_buyer: Money
    kept: Money


def deposit_cap(price: Money, share: Decimal = LEGAL_SHARE) -> Money:
    """Return the largest sum that counts as a deposit, cut to a fen."""
    return Money(int(price.fen * share))


def deposit_parts(paid: Money, price: Money, share: Decimal = LEGAL_SHARE) -> DepositParts:
    """Cut the sum paid (not the sum written) at the cap."""
    effective = min(paid, deposit_cap(price, share))
    return DepositParts(effective, paid - effective)


def carries_penalty(kind: DepositKind) -> bool:
    """Say whether this money is lost or doubled; anything not agreed as 定金 is simply returned."""
    return kind is DepositKind.DEPOSIT


def settle_deposit(kind: DepositKind, paid: Money, price: Money, outcome: Outcome,
                   share: Decimal = LEGAL_SHARE) -> DepositSettled:
    """Settle early money when a deal fails: kept, doubled or returned (Civil Code arts. 587, 495)."""
    parts = deposit_parts(paid, price, share)
    if not carries_penalty(kind) or outcome is Outcome.NEITHER_AT_FAULT:
        return DepositSettled(paid, ZERO)
    if outcome is Outcome.BUYER_AT_FAULT:
        return DepositSettled(parts.excess, parts.effective)
    return DepositSettled(parts.effective + parts.effective + parts.excess, ZERO)


def check_deposit(received: Money, price: Money, least: Money = ZERO, share: Decimal = LEGAL_SHARE) -> None:
    """Refuse a deposit below what the step demands (`DepositTooSmall`) or above the cap (`DepositTooLarge`)."""
    if received < least:
        raise DepositTooSmall(received=received, least=least)
    if received > (most := deposit_cap(price, share)):
        raise DepositTooLarge(received=received, most=most)
