"""Spoiled sheets of numbered stationery (作废的收据纸): told to the history with a reason, counted for their book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from salescenter.data.payments import receipt
from salescenter.domain.papers.printing import SpoiledAt
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.books import BookRow, books
from salescenter.services.papers.sheets import SUBJECT, take_sheets, told, used_again
from salescenter.services.work import Desk, Work, deed


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
    number = asked.number.strip()
    book, unit, deal = _whose(work, number)
    after = {"number": number, "reason": asked.reason.strip(), "at": asked.at.value}
    work.note(Step.PRINT_PAPER, SUBJECT, book, unit=unit, deal=deal, after=after)
    return SheetSpoiled(book, number)


def _whose(work: Work, number: str) -> tuple[int, int | None, int | None]:
    """Book, unit and deal of a sheet: of the receipt with its number, or of the one that was printed on it again."""
    used = next((one for one in used_again(work.connection, work.project) if one.number == number), None)
    r, bears = receipt.c, used.receipt if used is not None else number
    of = select(r.book_id, r.unit_id, r.deal_id).where(r.project_id == work.project, r.number == bears)
    if (row := work.connection.execute(of).first()) is None:
        raise NotFound(what="receipt", sought=number)
    return used.book if used is not None else row.book_id, row.unit_id, row.deal_id


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
    numbers = take_sheets(work, asked.book, asked.first, asked.count)
    for number in numbers:
        after = {"number": number, "reason": asked.reason.strip(), "at": asked.at.value, "blank": True}
        work.note(Step.RECEIVE_MONEY, SUBJECT, asked.book, after=after)
    return BlanksSpoiled(asked.book, numbers[0], numbers[-1])


def spoiled_sheets(desk: Desk) -> tuple[SpoiledSheet, ...]:
    """List the spoiled sheets of the project, oldest first."""
    with desk.reading() as connection:
        rows = told(connection, desk.project)
    return tuple(
        SpoiledSheet(book, said["number"], at, said["reason"], SpoiledAt(said["at"]), "blank" in said)
        for book, at, said in rows if "at" in said
    )  # fmt: skip
