"""Papers as they were printed: kept with their hash, counted, and shown again as they were."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed

_SECRET = "paper_secret"


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """A paper that was made and goes to the printer; a second print of the same number is a reprint with a reason."""

    kind: str
    number: str
    title: str
    pdf: bytes
    unit: int | None = None
    deal: int | None = None
    reason: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper is kept; copy 1 is the original."""

    paper: int
    copy: int


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One printed paper in a list."""

    id: int
    kind: str
    number: str
    title: str
    copy: int
    reason: str
    at: datetime
    by: str
    unit: int | None
    deal: int | None


@deed(Step.PRINT_PAPER, Printed)
def keep(work: Work, asked: PrintRequest) -> Printed:
    """Keep a printed paper as it is; a reprint without a reason is refused."""
    copy = copies(work.connection, asked.kind, asked.number) + 1
    if copy > 1 and not asked.reason.strip():
        raise ReasonMissing(step=Step.PRINT_PAPER)
    digest = hashlib.sha256(asked.pdf).hexdigest()
    written = work.connection.execute(
        insert(paper).values(
            project_id=work.project,
            deal_id=asked.deal,
            unit_id=asked.unit,
            kind=asked.kind,
            number=asked.number,
            title=asked.title,
            copy=copy,
            reason=asked.reason,
            sha256=digest,
            pdf=asked.pdf,
            at=work.now,
            by_id=work.desk.who.id,
        )
    )
    kept = Printed(new_id(written), copy)
    after = {"kind": asked.kind, "number": asked.number, "copy": copy, "sha256": digest, "reason": asked.reason}
    work.note(Step.PRINT_PAPER, "paper", kept.paper, unit=asked.unit, deal=asked.deal, after=after)
    return kept


def copies(connection: Connection, kind: str, number: str) -> int:
    """How often a paper was printed before."""
    return (
        connection.scalar(
            select(func.coalesce(func.max(paper.c.copy), 0)).where(paper.c.kind == kind, paper.c.number == number)
        )
        or 0
    )


def printed_before(desk: Desk, kind: str, number: str) -> int:
    """How often a paper was printed before, for a screen."""
    with desk.reading() as connection:
        return copies(connection, kind, number)


def papers(
    desk: Desk,
    *,
    deal: int | None = None,
    unit: int | None = None,
    since: date | None = None,
    text: str = "",
    limit: int = 2_000,
) -> tuple[PaperRow, ...]:
    """List printed papers, newest first: of a deal, of a unit, since a day, or with a text in number or title."""
    p = paper.c
    stmt = (
        select(p.id, p.kind, p.number, p.title, p.copy, p.reason, p.at, person.c.name, p.unit_id, p.deal_id)
        .join(person, person.c.id == p.by_id)
        .where(p.project_id == desk.project)
        .order_by(p.id.desc())
        .limit(limit)
    )
    if deal is not None:
        stmt = stmt.where(p.deal_id == deal)
    if unit is not None:
        stmt = stmt.where(p.unit_id == unit)
    if since is not None:
        stmt = stmt.where(p.at >= datetime.combine(since, datetime.min.time()).astimezone())
    if text:
        stmt = stmt.where(p.number.contains(text) | p.title.contains(text))
    with desk.reading() as connection:
        rows = [list(row) for row in connection.execute(stmt)]
    return tuple(PaperRow(*row) for row in rows)


def as_it_was(desk: Desk, paper_id: int) -> bytes:
    """Return the bytes of a printed paper; refuses a paper whose bytes no longer fit their hash."""
    with desk.reading() as connection:
        row = connection.execute(
            select(paper.c.pdf, paper.c.sha256).where(paper.c.id == paper_id, paper.c.project_id == desk.project)
        ).first()
    if row is None or hashlib.sha256(row.pdf).hexdigest() != row.sha256:
        raise NotFound(what="paper", sought=paper_id)
    return bytes(row.pdf)


def secret(desk: Desk, now: datetime) -> bytes:
    """The house's own secret behind the check values on papers; made the first time it is needed."""
    with desk.reading() as connection:
        kept = _kept_secret(connection, desk.project)
    if kept is None:
        with desk.working(now) as work:
            kept = _kept_secret(work.connection, desk.project)
            if kept is None:
                kept = secrets.token_hex(32)
                work.connection.execute(
                    insert(setting).values(project_id=desk.project, name=_SECRET, since=date.min, value=kept)
                )
    return bytes.fromhex(kept)


def _kept_secret(connection: Connection, project: int) -> str | None:
    return connection.scalar(select(setting.c.value).where(setting.c.project_id == project, setting.c.name == _SECRET))
