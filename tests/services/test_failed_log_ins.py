"""Log-ins that failed, on both databases: the wait outlives the program, the history knows, a manager lifts it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from salescenter.data.history import history
from salescenter.data.staff import failed_log_in, person
from salescenter.domain.log_in import UNKNOWN
from salescenter.domain.refusals import LogInWaits, NotYours, WrongPassword
from salescenter.services import failed_log_ins
from salescenter.services.failed_log_ins import FAILED, LiftRequest, failed, lift
from salescenter.services.house import House, hashed, open_house
from tests.houses import Estate

GUESS = "not-it-123"


@pytest.fixture
def clock(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> Estate:
    """A house with one password, whose clock the test moves."""
    estate.put(update(person).where(person.c.login == "a").values(password=hashed("open sesame")))
    monkeypatch.setattr(House, "now", lambda _: estate.now)
    return estate


def fails(estate: Estate, login: str = "a", times: int = 1) -> dict[str, Any]:
    for _ in range(times):
        with pytest.raises(WrongPassword) as refused:
            estate.house.log_in(login, GUESS)
    return refused.value.details


def told(estate: Estate) -> list[Any]:
    return estate.all(select(history).where(history.c.step == FAILED).order_by(history.c.id))


def test_the_third_failure_says_how_long_to_wait_and_until_then_not_even_the_right_password_is_tried(clock: Estate) -> None:
    assert fails(clock, times=2) == {"login": "a"}
    assert fails(clock) == {"login": "a", "wait": 5}
    clock.later(seconds=2)
    with pytest.raises(LogInWaits) as waits:
        clock.house.log_in("a", "open sesame")
    assert waits.value.details == {"wait": 3}
    clock.later(seconds=3)
    assert clock.house.log_in("a", "open sesame").who.name == "林晓"


def test_another_start_of_the_program_waits_as_long(clock: Estate) -> None:
    fails(clock, times=3)
    again = open_house(clock.house.url.render_as_string(hide_password=False))
    with pytest.raises(LogInWaits):
        again.log_in("a", "open sesame")
    again.close()


def test_who_came_in_starts_anew_and_the_pc_forgets_their_part(clock: Estate) -> None:
    fails(clock, times=2)
    fails(clock, "b", times=2)
    clock.house.log_in("a", "open sesame")
    assert fails(clock, times=2) == {"login": "a"}
    (row,) = clock.all(select(failed_log_in).where(failed_log_in.c.person_id == clock.people["b"].id))
    assert row.count == 2


def test_a_whole_pc_waits_when_it_goes_through_the_names(clock: Estate) -> None:
    for login in ("a", "b", "lead", "cash"):
        fails(clock, login, times=2)
    fails(clock, "nobody")
    assert fails(clock, "nobody either") == {"login": "nobody either", "wait": 5}
    with pytest.raises(LogInWaits):
        clock.house.log_in("boss", "")
    clock.later(seconds=5)
    assert clock.house.log_in("boss", "").who.name == "沈知行"


def test_each_failure_stands_in_the_history_with_the_pc_and_without_what_was_typed(clock: Estate) -> None:
    fails(clock, times=2)
    rows, who = told(clock), clock.people["a"].id
    assert [(row.person_id, row.subject_id, row.after["count"]) for row in rows] == [(who, who, 1), (who, who, 2)]
    assert rows[0].pc
    assert GUESS not in json.dumps([dict(row._mapping) for row in rows], default=str)


def test_names_nobody_has_are_told_in_one_line_when_somebody_comes_in_and_never_by_what_was_typed(clock: Estate) -> None:
    for typed in ("open sesame", "geheim", "x"):
        fails(clock, typed)
    assert told(clock) == []
    (row,) = clock.all(select(failed_log_in))
    assert (row.person_id, row.count, row.untold) == (UNKNOWN, 3, 3)
    clock.house.log_in("b", "")
    clock.house.log_in("b", "")
    (line,) = told(clock)
    assert (line.person_id, line.subject_id, line.after["count"]) == (clock.people["b"].id, UNKNOWN, 3)
    everything = json.dumps([dict(one._mapping) for one in (row, line)], default=str)
    assert "sesame" not in everything
    assert "geheim" not in everything


def test_thirty_tries_in_six_minutes_leave_few_lines(clock: Estate) -> None:
    for _ in range(30):
        with pytest.raises((WrongPassword, LogInWaits)):
            clock.house.log_in("a", GUESS)
        clock.later(seconds=12)
    assert len(told(clock)) < 12


def test_whoever_left_the_house_is_told_by_name_and_does_not_come_in(clock: Estate) -> None:
    clock.put(update(person).where(person.c.login == "a").values(active=False))
    with pytest.raises(WrongPassword):
        clock.house.log_in("a", "open sesame")
    assert [row.subject_id for row in told(clock)] == [clock.people["a"].id]


def test_a_manager_sees_who_waits_and_lets_them_try_at_once(clock: Estate) -> None:
    fails(clock, times=3)
    (row,) = failed(clock.desk("boss"), clock.now)
    assert (row.name, row.count, row.wait) == ("林晓", 3, 5)
    assert lift(clock.desk("boss"), LiftRequest(row.person, row.pc), clock.now).count == 3
    assert clock.house.log_in("a", "open sesame").who.name == "林晓"
    assert failed(clock.desk("boss"), clock.now) == ()
    newest = clock.read(select(history).order_by(history.c.id.desc()))
    assert (newest.step, newest.subject, newest.before["count"]) == ("edit-settings", "log-in", 3)


def test_what_is_a_day_old_is_not_shown_and_nobody_else_may_see_or_lift(clock: Estate) -> None:
    fails(clock, times=3)
    assert failed(clock.desk("boss"), clock.now + timedelta(days=2)) == ()
    with pytest.raises(NotYours):
        failed(clock.desk("a"), clock.now)
    with pytest.raises(NotYours):
        lift(clock.desk("a"), LiftRequest(clock.people["a"].id, "pc"), clock.now)


def test_there_is_no_wait_in_the_words_where_there_is_none() -> None:
    assert failed_log_ins.wrong("a", 0).details == {"login": "a"}
    assert failed_log_ins.wrong("a", 7).details == {"login": "a", "wait": 7}


