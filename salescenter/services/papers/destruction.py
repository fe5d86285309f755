"""Destroying papers whose years are over (销毁): proposed by one, approved by another, carried out, kept as a list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, tuple_, update

from salescenter.data.archive import paper_words, scan, scan_bytes
from salescenter.data.deals import approval
from salescenter.data.engine import empty_log
from salescenter.data.paper_index import drop_traces
from salescenter.data.papers import destruction, destruction_line, paper
from salescenter.data.record import new_id
from salescenter.data.staff import person
from salescenter.domain.papers.destruction import MOST_LISTED, ListState, NotApproved, NothingToDestroy
from salescenter.domain.papers.retention import Held
from salescenter.domain.refusals import ChangedMeanwhile, FieldMissing, NotFound, OutOfBounds, ReasonMissing
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.papers.gone import list_number
from salescenter.services.papers.past_years import Past, past
from salescenter.services.work import Desk, Work, deed

STEP = Step.DESTROY_PAPERS

UNSETTLED = frozenset({Held.MARKED, Held.DEAL, Held.MONEY, Held.SEIZED, Held.DAY})
"""未了事项: what is past its years and stays for these is named on the list (会计档案管理办法 art. 19)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Destroy these papers, each by its kind and number, for a reason (鉴定意见)."""

    chosen: tuple[tuple[str, str], ...]
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The list waits for a second person: so many numbers, prints and scans stand on it."""

    list: int
    number: str
    papers: int
    prints: int
    scans: int


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Destroy what an approved list names, while somebody watches (监销人)."""

    list: int
    witness: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """So many numbers, prints and scans are gone for good; so many stayed after all."""

    list: int
    number: str
    papers: int
    prints: int
    scans: int
    stayed: int


@dataclass(frozen=True, slots=True)
class DestructionList:
    """A list as it stands: so many papers with prints and scans go or went, so many lines say why one stays.

    left: how many were left out when it was proposed, and why.
    """

    id: int
    number: str
    asked_by: str
    asked_at: datetime
    reason: str
    state: ListState
    papers: int
    prints: int
    scans: int
    answered_by: str = ""
    answered_at: datetime | None = None
    answer: str = ""
    witness: str = ""
    done_by: str = ""
    done_at: datetime | None = None
    stayed: int = 0
    left: dict[str, int] = field(default_factory=dict)


@deed(STEP, Proposed)
def propose(work: Work, asked: Proposal) -> Proposed:
    """Put papers past their years on a list and ask for its approval; what must stay is left out, and counted.

    Refuses a list of nothing, of more than `MOST_LISTED` numbers, and without a reason.
    """
    reason = asked.reason.strip()
    if not reason:
        raise ReasonMissing(step=STEP)
    found = past(work.connection, work.project, work.today)
    going = [one for key in dict.fromkeys(asked.chosen) if (one := found.get(key)) and one.stays is None]
    if not going:
        raise NothingToDestroy
    if len(going) > MOST_LISTED:
        raise OutOfBounds(field="papers", value=len(going), least=1, most=MOST_LISTED)
    stayed = Counter(one.stays.value for one in found.values() if one.stays is not None)
    unsettled = [one for one in found.values() if one.stays in UNSETTLED]
    new = insert(destruction).values(project_id=work.project, reason=reason, stayed=dict(stayed))
    number = new_id(work.connection.execute(new))
    work.connection.execute(insert(destruction_line), [_line(number, one) for one in (*going, *unsettled)])
    made = Proposed(number, list_number(number, work.now), len(going), *_sums(going))
    counts = {"destruction": number, "papers": made.papers, "prints": made.prints, "scans": made.scans}
    wish = approvals.ask.within(work, ApprovalRequest(None, STEP, counts, reason))
    mine = update(destruction).where(destruction.c.id == number)
    work.connection.execute(mine.values(approval_id=wish.approval))
    return made


def _line(number: int, one: Past) -> dict[str, Any]:
    return {"destruction_id": number, "deal_id": one.deal, "kind": one.kind.value, "number": one.number,
            "year": one.year, "years": one.years, "prints": one.prints, "scans": one.scans,
            "stays": one.stays or ""}  # fmt: skip


def _sums(lines: list[Past]) -> tuple[int, int]:
    return sum(one.prints for one in lines), sum(one.scans for one in lines)


def carry_out(desk: Desk, asked: CarryOut, now: datetime) -> Destroyed:
    """Destroy what an approved list names, all of it or nothing; what must stay by now stays, and the list says so.

    Bytes, words and scans go. Kind, number, hash, day, deal and who printed it stay, with the list it went under.
    """
    done = _carry_out(desk, asked, now)
    empty_log(desk.engine)
    return done


@deed(STEP, Destroyed, line="destroy-papers")
def _carry_out(work: Work, asked: CarryOut) -> Destroyed:
    """Empty the papers within one transaction; refuses a list that was carried out, or that nobody approved."""
    one = on_list(work.connection, work.project, asked.list)
    witness = asked.witness.strip()
    if one.done_at is not None:
        raise ChangedMeanwhile(what="destruction", by=one.done_by, at=one.done_at)
    if not witness:
        raise FieldMissing(field="witness")
    if approvals.use_grant(work, STEP, None, lambda said: said.get("destruction") == asked.list) is None:
        raise NotApproved(number=one.number)
    found = past(work.connection, work.project, work.today, but=asked.list)
    going, stayed = _parted(work, asked.list, found)
    _destroy(work, asked.list, one.number)
    done = {"witness": witness, "done_by": work.desk.who.id, "done_at": work.now}
    work.connection.execute(update(destruction).where(destruction.c.id == asked.list).values(done))
    result = Destroyed(asked.list, one.number, len(going), *_sums(going), stayed)
    counts = {f.name: getattr(result, f.name) for f in fields(result) if f.name != "list"}
    work.note(STEP, "destruction", asked.list, after=counts | {"witness": witness})
    return result


def _parted(work: Work, number: int, found: dict[tuple[str, str], Past]) -> tuple[list[Past], int]:
    """Look at each line again: tell the history of what goes, and write beside the others why they stay."""
    line = destruction_line.c
    going: list[Past] = []
    rows = work.connection.execute(select(line.id, line.kind, line.number, line.deal_id)
                                   .where(line.destruction_id == number, line.stays == "")
                                   .order_by(line.id)).all()  # fmt: skip
    for row in rows:
        one = found.get((row.kind, row.number))
        stays = Held.TERM if one is None else one.stays
        if one is None or stays is not None:
            kept = update(destruction_line).where(line.id == row.id)
            work.connection.execute(kept.values(stays=(stays or Held.TERM).value))
            continue
        going.append(one)
        said = {"kind": row.kind, "number": row.number, "prints": one.prints, "scans": one.scans}
        work.note(STEP, "destroyed-paper", row.id, deal=row.deal_id, after=said)
    return going, len(rows) - len(going)


def _destroy(work: Work, number: int, said: str) -> None:
    """Empty every print and scan that a line of the list still names; a handful of statements for however many."""
    line, run = destruction_line.c, work.connection.execute
    named = select(line.kind, line.number).where(line.destruction_id == number, line.stays == "")
    for table, values in ((paper, {"said": "", "pdf": b""}), (scan, {"gone": work.now, "why": said})):
        these = tuple_(table.c.kind, table.c.number).in_(named)
        mine = (table.c.project_id == work.project, table.c.destruction_id.is_(None), these)
        there = mine if table is paper else (*mine, scan.c.gone.is_(None))
        run(update(table).where(*there).values(destruction_id=number, **values))
    for held, key, table in ((paper_words, "paper_id", paper), (scan_bytes, "scan_id", scan)):
        emptied = select(table.c.id).where(table.c.destruction_id == number)
        run(delete(held).where(held.c[key].in_(emptied)))
    drop_traces(work.connection)


def lists(desk: Desk) -> tuple[DestructionList, ...]:
    """Show every list there was, the newest first; refuses who may not destroy papers."""
    demand(desk.who.role, STEP)
    with desk.reading() as connection:
        rows = connection.execute(_listed(desk.project).order_by(destruction.c.id.desc())).all()
    return tuple(map(_read, rows))


def on_list(connection: Connection, project: int, number: int) -> DestructionList:
    """Return one list by its id, within an open transaction."""
    row = connection.execute(_listed(project).where(destruction.c.id == number)).first()
    if row is None:
        raise NotFound(what="destruction", sought=number)
    return _read(row)


def _listed(project: int) -> Select[Any]:
    d, a, line = destruction.c, approval.c, destruction_line.c
    asker, decider, doer = person.alias("asker"), person.alias("decider"), person.alias("doer")
    mine = (line.destruction_id == d.id, line.stays == "")
    counts = [
        select(func.coalesce(what, 0)).where(*mine).scalar_subquery().label(name)
        for name, what in (("papers", func.count()), ("prints", func.sum(line.prints)), ("scans", func.sum(line.scans)))
    ]
    kept = select(func.count()).where(line.destruction_id == d.id, line.stays != "").scalar_subquery().label("kept")
    return (
        select(d.id, d.reason, d.stayed, d.witness, d.done_at, a.asked_at, a.decided_at, a.granted, a.note,
               asker.c.name.label("asked_by"), decider.c.name.label("answered_by"), doer.c.name.label("done_by"),
               *counts, kept)
        .join(approval, a.id == d.approval_id).join(asker, asker.c.id == a.asked_by)
        .outerjoin(decider, decider.c.id == a.decided_by).outerjoin(doer, doer.c.id == d.done_by)
        .where(d.project_id == project)
    )  # fmt: skip


def _read(row: Any) -> DestructionList:
    number = list_number(row.id, row.asked_at)
    answer = row.note.removeprefix(row.reason) if row.granted is not None else ""
    return DestructionList(
        row.id, number, row.asked_by, row.asked_at, row.reason, _state(row), row.papers, row.prints, row.scans,
        row.answered_by or "", row.decided_at, answer, row.witness, row.done_by or "", row.done_at,
        row.kept, row.stayed,
    )  # fmt: skip


def _state(row: Any) -> ListState:
    if row.done_at is not None:
        return ListState.DONE
    return {None: ListState.WAITING, True: ListState.APPROVED, False: ListState.DECLINED}[row.granted]
