"""The house's rules: defaults, laid over by dated settings as they are kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescenter.domain.house_rules import HouseRules, with_settings
from salescenter.domain.money import Money


def test_settings_are_read_as_their_rules_are() -> None:
    kept = {
        "hold_days": "5", "least_deposit": 500_000, "deposit_cap": "0.1", "need_consent": 0,
        "price_list_until": "2026-05-01", "floor_rate": 0.95, "unknown": "left alone",
    }  # fmt: skip
    rules = with_settings(HouseRules(), kept)
    assert (rules.hold_days, rules.least_deposit, rules.deposit_cap) == (5, Money(500_000), Decimal("0.1"))
    assert rules.need_consent is False
    assert (rules.price_list_until, rules.floor_rate) == (date(2026, 5, 1), Decimal("0.95"))
    assert rules.days_to_sign == HouseRules().days_to_sign


def test_a_rule_without_a_day_has_none() -> None:
    assert with_settings(HouseRules(), {"price_list_until": ""}).price_list_until is None
    assert with_settings(HouseRules(), {}) == HouseRules()


@pytest.mark.parametrize(("name", "value"), [("hold_days", "many"), ("price_list_until", "May"), ("deposit_cap", "x")])
def test_what_cannot_be_read_is_not_swallowed(name: str, value: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        with_settings(HouseRules(), {name: value})
