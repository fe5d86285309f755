"""Mortgages: both ways of paying back (等额本息, 等额本金) to the fen, with the table of payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from itertools import zip_longest

from salescenter.domain.money import ZERO, Money, Rounding, round_fen
from salescenter.domain.refusals import FieldMalformed


class LoanKind(StrEnum):
    """Who lends."""

    COMMERCIAL = "commercial"  # 商业贷款
    PROVIDENT = "provident"    # 公积金贷款


class Method(StrEnum):
    """How a loan is paid back."""

    EQUAL_PAYMENT = "equal-payment"      # 等额本息, 平均法
    EQUAL_PRINCIPAL = "equal-principal"  # 等额本金, 递减法


@dataclass(frozen=True, slots=True)
class Loan:
    """A sum lent: the yearly rate as a fraction (0.0305 is 3.05 %), and how many months it runs (one or more)."""

    principal: Money
    annual_rate: Decimal
    months: int

    def __post_init__(self) -> None:
        if self.months < 1:
            raise FieldMalformed(field="months", value=self.months, why="not-positive")
        if self.annual_rate < 0:
            raise FieldMalformed(field="annual_rate", value=self.annual_rate, why="negative")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a loan costs by the formula; `fall` is how much less each next month is (zero for equal payments)."""

    first: Money
    last: Money
    fall: Money
    interest: Money


@dataclass(frozen=True, slots=True)
class Payment:
    """One month of the table: payment = principal + interest, and what is still owed after it."""

    number: int
    payment: Money
    principal: Money
    interest: Money
    balance: Money


def quote(loan: Loan, method: Method) -> Quote:
    """Quote a loan by its formula, each figure rounded half up once.

    The sum of a table may differ from `interest` by a few fen, because each month there is rounded.
    """
    with localcontext(prec=50):
        return _QUOTES[method](Decimal(loan.principal.fen), loan.annual_rate / 12, loan.months)


def combined_quote(loans: Sequence[Loan], method: Method) -> Quote:
    """Quote loans taken together (组合贷款): months add up; `last` is the last month of the longest loan."""
    quotes = [quote(loan, method) for loan in loans]
    longest = max(loan.months for loan in loans)
    return Quote(
        Money.sum(q.first for q in quotes),
        Money.sum(q.last for q, loan in zip(quotes, loans, strict=True) if loan.months == longest),
        Money.sum(q.fall for q in quotes),
        Money.sum(q.interest for q in quotes),
    )


def payments(loan: Loan, method: Method) -> tuple[Payment, ...]:
    """Lay out every month: interest half up on the running balance, the last payment settles the rest."""
    rows: list[Payment] = []
    balance, rate = loan.principal, loan.annual_rate / 12
    level = quote(loan, Method.EQUAL_PAYMENT).first
    for month in range(1, loan.months + 1):
        interest = balance.times(rate)
        if month == loan.months:
            principal = balance
        elif method is Method.EQUAL_PAYMENT:
            principal = min(level - interest, balance)
        else:
            principal = balance - _owed_after(loan, month)
        balance -= principal
        rows.append(Payment(month, principal + interest, principal, interest, balance))
    return tuple(rows)


def combined_payments(loans: Sequence[Loan], method: Method) -> tuple[Payment, ...]:
    """Lay out loans taken together, month by month; a shorter loan simply ends."""
    nothing = Payment(0, ZERO, ZERO, ZERO, ZERO)
    months = zip_longest(*(payments(loan, method) for loan in loans), fillvalue=nothing)
    return tuple(
        Payment(number, Money.sum(p.payment for p in parts), Money.sum(p.principal for p in parts),
                Money.sum(p.interest for p in parts), Money.sum(p.balance for p in parts))
        for number, parts in enumerate(months, start=1)
    )


def income_needed(monthly: Money, multiple: Decimal | int = 2) -> Money:
    """Return the monthly income the bank wants proof of: twice the payment, unless the bank says otherwise."""
    return monthly.times(multiple)


def longest_term(age: int, most_years: int = 30, oldest: int = 70) -> int:
    """Return the longest term in years a borrower may ask: the law's, and none beyond an age; 0 where too old."""
    return max(0, min(most_years, oldest - age))


def _owed_after(loan: Loan, month: int) -> Money:
    # cumulative, so that the principal of no month is off by more than a fen and the last does not collect it
    return round_fen(Decimal(loan.principal.fen) * (loan.months - month) / loan.months, Rounding.TO_FEN)


def _equal_payment(principal: Decimal, rate: Decimal, months: int) -> Quote:
    growth = (1 + rate) ** months
    level = principal * rate * growth / (growth - 1) if rate else principal / months
    return Quote(_fen(level), _fen(level), ZERO, _fen(level * months - principal))


def _equal_principal(principal: Decimal, rate: Decimal, months: int) -> Quote:
    part = principal / months
    return Quote(_fen(part + principal * rate), _fen(part + part * rate), _fen(part * rate),
                 _fen(principal * rate * (months + 1) / 2))


_QUOTES = {Method.EQUAL_PAYMENT: _equal_payment, Method.EQUAL_PRINCIPAL: _equal_principal}


def _fen(exact: Decimal) -> Money:
    return round_fen(exact, Rounding.TO_FEN)
