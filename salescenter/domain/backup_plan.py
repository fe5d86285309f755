"""When a backup is made by itself (自动备份), and which of the old ones are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from salescenter.domain.refusals import FieldMalformed

LIMITS = {"hours": (0, 168), "days": (1, 366), "weeks": (0, 104), "months": (0, 240)}
"""The least and the most each number may be."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What the house wants of its backups.

    folder: where they go, empty for the folder `backups` beside the database. second: another disk each is copied
    to, empty for none. hours: between two while the program is open; 0: only at each day's close (日结). days, weeks,
    months: of so many the newest is kept; everything of the last 24 hours is kept too.
    """

    folder: str = ""
    second: str = ""
    hours: int = 4
    days: int = 14
    weeks: int = 8
    months: int = 24

    def __post_init__(self) -> None:
        """Refuse with FieldMalformed what no house can want."""
        for name, (least, most) in LIMITS.items():
            if not least <= (value := getattr(self, name)) <= most:
                raise FieldMalformed(field=name, value=value, why=f"{least}-{most}")

    def written(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return asdict(self)


def plan_of(kept: object) -> BackupPlan:
    """Read a plan from plain JSON; what it does not know is left alone, what is not told is as usual."""
    told = kept if isinstance(kept, dict) else {}
    return BackupPlan(**{one.name: told[one.name] for one in fields(BackupPlan) if one.name in told})


def is_due(plan: BackupPlan, last: datetime | None, closed: datetime | None, now: datetime) -> bool:
    """Say whether a backup is due: none yet, a day was closed since the last, or the hours are over.

    A last one that lies in the future (a clock was set back) counts as none.
    """
    if last is None or last > now or (closed is not None and closed > last):
        return True
    return bool(plan.hours) and now - last >= timedelta(hours=plan.hours)


def outlived(made: Iterable[datetime], plan: BackupPlan, now: datetime) -> frozenset[datetime]:
    """Return which backups need not be kept any longer: never the newest, never one of the last 24 hours."""
    newest_first = sorted(set(made), reverse=True)
    kept = {at for at in newest_first if now - at < timedelta(hours=24)} | set(newest_first[:1])
    for period, count in ((_day, plan.days), (_week, plan.weeks), (_month, plan.months)):
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(period(at), at)
        kept.update(list(newest.values())[:count])
    return frozenset(newest_first) - kept


def _day(at: datetime) -> object:
    return at.date()


def _week(at: datetime) -> object:
    return at.isocalendar()[:2]


def _month(at: datetime) -> object:
    return at.year, at.month
