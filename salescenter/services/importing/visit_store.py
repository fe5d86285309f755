"""Shows what a drafted ledger would put on record, and does it: all lines in one transaction, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from salescenter.data.customer_phones import batches, having
from salescenter.data.customers import customer
from salescenter.data.staff import person
from salescenter.data.types import millis
from salescenter.data.visits import visit
from salescenter.domain.import_terms import BadRow, Stage
from salescenter.domain.refusals import BadRowsRemain
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services.importing.memory import keep_taught
from salescenter.services.importing.rows import VisitRow
from salescenter.services.importing.visit_draft import VisitDraft
from salescenter.services.importing.watch import UNWATCHED, Watch
from salescenter.services.past_visits import PastVisit, record_past
from salescenter.services.work import Desk

CHUNK = 2_000
"""So many lines are put on record between two looks at whether the user stopped."""


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What an import of a ledger would do.

    new: customers that would be made; known: lines of customers on record; repeated: lines on record already;
    unknown_consultants: names nobody here has, whose lines go to nobody; bad: lines that stop the import.
    """

    draft: VisitDraft
    visits: tuple[PastVisit, ...]
    new: int
    known: int
    repeated: int
    unknown_consultants: tuple[str, ...]
    bad: tuple[BadRow, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing at all would be done."""
        return self.repeated == len(self.visits)


@dataclass(frozen=True, slots=True)
class VisitResult:
    """What an import of a ledger put on record."""

    customers: int
    visits: int
    repeated: int
    flagged: int
    left_out: int


def plan_visits(desk: Desk, draft: VisitDraft) -> VisitPlan:
    """Compare a drafted ledger with what is on record."""
    with desk.reading() as connection:
        people = _consultants(connection)
        known = _known_people(connection, desk.project, {said for row in draft.rows for said in _known_by(row)})
        met = _met(connection, set(known.values()))
    fresh: set[str] = set()
    repeated = of_known = 0
    for row in draft.rows:
        numbers = {known[said] for said in _known_by(row) if said in known}
        if any((number, row.kind.value, millis(row.at)) in met for number in numbers):
            repeated += 1
        elif numbers:
            of_known += 1
        else:
            fresh.add(_known_by(row)[0])
    return VisitPlan(
        draft=draft,
        visits=tuple(_past(row, people) for row in draft.rows),
        new=len(fresh),
        known=of_known,
        repeated=repeated,
        unknown_consultants=tuple(sorted({row.consultant for row in draft.rows if row.consultant} - people.keys())),
        bad=draft.bad,
    )


def carry_out_visits(
    desk: Desk, plan: VisitPlan, now: datetime, watch: Watch = UNWATCHED, *, leave_out: bool = False
) -> VisitResult:
    """Put a planned ledger on record; refuses while lines are bad, unless `leave_out` says to go on without them."""
    demand(desk.who.role, Step.IMPORT)
    if plan.bad and not leave_out:
        raise BadRowsRemain(count=len({bad.row for bad in plan.bad}))
    left_out = len({bad.row for bad in plan.bad})
    if plan.empty:
        keep_taught(desk, plan.draft.mapping, now)
        return VisitResult(0, 0, plan.repeated, 0, left_out)
    in_time = sorted(plan.visits, key=lambda one: one.at)
    customers = visits = repeated = flagged = 0
    with desk.working(now, step=Step.IMPORT) as work:
        for start in range(0, len(in_time), CHUNK):
            watch.step(start, len(in_time), Stage.STORE)
            done = record_past(work, in_time[start : start + CHUNK])
            customers, visits = customers + done.customers, visits + done.visits
            repeated, flagged = repeated + done.repeated, flagged + done.flagged
        keep_taught(desk, plan.draft.mapping, now, within=work)
        watch.step(1, 1, Stage.STORE)
    return VisitResult(customers, visits, repeated, flagged, left_out)


def _past(row: VisitRow, people: dict[str, int]) -> PastVisit:
    return PastVisit(
        at=row.at, kind=row.kind, name=row.name, phone="、".join(row.phones), sex=row.sex,
        consultant=people.get(row.consultant), channel=row.channel, party=row.party, level=row.level,
        answers=row.answers, note=row.note, id_number=row.id_number, address=row.address,
    )  # fmt: skip


def _consultants(connection: Connection) -> dict[str, int]:
    rows = connection.execute(select(person.c.name, person.c.id).order_by(person.c.active, person.c.id.desc()))
    return {name: id_ for name, id_ in rows}  # noqa: C416  of two with one name the first still here


def _known_by(row: VisitRow) -> tuple[str, ...]:
    """What a line's customer is known by: the phones, else the name."""
    return row.phones or (row.name,)


def _known_people(connection: Connection, project: int, said: Iterable[str]) -> dict[str, int]:
    phoneless = (customer.c.project_id == project, customer.c.phone_shown == "")
    unknown = select(customer.c.id, customer.c.name).where(*phoneless)
    found: dict[str, int] = {}
    for some in batches(sorted(said)):
        known = having(connection, project, some).subquery("known")
        by_phone = select(known.c.customer, known.c.digits).order_by(known.c.line.desc())
        by_name = unknown.where(customer.c.name.in_(some)).order_by(customer.c.id.desc())
        for asked in (by_phone, by_name):
            found |= {words: number for number, words in connection.execute(asked)}
    return found


def _met(connection: Connection, numbers: Iterable[int]) -> set[tuple[int, str, int]]:
    found = set()
    for some in batches(sorted(numbers)):
        query = select(visit.c.customer_id, visit.c.kind, visit.c.at).where(visit.c.customer_id.in_(some))
        found |= {(number, kind, millis(at)) for number, kind, at in connection.execute(query)}
    return found
