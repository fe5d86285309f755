"""What a buyer pays beside the price (税费): deed tax, stamp duty, maintenance fund, registration."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.money import ZERO, Money
from salescenter.domain.units import Use


@dataclass(frozen=True, slots=True)
class DeedTaxBand:
    """One row of a deed tax table: the buyer's nth home, up to an area (square metres, inclusive), its rate."""

    home: int            # 1 the family's only home, 2 the second, 3 the third and every further one
    upto: Decimal | None  # None: no upper end
    rate: Decimal


@dataclass(frozen=True, slots=True)
class DeedTaxTable:
    """Rates in force together; `other` is the province's rate for what is no home."""

    bands: tuple[DeedTaxBand, ...]
    other: Decimal

    def rate(self, area: Decimal, use: Use, home: int) -> Decimal:
        """Return the rate for a unit; further homes are taxed as the last one the table knows."""
        if use is not Use.HOME:
            return self.other
        nth = min(home, max(band.home for band in self.bands))
        return next((band.rate for band in self.bands
                     if band.home == nth and (band.upto is None or area <= band.upto)), self.other)


@dataclass(frozen=True, slots=True)
class MaintenanceRule:
    """The first payment into the maintenance fund: by construction area (square metres), or a share of the price."""

    per_square_metre: Money | None = None
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CostRates:
    """All rates in force on one day, as the policies say."""

    vat: Decimal                  # 0.09; the price is divided by 1.09
    deed_tax: DeedTaxTable
    stamp_home: Decimal           # zero: individuals buying a home are exempt
    stamp_other: Decimal          # of the price without VAT
    maintenance: MaintenanceRule
    registration_home: Money
    registration_other: Money


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: contract price with VAT, construction area (square metres), use, the buyer's nth home."""

    price: Money
    area: Decimal
    use: Use = Use.HOME
    home: int = 1


class Cost(StrEnum):
    """What is paid beside the price."""

    DEED_TAX = "deed-tax"          # 契税
    STAMP_DUTY = "stamp-duty"      # 印花税
    MAINTENANCE = "maintenance"    # 专项维修资金
    REGISTRATION = "registration"  # 不动产登记费


class Basis(StrEnum):
    """How an amount was reckoned; names the order of a line's `parts`."""

    RATE_OF_PRICE_WITHOUT_VAT = "rate-of-price-without-vat"  # parts: price without VAT, rate
    RATE_OF_PRICE = "rate-of-price"                          # parts: price, rate
    PER_SQUARE_METRE = "per-square-metre"                    # parts: area, yuan a square metre
    FLAT = "flat"                                            # parts: the fee
    EXEMPT = "exempt"                                        # no parts


class Collector(StrEnum):
    """Who takes the money."""

    TAX_OFFICE = "tax-office"  # 税务局
    FUND = "fund"              # 维修资金专户
    REGISTRY = "registry"      # 不动产登记中心


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line of the expense sheet (购房费用明细): amount, how it was reckoned, who collects it."""

    name: Cost
    basis: Basis
    parts: tuple[Money | Decimal, ...]
    amount: Money
    collected_by: Collector


def without_vat(price: Money, rate: Decimal) -> Money:
    """Take value added tax out of a price: P / (1 + rate), half up to a fen."""
    return Money.yuan(Decimal(price.fen) / 100 / (1 + rate))


def deed_tax(purchase: Purchase, table: DeedTaxTable, vat: Decimal) -> Money:
    """Reckon the deed tax on the price without VAT."""
    return without_vat(purchase.price, vat).times(table.rate(purchase.area, purchase.use, purchase.home))


def stamp_duty(purchase: Purchase, rates: CostRates) -> Money:
    """Reckon the buyer's stamp duty on the price without VAT; zero where homes are exempt (财税[2008]137号)."""
    return without_vat(purchase.price, rates.vat).times(_stamp_rate(purchase, rates))


def maintenance_fund(purchase: Purchase, rule: MaintenanceRule) -> Money:
    """Reckon the first payment into the fund: by area, else by share of the price, else nothing."""
    if rule.per_square_metre is not None:
        return rule.per_square_metre.times(purchase.area)
    return purchase.price.times(rule.share or Decimal(0))


def registration_fee(purchase: Purchase, rates: CostRates) -> Money:
    """Return the fee a unit: one for homes, one for everything else."""
    return rates.registration_home if purchase.use is Use.HOME else rates.registration_other


def purchase_costs(purchase: Purchase, rates: CostRates) -> tuple[CostLine, ...]:
    """List everything a buyer pays beside the price, each with its reckoning."""
    return (_deed_tax_line(purchase, rates), _stamp_line(purchase, rates), _fund_line(purchase, rates),
            _registration_line(purchase, rates))


def _deed_tax_line(purchase: Purchase, rates: CostRates) -> CostLine:
    base = without_vat(purchase.price, rates.vat)
    rate = rates.deed_tax.rate(purchase.area, purchase.use, purchase.home)
    return CostLine(Cost.DEED_TAX, Basis.RATE_OF_PRICE_WITHOUT_VAT, (base, rate),
                    deed_tax(purchase, rates.deed_tax, rates.vat), Collector.TAX_OFFICE)


def _stamp_line(purchase: Purchase, rates: CostRates) -> CostLine:
    rate = _stamp_rate(purchase, rates)
    if not rate:
        return CostLine(Cost.STAMP_DUTY, Basis.EXEMPT, (), ZERO, Collector.TAX_OFFICE)
    return CostLine(Cost.STAMP_DUTY, Basis.RATE_OF_PRICE_WITHOUT_VAT,
                    (without_vat(purchase.price, rates.vat), rate), stamp_duty(purchase, rates), Collector.TAX_OFFICE)


def _stamp_rate(purchase: Purchase, rates: CostRates) -> Decimal:
    return rates.stamp_home if purchase.use is Use.HOME else rates.stamp_other


def _fund_line(purchase: Purchase, rates: CostRates) -> CostLine:
    rule, amount = rates.maintenance, maintenance_fund(purchase, rates.maintenance)
    if rule.per_square_metre is not None:
        parts: tuple[Money | Decimal, ...] = (purchase.area, rule.per_square_metre)
        return CostLine(Cost.MAINTENANCE, Basis.PER_SQUARE_METRE, parts, amount, Collector.FUND)
    return CostLine(Cost.MAINTENANCE, Basis.RATE_OF_PRICE, (purchase.price, rule.share or Decimal(0)), amount,
                    Collector.FUND)


def _registration_line(purchase: Purchase, rates: CostRates) -> CostLine:
    fee = registration_fee(purchase, rates)
    return CostLine(Cost.REGISTRATION, Basis.FLAT, (fee,), fee, Collector.REGISTRY)
