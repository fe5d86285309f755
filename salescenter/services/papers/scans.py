"""Scans: looked into, kept with their hash beside the signed paper or as the document they show, shown as they are."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select, update

from salescenter.data.archive import scan, scan_as_seen, scan_bytes
from salescenter.data.deals import deal
from salescenter.data.papers import paper
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.papers.access import demand_open, may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.scan import MEGABYTE, ScanFile, ScanForm, look
from salescenter.domain.papers.scan_faults import ScanRefused, ScanTooLarge
from salescenter.domain.papers.words import kept_words
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step, UnitState
from salescenter.services.looks import told_first
from salescenter.services.papers.keep_marks import demand_unkept
from salescenter.services.papers.search import held_now
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """A signed paper of a deal came back: its kind and number, and the files that show it, in their order."""

    deal: int
    kind: PaperKind
    number: str
    files: tuple[ScanFile, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """So many files are kept, of so many pages together."""

    files: int
    pages: int


@dataclass(frozen=True, slots=True)
class TakeOutRequest:
    """A scan does not belong there: its bytes go, its line and the reason stay."""

    scan: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """It is gone."""

    scan: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where scans of a deal lie: beside a paper by its number, or as a customer's document in place of older ones."""

    deal: int
    kind: PaperKind
    number: str
    document: str = ""
    customer: int | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One file of a signed paper or a customer's document; size in bytes; replaces: the last one it stands in for."""

    id: int
    kind: PaperKind
    number: str
    name: str
    form: ScanForm
    pages: int
    size: int
    sha256: str
    at: datetime
    by: str
    document: str = ""
    customer: int | None = None
    replaces: int | None = None


@deed(Step.PRINT_PAPER, Attached)
def attach(work: Work, asked: ScanRequest) -> Attached:
    """Keep the files; all or none. Refuses what is no scan, is too large, was kept already, or is of no such paper."""
    demand_open(work.desk.who.role, asked.kind)
    papers = held_now(work.connection, work.desk, asked.deal)
    if (asked.kind, asked.number) not in {(one.kind, one.number) for one in papers}:
        raise NotFound(what="paper", sought=asked.number)
    return keep(work, Place(asked.deal, asked.kind, asked.number), asked.files)


def keep(work: Work, place: Place, files: tuple[ScanFile, ...]) -> Attached:
    """Keep files at their place within open work; all or none."""
    most = house_rules(work.connection, work.project, work.today).scan_megabytes
    return Attached(len(files), sum(_keep(work, place, file, most) for file in files))


def _keep(work: Work, place: Place, file: ScanFile, most: int) -> int:
    if len(file.data) > most * MEGABYTE:
        raise ScanTooLarge(name=file.name, size=round(len(file.data) / MEGABYTE, 1), most=most)
    looked, digest = look(file), hashlib.sha256(file.data).hexdigest()
    same = select(scan.c.id).where(scan.c.deal_id == place.deal, scan.c.sha256 == digest, scan.c.gone.is_(None))
    if work.connection.scalar(same.where(scan.c.kind == place.kind, scan.c.number == place.number)):
        raise ScanRefused(name=file.name, why="kept-already")
    said = {"kind": place.kind.value, "number": place.number, "document": place.document,
            "name": kept_words(file.name), "form": looked.form.value, "pages": looked.pages, "size": len(file.data),
            "sha256": digest}  # fmt: skip
    whose = {"project_id": work.project, "deal_id": place.deal, "at": work.now, "by_id": work.desk.who.id,
             "customer_id": place.customer, "replaces_id": place.replaces}  # fmt: skip
    kept = new_id(work.connection.execute(insert(scan).values(said | whose)))
    work.connection.execute(insert(scan_bytes).values(scan_id=kept, data=file.data))
    work.note(Step.PRINT_PAPER, "scan", kept, deal=place.deal, after=said)
    return looked.pages


@deed(Step.APPROVE, TakenOut, line="destroy-papers")
def take_out(work: Work, asked: TakeOutRequest) -> TakenOut:
    """Take a scan out of the archive; the history says what it was and why. Refuses what a mark keeps."""
    reason = asked.reason.strip()
    if not reason:
        raise ReasonMissing(step=Step.APPROVE)
    mine = (scan.c.id == asked.scan, scan.c.project_id == work.project, scan.c.gone.is_(None))
    row = work.connection.execute(select(scan).where(*mine)).first()
    if row is None:
        raise NotFound(what="paper", sought=asked.scan)
    demand_unkept(work.connection, work.project, row)
    work.connection.execute(update(scan).where(scan.c.id == asked.scan).values(gone=work.now, why=reason))
    work.connection.execute(delete(scan_bytes).where(scan_bytes.c.scan_id == asked.scan))
    before = {"kind": row.kind, "number": row.number, "name": row.name, "sha256": row.sha256}
    work.note(Step.APPROVE, "scan", asked.scan, deal=row.deal_id, before=before, after={"reason": reason})
    return TakenOut(asked.scan)


def scans(desk: Desk, deal_id: int) -> tuple[ScanRow, ...]:
    """List a deal's scans that the role may open, in the order they came; of documents the replaced ones too."""
    with desk.reading() as connection:
        return scans_where(connection, desk, scan.c.deal_id == deal_id)


def scans_where(connection: Connection, desk: Desk, which: ColumnElement[bool]) -> tuple[ScanRow, ...]:
    """List such scans that the role may open, within an open transaction."""
    found = connection.execute(_listed(desk).where(which).order_by(scan.c.id)).all()
    return tuple(_row(row) for row in found if may_open(desk.who.role, PaperKind(row.kind)))


def standing(rows: tuple[ScanRow, ...]) -> tuple[ScanRow, ...]:
    """Leave out the scans that later ones replaced."""
    last: dict[str, int] = {}
    for row in rows:
        last[row.number] = max(last.get(row.number, 0), row.replaces or 0)
    return tuple(row for row in rows if row.id > last[row.number])


def _listed(desk: Desk) -> Any:
    s = scan.c
    columns = (s.id, s.kind, s.number, s.name, s.form, s.pages, s.size, s.sha256, s.at, person.c.name.label("by"),
               s.document, s.customer_id, s.replaces_id)  # fmt: skip
    return select(*columns).join(person, person.c.id == s.by_id).where(s.project_id == desk.project, s.gone.is_(None))


def _row(row: Any) -> ScanRow:
    kind, form = PaperKind(row.kind), ScanForm(row.form)
    return ScanRow(row.id, kind, row.number, row.name, form, row.pages, row.size, row.sha256, row.at, row.by,
                   row.document, row.customer_id, row.replaces_id)  # fmt: skip


def scan_data(desk: Desk, scan_id: int, now: datetime) -> tuple[ScanForm, bytes]:
    """Return a scan as it was brought; the history is told first who looks at it.

    Refuses, untold, what is not there or not the role's; and a scan whose bytes no longer fit their hash.
    """
    with desk.reading() as connection:
        row = connection.execute(_listed(desk).where(scan.c.id == scan_id).add_columns(scan.c.deal_id)).first()
    if row is None:
        raise NotFound(what="paper", sought=scan_id)
    demand_open(desk.who.role, PaperKind(row.kind))
    with told_first(desk, now) as work:
        after = {"kind": row.kind, "number": row.number, "document": row.document, "name": row.name}
        work.note(Step.REVEAL, "scan", scan_id, deal=row.deal_id, customer=row.customer_id, after=after)
    with desk.reading() as connection:  # a server gives it only to whom it has heard tell the history, for good
        data = connection.scalar(select(scan_as_seen).where(scan_bytes.c.scan_id == scan_id)) or b""
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise NotFound(what="paper", sought=scan_id)
    return ScanForm(row.form), bytes(data)


@dataclass(frozen=True, slots=True)
class Unscanned:
    """A contract that was printed here, is signed, and has not come back as a scan; due: when it should have."""

    deal: int
    number: str
    due: date


def unscanned(connection: Connection, desk: Desk, today: date) -> tuple[Unscanned, ...]:
    """List such contracts of living deals, the oldest first; of roles that may open contracts."""
    if not may_open(desk.who.role, PaperKind.CONTRACT):
        return ()
    d, kind = deal.c, PaperKind.CONTRACT.value
    printed = exists(select(paper.c.id).where(paper.c.deal_id == d.id, paper.c.kind == kind))
    back = exists(select(scan.c.id).where(scan.c.deal_id == d.id, scan.c.kind == kind, scan.c.gone.is_(None)))
    stmt = select(d.id, d.contract_number, d.signed).where(
        d.project_id == desk.project, d.living, d.state >= int(UnitState.SIGNED), d.signed.is_not(None), printed, ~back
    )
    days = timedelta(days=house_rules(connection, desk.project, today).scan_days)
    return tuple(
        Unscanned(row.id, row.contract_number or "", row.signed + days)
        for row in connection.execute(stmt.order_by(d.signed, d.id))
    )
