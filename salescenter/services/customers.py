"""Customers (客户): found while typing, registered, changed, joined as families, revealed, given to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Connection, func, select, update

from salescenter.data import identity
from salescenter.data.customer_phones import digits_of, lines_of
from salescenter.data.customer_search import LEAST_DIGITS, Way, latest, parameters, statement
from salescenter.data.customers import customer
from salescenter.data.history import history
from salescenter.data.staff import person
from salescenter.data.types import moment_of
from salescenter.domain.masks import mask_name
from salescenter.domain.refusals import ChangedMeanwhile, FieldMalformed, FieldMissing, NotFound, ReasonMissing
from salescenter.domain.staff import Person, demand, may
from salescenter.domain.units import Step
from salescenter.services import protection
from salescenter.services.customer_records import (
    CustomerFacts,
    insert_customer,
    plain_facts,
    recognised,
    row_of,
    update_customer,
    with_phone,
)
from salescenter.services.looks import told_first
from salescenter.services.names import is_typed, may_be_same, typed_form
from salescenter.services.reception_rules import rules_on
from salescenter.services.work import Desk, Work, deed

MOST_FOUND = 24
"""So many are read for one search; the last seen of them are shown first."""


@dataclass(frozen=True, slots=True)
class CustomerHint:
    """One customer as search shows them: name and phone as this person may see them.

    protected_until: the last day the owner is protected, none without an owner; last_kind: visit | call-in | call-out.
    """

    id: int
    name: str
    phone: str
    level: str
    owner: int
    owner_name: str
    protected_until: date | None
    last_seen: datetime | None
    last_kind: str

    def is_protected(self, today: date) -> bool:
        """Say whether the owner's window is still open."""
        return self.protected_until is not None and self.protected_until >= today


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer registered without a visit, such as a buyer at the desk; owner: whose, none for nobody's."""

    facts: CustomerFacts
    owner: int | None = None
    family: int | None = None
    consent: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What is to be said differently of a customer: fields of `CustomerFacts` by name, the others stay."""

    ON_SCREEN: ClassVar = frozenset({"note"})

    id: int
    seen: int
    changed: Mapping[str, object]
    key: str = ""


@dataclass(frozen=True, slots=True)
class JoinFamily:
    """Make two customers one family (parents, spouse, children count as one customer)."""

    id: int
    relative: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """The customer agreed to a text on the keeping of personal data."""

    id: int
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reassign:
    """Give a customer, and the family, to another consultant."""

    id: int
    owner: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CustomerKept:
    """The customer as kept; `known` when somebody with this phone and name was there already."""

    id: int
    known: bool = False


@dataclass(frozen=True, slots=True)
class Revealed:
    """What masks hide, shown once and told to the history."""

    name: str
    phones: tuple[str, ...]
    id_number: str
    address: str


# --- finding


def way_of(text: str) -> tuple[Way, str] | None:
    """Say what a search text looks for, and the text as it is compared; none while it is too short."""
    said = "".join(text.split())
    digits = re.sub(r"^\+?86(?=1\d{10}$)", "", re.sub(r"[-–()（）]", "", said))
    if re.fullmatch(r"\d+", digits):
        return (Way.DIGITS, digits) if len(digits) >= LEAST_DIGITS else None
    if re.fullmatch(r"\d+[Xx]", digits):
        return Way.ID, digits.upper()
    if is_typed(text):
        return Way.TYPED, typed_form(text)
    return (Way.NAME, said) if said else None


def find(desk: Desk, text: str, limit: int = 8) -> tuple[CustomerHint, ...]:
    """Find customers by any three digits of a phone, the end of an ID number, a name, its pinyin or initials."""
    way = way_of(text)
    if way is None:
        return ()
    with desk.reading() as connection:
        asked = parameters(desk.project, way[1], max(MOST_FOUND, limit))
        rows = connection.execute(statement(way[0], connection.dialect.name != "sqlite"), asked).all()
    hints = [_hint(row, desk.who) for row in {row[0]: row for row in rows}.values()]
    return tuple(sorted(hints, key=_last_seen_first)[:limit])


def recent(
    desk: Desk, *, owner: int = 0, level: str = "", offset: int = 0, limit: int = 100
) -> tuple[CustomerHint, ...]:
    """Return customers, the last seen first; of one consultant, or whose level begins so (A), where asked."""
    with desk.reading() as connection:
        rows = connection.execute(latest(desk.project, owner=owner, level=level, offset=offset, most=limit)).all()
    return tuple(_hint(row, desk.who) for row in rows)


def hint_of(desk: Desk, number: int) -> CustomerHint:
    """Return one customer as search would show them; refuses with `NotFound`."""
    with desk.reading() as connection:
        row = connection.execute(latest(desk.project, number=number)).first()
    if row is None:
        raise NotFound(what="customer", sought=number)
    return _hint(row, desk.who)


def how_many(desk: Desk) -> int:
    """Count the project's customers."""
    with desk.reading() as connection:
        count = select(func.count()).select_from(customer).where(customer.c.project_id == desk.project)
        return connection.scalar(count) or 0


def sees_whole(owner: int, who: Person) -> bool:
    """Say whether a person reads names and numbers whole: the one they belong to, and whoever may reveal."""
    return owner == who.id or may(who.role, Step.REVEAL)


def shown_name(name: str, owner: int, who: Person) -> str:
    """Write a name as a person may see it: whole for whoever sees them whole, else the surname."""
    return name if sees_whole(owner, who) else mask_name(name)


def _hint(row: Any, who: Person) -> CustomerHint:
    number, name, phone, level, owner, owner_name, until, seen, kind = row
    return CustomerHint(
        number, shown_name(name, owner, who), phone, level, owner, owner_name,
        date.fromordinal(until) if until and owner else None, moment_of(seen) if seen else None, kind,
    )


def _last_seen_first(hint: CustomerHint) -> tuple[float, int]:
    return -(hint.last_seen.timestamp() if hint.last_seen else 0), -hint.id


# --- keeping


@deed(Step.REGISTER_VISIT, CustomerKept)
def register(work: Work, asked: NewCustomer) -> CustomerKept:
    """Register a customer; the same name with the same phone is the customer already known."""
    return keep(work, asked)


def keep(work: Work, asked: NewCustomer) -> CustomerKept:
    """Register a customer within open work; somebody else on a known phone joins that family and its consultant."""
    known = with_phone(work, asked.facts.phones)
    if known is not None and may_be_same(known.name, " ".join(asked.facts.name.split())):
        return CustomerKept(known.id, known=True)
    relative = row_of(work, asked.family) if asked.family else known
    family = (relative.family_id or relative.id) if relative else None
    held = _given(work, asked.owner) if asked.owner else protection.held_by(relative)
    number = insert_customer(
        work, asked.facts, family_id=family, **(held.columns() if held else {}), **consent_columns(work, asked.consent)
    )
    owner = held.owner if held else None
    work.note(Step.REGISTER_VISIT, "customer", number, customer=number, after={"owner": owner, "family": family})
    return CustomerKept(number)


@deed(Step.REGISTER_VISIT, CustomerKept)
def change(work: Work, asked: CustomerChange) -> CustomerKept:
    """Change what is known of a customer; refuses when another desk changed it meanwhile."""
    row = row_of(work, asked.id)
    if row.revision != asked.seen:
        raise _changed_meanwhile(work, row)
    before = facts_of(work.connection, row)
    after = _with(before, asked.changed)
    after = replace(after, phones=recognised(work, row.id, after.phones))
    if not after.name.strip() and not after.phones:
        raise FieldMissing(field="name")
    update_customer(work, row.id, after, before)
    was, now = _told(before, after)
    work.note(Step.REGISTER_VISIT, "customer", row.id, customer=row.id, before=was, after=now)
    return CustomerKept(row.id)


def facts_of(connection: Connection, row: Any) -> CustomerFacts:
    """Return what is known of a customer as facts, for writing, never for showing: phones stand behind their masks.

    A server masks the ID number as well; what is written so stays as it is.
    """
    return CustomerFacts(
        row.name, tuple(line.shown for line in lines_of(connection, row.id)), row.sex, row.kind, row.id_kind,
        row.id_number, row.birth, row.address, row.guardian, row.level, row.note,
    )


def _with(facts: CustomerFacts, changed: Mapping[str, object]) -> CustomerFacts:
    try:
        return replace(facts, **changed)  # type: ignore[arg-type]
    except TypeError as trouble:
        raise FieldMalformed(field="customer", value=", ".join(changed), why=str(trouble)) from trouble


def _told(before: CustomerFacts, after: CustomerFacts) -> tuple[dict[str, object], dict[str, object]]:
    """What really reads otherwise, as the history tells it: before, after."""
    names = [one.name for one in fields(CustomerFacts)]
    was, now = (plain_facts({name: getattr(facts, name) for name in names}) for facts in (before, after))
    differ = {name: None for name in names if was[name] != now[name]}
    if before.id_number != after.id_number.strip().upper():  # the masks of two numbers may be the same
        differ["id_number"] = None
    if before.phones != after.phones:
        differ["phones"] = None
    return {name: was[name] for name in differ}, {name: now[name] for name in differ}


def _changed_meanwhile(work: Work, row: Any) -> ChangedMeanwhile:
    last = work.connection.execute(
        select(person.c.name, history.c.at)
        .join(person, person.c.id == history.c.person_id)
        .where(history.c.customer_id == row.id)
        .order_by(history.c.id.desc())
        .limit(1)
    ).first()
    by, at = last or ("", None)
    return ChangedMeanwhile(what="customer", by=by, at=at)


@deed(Step.REGISTER_VISIT, CustomerKept)
def join_family(work: Work, asked: JoinFamily) -> CustomerKept:
    """Make two customers one family; it keeps the consultant of the member registered first."""
    mine, other = family_of(work, asked.id), family_of(work, asked.relative)
    head, joined = min(mine, other), max(mine, other)
    if head == joined:
        return CustomerKept(asked.id, known=True)
    held = protection.held_by(row_of(work, head))
    together = (customer.c.id == joined) | (customer.c.family_id == joined)
    values = {"family_id": head, "revision": work.revision} | (held.columns() if held else {})
    work.connection.execute(update(customer).where(together).values(**values))
    work.note(Step.REGISTER_VISIT, "customer", asked.id, customer=asked.id, after={"family": head})
    return CustomerKept(asked.id)


def family_of(work: Work, number: int) -> int:
    """Return the first-registered member of a customer's family, who may be the customer alone."""
    row = row_of(work, number)
    return int(row.family_id or row.id)


@deed(Step.REGISTER_VISIT, CustomerKept)
def consent(work: Work, asked: Consent) -> CustomerKept:
    """Write down that the customer agreed to a text, today."""
    row = row_of(work, asked.id)
    if not asked.text.strip():
        raise FieldMissing(field="consent")
    values = consent_columns(work, asked.text) | {"revision": work.revision}
    work.connection.execute(update(customer).where(customer.c.id == row.id).values(**values))
    work.note(Step.REGISTER_VISIT, "customer", row.id, customer=row.id, after={"consent": asked.text.strip()})
    return CustomerKept(row.id)


def consent_columns(work: Work, text: str) -> dict[str, Any]:
    """Return the columns of a consent given now; nothing where no text was agreed to."""
    return {"consent_at": work.now, "consent_text": text.strip()} if text.strip() else {}


@deed(Step.REASSIGN_CUSTOMER, CustomerKept)
def reassign(work: Work, asked: Reassign) -> CustomerKept:
    """Give a customer's family to another consultant; the protection begins anew."""
    head = family_of(work, asked.id)
    before = row_of(work, asked.id).owner_id
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.REASSIGN_CUSTOMER)
    if work.connection.scalar(select(person.c.id).where(person.c.id == asked.owner, person.c.active)) is None:
        raise NotFound(what="person", sought=asked.owner)
    own(work, head, _given(work, asked.owner))
    work.note(
        Step.REASSIGN_CUSTOMER, "customer", asked.id, customer=asked.id,
        before={"owner": before}, after={"owner": asked.owner, "reason": asked.reason.strip()},
    )
    return CustomerKept(asked.id)


def own(work: Work, head: int, held: protection.Held) -> None:
    """Write a family's protection: all its members belong to one consultant."""
    work.connection.execute(
        update(customer)
        .where((customer.c.id == head) | (customer.c.family_id == head))
        .values(**held.columns(), last_contact=work.today, revision=work.revision)
    )


def _given(work: Work, owner: int) -> protection.Held:
    rule = rules_on(work.connection, work.project, work.today).ownership
    return protection.given(owner, work.today, rule)


def reveal(desk: Desk, number: int, now: datetime) -> Revealed:
    """Show what is masked, to roles that may and to the customer's own consultant; the history is told each time."""
    with told_first(desk, now) as work:
        row = row_of(work, number)
        if row.owner_id != desk.who.id:
            demand(desk.who.role, Step.REVEAL)
        work.note(Step.REVEAL, "customer", number, customer=number)
    with desk.reading() as connection:  # a server shows numbers to whom it has heard say so, for good
        kept = connection.scalar(select(identity.id_number).where(customer.c.id == number)) or ""
        return Revealed(row.name, digits_of(connection, number), kept, row.address)
