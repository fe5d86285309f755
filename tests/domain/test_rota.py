"""Whose turn it is: only a new customer uses a turn, work for the house is made up for, private business is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.rota import (
    Away,
    Before,
    Happening,
    Order,
    RotaBoard,
    RotaEvent,
    RotaKind,
    RotaRule,
    Status,
    left_owed,
    next_up,
    rota,
    upcoming,
)

NINE = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)
H = Happening
VISIT, CALL = RotaKind.VISIT, RotaKind.CALL


def day(story: str, kind: RotaKind = VISIT) -> list[RotaEvent]:
    """Read a story such as "new A, away B lunch, done A": one event a minute, A to D signed in at nine."""
    told = [f"sign-in {who}" for who in "ABCD"] + [line.strip() for line in story.split(",") if line.strip()]
    events = []
    for minute, line in enumerate(told):
        what, who, *more = line.split()
        away = Away(more[0]) if what == "away" else None
        events.append(RotaEvent(NINE + timedelta(minutes=minute), who, H(what), CALL if "call" in more else kind, away,
                                late="late" in more, counts="early" not in more))
    return events


def after(story: str, rule: RotaRule | None = None, kind: RotaKind = VISIT) -> RotaBoard:
    return rota(day(story, kind), kind, rule)


def up(board: RotaBoard) -> object:
    entry = next_up(board)
    return entry.who if entry else None


def entry(board: RotaBoard, who: str) -> tuple[Status, int]:
    found = board.entries[board.place(who) or 0]
    return found.status, found.owed


@pytest.mark.parametrize(("story", "expected"), [
    # the four vectors of the trade
    ("", "A"),
    ("new A, new B, old A, new C", "D"),
    ("away A lunch, new B, back A", "A"),
    ("away A lunch, new B, back A, new A", "C"),
    ("away A private, new B, back A", "C"),
    # an old customer or a competitor keeps the turn
    ("old A, done A", "A"),
    ("peer A, done A", "A"),
    ("old A", "B"),
    # nobody is passed over before a customer comes
    ("away A lunch, back A", "A"),
    ("away A private, back A", "A"),
    ("away A lunch", "B"),
    # who was serving when their turn came is owed it
    ("old A, new B, done A", "A"),
    ("new A, new B, new C, new D, done B", "B"),
    ("new A, new B, new C, new D, done A, new A, done B, done A", "B"),
    ("new A, new B, new C, new D, done B, new B, done A, done B", "A"),
    # called and not there: lost
    ("skipped A", "B"),
    ("skipped A, new B", "C"),
    ("skipped A, new B, new C, new D, done A", "A"),
    # did not ask whether it is the first visit: the coming turn is lost
    ("fault A", "B"),
    ("fault A, new B, new C, new D", "A"),
    ("fault A, new B, done B, new C, done C, new D, done D", "A"),
    ("new A, done A, fault A, new B, new C, new D, done B", "B"),
    # helped with another's customer: before all other make-ups
    ("away A lunch, new B, back A, helped D, done D", "D"),
    ("away A lunch, new B, back A, helped D, done D, new D, done D", "A"),
    ("granted C", "C"),
    ("granted C, new C, done C", "A"),
    # taken out of turn: that turn is gone, the others keep theirs
    ("new C, done C", "A"),
    ("new C, done C, new A, new B", "D"),
    ("new C, done C, new A, new B, new D, done A", "A"),
    # before or after hours it does not count
    ("new A early, done A", "A"),
    # signing out and in again
    ("sign-out A", "B"),
    ("sign-out A, new B, sign-in A", "C"),
    ("sign-in E late, new A, new B, new C, new D", "E"),
    # callers have a rota of their own
    ("new A call, new B call", "A"),
    # nobody knows a stranger
    ("new Z", "A"),
    # everybody busy, or nobody there
    ("old A, old B, old C, old D", None),
    ("sign-out A, sign-out B, sign-out C, sign-out D", None),
])
def test_who_is_next(story: str, expected: str | None) -> None:
    assert up(after(story)) == expected


@pytest.mark.parametrize(("away", "owed"), [
    (Away.LUNCH, 1), (Away.TOILET, 1), (Away.ERRAND, 1), (Away.SURVEY, 1), (Away.FAIR, 1),
    (Away.LEAVE, 0), (Away.DAY_OFF, 0), (Away.PRIVATE, 0),
])
def test_which_absences_are_made_up_for(away: Away, owed: int) -> None:
    assert entry(after(f"away A {away}, new B"), "A") == (Status.AWAY, owed)


def test_the_house_decides_which_absences_are_made_up_for() -> None:
    rule = RotaRule(made_up=frozenset({Away.PRIVATE}))
    assert entry(after("away A private, new B", rule), "A")[1] == 1
    assert entry(after("away A lunch, new B", rule), "A")[1] == 0


def test_a_turn_is_owed_once_for_each_round_it_was_missed() -> None:
    board = after("away A lunch, new B, new C, new D, done B, new B")
    assert entry(board, "A") == (Status.AWAY, 2)


def test_make_up_turns_go_to_the_one_who_waited_longest() -> None:
    board = after("away A lunch, away B lunch, new C, back B, back A")
    assert [e.who for e in upcoming(board)][:2] == ["A", "B"]
    board = after("away B lunch, new A, new C, new D, done A, away A lunch, done C, new C, back A, back B")
    assert [e.who for e in upcoming(board)][:2] == ["B", "A"]


def test_the_board_shows_everybody_in_the_days_order_with_what_they_do() -> None:
    board = after("old A, away B lunch, new C, sign-out D")
    assert [(e.who, e.status, e.owed, e.taken) for e in board.entries] == [
        ("A", Status.SERVING, 1, 0), ("B", Status.AWAY, 1, 0), ("C", Status.SERVING, 0, 1), ("D", Status.OFF, 0, 0),
    ]


def test_who_signs_in_again_keeps_their_place() -> None:
    board = after("sign-out A, sign-in A, away B lunch, sign-in B")
    assert [(e.who, e.status) for e in board.entries] == [(who, Status.FREE) for who in "ABCD"]


def test_two_customers_at_once_keep_somebody_busy_until_both_have_gone() -> None:
    assert entry(after("new A, old A, done A"), "A")[0] is Status.SERVING
    assert entry(after("new A, old A, done A, done A"), "A")[0] is Status.FREE


def test_a_visitor_keeps_one_from_the_telephone_but_not_the_other_way_round() -> None:
    events = [*day("old A"), RotaEvent(NINE + timedelta(minutes=9), "B", H.NEW, CALL)]
    calls = rota(events, CALL)
    assert up(calls) == "C"
    assert entry(calls, "A") == (Status.SERVING, 1)
    assert up(rota(events, VISIT)) == "B"


def test_who_takes_a_repeat_callers_call_gets_a_make_up_call() -> None:
    assert up(after("new A, helped D", kind=CALL)) == "D"
    assert up(after("new A, helped D, new D", kind=CALL)) == "B"


def test_a_reception_may_end_by_itself() -> None:
    rule = RotaRule(busy_minutes=20)
    events = day("new A")
    assert rota(events, VISIT, rule, now=NINE + timedelta(minutes=23)).entries[0].status is Status.SERVING
    board = rota(events, VISIT, rule, now=NINE + timedelta(minutes=24))
    assert board.entries[0].status is Status.FREE
    late = [*events, RotaEvent(NINE + timedelta(minutes=60), "C", H.OLD)]
    assert rota(late, VISIT, rule).entries[0].status is Status.FREE


def test_the_order_may_go_by_fewest_new_customers() -> None:
    rule = RotaRule(order=Order.FEWEST_NEW)
    received = {"A": 9, "B": 2, "C": 5, "D": 2}
    board = rota(day(""), VISIT, rule, before=Before(received=received))
    assert [e.who for e in board.entries] == ["B", "D", "C", "A"]
    board = rota(day("sign-in E late"), VISIT, rule, before=Before(received=received))
    assert [e.who for e in board.entries] == ["B", "D", "C", "A", "E"]
    for story in ("new B, sign-in E", "skipped B, sign-in E", "new B, new D, new C, new A, sign-in E"):
        board = rota(day(story), VISIT, rule, before=Before(received=received))
        assert [e.who for e in board.entries] == ["B", "D", "C", "A", "E"]
    board = rota(day("sign-in E"), VISIT, rule, before=Before(received=received))
    assert [e.who for e in board.entries] == ["E", "B", "D", "C", "A"]


happenings = st.sampled_from([h for h in H if h is not H.SIGN_IN])
stories = st.lists(st.tuples(happenings, st.sampled_from("ABCD"), st.sampled_from(Away), st.booleans()), max_size=40)


@given(stories)
def test_any_day_leaves_a_board_that_makes_sense(story: list[tuple[Happening, str, Away, bool]]) -> None:
    events = day("") + [
        RotaEvent(NINE + timedelta(minutes=10 + n), who, what, VISIT if visit else CALL, away)
        for n, (what, who, away, visit) in enumerate(story)
    ]
    board = rota(events)
    assert [e.who for e in board.entries] == list("ABCD")
    assert 0 <= board.turn < 4
    assert all(e.passes >= 0 and e.taken <= len(story) for e in board.entries)
    free = {e.who for e in board.entries if e.status is Status.FREE}
    assert {e.who for e in upcoming(board)} == free
    assert (next_up(board) is None) == (not free)


@given(st.integers(1, 60))
def test_over_a_calm_day_everybody_gets_the_same(customers: int) -> None:
    events = day("")
    for n in range(customers):
        who = up(rota(events))
        assert isinstance(who, str)
        at = NINE + timedelta(minutes=10 + n)
        events += [RotaEvent(at, who, H.NEW), RotaEvent(at, who, H.DONE)]
    taken = [e.taken for e in rota(events).entries]
    assert sum(taken) == customers
    assert max(taken) - min(taken) <= 1


@given(st.lists(st.sampled_from("ABCD"), max_size=30))
def test_over_a_day_with_make_ups_nobody_ends_behind(lunches: list[str]) -> None:
    events, n = day(""), 0
    for who in lunches:
        at, n = NINE + timedelta(minutes=10 + n), n + 1
        events.append(RotaEvent(at, who, H.AWAY, away=Away.LUNCH))
        taker = up(rota(events))
        assert isinstance(taker, str)
        assert taker != who
        events += [RotaEvent(at, taker, H.NEW), RotaEvent(at, taker, H.DONE), RotaEvent(at, who, H.BACK)]
    board = rota(events)
    due = [e.taken + e.owed for e in board.entries]
    assert max(due) - min(due) <= 1


def test_a_turn_owed_when_the_day_ends_is_made_up_for_on_the_next_day() -> None:
    owed = left_owed(after("away A lunch, new B"), Before())
    assert list(owed) == ["A"]
    next_day = rota(day("new A"), VISIT, before=Before(owed=owed))
    assert entry(next_day, "A") == (Status.SERVING, 0)
    assert [one.who for one in upcoming(rota(day("new A, done A"), VISIT, before=Before(owed=owed)))] == list("ABCD")


def test_turns_owed_from_before_come_first_and_wait_for_who_is_not_there() -> None:
    monday = after("granted C")
    before = Before(owed=left_owed(monday, Before()))
    tuesday = rota(day("granted B"), VISIT, before=before)
    assert [one.who for one in upcoming(tuesday)] == ["C", "B", "A", "D"]
    without = [event for event in day("granted B") if event.who != "C"]
    left = left_owed(rota(without, VISIT, before=before), before)
    assert list(left) == ["C", "B"]
    wednesday = rota(day("new C"), VISIT, before=Before(owed=left))
    assert up(wednesday) == "B"
    assert entry(wednesday, "C")[1] == 0
