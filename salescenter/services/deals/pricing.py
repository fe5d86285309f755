"""Pricing a deal: the build-up by the policy, the gates on it, and the schedule that adds up to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from salescenter.data.deals import approval, deal_discount
from salescenter.data.estate import building, phase
from salescenter.domain.deposits import check_deposit, deposit_cap
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money, Rounding
from salescenter.domain.policies import least_down
from salescenter.domain.prices import (
    BuildUp,
    Discount,
    DiscountKind,
    Floor,
    PriceLine,
    building_group,
    check_price,
    highest_floor,
    phase_group,
    price_build_up,
)
from salescenter.domain.refusals import BelowFloorPrice, DiscountTooDeep
from salescenter.domain.schedules import Due, LoanPart, check_down_payment, check_schedule, make_schedule
from salescenter.domain.staff import Role
from salescenter.domain.units import PriceBasis, Step
from salescenter.services.deals.requests import Terms
from salescenter.services.offers import floors_in, limit_in
from salescenter.services.settings import kept_now
from salescenter.services.work import Work


@dataclass(frozen=True, slots=True)
class Priced:
    """A deal's price and schedule as they will be signed; `approval` is the grant that opened the price, if one did."""

    build_up: BuildUp
    dues: tuple[Due, ...]
    rules: HouseRules
    approval: int | None = None


def price(work: Work, row: Any, terms: Terms, signed: date, rules: HouseRules) -> Priced:
    """Work out the price of a unit under these terms, refuse what the gates refuse, lay out the schedule from today."""
    how = Rounding(row.rounding)
    build_up = build_up_of(row, terms, how)
    approval_used = check_limits(work, row, terms, build_up, how, rules)
    cap = deposit_cap(build_up.total, rules.deposit_cap)
    check_deposit(terms.deposit, build_up.total, min(rules.least_deposit, cap), rules.deposit_cap)
    dues = dues_of(build_up.total, terms, how, work.today, signed)
    return Priced(build_up, dues, rules, approval_used)


def build_up_of(row: Any, terms: Terms, how: Rounding) -> BuildUp:
    """Lay the discounts over the list price in the policy's order."""
    basis = PriceBasis(row.basis)
    area = row.inner if basis is PriceBasis.INNER else row.area
    return price_build_up(row.list_total, area, basis, terms.discounts, how)


def agreed_lines(connection: Connection, row: Any, how: Rounding) -> tuple[PriceLine, ...]:
    """Lay out again how a deal's price came about, from what the deal (its row) froze."""
    c = deal_discount.c
    found = connection.execute(select(c.name, c.kind, c.value).where(c.deal_id == row.id).order_by(c.position))
    discounts = tuple(Discount(name, DiscountKind(kind), Decimal(value)) for name, kind, value in found)
    return build_up_of(row, Terms(discounts), how).lines


def dues_of(total: Money, terms: Terms, how: Rounding, subscribed: date, signed: date) -> tuple[Due, ...]:
    """Lay out the schedule of a price under the terms' plan; its sum is exactly the price.

    Refuses loans that leave less than the down payment the policies of the day of subscription demand.
    """
    loans = tuple(LoanPart(loan.kind, loan.amount) for loan in terms.loans)
    dues = make_schedule(terms.plan, total, subscribed, signed, how, loans, terms.deposit)
    check_schedule(dues, total)
    lent = [LoanPart(due.loan, due.amount) for due in dues if due.loan]  # a plan's own loans among them
    check_down_payment(total, lent, least_down([part.kind for part in lent], subscribed), terms.plan.loan_unit)
    return dues


def check_limits(
    work: Work, row: Any, terms: Terms, build_up: BuildUp, how: Rounding, rules: HouseRules
) -> int | None:
    """Hold the price against its limits; returns the approval that opened them, where one was needed and granted."""
    limits: dict[str, Any] = {
        "filed": row.filed_total, "floor": floor_of(work, row, rules, how), "approver": Role.MANAGER, "rounding": how,
    }  # fmt: skip
    if build_up.total < row.list_total:
        limits["limit_rate"] = limit_in(kept_now(work), work.desk.who.role)
    try:
        check_price(build_up.total, row.list_total, **limits)
    except (BelowFloorPrice, DiscountTooDeep):
        granted = _approved_total(work, row, terms.approval)
        if granted is None or build_up.total < granted:
            raise
        return terms.approval
    return None


def floor_of(work: Work, row: Any, rules: HouseRules, how: Rounding) -> Floor | None:
    """The lowest price without approval: the highest of the unit's own, the project's, its building's and phase's."""
    rates = [("project", rules.floor_rate), *_group_rates(work, row.building_id)]
    return highest_floor(row.list_total, row.floor_total, rates, how)


_GROUPS = (
    select(building.c.id, building.c.name, phase.c.id.label("phase"), phase.c.name.label("phase_name"))
    .outerjoin(phase, phase.c.id == building.c.phase_id)
    .where(building.c.id == bindparam("building"))
)


def _group_rates(work: Work, number: int) -> list[tuple[str, Decimal]]:
    """The floors that a building and its phase have of their own today, by their names."""
    kept = floors_in(kept_now(work))
    at = work.connection.execute(_GROUPS, {"building": number}).first() if kept else None
    if at is None:
        return []
    groups = ((at.name, building_group(at.id)), (at.phase_name, phase_group(at.phase)))
    return [(name, kept[group]) for name, group in groups if group in kept]


def _approved_total(work: Work, row: Any, approval_id: int | None) -> Money | None:
    """The lowest total a manager granted for this unit, if that approval is still unused."""
    if approval_id is None:
        return None
    found = work.connection.execute(
        select(approval).where(
            approval.c.id == approval_id,
            approval.c.unit_id == row.id,
            approval.c.granted,
            approval.c.step == Step.SUBSCRIBE.value,
            approval.c.used.is_(False),
        )
    ).first()
    return None if found is None else Money(int(found.asked["fen"]))

