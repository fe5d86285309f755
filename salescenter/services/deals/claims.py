"""Claiming a unit: what it really is now, whether the step is allowed, and the one change that takes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam, select

from salescenter.data import units
from salescenter.data.deals import hold as holds
from salescenter.data.staff import person
from salescenter.data.trips import Question
from salescenter.data.types import CHINA, millis, moment_of
from salescenter.domain.refusals import NotFound, TakenMeanwhile
from salescenter.domain.units import Step, UnitState, after, state_now
from salescenter.services.work import Deed, Desk, Work


@dataclass(frozen=True, slots=True)
class Claimed:
    """A unit as a deed found it, and the state the step leads to."""

    row: Any  # the unit's whole row
    state: UnitState  # what it really was: an expired hold counts as for sale
    then: UnitState  # where the step leads

    @property
    def id(self) -> int:
        """The unit's key."""
        return int(self.row.id)


@dataclass(frozen=True, slots=True)
class Took:
    """A step on a unit is done."""

    unit: int
    revision: int


def look(work: Work, unit_id: int, seen: int, step: Step) -> Claimed:
    """Read the unit and refuse what the table of its life refuses, or what another desk changed meanwhile."""
    row = units.as_seen(work.connection, unit_id, seen) or units.by_id(work.connection, unit_id)
    if row is None or row.project_id != work.project:
        raise NotFound(what="unit", sought=unit_id)
    if row.revision != seen:
        raise taken(work, row)
    state = state_of(row, work.now)
    return Claimed(row, state, after(state, step))


def state_of(row: Any, now: datetime) -> UnitState:
    """Return the state a unit's row really is in at a moment."""
    return state_now(row.state, millis(row.until) if row.until else 0, millis(now))


class OfOneUnit(Protocol):
    """A request for a step on one unit, as the screen showed it."""

    @property
    def unit(self) -> int: ...
    @property
    def seen(self) -> int: ...
    @property
    def key(self) -> str: ...


def ask_first(*deeds: Deed[Any, Any]) -> None:
    """Let steps on one unit learn with their first message whether they came too late."""
    for one in deeds:
        one.asks(to_unit, claim, late)


def claim(asked: OfOneUnit, now: datetime) -> Question:
    """The fence a step on one unit begins with."""
    return units.to_claim(asked.unit, asked.seen, asked.key, now)


def to_unit(_desk: Desk, asked: OfOneUnit, _now: datetime) -> Iterable[Question]:
    """The unit for this work alone."""
    return (units.to_as_seen(asked.unit, asked.seen),)


def late(told: Mapping[str, Any]) -> TakenMeanwhile:
    """The refusal a server's fence tells of."""
    at = moment_of(told["at"]) if told["at"] else None
    return TakenMeanwhile(
        unit=told["unit"], by=told["by"] or "", at=at, step=told["step"] or "", state=UnitState(told["state"]),
        free=tuple(told["free"]),
    )  # fmt: skip


def taken(work: Work, row: Any) -> TakenMeanwhile:
    """Say who was faster, when, and with what; and what is free beside the unit."""
    beside = units.free_near(work.connection, row.id, work.now)
    by, at, step = units.last_touch(work.connection, row.id) or ("", None, "")
    return TakenMeanwhile(unit=row.code, by=by, at=at, step=step, state=UnitState(row.state), free=beside)


def take(work: Work, unit: Claimed, **values: Any) -> Took:
    """Change the unit, which nobody can have changed since `look`, and write down how it stands from now on."""
    fresh = {"state": int(unit.then), "since": work.today, **values}
    units.change(work.connection, unit.id, unit.row.revision, work.revision, **fresh)
    units.remember(work.connection, [unit.id], work.now)
    work.stock.change(unit.row, fresh)
    return Took(unit.id, work.revision)


_HOLD = (
    select(holds, person.c.name.label("by_name"))
    .join(person, person.c.id == holds.c.by_id)
    .where(holds.c.unit_id == bindparam("unit"), holds.c.ended.is_(None))
    .order_by(holds.c.id.desc())
)


def standing_hold(work: Work, unit_id: int) -> Any | None:
    """Return the hold that stands on a unit, with the name of who made it."""
    return work.connection.execute(_HOLD, {"unit": unit_id}).first()


def parts(unit: Claimed, *people: int) -> tuple[str, ...]:
    """Name the parts of the daily figures this unit and these people belong to."""
    return (f"b:{unit.row.building_id}", f"u:{unit.row.use}", *(f"p:{person}" for person in people))


def free(row: Any) -> dict[str, Any]:
    """What a unit's columns say once no deal and no hold is left on it."""
    return {"until": None, "deal_id": None, "buyer": "", "total": row.list_total}


def end_of_day(day: datetime) -> datetime:
    """The last moment of a day on the house's clock."""
    return day.astimezone(CHINA).replace(hour=23, minute=59, second=59, microsecond=0)
