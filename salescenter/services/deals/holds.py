"""Holds (预留): kept back for a reason until a minute, then free again by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from salescenter.data.deals import hold as holds
from salescenter.domain.refusals import NeedsApproval, ReasonMissing, TooLate
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.services.deals.claims import Claimed, Took, free, look, parts, take
from salescenter.services.deals.gates import check_flags
from salescenter.services.settings import house_rules
from salescenter.services.work import Work, deed


@dataclass(frozen=True, slots=True)
class HoldRequest:
    """Keep a unit back until a moment, for a customer or for a reason of the house."""

    unit: int
    seen: int
    until: datetime
    reason: str
    customer: int | None = None
    approver: int | None = None
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
    """Hold a unit; longer than a consultant's days needs a manager."""
    unit = look(work, asked.unit, asked.seen, Step.HOLD)
    check_flags(unit.row)
    _check_length(work, asked)
    _write(work, asked)
    work.note(
        Step.HOLD,
        "unit",
        unit.id,
        unit=unit.id,
        customer=asked.customer,
        after={"until": asked.until.isoformat(), "reason": asked.reason, "approver": asked.approver},
    )
    work.count(
        "held", *parts(unit, work.desk.who.id), count=1, fen=unit.row.list_total.fen, area=int(unit.row.area * 100)
    )
    return take(work, unit, **{**free(unit.row), "until": asked.until})


@deed(Step.EXTEND_HOLD, Took)
def extend_hold(work: Work, asked: HoldRequest) -> Took:
    """Move the end of a hold."""
    unit = look(work, asked.unit, asked.seen, Step.EXTEND_HOLD)
    _check_length(work, asked)
    end_holds(work, unit.id)
    _write(work, asked)
    work.note(
        Step.EXTEND_HOLD,
        "unit",
        unit.id,
        unit=unit.id,
        before={"until": unit.row.until.isoformat()},
        after={"until": asked.until.isoformat(), "reason": asked.reason},
    )
    return take(work, unit, until=asked.until, since=unit.row.since)


@deed(Step.END_HOLD, Took)
def end_hold(work: Work, asked: EndHoldRequest) -> Took:
    """End a hold now."""
    unit = look(work, asked.unit, asked.seen, Step.END_HOLD)
    _check_mine(work, unit)
    end_holds(work, unit.id)
    work.note(Step.END_HOLD, "unit", unit.id, unit=unit.id, after={"reason": asked.reason})
    return take(work, unit, **free(unit.row))


def end_holds(work: Work, unit_id: int) -> None:
    """Mark whatever hold stands on a unit as ended now: given up, extended, or used by a deal."""
    work.connection.execute(
        update(holds).where(holds.c.unit_id == unit_id, holds.c.ended.is_(None)).values(ended=work.now)
    )


def _write(work: Work, asked: HoldRequest) -> None:
    work.connection.execute(
        insert(holds).values(
            unit_id=asked.unit,
            by_id=work.desk.who.id,
            approver_id=asked.approver,
            customer_id=asked.customer,
            reason=asked.reason,
            at=work.now,
            until=asked.until,
        )
    )


def _check_length(work: Work, asked: HoldRequest) -> None:
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.HOLD)
    if asked.until <= work.now:
        raise TooLate(what="until", until=asked.until)
    rules = house_rules(work.connection, work.project, work.today)
    approved = asked.approver is not None or work.desk.who.role is Role.MANAGER
    days = rules.hold_days_manager if approved else rules.hold_days
    if asked.until > work.now + timedelta(days=days, hours=1):
        raise NeedsApproval(step=Step.HOLD, approver=Role.MANAGER, days=days)


def _check_mine(work: Work, unit: Claimed) -> None:
    """A consultant gives back only holds of their own; supervisors and managers any."""
    if work.desk.who.role is not Role.CONSULTANT:
        return
    by = work.connection.scalar(
        select(holds.c.by_id).where(holds.c.unit_id == unit.id, holds.c.ended.is_(None)).order_by(holds.c.id.desc())
    )
    if by is not None and by != work.desk.who.id:
        raise NeedsApproval(step=Step.END_HOLD, approver=Role.SUPERVISOR, days=0)
