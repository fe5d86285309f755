"""Who receives somebody who comes or calls: their consultant, whom they ask for, or the next of the rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, text

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.data.staff import person
from salescenter.domain.refusals import FieldMissing
from salescenter.domain.rota import Happening, RotaBoard, RotaKind, Status, next_up
from salescenter.services import protection, rota
from salescenter.services.customer_records import row_of
from salescenter.services.reception_rules import ROTAS, Contact, ReceptionRules, rules_on
from salescenter.services.work import Desk, Work


@dataclass(frozen=True, slots=True)
class Served:
    """Who receives, what that is in the rota (nothing for a call out), and who decided: owner | asked | rota | self."""

    who: int
    what: Happening | None
    by: str


def receiver(
    work: Work, kind: Contact, row: Any, asked_for: int | None, *, peer: bool, rules: ReceptionRules
) -> Served:
    """Decide who receives a customer (a whole row), by ownership first and the rota else."""
    if kind not in ROTAS:
        return _calling_out(work, row, asked_for)
    _in_line(work, ROTAS[kind])
    board = rota.stand(work, ROTAS[kind], rules)
    if peer:
        return Served(asked_for or _next(work, board), Happening.PEER, "asked" if asked_for else "rota")
    owner = owner_of(work, row)
    if owner is None:
        if asked_for:
            return Served(asked_for, Happening.NEW, "asked")
        return Served(_next(work, board), Happening.NEW, "rota")
    return _for_owner(board, owner, asked_for)


@dataclass(frozen=True, slots=True)
class Expected:
    """Who would receive if the form were finished now; who is 0 where somebody must be named."""

    who: int = 0
    name: str = ""
    by: str = ""
    helped: bool = False
    owner: int = 0
    owner_name: str = ""


def expected(desk: Desk, kind: Contact, number: int | None, now: datetime) -> Expected:
    """Say beforehand who would receive a known customer, or somebody new where there is no number."""
    with desk.reading() as connection:
        work = Work(connection, desk, now, 0)
        row = row_of(work, number) if number else NOBODY
        owner = owner_of(work, row) or 0
        try:
            served = receiver(work, kind, row, None, peer=False, rules=rules_on(connection, desk.project, work.today))
        except FieldMissing:
            return Expected(owner=owner)
        names = {number: name for number, name in connection.execute(select(person.c.id, person.c.name))}  # noqa: C416
    helped = served.what is Happening.HELPED
    return Expected(served.who, names.get(served.who, ""), served.by, helped, owner, names.get(owner, ""))


class _Nobody:
    """A customer who is not on record yet."""

    id = family_id = owner_id = protected_until = None


NOBODY = _Nobody()


def owner_of(work: Work, row: Any) -> int | None:
    """Return whose customer it is today: the consultant of a living deal, else who is still protected."""
    head = row.family_id or row.id
    if head is None:
        return None
    bound = work.connection.scalar(
        select(deal_consultant.c.person_id)
        .join(deal, deal.c.id == deal_consultant.c.deal_id)
        .join(deal_buyer, deal_buyer.c.deal_id == deal.c.id)
        .join(customer, customer.c.id == deal_buyer.c.customer_id)
        .where(deal.c.living, deal_buyer.c.active, (customer.c.id == head) | (customer.c.family_id == head))
        .order_by(deal.c.id.desc(), deal_consultant.c.share.desc(), deal_consultant.c.id)
        .limit(1)
    )
    if bound is not None:
        return int(bound)
    held = protection.held_by(row)
    return held.owner if held and held.living(work.today) else None


def _for_owner(board: RotaBoard, owner: int, asked_for: int | None) -> Served:
    """Let the owner receive, or where they are away the next of the rota, to whom a make-up turn is owed (义务接待)."""
    if asked_for and asked_for != owner:
        return Served(asked_for, Happening.HELPED, "asked")
    place = board.place(owner)
    here = board.entries[place].status in (Status.FREE, Status.SERVING) if place is not None else not board.entries
    helper = None if here or asked_for else next_up(board)
    return Served(int(helper.who), Happening.HELPED, "rota") if helper else Served(owner, Happening.OLD, "owner")


def _calling_out(work: Work, row: Any, asked_for: int | None) -> Served:
    me = work.desk.who
    if asked_for or me.role in rota.CONSULTANTS:
        return Served(asked_for or me.id, None, "asked" if asked_for else "self")
    owner = owner_of(work, row)
    if owner is None:
        raise FieldMissing(field="consultant")
    return Served(owner, None, "owner")


def _next(work: Work, board: RotaBoard) -> int:
    turn = next_up(board)
    if turn is not None:
        return int(turn.who)
    if work.desk.who.role in rota.CONSULTANTS:
        return work.desk.who.id
    raise FieldMissing(field="consultant")


def _in_line(work: Work, kind: RotaKind) -> None:
    """Let one desk at a time take a turn: two must never be given the same next consultant."""
    if work.revision and work.connection.dialect.name == "postgresql":
        name = f"rota:{work.project}:{kind}"
        work.connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})
