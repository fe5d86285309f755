"""The project's settings: dated values, the newest in force wins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from salescenter.data.estate import project, setting
from salescenter.data.record import upsert
from salescenter.domain.house_rules import HouseRules, with_settings
from salescenter.domain.money import Rounding
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work, deed


def values(connection: Connection, project_id: int, day: date) -> dict[str, Any]:
    """Return every setting in force on a day."""
    rows = connection.execute(
        select(setting.c.name, setting.c.value)
        .where(setting.c.project_id == project_id, setting.c.since <= day)
        .order_by(setting.c.since)
    )
    return {name: value for name, value in rows}  # noqa: C416  rows are not pairs to dict()


def house_rules(connection: Connection, project_id: int, day: date) -> HouseRules:
    """Return the house's rules in force on a day."""
    return with_settings(HouseRules(), values(connection, project_id, day))


def rules_of(desk: Desk, day: date) -> HouseRules:
    """Return the house's rules for a screen."""
    with desk.reading() as connection:
        return house_rules(connection, desk.project, day)


def rounding_of(connection: Connection, project_id: int) -> Rounding:
    """Return how the project rounds a total."""
    return Rounding(connection.scalar(select(project.c.rounding).where(project.c.id == project_id)) or "fen")


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
    before = values(work.connection, work.project, asked.since).get(asked.name)
    stmt = upsert(work.connection, setting).values(
        project_id=work.project, name=asked.name, since=asked.since, value=asked.value
    )
    work.connection.execute(
        stmt.on_conflict_do_update(index_elements=["project_id", "name", "since"], set_={"value": stmt.excluded.value})
    )
    work.note(Step.EDIT_SETTINGS, "setting", work.project, before={asked.name: before}, after={asked.name: asked.value})
    return SettingKept(asked.name)


def change_rounding(desk: Desk, how: Rounding, now: datetime) -> None:
    """Change how the project rounds totals; existing deals keep what was signed."""
    with desk.working(now) as work:
        work.connection.execute(project.update().where(project.c.id == work.project).values(rounding=how.value))
        work.note(Step.EDIT_SETTINGS, "setting", work.project, after={"rounding": how.value})
