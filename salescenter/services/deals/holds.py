"""Holds (预留): kept back for a reason until a minute, then free again by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from salescenter.data.customers import customer
from salescenter.data.deals import hold as holds
from salescenter.domain.refusals import NeedsApproval, NotFound, OutOfBounds, ReasonMissing, TooLate
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.services.approvals import use_grant
from salescenter.services.deals.annexes import check_hold
from salescenter.services.deals.claims import Claimed, Took, ask_first, free, look, parts, standing_hold, take
from salescenter.services.deals.gates import check_flags
from salescenter.services.settings import rules_now
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Keep a unit back until a moment, for a customer or for a reason of the house."""

    unit: int
    seen: int
    until: datetime
    reason: str
    customer: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class EndHoldRequest:
    """Give a held unit back before its time."""

    unit: int
    seen: int
    reason: str = ""
    key: str = ""


@deed(Step.HOLD, Took)
def hold(work: Work, asked: HoldRequest) -> Took:
    """Hold a unit; longer than the house's days needs a manager's leave."""
    unit = look(work, asked.unit, asked.seen, Step.HOLD)
    check_flags(unit.row)
    check_hold(work, unit.row, asked.customer)
    approver = _check(work, asked, Step.HOLD)
    _write(work, asked, work.desk.who.id, asked.customer, approver)
    _tell(work, asked, approver, Step.HOLD, None)
    work.count(
        "held", *parts(unit, work.desk.who.id), count=1, fen=unit.row.list_total.fen, area=int(unit.row.area * 100)
    )
    return take(work, unit, **{**free(unit.row), "until": asked.until})


@deed(Step.EXTEND_HOLD, Took)
def extend_hold(work: Work, asked: HoldRequest) -> Took:
    """Move the end of a hold; it stays the hold of who made it, for the same customer unless another is named."""
    unit = look(work, asked.unit, asked.seen, Step.EXTEND_HOLD)
    leave = _check(work, asked, Step.EXTEND_HOLD)
    was = standing_hold(work, unit.id)
    end_holds(work, unit.id)
    by, of, approver = (was.by_id, was.customer_id, was.approver_id) if was else (work.desk.who.id, None, None)
    check_hold(work, unit.row, asked.customer or of)
    _write(work, asked, by, asked.customer or of, leave or approver)
    _tell(work, asked, leave, Step.EXTEND_HOLD, {"until": unit.row.until.isoformat()})
    return take(work, unit, until=asked.until, since=unit.row.since)


@deed(Step.END_HOLD, Took)
def end_hold(work: Work, asked: EndHoldRequest) -> Took:
    """End a hold now."""
    unit = look(work, asked.unit, asked.seen, Step.END_HOLD)
    _check_mine(work, unit)
    end_holds(work, unit.id)
    work.note(Step.END_HOLD, "unit", unit.id, unit=unit.id, after={"reason": asked.reason})
    return take(work, unit, **free(unit.row))


ask_first(hold, extend_hold, end_hold)

_END = (
    update(holds)
    .where(holds.c.unit_id == bindparam("unit"), holds.c.ended.is_(None))
    .values(ended=bindparam("now", type_=holds.c.ended.type))
)


def end_holds(work: Work, unit_id: int) -> None:
    """Mark whatever hold stands on a unit as ended now: given up, extended, or used by a deal."""
    work.connection.execute(_END, {"unit": unit_id, "now": work.now})


def _write(work: Work, asked: HoldRequest, by: int, of: int | None, approver: int | None) -> None:
    values: dict[str, Any] = {
        "unit_id": asked.unit, "by_id": by, "approver_id": approver, "customer_id": of, "reason": asked.reason.strip(),
        "at": work.now, "until": asked.until,
    }  # fmt: skip
    work.connection.execute(insert(holds), values)


def _tell(work: Work, asked: HoldRequest, approver: int | None, step: Step, before: object) -> None:
    after = {"until": asked.until.isoformat(), "reason": asked.reason, "approver": approver}
    work.note(step, "unit", asked.unit, unit=asked.unit, customer=asked.customer, before=before, after=after)


def _check(work: Work, asked: HoldRequest, step: Step) -> int | None:
    """Hold a request against the rules; returns who gave leave for its length, where that was needed."""
    if not asked.reason.strip():
        raise ReasonMissing(step=step)
    if asked.until <= work.now:
        raise TooLate(what="until", until=asked.until)
    if asked.customer is not None:
        of = work.connection.scalar(select(customer.c.project_id).where(customer.c.id == asked.customer))
        if of != work.project:
            raise NotFound(what="customer", sought=asked.customer)
    return _check_length(work, asked, step)


def _check_length(work: Work, asked: HoldRequest, step: Step) -> int | None:
    """A manager holds for the manager's days alone, everybody else with leave for this very length."""
    rules = rules_now(work)
    if _is_longer(work, asked, rules.hold_days_manager):
        days = -(-(asked.until - work.now) // timedelta(days=1))
        raise OutOfBounds(field="until", value=days, least=1, most=rules.hold_days_manager)
    if work.desk.who.role is Role.MANAGER or not _is_longer(work, asked, rules.hold_days):
        return None
    approver = use_grant(work, step, asked.unit, lambda granted: _is_within(asked.until, granted))
    if approver is None:
        raise NeedsApproval(step=step, approver=Role.MANAGER, days=rules.hold_days)
    return approver


def _is_longer(work: Work, asked: HoldRequest, days: int) -> bool:
    return asked.until > work.now + timedelta(days=days, hours=1)


def _is_within(until: datetime, granted: Mapping[str, Any]) -> bool:
    return "until" in granted and until <= datetime.fromisoformat(granted["until"])


def _check_mine(work: Work, unit: Claimed) -> None:
    """A consultant gives back only holds of their own; supervisors and managers any."""
    row = standing_hold(work, unit.id)
    foreign = work.desk.who.role is Role.CONSULTANT and row is not None and row.by_id != work.desk.who.id
    if foreign and use_grant(work, Step.END_HOLD, unit.id) is None:
        raise NeedsApproval(step=Step.END_HOLD, approver=Role.SUPERVISOR, days=0)
