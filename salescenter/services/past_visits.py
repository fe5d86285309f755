"""Past visits in bulk: a ledger or a generated year, put on record in one go and counted as if registered then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from salescenter.data.customer_phones import batches, having
from salescenter.data.customers import customer
from salescenter.data.identity import as_seen
from salescenter.data.types import CHINA, millis
from salescenter.data.visits import follow_up, visit
from salescenter.domain.id_numbers import read_id
from salescenter.domain.phones import Phone
from salescenter.domain.refusals import IdMalformed
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services import protection
from salescenter.services.customer_records import (
    CustomerFacts,
    cleaned,
    columns_of,
    write_phones,
    write_spellings,
)
from salescenter.services.names import is_title_only, may_be_same
from salescenter.services.reception_rules import Contact, rules_on
from salescenter.services.words import is_effective
from salescenter.services.work import Work

NO_NAME = mark("Name not given")


@dataclass(frozen=True, slots=True)
class PastFollowUp:
    """A follow-up of then: done with an outcome, or still open where there is none."""

    due: date
    what: str = ""
    outcome: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One line of a ledger.

    at: with its zone; where only the day is known any fixed hour, for the same file must give the same moment again.
    phone: as typed, also several; consultant: a person's id; answers: field of the sheet -> words; consent: the text
    agreed to then.
    """

    at: datetime
    kind: Contact = Contact.VISIT
    name: str = ""
    phone: str = ""
    sex: str = ""
    consultant: int | None = None
    channel: str = ""
    party: int = 1
    level: str = ""
    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""
    id_number: str = ""
    birth: date | None = None
    address: str = ""
    consent: str = ""
    follow_ups: tuple[PastFollowUp, ...] = ()

    @property
    def day(self) -> date:
        """The house's calendar day."""
        return self.at.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class PastRecorded:
    """What came of it: new customers, new visits, lines that were on record already, phones flagged as malformed.

    people: the customer of each line, in the order of the lines.
    """

    customers: int
    visits: int
    repeated: int
    flagged: int
    people: tuple[int, ...]


@dataclass(slots=True, eq=False)
class _Person:
    """A customer while the lines are read: known before (with id) or new, and the lines that are news."""

    name: str
    phones: tuple[Phone, ...]
    id: int = 0
    held: protection.Held | None = None
    met: set[tuple[str, int]] = field(default_factory=set)  # kind and moment of each visit on record
    news: list[PastVisit] = field(default_factory=list)
    family: _Person | None = None
    head: int = 0  # the family's first-registered member where that is on record
    seen: datetime | None = None

    @property
    def root(self) -> _Person:
        """Whose protection counts: the family's first member here."""
        return self.family or self


def record_past(work: Work, rows: Sequence[PastVisit]) -> PastRecorded:
    """Put past visits and calls on record; lines of one phone are one customer, the same line again changes nothing.

    Nothing is required of a line and malformed phones are kept and flagged. Ownership, first visits and the daily
    figures come out as if each line had been registered on its day.
    """
    people, ledger = _People(work, rows), _Ledger(work)
    who: dict[int, _Person] = {}
    for at in sorted(range(len(rows)), key=lambda at: rows[at].at):
        who[at] = people.of(at)
        ledger.read(who[at], rows[at])
    fresh = [one for one in people.all if not one.id]
    known = [one for one in people.all if one.id and one.news]
    _insert(work, fresh)
    _renew(work, known)
    ledger.write()
    flagged = sum(not phone.well_formed for one in fresh for phone in one.phones)
    visits = len(ledger.visits)
    work.note(Step.IMPORT, "visit", work.project, after={"visits": visits, "customers": len(fresh)})
    numbers = tuple(who[at].id for at in range(len(rows)))
    return PastRecorded(len(fresh), visits, len(rows) - visits, flagged, numbers)


class _People:
    """Who the lines are about: looked up by phone, and by name where there is none."""

    def __init__(self, work: Work, rows: Sequence[PastVisit]) -> None:
        self.all: list[_Person] = []
        self._rows = rows
        self._phones = [cleaned((row.phone,)) if row.phone else () for row in rows]
        self._by_phone: dict[str, list[_Person]] = {}
        self._by_name: dict[str, _Person] = {}
        known = {one.id: self._add(one) for one in self._look_up(work)}
        for some in batches(sorted(known)):
            met = select(visit.c.customer_id, visit.c.kind, visit.c.at).where(visit.c.customer_id.in_(some))
            for number, kind, at in work.connection.execute(met):
                known[number].met.add((kind, millis(at)))

    def of(self, at: int) -> _Person:
        """Return whom a line is about, somebody new where nobody fits."""
        name, phones = " ".join(self._rows[at].name.split()), self._phones[at]
        if not phones:
            name = name or tr(NO_NAME)
            return self._by_name.get(name) or self._add(_Person(name, ()))
        same_phone = [one for phone in phones for one in self._by_phone.get(phone.digits, ())]
        same = next((one for one in same_phone if may_be_same(one.name, name)), None)
        if same is not None:
            if name and not is_title_only(name):
                same.name = name
            return same
        relative = same_phone[0].root if same_phone and phones[0].well_formed else None
        return self._add(_Person(name, phones, family=relative))

    def _add(self, one: _Person) -> _Person:
        self.all.append(one)
        for phone in one.phones:
            self._by_phone.setdefault(phone.digits, []).append(one)
        if not one.phones:
            self._by_name.setdefault(one.name, one)
        return one

    def _look_up(self, work: Work) -> Iterator[_Person]:
        digits = sorted({phone.digits for phones in self._phones for phone in phones})
        nameless = {row.name.strip() for row, phones in zip(self._rows, self._phones, strict=True) if not phones}
        found: dict[int, Any] = {}
        phones: dict[int, list[str]] = {}
        for some in batches(digits):
            for whose, _, number in work.connection.execute(having(work.connection, work.project, some)):
                phones.setdefault(whose, []).append(number)
        for some in batches(sorted(phones)):
            found |= {row.id: row for row in _customers(work, customer.c.id.in_(some))}
        for some in batches(sorted({name or tr(NO_NAME) for name in nameless})):
            unknown = customer.c.name.in_(some) & (customer.c.phone_shown == "")
            found |= {row.id: row for row in _customers(work, unknown)}
        for number in sorted(found):
            row = found[number]
            yield _Person(
                row.name, cleaned(phones.get(number, ())), number, protection.held_by(row),
                head=row.family_id or number, seen=row.last_seen,
            )


def _customers(work: Work, which: Any) -> Iterable[Any]:
    return work.connection.execute(select(*as_seen).where(customer.c.project_id == work.project, which))


class _Ledger:
    """The visits, follow-ups and figures that the lines add up to."""

    def __init__(self, work: Work) -> None:
        self.visits: list[tuple[_Person, PastVisit, dict[str, Any]]] = []
        self._work = work
        self._rule = rules_on(work.connection, work.project, work.today).ownership
        self._counts: Counter[tuple[str, tuple[str, ...], date]] = Counter()

    def read(self, one: _Person, row: PastVisit) -> None:
        """Take a line in, in the order of time; one that is on record already is left alone."""
        meeting = (row.kind.value, millis(row.at))
        if meeting in one.met:
            return
        first = all(kind != row.kind.value for kind, _ in one.met)
        one.met.add(meeting)
        one.news.append(row)
        complete = not _lacking(one, row)
        self._protect(one.root, row, complete=complete)
        self._count(row, first=first)
        self.visits.append((one, row, {"first": first, "complete": complete}))

    def write(self) -> None:
        """Write visits and follow-ups, and add to the daily figures."""
        visits = [self._visit(one, row, more) for one, row, more in self.visits]
        plans = [self._plan(one, row, plan) for one, row, _ in self.visits for plan in row.follow_ups]
        for table, values in ((visit, visits), (follow_up, plans)):
            if values:
                self._work.connection.execute(insert(table), values)
        for (figure, parts, day), count in self._counts.items():
            self._work.count(figure, *parts, count=count, day=day)

    def _protect(self, one: _Person, row: PastVisit, *, complete: bool) -> None:
        if row.consultant is None:
            return
        met = [protection.contact(row.kind, row.day, row.consultant, complete=complete, held=one.held)]
        for done in row.follow_ups:
            if done.done_at:
                effective = is_effective(done.outcome)
                day = done.done_at.astimezone(CHINA).date()
                met.append(protection.follow_up(day, row.consultant, effective=effective))
        one.held = protection.after(one.held, met, self._rule)

    def _count(self, row: PastVisit, *, first: bool) -> None:
        person = (f"p:{row.consultant}",) if row.consultant else ()
        channel = (f"c:{row.channel}",) if row.channel else ()
        self._counts[row.kind.value, person + channel, row.day] += 1
        if first and row.kind is Contact.VISIT:
            self._counts["visit-first", person + channel, row.day] += 1

    def _visit(self, one: _Person, row: PastVisit, more: dict[str, Any]) -> dict[str, Any]:
        return {
            "project_id": self._work.project, "customer_id": one.id, "kind": row.kind.value, "at": row.at,
            "day": row.day, "consultant_id": row.consultant, "registered_by": self._work.desk.who.id,
            "channel": row.channel, "party": row.party, "level": row.level, "note": row.note,
            "answers": {name: list(said) for name, said in row.answers if said}, **more,
        }

    def _plan(self, one: _Person, row: PastVisit, plan: PastFollowUp) -> dict[str, Any]:
        return {
            "project_id": self._work.project, "customer_id": one.id, "due": plan.due, "what": plan.what,
            "person_id": row.consultant or self._work.desk.who.id, "done_at": plan.done_at, "outcome": plan.outcome,
            "effective": plan.done_at is not None and is_effective(plan.outcome),
        }


def _lacking(one: _Person, row: PastVisit) -> tuple[str, ...]:
    said = dict(row.answers)
    return protection.lacking(
        name=one.name, sex=row.sex, phone=one.phones, channel=row.channel, product=said.get("product"),
        area=said.get("area"),
    )


def _insert(work: Work, fresh: list[_Person]) -> None:
    """Write new customers, the first members of new families before the others."""
    later = {one for one in fresh if one.family is not None and not one.family.id}
    for some in ([one for one in fresh if one not in later], [one for one in fresh if one in later]):
        if some:
            values = [_new_customer(work, one) for one in some]
            made = insert(customer).returning(customer.c.id, sort_by_parameter_order=True)
            for one, number in zip(some, work.connection.scalars(made, values), strict=True):
                one.id = number
    write_phones(work.connection, {one.id: one.phones for one in fresh})
    write_spellings(work.connection, {one.id: one.name for one in fresh})


def _new_customer(work: Work, one: _Person) -> dict[str, Any]:
    facts = _facts(one, work.today)
    consented = next((row for row in one.news if row.consent), None)
    family = one.family
    return {
        **columns_of(facts, work.today, one.phones), "project_id": work.project, "level": facts.level,
        "created": one.news[0].at,
        "family_id": (family.head or family.id) if family else None,
        "consent_at": consented.at if consented else None, "consent_text": consented.consent if consented else "",
        **_protected(one), **_seen(one), "revision": work.revision,
    }


def _facts(one: _Person, today: date) -> CustomerFacts:
    """Return what all lines of a customer say together; the latest word counts."""
    said: dict[str, Any] = {name: value for row in one.news for name in _FACTS if (value := getattr(row, name))}
    if "id_number" in said:
        said["id_kind"] = _id_kind(said["id_number"], today)
    return CustomerFacts(name=one.name, **said)


_FACTS = ("sex", "id_number", "birth", "address", "level")


def _id_kind(number: str, today: date) -> str:
    """A ledger's malformed card number is kept as another document's: nothing of a line is dropped."""
    try:
        read_id(number, today)
    except IdMalformed:
        return "other"
    return "resident"


def _protected(one: _Person) -> dict[str, Any]:
    held = one.root.held
    nobody = {"owner_id": None, "owned_since": None, "protected_until": None, "won_by": ""}
    return (held.columns() if held else nobody) | {"last_contact": one.news[-1].day}


def _seen(one: _Person) -> dict[str, Any]:
    last = one.news[-1]
    return {"last_seen": last.at, "last_kind": last.kind.value}


def _renew(work: Work, known: list[_Person]) -> None:
    """Write the protection of families known before, and when their members were last seen."""
    head: Any = bindparam("head")
    _many(work, (customer.c.id == head) | (customer.c.family_id == head), [
        {"head": one.root.head, **_protected(one), "revision": work.revision} for one in known
    ])
    _many(work, customer.c.id == bindparam("head"), [
        {"head": one.id, **_seen(one)} for one in known if one.seen is None or one.news[-1].at > one.seen
    ])


def _many(work: Work, which: Any, values: list[dict[str, Any]]) -> None:
    if values:
        names = [name for name in values[0] if name != "head"]
        stmt = update(customer).where(which).values({name: bindparam(f"v_{name}") for name in names})
        work.connection.execute(
            stmt, [{"head": row["head"]} | {f"v_{name}": row[name] for name in names} for row in values]
        )
