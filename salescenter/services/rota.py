"""The rota (轮排): the day's events, the board folded from them, and what people at the desk may put into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, ClassVar

from sqlalchemy import Connection, func, insert, select

from salescenter.data.staff import person
from salescenter.data.types import CHINA
from salescenter.data.visits import rota_event
from salescenter.domain.refusals import FieldMissing, NotFound, NotYours
from salescenter.domain.rota import (
    Away,
    Before,
    Happening,
    Order,
    Owes,
    RotaBoard,
    RotaEntry,
    RotaEvent,
    RotaKind,
    Status,
    left_owed,
    next_up,
    upcoming,
)
from salescenter.domain.rota import rota as folded
from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step
from salescenter.services.reception_rules import ReceptionRules, rules_on
from salescenter.services.work import Desk, Work, deed

CONSULTANTS = (Role.CONSULTANT, Role.SUPERVISOR)
"""Roles that receive customers."""

CARRIED = 7
"""Days a turn that is owed (补接) waits to be made up for."""

OWN_PRESENCE = frozenset({Happening.SIGN_IN, Happening.SIGN_OUT, Happening.AWAY, Happening.BACK, Happening.DONE})
"""What people may say of themselves; all else needs whoever arranges the rota."""


@dataclass(frozen=True, slots=True)
class RotaLine:
    """One person on the board.

    place: in how many new customers it is their turn, 1 for the next, 0 for who is not free; owed: make-up turns
    (补接) owed; taken: new customers received today; since: when the reception or absence began.
    """

    person: int
    name: str
    status: Status
    place: int = 0
    owed: int = 0
    taken: int = 0
    away: Away | None = None
    since: datetime | None = None
    serving: int = 0


@dataclass(frozen=True, slots=True)
class RotaView:
    """The board of a day: everybody who signed in, the free in calling order first, then the busy and the absent."""

    kind: RotaKind
    day: date
    lines: tuple[RotaLine, ...] = ()
    absent: tuple[tuple[int, str], ...] = ()  # consultants who have not signed in: id and name

    @property
    def next(self) -> RotaLine | None:
        """Whose turn it is."""
        return next((line for line in self.lines if line.place == 1), None)

    def line(self, who: int) -> RotaLine | None:
        """Return somebody's line."""
        return next((line for line in self.lines if line.person == who), None)


@dataclass(frozen=True, slots=True)
class RotaRequest:
    """Something happened to somebody on the rota; `away` says why they left, `late` belongs to a sign-in."""

    ON_SCREEN: ClassVar = frozenset({"note"})

    person: int
    what: Happening
    rota: RotaKind = RotaKind.VISIT
    away: Away | None = None
    late: bool = False
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class RotaKept:
    """It was put on record; `next` is whose turn it is now, 0 for nobody's."""

    event: int
    next: int


def board(desk: Desk, now: datetime, kind: RotaKind = RotaKind.VISIT) -> RotaView:
    """Return a rota as it stands now."""
    day = now.astimezone(CHINA).date()
    with desk.reading() as connection:
        events = _rows(connection, desk.project, day, day)
        people = _people(connection, {row.person_id for row in events})
        rules = rules_on(connection, desk.project, day)
        found = _fold(connection, desk.project, day, kind, rules, now, events)
    return _view(found, day, people, events)


@deed(Step.REGISTER_VISIT, RotaKept)
def happen(work: Work, asked: RotaRequest) -> RotaKept:
    """Put an event on record; people say of themselves when they come and go, the rest is arranged for them."""
    _check(work, asked)
    detail = asked.away.value if asked.away else "late" if asked.late else asked.note.strip()
    event = write(work, asked.person, asked.what, asked.rota, detail=detail)
    work.note(
        Step.ARRANGE_ROTA, "rota", event, after={"person": asked.person, "what": asked.what.value, "detail": detail}
    )
    turn = next_up(stand(work, asked.rota))
    return RotaKept(event, int(turn.who) if turn else 0)


def _check(work: Work, asked: RotaRequest) -> None:
    mine = asked.person == work.desk.who.id and asked.what in OWN_PRESENCE
    role = work.desk.who.role
    if not mine and not may(role, Step.ARRANGE_ROTA):
        raise NotYours(step=Step.ARRANGE_ROTA, role=role, who=tuple(r for r in Role if may(r, Step.ARRANGE_ROTA)))
    if asked.what is Happening.AWAY and asked.away is None:
        raise FieldMissing(field="away")
    if work.connection.scalar(select(person.c.id).where(person.c.id == asked.person, person.c.active)) is None:
        raise NotFound(what="person", sought=asked.person)


def write(
    work: Work, who: int, what: Happening, kind: RotaKind, *, detail: str = "", visit: int | None = None,
    counts: bool = True,
) -> int:
    """Write an event within open work."""
    made = insert(rota_event).values(
        project_id=work.project, person_id=who, day=work.today, at=work.now, rota=kind.value, kind=what.value,
        detail=detail, visit_id=visit, counts=counts,
    )
    return int(work.connection.scalar(made.returning(rota_event.c.id)) or 0)


def stand(work: Work, kind: RotaKind, rules: ReceptionRules | None = None, *, as_of: bool = False) -> RotaBoard:
    """Return a rota as it stands within open work; `as_of` leaves out what happened after the work's own moment."""
    found = rules or rules_on(work.connection, work.project, work.today)
    today = _rows(work.connection, work.project, work.today, work.today)
    events = [row for row in today if not as_of or row.at <= work.now]
    return _fold(work.connection, work.project, work.today, kind, found, work.now, events)


def consultants(desk: Desk) -> tuple[tuple[int, str], ...]:
    """Return everybody who receives customers: id and name."""
    with desk.reading() as connection:
        return tuple(_people(connection, set()).items())


def _rows(connection: Connection, project: int, first: date, last: date) -> list[Any]:
    query = select(rota_event).where(rota_event.c.project_id == project, rota_event.c.day.between(first, last))
    return list(connection.execute(query.order_by(rota_event.c.at, rota_event.c.id)))


def _people(connection: Connection, also: set[int]) -> dict[int, str]:
    rows = connection.execute(
        select(person.c.id, person.c.name)
        .where((person.c.active & person.c.role.in_([role.value for role in CONSULTANTS])) | person.c.id.in_(also))
        .order_by(person.c.id)
    )
    return {number: name for number, name in rows}  # noqa: C416  rows are not pairs to dict()


def _fold(
    connection: Connection, project: int, day: date, kind: RotaKind, rules: ReceptionRules, now: datetime,
    rows: list[Any],
) -> RotaBoard:
    received = _received(connection, project, day, kind) if rules.rota.order is Order.FEWEST_NEW else {}
    before = Before(received, _still_owed(connection, project, day, kind, rules))
    return folded(map(_event, rows), kind, rules.rota, now, before)


def _still_owed(
    connection: Connection, project: int, day: date, kind: RotaKind, rules: ReceptionRules
) -> Mapping[Any, Owes]:
    """The turns owed (补接) from the days before; one not made up for within `CARRIED` days lapses."""
    since = day - timedelta(days=CARRIED)
    left: Mapping[Any, Owes] = {}
    for _, rows in groupby(_rows(connection, project, since, day - timedelta(days=1)), key=lambda row: row.day):
        before = Before(owed=left)
        left = left_owed(folded(map(_event, rows), kind, rules.rota, before=before), before)
    return left


def _event(row: Any) -> RotaEvent:
    what = Happening(row.kind)
    return RotaEvent(
        row.at, row.person_id, what, RotaKind(row.rota), Away(row.detail) if what is Happening.AWAY else None,
        late=what is Happening.SIGN_IN and row.detail == "late", counts=row.counts,
    )


def _received(connection: Connection, project: int, day: date, kind: RotaKind) -> dict[int | str, int]:
    """How many new customers each has received this month before today."""
    rows = connection.execute(
        select(rota_event.c.person_id, func.count())
        .where(
            rota_event.c.project_id == project, rota_event.c.day >= day.replace(day=1), rota_event.c.day < day,
            rota_event.c.kind == Happening.NEW.value, rota_event.c.rota == kind.value,
        )
        .group_by(rota_event.c.person_id)
    )
    return {number: count for number, count in rows}  # noqa: C416


def _view(found: RotaBoard, day: date, people: dict[int, str], rows: list[Any]) -> RotaView:
    order = [entry.who for entry in upcoming(found)]
    places = {who: at for at, who in enumerate(order, 1)}
    left = {row.person_id: row.at for row in rows if row.kind == Happening.AWAY.value}
    lines = [_line(entry, people, places.get(entry.who, 0), left) for entry in found.round()]
    rank = {Status.FREE: 0, Status.SERVING: 1, Status.AWAY: 2, Status.OFF: 3}
    lines.sort(key=lambda line: (rank[line.status], line.place))
    here = {line.person for line in lines}
    return RotaView(found.kind, day, tuple(lines), tuple((n, name) for n, name in people.items() if n not in here))


def _line(entry: RotaEntry, people: dict[int, str], place: int, left: dict[int, datetime]) -> RotaLine:
    who = int(entry.who)
    since = entry.serving[0] if entry.serving else left.get(who) if entry.away else None
    return RotaLine(
        who, people.get(who, ""), entry.status, place, entry.owed, entry.taken, entry.away, since, len(entry.serving)
    )
