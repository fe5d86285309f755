"""The law as dated rows: a change is a new row, never a new program; what a house decides is in `house_rules`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from salescenter.domain.area_difference import MODEL_FORM, AreaRule
from salescenter.domain.calendar import WorkTable, add_working_days, after
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.ownership import OwnershipRule
from salescenter.domain.refusals import NoPolicy
from salescenter.domain.rota import RotaRule
from salescenter.domain.taxes import CostRates, DeedTaxBand, DeedTaxTable, MaintenanceRule

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy(Generic[T]):
    """One row: a value in force from a day on, until the next row begins or its own end."""

    since: date
    value: T
    until: date | None = None  # last day, where it ends without a successor
    source: str = ""


def row_in_force(rows: Iterable[Policy[T]], day: date) -> Policy[T]:
    """Return the latest row that has begun and not ended; refuses with `NoPolicy`."""
    begun = [row for row in rows if row.since <= day]
    row = max(begun, key=lambda row: row.since, default=None)
    if row is None or (row.until is not None and day > row.until):
        raise NoPolicy(day=day)
    return row


def in_force(rows: Iterable[Policy[T]], day: date) -> T:
    """Return the value in force on a day; refuses with `NoPolicy`."""
    return row_in_force(rows, day).value


_ALWAYS = date(2000, 1, 1)


def _always(value: T, source: str = "") -> tuple[Policy[T], ...]:
    return (Policy(_ALWAYS, value, source=source),)


def _rates(source: str, rows: tuple[tuple[str, str], ...]) -> tuple[Policy[Decimal], ...]:
    """Read rows of a day and a percentage."""
    return tuple(Policy(date.fromisoformat(day), Decimal(rate) / 100, source=source) for day, rate in rows)


def _deed_tax(limit: str, first: str, first_large: str, second: str, second_large: str) -> DeedTaxTable:
    upto, province = Decimal(limit), Decimal("0.03")
    return DeedTaxTable((
        DeedTaxBand(1, upto, Decimal(first)), DeedTaxBand(1, None, Decimal(first_large)),
        DeedTaxBand(2, upto, Decimal(second)), DeedTaxBand(2, None, Decimal(second_large)),
        DeedTaxBand(3, None, province),
    ), province)


# --- taxes and fees

DEED_TAX: tuple[Policy[DeedTaxTable], ...] = (
    Policy(date(2016, 2, 22), _deed_tax("90", "0.01", "0.015", "0.01", "0.02"), source="财税[2016]23号"),
    Policy(date(2024, 12, 1), _deed_tax("140", "0.01", "0.015", "0.01", "0.02"),
           source="财政部 税务总局 住房城乡建设部公告2024年第16号"),
)
"""Third homes and other uses: the province's rate, 3 % to 5 %; 3 % stands here."""

VAT: tuple[Policy[Decimal], ...] = (
    Policy(date(2016, 5, 1), Decimal("0.11"), source="财税[2016]36号"),
    Policy(date(2018, 5, 1), Decimal("0.10"), source="财税[2018]32号"),
    Policy(date(2019, 4, 1), Decimal("0.09"), source="财政部 税务总局 海关总署公告2019年第39号"),
)
VAT_OLD_PROJECT: tuple[Policy[Decimal], ...] = (
    Policy(date(2016, 5, 1), Decimal("0.05"), source="财税[2016]36号"),
    Policy(date(2026, 1, 1), Decimal("0.03"), source="增值税法第十一条"),
)
STAMP_HOME: tuple[Policy[Decimal], ...] = (Policy(date(2008, 11, 1), Decimal(0), source="财税[2008]137号"),)
STAMP_OTHER = _always(Decimal("0.0005"), "印花税法: 产权转移书据")
MAINTENANCE = _always(MaintenanceRule(share=Decimal("0.02")))
REGISTRATION_HOME = _always(Money.yuan(80), "发改价格规[2016]2559号")
REGISTRATION_OTHER = _always(Money.yuan(550), "发改价格规[2016]2559号")


def cost_rates_on(day: date) -> CostRates:
    """Gather the default rates in force on a day."""
    return CostRates(in_force(VAT, day), in_force(DEED_TAX, day), in_force(STAMP_HOME, day),
                     in_force(STAMP_OTHER, day), in_force(MAINTENANCE, day),
                     in_force(REGISTRATION_HOME, day), in_force(REGISTRATION_OTHER, day))


# --- loans: yearly rates and shares as fractions

COMMERCIAL_RATE = _rates("LPR 5Y+", (
    ("2019-08-20", "4.85"),
    ("2019-11-20", "4.80"),
    ("2020-02-20", "4.75"),
    ("2020-04-20", "4.65"),
    ("2022-01-20", "4.60"),
    ("2022-05-20", "4.45"),
    ("2022-08-22", "4.30"),
    ("2023-06-20", "4.20"),
    ("2024-02-20", "3.95"),
    ("2024-07-22", "3.85"),
    ("2024-10-21", "3.60"),
    ("2025-05-20", "3.50"),
))
PROVIDENT_RATE = _rates("公积金5年以上首套", (
    ("2015-08-26", "3.25"),
    ("2022-10-01", "3.10"),
    ("2024-05-18", "2.85"),
    ("2025-05-08", "2.60"),
))
PROVIDENT_RATE_SECOND = _rates("公积金5年以上二套", (
    ("2015-08-26", "3.575"),
    ("2024-05-18", "3.325"),
    ("2025-05-08", "3.075"),
))
LEAST_DOWN_COMMERCIAL = _rates("商业贷款首套最低首付", (
    ("2016-02-02", "20"),
    ("2024-05-17", "15"),
))
LEAST_DOWN_PROVIDENT = _always(Decimal("0.20"))
LEAST_DOWN = {LoanKind.COMMERCIAL: LEAST_DOWN_COMMERCIAL, LoanKind.PROVIDENT: LEAST_DOWN_PROVIDENT}
PROVIDENT_CAP = _always(Money.yuan(600_000))
"""Every city has its own cap; this is a place to put it."""


def loan_rates(day: date, home: int = 1) -> dict[LoanKind, Decimal]:
    """Return what each lender asks on a day, a fraction a year; from the family's second home on the fund asks more."""
    fund = PROVIDENT_RATE if home == 1 else PROVIDENT_RATE_SECOND
    return {LoanKind.COMMERCIAL: in_force(COMMERCIAL_RATE, day), LoanKind.PROVIDENT: in_force(fund, day)}


def least_down(lenders: Iterable[LoanKind], day: date) -> Decimal:
    """Return the least down payment (最低首付) as a share of the price where these lend, the strictest counts."""
    return max((in_force(LEAST_DOWN[kind], day) for kind in lenders), default=Decimal(0))


# --- area

AREA_DIFFERENCE: tuple[Policy[AreaRule], ...] = _always(MODEL_FORM, "GF-2014-0171 第十三条")

# --- reception

ROTA = _always(RotaRule())
OWNERSHIP = _always(OwnershipRule())


# --- deadlines


class Deadline(StrEnum):
    """What must be done in time."""

    SHOW_MORTGAGE = "show-mortgage"            # 抵押变更公示
    NOTIFY_CHANGE = "notify-change"            # 规划、设计变更通知
    ANSWER_CHANGE = "answer-change"            # the buyer's answer; silence accepts
    REFUND = "refund"                          # 解除后退款
    DUNNING = "dunning"                        # 催告后的合理期限
    TITLE_PRESALE = "title-presale"            # from delivery
    TITLE_FINISHED = "title-finished"          # from the contract
    ADVANCE_NOTICE_LAPSES = "advance-notice"   # 预告登记, from when registration is possible
    REGISTRY = "registry"                      # 登记机构办结


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: months and days, or working days."""

    days: int = 0
    months: int = 0
    working: bool = False


DEADLINES: dict[Deadline, tuple[Policy[Term], ...]] = {
    Deadline.SHOW_MORTGAGE: _always(Term(days=3, working=True)),
    Deadline.NOTIFY_CHANGE: _always(Term(days=10)),
    Deadline.ANSWER_CHANGE: _always(Term(days=15)),
    Deadline.REFUND: _always(Term(days=15)),
    Deadline.DUNNING: _always(Term(months=3)),
    Deadline.TITLE_PRESALE: _always(Term(days=90)),
    Deadline.TITLE_FINISHED: _always(Term(days=90)),
    Deadline.ADVANCE_NOTICE_LAPSES: _always(Term(days=90)),
    Deadline.REGISTRY: _always(Term(days=30, working=True)),
}


def deadline(base: date, term: Term, table: WorkTable) -> date:
    """Return the last day of a term that begins on the day after `base`."""
    if term.working:
        return add_working_days(base, term.days, table)
    return after(base, term.months, term.days)
