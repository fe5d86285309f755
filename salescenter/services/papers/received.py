"""Documents that customers brought for a deal: filed by kind and buyer, renewed, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from salescenter.data.archive import scan
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.types import CHINA
from salescenter.domain.loans import LoanKind
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import SHARED, Document, Need, needs, place_number
from salescenter.domain.papers.scan import ScanFile
from salescenter.domain.refusals import FieldMissing, NotFound
from salescenter.domain.schedules import LENT_BY, PlanKind
from salescenter.domain.units import Step
from salescenter.services.customers import shown_name
from salescenter.services.papers.keep_marks import KeepMark, marks_in_deal
from salescenter.services.papers.scans import Attached, Place, ScanRow, keep, scans_where, standing
from salescenter.services.work import Desk, Work, deed

KIND = PaperKind.RECEIVED


@dataclass(frozen=True, slots=True)
class Bringing:
    """Copies of one document of a deal, of one buyer unless it is shared; renews: what stood there is replaced."""

    deal: int
    document: Document
    customer: int | None
    files: tuple[ScanFile, ...]
    renews: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """One document: whose, under which number, what the deal needs it for, and its copies.

    customer and name: none where it is the deal's; earlier: the copies that newer ones replaced; marks: what keeps
    them beyond their years, those of the deal in front.
    """

    document: Document
    customer: int | None
    name: str
    number: str
    needs: tuple[Need, ...]
    copies: tuple[ScanRow, ...] = ()
    earlier: tuple[ScanRow, ...] = ()
    marks: tuple[KeepMark, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether the deal needs it and no copy is on file."""
        return bool(self.needs) and not self.copies


def bring(desk: Desk, asked: Bringing, now: datetime) -> Attached:
    """File copies, all or none; refuses whom the deal is not shown, and what is no scan, too large or filed already."""
    documents(desk, asked.deal)
    return _bring(desk, asked, now)


@deed(Step.PRINT_PAPER, Attached)
def _bring(work: Work, asked: Bringing) -> Attached:
    """Keep what a customer brought; refuses a document of one person without whose it is, and strangers to the deal."""
    row = _deal(work.connection, work.desk, asked.deal)
    whose = None if asked.document in SHARED else asked.customer
    if whose is None and asked.document not in SHARED:
        raise FieldMissing(field="buyer")
    if whose is not None and whose not in {one.id for one in _buyers(work.connection, asked.deal)}:
        raise NotFound(what="buyer", sought=whose)
    number = place_number(row.number, asked.document, whose)
    there = scans_where(work.connection, work.desk, (scan.c.deal_id == asked.deal) & (scan.c.number == number))
    replaced = there[-1].id if asked.renews and there else None
    return keep(work, Place(asked.deal, KIND, number, asked.document, whose, replaced), asked.files)


def documents(desk: Desk, deal_id: int) -> tuple[Brought, ...]:
    """List what a deal needs of each buyer and whatever else was brought; refuses roles that may not open copies."""
    demand_open(desk.who.role, KIND)
    with desk.reading() as connection:
        return documents_now(connection, desk, deal_id)


def documents_now(connection: Connection, desk: Desk, deal_id: int) -> tuple[Brought, ...]:
    """List the same within an open transaction, of who left the deal what a copy is there of."""
    of = _deal(connection, desk, deal_id)
    loans = LENT_BY[PlanKind(of.plan)] if of.plan in frozenset(PlanKind) else frozenset()
    rows = scans_where(connection, desk, (scan.c.deal_id == deal_id) & (scan.c.kind == KIND.value))
    marks = marks_in_deal(connection, deal_id, KIND)
    found = [
        _filed(desk, of.number, each, one, rows, marks, _wanted(each, loans, one))
        for one in (*_buyers(connection, deal_id), None) for each in Document if (each in SHARED) == (one is None)
    ]  # fmt: skip
    return tuple(one for one in found if one.needs or one.copies or one.earlier)


def _wanted(document: Document, loans: Collection[LoanKind], buyer: Any) -> tuple[Need, ...]:
    return needs(document, loans, company=buyer.kind == "company") if buyer is not None and buyer.active else ()


def _filed(
    desk: Desk, of: str, document: Document, buyer: Any, rows: tuple[ScanRow, ...], marks: tuple[KeepMark, ...],
    wanted: tuple[Need, ...],
) -> Brought:  # fmt: skip
    whose, name = (buyer.id, shown_name(buyer.name, buyer.owner_id or 0, desk.who)) if buyer is not None else (None, "")
    number = place_number(of, document, whose)
    mine = tuple(row for row in rows if row.number == number)
    there = standing(mine)
    kept = tuple(one for one in marks if mine and one.number in ("", number))
    return Brought(document, whose, name, number, wanted, there, tuple(row for row in mine if row not in there), kept)


def brought_for(connection: Connection, deal_id: int) -> tuple[tuple[Document, str, date], ...]:
    """List of which documents of a deal copies are on file, each with its number and the day of the newest."""
    s = scan.c
    stmt = select(s.document, s.number, func.max(s.at).label("at"))
    mine = (s.deal_id == deal_id, s.kind == KIND.value, s.gone.is_(None))
    rows = connection.execute(stmt.where(*mine).group_by(s.document, s.number).order_by(s.number))
    return tuple((Document(row.document), row.number, row.at.astimezone(CHINA).date()) for row in rows)


def on_file(connection: Connection, deal_id: int) -> dict[Document, dict[int | None, date]]:
    """Say of which documents copies are on file, of which of its buyers, and the day of the newest; to whoever asks."""
    s, b = scan.c, deal_buyer.c
    buyers = select(b.customer_id).where(b.deal_id == deal_id, b.active)
    of_them = s.customer_id.is_(None) | s.customer_id.in_(buyers)
    mine = (s.deal_id == deal_id, s.kind == KIND.value, s.gone.is_(None), of_them)
    rows = connection.execute(select(s.document, s.customer_id, func.max(s.at).label("at")).where(*mine)
                              .group_by(s.document, s.customer_id))  # fmt: skip
    found: dict[Document, dict[int | None, date]] = {}
    for row in rows:
        found.setdefault(Document(row.document), {})[row.customer_id] = row.at.astimezone(CHINA).date()
    return found


def brought_by(desk: Desk, customer_id: int) -> tuple[tuple[str, ScanRow], ...]:
    """List the copies of a customer's own documents that stand, each with its deal's number, the newest first."""
    with desk.reading() as connection:
        rows = standing(scans_where(connection, desk, scan.c.customer_id == customer_id))
        of = select(scan.c.id, deal.c.number).join(deal, deal.c.id == scan.c.deal_id)
        numbers = {row.id: row.number for row in connection.execute(of.where(scan.c.customer_id == customer_id))}
    return tuple((numbers[row.id], row) for row in reversed(rows))


def _deal(connection: Connection, desk: Desk, deal_id: int) -> Any:
    mine = (deal.c.id == deal_id, deal.c.project_id == desk.project)
    row = connection.execute(select(deal.c.number, deal.c.plan).where(*mine)).first()
    if row is None:
        raise NotFound(what="deal", sought=deal_id)
    return row


def _buyers(connection: Connection, deal_id: int) -> Sequence[Any]:
    """Everybody who is or was a buyer of the deal, in the deal's order, those of today first."""
    b, c = deal_buyer.c, customer.c
    stmt = select(c.id, c.name, c.kind, c.owner_id, b.active).join(customer, c.id == b.customer_id)
    found = connection.execute(stmt.where(b.deal_id == deal_id).order_by(b.active.desc(), b.position, b.id))
    return tuple({row.id: row for row in reversed(found.all())}.values())[::-1]
