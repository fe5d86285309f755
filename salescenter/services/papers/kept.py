"""All marks that keep papers beyond their years: what each keeps, whose, why, and since when it might be gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from salescenter.data.archive import scan
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.papers import destruction_line, keep_mark, paper
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.domain.house_rules import HouseRules
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.received import Document
from salescenter.domain.papers.retention import Held, kept_until, years_kept
from salescenter.domain.staff import Person, demand
from salescenter.services.customers import shown_name
from salescenter.services.papers.gone import is_there
from salescenter.services.papers.keep_marks import STEP, is_deal_marked, is_marked
from salescenter.services.papers.retention import deals_ended
from salescenter.services.papers.search import names_by_number
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Lifted:
    """Who lifted a mark, when, and what was over."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How many papers a mark keeps, by their numbers, and what their own years say of them.

    over: so many would be past their years; due: the first day on which the first of them might be destroyed, none
    where they are kept for good or held; held: why none of them has an end yet, whatever the mark.
    """

    papers: int = 0
    over: int = 0
    due: date | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One mark; kind and number are those of the paper or document it keeps, none and "" for all papers of its deal."""

    id: int
    kind: PaperKind | None
    number: str
    document: Document | None
    deal: int | None
    deal_number: str
    customer: str
    reason: str
    by: str
    at: datetime
    terms: Terms = Terms()
    lifted: Lifted | None = None


def kept(desk: Desk, now: datetime) -> tuple[Kept, ...]:
    """List every mark there is or was, those that stand in front, the newest first; refuses who may set none."""
    demand(desk.who.role, STEP)
    today = now.astimezone(CHINA).date()
    with desk.reading() as connection:
        rows = connection.execute(_listed(desk.project)).all()
        names = names_by_number(connection, desk.project, rows)
        rules = house_rules(connection, desk.project, today)
        found = _terms(connection, desk.project, rules, today)
    return tuple(_row(row, names, found.get(row.id, Terms()), desk.who) for row in rows)


def standing(desk: Desk) -> int:
    """Count the marks that stand."""
    k = keep_mark.c
    with desk.reading() as connection:
        stmt = select(func.count()).where(k.project_id == desk.project, k.lifted_at.is_(None))
        return connection.scalar(stmt) or 0


def held_back(desk: Desk, listed: int) -> int:
    """Count the papers that stand on a destruction list (its id) as going and are kept by a mark by now."""
    line = destruction_line.c
    marked = or_(is_marked(destruction_line.c), is_deal_marked(line.deal_id))
    with desk.reading() as connection:
        mine = (line.destruction_id == listed, line.stays == "")
        return connection.scalar(select(func.count()).where(*mine, marked)) or 0


def _listed(project: int) -> Select[Any]:
    k, s, lifter = keep_mark.c, scan.c, person.alias("lifter")
    same = and_(s.deal_id == k.deal_id, s.kind == k.kind, s.number == k.number)
    document, whose = (
        select(func.max(one)).where(same).correlate(keep_mark).scalar_subquery() for one in (s.document, s.customer_id)
    )
    buyer = and_(deal_buyer.c.deal_id == k.deal_id, deal_buyer.c.active, deal_buyer.c.position == 0)
    return (
        select(k.id, k.kind, k.number, k.deal_id, k.reason, k.at, k.lifted_at, k.lifted_why,
               person.c.name.label("by"), lifter.c.name.label("lifted_by"), document.label("document"),
               deal.c.number.label("deal_number"), customer.c.name.label("customer"), customer.c.owner_id)
        .join(person, person.c.id == k.by_id).outerjoin(lifter, lifter.c.id == k.lifted_by)
        .outerjoin(deal, deal.c.id == k.deal_id).outerjoin(deal_buyer, buyer)
        .outerjoin(customer, customer.c.id == func.coalesce(whose, deal_buyer.c.customer_id))
        .where(k.project_id == project).order_by(k.lifted_at.is_not(None), k.id.desc())
    )  # fmt: skip


def _row(row: Any, names: dict[str, str], terms: Terms, who: Person) -> Kept:
    name = row.customer or names.get(row.number, "")
    lifted = Lifted(row.lifted_by, row.lifted_at, row.lifted_why) if row.lifted_at is not None else None
    return Kept(
        row.id, PaperKind(row.kind) if row.kind else None, row.number,
        Document(row.document) if row.document else None, row.deal_id, row.deal_number or "",
        shown_name(name, row.owner_id or 0, who) if name else "", row.reason, row.by, row.at, terms, lifted,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a mark keeps: of which kind and deal, and when its newest print or scan was made."""

    mark: int
    kind: PaperKind
    number: str
    deal: int | None
    last: datetime


def _terms(connection: Connection, project: int, rules: HouseRules, today: date) -> dict[int, Terms]:
    """Work out of each mark that stands what the own years of its papers say."""
    numbers = _numbers(connection, project)
    ends = _ends(connection, project, numbers, today)
    found: dict[int, list[tuple[date | None, Held | None]]] = {}
    for one in numbers:
        ended, held = ends.get(one.deal, (0, None))
        year = max(one.last.astimezone(CHINA).year, ended)
        until = None if held else kept_until(year, years_kept(one.kind, rules))
        found.setdefault(one.mark, []).append((until + timedelta(days=1) if until else None, held))
    return {mark: _summed(each, today) for mark, each in found.items()}


def _summed(numbers: Sequence[tuple[date | None, Held | None]], today: date) -> Terms:
    days = [day for day, _ in numbers if day is not None]
    held = next((why for _, why in numbers), None) if all(why for _, why in numbers) else None
    return Terms(len(numbers), sum(day <= today for day in days), min(days, default=None), held)


def _numbers(connection: Connection, project: int) -> list[_Number]:
    """List what the marks that stand keep; a number with prints and scans once."""
    found: dict[tuple[int, str, str], _Number] = {}
    for stmt in (_kept_by(project, table, way) for table in (paper, scan) for way in _ways(table.c)):
        for row in connection.execute(stmt):
            key = (row.mark, row.kind, row.number)
            last = max(row.last, found[key].last) if key in found else row.last
            found[key] = _Number(row.mark, PaperKind(row.kind), row.number, row.deal_id, last)
    return list(found.values())


def _ways(t: Any) -> Iterable[ColumnElement[bool]]:
    """By its number, or with all of its deal; asked one by one, so that each has its index."""
    k = keep_mark.c
    return and_(k.kind == t.kind, k.number == t.number), and_(k.number == "", k.deal_id == t.deal_id)


def _kept_by(project: int, table: Any, way: ColumnElement[bool]) -> Select[Any]:
    k, t = keep_mark.c, table.c
    return (
        select(k.id.label("mark"), t.kind, t.number, t.deal_id, func.max(t.at).label("last"))
        .select_from(keep_mark.join(table, way))
        .where(k.project_id == project, k.lifted_at.is_(None), t.project_id == project, is_there(table))
        .group_by(k.id, t.kind, t.number, t.deal_id)
    )  # fmt: skip


def _ends(
    connection: Connection, project: int, numbers: Sequence[_Number], today: date
) -> dict[int | None, tuple[int, Held | None]]:
    """Say of the deals of these numbers in which year each ended, and what holds its papers beside any mark."""
    deals = {one.deal for one in numbers if one.deal is not None}
    if not deals:
        return {}
    first = min(one.last for one in numbers).astimezone(CHINA).year
    of = deals_ended(project, range(first, today.year + 1), marks=False)
    rows = connection.execute(select(of).where(of.c.id.in_(deals)))
    return {row.id: (row.ended, Held(row.held) if row.held else None) for row in rows}
