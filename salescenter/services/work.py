"""A desk and its work: one deed is one transaction, told to the history, answered once."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from functools import update_wrapper
from typing import Any, Generic, Protocol, TypeVar, get_type_hints

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, ProgrammingError

from salescenter.data import record, trips
from salescenter.data.again import persist
from salescenter.data.promises import Promises
from salescenter.data.scope import eyes
from salescenter.data.stock import Shifts, add_shifts
from salescenter.data.types import CHINA
from salescenter.data.weather import weather
from salescenter.domain.errors import Refusal
from salescenter.domain.led_out import RoleChanged, TakenOffTheList
from salescenter.domain.money import Money
from salescenter.domain.staff import Person, Role, demand
from salescenter.domain.units import Step
from salescenter.services.printable import check_request, composed


class Asked(Protocol):
    """What every request carries: a key made once per press of the button; empty for scripts."""

    @property
    def key(self) -> str: ...


A = TypeVar("A", bound=Asked)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at one PC, working on one project of one database."""

    engine: Engine
    who: Person
    project: int
    pc: str = field(default_factory=platform.node)

    def on(self, project: int) -> Desk:
        """Return the same desk, working on another project of the house."""
        return replace(self, project=project)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Only read, and see what this person may see; a file is read as it stood at the first question."""
        with weather(self.engine), eyes(self.engine, self.who).connect() as connection:
            yield trips.each_alone(connection)

    @contextmanager
    def working(
        self, now: datetime, key: str = "", line: str = "", soon: Iterable[trips.Question] = (), *,
        step: Step | None = None, promising: bool = False, fence: trips.Question | None = None,
    ) -> Iterator[Work]:
        """Open the one transaction of a deed; anything raised inside leaves no trace.

        Whoever is no longer on the house's list, or has another role there than at this desk, is refused, unless
        the key was answered before. Works of one `line` go one after the other. What the work is known to ask `soon`
        travels with its beginning. A server holds the work to what its `step` may write, and without one to telling the
        history (`domain.doors`). A `promising` work takes its numbers with the message that ends it. Behind a `fence` a
        server does nothing for whom it stops.
        """
        told = weather(self.engine, works=True)
        with told, self.engine.connect() as open_, open_.execution_options(writes=True).begin():
            trips.begin(open_)
            if fence is not None:
                trips.fence(open_, fence)
            found = record.enter(open_, self.who.id, step or "", key, line, soon)
            if found.earlier is None:
                _demand_listed(self.who, found.role)
            may_promise = promising and open_.dialect.name != "sqlite"
            work = Work(open_, self, now, found.revision, found.earlier, may_promise)
            yield work
            work.write_record()
            work.promises = trips.finish(open_)


@dataclass(slots=True)
class Work:
    """What a deed works with while its transaction is open."""

    connection: Connection
    desk: Desk
    now: datetime
    revision: int
    earlier: Mapping[str, Any] | None = None  # what this work's key was answered before
    promising: bool = False  # numbers are taken as the work ends, and words stand for them until then
    promises: Promises = field(default_factory=Promises)
    told: datetime | None = None  # when the history is told, where that is later than what it tells
    _notes: list[dict[str, Any]] = field(default_factory=list)
    _counts: list[record.Count] = field(default_factory=list)
    _queued: bool = False
    stock: Shifts = field(default_factory=Shifts)  # whatever writes units says so here
    settings: Mapping[str, Any] | None = None  # the project's, in force today, once they were read

    @property
    def today(self) -> date:
        """The house's calendar day."""
        return self.now.astimezone(CHINA).date()

    @property
    def project(self) -> int:
        """The project the desk works on."""
        return self.desk.project

    def at_the_time(self, moment: datetime) -> Work:
        """Return the same work as of an earlier moment, for what happened then; the history is told now."""
        return replace(self, now=moment, told=self.told or self.now, settings=None)

    def note(
        self, step: Step, subject: str, subject_id: int, *, before: object = None, after: object = None,
        unit: int | None = None, deal: int | None = None, customer: int | None = None,
    ) -> None:  # fmt: skip
        """Tell the history: who did which step to what, with old and new values (JSON-able)."""
        told = {"step": step.value, "subject": subject, "subject_id": subject_id, "before": before, "after": after}
        about = {"unit_id": unit, "deal_id": deal, "customer_id": customer}
        at = self.told or self.now
        who = {"project_id": self.project, "at": at, "person_id": self.desk.who.id, "pc": self.desk.pc}
        self._notes.append(who | told | about)

    def count(
        self, figure: str, *parts: str, count: int = 0, fen: int = 0, area: int = 0, day: date | None = None
    ) -> None:
        """Add to a daily figure, in the whole and in each part named (`p:7` person, `b:3` building, `c:channel`)."""
        on = day or self.today
        self._counts += [record.Count(figure, part, on, count, fen, area) for part in ("", *parts)]

    def next_number(self, series: str, prefix: str, digits: int) -> str:
        """Take the next number of a gapless series, written with a prefix and at least so many digits."""
        if self.promising:
            self.queue_up()
            return record.promise_number(self.connection, self.project, series, (prefix, digits))
        return f"{prefix}{record.next_in_series(self.connection, self.project, series):0{digits}d}"

    def queue_up(self) -> None:
        """Before writing what everybody writes: wait, with the message that ends the work, until it is our turn."""
        if not self._queued:
            record.queue_up(self.connection, self.project)
        self._queued = True

    def write_record(self) -> None:
        """Write history and roll-ups at the end, each as one statement."""
        record.write_notes(self.connection, self._notes)
        if self._counts:
            self.queue_up()
        record.add_counts(self.connection, self.project, self._counts)
        add_shifts(self.connection, self.project, self.stock)


class Deed(Generic[A, R]):
    """A step of the house as a function of a desk: role checked, one transaction, each key answered once.

    The answer is a frozen dataclass of ints, strings, bools and Money. The same key again returns the first
    answer and does nothing: after a lost connection the user may press again.
    """

    def __init__(self, step: Step, answer: type[R], within: Callable[[Work, A], R], line: str = "") -> None:
        self.step = step
        self._line = line
        self.within = within  # the same step inside work that is already open
        self._answer = answer
        self._soon: Callable[[Desk, A, datetime], Iterable[trips.Question]] = lambda *_: ()
        self._fence: Callable[[A, datetime], trips.Question | None] = lambda *_: None
        self._late: Callable[[Mapping[str, Any]], Refusal]
        update_wrapper(self, within)

    def __call__(self, desk: Desk, asked: A, now: datetime) -> R:
        """Do the step in a transaction of its own; when the line breaks, ask with the same key what became of it."""
        demand(desk.who.role, self.step)
        asked = composed(asked)
        check_request(asked)
        return persist(lambda: self._once(desk, asked, now), answered_once=bool(asked.key))

    def asks(
        self, soon: Callable[[Desk, A, datetime], Iterable[trips.Question]],
        fence: Callable[[A, datetime], trips.Question | None], late: Callable[[Mapping[str, Any]], Refusal],
    ) -> None:  # fmt: skip
        """Name what the step is known to ask first, so that a server is asked it all at once; saves time, no more.

        The `fence` stands before all of it; what it tells whom it stops is a refusal, `late`. Where another fence
        stops the step, it is done step by step, to be told why.
        """
        self._soon, self._fence, self._late = soon, fence, late

    def _once(self, desk: Desk, asked: A, now: datetime) -> R:
        """Do it in as few messages as there can be."""
        try:
            return self._work(desk, asked, now, self._soon(desk, asked, now), self._fence(asked, now), promising=True)
        except (DataError, ProgrammingError) as trouble:
            if not (trips.is_stopped(trouble) or trips.is_forbidden(trouble)):
                raise
            told = trips.told_by_fence(trouble)
        if told is not None:
            raise self._late(told)
        return self._work(desk, asked, now)

    def _work(
        self, desk: Desk, asked: A, now: datetime, soon: Iterable[trips.Question] = (),
        fence: trips.Question | None = None, *, promising: bool = False,
    ) -> R:  # fmt: skip
        how: Any = {"step": self.step, "promising": promising, "fence": fence}
        with desk.working(now, asked.key, self._line, soon, **how) as work:
            if work.earlier is not None:
                return _read_answer(self._answer, work.earlier)
            given = self.within(work, asked)
            if asked.key:
                record.keep_answer(work.connection, asked.key, self.step.value, _write_answer(given), now)
        return _filled(given, work.promises)


def deed(step: Step, answer: type[R], line: str = "") -> Callable[[Callable[[Work, A], R]], Deed[A, R]]:
    """Make a function of open work into a deed; deeds of one `line` go one after the other."""

    def make(body: Callable[[Work, A], R]) -> Deed[A, R]:
        return Deed(step, answer, body, line)

    return make


def _demand_listed(who: Person, role: str | None) -> None:
    """Refuse whoever was taken off the list, or given another role, since they logged in at this desk."""
    if role is None:
        raise TakenOffTheList(name=who.name)
    if role != who.role:
        raise RoleChanged(name=who.name, role=Role(role), was=who.role)


def _write_answer(given: object) -> dict[str, Any]:
    return {name: value.fen if isinstance(value, Money) else value for name, value in _values(given).items()}


def _values(given: object) -> dict[str, Any]:
    assert is_dataclass(given)
    return {f.name: getattr(given, f.name) for f in fields(given)}


def _filled(given: R, promises: Promises) -> R:
    """Put into an answer what the server said for the words in it."""
    if not promises.kept:
        return given
    texts = {name: promises.fill(value) for name, value in _values(given).items() if isinstance(value, str)}
    return replace(given, **texts)  # type: ignore[type-var]


def _read_answer(answer: type[R], kept: Any) -> R:
    hints = get_type_hints(answer)
    return answer(**{name: Money(value) if hints[name] is Money else value for name, value in kept.items()})
