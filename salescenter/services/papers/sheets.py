"""Sheets of receipt books (收据纸): taken from the top of a book with their numbers, and told to the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, case, or_, select, update

from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.payments import receipt, receipt_book
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form_faults import OtherSheetNext, SheetMissing
from salescenter.domain.papers.sheets import OnSheet, OpenBook, SheetUse
from salescenter.domain.refusals import NotFound, OutOfBounds
from salescenter.domain.staff import demand, may
from salescenter.domain.units import Step
from salescenter.services.books import number_of
from salescenter.services.work import Desk, Work

SUBJECT = "sheet"
"""What the history calls a sheet of a receipt book; its id is the book's."""

BETWEEN = "、"
"""Stands between the sheets of one print in the archive."""

_B = receipt_book.c


@dataclass(frozen=True, slots=True)
class Reprinted:
    """A sheet for a receipt that is printed again on a form of this mark, and why; or that runs on (no reason).

    before: the sheets its last print went on, () where it is a first print.
    """

    number: str
    form: str
    reason: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UsedSheet:
    """A sheet a receipt was printed on again: of which book and number, when and why, and which receipt it bears."""

    book: int
    number: str
    when: datetime
    reason: str
    receipt: str


def take_sheets(work: Work, book: int, first: int, count: int) -> tuple[str, ...]:
    """Take the next numbers of a book this person holds out of use, from the one that was shown on; return them.

    Refused where another desk used the first one meanwhile (`OtherSheetNext`), or where the book has not so many left.
    """
    mine = (_B.id == book) & (_B.project_id == work.project) & _at_hand(work.desk)
    row = work.connection.execute(select(receipt_book).where(mine)).first()
    if row is None:
        raise NotFound(what="receipt-book", sought=book)
    if not 1 <= count <= row.last - first + 1:
        raise OutOfBounds(field="count", value=count, least=1, most=row.last - first + 1)
    taken = update(receipt_book).where(mine, _B.next == first).values(next=first + count)
    if work.connection.execute(taken).rowcount != 1:
        now_next = work.connection.scalar(select(_B.next).where(mine)) or first  # it moved on while this work waited
        raise OtherSheetNext(book=row.name, number=number_of(row.prefix, now_next, row.digits))
    return tuple(number_of(row.prefix, first + at, row.digits) for at in range(count))


def _at_hand(desk: Desk) -> Any:
    return or_(_B.cashier_id.is_(None), _B.cashier_id == desk.who.id)


def for_reprints(work: Work, again: Sequence[Reprinted], said: OnSheet | None) -> dict[str, list[str]]:
    """Say for each receipt how its sheets are numbered, "" for one without; sheets of a book are taken.

    Refuses (`SheetMissing`) where nobody said on which sheets they go, or said those they went on where these do not
    do, and offers the books this person holds.
    """
    if not again:
        return {}
    own = _own_sheets(work, again)
    if said is None or (said.use is SheetUse.OWN and not own):
        raise SheetMissing(
            numbers=tuple(one.number for one in again), books=_open_books(work, again[0].form),
            own=tuple(chain.from_iterable(own.values())), further=not any(one.before for one in again),
        )  # fmt: skip
    if said.use is not SheetUse.NEXT:
        return own if said.use is SheetUse.OWN else {}
    demand(work.desk.who.role, Step.RECEIVE_MONEY)
    sheets = take_sheets(work, said.book, said.first, len(again))
    found: dict[str, list[str]] = {}
    for sheet, one in zip(sheets, again, strict=True):
        found.setdefault(one.number, []).append(sheet)
        after = {"number": sheet, "reason": one.reason, "reprint": one.number}
        work.note(Step.RECEIVE_MONEY, SUBJECT, said.book, **_whose(work, one.number), after=after)
    return found


def _own_sheets(work: Work, again: Sequence[Reprinted]) -> dict[str, list[str]]:
    """The sheets each receipt went on last, as many as it needs now; {} where one needs more, or one is spoiled."""
    needed = Counter(one.number for one in again)
    found = {one.number: list(one.before[: needed[one.number]]) for one in again}
    if any(len(found[number]) < count for number, count in needed.items()):
        return {}
    spoiled = {said["number"] for _, _, said in told(work.connection, work.project) if "at" in said}
    return {} if spoiled.intersection(chain.from_iterable(found.values())) else found


def last_sheets(work: Work, number: str) -> tuple[str, ...]:
    """The numbered sheets the last print of a receipt went on; that of its own number where none is known."""
    p = paper.c
    mine = (p.project_id == work.project) & (p.kind == PaperKind.RECEIPT.value) & (p.number == number) & (p.sheet != "")
    found = work.connection.scalar(select(p.sheet).where(mine).order_by(p.copy.desc()).limit(1))
    return tuple(found.split(BETWEEN)) if found else (number,)


def _open_books(work: Work, form: str) -> tuple[OpenBook, ...]:
    """The books on a form whose sheets this person holds, their own first; none for who takes no money."""
    if not may(work.desk.who.role, Step.RECEIVE_MONEY):
        return ()
    there = (_B.project_id == work.project) & (_B.form == form) & (_B.next <= _B.last) & _at_hand(work.desk)
    own_first = case((_B.cashier_id.is_(None), 1), else_=0)
    rows = work.connection.execute(select(receipt_book).where(there).order_by(own_first, _B.id))
    return tuple(
        OpenBook(row.id, row.name, row.next, row.prefix, row.digits, row.last - row.next + 1) for row in rows
    )


def _whose(work: Work, number: str) -> dict[str, int | None]:
    r = receipt.c
    of = select(r.unit_id, r.deal_id).where(r.project_id == work.project, r.number == number)
    row = work.connection.execute(of).first()
    return {"unit": row.unit_id, "deal": row.deal_id} if row is not None else {}


def told(connection: Connection, project: int) -> list[tuple[int, datetime, dict[str, Any]]]:
    """Give every line of the history about a sheet, oldest first: its book, when, and what was said."""
    h = history.c
    steps = (Step.PRINT_PAPER.value, Step.RECEIVE_MONEY.value)
    mine = (h.project_id == project) & h.step.in_(steps) & (h.subject == SUBJECT)
    return [(row[0], row[1], row[2]) for row in
            connection.execute(select(h.subject_id, h.at, h.after).where(mine).order_by(h.id))]  # fmt: skip


def used_again(connection: Connection, project: int) -> tuple[UsedSheet, ...]:
    """List the sheets that reprints took."""
    return tuple(
        UsedSheet(book, said["number"], at, said["reason"], said["reprint"])
        for book, at, said in told(connection, project) if "reprint" in said
    )  # fmt: skip


def used_sheets(desk: Desk) -> tuple[UsedSheet, ...]:
    """List the sheets of the project's books that reprints took, oldest first."""
    with desk.reading() as connection:
        return used_again(connection, desk.project)
