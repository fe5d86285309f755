"""Approvals: a consultant asks, a manager grants or declines, the deed uses the grant once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from salescenter.data.deals import approval
from salescenter.data.estate import unit
from salescenter.data.record import new_id
from salescenter.data.scope import only_seen
from salescenter.data.staff import person
from salescenter.domain.errors import Refusal
from salescenter.domain.refusals import ChangedMeanwhile, NotFound, Oneself
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """Ask for a step on a unit that one's own limits refuse; `asked` is what exactly, e.g. {"fen": lowest total}.

    No unit where the step is about the house, as a closed day is.
    """

    unit: int | None
    step: Step
    asked: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Grant or decline an approval."""

    approval: int
    granted: bool
    note: str = ""
    key: str = ""
    beside: int | None = None  # at whose desk, where the password was typed on somebody else's screen


@dataclass(frozen=True, slots=True)
class ApprovalKept:
    """The approval was asked, or decided."""

    approval: int


@dataclass(frozen=True, slots=True)
class OpenApproval:
    """An approval as the manager's list shows it."""

    id: int
    step: Step
    unit: int | None
    unit_code: str
    asked: dict[str, Any]
    asked_by: str
    asked_at: datetime
    note: str
    granted: bool | None
    used: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: None while nobody decided; the note holds the reason."""

    granted: bool | None
    by: str = ""
    note: str = ""


@deed(Step.QUOTE, ApprovalKept)
def ask(work: Work, asked: ApprovalRequest) -> ApprovalKept:
    """Ask for an approval; whoever may quote may ask."""
    return _ask(work, asked)


@deed(Step.VOID_RECEIPT, ApprovalKept)
def ask_at_the_till(work: Work, asked: ApprovalRequest) -> ApprovalKept:
    """Ask for an approval of what is done with receipts; a cashier quotes nothing."""
    return _ask(work, asked)


AT_THE_TILL = frozenset({Step.VOID_RECEIPT, Step.REFUND, Step.CLOSE_DAY})


def ask_for(desk: Desk, asked: ApprovalRequest, now: datetime) -> ApprovalKept:
    """Ask for an approval of whatever step."""
    return (ask_at_the_till if asked.step in AT_THE_TILL else ask)(desk, asked, now)


def grant_here(desk: Desk, second: Desk, asked: ApprovalRequest, now: datetime) -> ApprovalKept:
    """Ask and grant at one desk: `second` is whoever may approve and typed their password there.

    Refuses where both are one person: four eyes are needed. The same key again grants nothing twice.
    """
    demand(second.who.role, Step.APPROVE)
    if second.who.id == desk.who.id:
        raise Oneself(name=desk.who.name)
    number = ask_for(desk, asked, now).approval
    key = f"{asked.key}-granted" if asked.key else ""
    return decide(second, Decision(number, granted=True, key=key, beside=desk.who.id), now)


def _ask(work: Work, asked: ApprovalRequest) -> ApprovalKept:
    of_project = select(unit.c.project_id).where(unit.c.id == asked.unit)
    if asked.unit is not None and work.connection.scalar(of_project) != work.project:
        raise NotFound(what="unit", sought=asked.unit)
    written = work.connection.execute(
        insert(approval).values(
            project_id=work.project,
            unit_id=asked.unit,
            step=asked.step.value,
            asked=asked.asked,
            asked_by=work.desk.who.id,
            asked_at=work.now,
            note=asked.note,
        )
    )
    work.note(
        asked.step, "approval", new_id(written), unit=asked.unit, after={"asked": asked.asked, "note": asked.note}
    )
    return ApprovalKept(new_id(written))


@deed(Step.APPROVE, ApprovalKept)
def decide(work: Work, asked: Decision) -> ApprovalKept:
    """Grant or decline; whoever comes second is told who decided before, and when.

    Nobody grants what they asked for themselves, at whatever desk; taking it back is declining it.
    """
    mine = (approval.c.id == asked.approval, approval.c.asked_by == work.desk.who.id)
    if asked.granted and work.connection.scalar(select(approval.c.id).where(*mine)) is not None:
        raise Oneself(name=work.desk.who.name)
    done = work.connection.execute(
        update(approval)
        .where(approval.c.id == asked.approval)
        .where(approval.c.decided_at.is_(None), approval.c.project_id == work.project)
        .values(
            decided_by=work.desk.who.id, decided_at=work.now, granted=asked.granted, note=approval.c.note + asked.note
        )
    )
    if done.rowcount != 1:
        raise _decided(work, asked.approval)
    of_unit = work.connection.scalar(select(approval.c.unit_id).where(approval.c.id == asked.approval))
    after: dict[str, Any] = {"granted": asked.granted, "note": asked.note}
    if asked.beside is not None:
        after["beside"] = asked.beside
    work.note(Step.APPROVE, "approval", asked.approval, unit=of_unit, after=after)
    return ApprovalKept(asked.approval)


def _decided(work: Work, number: int) -> Refusal:
    a = approval.c
    row = work.connection.execute(
        select(person.c.name, a.decided_at)
        .join(person, person.c.id == a.decided_by)
        .where(a.id == number, a.project_id == work.project)
    ).first()
    if row is None:
        return NotFound(what="approval", sought=number)
    return ChangedMeanwhile(what="approval", by=row.name, at=row.decided_at)


def use_grant(
    work: Work, step: Step, unit_id: int | None, covers: Callable[[Mapping[str, Any]], bool] = lambda _: True
) -> int | None:
    """Use up the oldest grant of a step on a unit whose request `covers` what is done now, no more and nothing else.

    A leave is for who asked for it, or whose deal it is about. Returns who granted it, None where there was none.
    """
    a = approval.c
    mine = (a.unit_id == unit_id, a.step == step.value, a.granted, a.used.is_(False),
            only_seen(work.connection, work.desk.who, "approval"))  # fmt: skip
    rows = work.connection.execute(select(a.id, a.decided_by, a.asked).where(*mine).order_by(a.id))
    found = next((row for row in rows if covers(row.asked)), None)
    if found is None:
        return None
    work.connection.execute(update(approval).where(a.id == found.id).values(used=True))
    return int(found.decided_by)


def answer(desk: Desk, number: int) -> Answer:
    """Return what became of a request."""
    a = approval.c
    stmt = select(a.granted, person.c.name, a.note).outerjoin(person, person.c.id == a.decided_by)
    with desk.reading() as connection:
        row = connection.execute(stmt.where(a.id == number, a.project_id == desk.project)).first()
    if row is None:
        raise NotFound(what="approval", sought=number)
    return Answer(None if row.granted is None else bool(row.granted), row.name or "", row.note)


def waiting(desk: Desk, unit_id: int | None = None) -> tuple[OpenApproval, ...]:
    """List approvals still to be decided; of one unit, also those granted and not used yet."""
    c = approval.c
    code = func.coalesce(unit.c.code, "")
    stmt = (
        select(c.id, c.step, c.unit_id, code, c.asked, person.c.name, c.asked_at, c.note, c.granted, c.used)
        .outerjoin(unit, unit.c.id == c.unit_id)
        .join(person, person.c.id == c.asked_by)
        .where(c.project_id == desk.project, c.used.is_(False))
        .order_by(c.id)
    )
    stmt = stmt.where(c.decided_at.is_(None)) if unit_id is None else stmt.where(c.unit_id == unit_id)
    with desk.reading() as connection:
        rows = connection.execute(stmt).all()
    return tuple(_read(row) for row in rows)


def _read(row: Any) -> OpenApproval:
    values = list(row)
    values[1] = Step(values[1])
    return OpenApproval(*values)
