"""Papers that are out and no longer count: found from the archive and what became of the deal, until they are settled.

Nothing is written when a deal changes: the archive says which papers left the house, the deal and the history say what
happened, `domain.papers.voiding` says what that makes of them. Only the settling is told, to the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.types import CHINA
from salescenter.domain.masks import mask_name
from salescenter.domain.money import Money
from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.voiding import ENDINGS, Duty, duty_after
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.quotations import VALID_DAYS
from salescenter.services.work import Desk, Work, deed

_SETTLED = "void-paper"


@dataclass(frozen=True, slots=True)
class VoidPaper:
    """A paper that is out and void: the archive's id of its original, what is due, since which step and day."""

    paper: int
    kind: PaperKind
    number: str
    duty: Duty
    step: Step
    since: date
    unit: int | None
    deal: int | None
    code: str
    buyer: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class SettleRequest:
    """The paper came back, or was made or signed again."""

    paper: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """It is settled."""

    paper: int


@deed(Step.PRINT_PAPER, Settled)
def settle(work: Work, asked: SettleRequest) -> Settled:
    """Tell that a void paper was taken back, or made again."""
    p = paper.c
    row = work.connection.execute(
        select(p.kind, p.number, p.unit_id, p.deal_id).where(p.id == asked.paper, p.project_id == work.project)
    ).first()
    if row is None:
        raise NotFound(what="paper", sought=asked.paper)
    after = {"kind": row.kind, "number": row.number}
    work.note(Step.PRINT_PAPER, _SETTLED, asked.paper, unit=row.unit_id, deal=row.deal_id, after=after)
    return Settled(asked.paper)


def void_papers(desk: Desk, now: datetime, deal_id: int | None = None) -> tuple[VoidPaper, ...]:
    """List what is void and not settled, of one deal or of all, the oldest change first; of kinds the role may open."""
    with desk.reading() as connection:
        return tuple(open_voids(connection, desk, now, deal_id))


def about_to_be_void(desk: Desk, deal_id: int, step: Step) -> tuple[tuple[PaperKind, str, Duty], ...]:
    """Say which papers of a deal a step would make void, and what would be due: shown before it is taken."""
    with desk.reading() as connection:
        rows = connection.execute(_out(desk.project).where(paper.c.deal_id == deal_id).order_by(paper.c.id)).all()
    asked = ((PaperKind(row.kind), row.number) for row in rows)
    return tuple((kind, number, duty) for kind, number in asked if (duty := duty_after(step, kind)))


def open_voids(connection: Connection, desk: Desk, now: datetime, deal_id: int | None = None) -> Iterator[VoidPaper]:
    """Yield the same within an open transaction."""
    return (one for one in voids(connection, desk, now, deal_id) if not one.settled)


def voids(connection: Connection, desk: Desk, now: datetime, deal_id: int | None = None) -> Iterator[VoidPaper]:
    """Yield whatever is void, settled or not."""
    found = [
        (row, step, at)
        for rows in _READERS for row, step, at in rows(connection, _Asked(desk.project, now, deal_id))
        if duty_after(step, PaperKind(row.kind)) and may_open(desk.who.role, PaperKind(row.kind))
    ]  # fmt: skip
    settled = _settled(connection, [row for row, _, _ in found]) if found else {}
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    for row, step, at in sorted(found, key=lambda one: (one[2], one[0].id)):
        done = row.id in settled and settled[row.id] >= row.last
        kind, name = PaperKind(row.kind), row.buyer or ""
        duty = duty_after(step, kind)
        assert duty is not None
        shown = name if reveal else mask_name(name)
        about = (row.unit_id, row.deal_id, row.code or "", shown)
        yield VoidPaper(row.id, kind, row.number, duty, step, at, *about, settled=done)


def _settled(connection: Connection, rows: Sequence[Any]) -> dict[int, datetime]:
    """When each paper was last settled, by its id; those never settled are left out."""
    h = history.c
    mine = h.unit_id.in_({row.unit_id for row in rows}) | h.deal_id.in_({row.deal_id for row in rows})
    told = select(h.subject_id, func.max(h.at)).where(h.subject == _SETTLED, mine).group_by(h.subject_id)
    return {subject: at for subject, at in connection.execute(told)}  # noqa: C416  rows are not pairs to dict()


def _out(project: int) -> Select[Any]:
    """Every paper that is out, once: the archive's id of its original, when it was printed last, whose it is."""
    p, b = paper.c, deal_buyer.c
    last = paper.alias("last")
    printed = select(func.max(last.c.at)).where(last.c.kind == p.kind, last.c.number == p.number).scalar_subquery()
    return (
        select(p.id, p.kind, p.number, p.unit_id, p.deal_id, printed.label("last"), unit.c.code,
               customer.c.name.label("buyer"))
        .outerjoin(unit, unit.c.id == p.unit_id)
        .outerjoin(deal, deal.c.id == p.deal_id)
        .outerjoin(deal_buyer, and_(b.deal_id == p.deal_id, b.active, b.position == 0))
        .outerjoin(customer, customer.c.id == b.customer_id)
        .where(p.project_id == project, p.copy == 1)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked over: the project's deals, or one of them."""

    project: int
    now: datetime
    deal: int | None

    def of(self, deals: Select[Any]) -> Select[Any]:
        """The papers that are out of these deals (a question for their ids), so that few papers are looked at."""
        one = deals if self.deal is None else deals.where(deals.selected_columns[0] == self.deal)
        return _out(self.project).where(paper.c.deal_id.in_(one))

    def deals(self, *which: ColumnElement[bool]) -> Select[Any]:
        """The papers that are out of the project's deals of some condition."""
        return self.of(select(deal.c.id).where(deal.c.project_id == self.project, *which))


Found = tuple[Any, Step, date]


def _ended(connection: Connection, asked: _Asked) -> Iterator[Found]:
    """Papers of ended deals but for receipts of money given back, which the buyer keeps."""
    r = receipt.c
    given_back = select(r.number).where(r.deal_id == paper.c.deal_id, r.amount < Money())
    ending = deal.c.ending.in_([step.value for step in ENDINGS])
    of = asked.deals(deal.c.living.is_(False), ending).add_columns(deal.c.ending, deal.c.closed)
    for row in connection.execute(of.where(paper.c.number.not_in(given_back))):
        yield row, Step(row.ending), row.closed


def _undrafted(connection: Connection, asked: _Asked) -> Iterator[Found]:
    of = asked.deals(deal.c.living, deal.c.state < int(UnitState.DRAFTED))
    for row in connection.execute(of.where(paper.c.kind == PaperKind.CONTRACT.value)):
        yield row, Step.UNDO_DRAFT, asked.now.astimezone(CHINA).date()


def _renamed(connection: Connection, asked: _Asked) -> Iterator[Found]:
    earlier = select(deal_buyer.c.deal_id).where(deal_buyer.c.active.is_(False))
    return _overtaken(connection, asked.of(earlier).where(deal.c.living), Step.CHANGE_BUYER, "deal_id")


def _countered(connection: Connection, asked: _Asked) -> Iterator[Found]:
    wrong, counter = receipt.alias("wrong"), receipt.alias("counter")
    of = (
        asked.of(select(receipt.c.deal_id).where(receipt.c.counters_id.is_not(None))).add_columns(counter.c.day)
        .join(wrong, wrong.c.number == paper.c.number).join(counter, counter.c.counters_id == wrong.c.id)
        .where(paper.c.kind == PaperKind.RECEIPT.value, deal.c.living)
    )  # fmt: skip
    for row in connection.execute(of):
        yield row, Step.VOID_RECEIPT, row.day


def _unpaid(connection: Connection, asked: _Asked) -> Iterator[Found]:
    """Papers that count on money whose receipt was countered since: a proof of full payment (付清证明) above all."""
    countered = select(receipt.c.deal_id).where(receipt.c.counters_id.is_not(None))
    of = asked.of(countered).where(deal.c.living, paper.c.kind != PaperKind.RECEIPT.value)
    return _overtaken(connection, of, Step.VOID_RECEIPT, "deal_id")


def _repriced(connection: Connection, asked: _Asked) -> Iterator[Found]:
    """Quotations that still hold by their day, of units whose price was set anew since."""
    if asked.deal is not None:
        return iter(())
    fresh = paper.c.at >= asked.now - timedelta(days=VALID_DAYS)
    of = _out(asked.project).where(paper.c.deal_id.is_(None), fresh)
    return _overtaken(connection, of, Step.SET_PRICE, "unit_id")


def _overtaken(connection: Connection, of: Select[Any], step: Step, about: str) -> Iterator[Found]:
    """Papers of a question that were printed before a step was taken last on what they are `about`."""
    told = history.c[about] == paper.c[about]
    last = select(func.max(history.c.at)).where(told, history.c.step == step.value)
    for row in connection.execute(of.add_columns(last.scalar_subquery().label("changed"))):
        if row.changed is not None and row.last < row.changed:
            yield row, step, row.changed.astimezone(CHINA).date()


_READERS: tuple[Callable[[Connection, _Asked], Iterator[Found]], ...] = (
    _ended, _undrafted, _renamed, _countered, _unpaid, _repriced,
)
