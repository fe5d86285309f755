"""Writing what a registration sheet says of a person: cleaned, made findable, phones flagged where malformed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Connection, delete, insert, select, text, update

from salescenter.data import customer_phones
from salescenter.data.customer_phones import PhoneLine
from salescenter.data.customers import customer, spelling
from salescenter.data.identity import as_seen
from salescenter.data.server_rights.rows import meet
from salescenter.domain.id_numbers import read_id
from salescenter.domain.masks import STARS, mask_id, mask_phone
from salescenter.domain.phones import Phone, clean_phone, clean_phones
from salescenter.domain.refusals import FieldMissing, NotFound
from salescenter.services.names import spell
from salescenter.services.work import Work


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What a sheet says of a person.

    sex: male | female | ""; kind: person | company; phones: as typed, the first one first, and what is known already
    may stand behind its mask; id_kind: resident | passport | licence | other; a resident's number is checked
    (GB 11643) and gives birth and sex. guardian: who acts for a minor.
    """

    ON_SCREEN: ClassVar = frozenset({"note"})

    name: str = ""
    phones: tuple[str, ...] = ()
    sex: str = ""
    kind: str = "person"
    id_kind: str = ""
    id_number: str = ""
    birth: date | None = None
    address: str = ""
    guardian: str = ""
    level: str = ""
    note: str = ""


def cleaned(phones: Sequence[str]) -> tuple[Phone, ...]:
    """Clean phones as typed, each number once; what has no digit at all is left out."""
    found = {phone.digits: phone for typed in phones for phone in clean_phones(typed) if phone.digits}
    return tuple(found.values())


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts by their names as they are kept, for the history: without stray blanks, numbers masked."""
    return {name: _plain(name, value) for name, value in facts.items()}


def _plain(name: str, value: object) -> object:
    if name == "phones" and isinstance(value, Sequence):
        return [text for said in value for text in _behind_masks(said)]
    if isinstance(value, date):
        return value.isoformat()
    said = " ".join(value.split()) if isinstance(value, str) else value
    return mask_id(said.upper()) if name == "id_number" and isinstance(said, str) else said


def _behind_masks(typed: str) -> list[str]:
    return [typed] if STARS in typed else [mask_phone(phone.digits) for phone in cleaned((typed,))]


def columns_of(facts: CustomerFacts, today: date, phones: Sequence[Phone] | None = None) -> dict[str, Any]:
    """Return the customer's columns for these facts; refuses an ID number that cannot be right."""
    phones = cleaned(facts.phones) if phones is None else phones
    return _described(facts) | {"phone_shown": _shown(phones)} | _identity(facts, today)


def _shown(phones: Sequence[Phone | PhoneLine]) -> str:
    """Return the first of some phones as everybody may see it."""
    first = next(iter(phones), None)
    return first.shown if isinstance(first, PhoneLine) else mask_phone(first.digits) if first else ""


def _described(facts: CustomerFacts) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    spelt = spell(name)
    return {
        "name": name,
        "pinyin": spelt.pinyin,
        "initials": spelt.initials,
        "kind": facts.kind,
        "address": facts.address.strip(),
        "guardian": facts.guardian.strip(),
        "note": facts.note.strip(),
    }


def _identity(facts: CustomerFacts, today: date) -> dict[str, Any]:
    number = facts.id_number.strip().upper()
    kind = (facts.id_kind or "resident") if number else ""
    sex, birth = facts.sex, facts.birth
    if kind == "resident":
        card = read_id(number, today)
        number, sex, birth = card.number, card.sex.value, card.birth
    return {"id_kind": kind, "id_number": number, "id_reversed": number[::-1], "sex": sex, "birth": birth}


def _card_changed(facts: CustomerFacts, known: CustomerFacts, today: date) -> dict[str, Any]:
    """Return the columns of a card that was not known so; a number that stays may be known masked only."""
    if facts.id_number != known.id_number or not known.id_number:
        return _identity(facts, today)
    kind = facts.id_kind or "resident"
    if kind != known.id_kind:
        return _identity(facts, today)
    return {} if kind == "resident" else {"sex": facts.sex, "birth": facts.birth}


def insert_customer(work: Work, facts: CustomerFacts, **columns: Any) -> int:
    """Write a new customer with phones and spellings; a name or a phone there must be."""
    values = columns_of(facts, work.today)
    if not values["name"] and not values["phone_shown"]:
        raise FieldMissing(field="name")
    values |= {"level": facts.level, "created": work.now, "revision": work.revision, "last_seen": work.now}
    made = insert(customer).values(project_id=work.project, **(values | columns)).returning(customer.c.id)
    number = int(work.connection.scalar(made) or 0)
    write_phones(work.connection, {number: cleaned(facts.phones)})
    write_spellings(work.connection, {number: values["name"]})
    return number


def update_customer(work: Work, number: int, facts: CustomerFacts, known: CustomerFacts) -> tuple[int, ...]:
    """Write the facts over what was known of a customer, phones and a card where they differ.

    Returns the keys of phones that came newly.
    """
    values = _described(facts) | _card_changed(facts, known, work.today)
    values |= {"level": facts.level, "revision": work.revision}
    fresh: tuple[int, ...] = ()
    if facts.phones != known.phones:
        wanted = _wanted(work, number, facts.phones)
        fresh = _keep_phones(work.connection, number, wanted)
        values["phone_shown"] = _shown(wanted)
    _forget_spellings(work.connection, number)
    work.connection.execute(update(customer).where(customer.c.id == number).values(**values))
    write_spellings(work.connection, {number: values["name"]})
    return fresh


def _wanted(work: Work, number: int, typed: Sequence[str]) -> tuple[Phone | PhoneLine, ...]:
    """Read phones as typed: those on record, said whole or behind their masks, and new ones."""
    lines = customer_phones.lines_of(work.connection, number)
    known = _known_phones(work, number, typed)
    found: dict[Phone | PhoneLine, None] = {}
    for said in typed:
        behind = next((line for line in lines if line.shown == said and line not in found), None)
        if STARS in said and behind:
            found[behind] = None
        else:
            found |= {
                next((line for line in lines if line.id == known.get(phone.digits)), phone): None
                for phone in cleaned((said,))
            }
    return tuple(found)


def recognised(work: Work, number: int, typed: Sequence[str]) -> tuple[str, ...]:
    """Return phones as typed for a customer: behind its mask what they have already, what is new as digits."""
    wanted = _wanted(work, number, typed)
    return tuple(one.shown if isinstance(one, PhoneLine) else one.digits for one in wanted)


def _known_phones(work: Work, number: int, typed: Sequence[str]) -> dict[str, int]:
    """Return which of some phones, as digits, a customer has, and the key of each."""
    asked = [phone.digits for phone in cleaned(typed)]
    if not asked:
        return {}
    rows = work.connection.execute(customer_phones.having(work.connection, work.project, asked))
    return {digits: line for whose, line, digits in rows if whose == number}


def unknown_phones(work: Work, number: int, typed: Sequence[str]) -> tuple[str, ...]:
    """Return those of some phones, as digits, that a customer is not known by."""
    known = _known_phones(work, number, typed)
    return tuple(phone.digits for phone in cleaned(typed) if phone.digits not in known)


def _keep_phones(connection: Connection, number: int, wanted: Sequence[Phone | PhoneLine]) -> tuple[int, ...]:
    """Let a customer have these phones and no others; returns the keys of new ones."""
    before = {line.id for line in customer_phones.lines_of(connection, number)}
    gone = before - {one.id for one in wanted if isinstance(one, PhoneLine)}
    customer_phones.forget(connection, number, gone)
    for place, one in enumerate(wanted):
        if isinstance(one, PhoneLine):
            customer_phones.put_at(connection, one, place)
    customer_phones.add(connection, [(number, at, one) for at, one in enumerate(wanted) if isinstance(one, Phone)])
    return tuple(line.id for line in customer_phones.lines_of(connection, number) if line.id not in before)


def write_phones(connection: Connection, phones: Mapping[int, Sequence[Phone]]) -> None:
    """Write the phones of new customers."""
    customer_phones.add(
        connection, [(number, at, one) for number, several in phones.items() for at, one in enumerate(several)]
    )


def write_spellings(connection: Connection, names: dict[int, str]) -> None:
    """Write the further ways names may be typed."""
    lines = sorted((text_, number) for number, name in names.items() for text_ in spell(name).others)
    if lines:
        connection.execute(insert(spelling), [{"text": text_, "customer_id": number} for text_, number in lines])


def _forget_spellings(connection: Connection, number: int) -> None:
    """Remove the further ways a name was found by; by their own beginning, the table's only order."""
    name = connection.scalar(select(customer.c.name).where(customer.c.id == number)) or ""
    connection.execute(
        delete(spelling).where(spelling.c.text.in_(spell(name).others), spelling.c.customer_id == number)
    )


def forget_customer(connection: Connection, number: int) -> None:
    """Take a customer off the record altogether; a database refuses where anything refers to them."""
    _keep_phones(connection, number, ())
    _forget_spellings(connection, number)
    connection.execute(delete(customer).where(customer.c.id == number))


def row_of(work: Work, number: int) -> Any:
    """Return a customer's whole row; one of another project is not found."""
    row = work.connection.execute(select(*as_seen).where(customer.c.id == number)).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="customer", sought=number)
    return row


def with_phone(work: Work, typed: Sequence[str]) -> Any | None:
    """Return the first-registered customer of the project who has one of these numbers, whoever is asking.

    Two desks that register one new number at the same moment are put in line here: the second finds the first's.
    """
    digits = [phone.digits for phone in cleaned(typed) if phone.well_formed]
    if not digits:
        return None
    if work.connection.dialect.name == "postgresql":
        for number in sorted(digits):
            work.connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:number))"), {"number": number})
        meet(work.connection, work.project, digits)
    having = customer_phones.having(work.connection, work.project, digits).subquery("having")
    found = select(*as_seen).where(customer.c.id.in_(select(having.c.customer))).order_by(customer.c.id).limit(1)
    return work.connection.execute(found).first()


def is_malformed(typed: str) -> bool:
    """Say whether a phone as typed would be flagged."""
    return bool(typed.strip()) and not clean_phone(typed).well_formed
