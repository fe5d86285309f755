"""The gates before a sale: what a deed must refuse about the unit and about the customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select

from salescenter.data import identity, trips
from salescenter.data.customers import customer
from salescenter.data.deals import approval
from salescenter.data.staff import person
from salescenter.data.trips import Question
from salescenter.data.visits import visit
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.id_numbers import age_on, read_id
from salescenter.domain.loans import longest_term
from salescenter.domain.masks import STARS
from salescenter.domain.price_refusals import TooOldForLoan
from salescenter.domain.refusals import (
    FieldMalformed,
    FieldMissing,
    HeldForAnother,
    NeedsApproval,
    NoArea,
    NoConsent,
    NoFirstVisit,
    NoFloorPrice,
    NoPermit,
    NoPrice,
    NotFound,
    OwnedByAnother,
    PriceListExpired,
    UnderAge,
    UnitLocked,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import NOT_SALEABLE, Flag, Step, UnitState
from salescenter.services.deals.annexes import check_annex
from salescenter.services.deals.claims import Claimed, standing_hold
from salescenter.services.deals.requests import Loan
from salescenter.services.work import Work

ADULT_YEARS = 18

PENDING = frozenset({Step.EXTEND_SIGNING, Step.CHANGE_UNIT, Step.CHANGE_BUYER, Step.CANCEL, Step.FORFEIT})
"""Changes that, once somebody asked for them, hold up the contract until they are decided."""


# --- the unit


def check_flags(row: Any) -> None:
    """Refuse a unit that a flag keeps from sale: mortgaged, seized, price or area under review, locked."""
    if row.flags & NOT_SALEABLE:
        raise UnitLocked(unit=row.code, flag=next(flag for flag in Flag if row.flags & flag & NOT_SALEABLE))


def check_saleable(work: Work, unit: Claimed, buyers: Sequence[int] | None, rules: HouseRules) -> None:
    """Refuse money for a unit that may not be sold now, or not to these buyers; None are not known yet."""
    row = unit.row
    check_flags(row)
    check_permit(row, work.today)
    if not row.area:
        raise NoArea(unit=row.code)
    _check_prices(row, rules, work.today)
    if unit.state is UnitState.HELD:
        _check_hold(work, unit, buyers or ())
    check_annex(work, unit, buyers, rules)


def check_permit(row: Any, today: date) -> None:
    """Refuse what no presale permit covers, or only one that is not issued yet."""
    if row.permit_id is None or row.permit_issued > today:
        raise NoPermit(unit=row.code)


def _check_prices(row: Any, rules: HouseRules, today: date) -> None:
    if not row.list_total:
        raise NoPrice(unit=row.code)
    if rules.price_list_until is not None and rules.price_list_until < today:
        raise PriceListExpired(unit=row.code, until=rules.price_list_until)
    if rules.need_floor_price and not row.has_floor:
        raise NoFloorPrice(unit=row.code)


def _check_hold(work: Work, unit: Claimed, buyers: Sequence[int]) -> None:
    """A hold opens to the customer it was made for, to who made it, and to a manager."""
    row = standing_hold(work, unit.id)
    if row is None or row.by_id == work.desk.who.id or work.desk.who.role is Role.MANAGER:
        return
    if row.customer_id is not None and row.customer_id in buyers:
        return
    approver = work.connection.scalar(select(person.c.name).where(person.c.id == row.approver_id))
    raise HeldForAnother(
        unit=unit.row.code, by=row.by_name, until=row.until, reason=row.reason, approver=approver or row.by_name
    )


_ASKED = (
    select(approval.c.step)
    .where(
        approval.c.unit_id == bindparam("unit"),
        approval.c.decided_at.is_(None),
        approval.c.step.in_(sorted(step.value for step in PENDING)),
    )
    .order_by(approval.c.id)
)


def check_nothing_pending(work: Work, unit_id: int) -> None:
    """Refuse to carry a contract on while somebody waits for the answer to a change of it (变更审批中)."""
    if (asked := work.connection.scalar(_ASKED, {"unit": unit_id})) is not None:
        raise NeedsApproval(step=Step(asked), approver=Role.MANAGER)


# --- the people


def to_buyers(buyers: Sequence[int]) -> Question:
    """Return the question for the buyers' rows."""
    return _customers(len(buyers)), _numbered(buyers)


def to_sellers(sellers: Sequence[int]) -> Question:
    """Return the question for which of the sellers are of the house."""
    return _people(len(sellers)), _numbered(sellers)


def _numbered(ids: Sequence[int]) -> dict[str, int]:
    return {f"id{number}": id_ for number, id_ in enumerate(ids)}


def _are(column: Any, count: int) -> Any:
    """One of so many: a place for each, so that the text is written out once for a number of people."""
    return column.in_([bindparam(f"id{number}") for number in range(count)])


_K = customer.c


@cache
def _customers(count: int) -> Any:
    return select(
        _K.id, _K.project_id, _K.name, identity.birth, identity.age, _K.id_kind, identity.id_number, _K.guardian,
        _K.consent_at, _K.owner_id, _K.protected_until, _K.family_id,
    ).where(_are(_K.id, count))  # fmt: skip


@cache
def _people(count: int) -> Any:
    return select(person.c.id).where(_are(person.c.id, count), person.c.active)


def check_buyers(work: Work, buyers: Sequence[int], rules: HouseRules) -> tuple[Any, ...]:
    """Return the buyers' rows; refuse who is unknown, under age without a guardian, or gave no consent."""
    _check_named(buyers, "buyers")
    rows = work.connection.execute(*to_buyers(buyers))
    found = {row.id: row for row in rows if row.project_id == work.project}
    for id_ in buyers:
        if id_ not in found:
            raise NotFound(what="customer", sought=id_)
        _check_buyer(found[id_], work.today, rules)
    if rules.need_first_visit:
        _check_visits(work, found.values())
    return tuple(found[id_] for id_ in buyers)


def check_sellers(work: Work, sellers: Sequence[int], buyers: Sequence[Any], rules: HouseRules) -> None:
    """Refuse consultants who are not of the house, and a consultant who sells to another's protected customer."""
    _check_named(sellers, "consultants")
    known = set(trips.first_column(work.connection, *to_sellers(sellers)))
    for id_ in sellers:
        if id_ not in known:
            raise NotFound(what="person", sought=id_)
    if rules.guard_owners and work.desk.who.role is Role.CONSULTANT:
        _check_owner(work, sellers, buyers[0])


def _check_named(ids: Sequence[int], field: str) -> None:
    if not ids:
        raise FieldMissing(field=field)
    (id_, times) = Counter(ids).most_common(1)[0]
    if times > 1:
        raise FieldMalformed(field=field, value=id_, why="twice")


def _check_owner(work: Work, sellers: Sequence[int], buyer: Any) -> None:
    if buyer.owner_id in (None, *sellers) or (buyer.protected_until or work.today) < work.today:
        return
    name = work.connection.scalar(select(person.c.name).where(person.c.id == buyer.owner_id))
    raise OwnedByAnother(owner=name or "", until=buyer.protected_until or work.today)


def long_term(borrower: Any, loans: Sequence[Loan], today: date, rules: HouseRules) -> TooOldForLoan | None:
    """Say why the longest of the loans runs beyond the age lenders go to: age and term together.

    None where it does not, where nobody knows the borrower's age (a row of `to_people`), or the house does not look.
    """
    years = max((loan.years for loan in loans), default=0)
    _, age = _born(borrower, today)
    if not (years and rules.loan_age) or age is None or age + years <= rules.loan_age:
        return None
    longest = longest_term(age, oldest=rules.loan_age)
    return TooOldForLoan(
        field="years", name=borrower.name, age=age, years=years, limit=rules.loan_age, longest=longest
    )


def check_term(borrower: Any, loans: Sequence[Loan], today: date, rules: HouseRules) -> None:
    """Refuse loans that run beyond the age, where the house refuses them."""
    if rules.refuse_loan_age and (trouble := long_term(borrower, loans, today, rules)) is not None:
        raise trouble


def _born(row: Any, today: date) -> tuple[date | None, int | None]:
    """A buyer's day of birth and full years, as far as they are known."""
    birth = row.birth
    if row.id_kind == "resident" and row.id_number and STARS not in row.id_number:
        birth = read_id(row.id_number, today).birth
    return birth, age_on(birth, today) if birth else row.age  # a server keeps a resident's day of birth to itself


def _check_buyer(row: Any, today: date, rules: HouseRules) -> None:
    birth, years = _born(row, today)
    if years is not None and years < ADULT_YEARS and not row.guardian:
        raise UnderAge(name=row.name, birth=birth or STARS)
    if rules.need_consent and row.consent_at is None:
        raise NoConsent(customer=row.name)


def _check_visits(work: Work, rows: Iterable[Any]) -> None:
    for row in rows:
        met = select(visit.c.id).join(customer, customer.c.id == visit.c.customer_id)
        family = row.family_id or row.id
        seen = met.where((customer.c.id.in_((row.id, family))) | (customer.c.family_id == family), ~visit.c.peer)
        if work.connection.scalar(seen.limit(1)) is None:
            raise NoFirstVisit(customer=row.name)
