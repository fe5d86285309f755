"""Spoiled sheets of numbered stationery (作废的收据纸): told to the history with a reason, counted for their book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from salescenter.data.history import history
from salescenter.data.payments import receipt, receipt_book
from salescenter.domain.papers.form_faults import OtherSheetNext
from salescenter.domain.papers.printing import SpoiledAt
from salescenter.domain.refusals import NotFound, OutOfBounds, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.books import BookRow, books, number_of
from salescenter.services.work import Desk, Work, deed

SUBJECT = "sheet"
"""What the history calls a sheet of a receipt book; its id is the book's."""


@dataclass(frozen=True, slots=True)
class SpoilRequest:
    """The sheet of a receipt's number was spoiled: why, and at which step."""

    number: str
    reason: str
    at: SpoiledAt
    key: str = ""


@dataclass(frozen=True, slots=True)
class SheetSpoiled:
    """The sheet is on record as spoiled."""

    book: int
    number: str


@dataclass(frozen=True, slots=True)
class SpoiledSheet:
    """One spoiled sheet: of which book and number, when, why, at which step; blank: before its number was used."""

    book: int
    number: str
    when: datetime
    reason: str
    at: SpoiledAt
    blank: bool = False


@dataclass(frozen=True, slots=True)
class BlankRequest:
    """The next sheets of a book were spoiled blank: from which number on (as it was shown), how many, why, when."""

    book: int
    first: int
    count: int
    reason: str
    at: SpoiledAt
    key: str = ""


@dataclass(frozen=True, slots=True)
class BlanksSpoiled:
    """The sheets are on record: the first and the last number, none of which a receipt will ever have."""

    book: int
    first: str
    last: str


@deed(Step.PRINT_PAPER, SheetSpoiled)
def spoil(work: Work, asked: SpoilRequest) -> SheetSpoiled:
    """Put a spoiled sheet on record; the receipt and its number stay, it is printed again with a reason."""
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.PRINT_PAPER)
    r = receipt.c
    of = select(r.book_id, r.unit_id, r.deal_id).where(r.project_id == work.project, r.number == asked.number.strip())
    if (row := work.connection.execute(of).first()) is None:
        raise NotFound(what="receipt", sought=asked.number)
    after = {"number": asked.number.strip(), "reason": asked.reason.strip(), "at": asked.at.value}
    work.note(Step.PRINT_PAPER, SUBJECT, row.book_id, unit=row.unit_id, deal=row.deal_id, after=after)
    return SheetSpoiled(row.book_id, after["number"])


def books_at_hand(desk: Desk) -> tuple[BookRow, ...]:
    """The books with numbers left whose sheets this person holds: their own, and the house's."""
    return tuple(one for one in books(desk) if one.left > 0 and one.cashier in (None, desk.who.id))


@deed(Step.RECEIVE_MONEY, BlanksSpoiled)
def spoil_blank(work: Work, asked: BlankRequest) -> BlanksSpoiled:
    """Take the next numbers of a book out of use with their sheets, each told to the history; the next receipt follows.

    Refused where another desk used the number meanwhile (`OtherSheetNext`), or where the book has not so many left.
    """
    if not asked.reason.strip():
        raise ReasonMissing(step=Step.PRINT_PAPER)
    b = receipt_book.c
    at_hand = b.cashier_id.is_(None) | (b.cashier_id == work.desk.who.id)
    mine = (b.id == asked.book) & (b.project_id == work.project) & at_hand
    row = work.connection.execute(select(receipt_book).where(mine)).first()
    if row is None:
        raise NotFound(what="receipt-book", sought=asked.book)
    if not 1 <= asked.count <= row.last - asked.first + 1:
        raise OutOfBounds(field="count", value=asked.count, least=1, most=row.last - asked.first + 1)
    taken = update(receipt_book).where(mine, b.next == asked.first).values(next=asked.first + asked.count)
    if work.connection.execute(taken).rowcount != 1:
        raise OtherSheetNext(book=row.name, number=number_of(row.prefix, row.next, row.digits))
    return _told(work, row, asked)


def _told(work: Work, row: Any, asked: BlankRequest) -> BlanksSpoiled:
    numbers = [number_of(row.prefix, asked.first + at, row.digits) for at in range(asked.count)]
    for number in numbers:
        after = {"number": number, "reason": asked.reason.strip(), "at": asked.at.value, "blank": True}
        work.note(Step.RECEIVE_MONEY, SUBJECT, row.id, after=after)
    return BlanksSpoiled(row.id, numbers[0], numbers[-1])


def spoiled_sheets(desk: Desk) -> tuple[SpoiledSheet, ...]:
    """List the spoiled sheets of the project, oldest first."""
    h = history.c
    steps = (Step.PRINT_PAPER.value, Step.RECEIVE_MONEY.value)
    mine = (h.project_id == desk.project) & h.step.in_(steps) & (h.subject == SUBJECT)
    with desk.reading() as connection:
        rows = connection.execute(select(h.subject_id, h.at, h.after).where(mine).order_by(h.id)).all()
    return tuple(
        SpoiledSheet(book, told["number"], at, told["reason"], SpoiledAt(told["at"]), "blank" in told)
        for book, at, told in rows
    )
