"""Questions and single changes about money: books, dues, receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    String,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.types import NullType

from salescenter.data import trips
from salescenter.data.deals import due
from salescenter.data.payments import allocation, closed_day, receipt, receipt_book
from salescenter.data.record import padded, stand_in_line, to_stand_together
from salescenter.data.trips import Question
from salescenter.data.types import sum_of
from salescenter.domain.money import Money

_B = receipt_book.c
_MINE = _B.cashier_id == bindparam("cashier")
_BOOKS = (
    select(_B.id)
    .where(_B.project_id == bindparam("project"), or_(_MINE, _B.cashier_id.is_(None)))
    .order_by(_B.next > _B.last, case((_MINE, 0), else_=1), _B.id)
    .limit(1)
)
_TAKE = (
    update(receipt_book)
    .where(_B.id == _BOOKS.scalar_subquery(), _B.next <= _B.last)
    .values(next=_B.next + 1)
    .returning(_B.id, (_B.next - 1).label("serial"), _B.prefix, _B.digits)
)


def take_number(connection: Connection, project: int, cashier: int) -> Any | None:
    """Take the next number of the cashier's own book, else of the house's: id, serial, prefix, digits.

    None where no book has a number left. Given back if the work is rolled back.
    """
    whose = {"project": project, "cashier": cashier}
    # another desk may take a book's last number between looking and taking: then the next book is asked
    return connection.execute(_TAKE, whose).first() or connection.execute(_TAKE, whose).first()


_TAKEN = _TAKE.cte("taken")
_NUMBERED = func.max(_TAKEN.c.prefix).concat(padded(func.max(_TAKEN.c.serial), func.max(_TAKEN.c.digits)))
_PARTS = (cast(func.max(_TAKEN.c.id), String), cast(func.max(_TAKEN.c.serial), String), _NUMBERED)
_PROMISED = select(
    *(func.set_config(bindparam(f"slot{at}"), part, true()) for at, part in enumerate(_PARTS)),
    1 / func.count(_TAKEN.c.id),  # a fence: where no book has a number left, nothing is written
)


def promise_number(connection: Connection, project: int, cashier: int) -> tuple[str, ...]:
    """Let a server take the number as it writes the work; returns words for book, serial and number."""
    return trips.promise(connection, _PROMISED, {"project": project, "cashier": cashier}, 3)


def book_for(connection: Connection, project: int, cashier: int) -> Any | None:
    """Return the cashier's own book with numbers left, else the house's, else whichever there is."""
    book = select(receipt_book).where(_B.id == _BOOKS.scalar_subquery())
    return connection.execute(book, {"project": project, "cashier": cashier}).first()


_DUES = select(due).where(due.c.deal_id == bindparam("deal")).order_by(due.c.due.is_(None), due.c.due, due.c.position)


def dues_of(connection: Connection, deal_id: int) -> Sequence[Any]:
    """Return a deal's schedule, oldest due first; lines that wait for a condition come last."""
    return connection.execute(_DUES, {"deal": deal_id}).all()


_KINDS: BindParameter[Any] = bindparam("kinds", expanding=True)
_RECEIVED = select(sum_of(receipt.c.amount)).where(receipt.c.deal_id == bindparam("deal"))
_RECEIVED_AS = _RECEIVED.where(receipt.c.kind.in_(_KINDS))


def received_for(connection: Connection, deal_id: int, kinds: Sequence[str] = ()) -> Money:
    """Return what a deal has received, counter-entries and refunds taken off; of some kinds, or of all."""
    if kinds:
        return connection.scalar(_RECEIVED_AS, {"deal": deal_id, "kinds": list(kinds)}) or Money()
    return connection.scalar(_RECEIVED, {"deal": deal_id}) or Money()


_GIVEN = (
    select(allocation.c.receipt_id, func.sum(allocation.c.amount).label("given"))
    .join(receipt, receipt.c.id == allocation.c.receipt_id)
    .where(receipt.c.deal_id == bindparam("deal"))
    .group_by(allocation.c.receipt_id)
    .subquery()
)
_UNALLOCATED = (
    select(receipt.c.id, receipt.c.amount, _GIVEN.c.given)
    .outerjoin(_GIVEN, _GIVEN.c.receipt_id == receipt.c.id)
    .where(
        receipt.c.deal_id == bindparam("deal"),
        receipt.c.kind.in_(_KINDS),
        receipt.c.counters_id.is_(None),
        receipt.c.id.not_in(select(receipt.c.counters_id).where(receipt.c.counters_id.is_not(None))),
    )
    .order_by(receipt.c.id)
)


def unallocated(connection: Connection, deal_id: int, kinds: Sequence[str]) -> Sequence[Any]:
    """Return (receipt id, money not yet allocated) of a deal's receipts, oldest first."""
    rows = connection.execute(_UNALLOCATED, {"deal": deal_id, "kinds": list(kinds)})
    return [(row.id, Money(row.amount.fen - _fen(row.given))) for row in rows]


_PAY = (
    update(due).where(due.c.id == bindparam("line")).values(paid=due.c.paid + bindparam("part", type_=due.c.paid.type))
)


_LAY = select(
    func.doors.lay(bindparam("receipt"), bindparam("line"), bindparam("part", type_=due.c.paid.type), type_=NullType)
)


def allocate(connection: Connection, receipt_id: int, parts: Sequence[tuple[int, Money]]) -> None:
    """Write which dues a receipt pays, and keep each due's paid sum; a server does both (`server_rights.money`)."""
    if connection.dialect.name != "sqlite":
        for due_id, amount in parts:
            trips.later(connection, _LAY, {"receipt": receipt_id, "line": due_id, "part": amount})
    elif parts:
        rows = [{"receipt_id": receipt_id, "due_id": due_id, "amount": amount} for due_id, amount in parts]
        trips.later(connection, allocation, rows)
        for due_id, amount in parts:
            trips.later(connection, _PAY, {"line": due_id, "part": amount})


def is_closed(connection: Connection, project: int, day: date, *, closing: bool = False) -> bool:
    """Say whether a day's cash is closed; until this work ends it stays as it is.

    Cashiers do not wait for each other, but whoever closes the day waits for all of them, and they for the close.
    """
    stand_in_line(connection, _cash_of(project, day), together=not closing)
    return bool(trips.first_column(connection, _CLOSED, {"project": project, "day": day}))


def to_is_closed(project: int, day: date) -> tuple[Question, ...]:
    """Return the questions whether a day's cash is closed, as a cashier asks them."""
    return to_stand_together(_cash_of(project, day)), (_CLOSED, {"project": project, "day": day})


def _cash_of(project: int, day: date) -> str:
    return f"day:{project}:{day}"


_CLOSED = select(closed_day.c.id).where(
    closed_day.c.project_id == bindparam("project"), closed_day.c.day == bindparam("day")
)


def _fen(value: Any) -> int:
    return value.fen if isinstance(value, Money) else int(value or 0)
