"""Finding printed papers: by number, customer, unit, any words on them, kind and day; and what one deal holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from salescenter.data import paper_index
from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, quotation
from salescenter.data.estate import unit
from salescenter.data.papers import paper
from salescenter.data.payments import receipt
from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import visit
from salescenter.domain.masks import mask_name
from salescenter.domain.papers.access import kinds_for, may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.words import excerpt, grams, kept_words, says
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import may
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.gone import Gone, destroyed_under
from salescenter.services.papers.registration import number_of
from salescenter.services.papers.stationery import form_names
from salescenter.services.work import Desk

MOST_VISITS = 400
"""So many visits of customers with a sought name are looked at; more belong to a name too common to be useful."""


MOST_FOUND = 500
"""So many papers, the newest, are found by their words; what is said on more of them tells none from another."""


Said = dict[tuple[str, str], str]
"""Kind and number of a paper to its words."""


@dataclass(frozen=True, slots=True)
class PaperSearch:
    """What is sought: a text in number, unit code, customer's name, or in the title and words of the paper itself.

    kind "" is every kind; days are included.
    """

    text: str = ""
    kind: str = ""
    first: date | None = None
    last: date | None = None
    deal: int | None = None
    unit: int | None = None
    limit: int = 2_000


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One printed paper in a list; `of` is how often this number was printed in all, copy 1 the original.

    says: the words around what was sought, where it was found in the paper; masked as the person sees names; form: the
    name of the pre-printed form it went on, "" plain paper; sheet: the number on that sheet, where it has one.
    """

    id: int
    kind: PaperKind
    number: str
    title: str
    copy: int
    of: int
    reason: str
    at: datetime
    by: str
    unit: int | None
    code: str
    deal: int | None
    deal_number: str
    customer: str
    sha256: str
    says: str = ""
    gone: Gone | None = None
    form: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper of a deal, printed or not: how often, when last, and the newest one in the archive, unless destroyed."""

    kind: PaperKind
    number: str
    copies: int = 0
    last: datetime | None = None
    paper: int | None = None
    destroyed: bool = False


def papers(desk: Desk, sought: PaperSearch) -> tuple[PaperRow, ...]:
    """List printed papers that the role may open, newest first."""
    text = sought.text.strip()
    with desk.reading() as connection:
        wanted = _wanted(desk, sought)
        said = _said(connection, desk, sought) if text else {}
        if text:
            wanted.append(paper.c.id.in_(_found(connection, desk, sought, said)))
        stmt = _listed(desk.project).where(*wanted)
        rows = connection.execute(stmt.order_by(paper.c.id.desc()).limit(sought.limit)).all()
        names = names_by_number(connection, desk.project, rows)
        buyers = _buyers(connection, [row.deal_id for row in rows]) if said else {}
        under = {row.destruction_id for row in rows if row.destruction_id is not None}
        gone = {number: destroyed_under(connection, number) for number in under}
        forms = form_names(connection, desk.project) if any(row.form for row in rows) else {}
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    shown = [
        replace(_row(row, names, gone.get(row.destruction_id), reveal=reveal), form=forms.get(row.form, row.form))
        for row in rows
    ]
    if not said:
        return tuple(shown)
    looked = _Looked(kept_words(text), said, buyers, names, reveal)
    return tuple(replace(one, says=looked.excerpt(one)) for one in shown)


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was sought and found in the words of papers, and which names are masked where somebody sees masks."""

    text: str
    said: Said
    buyers: dict[int | None, tuple[str, ...]]
    names: dict[str, str]
    reveal: bool

    def excerpt(self, row: PaperRow) -> str:
        words = self.said.get((row.kind, row.number), "")
        found = says(words, self.text) if words else None
        hidden = (*self.buyers.get(row.deal, ()), self.names.get(row.number, ""))
        return excerpt(words, found, hidden, whole=self.reveal) if found else ""


def held(desk: Desk, deal_id: int) -> tuple[HeldPaper, ...]:
    """List what a deal holds: its agreement, contract and receipts, and whatever else was printed for it."""
    with desk.reading() as connection:
        return held_now(connection, desk, deal_id)


def held_now(connection: Connection, desk: Desk, deal_id: int) -> tuple[HeldPaper, ...]:
    """List the same within an open transaction."""
    row = connection.execute(select(deal).where(deal.c.id == deal_id, deal.c.project_id == desk.project)).first()
    if row is None:
        raise NotFound(what="deal", sought=deal_id)
    printed = connection.execute(
        select(paper.c.kind, paper.c.number, func.max(paper.c.copy), func.max(paper.c.at), func.max(paper.c.id),
               func.count(paper.c.destruction_id) == func.count())
        .where(paper.c.deal_id == deal_id)
        .group_by(paper.c.kind, paper.c.number)
        .order_by(func.min(paper.c.id))
    ).all()
    due = [HeldPaper(kind, number) for kind, number in _due(connection, row)]
    found = {
        (kind, number): HeldPaper(PaperKind(kind), number, copies, last, newest, bool(gone))
        for kind, number, copies, last, newest, gone in printed
    }
    whole = {(one.kind.value, one.number): one for one in due} | found
    return tuple(one for one in whole.values() if may_open(desk.who.role, one.kind))


def _due(connection: Connection, row: Any) -> Iterable[tuple[PaperKind, str]]:
    """The papers a deal should have by now."""
    if row.subscribed is not None:
        yield PaperKind.SUBSCRIPTION, row.number
    if row.state >= UnitState.DRAFTED:
        yield PaperKind.CONTRACT, row.contract_number or row.number
    stmt = select(receipt.c.number).where(receipt.c.deal_id == row.id).order_by(receipt.c.id)
    for number in connection.scalars(stmt):
        yield PaperKind.RECEIPT, number


def _listed(project: int) -> Select[Any]:
    p, other = paper.c, paper.alias("other")
    every = select(func.max(other.c.copy)).where(other.c.kind == p.kind, other.c.number == p.number)
    buyer = and_(deal_buyer.c.deal_id == p.deal_id, deal_buyer.c.active, deal_buyer.c.position == 0)
    return (
        select(
            p.id, p.kind, p.number, p.title, p.copy, every.scalar_subquery().label("of"), p.reason, p.at,
            person.c.name.label("by"), p.unit_id, func.coalesce(unit.c.code, "").label("code"), p.deal_id,
            func.coalesce(deal.c.number, "").label("deal_number"), customer.c.name.label("customer"), p.sha256,
            p.destruction_id, p.form, p.sheet,
        )
        .join(person, person.c.id == p.by_id)
        .outerjoin(unit, unit.c.id == p.unit_id)
        .outerjoin(deal, deal.c.id == p.deal_id)
        .outerjoin(deal_buyer, buyer)
        .outerjoin(customer, customer.c.id == deal_buyer.c.customer_id)
        .where(p.project_id == project)
    )  # fmt: skip


def _wanted(desk: Desk, sought: PaperSearch) -> list[ColumnElement[bool]]:
    p = paper.c
    wanted: list[ColumnElement[bool]] = [p.kind.in_(_kinds(desk, sought))]
    first, last = _time(sought)
    if first is not None:
        wanted.append(p.at >= first)
    if last is not None:
        wanted.append(p.at < last)
    if sought.deal is not None:
        wanted.append(p.deal_id == sought.deal)
    if sought.unit is not None:
        wanted.append(p.unit_id == sought.unit)
    return wanted


def _kinds(desk: Desk, sought: PaperSearch) -> list[str]:
    return [kind.value for kind in kinds_for(desk.who.role) if sought.kind in ("", kind)]


def _time(sought: PaperSearch) -> tuple[datetime | None, datetime | None]:
    """From the beginning of the first day to the end of the last."""
    first = datetime.combine(sought.first, time(), CHINA) if sought.first is not None else None
    last = datetime.combine(sought.last + timedelta(days=1), time(), CHINA) if sought.last is not None else None
    return first, last


def _said(connection: Connection, desk: Desk, sought: PaperSearch) -> Said:
    """The words of those papers that say the text, the newest; of reprints those of the print they repeat."""
    text = kept_words(sought.text)
    if not (asked := grams(text)):
        return {}
    kinds, (first, last) = _kinds(desk, sought), _time(sought)
    among = paper_index.WordsSought(desk.project, asked, kinds, first, last, MOST_FOUND)
    found = {key: words for key, words in paper_index.find(connection, among).items() if says(words, text)}
    named = select(paper.c.id, paper.c.kind, paper.c.number).where(paper.c.id.in_(found))
    return {(row.kind, row.number): found[row.id] for row in connection.execute(named)} if found else {}


def _found(connection: Connection, desk: Desk, sought: PaperSearch, said: Said) -> set[int]:
    """The newest papers that are found by any of the ways; each way asks for itself, so that each has its index."""
    mine = [paper.c.project_id + 0 == desk.project, *_wanted(desk, sought)]  # + 0: its index would give every paper
    ways = (select(paper.c.id).where(*mine, way) for way in _ways(connection, desk.project, sought.text.strip(), said))
    newest = (way.order_by(paper.c.id.desc()).limit(sought.limit) for way in ways)
    return {key for way in newest for key in connection.scalars(way)}


_OF_CUSTOMERS = (PaperKind.QUOTATION, PaperKind.REGISTRATION)
"""Papers without a deal that are about somebody."""


def _ways(connection: Connection, project: int, text: str, said: Said) -> Iterator[ColumnElement[bool]]:
    p, named = paper.c, customer.c.name.contains(text, autoescape=True)
    every = paper.alias("every")
    yield p.id.in_(select(every.c.id).where(every.c.number.contains(text, autoescape=True)))
    coded = select(unit.c.id).where(unit.c.project_id == project, unit.c.code.contains(text, autoescape=True))
    yield p.unit_id.in_(coded)
    mine = select(customer.c.id).where(customer.c.project_id == project, named)
    yield p.deal_id.in_(select(deal_buyer.c.deal_id).where(deal_buyer.c.customer_id.in_(mine)))
    yield p.kind.in_(_OF_CUSTOMERS) & p.number.in_([
        *connection.scalars(select(quotation.c.number).where(quotation.c.customer_id.in_(mine)).limit(MOST_VISITS)),
        *_slips(connection.execute(_visits().where(visit.c.customer_id.in_(mine)).limit(MOST_VISITS)).all()),
    ])
    if said:
        numbers: dict[str, list[str]] = {}
        for kind, number in said:
            numbers.setdefault(kind, []).append(number)
        yield or_(*(and_(p.kind == kind, p.number.in_(these)) for kind, these in numbers.items()))


def _buyers(connection: Connection, deals: Iterable[int | None]) -> dict[int | None, tuple[str, ...]]:
    """The names of everybody who buys or bought in a deal."""
    stmt = select(deal_buyer.c.deal_id, customer.c.name).join(customer, customer.c.id == deal_buyer.c.customer_id)
    found: dict[int | None, tuple[str, ...]] = {}
    for deal_id, name in connection.execute(stmt.where(deal_buyer.c.deal_id.in_({one for one in deals if one}))):
        found[deal_id] = (*found.get(deal_id, ()), name)
    return found


def _visits() -> Select[Any]:
    return select(visit.c.kind, visit.c.day, visit.c.id).order_by(visit.c.id.desc())


def _slips(visits: Sequence[Any]) -> dict[str, int]:
    """The number each visit's slip carries, and the visit."""
    return {number_of(row.kind, row.day, row.id): row.id for row in visits}


def names_by_number(connection: Connection, project: int, rows: Sequence[Any]) -> dict[str, str]:
    """Whom papers without a deal are about: quotations and registration slips, by their number."""
    quoted = [row.number for row in rows if row.kind == PaperKind.QUOTATION]
    slips = {_visit_of(row.number): row.number for row in rows if row.kind == PaperKind.REGISTRATION}
    found: dict[str, str] = {}
    if quoted:
        stmt = select(quotation.c.number, customer.c.name).join(customer, customer.c.id == quotation.c.customer_id)
        mine = stmt.where(quotation.c.number.in_(quoted), quotation.c.project_id == project)
        found |= {row[0]: row[1] for row in connection.execute(mine)}
    if slips:
        of_visits = select(visit.c.id, customer.c.name).join(customer, customer.c.id == visit.c.customer_id)
        whose = connection.execute(of_visits.where(visit.c.id.in_([number for number in slips if number])))
        found |= {slips[visit_id]: name for visit_id, name in whose}
    return found


def _visit_of(number: str) -> int:
    tail = number.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def _row(row: Any, names: dict[str, str], gone: Gone | None, *, reveal: bool) -> PaperRow:
    name = row.customer or names.get(row.number, "")
    return PaperRow(
        row.id, PaperKind(row.kind), row.number, row.title, row.copy, row.of, row.reason, row.at, row.by,
        row.unit_id, row.code, row.deal_id, row.deal_number, name if reveal else mask_name(name), row.sha256,
        gone=gone, form=row.form, sheet=row.sheet,
    )  # fmt: skip
