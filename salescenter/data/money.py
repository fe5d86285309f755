"""Questions and single changes about money: books, dues, receipts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select, update

from salescenter.data.deals import due
from salescenter.data.payments import allocation, closed_day, receipt, receipt_book
from salescenter.data.record import stand_in_line
from salescenter.data.types import sum_of
from salescenter.domain.money import Money


def take_number(connection: Connection, book_id: int) -> int | None:
    """Take the book's next number; none where it is used up. Given back if the work is rolled back."""
    taken: int | None = connection.scalar(
        update(receipt_book)
        .where(receipt_book.c.id == book_id, receipt_book.c.next <= receipt_book.c.last)
        .values(next=receipt_book.c.next + 1)
        .returning(receipt_book.c.next - 1)
    )
    return taken


def book_for(connection: Connection, project: int, cashier: int) -> Any | None:
    """Return the cashier's own book with numbers left, else the house's, else whichever there is."""
    mine = or_(receipt_book.c.cashier_id == cashier, receipt_book.c.cashier_id.is_(None))
    return connection.execute(
        select(receipt_book)
        .where(receipt_book.c.project_id == project, mine)
        .order_by(
            receipt_book.c.next > receipt_book.c.last,
            case((receipt_book.c.cashier_id == cashier, 0), else_=1),
            receipt_book.c.id,
        )
    ).first()


def dues_of(connection: Connection, deal_id: int) -> Sequence[Any]:
    """Return a deal's schedule, oldest due first; lines that wait for a condition come last."""
    return connection.execute(
        select(due).where(due.c.deal_id == deal_id).order_by(due.c.due.is_(None), due.c.due, due.c.position)
    ).all()


def received_for(connection: Connection, deal_id: int, kinds: Sequence[str] = ()) -> Money:
    """Return what a deal has received, counter-entries and refunds taken off; of some kinds, or of all."""
    stmt = select(sum_of(receipt.c.amount)).where(receipt.c.deal_id == deal_id)
    return connection.scalar(stmt.where(receipt.c.kind.in_(kinds)) if kinds else stmt) or Money()


def unallocated(connection: Connection, deal_id: int, kinds: Sequence[str]) -> Sequence[Any]:
    """Return (receipt id, money not yet allocated) of a deal's receipts, oldest first."""
    given = (
        select(allocation.c.receipt_id, func.sum(allocation.c.amount).label("given"))
        .group_by(allocation.c.receipt_id)
        .subquery()
    )
    void = select(receipt.c.counters_id).where(receipt.c.counters_id.is_not(None))
    rows = connection.execute(
        select(receipt.c.id, receipt.c.amount, given.c.given)
        .outerjoin(given, given.c.receipt_id == receipt.c.id)
        .where(
            receipt.c.deal_id == deal_id,
            receipt.c.kind.in_(kinds),
            receipt.c.counters_id.is_(None),
            receipt.c.id.not_in(void),
        )
        .order_by(receipt.c.id)
    )
    return [(row.id, Money(row.amount.fen - _fen(row.given))) for row in rows]


def allocate(connection: Connection, receipt_id: int, parts: Sequence[tuple[int, Money]]) -> None:
    """Write which dues a receipt pays, and keep each due's paid sum."""
    for due_id, amount in parts:
        connection.execute(insert(allocation).values(receipt_id=receipt_id, due_id=due_id, amount=amount))
        connection.execute(update(due).where(due.c.id == due_id).values(paid=due.c.paid + amount))


def is_closed(connection: Connection, project: int, day: date, *, closing: bool = False) -> bool:
    """Say whether a day's cash is closed; until this work ends it stays as it is.

    Cashiers do not wait for each other, but whoever closes the day waits for all of them, and they for the close.
    """
    stand_in_line(connection, f"day:{project}:{day}", together=not closing)
    return connection.scalar(_CLOSED, {"project": project, "day": day}) is not None


_CLOSED = select(closed_day.c.id).where(
    closed_day.c.project_id == bindparam("project"), closed_day.c.day == bindparam("day")
)


def _fen(value: Any) -> int:
    return value.fen if isinstance(value, Money) else int(value or 0)
