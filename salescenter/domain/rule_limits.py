"""Between which values a house rule makes sense or is lawful; a rule not named here may be anything of its kind."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from salescenter.domain.deposits import LEGAL_SHARE
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.retention import SHELF, Shelf, demand_lawful
from salescenter.domain.refusals import OutOfBounds

Limit = int | Decimal | Money

LIMITS: dict[str, tuple[Limit, Limit]] = {
    "hold_days": (1, 60),
    "hold_days_manager": (1, 365),
    "small_deposit_days": (1, 60),
    "least_small_deposit": (Money(0), Money(1_000_000_00)),
    "days_to_sign": (1, 90),
    "extend_days": (0, 365),
    "refund_alone": (Money(0), Money(100_000_000_00)),
    "least_deposit": (Money(0), Money(10_000_000_00)),
    "deposit_cap": (Decimal("0.01"), LEGAL_SHARE),
    "filing_days": (1, 30),  # 城市商品房预售管理办法 art. 10
    "warn_days": (0, 60),
    "overdue_red_days": (0, 365),
    "late_fee_rate": (Decimal(0), Decimal("0.01")),
    "dunning_days": (1, 90),
    "statement_days": (1, 90),
    "handover_days": (1, 180),
    "floor_rate": (Decimal(0), Decimal(1)),
    "scan_days": (0, 60),
    "scan_megabytes": (1, 100),
    "keep_vouchers": (30, 200),  # 会计档案管理办法 (2015) art. 14 and its table: vouchers 30 years
    "keep_deals": (0, 200),
    "keep_office": (0, 200),
    "lock_minutes": (0, 240),
    "loan_age": (0, 100),
}
"""Days, years, money, and shares (0.20 is 20 %)."""


def demand_sound(rules: HouseRules, changed: Collection[str]) -> None:
    """Refuse changed rules outside their limits, naming the first; a manager's hold is no shorter than others'."""
    for name in (name for name in LIMITS if name in changed):
        value, (least, most) = getattr(rules, name), LIMITS[name]
        if not least <= value <= most:
            raise OutOfBounds(field=name, value=value, least=least, most=most)
    for shelf in (one for one in Shelf if one.value in changed):
        demand_lawful(shelf, getattr(rules, shelf.value))
    for kind, years in rules.keep_kinds.items() if "keep_kinds" in changed else ():
        demand_lawful(SHELF[PaperKind(kind)], years)
    if rules.hold_days_manager < rules.hold_days and {"hold_days", "hold_days_manager"} & set(changed):
        most_days = LIMITS["hold_days_manager"][1]
        raise OutOfBounds(
            field="hold_days_manager", value=rules.hold_days_manager, least=rules.hold_days, most=most_days
        )
