"""The deals behind the figures: what each figure counts, line by line, and the contracts living on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, Select, and_, func, or_, select, type_coerce

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant, due, hold
from salescenter.data.estate import building, unit
from salescenter.data.payments import allocation, receipt
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.report_periods import Span
from salescenter.domain.units import Step

_D = deal.c

_DAYS: dict[str, Any] = {
    "reserved": _D.reserved,
    "subscribed": _D.subscribed,
    "drafted": _D.drafted,
    "signed": _D.signed,
    "filed": _D.filed,
}
_ENDS: dict[str, Step] = {
    "cancelled": Step.CANCEL,
    "forfeited": Step.FORFEIT,
    "given-back": Step.GIVE_BACK,
    "changed-unit": Step.CHANGE_UNIT,
}
OF_SIGNED = "-signed"
"""Ends the name of a figure that counts only deals whose contract was signed (网签) before they ended."""

FIGURES = (*_DAYS, *_ENDS, "cancelled" + OF_SIGNED, "changed-unit" + OF_SIGNED)
"""Every daily figure whose detail is deals."""

leader_id = (
    select(deal_consultant.c.person_id)
    .where(deal_consultant.c.deal_id == _D.id)
    .order_by(deal_consultant.c.share.desc(), deal_consultant.c.id)
    .limit(1)
    .correlate(deal)
    .scalar_subquery()
)
"""The consultant with the largest part of a deal, to whom the figures count it."""

_leader = select(person.c.name).where(person.c.id == leader_id).correlate(deal).scalar_subquery()
buyer_name = func.coalesce(
    select(customer.c.name)
    .join(deal_buyer, deal_buyer.c.customer_id == customer.c.id)
    .where(deal_buyer.c.deal_id == _D.id, deal_buyer.c.active)
    .order_by(deal_buyer.c.position)
    .limit(1)
    .correlate(deal)
    .scalar_subquery(),
    "",
)


def counted_on(figure: str) -> tuple[Any, ColumnElement[bool]]:
    """Return the column of the day a deal counts on in a figure, and which deals count."""
    if figure in _DAYS:
        day = _DAYS[figure]
        return day, day.is_not(None)
    ended = _D.ending == _ENDS[figure.removesuffix(OF_SIGNED)].value
    return _D.closed, and_(ended, _D.signed.is_not(None)) if figure.endswith(OF_SIGNED) else ended


def deals_in(connection: Connection, project: int, figure: str, span: Span, part: str = "") -> Sequence[Any]:
    """Return one row for each deal a figure counts in a span, oldest first.

    Columns: id, unit_id, day, number, code, building, use, buyer, consultant, area (hundredths), fen.
    """
    day, counts = counted_on(figure)
    return connection.execute(
        select(
            _D.id,
            _D.unit_id,
            day.label("day"),
            _D.number,
            unit.c.code,
            building.c.name.label("building"),
            unit.c.use,
            buyer_name.label("buyer"),
            func.coalesce(_leader, "").label("consultant"),
            type_coerce(_D.area, Integer).label("area"),
            type_coerce(_D.total, BigInteger).label("fen"),
        )
        .join(unit, unit.c.id == _D.unit_id)
        .join(building, building.c.id == unit.c.building_id)
        .where(_D.project_id == project, counts, day.between(span.first, span.last), *of_part(part))
        .order_by(day, _D.id)
    ).all()


def of_part(part: str, people: Any = leader_id) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a row belongs to a part of the figures: `p:7`, `b:3`, `u:home`; none for the whole."""
    kind, _, value = part.partition(":")
    limits: dict[str, Any] = {"p": people, "b": unit.c.building_id, "u": unit.c.use}
    return (limits[kind] == (value if kind == "u" else int(value)),) if part else ()


def sums_of(connection: Connection, project: int, figure: str) -> Sequence[Any]:
    """Return (day, building, use, person, count, fen, area) of a figure, counted from the deals themselves."""
    day, counts = counted_on(figure)
    return connection.execute(
        select(
            day,
            unit.c.building_id,
            unit.c.use,
            leader_id,
            func.count(),
            func.sum(type_coerce(_D.total, BigInteger)),
            func.sum(type_coerce(_D.area, Integer)),
        )
        .join(unit, unit.c.id == _D.unit_id)
        .where(_D.project_id == project, counts)
        .group_by(day, unit.c.building_id, unit.c.use, leader_id)
    ).all()


# --- living on a day


def living_on(day: date, today: date) -> ColumnElement[bool]:
    """Say of a deal that it bound its unit (认购 or further) at the end of a day; `today` or later means now."""
    if day >= today:
        return and_(_D.living, _D.subscribed.is_not(None))
    return and_(_D.subscribed <= day, or_(_D.closed.is_(None), _D.closed > day))


def signed_on(day: date, today: date) -> ColumnElement[bool]:
    """Say of a deal that its contract was signed (网签) and alive at the end of a day."""
    return and_(living_on(day, today), _D.signed.is_not(None) if day >= today else _D.signed <= day)


def paid_by(day: date, today: date) -> Any:
    """Return what a due line had been paid by the end of a day, in fen: kept with the line for now, else added up."""
    if day >= today:
        return type_coerce(due.c.paid, BigInteger)
    return func.coalesce(
        select(func.sum(type_coerce(allocation.c.amount, BigInteger)))
        .join(receipt, receipt.c.id == allocation.c.receipt_id)
        .where(allocation.c.due_id == due.c.id, receipt.c.day <= day)
        .correlate(due)
        .scalar_subquery(),
        0,
    )


def contracts_on(connection: Connection, project: int, day: date, today: date) -> Sequence[Any]:
    """Return one row for each contract signed and alive at the end of a day.

    Columns: id, unit_id, day (signed), number (of the contract), code, buyer, fen, paid (towards the price, fen).
    """
    of_deal = select(func.coalesce(func.sum(paid_by(day, today)), 0)).select_from(due).where(due.c.deal_id == _D.id)
    paid = of_deal.correlate(deal).scalar_subquery()
    return connection.execute(
        select(
            _D.id,
            _D.unit_id,
            _D.signed.label("day"),
            _D.contract_number.label("number"),
            unit.c.code,
            buyer_name.label("buyer"),
            type_coerce(_D.total, BigInteger).label("fen"),
            paid.label("paid"),
        )
        .join(unit, unit.c.id == _D.unit_id)
        .where(_D.project_id == project, signed_on(day, today))
        .order_by(_D.signed, _D.id)
    ).all()


def contract_sums(connection: Connection, project: int, day: date, today: date) -> tuple[int, int]:
    """Return how many contracts are signed and alive at the end of a day, and their total in fen."""
    total = func.coalesce(func.sum(type_coerce(_D.total, BigInteger)), 0)
    signed = and_(_D.project_id == project, signed_on(day, today))
    count, fen = connection.execute(select(func.count(), total).where(signed)).one()
    return int(count), int(fen)


# --- holds


def holds_in(connection: Connection, project: int, span: Span, part: str = "") -> Sequence[Any]:
    """Return one row for each hold (预留) begun in a span; one that only moved an earlier end is not counted again.

    Columns: id, unit_id, at, code, building_id, building, use, person_id, consultant, reason, area, fen.
    """
    earlier = hold.alias()
    extends = select(earlier.c.id).where(earlier.c.unit_id == hold.c.unit_id, earlier.c.ended == hold.c.at).exists()
    begun = (unit.c.project_id == project, ~extends, *within(hold.c.at, span))
    return connection.execute(_holds().where(*begun, *of_part(part, hold.c.by_id))).all()


def within(moment: Any, span: Span) -> tuple[ColumnElement[bool], ...]:
    """Say of a moment that it lies in a span of the house's days."""
    after = span.last + timedelta(1)
    return (moment >= datetime.combine(span.first, time(), CHINA), moment < datetime.combine(after, time(), CHINA))


def _holds() -> Select[Any]:
    return (
        select(
            hold.c.id,
            hold.c.unit_id,
            hold.c.at,
            unit.c.code,
            unit.c.building_id,
            building.c.name.label("building"),
            unit.c.use,
            person.c.id.label("person_id"),
            person.c.name.label("consultant"),
            hold.c.reason,
            type_coerce(unit.c.area, Integer).label("area"),
            type_coerce(unit.c.list_total, BigInteger).label("fen"),
        )
        .join(unit, unit.c.id == hold.c.unit_id)
        .join(building, building.c.id == unit.c.building_id)
        .join(person, person.c.id == hold.c.by_id)
        .order_by(hold.c.at, hold.c.id)
    )
