"""The register of deals (住宅定购登记): every deal with its unit, buyers, price, days and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.data.estate import building, unit
from salescenter.data.payments import receipt
from salescenter.data.staff import person
from salescenter.data.types import sum_of
from salescenter.domain.masks import mask_name
from salescenter.domain.money import Money
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal in the register (住宅定购登记): unit, buyers, price, days, money."""

    id: int
    number: str
    living: bool
    state: UnitState
    ending: str
    unit: int
    building: str
    code: str
    area: Decimal
    buyer: str
    consultant: str
    plan: str
    list_total: Money
    total: Money
    received: Money
    opened: date
    subscribed: date | None
    sign_by: date | None
    signed: date | None
    contract_number: str
    closed: date | None


def deals(desk: Desk, text: str = "", *, living_only: bool = False, limit: int = 5_000) -> tuple[DealRow, ...]:
    """List deals, newest first, found by number, contract number, unit code or buyer's name."""
    stmt = _register().where(deal.c.project_id == desk.project).order_by(deal.c.id.desc()).limit(limit)
    if living_only:
        stmt = stmt.where(deal.c.living)
    if text:
        like = f"%{text}%"
        stmt = stmt.where(
            or_(
                deal.c.number.like(like),
                deal.c.contract_number.like(like),
                unit.c.code.like(like),
                customer.c.name.like(like),
            )
        )
    with desk.reading() as connection:
        rows = connection.execute(stmt).all()
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    return tuple(_deal_row(row, reveal=reveal) for row in rows)


def _register() -> Select[Any]:
    """Select the columns of `DealRow`, in its order."""
    b, s, d = deal_buyer.c, deal_consultant.c, deal.c
    received = select(sum_of(receipt.c.amount)).where(receipt.c.deal_id == d.id).scalar_subquery()
    leader = (
        select(person.c.name)
        .join(deal_consultant, s.person_id == person.c.id)
        .where(s.deal_id == d.id)
        .order_by(s.share.desc(), s.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            d.id, d.number, d.living, d.state, d.ending, d.unit_id, building.c.name, unit.c.code, d.area,
            customer.c.name, func.coalesce(leader, ""), d.plan, d.list_total, d.total, received, d.opened,
            d.subscribed, d.sign_by, d.signed, d.contract_number, d.closed,
        )
        .join(unit, unit.c.id == d.unit_id)
        .join(building, building.c.id == unit.c.building_id)
        .join(deal_buyer, and_(b.deal_id == d.id, b.active, b.position == 0))
        .join(customer, customer.c.id == b.customer_id)
    )  # fmt: skip


def _deal_row(row: Any, *, reveal: bool) -> DealRow:
    values = list(row)
    values[2], values[3] = bool(values[2]), UnitState(values[3])
    values[9] = values[9] if reveal else mask_name(values[9])
    return DealRow(*values)
