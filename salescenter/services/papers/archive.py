"""Papers as they were printed: kept with their hash, counted, and shown again as they were."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from salescenter.data.archive import paper_words
from salescenter.data.deals import deal, quotation
from salescenter.data.estate import setting
from salescenter.data.papers import paper, pdf_as_seen, said_as_seen, says
from salescenter.data.payments import receipt
from salescenter.data.record import new_id, stand_in_line, upsert
from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.filling_text import read_filling
from salescenter.domain.papers.sheets import NUMBERED, OnSheet
from salescenter.domain.papers.words import Pdf, grams, kept_words
from salescenter.domain.refusals import NotFound, ReasonMissing
from salescenter.domain.units import Step
from salescenter.services.looks import told_first
from salescenter.services.papers.gone import demand_there, print_row, prints_asked_for
from salescenter.services.papers.lots import in_lots
from salescenter.services.papers.sheets import BETWEEN, Reprinted, for_reprints, last_sheets
from salescenter.services.work import Desk, Work, deed

Key = tuple[str, str]
"""Kind and number of a paper."""

_SECRET = "paper_secret"


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """A paper that was made and goes to the printer; a second print of the same number is a reprint with a reason.

    unit and deal are found by the number where they are not said; copies: for whom a copy was printed; form: the mark
    of the pre-printed form it goes on, "" plain paper; said: what it says to a form (`filling_text`), "" nothing;
    sheets: how many of that form it takes, where a list runs on.
    """

    kind: str
    number: str
    title: str
    pdf: bytes
    unit: int | None = None
    deal: int | None = None
    reason: str = ""
    key: str = ""
    copies: tuple[str, ...] = ()
    form: str = ""
    said: str = ""
    sheet: OnSheet | None = None
    sheets: int = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """The paper is kept; copy 1 is the original."""

    paper: int
    copy: int


@dataclass(frozen=True, slots=True)
class KeptPrint:
    """A printed paper from the archive; form: the mark of the one it went on, ""; said: what it says to a form."""

    kind: PaperKind
    number: str
    unit: int | None
    deal: int | None
    pdf: bytes
    form: str
    said: Filling | None

    @property
    def key(self) -> Key:
        """Which paper it is a print of."""
        return self.kind.value, self.number


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Many papers that go to the printer as one job: all are kept, or none; sheet: on which their reprints go."""

    papers: tuple[PrintRequest, ...]
    key: str = ""
    sheet: OnSheet | None = None


@dataclass(frozen=True, slots=True)
class BatchPrinted:
    """So many papers are kept, so many of them reprints."""

    count: int
    again: int


@deed(Step.PRINT_PAPER, Printed)
def keep(work: Work, asked: PrintRequest) -> Printed:
    """Keep a printed paper as it is; a reprint without a reason is refused."""
    return _keep(work, asked, _sheets(work, (asked,), asked.sheet))


@deed(Step.PRINT_PAPER, BatchPrinted)
def keep_all(work: Work, asked: BatchRequest) -> BatchPrinted:
    """Keep every paper of a job."""
    return _keep_each(work, asked)


@deed(Step.RECEIVE_MONEY, BatchPrinted)
def keep_on_sheets(work: Work, asked: BatchRequest) -> BatchPrinted:
    """Keep papers whose reprints go on the next sheets of a book: the sheets are taken by whoever takes the money."""
    return _keep_each(work, asked)


def _keep_each(work: Work, asked: BatchRequest) -> BatchPrinted:
    sheets = _sheets(work, asked.papers, asked.sheet)
    kept = [_keep(work, one, sheets) for one in asked.papers]
    return BatchPrinted(len(kept), sum(one.copy > 1 for one in kept))


def _sheets(work: Work, papers: Sequence[PrintRequest], said: OnSheet | None) -> dict[str, str]:
    """The sheets of what goes on numbered stationery, by their numbers: the first one of a first print is its own."""
    numbered = [one for one in papers if one.form and one.kind in NUMBERED]
    own = {one.number: (one.number,) for one in numbered if _next_copy(work, one) == 1}
    before = {one.number: () if one.number in own else last_sheets(work, one.number) for one in numbered}
    more = [Reprinted(one.number, one.form, one.reason.strip(), before[one.number]) for one in numbered
            for _ in range(one.sheets - (one.number in own))]  # fmt: skip
    taken = for_reprints(work, more, said)
    found = {one.number: dict.fromkeys((*own.get(one.number, ()), *taken.get(one.number, ()))) for one in numbered}
    return {number: BETWEEN.join(filter(None, sheets)) for number, sheets in found.items()}


def _next_copy(work: Work, asked: PrintRequest) -> int:
    """Which copy this print is, while no other desk prints the same; a reprint without a reason is refused."""
    stand_in_line(work.connection, f"paper:{asked.kind}:{asked.number}")
    copy = copies(work.connection, asked.kind, asked.number) + 1
    if copy > 1 and not asked.reason.strip():
        raise ReasonMissing(step=Step.PRINT_PAPER)
    return copy


def _keep(work: Work, asked: PrintRequest, sheets: Mapping[str, str]) -> Printed:
    copy = _next_copy(work, asked)
    reason = asked.reason.strip() if copy > 1 else ""
    digest = hashlib.sha256(asked.pdf).hexdigest()
    unit, of_deal = _whose(work.connection, work.project, asked)
    made = {"project_id": work.project, "deal_id": of_deal, "unit_id": unit, "title": asked.title,
            "said": asked.said, "pdf": bytes(asked.pdf), "at": work.now, "by_id": work.desk.who.id}  # fmt: skip
    said = {"kind": asked.kind, "number": asked.number, "copy": copy, "sha256": digest, "reason": reason}
    said |= {"form": asked.form, "sheet": sheets.get(asked.number, "")} if asked.form else {}
    written = work.connection.execute(insert(paper).values(made | said))
    kept = Printed(new_id(written), copy)
    _keep_words(work, asked, kept)
    after = said | ({"copies": list(asked.copies)} if asked.copies else {})
    work.note(Step.PRINT_PAPER, "paper", kept.paper, unit=unit, deal=of_deal, after=after)
    return kept


def _keep_words(work: Work, asked: PrintRequest, kept: Printed) -> None:
    """Keep what the paper says; of a mark laid over an earlier print the title alone, the words are that one's."""
    drawn = asked.pdf.words if isinstance(asked.pdf, Pdf) else ""
    words = kept_words(f"{asked.title}\n{drawn}")
    said = {"paper_id": kept.paper, "words": words, "grams": " ".join(sorted(grams(words)))}
    work.connection.execute(insert(paper_words).values(said))


def _whose(connection: Connection, project: int, asked: PrintRequest) -> tuple[int | None, int | None]:
    """The unit and deal a paper is about: as said, else by its number."""
    if asked.unit is not None and (asked.deal is not None or asked.kind not in _DEALS):
        return asked.unit, asked.deal
    if asked.kind == PaperKind.RECEIPT:
        stmt = select(receipt.c.unit_id, receipt.c.deal_id).where(receipt.c.number == asked.number)
        row = connection.execute(stmt.where(receipt.c.project_id == project)).first()
    elif asked.kind == PaperKind.QUOTATION:
        of_unit = select(quotation.c.unit_id).where(quotation.c.number == asked.number)
        return asked.unit or connection.scalar(of_unit.where(quotation.c.project_id == project)), None
    elif asked.deal is not None or asked.kind in _DEALS:
        named = (deal.c.number == asked.number) | (deal.c.contract_number == asked.number)
        mine = deal.c.id == asked.deal if asked.deal is not None else named
        row = connection.execute(
            select(deal.c.unit_id, deal.c.id).where(deal.c.project_id == project, mine).order_by(deal.c.id.desc())
        ).first()
    else:
        return asked.unit, asked.deal
    return (row[0], row[1]) if row is not None else (asked.unit, asked.deal)


_DEALS = (PaperKind.RECEIPT, PaperKind.SUBSCRIPTION, PaperKind.CONTRACT)


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


def printed_counts(desk: Desk, kind: str) -> dict[str, int]:
    """How often each paper of a kind was printed, by its number; those never printed are left out."""
    stmt = select(paper.c.number, func.max(paper.c.copy)).where(
        paper.c.project_id == desk.project, paper.c.kind == kind
    )
    with desk.reading() as connection:
        rows = connection.execute(stmt.group_by(paper.c.number))
        return {number: copy for number, copy in rows}  # noqa: C416  rows are not pairs to dict()


def as_it_was(desk: Desk, paper_id: int, now: datetime) -> bytes:
    """Return the bytes of a printed paper; the history is told first who looks at it.

    Refuses, untold, what is not there or not the role's; and a paper whose bytes no longer fit their hash.
    """
    return print_as_it_was(desk, paper_id, now).pdf


def print_as_it_was(desk: Desk, paper_id: int, now: datetime) -> KeptPrint:
    """Return a printed paper as `as_it_was` does, with what it says to a form."""
    found = _looked_at(desk, [_asked_for(desk, paper_id)], now)
    if paper_id not in found:
        raise NotFound(what="paper", sought=paper_id)
    return found[paper_id]


def prints_as_they_were(desk: Desk, ids: Sequence[int], now: datetime) -> dict[int, KeptPrint]:
    """Return many printed papers at once, by their ids: the history is told of all in one work, then all are read.

    Left out is what is not there, was destroyed, or no longer fits its hash; refuses kinds that are not the role's.
    """
    with desk.reading() as connection:
        rows = [row for some in in_lots(ids) for row in connection.execute(prints_asked_for(desk, some))]
    for kind in {row.kind for row in rows}:
        demand_open(desk.who.role, PaperKind(kind))
    there = [row for row in rows if row.destruction_id is None]
    return _looked_at(desk, there, now) if there else {}


def last_prints(desk: Desk, papers: Iterable[Key], now: datetime) -> dict[Key, KeptPrint]:
    """Return the newest print of each paper as `prints_as_they_were` does."""
    newest = newest_prints(desk, papers)
    found = prints_as_they_were(desk, list(newest.values()), now)
    return {key: found[number] for key, number in newest.items() if number in found}


def newest_prints(desk: Desk, papers: Iterable[Key]) -> dict[Key, int]:
    """Say which is the newest print of each paper (its id), best one that knows what it says to forms."""
    wanted: dict[str, list[str]] = {}
    for kind, number in papers:
        wanted.setdefault(kind, []).append(number)
    newest: dict[Key, int] = {}
    with desk.reading() as connection:
        for kind, numbers in wanted.items():
            for some in in_lots(numbers):
                rows = connection.execute(_oldest_first(desk.project, kind, some))
                newest |= {(kind, row.number): row.id for row in rows}
    return newest


def _oldest_first(project: int, kind: str, numbers: Sequence[str]) -> Select[tuple[int, str]]:
    p = paper.c
    mine = (p.project_id == project, p.kind == kind, p.number.in_(numbers), p.destruction_id.is_(None))
    return select(p.id, p.number).where(*mine).order_by(says, p.copy)


def last_print(desk: Desk, kind: str, number: str, now: datetime) -> KeptPrint | None:
    """Return the newest print of one paper; None where it was never printed, or destroyed."""
    return last_prints(desk, [(kind, number)], now).get((kind, number))


def take_out(desk: Desk, paper_id: int, now: datetime) -> bytes:
    """Return a printed paper to be saved outside the house; the history is told first that it was taken out."""
    row = _asked_for(desk, paper_id)
    with told_first(desk, now) as work:
        after = {"kind": row.kind, "number": row.number, "saved": True}
        work.note(Step.PRINT_PAPER, "paper", paper_id, unit=row.unit_id, deal=row.deal_id, after=after)
    if (found := _kept(desk, [row])) == {}:
        raise NotFound(what="paper", sought=paper_id)
    return found[paper_id].pdf


def _asked_for(desk: Desk, paper_id: int) -> Any:
    with desk.reading() as connection:
        row = print_row(connection, desk, paper_id)
        demand_there(connection, row)
    return row


def _looked_at(desk: Desk, rows: Sequence[Any], now: datetime) -> dict[int, KeptPrint]:
    """Tell the history who looks at these prints, then read them."""
    with told_first(desk, now) as work:
        for row in rows:
            work.note(Step.REVEAL, "paper", row.id, deal=row.deal_id, after={"kind": row.kind, "number": row.number})
    return _kept(desk, rows)


def _kept(desk: Desk, rows: Sequence[Any]) -> dict[int, KeptPrint]:
    """Read what a server gives only to whom it has heard tell the history, for good; whole ones alone."""
    of, found = {row.id: row for row in rows}, {}
    with desk.reading() as connection:
        for some in in_lots(list(of)):
            stmt = select(paper.c.id, pdf_as_seen, said_as_seen, paper.c.sha256, paper.c.form)
            for row in connection.execute(stmt.where(paper.c.id.in_(some))):
                if hashlib.sha256(row.pdf or b"").hexdigest() == row.sha256:
                    found[row.id] = _print(of[row.id], row)
    return found


def _print(of: Any, row: Any) -> KeptPrint:
    said = read_filling(row.said) if row.said else None
    return KeptPrint(PaperKind(of.kind), of.number, of.unit_id, of.deal_id, bytes(row.pdf), row.form, said)


def secret(desk: Desk, now: datetime) -> bytes:
    """The house's own secret behind the check values on papers; made the first time it is needed."""
    with desk.reading() as connection:
        kept = _kept_secret(connection, desk.project)
    if kept is None:
        with desk.working(now, step=Step.PRINT_PAPER) as work:
            fresh = {"project_id": desk.project, "name": _SECRET, "since": date.min, "value": secrets.token_hex(32)}
            work.connection.execute(upsert(work.connection, setting).values(fresh).on_conflict_do_nothing())
            kept = _kept_secret(work.connection, desk.project) or ""
    return bytes.fromhex(kept)


def _kept_secret(connection: Connection, project: int) -> str | None:
    return connection.scalar(select(setting.c.value).where(setting.c.project_id == project, setting.c.name == _SECRET))
