"""When a backup is due, and which of the old ones go."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.backup_plan import BackupPlan, is_due, outlived, plan_of
from salescenter.domain.refusals import FieldMalformed

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 31, 18, 0, tzinfo=CHINA)
PLAN = BackupPlan()
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))


def before(**time: float) -> datetime:
    return NOW - timedelta(**time)


@pytest.mark.parametrize(
    ("plan", "last", "closed", "due"),
    [
        (PLAN, None, None, True),
        (PLAN, before(hours=3.9), None, False),
        (PLAN, before(hours=4), None, True),
        (PLAN, before(hours=1), before(minutes=1), True),
        (PLAN, before(hours=1), before(hours=2), False),
        (PLAN, before(hours=-2), None, True),
        (BackupPlan(hours=0), before(days=9), None, False),
        (BackupPlan(hours=0), before(days=9), before(days=8), True),
    ],
)
def test_a_backup_is_due_by_the_hours_and_at_the_days_close(
    plan: BackupPlan, last: datetime | None, closed: datetime | None, due: bool
) -> None:
    assert is_due(plan, last, closed, NOW) is due


def test_a_year_of_backups_every_four_hours_leaves_days_weeks_and_months() -> None:
    made = [before(hours=4 * turn) for turn in range(365 * 6)]
    kept = sorted(set(made) - outlived(made, PLAN, NOW), reverse=True)
    assert kept[:6] == made[:6]  # the last 24 hours
    days = {at.date() for at in kept}
    assert {NOW.date() - timedelta(day) for day in range(14)} <= days
    assert {(at.year, at.month) for at in kept} == {(at.year, at.month) for at in made}
    assert len(kept) < 6 + 14 + 8 + 13


@given(st.lists(moments, min_size=1, max_size=60), st.integers(1, 20), st.integers(0, 10), st.integers(0, 30))
def test_rotation_keeps_the_newest_and_the_newest_of_each_day_and_loses_nothing_twice(
    made: list[datetime], days: int, weeks: int, months: int
) -> None:
    plan = BackupPlan(days=days, weeks=weeks, months=months)
    gone = outlived(made, plan, NOW)
    kept = set(made) - gone
    assert gone <= set(made)
    assert max(made) in kept
    assert all(NOW - at >= timedelta(hours=24) for at in gone)
    assert outlived(kept, plan, NOW) == frozenset()
    for day in sorted({at.date() for at in made}, reverse=True)[:days]:
        assert max(at for at in made if at.date() == day) in kept


@pytest.mark.parametrize(("name", "value"), [("hours", -1), ("hours", 169), ("days", 0), ("weeks", 105), ("months", 241)])
def test_what_no_house_can_want_is_refused(name: str, value: int) -> None:
    with pytest.raises(FieldMalformed) as refused:
        plan_of({name: value})
    assert refused.value.details["field"] == name


def test_a_plan_is_read_as_it_was_written_and_strangers_words_are_left_alone() -> None:
    plan = BackupPlan("D:\\kept", "E:\\kept", 2, 7, 4, 12)
    assert plan_of(plan.written() | {"colour": "green"}) == plan
    assert plan_of(None) == BackupPlan()
