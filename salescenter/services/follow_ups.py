"""Follow-ups (跟进): what is due to whom, doing it, putting it off, and what counts as having reached the customer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Connection, Select, insert, select, true, update

from salescenter.data.customers import customer
from salescenter.data.staff import person
from salescenter.data.visits import follow_up
from salescenter.domain.masks import mask_name
from salescenter.domain.refusals import ChangedMeanwhile, FieldMissing, NotFound, TooLate
from salescenter.domain.staff import Person, may
from salescenter.domain.units import Step
from salescenter.services import protection
from salescenter.services.customer_records import row_of
from salescenter.services.customers import own
from salescenter.services.reception_rules import rules_on
from salescenter.services.words import is_effective
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """One follow-up still to do; name and phone as this person may see them."""

    id: int
    customer: int
    name: str
    phone: str
    what: str
    due: date
    person: int
    person_name: str
    level: str


@dataclass(frozen=True, slots=True)
class PlanFollowUp:
    """Remind somebody of a customer on a day; nobody named means whose the customer is, else whoever asks."""

    ON_SCREEN: ClassVar = frozenset({"what"})

    customer: int
    due: date
    what: str = ""
    person: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """What came of it, and when to follow up next (none: no more)."""

    ON_SCREEN: ClassVar = frozenset({"outcome", "note", "next_what"})

    id: int
    outcome: str
    note: str = ""
    next_due: date | None = None
    next_what: str = ""
    level: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Put a follow-up off to a later day."""

    ON_SCREEN: ClassVar = frozenset({"why"})

    id: int
    due: date
    why: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpKept:
    """The follow-up as it is now; `effective` says whether the customer was reached and stays protected."""

    id: int
    customer: int
    effective: bool = False


def due_list(desk: Desk, until: date, *, mine: bool = False) -> tuple[DueFollowUp, ...]:
    """Return the open follow-ups due up to a day, the longest overdue first; `mine` only the asking person's."""
    with desk.reading() as connection:
        return open_until(connection, desk, until, mine=mine)


def open_until(connection: Connection, desk: Desk, until: date, *, mine: bool) -> tuple[DueFollowUp, ...]:
    """Return the open follow-ups due up to a day, within open reading."""
    query = _open(desk).where(follow_up.c.due <= until, follow_up.c.person_id == desk.who.id if mine else true())
    return tuple(_masked(DueFollowUp(*row), desk.who) for row in connection.execute(query))


def one(desk: Desk, number: int) -> DueFollowUp:
    """Return a follow-up that is still to do; refuses with `NotFound`."""
    with desk.reading() as connection:
        row = connection.execute(_open(desk).where(follow_up.c.id == number)).first()
    if row is None:
        raise NotFound(what="follow-up", sought=number)
    return _masked(DueFollowUp(*row), desk.who)


def _open(desk: Desk) -> Select[Any]:
    return (
        select(
            follow_up.c.id, customer.c.id.label("customer"), customer.c.name, customer.c.phone_shown, follow_up.c.what,
            follow_up.c.due, person.c.id.label("person"), person.c.name.label("person_name"), customer.c.level,
        )
        .join(customer, customer.c.id == follow_up.c.customer_id)
        .join(person, person.c.id == follow_up.c.person_id)
        .where(follow_up.c.project_id == desk.project, follow_up.c.done_at.is_(None))
        .order_by(follow_up.c.due, follow_up.c.id)
    )


def _masked(found: DueFollowUp, who: Person) -> DueFollowUp:
    name = found.name if found.person == who.id or may(who.role, Step.REVEAL) else mask_name(found.name)
    return replace(found, name=name)


@deed(Step.FOLLOW_UP, FollowUpKept)
def plan(work: Work, asked: PlanFollowUp) -> FollowUpKept:
    """Put a follow-up on somebody's list."""
    who = row_of(work, asked.customer)
    number = write(work, asked.customer, asked.person or who.owner_id or work.desk.who.id, asked.due, asked.what)
    return FollowUpKept(number, asked.customer)


def write(work: Work, customer_id: int, person_id: int, due: date, what: str) -> int:
    """Write a follow-up within open work; refuses a day that is past."""
    if due < work.today:
        raise TooLate(what="follow-up", until=due)
    made = insert(follow_up).values(
        project_id=work.project, customer_id=customer_id, person_id=person_id, due=due, what=what.strip()
    )
    number = int(work.connection.scalar(made.returning(follow_up.c.id)) or 0)
    work.note(
        Step.FOLLOW_UP, "follow-up", number, customer=customer_id,
        after={"due": due.isoformat(), "what": what.strip(), "person": person_id},
    )
    return number


@deed(Step.FOLLOW_UP, FollowUpKept)
def finish(work: Work, asked: FollowUpDone) -> FollowUpKept:
    """Write down what came of a follow-up; one that reached the customer renews the protection."""
    row = _open_row(work, asked.id)
    if not asked.outcome.strip():
        raise FieldMissing(field="outcome")
    effective = is_effective(asked.outcome)
    said = "：".join(part.strip() for part in (asked.outcome, asked.note) if part.strip())
    work.connection.execute(
        update(follow_up).where(follow_up.c.id == row.id).values(done_at=work.now, outcome=said, effective=effective)
    )
    _touch(work, row, effective=effective, level=asked.level)
    work.note(
        Step.FOLLOW_UP, "follow-up", row.id, customer=row.customer_id, after={"outcome": said, "effective": effective}
    )
    work.count("follow-up", f"p:{work.desk.who.id}", count=1)
    if asked.next_due:
        write(work, row.customer_id, row.person_id, asked.next_due, asked.next_what)
    return FollowUpKept(row.id, row.customer_id, effective)


@deed(Step.FOLLOW_UP, FollowUpKept)
def postpone(work: Work, asked: Postpone) -> FollowUpKept:
    """Put a follow-up off; the history keeps the day it had."""
    row = _open_row(work, asked.id)
    if asked.due < work.today:
        raise TooLate(what="follow-up", until=asked.due)
    work.connection.execute(update(follow_up).where(follow_up.c.id == row.id).values(due=asked.due))
    work.note(
        Step.FOLLOW_UP, "follow-up", row.id, customer=row.customer_id,
        before={"due": row.due.isoformat()}, after={"due": asked.due.isoformat(), "why": asked.why},
    )
    return FollowUpKept(row.id, row.customer_id)


def _open_row(work: Work, number: int) -> Any:
    row = work.connection.execute(
        select(follow_up, person.c.name.label("by")).join(person, person.c.id == follow_up.c.person_id)
        .where(follow_up.c.id == number)
    ).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="follow-up", sought=number)
    if row.done_at is not None:
        raise ChangedMeanwhile(what="follow-up", by=row.by, at=row.done_at)
    return row


def _touch(work: Work, done: Any, *, effective: bool, level: str) -> None:
    """Renew the family's protection where the customer was reached by whose they are."""
    row = row_of(work, done.customer_id)
    if level:
        change = update(customer).where(customer.c.id == row.id)
        work.connection.execute(change.values(level=level, revision=work.revision))
    before = protection.held_by(row)
    contact = protection.follow_up(work.today, done.person_id, effective=effective)
    rule = rules_on(work.connection, work.project, work.today).ownership
    held = protection.after(before, [contact], rule)
    if effective and held is not None:
        own(work, row.family_id or row.id, held)
