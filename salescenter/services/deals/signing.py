"""From subscription to handover: drafted (草签), signed (网签), filed (备案), handed over, and the ways back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update

from salescenter.data import money, units
from salescenter.data.deals import deal, deal_consultant, due
from salescenter.domain.money import Money
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import (
    DepositTooSmall,
    FieldMalformed,
    FieldMissing,
    NeedsApproval,
    NotFound,
    ReasonMissing,
    TooLate,
    WrongWay,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.approvals import use_grant
from salescenter.services.deals.annexes import check_deal
from salescenter.services.deals.attachments import check_attachments
from salescenter.services.deals.claims import Claimed, ask_first, end_of_day, look, parts, take
from salescenter.services.deals.gates import check_flags, check_nothing_pending
from salescenter.services.deals.requests import ExtendRequest, SignRequest, StepRequest
from salescenter.services.owing import count_contract
from salescenter.services.papers.template_versions import bind_version
from salescenter.services.settings import rules_now
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class Signed:
    """A step of the contract is done."""

    deal: int
    unit: int
    revision: int
    contract_number: str


@deed(Step.DRAFT, Signed)
def draft(work: Work, asked: StepRequest) -> Signed:
    """Draft the contract; the deposit agreed must have been paid in full."""
    unit, row = look_deal(work, asked.unit, asked.seen, Step.DRAFT)
    _check_ready(work, unit)
    paid = Money.sum(work.connection.scalars(select(due.c.paid).where(due.c.deal_id == row.id)))
    if paid < row.deposit:
        raise DepositTooSmall(received=paid, least=row.deposit)
    day = _day(work, asked.day, row.subscribed)
    bind_version(work, row, day)
    return _go(work, unit, row, Step.DRAFT, figure="drafted", drafted=day)


@deed(Step.UNDO_DRAFT, Signed)
def undo_draft(work: Work, asked: StepRequest) -> Signed:
    """Take a draft back to the subscription it came from."""
    unit, row = look_deal(work, asked.unit, asked.seen, Step.UNDO_DRAFT)
    check_unsettled(work, row, Step.UNDO_DRAFT)
    uncount(work, unit, row, "drafted", row.drafted)
    return _go(work, unit, row, Step.UNDO_DRAFT, until=_sign_by(work, row), drafted=None)


@deed(Step.SIGN, Signed)
def sign(work: Work, asked: SignRequest) -> Signed:
    """Sign the contract under its official number; from now on the price is the contract's."""
    number = asked.contract_number.strip()
    if not number:
        raise FieldMissing(field="contract_number")
    unit, row = look_deal(work, asked.unit, asked.seen, Step.SIGN)
    _check_ready(work, unit)
    check_attachments(work, row.id, Step.SIGN)
    _check_number(work, number)
    day = _day(work, asked.day, row.drafted)
    count_contract(work, row, day)
    return _go(work, unit, row, Step.SIGN, figure="signed", until=None, signed=day, contract_number=number)


@deed(Step.FILE, Signed)
def file(work: Work, asked: StepRequest) -> Signed:
    """Record that the contract is filed with the authority (备案)."""
    unit, row = look_deal(work, asked.unit, asked.seen, Step.FILE)
    check_nothing_pending(work, unit.id)
    check_attachments(work, row.id, Step.FILE)
    return _go(work, unit, row, Step.FILE, figure="filed", filed=_day(work, asked.day, row.signed))


@deed(Step.UNDO_FILING, Signed)
def undo_filing(work: Work, asked: StepRequest) -> Signed:
    """Take a filing back (撤销备案), with the reason."""
    if not asked.note.strip():
        raise ReasonMissing(step=Step.UNDO_FILING)
    unit, row = look_deal(work, asked.unit, asked.seen, Step.UNDO_FILING)
    check_unsettled(work, row, Step.UNDO_FILING)
    uncount(work, unit, row, "filed", row.filed)
    return _go(work, unit, row, Step.UNDO_FILING, filed=None, reason=asked.note)


@deed(Step.HAND_OVER, Signed)
def hand_over(work: Work, asked: StepRequest) -> Signed:
    """Record that the home was handed over to its buyers."""
    unit, row = look_deal(work, asked.unit, asked.seen, Step.HAND_OVER)
    check_nothing_pending(work, unit.id)
    return _go(work, unit, row, Step.HAND_OVER, handed_over=_day(work, asked.day, row.filed))


@deed(Step.EXTEND_SIGNING, Signed)
def extend_signing(work: Work, asked: ExtendRequest) -> Signed:
    """Move the day to sign by, with the reason."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.EXTEND_SIGNING)
    if asked.sign_by < work.today:
        raise TooLate(what="sign_by", until=asked.sign_by)
    unit, row = look_deal(work, asked.unit, asked.seen, Step.EXTEND_SIGNING)
    _check_leave(work, row, asked)
    until = end_of_day(work.now + (asked.sign_by - work.today))
    return _go(work, unit, row, Step.EXTEND_SIGNING, until=until, sign_by=asked.sign_by, reason=asked.reason)


def _check_leave(work: Work, row: Any, asked: ExtendRequest) -> None:
    """Beyond the days the house gives from the subscription on, however often it moves, a manager's leave is needed."""
    rules = rules_now(work)
    latest = row.subscribed + timedelta(days=rules.days_to_sign + rules.extend_days)
    if asked.sign_by <= max(latest, row.sign_by) or work.desk.who.role is Role.MANAGER:
        return
    day = asked.sign_by.isoformat()
    if use_grant(work, Step.EXTEND_SIGNING, row.unit_id, lambda granted: day <= granted.get("sign_by", "")) is None:
        raise NeedsApproval(step=Step.EXTEND_SIGNING, approver=Role.MANAGER)


def _check_ready(work: Work, unit: Claimed) -> None:
    """Refuse a contract on what is locked, on an annex ahead of its home, or while a change waits for its answer."""
    check_flags(unit.row)
    check_nothing_pending(work, unit.id)
    check_deal(work, unit.row, unit.then)


def _day(work: Work, asked: date | None, earliest: date | None) -> date:
    """The day a step happened: not to come, and not before the step it follows."""
    day = asked or work.today
    if day > work.today:
        raise FieldMalformed(field="day", value=day, why="not-yet")
    if earliest is not None and day < earliest:
        raise FieldMalformed(field="day", value=day, why="before")
    return day


def _check_number(work: Work, number: str) -> None:
    taken = select(deal.c.id).where(deal.c.project_id == work.project, deal.c.contract_number == number)
    if work.connection.scalar(taken.limit(1)) is not None:
        raise FieldMalformed(field="contract_number", value=number, why="contract-number-taken")


_SETTLED = {MoneyKind.LATE_FEE: "late-fee-received", MoneyKind.AREA_DIFFERENCE: "area-settled"}


def check_unsettled(work: Work, row: Any, step: Step) -> None:
    """Refuse to take back a step of a deal whose late fee or area was settled: that money is countered first."""
    for kind, why in _SETTLED.items():
        if money.received_for(work.connection, row.id, [kind.value]):
            raise WrongWay(step=step, why=why, instead=Step.VOID_RECEIPT)


ask_first(draft, undo_draft, sign, file, undo_filing, hand_over, extend_signing)


def look_deal(work: Work, unit_id: int, seen: int, step: Step) -> tuple[Claimed, Any]:
    """Look at a unit and its living deal for a step."""
    unit = look(work, unit_id, seen, step)
    row = units.living_deal(work.connection, unit_id)
    if row is None:
        raise NotFound(what="deal", sought=unit.row.code)
    return unit, row


def consultant_of(work: Work, deal_id: int) -> int:
    """The consultant with the largest part of a deal, to whom figures count it."""
    c = deal_consultant.c
    return (
        work.connection.scalar(select(c.person_id).where(c.deal_id == deal_id).order_by(c.share.desc(), c.id))
        or work.desk.who.id
    )


def uncount(work: Work, unit: Claimed, row: Any, figure: str, day: date) -> None:
    """Take a step back out of the figures of the day it was counted on."""
    people = consultant_of(work, row.id)
    work.count(figure, *parts(unit, people), count=-1, fen=-row.total.fen, area=-int(unit.row.area * 100), day=day)


_KEEP = object()


def _go(
    work: Work, unit: Claimed, row: Any, step: Step, *, figure: str = "", until: Any = _KEEP, **columns: Any
) -> Signed:
    """Carry a unit and its deal to the state the step leads to, and tell."""
    if until is _KEEP:
        until = unit.row.until if unit.then in (UnitState.SUBSCRIBED, UnitState.DRAFTED) else None
    work.connection.execute(
        update(deal).where(deal.c.id == row.id).values(state=int(unit.then), revision=work.revision, **columns)
    )
    since = work.today if unit.then is not unit.state else unit.row.since
    took = take(work, unit, until=until, since=since)
    after = {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}
    work.note(step, "deal", row.id, unit=unit.id, deal=row.id, before={"state": int(unit.state)}, after=after)
    if figure:
        people = consultant_of(work, row.id)
        area = int(unit.row.area * 100)
        work.count(figure, *parts(unit, people), count=1, fen=row.total.fen, area=area, day=_day_of(columns, work))
    return Signed(row.id, unit.id, took.revision, columns.get("contract_number", row.contract_number))


def _day_of(columns: dict[str, Any], work: Work) -> date:
    """The day a step counts on: the one written in the deal, so that lists and figures agree."""
    return next((v for v in columns.values() if isinstance(v, date)), work.today)


def _sign_by(work: Work, row: Any) -> Any:
    return end_of_day(work.now + (row.sign_by - work.today)) if row.sign_by else None
