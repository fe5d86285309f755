"""What a customer holds: every paper that was printed for them, and what each is worth today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from salescenter.data.deals import deal_buyer, quotation
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.visits import visit
from salescenter.domain.papers.access import kinds_for
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.voiding import Duty
from salescenter.domain.units import Step
from salescenter.services.papers.checking import Standing, standing_of
from salescenter.services.papers.registration import number_of
from salescenter.services.papers.voiding import VoidPaper, voids
from salescenter.services.work import Desk


class Worth(StrEnum):
    """What a paper somebody holds is worth today; the most pressing first."""

    BACK = "back"              # 待收回: it is void, and out
    VALID = "valid"            # 有效
    SUPERSEDED = "superseded"  # 已被取代
    VOID = "void"              # 已作废: void, and settled


_WORTH = {
    Standing.COUNTS: Worth.VALID, Standing.COUNTER: Worth.VALID, Standing.SUPERSEDED: Worth.SUPERSEDED,
    Standing.VOID: Worth.VOID, Standing.CLOSED: Worth.VOID, Standing.RECALLED: Worth.VOID,
    Standing.UNKNOWN: Worth.VOID,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """One paper; paper: its newest print in the archive; duty: what is to be done about one that is to come back."""

    kind: PaperKind
    number: str
    worth: Worth
    duty: Duty | None
    copies: int
    at: datetime
    paper: int
    deal: int | None


def given_to(desk: Desk, customer: int, now: datetime) -> tuple[Given, ...]:
    """List what was printed for a customer: of their deals, of one they left until then, quotations and visits."""
    with desk.reading() as connection:
        return _given(connection, desk, now, _of_customer(connection, customer))


def _of_customer(connection: Connection, customer: int) -> ColumnElement[bool]:
    p = paper.c
    theirs = select(deal_buyer.c.deal_id).where(deal_buyer.c.customer_id == customer, deal_buyer.c.active)
    left = select(deal_buyer.c.deal_id).where(deal_buyer.c.customer_id == customer, deal_buyer.c.active.is_(False))
    changed = select(func.max(history.c.at)).where(
        history.c.deal_id == p.deal_id, history.c.step == Step.CHANGE_BUYER.value
    )
    quoted = select(quotation.c.number).where(quotation.c.customer_id == customer)
    came = connection.execute(select(visit.c.kind, visit.c.day, visit.c.id).where(visit.c.customer_id == customer))
    slips = [number_of(row.kind, row.day, row.id) for row in came]
    return or_(
        p.deal_id.in_(theirs),
        and_(p.deal_id.in_(left), p.at <= changed.scalar_subquery()),
        and_(p.kind == PaperKind.QUOTATION.value, p.number.in_(quoted)),
        and_(p.kind == PaperKind.REGISTRATION.value, p.number.in_(slips)),
    )


def _given(connection: Connection, desk: Desk, now: datetime, which: ColumnElement[bool]) -> tuple[Given, ...]:
    p = paper.c
    kinds = [kind.value for kind in kinds_for(desk.who.role)]
    stmt = select(
        p.kind, p.number, p.deal_id, func.max(p.copy).label("copies"), func.max(p.at).label("at"),
        func.max(p.id).label("paper"),
    ).where(p.project_id == desk.project, p.kind.in_(kinds), which)  # fmt: skip
    rows = connection.execute(stmt.group_by(p.kind, p.number, p.deal_id).order_by(func.max(p.id).desc())).all()
    copies = {(row.kind, row.number): row.copies for row in rows}
    gone = {
        (one.kind, one.number): one for one in _voids(connection, desk, now, rows)
        if not one.settled or one.copy == copies.get((one.kind, one.number))  # else a newer copy stands in its place
    }  # fmt: skip
    found = (_worth(connection, desk, row, gone.get((PaperKind(row.kind), row.number))) for row in rows)
    return tuple(sorted(found, key=lambda one: list(Worth).index(one.worth)))


def _voids(connection: Connection, desk: Desk, now: datetime, rows: Any) -> Iterator[VoidPaper]:
    """What is void of the deals these papers are of; of quotations where there are any."""
    deals = {row.deal_id for row in rows}
    for one in deals - {None}:
        yield from voids(connection, desk, now, one)
    if None in deals:
        yield from voids(connection, desk, now)


def _worth(connection: Connection, desk: Desk, row: Any, gone: VoidPaper | None) -> Given:
    kind = PaperKind(row.kind)
    duty = gone.duty if gone is not None and not gone.settled else None
    known = standing_of(connection, desk, kind, row.number) if gone is None else None
    worth = Worth.BACK if duty else Worth.VOID if gone else _WORTH[known.standing] if known else Worth.VALID
    return Given(kind, row.number, worth, duty, row.copies, row.at, row.paper, row.deal_id)
