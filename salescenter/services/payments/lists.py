"""Lists of money: receipts, arrears with late fees, and the day's cash with its close (日结)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select

from salescenter.data import money
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, due
from salescenter.data.estate import unit
from salescenter.data.payments import closed_day, receipt
from salescenter.data.staff import person
from salescenter.data.types import sum_of
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.late_fees import LateRule, late_fee
from salescenter.domain.masks import mask_name
from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import DayClosed, FieldMalformed, NeedsApproval, NotFound, ReasonMissing
from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step
from salescenter.services.approvals import use_grant
from salescenter.services.payments.entries import AS_DEPOSIT, kept
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt in a list; a counter-entry has a negative amount."""

    id: int
    number: str
    day: date
    at: datetime
    unit: int
    code: str
    payer: str
    kind: MoneyKind
    method: Method
    amount: Money
    cashier: str
    deal: int
    voided: bool
    counters: int | None
    note: str
    slip: str


@dataclass(frozen=True, slots=True)
class ArrearRow:
    """One line of a schedule that should have been paid before today (催交房款一览)."""

    due: int
    deal: int
    unit: int
    code: str
    buyer: str
    item: str
    day: date
    amount: Money
    paid: Money
    owed: Money
    days: int  # overdue by so many days
    late_fee: Money  # 滞纳金 at the house's rate
    red: bool  # overdue longer than the house tolerates


@dataclass(frozen=True, slots=True)
class BackRow:
    """A deal that ended and holds money of its buyer (应退款): received less what the house keeps."""

    id: int
    number: str
    unit: int
    code: str
    buyer: str
    ending: Step
    closed: date
    total: Money
    received: Money  # what it still holds
    kept: Money  # the deposit of a forfeited deal
    back: Money


@dataclass(frozen=True, slots=True)
class DayCash:
    """A day's cash: every receipt, sums by method and by kind, and whether it is closed."""

    day: date
    receipts: tuple[ReceiptRow, ...]
    by_method: tuple[tuple[Method, Money], ...]
    by_kind: tuple[tuple[MoneyKind, Money], ...]
    total: Money
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class CloseDayRequest:
    """Close a day's cash; nothing can be received on it afterwards."""

    day: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class DayClosedNow:
    """The day is closed with so many receipts and this total."""

    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class ReopenDayRequest:
    """Open a closed day again, for a reason."""

    day: date
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class DayReopened:
    """The day is open again; its ordinal."""

    day: int


def receipts(desk: Desk, first: date, last: date, deal_id: int | None = None) -> tuple[ReceiptRow, ...]:
    """List receipts between two days (both included), oldest first; or all of one deal."""
    c = receipt.c
    where = c.deal_id == deal_id if deal_id is not None else and_(c.day >= first, c.day <= last)
    other = receipt.alias("other")
    stmt = (
        select(
            c.id, c.number, c.day, c.at, c.unit_id, unit.c.code, c.payer, c.kind, c.method, c.amount, person.c.name,
            c.deal_id, other.c.id.is_not(None), c.counters_id, c.note, c.slip,
        )
        .join(person, person.c.id == c.cashier_id)
        .outerjoin(unit, unit.c.id == c.unit_id)
        .outerjoin(other, other.c.counters_id == c.id)
        .where(c.project_id == desk.project, where)
        .order_by(c.id)
    )  # fmt: skip
    with desk.reading() as connection:
        rows = connection.execute(stmt).all()
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    return tuple(_receipt_row(row, reveal=reveal) for row in rows)


def arrears(desk: Desk, today: date) -> tuple[ArrearRow, ...]:
    """List what should have been paid before today, longest overdue first; bank loans have no day."""
    c = due.c
    stmt = (
        select(c.id, c.deal_id, unit.c.id, unit.c.code, unit.c.buyer, c.item, c.due, c.amount, c.paid)
        .join(deal, deal.c.id == c.deal_id)
        .join(unit, unit.c.id == deal.c.unit_id)
        .where(deal.c.project_id == desk.project, deal.c.living, c.due < today, c.paid < c.amount)
        .order_by(c.due, c.id)
    )
    with desk.reading() as connection:
        rules = house_rules(connection, desk.project, today)
        rows = connection.execute(stmt).all()
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    found = []
    for row in rows:
        owed, days = row.amount - row.paid, (today - row.due).days
        late = late_on(owed, row.due, today, rules)
        name = row.buyer if reveal else mask_name(row.buyer)
        values: list[Any] = [*row[:4], name, *row[5:9], owed, days, late, days > rules.overdue_red_days]
        found.append(ArrearRow(*values))
    return tuple(found)


def late_on(owed: Money, due: date, day: date, rules: HouseRules) -> Money:
    """Reckon the late fee on what is still owed, at the house's rate; list and reminder say the same."""
    return late_fee(owed, due, (), day, LateRule(rules.late_fee_rate)).total


def to_give_back(desk: Desk, today: date) -> tuple[BackRow, ...]:
    """List deals that ended and hold more than the house may keep, the newest end first."""
    with desk.reading() as connection:
        cap = house_rules(connection, desk.project, today).deposit_cap
        rows = connection.execute(_ENDED.where(deal.c.project_id == desk.project)).all()
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    held = [(row, row.received - kept(row, row.deposit, cap)) for row in rows]
    return tuple(_back_row(row, back, reveal=reveal) for row, back in held if back > ZERO)


def day_cash(desk: Desk, day: date) -> DayCash:
    """Gather a day's cash."""
    rows = receipts(desk, day, day)
    with desk.reading() as connection:
        closed = connection.execute(
            select(person.c.name, closed_day.c.at)
            .join(person, person.c.id == closed_day.c.person_id)
            .where(closed_day.c.project_id == desk.project, closed_day.c.day == day)
        ).first()
    by_method = tuple((m, s) for m in Method if (s := Money.sum(r.amount for r in rows if r.method is m)))
    by_kind = tuple((k, s) for k in MoneyKind if (s := Money.sum(r.amount for r in rows if r.kind is k)))
    total = Money.sum(row.amount for row in rows)
    return DayCash(day, rows, by_method, by_kind, total, closed[0] if closed else "", closed[1] if closed else None)


@deed(Step.CLOSE_DAY, DayClosedNow)
def close_day(work: Work, asked: CloseDayRequest) -> DayClosedNow:
    """Close a day's cash (日结)."""
    if asked.day > work.today:
        raise FieldMalformed(field="day", value=asked.day, why="not-yet")
    if money.is_closed(work.connection, work.project, asked.day, closing=True):
        raise DayClosed(day=asked.day)
    count, fen = work.connection.execute(
        select(func.count(), sum_of(receipt.c.amount)).where(
            receipt.c.project_id == work.project, receipt.c.day == asked.day
        )
    ).one()
    work.connection.execute(
        insert(closed_day).values(
            project_id=work.project, person_id=work.desk.who.id, day=asked.day, at=work.now, total=fen, count=count
        )
    )
    work.note(Step.CLOSE_DAY, "day", asked.day.toordinal(), after={"count": count, "fen": fen.fen})
    return DayClosedNow(count, fen)


@deed(Step.CLOSE_DAY, DayReopened)
def reopen_day(work: Work, asked: ReopenDayRequest) -> DayReopened:
    """Open a closed day again (反日结), with the reason; only a manager may, or whoever has leave for this day."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.CLOSE_DAY)
    if not money.is_closed(work.connection, work.project, asked.day, closing=True):
        raise NotFound(what="closed-day", sought=asked.day)
    day, approver = asked.day.isoformat(), None
    if work.desk.who.role is not Role.MANAGER:
        approver = use_grant(work, Step.CLOSE_DAY, None, lambda granted: granted.get("day") == day)
        if approver is None:
            raise NeedsApproval(step=Step.CLOSE_DAY, approver=Role.MANAGER)
    work.connection.execute(
        delete(closed_day).where(closed_day.c.project_id == work.project, closed_day.c.day == asked.day)
    )
    after = {"reopened": True, "reason": asked.reason, "approver": approver}
    work.note(Step.CLOSE_DAY, "day", asked.day.toordinal(), after=after)
    return DayReopened(asked.day.toordinal())


_RECEIVED = select(sum_of(receipt.c.amount)).where(receipt.c.deal_id == deal.c.id)
_ENDED = (
    select(
        deal.c.id, deal.c.number, deal.c.unit_id, unit.c.code, customer.c.name.label("buyer"), deal.c.ending,
        deal.c.subscribed, deal.c.closed, deal.c.total, _RECEIVED.scalar_subquery().label("received"),
        _RECEIVED.where(receipt.c.kind.in_(AS_DEPOSIT)).scalar_subquery().label("deposit"),
    )
    .join(unit, unit.c.id == deal.c.unit_id)
    .join(deal_buyer, and_(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.active, deal_buyer.c.position == 0))
    .join(customer, customer.c.id == deal_buyer.c.customer_id)
    .where(deal.c.living.is_(False))
    .order_by(deal.c.closed.desc(), deal.c.id.desc())
)  # fmt: skip


def _back_row(row: Any, back: Money, *, reveal: bool) -> BackRow:
    buyer = row.buyer if reveal else mask_name(row.buyer)
    held, keeps = row.received, row.received - back
    return BackRow(
        row.id, row.number, row.unit_id, row.code, buyer, Step(row.ending), row.closed, row.total, held, keeps, back
    )


def _receipt_row(row: Any, *, reveal: bool) -> ReceiptRow:
    values = list(row)
    values[6] = row.payer if reveal else mask_name(row.payer)
    values[7], values[8], values[12] = MoneyKind(row.kind), Method(row.method), bool(values[12])
    return ReceiptRow(*values)
