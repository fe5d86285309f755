"""Waiting visits go in by the same deed, as of their own moment; what only a person can decide is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from salescenter.data.customers import customer
from salescenter.data.visits import rota_event, visit
from salescenter.domain.errors import Refusal
from salescenter.domain.refusals import DatabaseAway, FieldMissing
from salescenter.domain.rota import Happening
from salescenter.domain.staff import Role
from salescenter.domain.units import Step
from salescenter.domain.waiting import CHOICES, Choice, GivenTwice, OfAnother, OtherName, OtherServer, OutOfTurn
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from salescenter.services.waiting import merging
from salescenter.services.waiting.merging import Brought, bring_all
from salescenter.services.waiting.shelf import Shelf
from salescenter.services.waiting.visits import WaitingVisit
from tests.services.reception_house import NEEDS, NINE, Reception, reception

__all__ = ["reception"]

PHONE, OTHER = "13800135521", "13900135522"
SERVER = "postgresql://10.0.0.5/salescenter"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "waiting", SERVER, "云栖花园")


def taken(here: Reception, key: str = "k1", minutes: int = 10, to: str = "a", **more: object) -> WaitingVisit:
    """A visit the receptionist took without the server, handed to somebody from the list."""
    said: dict[str, Any] = {
        "facts": CustomerFacts("陈一凡", (PHONE,), "female"), "channel": "路过", "answers": NEEDS, "key": key,
        "consultant": here.people[to].id,
    }
    mine = {name: more.pop(name) for name in ("by_hand", "settled", "server", "taker", "taker_name") if name in more}
    asked = VisitRequest(Contact.VISIT, **said | more)
    front, at = here.people["front"], NINE + timedelta(minutes=minutes)
    one = WaitingVisit(at, SERVER, "云栖花园", front.id, front.name, asked, here.people[to].name, by_hand=True)
    return replace(one, **mine)  # type: ignore[arg-type]


def bring(here: Reception, shelf: Shelf, *visits: WaitingVisit, who: str = "front") -> Brought:
    for one in visits:
        shelf.put(one)
    return bring_all(here.desk(who), shelf, here.later(hours=2))


def rows(here: Reception, table: Any, *columns: Any) -> list[tuple[Any, ...]]:
    with here.house.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).select_from(table).order_by(table.c.id))]


def refusal(brought: Brought) -> Refusal:
    (only,) = brought.open
    return only.refusal


def test_a_visit_goes_in_as_of_its_own_moment_in_the_name_of_who_took_it(reception: Reception, shelf: Shelf) -> None:
    here = reception
    here.sign_in("a", "b")
    brought = bring(here, shelf, taken(here), who="lead")
    assert (len(brought.registered), brought.open, shelf.waiting()) == (1, (), ())
    at = NINE + timedelta(minutes=10)
    assert rows(here, visit, visit.c.at, visit.c.registered_by, visit.c.consultant_id, visit.c.first) == [
        (at, here.people["front"].id, here.people["a"].id, True)
    ]
    assert rows(here, rota_event, rota_event.c.at, rota_event.c.kind, rota_event.c.counts)[-1] == (at, "new", True)
    told = here.told(Step.REGISTER_VISIT.value)[-1]
    assert (told["person_id"], told["at"]) == (here.people["lead"].id, here.now)
    after = told["after"]
    assert isinstance(after, dict)
    assert (after["by"], after["taken_by"]) == ("hand", here.people["front"].id)
    assert (here.figure("visit"), here.figure("visit-first"), here.next()) == (1, 1, "顾问乙")


def test_the_same_visit_brought_in_twice_is_there_once(reception: Reception, shelf: Shelf) -> None:
    """Killed between the server's answer and the forgetting: it goes in again, with its key."""
    one = taken(reception)
    first, second = bring(reception, shelf, one), bring(reception, shelf, one)
    assert first.registered == second.registered
    assert len(rows(reception, visit, visit.c.id)) == 1


def test_a_visit_whose_answer_was_lost_with_the_line_is_not_registered_again(reception: Reception, shelf: Shelf) -> None:
    one = taken(reception)
    done = register(reception.desk(), one.asked, one.at)
    assert bring(reception, shelf, one).registered == (done,)
    assert len(rows(reception, visit, visit.c.id)) == 1


def test_visits_go_in_in_the_order_they_happened(reception: Reception, shelf: Shelf) -> None:
    here = reception
    here.sign_in("a", "b", "c")
    later = taken(here, "k0", 30, "b", facts=CustomerFacts("李娜", (OTHER,), "female"))
    brought = bring(here, shelf, later, taken(here, "k9", 5))
    assert [done.consultant_name for done in brought.registered] == ["顾问甲", "顾问乙"]
    assert here.next() == "顾问丙"


def test_a_customer_known_meanwhile_is_joined_by_phone(reception: Reception, shelf: Shelf) -> None:
    here = reception
    known = here.visit("陈女士", PHONE, consultant=here.people["a"].id)
    brought = bring(here, shelf, taken(here, minutes=120))
    assert [done.customer for done in brought.registered] == [known.customer]
    assert rows(here, customer, customer.c.name) == [("陈一凡",)]
    assert [first for (first,) in rows(here, visit, visit.c.first)] == [True, False]


def test_one_visit_that_two_desks_wrote_down_is_one(reception: Reception, shelf: Shelf) -> None:
    """What the second desk wrote down more is added; nobody's turn is used twice."""
    here = reception
    here.sign_in("a", "b")
    family = (CustomerFacts("陈小明"),)
    second = taken(here, "k2", 14, note="想看顶楼", answers=(("job", ("教师",)),), companions=family)
    brought = bring(here, shelf, taken(here, "k1", 10, note="看三房"), second)
    assert (len(brought.registered), brought.joined) == (2, 1)
    (found,) = rows(here, visit, visit.c.note, visit.c.answers, visit.c.party)
    assert (found[0], found[1]["job"], found[2]) == ("看三房\n想看顶楼", ["教师"], 2)
    assert len(rows(here, customer, customer.c.id)) == 2
    assert [kind for (kind,) in rows(here, rota_event, rota_event.c.kind)].count("new") == 1
    assert here.figure("visit") == 1


def test_a_visit_that_two_desks_wrote_down_is_joined_to_the_nearest_of_several(
    reception: Reception, shelf: Shelf
) -> None:
    here = reception
    here.sign_in("a", "b")
    again = taken(here, "k2", 50, note="下午再来", settled=(Choice.TWO_VISITS, Choice.TURN_KEPT))
    assert len(bring(here, shelf, taken(here, "k1", 0, note="看三房"), again).registered) == 2
    bring(here, shelf, taken(here, "k3", 45, note="想看顶楼"))
    assert [note for (note,) in rows(here, visit, visit.c.note)] == ["看三房", "下午再来\n想看顶楼"]


Arrange = Callable[[Reception], WaitingVisit]


def other_name(here: Reception) -> WaitingVisit:
    here.visit("王芳", PHONE)
    return taken(here, minutes=120)


def of_another(here: Reception) -> WaitingVisit:
    here.visit("陈一凡", PHONE, consultant=here.people["b"].id)
    return taken(here, minutes=120)


def given_twice(here: Reception) -> WaitingVisit:
    here.visit("陈一凡", PHONE, consultant=here.people["b"].id)
    return taken(here)


def out_of_turn(here: Reception) -> WaitingVisit:
    here.visit("李娜", OTHER)  # another desk gave the first of the rota their turn
    return taken(here)


@pytest.mark.parametrize(("arrange", "kind"), [
    (other_name, OtherName), (of_another, OfAnother), (given_twice, GivenTwice), (out_of_turn, OutOfTurn),
])
def test_what_only_a_person_can_decide_waits_for_them(
    reception: Reception, shelf: Shelf, arrange: Arrange, kind: type[Refusal]
) -> None:
    reception.sign_in("a", "b", "c")
    one = arrange(reception)
    before = rows(reception, visit, visit.c.id)
    brought = bring(reception, shelf, one)
    assert type(refusal(brought)) is kind
    assert (shelf.waiting(), rows(reception, visit, visit.c.id)) == ((one,), before)


@pytest.mark.parametrize(("arrange", "choice", "consultant", "by"), [
    (of_another, Choice.HELPED, "顾问甲", "hand"), (of_another, Choice.OWNER_CAME, "顾问乙", "owner"),
    (given_twice, Choice.ONE_VISIT, "顾问乙", "joined"), (out_of_turn, Choice.TURN_USED, "顾问甲", "hand"),
    (out_of_turn, Choice.TURN_KEPT, "顾问甲", "hand"),
])
def test_each_decision_brings_the_visit_in(
    reception: Reception, shelf: Shelf, arrange: Arrange, choice: Choice, consultant: str, by: str
) -> None:
    reception.sign_in("a", "b", "c")
    one = arrange(reception)
    assert choice in CHOICES[type(refusal(bring(reception, shelf, one)))]
    shelf.settle(one, choice)
    (done,) = bring(reception, shelf).registered
    assert (done.consultant_name, done.by, shelf.waiting()) == (consultant, by, ())


def test_two_visits_decided_to_be_two_are_two_and_the_owner_is_still_asked_about(
    reception: Reception, shelf: Shelf
) -> None:
    one = given_twice(reception)
    shelf.put(one.decided(Choice.TWO_VISITS))
    assert isinstance(refusal(bring(reception, shelf)), OfAnother)
    shelf.settle(shelf.waiting()[0], Choice.HELPED)
    (done,) = bring(reception, shelf).registered
    assert (done.helped, len(rows(reception, visit, visit.c.id))) == (True, 2)


def test_a_turn_that_is_kept_leaves_the_rota_as_it_was(reception: Reception, shelf: Shelf) -> None:
    reception.sign_in("a", "b", "c")
    one = out_of_turn(reception)
    bring(reception, shelf, one.decided(Choice.TURN_KEPT))
    assert reception.next() == "顾问乙"
    assert rows(reception, rota_event, rota_event.c.counts)[-1] == (False,)


@pytest.mark.parametrize(("choice", "names"), [
    (Choice.SAME_PERSON, ["王芳"]), (Choice.RELATIVE, ["王芳", "陈一凡"]),
])
def test_another_name_on_a_phone_is_the_same_person_or_a_relative(
    reception: Reception, shelf: Shelf, choice: Choice, names: list[str]
) -> None:
    reception.sign_in("a")
    one = other_name(reception).decided(choice)
    bring(reception, shelf, one)
    assert [name for (name,) in rows(reception, customer, customer.c.name)] == names
    assert shelf.waiting() == ()


def test_a_name_is_told_only_to_whom_it_may_be_told(reception: Reception, shelf: Shelf) -> None:
    reception.sign_in("a", "b")
    assert refusal(bring(reception, shelf, other_name(reception))).details["known"] == "王*"


def test_a_later_visit_of_a_customer_waits_behind_the_open_one_and_nobody_else_does(
    reception: Reception, shelf: Shelf
) -> None:
    reception.sign_in("a", "b")
    first, again = other_name(reception), taken(reception, "k2", 130)
    somebody = taken(reception, "k3", 140, facts=CustomerFacts("李娜", (OTHER,), "female"), by_hand=False)
    brought = bring(reception, shelf, first, again, somebody)
    assert [one.key for one in shelf.waiting()] == ["k1", "k2"]
    assert (len(brought.registered), len(brought.open)) == (1, 1)


def test_a_visit_taken_at_another_address_waits_until_it_is_said_to_be_the_same_house(
    reception: Reception, shelf: Shelf
) -> None:
    one = taken(reception, server="postgresql://192.168.1.9/salescenter", by_hand=False)
    assert isinstance(refusal(bring(reception, shelf, one)), OtherServer)
    shelf.settle(one, Choice.THIS_HOUSE)
    assert len(bring(reception, shelf).registered) == 1


def test_a_visit_the_house_refuses_for_another_reason_waits_and_says_why(reception: Reception, shelf: Shelf) -> None:
    one = taken(reception, facts=CustomerFacts(), by_hand=False)
    assert isinstance(refusal(bring(reception, shelf, one)), FieldMissing)
    assert shelf.waiting() == (one,)


def test_a_server_that_goes_away_again_leaves_the_rest_waiting(
    reception: Reception, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise DatabaseAway(why="timeout")

    monkeypatch.setattr(merging, "bring_in", away)
    one = taken(reception)
    assert bring(reception, shelf, one) == Brought(broke=True)
    assert shelf.waiting() == (one,)


def test_who_registers_nobody_brings_nothing_in(reception: Reception, shelf: Shelf) -> None:
    with reception.working() as work:
        desk = replace(work.desk, who=replace(work.desk.who, role=Role.VIEWER))
    shelf.put(taken(reception))
    assert bring_all(desk, shelf, reception.now) == Brought()
    assert len(shelf.waiting()) == 1


def test_who_was_seen_since_is_not_seen_earlier_again(reception: Reception, shelf: Shelf) -> None:
    reception.sign_in("a")
    reception.later(hours=3)
    reception.visit("陈一凡", PHONE, consultant=reception.people["a"].id)
    bring(reception, shelf, taken(reception, minutes=5))
    with reception.house.engine.connect() as connection:
        assert connection.scalar(select(func.max(customer.c.last_seen))) > NINE + timedelta(hours=3)
    assert Happening.NEW.value in [kind for (kind,) in rows(reception, rota_event, rota_event.c.kind)]
