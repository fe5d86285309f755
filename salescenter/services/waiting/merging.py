"""Bringing waiting visits in: the deed `register` with each visit's own key and moment, and what a person decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from salescenter.data.visits import visit
from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.rota import next_up
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.domain.waiting import Choice, GivenTwice, OfAnother, OtherName, OtherServer, OutOfTurn
from salescenter.services import follow_ups, rota
from salescenter.services.customer_records import cleaned, row_of, with_phone
from salescenter.services.customers import shown_name
from salescenter.services.names import may_be_same
from salescenter.services.receiving import owner_of
from salescenter.services.reception_rules import ROTAS
from salescenter.services.visits import (
    Meanwhile,
    Registered,
    VisitRequest,
    customer_for,
    keep_companions,
    name_of,
    register,
)
from salescenter.services.waiting.alone import taken_by
from salescenter.services.waiting.shelf import Shelf
from salescenter.services.waiting.visits import WaitingVisit
from salescenter.services.work import Desk, Work, deed

SAME_VISIT = timedelta(minutes=60)
"""Two entries of one customer and one kind within so long are one visit that two desks wrote down."""


@dataclass(frozen=True, slots=True)
class Open:
    """A visit that waits for a person: a conflict to decide (`domain.waiting.CHOICES`), or another refusal."""

    visit: WaitingVisit
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one go: visits now on record, how many of them joined one already there, what is left.

    broke: the server went away again in the middle; the rest waits on.
    """

    registered: tuple[Registered, ...] = ()
    open: tuple[Open, ...] = ()
    broke: bool = False

    @property
    def joined(self) -> int:
        """How many were on record already, written down by another desk."""
        return sum(done.by == JOINED for done in self.registered)


JOINED = "joined"


def bring_all(desk: Desk, shelf: Shelf, now: datetime) -> Brought:
    """Bring in what waits, in the order it happened; what cannot go in yet keeps later visits of that customer back."""
    if not may(desk.who.role, Step.REGISTER_VISIT):
        return Brought()
    done: list[Registered] = []
    left: list[Open] = []
    held_back: set[object] = set()
    for one in taken_by(desk, shelf.waiting()):
        about = _about(one)
        if about & held_back:
            continue
        try:
            _demand_this_house(one, shelf)
            done.append(bring_in(desk, one, now))
        except Refusal as refusal:
            left.append(Open(one, refusal))
            held_back |= about
        except Weather:
            return Brought(tuple(done), tuple(left), broke=True)
        else:
            shelf.drop(one.key)
    return Brought(tuple(done), tuple(left))


@deed(Step.REGISTER_VISIT, Registered)
def bring_in(work: Work, one: WaitingVisit) -> Registered:
    """Register a visit as of the moment it happened, in the name of who took it; refuses what a person must decide."""
    then = work.at_the_time(one.at)
    asked = _of_whom(then, one)
    twin = _twin(then, asked)
    if twin is not None and _is_one_visit(then, one, twin):
        return _join(then, asked, twin, one)
    return register.within(then, _received(then, asked, one))


def _about(one: WaitingVisit) -> set[object]:
    """Whom a visit is about: its phones and the customer, where known."""
    phones = {phone.digits for phone in cleaned(one.asked.facts.phones)}
    return phones | ({one.asked.customer} if one.asked.customer else set())


def _demand_this_house(one: WaitingVisit, shelf: Shelf) -> None:
    if one.server != shelf.server and Choice.THIS_HOUSE not in one.settled:
        raise OtherServer(server=one.server)


def _of_whom(work: Work, one: WaitingVisit) -> VisitRequest:
    """Say whose visit it is: a customer known meanwhile by phone is that customer."""
    asked = replace(one.asked, meanwhile=Meanwhile(one.taker, one.by_hand, Choice.TURN_KEPT not in one.settled))
    known = with_phone(work, asked.facts.phones) if asked.customer is None else None
    if known is None or asked.peer or Choice.RELATIVE in one.settled:
        return asked
    if Choice.SAME_PERSON not in one.settled and not may_be_same(known.name, " ".join(asked.facts.name.split())):
        raise OtherName(name=asked.facts.name, known=shown_name(known.name, known.owner_id or 0, work.desk.who))
    return replace(asked, customer=known.id)


def _twin(work: Work, asked: VisitRequest) -> Any | None:
    """Return the visit of the same customer that another desk wrote down about then, of several the nearest."""
    if asked.customer is None or asked.peer:
        return None
    about_then = visit.c.at.between(work.now - SAME_VISIT, work.now + SAME_VISIT)
    same = (visit.c.customer_id == asked.customer, visit.c.kind == asked.kind.value, ~visit.c.peer)
    found = work.connection.execute(select(visit).where(about_then, *same).order_by(visit.c.id)).all()
    return min(found, key=lambda row: abs(row.at - work.now), default=None)


def _is_one_visit(work: Work, one: WaitingVisit, twin: Any) -> bool:
    if Choice.TWO_VISITS in one.settled:
        return False
    if Choice.ONE_VISIT in one.settled or one.asked.consultant in (None, twin.consultant_id):
        return True
    raise GivenTwice(consultant=one.consultant_name, other=name_of(work, twin.consultant_id), at=twin.at)


def _join(work: Work, asked: VisitRequest, twin: Any, one: WaitingVisit) -> Registered:
    """Add what this desk wrote down to the visit that is on record; nobody's turn is used twice."""
    number = customer_for(work, asked).id
    keep_companions(work, asked, number)
    answers = {**{name: list(said) for name, said in asked.answers}, **twin.answers}
    note = "\n".join(dict.fromkeys(text for text in (twin.note, asked.note.strip()) if text))
    party = max(twin.party, asked.party, 1 + len(asked.companions))
    values = {"answers": answers, "note": note, "party": party, "channel": twin.channel or asked.channel}
    work.connection.execute(update(visit).where(visit.c.id == twin.id).values(**values))
    row = row_of(work, number)
    if asked.follow_up:
        owner = row.owner_id or twin.consultant_id or one.taker
        follow_ups.write(work, number, owner, asked.follow_up, asked.follow_up_what)
    told = {"taken_by": one.taker, "taken_at": one.at.isoformat(), "by": JOINED, "consultant": asked.consultant}
    work.note(Step.REGISTER_VISIT, "visit", twin.id, customer=number, after=told)
    who, owner = twin.consultant_id or 0, row.owner_id or 0
    return Registered(
        twin.id, number, who, name_of(work, who), owner, name_of(work, owner), twin.first, known=True, by=JOINED,
        helped=False, lacking="",
    )


def _received(work: Work, asked: VisitRequest, one: WaitingVisit) -> VisitRequest:
    """Say who received: an owner unknown at the desk, or somebody before them in the rota, a person decides."""
    if asked.peer or asked.kind not in ROTAS or asked.consultant is None:
        return asked
    owner = _owner(work, asked)
    if owner is None:
        _demand_turn(work, asked, one)
    elif owner != asked.consultant and Choice.OWNER_CAME in one.settled:
        return replace(asked, consultant=owner)
    elif owner != asked.consultant and Choice.HELPED not in one.settled:
        raise OfAnother(owner=name_of(work, owner), consultant=one.consultant_name)
    return asked


def _owner(work: Work, asked: VisitRequest) -> int | None:
    """Return whose customer it is, a relative's consultant included."""
    row = row_of(work, asked.customer) if asked.customer else with_phone(work, asked.facts.phones)
    return owner_of(work, row) if row is not None else None


def _demand_turn(work: Work, asked: VisitRequest, one: WaitingVisit) -> None:
    if not one.by_hand or {Choice.TURN_USED, Choice.TURN_KEPT} & set(one.settled):
        return
    turn = next_up(rota.stand(work, ROTAS[asked.kind], as_of=True))
    if turn is not None and turn.who != asked.consultant:
        raise OutOfTurn(consultant=one.consultant_name, next=name_of(work, int(turn.who)))
