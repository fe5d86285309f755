"""Log-ins that failed: kept in the house so that a restart forgets none, told to the history, lifted by a manager."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text, update

from salescenter.data import record
from salescenter.data.estate import project
from salescenter.data.staff import failed_log_in, person
from salescenter.data.weather import weather
from salescenter.domain.log_in import UNKNOWN, Failures, sum_of, wait_of
from salescenter.domain.refusals import LogInWaits, WrongPassword
from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed

FAILED = "log-in-failed"
"""The history's word for them; no step of anybody's, so it stands in no list of rights."""

_F = failed_log_in.c


# --- kept by the house


@dataclass(frozen=True, slots=True)
class InHouse:
    """Those of a house that compares passwords itself; `pc` is where somebody tries now."""

    engine: Engine
    pc: str

    def demand_turn(self, who: int, now: datetime) -> None:
        """Refuse with LogInWaits while a pause lasts."""
        with weather(self.engine), self.engine.connect() as line:
            if _keeps(line):
                demand_turn(_wait(line, who, self.pc, now))

    def note(self, who: int, now: datetime) -> int:
        """Note that one failed; returns the seconds until the next try."""
        told = who != UNKNOWN
        with self._writing() as line:
            if not _keeps(line):
                return 0
            failed = _of(line, (_F.person_id == who) & (_F.pc == self.pc)).one_more(now)
            values = {"count": failed.count, "last": now, "untold": 0 if told else 1}
            stmt = record.upsert(line, failed_log_in).values(person_id=who, pc=self.pc, **values)
            again = values | {"untold": 0 if told else _F.untold + 1}
            line.execute(stmt.on_conflict_do_update(index_elements=["person_id", "pc"], set_=again))
            if told:
                tell(line, who, self.pc, now, who, failed)
            return _wait(line, who, self.pc, now)

    def passed(self, who: int, now: datetime) -> None:
        """Forget what failed under this name, and tell what was tried here with names nobody has."""
        with weather(self.engine), self.engine.connect() as line:
            found = (
                ()
                if not _keeps(line)
                else line.execute(
                    select(_F.person_id, _F.untold, _F.last).where(
                        (_F.person_id == who) | ((_F.person_id == UNKNOWN) & (_F.pc == self.pc) & (_F.untold > 0))
                    )
                ).all()
            )
        if found:
            with self._writing() as line:
                line.execute(delete(failed_log_in).where(_F.person_id == who))
                for unknown in (row for row in found if row.person_id == UNKNOWN):
                    tell(line, who, self.pc, now, UNKNOWN, Failures(unknown.untold, unknown.last))
                    here = update(failed_log_in).where(_F.person_id == UNKNOWN, _F.pc == self.pc)
                    line.execute(here.values(untold=0))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with weather(self.engine), self.engine.connect().execution_options(writes=True) as line, line.begin():
            yield line


def _keeps(line: Connection) -> bool:
    """Say whether this house keeps the failures; where people have accounts of a server, its door keeps them.

    There nobody at a desk may write them: else anybody could keep a colleague out by failures that never were.
    """
    return line.dialect.name == "sqlite" or bool(line.scalar(_MAY_NOTE))


_MAY_NOTE = text("SELECT has_table_privilege('failed_log_in', 'INSERT')")


def demand_turn(seconds: int) -> None:
    """Refuse with LogInWaits where there is something to wait for."""
    if seconds:
        raise LogInWaits(wait=seconds)


def wrong(login: str, seconds: int) -> WrongPassword:
    """Return the refusal of a name and password that do not fit."""
    return WrongPassword(login=login, wait=seconds) if seconds else WrongPassword(login=login)


def _wait(line: Connection, who: int, pc: str, now: datetime) -> int:
    own = Failures() if who == UNKNOWN else _of(line, _F.person_id == who)
    return wait_of(own.standing(now), _of(line, _F.pc == pc).standing(now), now)


def _of(line: Connection, which: Any) -> Failures:
    rows = line.execute(select(_F["count"], _F.last).where(which))
    return sum_of(tuple(Failures(count, last) for count, last in rows))


def tell(line: Connection, teller: int, pc: str, now: datetime, about: int, failed: Failures) -> None:
    """Tell the history: how many, when last, under whose name; never what was typed."""
    last = None if failed.last is None else failed.last.isoformat(timespec="seconds")
    told = {"project_id": line.scalar(select(project.c.id).order_by(project.c.id).limit(1)), "at": now,
            "person_id": teller, "pc": pc, "step": FAILED, "subject": "log-in", "subject_id": about,
            "before": None, "after": {"count": failed.count, "last": last},
            "unit_id": None, "deal_id": None, "customer_id": None}  # fmt: skip
    record.write_notes(line, [told])


# --- what a manager sees and may do


@dataclass(frozen=True, slots=True)
class FailedRow:
    """Log-ins that failed under one name ("" for names nobody has) at one PC; `wait` in seconds from now."""

    person: int
    name: str
    pc: str
    count: int
    last: datetime
    wait: int


@dataclass(frozen=True, slots=True)
class LiftRequest:
    """Let somebody (0: names nobody has) try again at once at a PC."""

    person: int
    pc: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Lifted:
    """So many failures count no more."""

    count: int


def failed(desk: Desk, now: datetime) -> tuple[FailedRow, ...]:
    """List what failed in a row and still counts, the newest first; for whoever may change the settings."""
    demand(desk.who.role, Step.EDIT_SETTINGS)
    stmt = (
        select(_F.person_id, person.c.name, _F.pc, _F["count"], _F.last)
        .outerjoin(person, person.c.id == _F.person_id).order_by(_F.last.desc())
    )  # fmt: skip
    with desk.reading() as line:
        rows = [row for row in line.execute(stmt).all() if Failures(row[3], row[4]).standing(now).count]
        return tuple(FailedRow(row[0], row[1] or "", *row[2:], wait=_wait(line, row[0], row[2], now)) for row in rows)


@deed(Step.EDIT_SETTINGS, Lifted)
def lift(work: Work, asked: LiftRequest) -> Lifted:
    """Forget failures, so that whoever waits may try again at once."""
    which = (_F.person_id == asked.person) & (_F.pc == asked.pc)
    before = work.connection.execute(select(_F["count"]).where(which)).scalar() or 0
    work.connection.execute(delete(failed_log_in).where(which))
    work.note(Step.EDIT_SETTINGS, "log-in", asked.person, before={"count": before, "pc": asked.pc}, after={"count": 0})
    return Lifted(before)
