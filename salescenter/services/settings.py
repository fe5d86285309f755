"""The project's settings: dated values, the newest in force wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select

from salescenter.data.estate import project, setting
from salescenter.data.record import upsert
from salescenter.data.trips import Question
from salescenter.domain.house_rules import HouseRules, with_settings
from salescenter.domain.money import Rounding
from salescenter.domain.refusals import FieldMalformed
from salescenter.domain.rule_limits import demand_sound
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed


def values(connection: Connection, project_id: int, day: date) -> dict[str, Any]:
    """Return every setting in force on a day."""
    rows = connection.execute(*to_values(project_id, day))
    return {name: value for name, value in rows}  # noqa: C416  rows are not pairs to dict()


def to_values(project_id: int, day: date) -> Question:
    """Return the question for every setting in force on a day."""
    return _IN_FORCE, {"project": project_id, "day": day}


_IN_FORCE = (
    select(setting.c.name, setting.c.value)
    .where(setting.c.project_id == bindparam("project"), setting.c.since <= bindparam("day"))
    .order_by(setting.c.since)
)


def house_rules(connection: Connection, project_id: int, day: date) -> HouseRules:
    """Return the house's rules in force on a day."""
    return with_settings(HouseRules(), values(connection, project_id, day))


def kept_now(work: Work) -> Mapping[str, Any]:
    """Return every setting in force today; a work reads them once."""
    if work.settings is None:
        work.settings = values(work.connection, work.project, work.today)
    return work.settings


def rules_now(work: Work) -> HouseRules:
    """Return the house's rules in force today."""
    return with_settings(HouseRules(), kept_now(work))


def rules_of(desk: Desk, day: date) -> HouseRules:
    """Return the house's rules for a screen."""
    with desk.reading() as connection:
        return house_rules(connection, desk.project, day)


def rounding_of(connection: Connection, project_id: int) -> Rounding:
    """Return how the project rounds a total."""
    return Rounding(connection.scalar(_ROUNDING, {"project": project_id}) or "fen")


_ROUNDING = select(project.c.rounding).where(project.c.id == bindparam("project"))


@dataclass(frozen=True, slots=True)
class SettingRequest:
    """A new value for a setting, in force from a day."""

    name: str
    value: Any
    since: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class SettingKept:
    """The setting was kept."""

    name: str


@deed(Step.EDIT_SETTINGS, SettingKept)
def change(work: Work, asked: SettingRequest) -> SettingKept:
    """Keep a dated setting; the same day's value is replaced, earlier ones stay."""
    _check(asked)
    before = values(work.connection, work.project, asked.since).get(asked.name)
    put(work, asked.name, asked.value, asked.since)
    work.note(Step.EDIT_SETTINGS, "setting", work.project, before={asked.name: before}, after={asked.name: asked.value})
    return SettingKept(asked.name)


@dataclass(frozen=True, slots=True)
class SettingsRequest:
    """New values (plain JSON) for some settings at once, all in force from one day."""

    values: Mapping[str, Any]
    since: date
    key: str = ""


@dataclass(frozen=True, slots=True)
class SettingsKept:
    """So many settings were kept."""

    count: int


@dataclass(frozen=True, slots=True)
class Dated:
    """One value of a setting and the day from which it is in force."""

    name: str
    since: date
    value: Any


@deed(Step.EDIT_SETTINGS, SettingsKept)
def change_all(work: Work, asked: SettingsRequest) -> SettingsKept:
    """Keep some settings together, all or none; refuses house rules outside their limits."""
    before = values(work.connection, work.project, asked.since)
    changed = {name: value for name, value in asked.values.items() if before.get(name, _NOTHING) != value}
    demand_sound(with_settings(HouseRules(), before | changed), changed.keys())
    for name, value in changed.items():
        put(work, name, value, asked.since)
    if changed:
        old = {name: before.get(name) for name in changed}
        after = {**changed, "since": asked.since.isoformat()}
        work.note(Step.EDIT_SETTINGS, "setting", work.project, before=old, after=after)
    return SettingsKept(len(changed))


def put(work: Work, name: str, value: Any, since: date) -> None:
    """Write a dated value within open work; the same day's is replaced."""
    work.settings = None
    stmt = upsert(work.connection, setting).values(project_id=work.project, name=name, since=since, value=value)
    work.connection.execute(
        stmt.on_conflict_do_update(index_elements=["project_id", "name", "since"], set_={"value": stmt.excluded.value})
    )


def in_force(desk: Desk, day: date, names: Sequence[str]) -> dict[str, Any]:
    """Some settings as they are kept on a day, for a screen; those never set are left out."""
    with desk.reading() as connection:
        kept = values(connection, desk.project, day)
    return {name: kept[name] for name in names if name in kept}


def dated(desk: Desk, names: Sequence[str]) -> tuple[Dated, ...]:
    """Every value that some settings had, have or will have, newest first."""
    stmt = (
        select(setting.c.name, setting.c.since, setting.c.value)
        .where(setting.c.project_id == desk.project, setting.c.name.in_(list(names)))
        .order_by(setting.c.since.desc(), setting.c.name)
    )
    with desk.reading() as connection:
        return tuple(Dated(*row) for row in connection.execute(stmt))


_NOTHING = object()


@dataclass(frozen=True, slots=True)
class RoundingRequest:
    """How totals are rounded from now on."""

    how: Rounding
    key: str = ""


@deed(Step.EDIT_SETTINGS, SettingKept)
def round_totals(work: Work, asked: RoundingRequest) -> SettingKept:
    """Change how the project rounds totals; existing deals keep what was signed."""
    before = rounding_of(work.connection, work.project)
    work.connection.execute(project.update().where(project.c.id == work.project).values(rounding=asked.how.value))
    work.note(
        Step.EDIT_SETTINGS, "setting", work.project,
        before={"rounding": before.value}, after={"rounding": asked.how.value},
    )  # fmt: skip
    return SettingKept("rounding")


def _check(asked: SettingRequest) -> None:
    """Refuse a value the house's rules could not read: every later deed would stumble over it."""
    try:
        with_settings(HouseRules(), {asked.name: asked.value})
    except (ValueError, TypeError, ArithmeticError) as trouble:
        raise FieldMalformed(field=asked.name, value=asked.value, why="not-a-number") from trouble
