"""One deed is one transaction: pressed twice it happens once, broken off it never happened, and the weather is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from salescenter.data.engine import open_engine
from salescenter.data.history import answered, history, tally
from salescenter.data.staff import person
from salescenter.domain.led_out import RoleChanged, TakenOffTheList
from salescenter.domain.money import Money, Rounding
from salescenter.domain.refusals import CannotWrite, DatabaseAway, FieldMalformed, NotADatabase, NotYours
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services import people, settings
from salescenter.services.deals import opening
from salescenter.services.people import LeaveRequest, PersonRequest
from salescenter.services.settings import SettingRequest, rules_of
from salescenter.services.work import Work, deed
from tests.houses import DEPOSIT, Estate


@dataclass(frozen=True, slots=True)
class Asked:
    then: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    number: int
    word: str
    yes: bool
    amount: Money


@deed(Step.EDIT_SETTINGS, Given)
def hire(work: Work, asked: Asked) -> Given:
    """Write a person, a note and a figure; then do as asked."""
    made = insert(person).values(name="新人", login=asked.then or "new", role="viewer").returning(person.c.id)
    number = work.connection.scalar(made) or 0
    work.note(Step.EDIT_SETTINGS, "person", number, after={"day": work.today.isoformat()})
    work.count("hired", "p:1", count=1, fen=5, area=7)
    if asked.then == "stumble":
        raise RuntimeError(asked.then)
    return Given(number, asked.then, True, Money(7))


def test_the_same_key_again_returns_the_first_answer_and_does_nothing(estate: Estate) -> None:
    first = hire(estate.desk(), Asked("eins", "k1"), estate.now)
    again = hire(estate.desk(), Asked("zwei", "k1"), estate.later(hours=1))
    assert again == first == Given(first.number, "eins", True, Money(7))
    assert len(estate.all(select(person).where(person.c.name == "新人"))) == 1
    assert hire(estate.desk(), Asked("drei", "k2"), estate.now).word == "drei"
    assert hire(estate.desk(), Asked("vier"), estate.now).word == "vier"


def test_a_subscription_pressed_twice_happens_once(estate: Estate) -> None:
    asked = estate.asked(key="press-1")
    first = opening.subscribe(estate.desk("a"), asked, estate.later(seconds=1))
    again = opening.subscribe(estate.desk("a"), asked, estate.later(minutes=5))
    assert first == again
    assert estate.count(answered) == 1
    assert estate.broken() == []


def test_a_key_belongs_to_the_press_and_not_to_the_person(estate: Estate) -> None:
    """The role is asked first: a key never opens what the role may not."""
    asked = estate.asked(key="press-1")
    opening.subscribe(estate.desk("a"), asked, estate.later(seconds=1))
    with pytest.raises(NotYours):
        opening.subscribe(estate.desk("front"), asked, estate.now)


def test_what_stumbles_leaves_no_trace_and_may_be_pressed_again(estate: Estate) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError, match="stumble"):
            hire(estate.desk(), Asked("stumble", "k1"), estate.now)
    assert estate.all(select(person).where(person.c.name == "新人")) == []
    assert estate.count(answered) == 0
    assert estate.told(Step.EDIT_SETTINGS) == []
    assert hire(estate.desk(), Asked("now", "k1"), estate.now).word == "now"


def test_notes_and_figures_are_written_with_the_deed(estate: Estate) -> None:
    hire(estate.desk(), Asked(), estate.now)
    hire(estate.desk(), Asked("other"), estate.now + timedelta(hours=13))
    (first, second) = estate.told(Step.EDIT_SETTINGS)
    assert (first.pc, first.person_id, first.at) == ("pc-boss", 1, estate.now)
    assert (first.after, second.after) == ({"day": "2026-03-02"}, {"day": "2026-03-03"})
    rows = estate.all(select(tally).where(tally.c.figure.like("hired%")).order_by(tally.c.figure, tally.c.part, tally.c.day))
    said = [(r.figure, r.part, r.day, r.count, r.fen, r.area) for r in rows]
    one, two, month = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 1)
    assert said == [
        ("hired", "", one, 1, 5, 7), ("hired", "", two, 1, 5, 7),
        ("hired", "p:1", one, 1, 5, 7), ("hired", "p:1", two, 1, 5, 7),
        ("hired/month", "p:1", month, 2, 10, 14),
    ]  # fmt: skip


def test_every_deed_has_a_revision_of_its_own(estate: Estate) -> None:
    one, two = estate.subscribe("1-101"), estate.subscribe("1-102")
    assert one.revision < two.revision


# --- the list of the house's people


def leave(estate: Estate, who: str, *, active: bool = False) -> None:
    people.let_go(estate.desk(), LeaveRequest(estate.people[who].id, active), estate.now)


def become(estate: Estate, who: str, role: Role) -> None:
    one = estate.people[who]
    people.keep(estate.desk(), PersonRequest(one.name, who, role, id=one.id), estate.now)


def test_who_was_taken_off_the_list_acts_no_more_until_they_are_back(estate: Estate) -> None:
    leave(estate, "a")
    with pytest.raises(TakenOffTheList) as refused:
        estate.subscribe()
    assert refused.value.details == {"name": "林晓"}
    assert (estate.state("1-101"), estate.receipts()) == (UnitState.FOR_SALE, [])
    leave(estate, "a", active=True)
    assert estate.subscribe().deal
    assert estate.broken() == []


def test_whose_role_changed_acts_no_more_until_they_log_in_again(estate: Estate) -> None:
    become(estate, "a", Role.SUPERVISOR)
    with pytest.raises(RoleChanged) as refused:
        estate.subscribe()
    assert refused.value.details == {"name": "林晓", "role": Role.SUPERVISOR, "was": Role.CONSULTANT}
    fresh = replace(estate.desk("a"), who=estate.house.log_in("a", "").who)
    assert opening.subscribe(fresh, estate.asked(), estate.now).deal


def test_a_desk_that_claims_more_than_the_list_says_is_refused(estate: Estate) -> None:
    claims = replace(estate.desk("guest"), who=replace(estate.people["guest"], role=Role.MANAGER))
    with pytest.raises(RoleChanged):
        hire(claims, Asked(), estate.now)
    unknown = replace(estate.desk(), who=replace(estate.people["boss"], id=4711))
    with pytest.raises(TakenOffTheList):
        hire(unknown, Asked(), estate.now)
    assert estate.told(Step.EDIT_SETTINGS) == []


@pytest.mark.parametrize("change", [leave, lambda estate, who: become(estate, who, Role.VIEWER)])
def test_what_was_acknowledged_is_answered_to_its_key_whoever_left_since(
    estate: Estate, change: Callable[[Estate, str], None]
) -> None:
    asked = estate.asked(key="press-1")
    first = opening.subscribe(estate.desk("a"), asked, estate.now)
    change(estate, "a")
    assert opening.subscribe(estate.desk("a"), asked, estate.now) == first
    with pytest.raises((TakenOffTheList, RoleChanged)):
        opening.subscribe(estate.desk("a"), estate.asked("1-102", key="press-2"), estate.now)


def test_work_that_is_no_deed_is_refused_as_well(estate: Estate) -> None:
    leave(estate, "a")
    with pytest.raises(TakenOffTheList), estate.desk("a").working(estate.now):
        pass
    with pytest.raises(TakenOffTheList):
        people.change_own_password(estate.desk("a"), "", "secret-1", estate.now)


def test_who_is_taken_off_while_their_deed_waits_is_refused(estate: Estate) -> None:
    left, waits = Event(), Event()
    asked = estate.asked()

    def take_off() -> None:
        with estate.desk().working(estate.now) as work:
            people.let_go.within(work, LeaveRequest(estate.people["a"].id, active=False))
            left.set()
            waits.wait(timeout=60)

    def act() -> None:
        left.wait(timeout=60)
        event.listen(estate.house.engine, "before_cursor_execute", lambda *_: waits.set())
        opening.subscribe(estate.desk("a"), asked, estate.now)

    with ThreadPoolExecutor(2) as desks:
        taking, acting = desks.submit(take_off), desks.submit(act)
        taking.result()
        with pytest.raises(TakenOffTheList):
            acting.result()
    assert estate.state("1-101") is UnitState.FOR_SALE


def test_nobody_is_taken_off_in_the_middle_of_their_deed(small_on_server: Estate) -> None:
    mine = update(person).where(person.c.login == "a").values(active=False)
    with small_on_server.desk("a").working(small_on_server.now), small_on_server.house.engine.connect() as other:
        other.execute(text("SET lock_timeout = '1ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            other.execute(mine)
    small_on_server.put(mine)


def test_a_deed_learns_who_acts_and_what_was_answered_without_asking_more(estate: Estate) -> None:
    said: list[str] = []
    event.listen(estate.house.engine, "before_cursor_execute", lambda *heard: said.append(heard[2]))
    with estate.desk().working(estate.now):
        pass
    with estate.desk().working(estate.now, "press-1"):
        pass
    on_sqlite = estate.house.engine.dialect.name == "sqlite"
    assert len({one for one in said if not one.startswith(("BEGIN", "COMMIT"))}) == (1 if on_sqlite else 3)


# --- weather


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SQLITE_FULL", CannotWrite), ("SQLITE_READONLY", CannotWrite), ("SQLITE_IOERR_WRITE", CannotWrite),
        ("SQLITE_BUSY", DatabaseAway), ("SQLITE_CANTOPEN", DatabaseAway), ("SQLITE_CORRUPT", NotADatabase),
        ("SQLITE_NOTADB", NotADatabase),
    ],
)  # fmt: skip
def test_what_sqlite_says_becomes_weather_or_damage(small: Estate, name: str, told: type[Exception]) -> None:
    said = sqlite3.OperationalError("as it says")
    said.sqlite_errorname = name
    with pytest.raises(told) as heard, small.desk().working(small.now):
        raise OperationalError("SELECT", {}, said)
    assert heard.value.details["why"] == "as it says"  # type: ignore[attr-defined]


def test_our_own_mistakes_stay_mistakes(estate: Estate) -> None:
    with pytest.raises(Exception, match="no_such_table") as heard, estate.desk().reading() as connection:
        connection.execute(text("SELECT 1 FROM no_such_table"))
    assert not isinstance(heard.value, DatabaseAway)
    with pytest.raises(IntegrityError), estate.desk().working(estate.now) as work:
        work.connection.execute(insert(person).values(name="x", login="boss", role="viewer"))


def test_a_server_that_went_away_is_weather_and_the_next_press_works(small_on_server: Estate) -> None:
    estate = small_on_server
    desk, asked = estate.desk("a"), estate.asked(key="press-1")
    database = estate.house.url.database
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"
    other = open_engine(estate.house.url)

    def cut_off() -> None:
        with desk.working(estate.now) as work, other.connect() as connection:
            connection.execute(text(kill), {"name": database})
            work.connection.execute(select(person))

    with pytest.raises(DatabaseAway):
        cut_off()
    other.dispose()
    assert opening.subscribe(desk, asked, estate.now).deal
    assert estate.broken() == []


def test_a_writer_who_stays_too_long_is_weather_for_the_others(small: Estate) -> None:
    other = open_engine(small.house.url)
    with other.connect().execution_options(writes=True) as connection, connection.begin():
        with small.house.engine.connect() as mine:
            mine.exec_driver_sql("PRAGMA busy_timeout=1")
        with pytest.raises(DatabaseAway) as heard:
            small.subscribe()
    other.dispose()
    assert "locked" in str(heard.value.details["why"])
    assert small.subscribe().deal


# --- settings


def test_a_rule_counts_from_its_day_on_and_the_latest_word_of_a_day_stays(estate: Estate) -> None:
    def rule(value: Any, since: date) -> None:
        settings.change(estate.desk(), SettingRequest("days_to_sign", value, since), estate.later(seconds=1))

    rule(10, estate.today)
    rule(14, estate.today)
    rule(20, estate.today + timedelta(days=1))
    days = [rules_of(estate.desk(), estate.today + timedelta(days=n)).days_to_sign for n in (-1, 0, 1)]
    assert days == [7, 14, 20]
    estate.subscribe()
    assert estate.deal("1-101").sign_by == estate.today + timedelta(days=14)
    told = estate.told(Step.EDIT_SETTINGS)
    assert (told[1].before, told[1].after) == ({"days_to_sign": 10}, {"days_to_sign": 14})


@pytest.mark.parametrize(
    ("name", "value"),
    [("deposit_cap", "a fifth"), ("least_deposit", "much"), ("days_to_sign", "soon"), ("price_list_until", "May")],
)
def test_a_rule_that_cannot_be_read_is_not_kept(estate: Estate, name: str, value: str) -> None:
    with pytest.raises(FieldMalformed) as refused:
        settings.change(estate.desk(), SettingRequest(name, value, estate.today), estate.now)
    assert refused.value.details["field"] == name
    assert estate.subscribe().deal


def test_rounding_changes_for_what_is_sold_from_now_on(estate: Estate) -> None:
    estate.subscribe("1-101")
    with pytest.raises(NotYours):
        settings.round_totals(estate.desk("lead"), settings.RoundingRequest(Rounding.DOWN_TO_YUAN), estate.now)
    settings.round_totals(estate.desk(), settings.RoundingRequest(Rounding.DOWN_TO_YUAN), estate.now)
    with estate.desk().reading() as connection:
        assert settings.rounding_of(connection, 1) is Rounding.DOWN_TO_YUAN
    with pytest.raises(NotYours):
        settings.change(estate.desk("lead"), SettingRequest("hold_days", 9, estate.today), estate.now)
    assert estate.state("1-101") is UnitState.SUBSCRIBED
    assert estate.deal("1-101").deposit == DEPOSIT
    assert estate.count(history) > 0
