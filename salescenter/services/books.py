"""Receipt books (收据簿): numbers issued to the house or to one cashier; what was given out is never taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from salescenter.data.payments import receipt, receipt_book
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.refusals import FieldMissing, NotFound, NumbersTaken, NumbersUsed, OutOfBounds
from salescenter.domain.staff import MAY, Role
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed

MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class BookRow:
    """One book; cashier None is the whole house's; next: the number it gives out next; form: its mark, or ""."""

    id: int
    name: str
    prefix: str
    first: int
    last: int
    next: int
    digits: int
    cashier: int | None
    cashier_name: str
    last_number: str
    form: str = ""

    @property
    def used(self) -> int:
        """How many numbers are given out."""
        return self.next - self.first

    @property
    def left(self) -> int:
        """How many numbers are left."""
        return self.last - self.next + 1

    def written(self, serial: int) -> str:
        """Write a number as the receipt shows it."""
        return number_of(self.prefix, serial, self.digits)


@dataclass(frozen=True, slots=True)
class Cashier:
    """Somebody who may receive money, so that a book can be issued to them."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class NewBook:
    """A book of numbers, both ends included, written with a prefix and so many digits, on a form or plain paper."""

    name: str
    first: int
    last: int
    prefix: str = ""
    digits: int = 7
    cashier: int | None = None
    key: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class BookChange:
    """What may change about a book: its name, its end, whom it is issued to, and what form it is printed on."""

    book: int
    name: str
    last: int
    cashier: int | None = None
    key: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class BookKept:
    """The book was kept."""

    book: int
    name: str


def books(desk: Desk) -> tuple[BookRow, ...]:
    """List the books of the project, oldest first."""
    b = receipt_book.c
    newest = (
        select(receipt.c.number).where(receipt.c.book_id == b.id).order_by(receipt.c.serial.desc()).limit(1)
    ).scalar_subquery()
    stmt = (
        select(b.id, b.name, b.prefix, b.first, b.last, b.next, b.digits, b.cashier_id, person.c.name, newest, b.form)
        .outerjoin(person, person.c.id == b.cashier_id)
        .where(b.project_id == desk.project)
        .order_by(b.id)
    )
    with desk.reading() as connection:
        rows = connection.execute(stmt).all()
    return tuple(BookRow(*row[:8], row[8] or "", row[9] or "", row[10]) for row in rows)


def cashiers(desk: Desk) -> tuple[Cashier, ...]:
    """Everybody who works here and may receive money."""
    roles = [role.value for role in Role if Step.RECEIVE_MONEY in MAY[role]]
    stmt = select(person.c.id, person.c.name, person.c.role).where(person.c.active, person.c.role.in_(roles))
    with desk.reading() as connection:
        rows = connection.execute(stmt.order_by(person.c.id)).all()
    return tuple(Cashier(row.id, row.name, Role(row.role)) for row in rows)


def number_of(prefix: str, serial: int, digits: int) -> str:
    """Write a receipt's number: SJ0001207."""
    return f"{prefix}{serial:0{digits}d}"


@deed(Step.EDIT_SETTINGS, BookKept)
def add(work: Work, asked: NewBook) -> BookKept:
    """Begin a book; refuses numbers that another book holds."""
    name = _named(asked.name)
    _within("digits", asked.digits, 1, MOST_DIGITS)
    most = 10**asked.digits - 1
    _within("first", asked.first, 1, most)
    _within("last", asked.last, asked.first, most)
    _demand_cashier(work, asked.cashier)
    prefix = asked.prefix.strip()
    _demand_free(work.connection, _Span(prefix, asked.digits, asked.first, asked.last))
    values = {
        "name": name, "prefix": prefix, "first": asked.first, "last": asked.last, "digits": asked.digits,
        "cashier_id": asked.cashier, "form": asked.form,
    }  # fmt: skip
    more = {"project_id": work.project, "next": asked.first}
    number = new_id(work.connection.execute(insert(receipt_book).values(values | more)))
    work.note(Step.EDIT_SETTINGS, "receipt-book", number, after=values)
    return BookKept(number, name)


@deed(Step.EDIT_SETTINGS, BookKept)
def change(work: Work, asked: BookChange) -> BookKept:
    """Rename a book, issue it to a cashier or the house, or move its end, never below a number given out."""
    row = work.connection.execute(
        select(receipt_book).where(receipt_book.c.id == asked.book, receipt_book.c.project_id == work.project)
    ).first()
    if row is None:
        raise NotFound(what="receipt-book", sought=asked.book)
    given_out = row.next - 1
    if asked.last < given_out:
        raise NumbersUsed(field="last", book=row.name, last=number_of(row.prefix, given_out, row.digits))
    _within("last", asked.last, max(given_out, row.first - 1), 10**row.digits - 1)
    _demand_cashier(work, asked.cashier)
    if asked.last > row.last:
        _demand_free(work.connection, _Span(row.prefix, row.digits, row.last + 1, asked.last), own=row.id)
    values = {"name": _named(asked.name), "last": asked.last, "cashier_id": asked.cashier, "form": asked.form}
    work.connection.execute(update(receipt_book).where(receipt_book.c.id == row.id).values(values))
    before = {name: getattr(row, name) for name in values}
    work.note(Step.EDIT_SETTINGS, "receipt-book", row.id, before=before, after=values)
    return BookKept(row.id, str(values["name"]))


@dataclass(frozen=True, slots=True)
class _Span:
    """Numbers as they are written: texts of one length, one after the other."""

    prefix: str
    digits: int
    first: int
    last: int

    def meets(self, other: _Span) -> bool:
        """Say whether one text can be a number of both, whatever part of it is prefix."""
        ends = [number_of(one.prefix, end, one.digits) for one in (self, other) for end in (one.first, one.last)]
        same_length = len(ends[0]) == len(ends[2])
        return same_length and max(ends[0], ends[2]) <= min(ends[1], ends[3])


def _demand_free(connection: Connection, wanted: _Span, own: int = 0) -> None:
    """Refuse numbers of another book; a receipt's number is unique in the whole database."""
    rows: list[Any] = list(connection.execute(select(receipt_book).where(receipt_book.c.id != own)))
    for row in rows:
        if wanted.meets(_Span(row.prefix, row.digits, row.first, max(row.first, row.last))):
            raise NumbersTaken(field="first" if not own else "last", book=row.name)


def _demand_cashier(work: Work, number: int | None) -> None:
    if number is None:
        return
    count = select(func.count()).where(person.c.id == number, person.c.active)
    if not work.connection.scalar(count):
        raise NotFound(what="person", sought=number)


def _within(field: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise OutOfBounds(field=field, value=value, least=least, most=most)


def _named(name: str) -> str:
    if not name.strip():
        raise FieldMissing(field="name")
    return name.strip()
