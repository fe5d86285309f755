"""What a buyer pays beside the price, by the table of the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from salescenter.domain.money import ZERO, Money
from salescenter.domain.policies import DEED_TAX, VAT, cost_rates_on, in_force
from salescenter.domain.taxes import (
    Basis,
    Collector,
    Cost,
    CostLine,
    MaintenanceRule,
    Purchase,
    deed_tax,
    maintenance_fund,
    purchase_costs,
    without_vat,
)
from salescenter.domain.units import Use

yuan = Money.yuan
NEW, OLD = date(2024, 12, 1), date(2024, 11, 30)


def tax(price: int, area: str, home: int = 1, use: Use = Use.HOME, day: date = NEW) -> Money:
    return deed_tax(Purchase(yuan(price), Decimal(area), use, home), in_force(DEED_TAX, day), in_force(VAT, day))


def test_vat_is_taken_out_of_the_price() -> None:
    assert without_vat(yuan(1_090_000), Decimal("0.09")) == yuan(1_000_000)
    assert without_vat(yuan(100), Decimal("0.09")) == yuan("91.74")
    assert without_vat(yuan(100), Decimal(0)) == yuan(100)


@pytest.mark.parametrize(("price", "area", "home", "expected"), [
    (1_090_000, "140.00", 1, 10_000), (1_090_000, "140.01", 1, 15_000),
    (2_180_000, "150", 2, 40_000), (2_180_000, "139.99", 2, 20_000), (1_090_000, "80", 3, 30_000), (1_090_000, "80", 7, 30_000),
])
def test_deed_tax_goes_by_home_and_area(price: int, area: str, home: int, expected: int) -> None:
    assert tax(price, area, home) == yuan(expected)


def test_the_day_before_the_new_table_the_old_one_holds() -> None:
    assert (tax(1_090_000, "120"), tax(1_090_000, "120", day=OLD)) == (yuan(10_000), yuan(15_000))
    assert tax(1_090_000, "90.00", 2, day=OLD) == yuan(10_000)
    assert tax(1_090_000, "90.01", 2, day=OLD) == yuan(20_000)


def test_what_is_no_home_is_taxed_by_the_province() -> None:
    assert tax(1_090_000, "30", use=Use.SHOP) == tax(1_090_000, "30", 2, Use.PARKING) == yuan(30_000)


@pytest.mark.parametrize(("purchase", "rule", "expected"), [
    (Purchase(yuan(1), Decimal(120)), MaintenanceRule(per_square_metre=yuan(65)), "7800"),
    (Purchase(yuan(1), Decimal("89.87")), MaintenanceRule(per_square_metre=yuan(90)), "8088.30"),
    (Purchase(yuan("735761.40"), Decimal(100)), MaintenanceRule(share=Decimal("0.02")), "14715.23"),
    (Purchase(yuan(1), Decimal(100)), MaintenanceRule(), "0"),
])
def test_the_maintenance_fund_goes_by_area_or_price(purchase: Purchase, rule: MaintenanceRule, expected: str) -> None:
    assert maintenance_fund(purchase, rule) == yuan(expected)


def test_a_homes_sheet_of_expenses_shows_each_reckoning() -> None:
    assert purchase_costs(Purchase(yuan(1_090_000), Decimal("140.00")), cost_rates_on(NEW)) == (
        CostLine(Cost.DEED_TAX, Basis.RATE_OF_PRICE_WITHOUT_VAT, (yuan(1_000_000), Decimal("0.01")), yuan(10_000),
                 Collector.TAX_OFFICE),
        CostLine(Cost.STAMP_DUTY, Basis.EXEMPT, (), ZERO, Collector.TAX_OFFICE),
        CostLine(Cost.MAINTENANCE, Basis.RATE_OF_PRICE, (yuan(1_090_000), Decimal("0.02")), yuan(21_800), Collector.FUND),
        CostLine(Cost.REGISTRATION, Basis.FLAT, (yuan(80),), yuan(80), Collector.REGISTRY),
    )


def test_a_shop_pays_stamp_duty_and_the_higher_fee() -> None:
    lines = purchase_costs(Purchase(yuan(1_090_000), Decimal(50), Use.SHOP), cost_rates_on(NEW))
    assert [line.amount for line in lines] == [yuan(30_000), yuan(500), yuan(21_800), yuan(550)]
    assert lines[1].parts == (yuan(1_000_000), Decimal("0.0005"))


def test_a_fund_by_area_names_area_and_price() -> None:
    rates = cost_rates_on(NEW)
    by_area = type(rates)(rates.vat, rates.deed_tax, rates.stamp_home, rates.stamp_other,
                          MaintenanceRule(per_square_metre=yuan(65)), rates.registration_home, rates.registration_other)
    fund = purchase_costs(Purchase(yuan(1_000_000), Decimal(120)), by_area)[2]
    assert (fund.basis, fund.parts, fund.amount) == (Basis.PER_SQUARE_METRE, (Decimal(120), yuan(65)), yuan(7_800))
