"""The house's own rules, each with the default most houses use; a project changes them by dated settings."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from salescenter.domain.money import Money


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What a project may decide for itself."""

    hold_days: int = 3                      # 预留: longest a consultant may hold without a manager
    hold_days_manager: int = 30             # 预留: longest anybody may hold
    small_deposit_days: int = 3             # 小订 is kept for so many days
    least_small_deposit: Money = Money(100_00)
    days_to_sign: int = 7                   # 认购 to 签约, seven days in the Shenzhen form
    least_deposit: Money = Money(10_000_00)
    deposit_cap: Decimal = Decimal("0.20")  # Civil Code art. 586: beyond 20 % has no deposit effect
    need_consent: bool = True               # personal data consent before a deal
    annex_alone: bool = True                # parking and storage may be sold without a home
    filing_days: int = 30                   # 备案 within 30 days of the contract
    warn_days: int = 6                      # remind so many days before a signing day passes
    overdue_red_days: int = 15              # arrears list: red when overdue longer
    late_fee_rate: Decimal = Decimal("0.0001")  # 滞纳金 a day (1/10,000)
    contract_template: str = "contract_presale"


def with_settings(rules: HouseRules, values: dict[str, Any]) -> HouseRules:
    """Lay a project's settings (JSON values by name) over the defaults; unknown names are left alone."""
    known = {f.name: getattr(rules, f.name) for f in fields(rules)}
    read = {name: _like(known[name], value) for name, value in values.items() if name in known}
    return replace(rules, **read)


def _like(default: object, value: Any) -> Any:
    if isinstance(default, Money):
        return Money(int(value))
    if isinstance(default, Decimal):
        return Decimal(str(value))
    return bool(value) if isinstance(default, bool) else value
