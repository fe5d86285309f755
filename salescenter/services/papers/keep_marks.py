"""Marks that keep papers beyond their years (暂缓销毁): a lawsuit, an audit; set with a reason, lifted with another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, insert, or_, select, update

from salescenter.data.archive import scan
from salescenter.data.papers import keep_mark, paper
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import KeptByMark
from salescenter.domain.refusals import ChangedMeanwhile, NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.papers.gone import demand_there, is_there
from salescenter.services.work import Desk, Work, deed

STEP = Step.KEEP_PAPERS


@dataclass(frozen=True, slots=True)
class KeepRequest:
    """Keep what has this kind and number, a paper or a customer's document, or all papers of its deal; and why."""

    kind: PaperKind
    number: str
    reason: str
    whole_deal: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class LiftRequest:
    """What a mark stood for is over; the reason is demanded."""

    mark: int
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark that was set or lifted."""

    mark: int


@dataclass(frozen=True, slots=True)
class KeepMark:
    """A mark that stands: on one number, or on its whole deal ("" then), why, who set it and when."""

    id: int
    number: str
    reason: str
    by: str
    at: datetime

    @property
    def whole_deal(self) -> bool:
        """Whether it keeps all papers of its deal."""
        return not self.number


@deed(STEP, Marked, line="destroy-papers")
def keep_beyond(work: Work, asked: KeepRequest) -> Marked:
    """Mark a paper, a document or its deal; refuses one without a reason, what is destroyed, and one marked already."""
    reason = _reason(asked.reason)
    row = _bearer(work.connection, work.desk, asked.kind, asked.number)
    demand_there(work.connection, row)
    named = ("", "") if asked.whole_deal else (asked.kind.value, asked.number)
    if asked.whole_deal and row.deal_id is None:
        raise NotFound(what="deal", sought=asked.number)
    mine = (keep_mark.c.kind == named[0], keep_mark.c.number == named[1])
    of_deal = (keep_mark.c.deal_id == row.deal_id,) if asked.whole_deal else ()
    _demand_unmarked(work.connection, and_(keep_mark.c.project_id == work.project, *mine, *of_deal))
    new = insert(keep_mark).values(project_id=work.project, deal_id=row.deal_id, kind=named[0], number=named[1],
                                   reason=reason, by_id=work.desk.who.id, at=work.now)  # fmt: skip
    number = new_id(work.connection.execute(new))
    after = {"kind": named[0], "number": named[1], "reason": reason}
    work.note(STEP, "keep-mark", number, deal=row.deal_id, after=after)
    return Marked(number)


@deed(STEP, Marked, line="destroy-papers")
def lift(work: Work, asked: LiftRequest) -> Marked:
    """Lift a mark; from then on the papers' own years count. Refuses one without a reason, and one lifted already."""
    reason, k = _reason(asked.reason), keep_mark.c
    row = work.connection.execute(
        select(keep_mark, person.c.name).outerjoin(person, person.c.id == k.lifted_by)
        .where(k.id == asked.mark, k.project_id == work.project)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(what="keep-mark", sought=asked.mark)
    if row.lifted_at is not None:
        raise ChangedMeanwhile(what="keep-mark", by=row.name, at=row.lifted_at)
    lifted = {"lifted_by": work.desk.who.id, "lifted_at": work.now, "lifted_why": reason}
    work.connection.execute(update(keep_mark).where(k.id == asked.mark).values(lifted))
    before = {"kind": row.kind, "number": row.number, "reason": row.reason}
    work.note(STEP, "keep-mark", asked.mark, deal=row.deal_id, before=before, after={"reason": reason})
    return Marked(asked.mark)


def marks(desk: Desk, kind: PaperKind, number: str) -> tuple[KeepMark, ...]:
    """List the marks that keep a paper or document, the deal's first; refuses kinds that are not the role's."""
    with desk.reading() as connection:
        return _read(connection, _on(desk.project, _bearer(connection, desk, kind, number)))


def marks_in_deal(connection: Connection, deal_id: int, kind: PaperKind) -> tuple[KeepMark, ...]:
    """List the marks on a deal and on its papers of a kind, the deal's first, within an open transaction."""
    k = keep_mark.c
    return _read(connection, and_(k.deal_id == deal_id, or_(k.kind == kind.value, k.number == "")))


def _on(project: int, row: Any) -> ColumnElement[bool]:
    """Say of a mark, within a statement, that it stands on this kind and number, or on all of its deal."""
    k = keep_mark.c
    its = and_(k.kind == row.kind, k.number == row.number)
    return and_(k.project_id == project, or_(its, and_(k.number == "", k.deal_id == row.deal_id)))


def _bearer(connection: Connection, desk: Desk, kind: PaperKind, number: str) -> Any:
    """Return what there is under a number, what is destroyed last; refuses what never was there."""
    demand_open(desk.who.role, kind)
    row = next((row for each in _under(desk.project, kind, number) for row in connection.execute(each)), None)
    if row is None:
        raise NotFound(what="paper", sought=number)
    return row


def _under(project: int, kind: PaperKind, number: str) -> Iterator[Select[Any]]:
    """Ask for what is there, then for what is destroyed; a scan that was taken out was never right there."""
    for there in (is_there, lambda table: table.c.destruction_id.is_not(None)):
        for table in (paper, scan):
            t = table.c
            mine = (t.project_id == project, t.kind == kind.value, t.number == number)
            yield select(t.kind, t.number, t.deal_id, t.destruction_id).where(*mine, there(table)).limit(1)


def demand_unkept(connection: Connection, project: int, row: Any) -> None:
    """Refuse to let go of a print or scan (its kind, number and deal_id) while a mark stands on it or its deal."""
    found = connection.execute(_standing().where(_on(project, row))).first()
    if found is not None:
        raise KeptByMark(number=row.number, why=found.reason)


def is_marked(t: Any) -> ColumnElement[bool]:
    """Say of a row of papers or scans, within a statement, that a mark stands on its number."""
    k = keep_mark.c
    return exists(select(k.id).where(k.kind == t.kind, k.number == t.number, k.lifted_at.is_(None)))


def is_deal_marked(deal_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Say of a deal, within a statement, that a mark stands on all its papers."""
    k = keep_mark.c
    return exists(select(k.id).where(k.deal_id == deal_id, k.number == "", k.lifted_at.is_(None)))


def _reason(said: str) -> str:
    if not said.strip():
        raise ReasonMissing(step=STEP)
    return said.strip()


def _demand_unmarked(connection: Connection, same: ColumnElement[bool]) -> None:
    row = connection.execute(_standing().where(same)).first()
    if row is not None:
        raise ChangedMeanwhile(what="keep-mark", by=row.name, at=row.at)


def _read(connection: Connection, which: ColumnElement[bool]) -> tuple[KeepMark, ...]:
    rows = connection.execute(_standing().where(which).order_by(keep_mark.c.number, keep_mark.c.id))
    return tuple(KeepMark(row.id, row.number, row.reason, row.name, row.at) for row in rows)


def _standing() -> Select[Any]:
    k = keep_mark.c
    stmt = select(k.id, k.number, k.reason, k.at, person.c.name).join(person, person.c.id == k.by_id)
    return stmt.where(k.lifted_at.is_(None))
