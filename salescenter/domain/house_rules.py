"""The house's own rules, each with the default most houses use; a project changes them by dated settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from salescenter.domain.deposits import LEGAL_SHARE
from salescenter.domain.money import Money


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What a project may decide for itself."""

    hold_days: int = 3                      # 预留: longest a consultant may hold without a manager
    hold_days_manager: int = 30             # 预留: longest anybody may hold
    small_deposit_days: int = 3             # 小订 is kept for so many days
    least_small_deposit: Money = Money(100_00)
    days_to_sign: int = 7                   # 认购 to 签约, seven days in the Shenzhen form
    extend_days: int = 30                   # 延期签约: so much later without a manager's leave
    least_deposit: Money = Money(10_000_00)
    deposit_cap: Decimal = LEGAL_SHARE      # what is beyond it has no deposit effect
    refund_alone: Money = Money(50_000_00)  # 退款: more than this a cashier gives back only with a manager's leave
    need_consent: bool = True               # personal data consent before a deal
    annex_alone: bool = True                # parking and storage may be sold without a home
    scan_to_sign: bool = False              # 附件: no contract is signed before the signed subscription is on file
    scan_to_file: bool = False              # 附件: no contract is filed before the signed contract is on file
    filing_days: int = 30                   # 备案 within 30 days of the contract
    warn_days: int = 6                      # remind so many days before a signing day passes
    overdue_red_days: int = 15              # arrears list: red when overdue longer
    late_fee_rate: Decimal = Decimal("0.0001")  # 滞纳金 a day (1/10,000)
    dunning_days: int = 7                   # 催款函: days it gives to pay, from the day it is made out
    statement_days: int = 15                # 对账函: unanswered after so many days it counts as agreed
    handover_days: int = 15                 # 交房: days a notice gives to come and take the home over
    price_list_until: date | None = None    # 价格表有效期: after this day nothing is sold until a new list stands
    need_floor_price: bool = False          # a unit without floor price 底价 may not be sold
    floor_rate: Decimal = Decimal(0)        # the project's floor, as a share of the list price; the higher one counts
    review_returned: bool = True            # 退房、换房: the unit left behind needs its price approved again
    need_first_visit: bool = False          # buyers must be on record as visitors or callers
    scan_days: int = 7                      # a signed contract that was printed here is scanned within so many days
    scan_megabytes: int = 20                # a scan that is larger is not taken
    keep_vouchers: int = 30                 # 原始凭证: receipts are kept so many years (domain.papers.retention)
    keep_deals: int = 0                     # 买卖档案: what a deal signed; 0 for good
    keep_office: int = 0                    # quotations, registrations and the like; 0 for good
    keep_kinds: Mapping[str, int] = field(default_factory=dict)  # years of a kind of paper, where not its shelf's
    lock_minutes: int = 10                  # a desk nobody touches is covered after so many minutes; 0 never
    loan_age: int = 70                      # 年龄加贷款年限: no loan runs beyond this age; 0 not looked at
    refuse_loan_age: bool = False           # such a loan is refused, not only warned of
    guard_owners: bool = True               # a consultant may not sell to another consultant's protected customer


def with_settings(rules: HouseRules, values: Mapping[str, Any]) -> HouseRules:
    """Lay a project's settings (JSON values by name) over the defaults; unknown names are left alone."""
    known = {f.name: getattr(rules, f.name) for f in fields(rules)}
    read = {name: _like(known[name], value) for name, value in values.items() if name in known}
    return replace(rules, **read)


def _like(default: object, value: Any) -> Any:
    if isinstance(default, Money):
        return Money(int(value))
    if isinstance(default, Decimal):
        return Decimal(str(value))
    if isinstance(default, bool | int):
        return type(default)(value)
    return date.fromisoformat(value) if default is None and value else value or default
