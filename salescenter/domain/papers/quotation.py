"""A quotation (置业计划书) as it will be printed: the unit, the price, the plan, the loan both ways, the costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from salescenter.domain.money import ZERO, Money
from salescenter.domain.papers.deal import DueLine, Home


@dataclass(frozen=True, slots=True)
class DiscountLine:
    """One discount as applied: its name, how it is said (98%, 98折, 20,000.00), and how much it takes off."""

    name: str
    said: str
    less: Money


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan, both ways of paying it back (等额本息 and 等额本金); amounts a month unless said."""

    name: str                  # 商业贷款, 公积金贷款
    amount: Money
    rate: str                  # a year, "3.05%"
    months: int
    level: Money               # 等额本息 payment
    level_interest: Money      # its interest, whole term
    first: Money               # 等额本金: first and last payment, and how much less each month
    last: Money
    fall: Money
    falling_interest: Money


@dataclass(frozen=True, slots=True)
class CostLine:
    """One cost beside the price: what it is counted on and who takes it."""

    name: str
    amount: Money
    basis: str = ""
    taken_by: str = ""


@dataclass(frozen=True, slots=True)
class QuotationPaper:
    """Everything on a quotation; prices a square metre, percentages and lists already said in words."""

    number: str
    day: date
    made: datetime
    house: str
    project: str
    home: Home
    list_total: Money
    total: Money
    words: str
    plan: str                                   # name of the payment plan
    schedule: tuple[DueLine, ...]
    discounts: tuple[DiscountLine, ...] = ()
    unit_price: Money = ZERO                    # list, by construction area
    inner_price: Money = ZERO                   # list, by inner area
    final_price: Money = ZERO                   # after discounts, by construction area
    loans: tuple[LoanLine, ...] = ()
    costs: tuple[CostLine, ...] = ()
    income: Money = ZERO                        # 月收入证明 at least this
    paid: Money = ZERO                          # 已交款
    due_now: Money = ZERO                       # 本次应交
    bring: tuple[str, ...] = ()                 # 携带资料
    customer: str = ""
    phone: str = ""
    consultant: str = ""
    consultant_phone: str = ""
    valid_until: date | None = None
    lang: str = "zh_CN"
