"""Spoiled sheets of numbered stationery (作废的收据纸): told to the history with a reason, counted for their book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from salescenter.data.history import history
from salescenter.data.payments import receipt
from salescenter.domain.papers.printing import SpoiledAt
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
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
    """One spoiled sheet: of which book and number, when, why, at which step."""

    book: int
    number: str
    when: datetime
    reason: str
    at: SpoiledAt


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


def spoiled_sheets(desk: Desk) -> tuple[SpoiledSheet, ...]:
    """List the spoiled sheets of the project, oldest first."""
    h = history.c
    mine = (h.project_id == desk.project) & (h.step == Step.PRINT_PAPER.value) & (h.subject == SUBJECT)
    with desk.reading() as connection:
        rows = connection.execute(select(h.subject_id, h.at, h.after).where(mine).order_by(h.id)).all()
    return tuple(
        SpoiledSheet(book, told["number"], at, told["reason"], SpoiledAt(told["at"])) for book, at, told in rows
    )
