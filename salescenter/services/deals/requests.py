"""What the forms of a deal ask for: frozen requests, each with the revision seen and a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount
from salescenter.domain.receipts import Method
from salescenter.domain.schedules import Plan, PlanKind


@dataclass(frozen=True, slots=True)
class Buyer:
    """One buyer and their share, in hundredths of a percent (10,000 is the whole)."""

    customer: int
    share: int


@dataclass(frozen=True, slots=True)
class Split:
    """One consultant and their part of the deal, in hundredths of a percent."""

    person: int
    share: int


@dataclass(frozen=True, slots=True)
class Payment:
    """Money handed over with a deed."""

    amount: Money
    method: Method
    payer: str
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan the plan counts on: amounts in whole 万."""

    kind: LoanKind
    amount: Money
    years: int
    rate: Decimal  # a year, 0.0305 is 3.05 %
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What price and payment were agreed: discounts in the policy's order, the plan and its loans."""

    discounts: tuple[Discount, ...] = ()
    plan: Plan = STANDARD[PlanKind.ONE_OFF]
    loans: tuple[Loan, ...] = ()
    deposit: Money = ZERO
    sign_by: date | None = None
    approval: int | None = None


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """A small deposit (小订) keeps a unit for a few days."""

    unit: int
    seen: int
    buyers: tuple[Buyer, ...]
    consultants: tuple[Split, ...]
    paid: Payment
    days: int = 0  # 0: the house's rule
    key: str = ""


@dataclass(frozen=True, slots=True)
class SubscribeRequest:
    """A subscription (认购): unit, buyers, price and plan, and the deposit paid now if any."""

    unit: int
    seen: int
    buyers: tuple[Buyer, ...]
    consultants: tuple[Split, ...]
    terms: Terms = field(default_factory=Terms)
    paid: Payment | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A deal was opened, or taken further; the receipt's number is empty where no money was paid."""

    deal: int
    number: str
    unit: int
    revision: int
    total: Money
    receipt: int
    receipt_number: str


@dataclass(frozen=True, slots=True)
class StepRequest:
    """A step that needs no more than a unit: draft, file, hand over and the ways back."""

    unit: int
    seen: int
    note: str = ""
    day: date | None = None  # the day it happened, today if not named
    key: str = ""


@dataclass(frozen=True, slots=True)
class SignRequest:
    """The contract is signed (网签) under this number."""

    unit: int
    seen: int
    contract_number: str
    day: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class ExtendRequest:
    """Move the day to sign by."""

    unit: int
    seen: int
    sign_by: date
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """End a deal: cancelled, forfeited or a small deposit given back; the unit goes for sale or is kept back."""

    unit: int
    seen: int
    reason: str
    keep_back: bool = False
    approval: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A deal ended; this is what was received and may be given back, or is kept."""

    deal: int
    unit: int
    revision: int
    received: Money


@dataclass(frozen=True, slots=True)
class ChangeUnitRequest:
    """The buyers change to another unit (换房); terms are agreed anew for it, money received goes along."""

    unit: int
    seen: int
    new_unit: int
    new_seen: int
    terms: Terms
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class ChangeBuyersRequest:
    """Other buyers or other shares (更名, 增减名)."""

    unit: int
    seen: int
    buyers: tuple[Buyer, ...]
    reason: str
    near_relatives: bool = False  # signed contracts: only between near relatives,
    key: str = ""
    notarised: bool = False  # or by the notary's way (公证)
