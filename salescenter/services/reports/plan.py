"""The plan of collection (回款计划): what a manager means to receive each month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from salescenter.domain.money import Money
from salescenter.services.reports.collection import PLAN
from salescenter.services.settings import SettingRequest, change, values
from salescenter.services.work import Desk

ALWAYS = date(2000, 1, 1)
"""The plan names its months itself, so the setting is one and in force from the beginning."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """The plan of a year: month (1 to 12) to amount; a month left out has no plan."""

    year: int
    months: Mapping[int, Money]
    key: str = ""


def plan_of(desk: Desk, year: int) -> dict[int, Money]:
    """Return the plan of a year by month."""
    with desk.reading() as connection:
        kept = values(connection, desk.project, date(year, 12, 31)).get(PLAN) or {}
    return {int(month[5:]): Money(int(fen)) for month, fen in kept.items() if int(month[:4]) == year}


def keep_plan(desk: Desk, asked: PlanRequest, now: datetime) -> None:
    """Keep the plan of a year; other years stay as they are. Refuses who may not change settings."""
    with desk.reading() as connection:
        kept = values(connection, desk.project, date(asked.year, 12, 31)).get(PLAN) or {}
    others = {month: fen for month, fen in kept.items() if int(month[:4]) != asked.year}
    fresh = {f"{asked.year}-{month:02d}": amount.fen for month, amount in sorted(asked.months.items())}
    change(desk, SettingRequest(PLAN, others | fresh, ALWAYS, asked.key), now)
