"""Visits and calls (来访、来电、去电): one deed keeps the customer, the visit, the rota's turn and the follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import insert, select, update

from salescenter.data.customers import customer
from salescenter.data.staff import person
from salescenter.data.visits import visit
from salescenter.domain.refusals import FieldMissing
from salescenter.domain.rota import Happening
from salescenter.domain.units import Step
from salescenter.services import follow_ups, protection, rota
from salescenter.services.customer_records import CustomerFacts, row_of, unknown_phones, update_customer
from salescenter.services.customers import NewCustomer, consent_columns, facts_of, keep, own
from salescenter.services.names import is_title_only, may_be_same
from salescenter.services.past_visits import PastFollowUp, PastRecorded, PastVisit, record_past
from salescenter.services.receiving import Served, receiver
from salescenter.services.reception_rules import ROTAS, Contact, ReceptionRules, rules_on
from salescenter.services.taking_back import learned, standing
from salescenter.services.work import Work, deed

__all__ = [
    "Answers", "Meanwhile", "PastFollowUp", "PastRecorded", "PastVisit", "Registered", "VisitRequest",
    "customer_for", "keep_companions", "name_of", "record_past", "register",
]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """How a visit was taken while the server was away, told to it later.

    taker: who registered it; by_hand: the consultant was chosen from the rota's list as last known; counts: it used
    their turn.
    """

    taker: int
    by_hand: bool = False
    counts: bool = True


Answers = Mapping[str, tuple[str, ...]]
"""Field of the registration sheet -> the words chosen."""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What the receptionist's form says.

    customer: a known one (then `facts` only fill what was not known yet); companions: further members of the
    family who came; consultant: whom they asked for, None to let ownership and rota decide; peer: no customer but
    a competitor, surveyor or agent; consent: the text agreed to, empty where it was not asked; meanwhile: where it was
    taken without the server.
    """

    ON_SCREEN: ClassVar = frozenset({"follow_up_what"})

    kind: Contact
    facts: CustomerFacts = field(default_factory=CustomerFacts)
    customer: int | None = None
    companions: tuple[CustomerFacts, ...] = ()
    party: int = 1
    channel: str = ""
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""
    consultant: int | None = None
    peer: bool = False
    consent: str = ""
    follow_up: date | None = None
    follow_up_what: str = ""
    key: str = ""
    meanwhile: Meanwhile | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The contact is on record.

    first: the family's first of its kind; known: the customer was known before; by: owner | asked | rota | self | hand,
    who decided on the consultant, or joined where the visit was on record already; helped: the owner was not there and
    somebody received their customer; lacking: fields (by comma) without which the registration protects nobody.
    """

    visit: int
    customer: int
    consultant: int
    consultant_name: str
    owner: int
    owner_name: str
    first: bool
    known: bool
    by: str
    helped: bool
    lacking: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the customer once the form's words are laid over the record."""

    row: Any
    channel: str
    answers: Answers
    first: bool
    lacking: tuple[str, ...]
    was: Mapping[str, Any]  # how they stood before

    @property
    def head(self) -> int:
        return int(self.row.family_id or self.row.id)


@deed(Step.REGISTER_VISIT, Registered)
def register(work: Work, asked: VisitRequest) -> Registered:
    """Register a visit or call: who came, who receives them, whose they are from now on, what happens next."""
    rules = rules_on(work.connection, work.project, work.today)
    found = customer_for(work, asked)
    number = found.id
    known = _knowledge(work, asked, found)
    if known.first and not asked.peer and asked.meanwhile is None:
        _check_required(known, asked, rules)
    served = _served(receiver(work, asked.kind, known.row, asked.consultant, peer=asked.peer, rules=rules), asked)
    visit_id = _write(work, asked, known, served)
    if served.what is not None:
        counts = rules.counts(work.now) and (asked.meanwhile is None or asked.meanwhile.counts)
        rota.write(work, served.who, served.what, ROTAS[asked.kind], visit=visit_id, counts=counts)
    owner = known.row.owner_id if asked.peer else _own(work, asked, known, served, rules)
    made = _keep_beside(work, asked, found, owner or served.who)
    _tell(work, asked, visit_id, known, served, made)
    return Registered(
        visit_id, number, served.who, name_of(work, served.who), owner or 0, name_of(work, owner), known.first,
        bool(found.was), served.by, served.what is Happening.HELPED, ",".join(known.lacking),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A customer's key, and how a known one stood before the form added to them; nothing of somebody new."""

    id: int
    was: Mapping[str, Any] = field(default_factory=dict)


def customer_for(work: Work, asked: VisitRequest) -> Found:
    """Find or make the customer; what the form newly says of a known one is added, nothing is overwritten."""
    if asked.customer is None:
        kept = keep(work, NewCustomer(asked.facts, consent=asked.consent))
        if not kept.known:
            return Found(kept.id)
        number = kept.id
    else:
        number = asked.customer
    row = row_of(work, number)
    known = facts_of(work.connection, row)
    filled = _filled(work, number, known, asked.facts)
    fresh: tuple[int, ...] = ()
    if filled != known:
        fresh = update_customer(work, number, filled, known)
    consents = bool(asked.consent) and row.consent_at is None
    if consents:
        stmt = update(customer).where(customer.c.id == number)
        work.connection.execute(stmt.values(**consent_columns(work, asked.consent)))
    after = facts_of(work.connection, row_of(work, number)) if filled != known else known
    return Found(number, standing(work, row) | {"learned": learned(known, after, fresh, consent=consents)})


def _filled(work: Work, number: int, known: CustomerFacts, said: CustomerFacts) -> CustomerFacts:
    fresh = {name: getattr(said, name) for name in _FILLABLE if not getattr(known, name) and getattr(said, name)}
    if said.name and is_title_only(known.name) and may_be_same(known.name, said.name):
        fresh["name"] = said.name
    more = unknown_phones(work, number, said.phones)
    return replace(known, phones=(*known.phones, *more), level=said.level or known.level, **fresh)


_FILLABLE = ("name", "sex", "id_kind", "id_number", "birth", "address", "guardian", "note")


def _knowledge(work: Work, asked: VisitRequest, found: Found) -> _Known:
    row = row_of(work, found.id)
    last = last_visit(work, found.id)
    answers = {**(last.answers if last else {}), **dict(asked.answers)}
    channel = asked.channel or (last.channel if last else "")
    values = {field: answers.get(field) for field in ("product", "area")}
    lacking = protection.lacking(name=row.name, sex=row.sex, phone=row.phone_shown, channel=channel, **values)
    first = not met_before(work, row.family_id or row.id, asked.kind)
    return _Known(row, channel, answers, first, lacking, found.was or standing(work, row))


def last_visit(work: Work, number: int) -> Any:
    """Return the newest visit or call of a customer."""
    return work.connection.execute(
        select(visit).where(visit.c.customer_id == number).order_by(visit.c.at.desc(), visit.c.id.desc()).limit(1)
    ).first()


def met_before(work: Work, head: int, kind: Contact) -> bool:
    """Say whether a family came or called before in this way."""
    return work.connection.scalar(
        select(visit.c.id)
        .join(customer, customer.c.id == visit.c.customer_id)
        .where((customer.c.id == head) | (customer.c.family_id == head), visit.c.kind == kind.value, ~visit.c.peer)
        .limit(1)
    ) is not None


def _check_required(known: _Known, asked: VisitRequest, rules: ReceptionRules) -> None:
    row = known.row
    values = {
        **known.answers, "name": row.name, "phone": row.phone_shown, "sex": row.sex, "channel": known.channel,
        "level": row.level, "consent": row.consent_at or asked.consent, "follow-up": asked.follow_up,
    }
    missing = next((name for name in rules.required[asked.kind] if not values.get(name)), None)
    if missing:
        raise FieldMissing(field=missing)


def _write(work: Work, asked: VisitRequest, known: _Known, served: Served) -> int:
    made = insert(visit).values(
        project_id=work.project, customer_id=known.row.id, kind=asked.kind.value, at=work.now, day=work.today,
        first=known.first, complete=not known.lacking, peer=asked.peer, consultant_id=served.who,
        registered_by=asked.meanwhile.taker if asked.meanwhile else work.desk.who.id, channel=known.channel,
        party=max(asked.party, 1 + len(asked.companions)),
        level=asked.facts.level or known.row.level, answers={k: list(v) for k, v in known.answers.items() if v},
        note=asked.note.strip(),
    )
    seen = {"last_seen": work.now, "last_kind": asked.kind.value}
    if known.row.last_seen is not None and known.row.last_seen > work.now:
        seen = {}  # told later: somebody saw them since
    stmt = update(customer).where(customer.c.id == known.row.id)
    work.connection.execute(stmt.values(**seen, revision=work.revision))
    return int(work.connection.scalar(made.returning(visit.c.id)) or 0)


def _own(work: Work, asked: VisitRequest, known: _Known, served: Served, rules: ReceptionRules) -> int | None:
    """Renew or win the family; returns the owner from now on."""
    before = protection.held_by(known.row)
    met = protection.contact(asked.kind, work.today, served.who, complete=not known.lacking, held=before)
    held = protection.after(before, [met], rules.ownership)
    if held is not None:
        own(work, known.head, held)
    return held.owner if held else None


def keep_companions(work: Work, asked: VisitRequest, number: int) -> list[int]:
    """Keep who came along as members of the customer's family; returns who of them is new."""
    kept = [keep(work, NewCustomer(facts, family=number, consent=asked.consent)) for facts in asked.companions]
    return [one.id for one in kept if not one.known]


def _keep_beside(work: Work, asked: VisitRequest, found: Found, whose: int) -> dict[str, list[int]]:
    """Keep companions and the follow-up; returns everything this work newly made, by its keys."""
    customers = ([] if found.was else [found.id]) + keep_companions(work, asked, found.id)
    plans = []
    if asked.follow_up:
        plans = [follow_ups.write(work, found.id, whose, asked.follow_up, asked.follow_up_what)]
    return {"customers": customers, "follow_ups": plans}


def _served(found: Served, asked: VisitRequest) -> Served:
    """Tell a choice by hand from a wish of the customer's."""
    by_hand = asked.meanwhile is not None and asked.meanwhile.by_hand
    return replace(found, by="hand") if by_hand and found.by == "asked" else found


def _tell(
    work: Work, asked: VisitRequest, visit_id: int, known: _Known, served: Served, made: Mapping[str, list[int]]
) -> None:
    after = {"kind": asked.kind.value, "consultant": served.who, "by": served.by, "first": known.first, **made}
    if asked.meanwhile:
        after |= {"taken_by": asked.meanwhile.taker, "taken_at": work.now.isoformat()}
    work.note(Step.REGISTER_VISIT, "visit", visit_id, customer=known.row.id, before=dict(known.was), after=after)
    if asked.peer:
        return
    parts = [f"p:{served.who}", *([f"c:{known.channel}"] if known.channel else [])]
    work.count(asked.kind.value, *parts, count=1)
    if asked.kind is Contact.VISIT and known.first:
        work.count("visit-first", *parts, count=1)


def name_of(work: Work, number: int | None) -> str:
    """Return a person's name; nobody's is empty."""
    return work.connection.scalar(select(person.c.name).where(person.c.id == number)) or "" if number else ""
