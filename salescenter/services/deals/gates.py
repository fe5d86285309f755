"""The gates before a sale: what a deed must refuse about the unit and about the customer (domain facts 11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.deals import hold as holds
from salescenter.data.estate import unit as units
from salescenter.data.staff import person
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.id_numbers import read_id
from salescenter.domain.refusals import (
    HeldForAnother,
    NoArea,
    NoConsent,
    NoPermit,
    NoPrice,
    NotFound,
    SoldAlone,
    UnderAge,
    UnitLocked,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import NOT_SALEABLE, Flag, UnitState, Use
from salescenter.services.deals.claims import Claimed
from salescenter.services.work import Work

ADULT_YEARS = 18


def check_flags(row: Any) -> None:
    """Refuse a unit that a flag keeps from sale: mortgaged, seized, price or area under review, locked."""
    for flag in Flag:
        if row.flags & flag & NOT_SALEABLE:
            raise UnitLocked(unit=row.code, flag=flag)


def check_saleable(work: Work, unit: Claimed, buyers: Sequence[int], rules: HouseRules) -> None:
    """Refuse money for a unit that may not be sold now, or not to these buyers."""
    row = unit.row
    check_flags(row)
    if row.permit_id is None:
        raise NoPermit(unit=row.code)
    if not row.area:
        raise NoArea(unit=row.code)
    if not row.list_total:
        raise NoPrice(unit=row.code)
    if unit.state is UnitState.HELD:
        _check_hold(work, unit, buyers)
    if row.use in (Use.PARKING, Use.STORAGE) and not rules.annex_alone:
        _check_has_home(work, unit, buyers)


def check_buyers(work: Work, buyers: Sequence[int], rules: HouseRules) -> tuple[Any, ...]:
    """Return the buyers' rows; refuse who is unknown, under age without a guardian, or gave no consent."""
    if not buyers:
        raise NotFound(what="buyer", sought="")
    found = {row.id: row for row in work.connection.execute(select(customer).where(customer.c.id.in_(buyers)))}
    for id_ in buyers:
        if id_ not in found:
            raise NotFound(what="customer", sought=id_)
        _check_buyer(found[id_], work.today, rules)
    return tuple(found[id_] for id_ in buyers)


def _check_buyer(row: Any, today: date, rules: HouseRules) -> None:
    if row.id_kind == "resident" and row.id_number:
        read_id(row.id_number, today)
    if row.birth and _years(row.birth, today) < ADULT_YEARS and not row.guardian:
        raise UnderAge(name=row.name, birth=row.birth)
    if rules.need_consent and row.consent_at is None:
        raise NoConsent(customer=row.name)


def _years(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _check_hold(work: Work, unit: Claimed, buyers: Sequence[int]) -> None:
    """A hold opens to the customer it was made for, to who made it, and to a manager."""
    row = work.connection.execute(
        select(holds, person.c.name.label("by_name"))
        .join(person, person.c.id == holds.c.by_id)
        .where(holds.c.unit_id == unit.id, holds.c.ended.is_(None))
        .order_by(holds.c.id.desc())
    ).first()
    if row is None or row.by_id == work.desk.who.id or work.desk.who.role is Role.MANAGER:
        return
    if row.customer_id is not None and row.customer_id in buyers:
        return
    raise HeldForAnother(
        unit=unit.row.code, by=row.by_name, until=row.until, reason=row.reason, approver=row.approver_id
    )


def _check_has_home(work: Work, unit: Claimed, buyers: Sequence[int]) -> None:
    home = work.connection.scalar(
        select(deal.c.id)
        .join(deal_buyer, deal_buyer.c.deal_id == deal.c.id)
        .join(units, units.c.id == deal.c.unit_id)
        .where(deal.c.living, deal_buyer.c.customer_id.in_(buyers), units.c.use == Use.HOME)
        .limit(1)
    )
    if home is None:
        raise SoldAlone(unit=unit.row.code, use=unit.row.use)
