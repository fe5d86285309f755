"""To-dos (待办): what waits for this person or for the house, each line saying what it is about and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, exists, func, select, true, type_coerce

from salescenter.data.customers import customer
from salescenter.data.deals import approval, deal, deal_buyer, deal_consultant, due, hold
from salescenter.data.estate import unit
from salescenter.data.staff import person
from salescenter.data.types import CHINA, moment_of
from salescenter.domain.masks import mask_name
from salescenter.domain.money import Money
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.follow_ups import open_until
from salescenter.services.papers.scans import unscanned
from salescenter.services.papers.titles import duty_words
from salescenter.services.papers.voiding import open_voids
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk


class TodoKind(StrEnum):
    """What a line is about; in the order of the page's sections."""

    APPROVAL = "approval"              # waits for a decision
    SIGN_OVERDUE = "sign-overdue"      # the day to sign has passed
    SIGN_SOON = "sign-soon"            # to be signed within the days the house warns before
    HOLD_ENDS = "hold-ends"            # a hold ends today
    RESERVE_ENDS = "reserve-ends"      # a small deposit's time ends today, or has ended
    FOLLOW_UP = "follow-up"            # due today or before
    ARREARS = "arrears"                # an instalment is overdue
    VOID_PAPER = "void-paper"          # a paper is out that no longer counts
    SCAN_MISSING = "scan-missing"      # a signed contract has not come back as a scan


@dataclass(frozen=True, slots=True)
class Todo:
    """One line.

    about: the unit's code or the customer's name; who: the customer, as this person may see the name; detail: the
    follow-up's words, a hold's reason, the step an approval is for; due: the day it is or was due; until: the moment
    where the hour matters; amount: what is owed; person_name: whose it is; page, argument: what `Room.go` opens;
    copy: up to which a void paper's copies are meant.
    """

    kind: TodoKind
    about: str
    who: str
    detail: str
    due: date
    person_name: str
    page: str
    argument: int | str
    number: int
    until: datetime | None = None
    amount: Money | None = None
    copy: int = 0


def todos(desk: Desk, now: datetime, *, mine: bool = False) -> tuple[Todo, ...]:
    """Return everything that waits, in the order of `TodoKind`, the most pressing first; `mine` only one's own."""
    asked = _Asked(desk, now.astimezone(CHINA), mine)
    with desk.reading() as connection:
        found = [todo for read in _READERS for todo in read(connection, asked)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Asked:
    desk: Desk
    now: datetime
    mine: bool

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def tonight(self) -> datetime:
        return datetime.combine(self.today, time(23, 59, 59), self.now.tzinfo)

    def name(self, name: str | None) -> str:
        return (name or "") if may(self.desk.who.role, Step.REVEAL) else mask_name(name or "")


def _approvals(connection: Connection, asked: _Asked) -> list[Todo]:
    if asked.mine or not may(asked.desk.who.role, Step.APPROVE):
        return []
    rows = connection.execute(
        select(approval.c.id, approval.c.step, approval.c.asked_at, approval.c.unit_id, unit.c.code, person.c.name)
        .outerjoin(unit, unit.c.id == approval.c.unit_id)
        .join(person, person.c.id == approval.c.asked_by)
        .where(approval.c.project_id == asked.desk.project, approval.c.decided_at.is_(None))
        .order_by(approval.c.asked_at)
    )
    return [
        Todo(
            TodoKind.APPROVAL, code or "", "", step, at.astimezone(CHINA).date(), by,
            *_where(step, unit_id), id_, until=at,
        )
        for id_, step, at, unit_id, code, by in rows
    ]


def _where(step: str, unit_id: int | None) -> tuple[str, int | str]:
    """What to open for an approval: the unit's card, else where the step is done."""
    if unit_id:
        return "floorplan", unit_id
    return ("settings", "retention") if step == Step.DESTROY_PAPERS else ("payments", 0)


def _deals(asked: _Asked) -> Select[Any]:
    """Living deals with their unit, first buyer and first consultant; those of the asking person where `mine`."""
    buyer = (
        select(customer.c.name).join(deal_buyer, deal_buyer.c.customer_id == customer.c.id)
        .where(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.active).order_by(deal_buyer.c.position).limit(1)
        .scalar_subquery()
    )
    seller = (
        select(person.c.name).join(deal_consultant, deal_consultant.c.person_id == person.c.id)
        .where(deal_consultant.c.deal_id == deal.c.id).order_by(deal_consultant.c.id).limit(1).scalar_subquery()
    )
    own = exists().where(deal_consultant.c.deal_id == deal.c.id, deal_consultant.c.person_id == asked.desk.who.id)
    return (
        select(deal.c.id, unit.c.id.label("unit"), unit.c.code, buyer.label("buyer"), seller.label("seller"))
        .join(unit, unit.c.id == deal.c.unit_id)
        .where(deal.c.project_id == asked.desk.project, deal.c.living, own if asked.mine else true())
    )


def _to_sign(connection: Connection, asked: _Asked) -> list[Todo]:
    warn = house_rules(connection, asked.desk.project, asked.today).warn_days
    rows = connection.execute(
        _deals(asked).add_columns(deal.c.sign_by, deal.c.number)
        .where(
            deal.c.state.in_((UnitState.SUBSCRIBED, UnitState.DRAFTED)),
            deal.c.sign_by <= asked.today + timedelta(days=warn),
        )
        .order_by(deal.c.sign_by, deal.c.id)
    )
    return [
        Todo(
            TodoKind.SIGN_OVERDUE if row.sign_by < asked.today else TodoKind.SIGN_SOON, row.code,
            asked.name(row.buyer), row.number, row.sign_by, row.seller or "", "floorplan", row.unit, row.id,
        )
        for row in rows
    ]


def _holds(connection: Connection, asked: _Asked) -> list[Todo]:
    rows = connection.execute(
        select(hold.c.id, hold.c.until, hold.c.reason, unit.c.id.label("unit"), unit.c.code, person.c.name.label("by"),
               customer.c.name.label("held_for"))
        .join(unit, unit.c.id == hold.c.unit_id)
        .join(person, person.c.id == hold.c.by_id)
        .outerjoin(customer, customer.c.id == hold.c.customer_id)
        .where(
            unit.c.project_id == asked.desk.project, unit.c.state == UnitState.HELD, hold.c.ended.is_(None),
            hold.c.until > asked.now, hold.c.until <= asked.tonight,
            hold.c.by_id == asked.desk.who.id if asked.mine else true(),
        )
        .order_by(hold.c.until)
    )
    return [
        Todo(
            TodoKind.HOLD_ENDS, row.code, asked.name(row.held_for), row.reason, asked.today, row.by, "floorplan",
            row.unit, row.id, until=row.until,
        )
        for row in rows
    ]


def _reserves(connection: Connection, asked: _Asked) -> list[Todo]:
    rows = connection.execute(
        _deals(asked).add_columns(type_coerce(unit.c.until, BigInteger).label("until"), deal.c.number)
        .where(unit.c.state == UnitState.RESERVED, unit.c.until <= asked.tonight)
        .order_by(unit.c.until)
    )
    found = []
    for row in rows:
        until = moment_of(row.until)
        found.append(
            Todo(
                TodoKind.RESERVE_ENDS, row.code, asked.name(row.buyer), row.number, until.date(), row.seller or "",
                "floorplan", row.unit, row.id, until=until,
            )
        )
    return found


def _follow_ups(connection: Connection, asked: _Asked) -> list[Todo]:
    return [
        Todo(
            TodoKind.FOLLOW_UP, f.name or f.phone, f.name or f.phone, f.what, f.due, f.person_name, "customers",
            f.customer, f.id,
        )
        for f in open_until(connection, asked.desk, asked.today, mine=asked.mine)
    ]


def _arrears(connection: Connection, asked: _Asked) -> list[Todo]:
    owed = (
        select(
            due.c.deal_id, type_coerce(func.sum(due.c.amount - due.c.paid), BigInteger).label("owed"),
            type_coerce(func.min(due.c.due), BigInteger).label("since"),
        )
        .where(due.c.due < asked.today, due.c.paid < due.c.amount)
        .group_by(due.c.deal_id)
        .subquery()
    )
    rows = connection.execute(
        _deals(asked).add_columns(owed.c.owed, owed.c.since, deal.c.number)
        .join(owed, owed.c.deal_id == deal.c.id)
        .order_by(owed.c.since, deal.c.id)
    )
    return [
        Todo(
            TodoKind.ARREARS, row.code, asked.name(row.buyer), row.number, date.fromordinal(int(row.since)),
            row.seller or "", "deals", row.id, row.id, amount=Money(int(row.owed)),
        )
        for row in rows
    ]


def _void_papers(connection: Connection, asked: _Asked) -> list[Todo]:
    own = select(deal_consultant.c.deal_id).where(deal_consultant.c.person_id == asked.desk.who.id)
    mine = set(connection.scalars(own)) if asked.mine else None
    return [
        Todo(
            TodoKind.VOID_PAPER, one.code, one.buyer, duty_words(one.duty, one.kind, one.number), one.since, "",
            "floorplan" if one.deal is None else "deals", one.deal or one.unit or 0, one.paper,
            copy=one.copy,
        )
        for one in open_voids(connection, asked.desk, asked.now) if mine is None or one.deal in mine
    ]


def _scans(connection: Connection, asked: _Asked) -> list[Todo]:
    missing = {one.deal: one for one in unscanned(connection, asked.desk, asked.today)}
    rows = connection.execute(_deals(asked).where(deal.c.id.in_(missing))) if missing else ()
    found = [
        Todo(
            TodoKind.SCAN_MISSING, row.code, asked.name(row.buyer), missing[row.id].number, missing[row.id].due,
            row.seller or "", "papers", row.id, row.id,
        )
        for row in rows
    ]
    return sorted(found, key=lambda todo: (todo.due, todo.number))


_READERS: tuple[Callable[[Connection, _Asked], list[Todo]], ...] = (
    _approvals, _to_sign, _holds, _reserves, _follow_ups, _arrears, _void_papers, _scans,
)
