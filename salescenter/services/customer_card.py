"""A customer's card: who they are as this person may see it, whose, the family, visits, follow-ups, deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from salescenter.data.customer_phones import lines_of
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.data.identity import as_seen
from salescenter.data.staff import person
from salescenter.data.visits import follow_up, visit
from salescenter.domain.id_numbers import age_on
from salescenter.domain.masks import mask_id
from salescenter.domain.money import Money
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.customers import shown_name
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class ShownPhone:
    """A phone as shown; malformed ones are flagged."""

    text: str
    well_formed: bool


@dataclass(frozen=True, slots=True)
class Relative:
    """Another member of the family."""

    id: int
    name: str
    phone: str
    first: bool  # registered first: the family goes by this member


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit or call."""

    id: int
    at: datetime
    kind: str
    first: bool
    consultant: str
    channel: str
    party: int
    level: str
    answers: dict[str, list[str]]
    note: str
    peer: bool


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """One follow-up, done or still to do."""

    id: int
    due: date
    what: str
    person: str
    done_at: datetime | None
    outcome: str
    effective: bool


@dataclass(frozen=True, slots=True)
class DealLine:
    """One deal the customer is or was a buyer of."""

    id: int
    number: str
    unit: int
    unit_code: str
    state: UnitState
    living: bool
    opened: date
    total: Money
    active: bool  # still among the buyers


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the customer's history: who did what; a `reveal` shows that masked data were looked at."""

    at: datetime
    who: str
    step: str
    subject: str
    after: Any


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything the card shows; name, phones, ID number and address masked unless the person may see them.

    seen: the revision, for `CustomerChange`; may_reveal: whether `reveal` is allowed; sex: male | female | "".
    """

    id: int
    seen: int
    name: str
    kind: str
    sex: str
    age: int | None
    birth: date | None
    phones: tuple[ShownPhone, ...]
    id_kind: str
    id_number: str
    address: str
    guardian: str
    level: str
    note: str
    owner: int
    owner_name: str
    owned_since: date | None
    protected_until: date | None
    last_seen: datetime | None
    last_kind: str
    created: datetime
    consent_at: datetime | None
    consent_text: str
    may_reveal: bool
    family: tuple[Relative, ...] = ()
    visits: tuple[VisitLine, ...] = ()
    follow_ups: tuple[FollowUpLine, ...] = ()
    deals: tuple[DealLine, ...] = ()
    history: tuple[ChangeLine, ...] = ()


def card(desk: Desk, number: int, today: date) -> CustomerCard:
    """Return a customer's card; refuses with `NotFound`."""
    with desk.reading() as connection:
        row = connection.execute(select(*as_seen).where(customer.c.id == number)).first()
        if row is None or row.project_id != desk.project:
            raise NotFound(what="customer", sought=number)
        owner = connection.scalar(select(person.c.name).where(person.c.id == row.owner_id)) or ""
        return CustomerCard(
            row.id, row.revision, shown_name(row.name, row.owner_id or 0, desk.who), row.kind, row.sex,
            age_on(row.birth, today) if row.birth else row.age, row.birth,
            tuple(ShownPhone(line.shown, line.well_formed) for line in lines_of(connection, number)),
            row.id_kind, mask_id(row.id_number), _mask_address(row.address), row.guardian, row.level, row.note,
            row.owner_id or 0, owner, row.owned_since, row.protected_until, row.last_seen, row.last_kind, row.created,
            row.consent_at, row.consent_text, may(desk.who.role, Step.REVEAL) or row.owner_id == desk.who.id,
            _family(connection, desk, row), _visits(connection, number), _follow_ups(connection, number),
            _deals(connection, number), _history(connection, number),
        )


def _mask_address(address: str) -> str:
    """Keep the district, hide street and door."""
    return address if len(address) <= 6 else address[:6] + "****"


def _family(connection: Connection, desk: Desk, row: Any) -> tuple[Relative, ...]:
    head = row.family_id or row.id
    others = connection.execute(
        select(customer.c.id, customer.c.name, customer.c.phone_shown, customer.c.owner_id)
        .where(or_(customer.c.id == head, customer.c.family_id == head), customer.c.id != row.id)
        .order_by(customer.c.id)
    )
    return tuple(
        Relative(one.id, shown_name(one.name, one.owner_id or 0, desk.who), one.phone_shown, one.id == head)
        for one in others
    )


def _visits(connection: Connection, number: int) -> tuple[VisitLine, ...]:
    rows = connection.execute(
        select(visit, func.coalesce(person.c.name, "").label("consultant"))
        .outerjoin(person, person.c.id == visit.c.consultant_id)
        .where(visit.c.customer_id == number)
        .order_by(visit.c.at.desc(), visit.c.id.desc())
    )
    return tuple(
        VisitLine(
            row.id, row.at, row.kind, row.first, row.consultant, row.channel, row.party, row.level, row.answers,
            row.note, row.peer,
        )
        for row in rows
    )


def _follow_ups(connection: Connection, number: int) -> tuple[FollowUpLine, ...]:
    f = follow_up.c
    rows = connection.execute(
        select(f.id, f.due, f.what, person.c.name, f.done_at, f.outcome, f.effective)
        .join(person, person.c.id == f.person_id)
        .where(f.customer_id == number)
        .order_by(f.done_at.is_not(None), f.due.desc(), f.id.desc())
    )
    return tuple(FollowUpLine(*row) for row in rows)


def _deals(connection: Connection, number: int) -> tuple[DealLine, ...]:
    rows = connection.execute(
        select(deal, unit.c.code, deal_buyer.c.active)
        .join(deal_buyer, deal_buyer.c.deal_id == deal.c.id)
        .join(unit, unit.c.id == deal.c.unit_id)
        .where(deal_buyer.c.customer_id == number)
        .order_by(deal.c.id.desc())
    )
    return tuple(
        DealLine(
            row.id, row.number, row.unit_id, row.code, UnitState(row.state), row.living, row.opened, row.total,
            row.active,
        )
        for row in rows
    )


def _history(connection: Connection, number: int) -> tuple[ChangeLine, ...]:
    h = history.c
    rows = connection.execute(
        select(h.at, person.c.name, h.step, h.subject, h.after)
        .join(person, person.c.id == h.person_id)
        .where(h.customer_id == number)
        .order_by(h.id.desc())
        .limit(50)
    )
    return tuple(ChangeLine(*row) for row in rows)
