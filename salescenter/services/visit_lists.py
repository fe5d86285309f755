"""What reception shows of a day and of a customer: today's visits and calls with their sums, and the last sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from salescenter.data.customers import customer
from salescenter.data.identity import as_seen
from salescenter.data.staff import person
from salescenter.data.visits import visit
from salescenter.domain.refusals import NotFound
from salescenter.services.customers import shown_name
from salescenter.services.reception_rules import Contact
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class DayLine:
    """One visit or call of the day; name and phone as this person may see them."""

    id: int
    at: datetime
    kind: Contact
    first: bool
    customer: int
    name: str
    phone: str
    party: int
    channel: str
    level: str
    consultant: int
    consultant_name: str
    peer: bool


@dataclass(frozen=True, slots=True)
class DaySums:
    """How many groups came and called; peers (踩盘) are in none of them."""

    first: int = 0
    again: int = 0
    calls_in: int = 0
    calls_out: int = 0

    @property
    def groups(self) -> int:
        """Everything that was registered but calls out."""
        return self.first + self.again + self.calls_in


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a known customer's sheet says so far, to go on from."""

    customer: int
    name: str
    phone: str
    sex: str
    level: str
    channel: str = ""
    answers: dict[str, list[str]] = field(default_factory=dict)
    consented: bool = False
    visits: int = 0


def of_day(desk: Desk, day: date) -> tuple[DayLine, ...]:
    """Return a day's visits and calls, the newest first."""
    with desk.reading() as connection:
        rows = connection.execute(
            select(
                visit.c.id, visit.c.at, visit.c.kind, visit.c.first, visit.c.customer_id, customer.c.name,
                customer.c.phone_shown, customer.c.owner_id, visit.c.party, visit.c.channel, visit.c.level,
                func.coalesce(visit.c.consultant_id, 0).label("consultant"),
                func.coalesce(person.c.name, "").label("consultant_name"), visit.c.peer,
            )
            .join(customer, customer.c.id == visit.c.customer_id)
            .outerjoin(person, person.c.id == visit.c.consultant_id)
            .where(visit.c.project_id == desk.project, visit.c.day == day)
            .order_by(visit.c.at.desc(), visit.c.id.desc())
        ).all()
    return tuple(_line(row, desk) for row in rows)


def _line(row: Any, desk: Desk) -> DayLine:
    return DayLine(
        row.id, row.at, Contact(row.kind), row.first, row.customer_id,
        shown_name(row.name, row.owner_id or 0, desk.who), row.phone_shown, row.party, row.channel, row.level,
        row.consultant, row.consultant_name, row.peer,
    )


def sums(lines: tuple[DayLine, ...]) -> DaySums:
    """Count a day's lines by what they were."""
    counted = [line for line in lines if not line.peer]
    visits = [line for line in counted if line.kind is Contact.VISIT]
    first = sum(line.first for line in visits)
    return DaySums(
        first, len(visits) - first, sum(line.kind is Contact.CALL_IN for line in counted),
        sum(line.kind is Contact.CALL_OUT for line in counted),
    )


def sheet(desk: Desk, number: int) -> Sheet:
    """Return what is known of a customer as the reception's form goes on from."""
    with desk.reading() as connection:
        row = connection.execute(select(*as_seen).where(customer.c.id == number)).first()
        if row is None or row.project_id != desk.project:
            raise NotFound(what="customer", sought=number)
        lines = connection.execute(
            select(visit.c.channel, visit.c.answers)
            .where(visit.c.customer_id == number)
            .order_by(visit.c.at.desc(), visit.c.id.desc())
        ).all()
    last = lines[0] if lines else None
    return Sheet(
        row.id, shown_name(row.name, row.owner_id or 0, desk.who), row.phone_shown, row.sex, row.level,
        last.channel if last else "", dict(last.answers) if last else {}, row.consent_at is not None, len(lines),
    )
