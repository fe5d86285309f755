"""Finding printed papers: by number, customer, unit, kind and day; and what one deal holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, quotation
from salescenter.data.estate import unit
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.masks import mask_name
from salescenter.domain.papers.access import kinds_for, may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.registration import number_of
from salescenter.services.work import Desk

MOST_VISITS = 400
"""So many visits of customers with a sought name are looked at; more belong to a name too common to be useful."""


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """What is sought: a text in number, title, unit code or customer's name; kind "" is every kind; days included."""

    text: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    deal: int | None = None
    unit: int | None = None
    limit: int = 2_000


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One printed paper in a list; `of` is how often this number was printed in all, copy 1 the original."""

    id: int
    kind: PaperKind
    number: str
    title: str
    copy: int
    of: int
    reason: str
    at: datetime
    by: str
    unit: int | None
    code: str
    deal: int | None
    deal_number: str
    customer: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper of a deal, printed or not: how often, when last, and the newest one in the archive."""

    kind: PaperKind
    number: str
    copies: int = 0
    last: datetime | None = None
    paper: int | None = None


def papers(desk: Desk, sought: PaperSearch) -> tuple[PaperRow, ...]:
    """List printed papers that the role may open, newest first."""
    with desk.reading() as connection:
        stmt = _listed(desk.project).where(*_wanted(connection, desk, sought))
        rows = connection.execute(stmt.order_by(paper.c.id.desc()).limit(sought.limit)).all()
        names = _names(connection, desk.project, rows)
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    return tuple(_row(row, names, reveal=reveal) for row in rows)


def held(desk: Desk, deal_id: int) -> tuple[HeldPaper, ...]:
    """List what a deal holds: its agreement, contract and receipts, and whatever else was printed for it."""
    with desk.reading() as connection:
        row = connection.execute(select(deal).where(deal.c.id == deal_id, deal.c.project_id == desk.project)).first()
        if row is None:
            raise NotFound(what="deal", sought=deal_id)
        printed = connection.execute(
            select(paper.c.kind, paper.c.number, func.max(paper.c.copy), func.max(paper.c.at), func.max(paper.c.id))
            .where(paper.c.deal_id == deal_id)
            .group_by(paper.c.kind, paper.c.number)
            .order_by(func.min(paper.c.id))
        ).all()
        due = [HeldPaper(kind, number) for kind, number in _due(connection, row)]
    found = {(kind, number): HeldPaper(PaperKind(kind), number, *rest) for kind, number, *rest in printed}
    whole = {(one.kind.value, one.number): one for one in due} | found
    return tuple(one for one in whole.values() if may_open(desk.who.role, one.kind))


def _due(connection: Connection, row: Any) -> Iterable[tuple[PaperKind, str]]:
    """The papers a deal should have by now."""
    if row.subscribed is not None:
        yield PaperKind.SUBSCRIPTION, row.number
    if row.state >= UnitState.DRAFTED:
        yield PaperKind.CONTRACT, row.contract_number or row.number
    stmt = select(receipt.c.number).where(receipt.c.deal_id == row.id).order_by(receipt.c.id)
    for number in connection.scalars(stmt):
        yield PaperKind.RECEIPT, number


def _listed(project: int) -> Select[Any]:
    p, other = paper.c, paper.alias("other")
    every = select(func.max(other.c.copy)).where(other.c.kind == p.kind, other.c.number == p.number)
    buyer = and_(deal_buyer.c.deal_id == p.deal_id, deal_buyer.c.active, deal_buyer.c.position == 0)
    return (
        select(
            p.id, p.kind, p.number, p.title, p.copy, every.scalar_subquery().label("of"), p.reason, p.at,
            person.c.name.label("by"), p.unit_id, func.coalesce(unit.c.code, "").label("code"), p.deal_id,
            func.coalesce(deal.c.number, "").label("deal_number"), customer.c.name.label("customer"), p.sha256,
        )
        .join(person, person.c.id == p.by_id)
        .outerjoin(unit, unit.c.id == p.unit_id)
        .outerjoin(deal, deal.c.id == p.deal_id)
        .outerjoin(deal_buyer, buyer)
        .outerjoin(customer, customer.c.id == deal_buyer.c.customer_id)
        .where(p.project_id == project)
    )  # fmt: skip


def _wanted(connection: Connection, desk: Desk, sought: PaperSearch) -> list[ColumnElement[bool]]:
    p = paper.c
    wanted: list[ColumnElement[bool]] = [p.kind.in_([kind.value for kind in kinds_for(desk.who.role)])]
    if sought.kind:
        wanted.append(p.kind == sought.kind)
    if sought.first is not None:
        wanted.append(p.at >= datetime.combine(sought.first, time(), CHINA))
    if sought.last is not None:
        wanted.append(p.at < datetime.combine(sought.last + timedelta(days=1), time(), CHINA))
    if sought.deal is not None:
        wanted.append(p.deal_id == sought.deal)
    if sought.unit is not None:
        wanted.append(p.unit_id == sought.unit)
    if sought.text.strip():
        wanted.append(_says(connection, desk.project, sought.text.strip()))
    return wanted


def _says(connection: Connection, project: int, text: str) -> ColumnElement[bool]:
    p, named = paper.c, customer.c.name.contains(text, autoescape=True)
    mine = select(customer.c.id).where(customer.c.project_id == project, named)
    numbers = [
        *connection.scalars(select(quotation.c.number).where(quotation.c.customer_id.in_(mine)).limit(MOST_VISITS)),
        *_slips(connection.execute(_visits().where(visit.c.customer_id.in_(mine)).limit(MOST_VISITS)).all()),
    ]
    return or_(
        p.number.contains(text, autoescape=True),
        p.title.contains(text, autoescape=True),
        unit.c.code.contains(text, autoescape=True),
        named,
        p.number.in_(numbers),
    )


def _visits() -> Select[Any]:
    return select(visit.c.kind, visit.c.day, visit.c.id).order_by(visit.c.id.desc())


def _slips(visits: Sequence[Any]) -> dict[str, int]:
    """The number each visit's slip carries, and the visit."""
    return {number_of(row.kind, row.day, row.id): row.id for row in visits}


def _names(connection: Connection, project: int, rows: Sequence[Any]) -> dict[str, str]:
    """Whom papers without a deal are about: quotations and registration slips, by their number."""
    quoted = [row.number for row in rows if row.kind == PaperKind.QUOTATION]
    slips = {_visit_of(row.number): row.number for row in rows if row.kind == PaperKind.REGISTRATION}
    found: dict[str, str] = {}
    if quoted:
        stmt = select(quotation.c.number, customer.c.name).join(customer, customer.c.id == quotation.c.customer_id)
        mine = stmt.where(quotation.c.number.in_(quoted), quotation.c.project_id == project)
        found |= {row[0]: row[1] for row in connection.execute(mine)}
    if slips:
        of_visits = select(visit.c.id, customer.c.name).join(customer, customer.c.id == visit.c.customer_id)
        whose = connection.execute(of_visits.where(visit.c.id.in_([number for number in slips if number])))
        found |= {slips[visit_id]: name for visit_id, name in whose}
    return found


def _visit_of(number: str) -> int:
    tail = number.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def _row(row: Any, names: dict[str, str], *, reveal: bool) -> PaperRow:
    name = row.customer or names.get(row.number, "")
    return PaperRow(
        row.id, PaperKind(row.kind), row.number, row.title, row.copy, row.of, row.reason, row.at, row.by,
        row.unit_id, row.code, row.deal_id, row.deal_number, name if reveal else mask_name(name), row.sha256,
    )  # fmt: skip
