"""Papers that are out and no longer count: named before a change, listed after it until they are settled.

Nothing is written when a deal changes: the archive says which papers left the house, the deal and the history say what
happened, `domain.papers.voiding` says what that makes of them. Only the settling is told, to the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import building, permit, unit, unit_type
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.domain.masks import mask_name
from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.voiding import Duty
from salescenter.domain.refusals import NotFound
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.services.customer_records import plain_facts
from salescenter.services.customers import CustomerChange
from salescenter.services.estate.deeds import (
    BuildingRequest,
    PermitRequest,
    TypeRequest,
    UnitRequest,
    as_told,
    filled,
)
from salescenter.services.papers.void_finding import (
    Asked,
    Correction,
    Edit,
    Found,
    after,
    find,
    if_corrected,
    if_edited,
)
from salescenter.services.work import Desk, Work, deed

_SETTLED = "void-paper"


@dataclass(frozen=True, slots=True)
class VoidPaper:
    """A paper that is out and void: its original in the archive, its copies up to which, what is due since when."""

    paper: int
    copy: int
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
    """The paper came back, or was made or signed again: all its copies, or those up to one that were void."""

    paper: int
    key: str = ""
    copy: int = 0


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
    last = select(func.max(p.copy)).where(p.kind == row.kind, p.number == row.number)
    after = {"kind": row.kind, "number": row.number, "copy": asked.copy or work.connection.scalar(last)}
    work.note(Step.PRINT_PAPER, _SETTLED, asked.paper, unit=row.unit_id, deal=row.deal_id, after=after)
    return Settled(asked.paper)


def void_papers(desk: Desk, now: datetime, deal_id: int | None = None) -> tuple[VoidPaper, ...]:
    """List what is void and not settled, of one deal or of all, the oldest change first; of kinds the role may open."""
    with desk.reading() as connection:
        return tuple(open_voids(connection, desk, now, deal_id))


def about_to_be_void(
    desk: Desk, deal_id: int, step: Step, now: datetime, *, counters: str = ""
) -> tuple[VoidPaper, ...]:
    """Say which papers of a deal a step would make void beside those that are already: shown before it is taken.

    counters: the number of the receipt that would be countered.
    """
    with desk.reading() as connection:
        asked = Asked(desk.project, now, deal_id)
        return _newly(connection, desk, asked, after(connection, asked, step, counters))


def about_to_be_corrected(desk: Desk, asked: CustomerChange, now: datetime) -> tuple[VoidPaper, ...]:
    """Say which papers of a customer's living deals would say otherwise than the card once it is changed."""
    b = deal_buyer.c
    theirs = select(b.deal_id).join(deal, deal.c.id == b.deal_id).where(b.customer_id == asked.id, b.active)
    found: list[VoidPaper] = []
    with desk.reading() as connection:
        name = connection.scalar(select(customer.c.name).where(customer.c.id == asked.id))
        coming = Correction(asked.id, now, {"name": name}, plain_facts(asked.changed))
        for number in connection.scalars(theirs.where(deal.c.living).order_by(b.deal_id)).all():
            of = Asked(desk.project, now, number)
            found += _newly(connection, desk, of, if_corrected(connection, of, coming))
    return tuple(found)


def about_to_be_edited(desk: Desk, asked: EstateEdit, now: datetime) -> tuple[VoidPaper, ...]:
    """Say which papers would say otherwise than the estate once a unit, building, permit or unit type is kept so."""
    subject, table, says = _SAYS_OF[type(asked)]
    then = {name: as_told(value) for name, value in says(asked).items()}
    with desk.reading() as connection:
        row = connection.execute(select(table).where(table.c.id == asked.id)).first()
        was = {name: as_told(getattr(row, name)) for name in then} if row is not None else then
        differ = [name for name in then if (was[name] or None) != (then[name] or None)]
        if not differ:
            return ()
        before, told = {name: was[name] for name in differ}, {name: then[name] for name in differ}
        coming = Edit(subject, asked.id, now, before, told)
        of = Asked(desk.project, now)
        return _newly(connection, desk, of, if_edited(connection, of, coming))


EstateEdit = UnitRequest | BuildingRequest | PermitRequest | TypeRequest

_OF_UNIT = ("use", "facing", "floor_sale", "type_id", "permit_id", "measured_area", "measured_inner")

_SAYS_OF: dict[type, tuple[str, Table, Callable[[Any], dict[str, Any]]]] = {
    UnitRequest: ("unit", unit, lambda asked: {name: getattr(asked, name) for name in _OF_UNIT}),
    BuildingRequest: ("building", building, lambda asked: {"name": asked.name.strip(), "facts": filled(asked.facts)}),
    PermitRequest: ("permit", permit, lambda asked: {"number": asked.number.strip()}),
    TypeRequest: ("unit_type", unit_type, lambda asked: {"name": asked.name.strip()}),
}
"""What the history calls the part of the estate that is asked for, where it stands, and what papers say of it."""


def open_voids(connection: Connection, desk: Desk, now: datetime, deal_id: int | None = None) -> Iterator[VoidPaper]:
    """Yield the same within an open transaction."""
    return (one for one in voids(connection, desk, now, deal_id) if not one.settled)


def voids(connection: Connection, desk: Desk, now: datetime, deal_id: int | None = None,
          before: datetime | None = None) -> Iterator[VoidPaper]:  # fmt: skip
    """Yield whatever is void, settled or not; `before`: what would be, had nothing been printed since."""
    return _told(connection, desk, find(connection, Asked(desk.project, now, deal_id, before)))


def _newly(connection: Connection, desk: Desk, asked: Asked, more: Iterable[Found]) -> tuple[VoidPaper, ...]:
    """What would be open with more found than now, and is not open so already."""
    found = tuple(find(connection, asked))
    known = {(one.paper, one.copy, one.duty) for one in _told(connection, desk, found)}
    both = _told(connection, desk, (*found, *more))
    return tuple(one for one in both if not one.settled and (one.paper, one.copy, one.duty) not in known)


def _told(connection: Connection, desk: Desk, found: Iterable[Found]) -> Iterator[VoidPaper]:
    """Tell what was found of kinds the role may open, once for each paper, the oldest change first."""
    mine = _once(one for one in found if may_open(desk.who.role, PaperKind(one.row.kind)))
    settled = _settled(connection, mine) if mine else {}
    reveal = may(desk.who.role, Step.REVEAL) or may(desk.who.role, Step.RECEIVE_MONEY)
    for one in sorted(mine, key=lambda one: (one.since, one.row.id)):
        row, name = one.row, one.row.buyer or ""
        done = settled.get(row.id, 0) >= row.copy
        about = (row.unit_id, row.deal_id, row.code or "", name if reveal else mask_name(name))
        yield VoidPaper(
            row.id, row.copy, PaperKind(row.kind), row.number, one.duty, one.step, one.since, *about, settled=done
        )


def _once(found: Iterable[Found]) -> tuple[Found, ...]:
    """Each paper once, whatever made it void: what is only to come back is not made again, whichever came first."""
    chosen: dict[tuple[int, int], Found] = {}
    for one in sorted(found, key=lambda one: (one.duty is not Duty.RETURN, one.since)):
        chosen.setdefault(one.copies, one)
    return tuple(chosen.values())


def _settled(connection: Connection, found: Sequence[Found]) -> dict[int, int]:
    """Up to which copy each paper was settled, by its id; those never settled are left out."""
    h, rows = history.c, [one.row for one in found]
    mine = h.unit_id.in_({row.unit_id for row in rows}) | h.deal_id.in_({row.deal_id for row in rows})
    told = select(h.subject_id, h.after).where(h.subject == _SETTLED, mine)
    settled: dict[int, int] = {}
    for subject, said in connection.execute(told.order_by(h.id)):
        settled[subject] = max(said["copy"], settled.get(subject, 0))
    return settled
