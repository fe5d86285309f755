"""The visits and calls behind the figures, and how far the customers first met in a span have come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Integer, Select, and_, case, func, literal, or_, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, hold
from salescenter.data.staff import person
from salescenter.data.visits import visit
from salescenter.domain.report_periods import Span

_V = visit.c

CALL, VISIT = "call-in", "visit"
FIRST_VISIT = "visit-first"
FIGURES = (VISIT, CALL, "call-out", FIRST_VISIT)
"""Every daily figure whose detail is visits and calls."""


def counted(figure: str) -> Any:
    """Return which rows of visits a figure counts; colleagues from elsewhere (踩盘、市调) are counted nowhere."""
    if figure == FIRST_VISIT:
        return and_(_V.kind == VISIT, _V.first, ~_V.peer)
    return and_(_V.kind == figure, ~_V.peer)


def contacts_in(connection: Connection, project: int, figure: str, span: Span, part: str = "") -> Sequence[Any]:
    """Return one row for each visit or call a figure counts in a span, oldest first.

    Columns: id, at, kind, first, customer_id, customer, phone_shown, consultant, channel, party.
    """
    kind, _, value = part.partition(":")
    limits: dict[str, Any] = {"p": _V.consultant_id, "c": _V.channel}
    limit = (limits[kind] == (int(value) if kind == "p" else value),) if part else ()
    return connection.execute(
        select(
            _V.id,
            _V.at,
            _V.kind,
            _V.first,
            _V.customer_id,
            customer.c.name.label("customer"),
            customer.c.phone_shown,
            func.coalesce(person.c.name, "").label("consultant"),
            _V.channel,
            _V.party,
        )
        .join(customer, customer.c.id == _V.customer_id)
        .outerjoin(person, person.c.id == _V.consultant_id)
        .where(_V.project_id == project, counted(figure), _V.day.between(span.first, span.last), *limit)
        .order_by(_V.at, _V.id)
    ).all()


def sums_of(connection: Connection, project: int, figure: str) -> Sequence[Any]:
    """Return (day, person, channel, count) of a figure, counted from the visits themselves."""
    return connection.execute(
        select(_V.day, _V.consultant_id, _V.channel, func.count())
        .where(_V.project_id == project, counted(figure))
        .group_by(_V.day, _V.consultant_id, _V.channel)
    ).all()


# --- the cohort


STAGES = ("met", "visited", "held", "subscribed", "signed")
"""How far a customer has come, in the order of the funnel."""


def cohort_rows(connection: Connection, project: int, span: Span) -> Sequence[Any]:
    """Return one row for each customer whose first call or visit lies in a span, in the order they were registered.

    Columns: id, name, phone_shown, consultant, level, then 1 or 0 for each of `STAGES` but the first.
    """
    stages = _cohort(project, span).subquery()
    return connection.execute(
        select(
            customer.c.id,
            customer.c.name,
            customer.c.phone_shown,
            func.coalesce(person.c.name, "").label("consultant"),
            customer.c.level,
            *(stages.c[stage] for stage in STAGES[1:]),
        )
        .join(stages, stages.c.id == customer.c.id)
        .outerjoin(person, person.c.id == customer.c.owner_id)
        .order_by(customer.c.id)
    ).all()


def cohort_counts(connection: Connection, project: int, span: Span) -> tuple[int, ...]:
    """Return how many customers first met in a span reached each of `STAGES`, whenever they did."""
    stages = _cohort(project, span).subquery()
    sums = (func.coalesce(func.sum(stages.c[stage]), 0) for stage in STAGES[1:])
    row = connection.execute(select(func.count(), *sums).select_from(stages)).one()
    return tuple(int(number) for number in row)


def _cohort(project: int, span: Span) -> Select[Any]:
    heard = _V.kind.in_((CALL, VISIT))
    earlier = visit.alias()
    known_before = (
        select(earlier.c.id)
        .where(earlier.c.customer_id == _V.customer_id, earlier.c.day < span.first, earlier.c.kind.in_((CALL, VISIT)))
        .exists()
    )
    met = (
        select(_V.customer_id.label("id"))
        .where(_V.project_id == project, heard, _V.first, ~_V.peer)
        .where(_V.day.between(span.first, span.last), ~known_before)
        .distinct()
        .subquery()
    )
    return select(met.c.id, *_reached(met.c.id))


def _reached(who: Any) -> tuple[Any, ...]:
    """1 or 0 for each stage after the first; who bought also counts as having come, with or without a registration."""
    bought = select(literal(1)).join(deal, deal.c.id == deal_buyer.c.deal_id).where(deal_buyer.c.customer_id == who)
    came = select(literal(1)).where(_V.customer_id == who, _V.kind == VISIT).exists()
    held = select(literal(1)).where(hold.c.customer_id == who).exists()
    subscribed = bought.where(deal.c.subscribed.is_not(None)).exists()
    signed = bought.where(deal.c.signed.is_not(None)).exists()
    return (
        case((came, 1), else_=0).cast(Integer).label("visited"),
        case((or_(held, bought.where(deal.c.reserved.is_not(None)).exists()), 1), else_=0).label("held"),
        case((subscribed, 1), else_=0).label("subscribed"),
        case((signed, 1), else_=0).label("signed"),
    )
