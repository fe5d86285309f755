"""How long the archive is kept: papers and scans by kind and the year they closed in, and until when each stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, Table, case, func, select

from salescenter.data.archive import scan
from salescenter.data.deals import deal, due
from salescenter.data.estate import unit
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.types import CHINA, sum_of
from salescenter.domain.money import ZERO
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.retention import LEAST, SHELF, Held, Law, demand_lawful, kept_until, years_kept
from salescenter.domain.staff import demand
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services.papers.gone import is_there
from salescenter.services.papers.keep_marks import is_deal_marked, is_marked
from salescenter.services.settings import house_rules, put, rules_now
from salescenter.services.work import Desk, Work, deed


@dataclass(frozen=True, slots=True)
class Term:
    """Papers of one kind that closed in one year: how many, with how many scans, and the last day they are kept.

    held: why their term does not run yet, year is that of their printing then; until: none where kept for good or held.
    """

    kind: PaperKind
    year: int
    held: Held | None
    papers: int
    scans: int
    until: date | None

    def is_over(self, today: date) -> bool:
        """Say whether they may be destroyed."""
        return self.until is not None and self.until < today


_Key = tuple[str, int, str]


def terms_by_kind(desk: Desk, now: datetime) -> tuple[KindTerm, ...]:
    """List for how long each kind is kept; refuses who may not destroy any."""
    demand(desk.who.role, Step.DESTROY_PAPERS)
    with desk.reading() as connection:
        return kind_terms(connection, desk.project, now.astimezone(CHINA).date())


def terms(desk: Desk, now: datetime) -> tuple[Term, ...]:
    """List what the archive holds with its terms, those that end first in front; refuses who may not destroy any.

    A term runs from the end of the year in which a paper was printed and its deal ended, whichever is later.
    """
    demand(desk.who.role, Step.DESTROY_PAPERS)
    today = now.astimezone(CHINA).date()
    with desk.reading() as connection:
        rules = house_rules(connection, desk.project, today)
        papers, scans = (_counted(connection, desk.project, table, today) for table in (paper, scan))
    found: list[Term] = []
    for name, year, why in papers.keys() | scans.keys():
        kind, held, key = PaperKind(name), Held(why) if why else None, (name, year, why)
        until = None if held else kept_until(year, years_kept(kind, rules))
        found.append(Term(kind, year, held, papers[key], scans[key], until))
    order = list(PaperKind)
    return tuple(sorted(found, key=lambda one: (
        one.until or date.max, one.held is not None, one.year, order.index(one.kind), one.held or "")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindTerm:
    """For how many years a kind is kept (0: for good); own: said of this kind, not only of its shelf."""

    kind: PaperKind
    years: int
    own: bool
    least: int
    law: Law


def kind_terms(connection: Connection, project: int, today: date) -> tuple[KindTerm, ...]:
    """List the terms in force of all kinds."""
    rules = house_rules(connection, project, today)
    return tuple(
        KindTerm(kind, years_kept(kind, rules), kind.value in rules.keep_kinds, *LEAST[SHELF[kind]])
        for kind in PaperKind
    )


@dataclass(frozen=True, slots=True)
class TermRequest:
    """Keep a kind for so many years from today on, 0 for good; None: as its shelf is kept."""

    kind: PaperKind
    years: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class TermKept:
    """The kind has its term."""

    kind: str


@deed(Step.EDIT_SETTINGS, TermKept)
def set_term(work: Work, asked: TermRequest) -> TermKept:
    """Give a kind of paper its own term, or its shelf's again; refuses fewer years than the law asks for."""
    if asked.years is not None:
        demand_lawful(SHELF[asked.kind], asked.years)
    before = dict(rules_now(work).keep_kinds)
    others = {kind: years for kind, years in before.items() if kind != asked.kind}
    after = others if asked.years is None else others | {asked.kind.value: asked.years}
    put(work, "keep_kinds", after, work.today)
    work.note(Step.EDIT_SETTINGS, "setting", work.project, before={"keep_kinds": before}, after={"keep_kinds": after})
    return TermKept(asked.kind.value)


def _counted(connection: Connection, project: int, table: Table, today: date) -> Counter[_Key]:
    """Count the rows of papers or scans by kind, year they closed in, and what holds them."""
    t, first = table.c, connection.scalar(select(func.min(table.c.at)).where(table.c.project_id == project))
    counted: Counter[_Key] = Counter()
    if first is None:
        return counted
    years = range(first.astimezone(CHINA).year, today.year + 1)
    of = deals_ended(project, years)
    made = _year(t.at, ((datetime(year + 1, 1, 1, tzinfo=CHINA), year) for year in years), today.year).label("made")
    held = case((is_marked(t), Held.MARKED.value), else_=func.coalesce(of.c.held, "")).label("held")
    ended = func.coalesce(of.c.ended, 0).label("ended")
    stmt = select(t.kind, made, ended, held, func.count().label("many")).outerjoin(of, of.c.id == t.deal_id)
    mine = stmt.where(t.project_id == project, is_there(table))
    for row in connection.execute(mine.group_by(t.kind, made, ended, held)):
        counted[row.kind, row.made if row.held else max(row.made, row.ended), row.held] += row.many
    return counted


def deals_ended(project: int, years: range, *, marks: bool = True) -> Subquery:
    """Every deal with the year it ended in, and what holds its papers: a mark, its life, money, a seizure.

    Without `marks`: what holds them beside any mark.
    """
    d = deal.c
    handed_over = d.living & (d.state == int(UnitState.HANDED_OVER))
    owed = select(due.c.id).where(due.c.deal_id == d.id, due.c.paid < due.c.amount).correlate(deal).exists()
    got = select(sum_of(receipt.c.amount)).where(receipt.c.deal_id == d.id)
    unsettled = ~d.living & (d.ending != Step.FORFEIT.value) & (got.correlate(deal).scalar_subquery() != ZERO)
    held = case(
        *([(is_deal_marked(d.id), Held.MARKED.value)] if marks else []),
        (d.living & ~handed_over, Held.DEAL.value),
        (handed_over & owed | unsettled, Held.MONEY.value),
        (d.living & (unit.c.flags.bitwise_and(int(Flag.SEIZED)) != 0), Held.SEIZED.value),
        else_="",
    )
    ended = _year(func.coalesce(d.closed, d.handed_over), ((date(year + 1, 1, 1), year) for year in years), 0)
    stmt = select(d.id, ended.label("ended"), held.label("held")).join(unit, unit.c.id == d.unit_id)
    return stmt.where(d.project_id == project).subquery()


def _year(when: ColumnElement[Any], ends: Iterable[tuple[date, int]], other: int) -> Any:
    """The year of a day or moment, said as both databases can: the first year it lies before the end of."""
    return case(*((when < end, year) for end, year in ends), else_=other)
