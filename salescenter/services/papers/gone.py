"""What is known of papers that were destroyed: under which list, when, by whom; and whether a file was one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, literal, select, tuple_
from sqlalchemy.sql.selectable import Select

from salescenter.data.archive import paper_words, scan, scan_bytes
from salescenter.data.deals import approval
from salescenter.data.papers import destruction, destruction_line, has_bytes, paper, says
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import PaperDestroyed
from salescenter.domain.papers.head import number_for
from salescenter.domain.refusals import NotFound
from salescenter.i18n import mark
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Gone:
    """A paper was destroyed under the list of this number, by whom, on which day."""

    listed: str
    by: str
    on: date


def is_there(table: Table) -> ColumnElement[bool]:
    """Say of a print or a scan, within a statement, that the house has its bytes: neither destroyed nor taken out."""
    kept: ColumnElement[bool] = table.c.destruction_id.is_(None)
    return kept & table.c.gone.is_(None) if table is scan else kept


def list_number(number: int, asked: datetime) -> str:
    """Return a list's number by the day it was proposed: XH20560301-4."""
    return number_for(PaperKind.DESTRUCTION, asked.astimezone(CHINA).date(), number)


def destroyed_under(connection: Connection, number: int) -> Gone:
    """Return what a list that was carried out (its id) says of all that went under it."""
    d, a = destruction.c, approval.c
    row = connection.execute(
        select(a.asked_at, d.done_at, person.c.name).join(approval, a.id == d.approval_id)
        .join(person, person.c.id == d.done_by).where(d.id == number)
    ).one()
    return Gone(list_number(number, row.asked_at), row.name, row.done_at.astimezone(CHINA).date())


def print_row(connection: Connection, desk: Desk, paper_id: int) -> Any:
    """Return what a print of the archive is of; refuses what is not there or not the role's."""
    row = connection.execute(prints_asked_for(desk, [paper_id])).first()
    if row is None:
        raise NotFound(what="paper", sought=paper_id)
    demand_open(desk.who.role, PaperKind(row.kind))
    return row


def prints_asked_for(desk: Desk, ids: Sequence[int]) -> Select[Any]:
    """Ask what prints of the archive are of, whose, and under which list they were destroyed, if they were."""
    p = paper.c
    asked = select(p.id, p.kind, p.number, p.unit_id, p.deal_id, p.destruction_id)
    return asked.where(p.id.in_(ids), p.project_id == desk.project)


def demand_there(connection: Connection, row: Any) -> None:
    """Refuse a print that was destroyed, and say under which list."""
    if row.destruction_id is not None:
        gone = destroyed_under(connection, row.destruction_id)
        raise PaperDestroyed(number=row.number, listed=gone.listed, on=gone.on)


def same_print(desk: Desk, kind: PaperKind, number: str, data: bytes) -> int | None:
    """Say which print of a paper a file is, byte for byte, whether the house still has it or not; none where none.

    1 is the original. Refuses kinds that are not the role's.
    """
    demand_open(desk.who.role, kind)
    p = paper.c
    mine = (p.project_id == desk.project, p.kind == kind.value, p.number == number)
    with desk.reading() as connection:
        stmt = select(func.min(p.copy)).where(*mine, p.sha256 == hashlib.sha256(data).hexdigest())
        found: int | None = connection.scalar(stmt)
    return found


def _lawful() -> Select[tuple[int]]:
    """The lists under which something may be gone: carried out, and approved by another than who proposed them."""
    a = approval.c
    return (
        select(destruction.c.id).join(approval, a.id == destruction.c.approval_id)
        .where(destruction.c.done_at.is_not(None), a.granted, a.decided_by != a.asked_by, a.used)
    )


def _unnamed(table: Table) -> ColumnElement[bool]:
    """No line of the list it went under names it as going."""
    t, line = table.c, destruction_line.c
    named = select(line.destruction_id, line.kind, line.number).where(line.stays == "")
    return tuple_(t.destruction_id, t.kind, t.number).not_in(named)


def laws() -> dict[str, Select[tuple[str]]]:
    """What must hold of papers kept and destroyed: each law, and the numbers of the papers that break it."""
    p, s = paper.c, scan.c
    words = select(literal(1)).where(paper_words.c.paper_id == p.id).exists()
    data = select(literal(1)).where(scan_bytes.c.scan_id == s.id).exists()
    gone, taken = p.destruction_id.is_not(None), s.destruction_id.is_not(None)
    return {
        mark("a paper that is kept has its bytes and its hash"):
            select(p.number).where(~gone, ~has_bytes | (p.sha256 == "")),
        mark("a destroyed paper has neither bytes nor words left"):
            select(p.number).where(gone, has_bytes | says | words),
        mark("a paper is destroyed only under an approved list that names it"): select(p.number).where(
            gone, p.destruction_id.not_in(_lawful()) | _unnamed(paper)),
        mark("a scan that is kept has its bytes, and one that is gone has none"):
            select(s.number).where(s.gone.is_(None) != data),
        mark("a scan is destroyed only under an approved list that names it"): select(s.number).where(
            taken, s.destruction_id.not_in(_lawful()) | _unnamed(scan)),
    }  # fmt: skip
