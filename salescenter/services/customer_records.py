"""Writing what a registration sheet says of a person: cleaned, made findable, phones flagged where malformed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Connection, delete, insert, select, text, update

from salescenter.data.customer_search import tails_of
from salescenter.data.customers import customer, customer_phone, phone_tail, spelling
from salescenter.data.identity import as_seen
from salescenter.data.server_rights.rows import meet
from salescenter.domain.id_numbers import read_id
from salescenter.domain.masks import mask_id
from salescenter.domain.phones import Phone, clean_phone, clean_phones
from salescenter.domain.refusals import FieldMissing, NotFound
from salescenter.services.names import spell
from salescenter.services.work import Work


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What a sheet says of a person.

    sex: male | female | ""; kind: person | company; phones: as typed, the first one first; id_kind: resident |
    passport | licence | other; a resident's number is checked (GB 11643) and gives birth and sex. guardian:
    who acts for a minor.
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
    """Return facts by their names as they are kept, for the history: without stray blanks, the ID number masked."""
    return {name: _plain(name, value) for name, value in facts.items()}


def _plain(name: str, value: object) -> object:
    if name == "phones" and isinstance(value, Sequence):
        return [phone.digits for phone in cleaned(value)]
    if isinstance(value, date):
        return value.isoformat()
    said = " ".join(value.split()) if isinstance(value, str) else value
    return mask_id(said.upper()) if name == "id_number" and isinstance(said, str) else said


def columns_of(facts: CustomerFacts, today: date, phones: Sequence[Phone] | None = None) -> dict[str, Any]:
    """Return the customer's columns for these facts; refuses an ID number that cannot be right."""
    phones = cleaned(facts.phones) if phones is None else phones
    return _described(facts, phones) | _identity(facts, today)


def _described(facts: CustomerFacts, phones: Sequence[Phone]) -> dict[str, Any]:
    name = " ".join(facts.name.split())
    spelt = spell(name)
    return {
        "name": name,
        "pinyin": spelt.pinyin,
        "initials": spelt.initials,
        "kind": facts.kind,
        "phone": phones[0].digits if phones else "",
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
    if not values["name"] and not values["phone"]:
        raise FieldMissing(field="name")
    values |= {"level": facts.level, "created": work.now, "revision": work.revision, "last_seen": work.now}
    made = insert(customer).values(project_id=work.project, **(values | columns)).returning(customer.c.id)
    number = int(work.connection.scalar(made) or 0)
    write_phones(work.connection, {number: cleaned(facts.phones)})
    write_spellings(work.connection, {number: values["name"]})
    return number


def update_customer(work: Work, number: int, facts: CustomerFacts, known: CustomerFacts) -> None:
    """Write the facts over what was known of a customer; phones are replaced as a whole, a card where it differs."""
    values = _described(facts, cleaned(facts.phones)) | _card_changed(facts, known, work.today)
    values |= {"level": facts.level, "revision": work.revision}
    _forget_findings(work.connection, number)
    work.connection.execute(update(customer).where(customer.c.id == number).values(**values))
    write_phones(work.connection, {number: cleaned(facts.phones)})
    write_spellings(work.connection, {number: values["name"]})


def write_phones(connection: Connection, phones: dict[int, tuple[Phone, ...]]) -> None:
    """Write the phones of customers and every ending of each, so that any part of a number is found."""
    lines = [
        {"customer_id": number, "digits": phone.digits, "well_formed": phone.well_formed}
        for number, several in phones.items()
        for phone in several
    ]
    tails = sorted({(tail, line["customer_id"]) for line in lines for tail in tails_of(str(line["digits"]))})
    if lines:
        connection.execute(insert(customer_phone), lines)
    if tails:
        connection.execute(insert(phone_tail), [{"tail": tail, "customer_id": number} for tail, number in tails])


def write_spellings(connection: Connection, names: dict[int, str]) -> None:
    """Write the further ways names may be typed."""
    lines = sorted((text_, number) for number, name in names.items() for text_ in spell(name).others)
    if lines:
        connection.execute(insert(spelling), [{"text": text_, "customer_id": number} for text_, number in lines])


def _forget_findings(connection: Connection, number: int) -> None:
    """Remove what a customer was found by; endings and spellings by their own beginning, the tables' only order."""
    tails = {tail for digits, _ in phones_of(connection, number) for tail in tails_of(digits)}
    name = connection.scalar(select(customer.c.name).where(customer.c.id == number)) or ""
    connection.execute(delete(phone_tail).where(phone_tail.c.tail.in_(tails), phone_tail.c.customer_id == number))
    connection.execute(
        delete(spelling).where(spelling.c.text.in_(spell(name).others), spelling.c.customer_id == number)
    )
    connection.execute(delete(customer_phone).where(customer_phone.c.customer_id == number))


def forget_customer(connection: Connection, number: int) -> None:
    """Take a customer off the record altogether; a database refuses where anything refers to them."""
    _forget_findings(connection, number)
    connection.execute(delete(customer).where(customer.c.id == number))


def row_of(work: Work, number: int) -> Any:
    """Return a customer's whole row; one of another project is not found."""
    row = work.connection.execute(select(*as_seen).where(customer.c.id == number)).first()
    if row is None or row.project_id != work.project:
        raise NotFound(what="customer", sought=number)
    return row


def phones_of(connection: Connection, number: int) -> tuple[tuple[str, bool], ...]:
    """Return a customer's phones in the order given: digits, and whether they can be a number."""
    rows = connection.execute(
        select(customer_phone.c.digits, customer_phone.c.well_formed)
        .where(customer_phone.c.customer_id == number)
        .order_by(customer_phone.c.id)
    )
    return tuple((digits, well_formed) for digits, well_formed in rows)


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
    return work.connection.execute(
        select(*as_seen)
        .select_from(customer)
        .join(customer_phone, customer_phone.c.customer_id == customer.c.id)
        .where(customer.c.project_id == work.project, customer_phone.c.digits.in_(digits))
        .order_by(customer.c.id)
        .limit(1)
    ).first()


def is_malformed(typed: str) -> bool:
    """Say whether a phone as typed would be flagged."""
    return bool(typed.strip()) and not clean_phone(typed).well_formed
