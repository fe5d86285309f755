"""The wait after log-ins that failed: it grows, it ends, and it is forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.log_in import (
    FORGOTTEN_AFTER,
    FREE_AT_PC,
    FREE_FOR_PERSON,
    LONGEST_PAUSE,
    Failures,
    sum_of,
    wait,
    wait_of,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def after(count: int) -> Failures:
    return Failures(count, NOON)


def test_the_first_failures_cost_nothing_and_then_the_wait_doubles() -> None:
    assert [wait(after(count), FREE_FOR_PERSON, NOON) for count in range(1, 13)] == [
        0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900,
    ]  # fmt: skip


@given(st.integers(0, 10**9))
def test_nobody_ever_waits_longer_than_the_longest_pause(count: int) -> None:
    assert 0 <= wait(after(count), FREE_FOR_PERSON, NOON) <= LONGEST_PAUSE.total_seconds()
    assert wait(after(count), FREE_FOR_PERSON, NOON + LONGEST_PAUSE) == 0


def test_the_wait_runs_down_and_a_clock_put_back_keeps_nobody_out() -> None:
    failed = after(8)
    assert wait(failed, FREE_FOR_PERSON, NOON + timedelta(seconds=100)) == 60
    assert wait(failed, FREE_FOR_PERSON, NOON - timedelta(days=365)) == 0
    assert wait(failed, FREE_FOR_PERSON, NOON - timedelta(milliseconds=1)) == 160  # databases round to milliseconds


def test_failures_of_yesterday_count_no_more() -> None:
    assert after(9).standing(NOON + FORGOTTEN_AFTER) == after(9)
    later = NOON + FORGOTTEN_AFTER + timedelta(seconds=1)
    assert after(9).standing(later) == Failures()
    assert after(9).one_more(later) == Failures(1, later)


def test_a_pc_may_fail_more_often_than_one_person_and_the_longer_wait_counts() -> None:
    assert wait_of(Failures(), after(FREE_AT_PC - 1), NOON) == 0
    assert wait_of(Failures(), after(FREE_AT_PC), NOON) == 5
    assert wait_of(after(6), after(FREE_AT_PC), NOON) == 40


def test_several_failures_are_added_up_to_the_last_of_them() -> None:
    assert sum_of(()) == Failures()
    assert sum_of((after(2), Failures(3, NOON + timedelta(hours=1)))) == Failures(5, NOON + timedelta(hours=1))
