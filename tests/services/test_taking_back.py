"""A registration that was a mistake is taken back within its day, and the house stands as if nobody had come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from salescenter.data.customers import customer, customer_phone, phone_tail, spelling
from salescenter.data.history import history, seal
from salescenter.data.tables import metadata
from salescenter.data.visits import follow_up, visit
from salescenter.domain.refusals import NotFound, NotYours, ReasonMissing
from salescenter.domain.rota import Away, Happening, RotaKind
from salescenter.domain.taking_back import DayOver, GoneOn, NeededSince
from salescenter.domain.units import Step
from salescenter.services import follow_ups, visit_lists
from salescenter.services.check import check
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import find, reveal
from salescenter.services.reception_rules import Contact
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.taking_back import TakeBackRequest, TakenBack, take_back
from salescenter.services.visits import PastVisit, record_past
from tests.services.reception_house import Reception

PHONE, OTHER = "13800135521", "13900001111"
ID = "11010519491231002X"
GROWS = {history.name, seal.name, "answered", "clock"}
"""What only ever grows, whatever is taken back."""


def back(house: Reception, number: int, who: str = "front", **more: Any) -> TakenBack:
    said = {"reason": "登记错人", "key": ""} | more
    return take_back(house.desk(who), TakeBackRequest(number, **said), house.later(seconds=1))


def everything(house: Reception) -> dict[str, list[tuple[object, ...]]]:
    """All that is on record; revisions, keys of phones and figures of nothing aside."""
    left = {"revision", "customer_phone.id"}
    found = {}
    with house.house.engine.connect() as connection:
        for name, table in metadata.tables.items():
            columns = [column for column in table.columns if not {column.name, str(column)} & left]
            rows = [] if name in GROWS else connection.execute(select(*columns)).all()
            kept = [tuple(row) for row in rows if name != "tally" or any(row[4:])]
            found[name] = sorted(kept, key=repr)
    return found


def rows_of(house: Reception, table: Any) -> int:
    with house.house.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_somebody_new_is_taken_back_as_if_they_had_never_come(both: Reception) -> None:
    both.sign_in("a", "b")
    before = everything(both)
    more = (CustomerFacts("李国强", (OTHER,)), CustomerFacts("李小小"))
    came = both.visit("陈一凡", PHONE, companions=more, consent="同意", follow_up=both.now.date(), follow_up_what="回电")
    assert (both.next(), both.figure("visit-first"), both.figure("visit", "c:路过")) == ("顾问乙", 1, 1)
    done = back(both, came.visit)
    assert (done.customer, done.gone) == (came.customer, True)
    assert everything(both) == before
    assert (both.next(), both.figure("visit-first"), both.figure("visit", "c:路过")) == ("顾问甲", 0, 0)
    assert find(both.desk(), PHONE) == find(both.desk(), "cyf") == ()
    assert [rows_of(both, table) for table in (customer, customer_phone, phone_tail, spelling, follow_up, visit)] == [0] * 6
    assert check(both.desk("boss"), figures_agree) == []
    told = both.told(Step.TAKE_BACK_VISIT.value)[-1]
    assert (told["subject_id"], told["after"]) == (came.visit, {"reason": "登记错人", "gone": True})
    assert told["before"]["consultant"] == both.people["a"].id  # type: ignore[index]


def test_a_known_customer_stands_as_before_the_visit_that_was_not_theirs(both: Reception) -> None:
    both.sign_in("a", "b")
    who = both.visit("陈先生", PHONE).customer
    both.visit("李国强", PHONE)  # the family
    both.now += timedelta(days=2)
    both.sign_in("b", "a")
    before = everything(both)
    facts = CustomerFacts("陈一凡", (OTHER,), "male", id_kind="resident", id_number=ID, address="清溪路 1 号", level="A")
    came = both.visit(customer=who, facts=facts, kind=Contact.CALL_IN, consent="同意", channel="广告")
    assert card(both.desk("boss"), who, both.now.date()).last_kind == "call-in"
    assert back(both, came.visit).gone is False
    assert everything(both) == before
    assert check(both.desk("boss"), figures_agree) == []


def test_a_relative_on_a_known_phone_goes_and_the_family_stays_as_it_was(both: Reception) -> None:
    both.sign_in("a", "b")
    both.visit("陈一凡", PHONE)
    both.now += timedelta(days=1)
    before = everything(both)
    came = both.visit("李国强", PHONE)
    assert back(both, came.visit).gone
    assert everything(both) == before


def test_a_turn_given_to_a_helper_is_taken_away_again(reception: Reception) -> None:
    reception.sign_in("a", "b", "c")
    who = reception.visit("陈一凡", PHONE).customer
    reception.happen("a", Happening.DONE)
    reception.happen("a", Happening.AWAY, away=Away.LEAVE)
    before = everything(reception)
    came = reception.visit(customer=who)
    assert came.helped
    back(reception, came.visit)
    assert everything(reception) == before


@pytest.mark.parametrize("peer", [False, True])
def test_calls_and_peers_are_taken_back_with_their_own_rota(reception: Reception, peer: bool) -> None:
    reception.sign_in("a", "b")
    before = everything(reception)
    came = reception.visit("陈一凡", PHONE, kind=Contact.CALL_IN, peer=peer)
    back(reception, came.visit)
    assert everything(reception) == before
    assert reception.next(RotaKind.CALL) == "顾问甲"


def test_a_key_of_what_was_taken_back_is_never_given_again(both: Reception) -> None:
    both.sign_in("a")
    first = both.visit("陈一凡", PHONE)
    back(both, first.visit)
    again = both.visit("王小明", OTHER)
    assert again.visit > first.visit
    assert again.customer > first.customer


def test_the_same_press_twice_takes_back_once(both: Reception) -> None:
    both.sign_in("a")
    came = both.visit("陈一凡", PHONE)
    first = back(both, came.visit, key="undo")
    assert back(both, came.visit, key="undo") == first
    with pytest.raises(NotFound):
        back(both, came.visit)
    assert both.figure("visit") == 0


def goes_on(house: Reception, how: str, came: Any) -> None:
    now, desk = house.later(seconds=1), house.desk("a")
    if how == "a follow-up":
        follow_ups.plan(desk, follow_ups.PlanFollowUp(came.customer, now.date(), "回电"), now)
    elif how == "another visit":
        house.visit(customer=came.customer)
    else:
        house.visit("李国强", PHONE)


@pytest.mark.parametrize("how", ["a follow-up", "another visit", "a relative"])
def test_after_somebody_went_on_it_is_too_late(reception: Reception, how: str) -> None:
    reception.sign_in("a", "b")
    came = reception.visit("陈一凡", PHONE)
    goes_on(reception, how, came)
    before = everything(reception)
    with pytest.raises(GoneOn) as refused:
        back(reception, came.visit)
    assert refused.value.details["by"] in ("顾问甲", "前台")
    assert everything(reception) == before


def test_who_looked_at_the_phone_is_no_hindrance(reception: Reception) -> None:
    reception.sign_in("a")
    came = reception.visit("陈一凡", PHONE)
    reveal(reception.desk("boss"), came.customer, reception.later(seconds=1))
    assert back(reception, came.visit).gone


def test_what_refers_to_the_customer_unseen_holds_them_too(reception: Reception) -> None:
    reception.sign_in("a")
    came = reception.visit("陈一凡", PHONE)
    with reception.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(follow_up.insert(), {
            "project_id": 1, "customer_id": came.customer, "person_id": 1, "due": reception.now.date(),
        })  # fmt: skip
    with pytest.raises(NeededSince):
        back(reception, came.visit)
    assert visit_lists.of_day(reception.desk(), reception.now.date())[0].id == came.visit


def test_yesterdays_registration_stays(reception: Reception) -> None:
    reception.sign_in("a")
    came = reception.visit("陈一凡", PHONE)
    reception.now += timedelta(days=1)
    with pytest.raises(DayOver):
        back(reception, came.visit)


def test_a_consultant_takes_back_their_own_registrations_and_says_why(reception: Reception) -> None:
    reception.sign_in("a")
    theirs, mine = reception.visit("陈一凡", PHONE), reception.visit("王小明", OTHER, by="a")
    with pytest.raises(NotYours):
        back(reception, theirs.visit, "a")
    with pytest.raises(ReasonMissing):
        back(reception, mine.visit, "a", reason=" ")
    assert back(reception, mine.visit, "a").gone
    with pytest.raises(NotFound):
        back(reception, 4711)


def test_what_a_ledger_brought_in_is_not_taken_back_here(reception: Reception) -> None:
    with reception.working() as work:
        record_past(work, [PastVisit(reception.now, name="陈一凡", phone=PHONE)])
    (line,) = visit_lists.of_day(reception.desk(), reception.now.date())
    with pytest.raises(NotFound):
        back(reception, line.id)
