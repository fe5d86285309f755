"""What is past its years, number by number: each with all its prints and scans, and why some of it must stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, Table, and_, case, exists, func, literal, or_, select

from salescenter.data.archive import scan
from salescenter.data.deals import approval, deal
from salescenter.data.papers import destruction, destruction_line, paper
from salescenter.data.payments import closed_day, receipt
from salescenter.data.types import CHINA, Moment
from salescenter.domain.money import ZERO
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.retention import Held, kept_until, years_kept
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services.papers.gone import is_there
from salescenter.services.papers.keep_marks import is_marked
from salescenter.services.papers.retention import deals_ended
from salescenter.services.settings import house_rules
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Past:
    """One paper by its number.

    year: the one its term of so many years runs from the end of; stays: why it may not go though its years are over.
    """

    kind: PaperKind
    number: str
    deal: int | None
    deal_number: str
    year: int
    years: int
    prints: int
    scans: int
    stays: Held | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Kind and number, which no other paper shares."""
        return self.kind.value, self.number


Numbers = dict[tuple[str, str], Past]


def past_years(desk: Desk, now: datetime) -> tuple[Past, ...]:
    """List what is past its years, what is longest so in front; refuses who may not destroy papers."""
    demand(desk.who.role, Step.DESTROY_PAPERS)
    with desk.reading() as connection:
        found = past(connection, desk.project, now.astimezone(CHINA).date())
    return tuple(sorted(found.values(), key=lambda one: (one.year + one.years, one.kind, one.number)))


def past(connection: Connection, project: int, today: date, *, but: int | None = None) -> Numbers:
    """Find it within an open transaction; that it stands on the list `but` holds nothing back."""
    rules = house_rules(connection, project, today)
    terms = {kind: years for kind in PaperKind if (years := years_kept(kind, rules))}
    listed = _listed(connection, project, but)
    found: Numbers = {}
    for row in (*_rows(connection, project, today, terms, paper), *_rows(connection, project, today, terms, scan)):
        one = _read(row, terms[PaperKind(row.kind)], listed, today)
        if one is not None:
            found[one.key] = _together(found[one.key], one) if one.key in found else one
    return found


def _read(row: Any, years: int, listed: set[tuple[str, str]], today: date) -> Past | None:
    """Make a line of what one table holds of a number; none where its deal ended too lately."""
    year = max(row.last.astimezone(CHINA).year, row.ended)
    held = Held(row.held) if row.held else Held.LISTED if (row.kind, row.number) in listed else None
    until = kept_until(year, years)
    if held in (None, Held.LISTED) and until is not None and until >= today:
        return None
    return Past(PaperKind(row.kind), row.number, row.deal_id, row.deal_number, year, years,
                row.prints, row.scans, held)  # fmt: skip


def _together(one: Past, other: Past) -> Past:
    """Prints and scans of one number."""
    return Past(one.kind, one.number, one.deal, one.deal_number, max(one.year, other.year), one.years,
                one.prints + other.prints, one.scans + other.scans, one.stays or other.stays)  # fmt: skip


def _rows(
    connection: Connection, project: int, today: date, terms: dict[PaperKind, int], table: Table
) -> Iterator[Any]:
    """One row for each number of which the table holds something past its years."""
    t, first = table.c, connection.scalar(select(func.min(table.c.at)).where(table.c.project_id == project))
    begins = {kind: datetime(today.year - years, 1, 1, tzinfo=CHINA) for kind, years in terms.items()}
    if first is None or not any(first < begin for begin in begins.values()):
        return
    of = deals_ended(project, range(first.astimezone(CHINA).year, today.year + 1))
    held, many = _held(table, of.c.held, begins), func.count()
    counts = (many.label("prints"), literal(0).label("scans")) if table is paper else (
        literal(0).label("prints"), many.label("scans"))  # fmt: skip
    stmt = (
        select(t.kind, t.number, t.deal_id, func.coalesce(deal.c.number, "").label("deal_number"),
               func.max(t.at).label("last"), func.coalesce(of.c.ended, 0).label("ended"), held, *counts)
        .outerjoin(deal, deal.c.id == t.deal_id).outerjoin(of, of.c.id == t.deal_id)
        .where(t.project_id == project, is_there(table),
               or_(*(and_(t.kind == kind.value, t.at < day) for kind, day in begins.items())))
        .group_by(t.kind, t.number, t.deal_id, deal.c.number, of.c.ended, held)
    )  # fmt: skip
    yield from connection.execute(stmt)


def _held(table: Table, of_deal: ColumnElement[str], begins: dict[PaperKind, datetime]) -> Any:
    """Why a row stays: a mark, its deal, a later print or scan of its number, or what is open about its receipt."""
    t, r = table.c, receipt.c
    begin = case(*((t.kind == kind.value, literal(day, Moment)) for kind, day in begins.items()))
    later = (
        exists(select(other.c.id).where(
            other.c.kind == t.kind, other.c.number == t.number, other.c.at >= begin, *(
                (other.c.gone.is_(None),) if source is scan else (other.c.destruction_id.is_(None),))))
        for source in (paper, scan) for other in (source.alias(),)
    )  # fmt: skip
    receipts = select(r.id).where(t.kind == PaperKind.RECEIPT.value, r.number == t.number)
    countered = receipt.alias()
    loose = receipts.where(r.deal_id.is_(None), r.counters_id.is_(None), r.amount != ZERO,
                           ~exists(select(countered.c.id).where(countered.c.counters_id == r.id)))  # fmt: skip
    closed = select(closed_day.c.id).where(closed_day.c.project_id == r.project_id, closed_day.c.day == r.day)
    return case(
        (is_marked(t), Held.MARKED.value),
        (func.coalesce(of_deal, "") != "", of_deal),
        (exists(loose), Held.MONEY.value),
        (exists(receipts.where(~exists(closed))), Held.DAY.value),
        (or_(*later), Held.LATER.value),
        else_=literal("", String),
    ).label("held")


def _listed(connection: Connection, project: int, but: int | None) -> set[tuple[str, str]]:
    """What stands on lists that are still to be carried out."""
    d, line = destruction.c, destruction_line.c
    stmt = (
        select(line.kind, line.number).join(destruction, d.id == line.destruction_id)
        .join(approval, approval.c.id == d.approval_id)
        .where(d.project_id == project, d.done_at.is_(None), d.id != (but or 0), approval.c.granted.is_not(False),
               line.stays == "")
    )  # fmt: skip
    return {(row.kind, row.number) for row in connection.execute(stmt)}
