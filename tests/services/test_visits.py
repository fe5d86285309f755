"""Visits and calls: who receives whom, whose they become, what is required, what is counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import insert, select

from salescenter.data.estate import setting
from salescenter.data.visits import rota_event, visit
from salescenter.domain.refusals import FieldMissing, NotFound, TooLate
from salescenter.domain.rota import Away, Happening, RotaKind
from salescenter.services import visit_lists
from salescenter.services.customer_card import card
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.follow_ups import due_list
from salescenter.services.papers.registration import registration_paper
from salescenter.services.receiving import Expected, expected
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import Registered, VisitRequest, register
from tests.services.reception_house import NEEDS, Reception

PHONE = "13800135521"


def test_a_new_visitor_goes_to_the_next_of_the_rota_and_becomes_theirs(both: Reception) -> None:
    both.sign_in("a", "b")
    came = both.visit("陈一凡", PHONE)
    assert (came.consultant_name, came.owner_name, came.by) == ("顾问甲", "顾问甲", "rota")
    assert (came.first, came.known, came.lacking) == (True, False, "")
    assert both.next() == "顾问乙"
    shown = card(both.desk("a"), came.customer, both.now.date())
    assert (shown.owner_name, shown.protected_until, shown.last_kind) == ("顾问甲", date(2026, 3, 12), "visit")


def test_the_same_press_twice_registers_once(both: Reception) -> None:
    both.sign_in("a", "b")
    facts = CustomerFacts("陈一凡", (PHONE,), "female")
    asked = VisitRequest(Contact.VISIT, facts, channel="路过", answers=NEEDS, key="press-1")
    first = register(both.desk(), asked, both.later(seconds=1))
    assert register(both.desk(), asked, both.later(seconds=1)) == first
    assert both.figure("visit") == 1
    assert both.next() == "顾问乙"


def test_a_returning_customer_goes_to_their_consultant_and_uses_no_turn(both: Reception) -> None:
    both.sign_in("a", "b")
    both.visit("陈一凡", PHONE)
    both.happen("a", Happening.DONE)
    both.now += timedelta(days=2)
    both.sign_in("b", "a")
    again = both.visit("陈一凡", PHONE)
    assert (again.consultant_name, again.by, again.known, again.first) == ("顾问甲", "owner", True, False)
    assert both.next() == "顾问乙"


def test_a_known_visitor_needs_nothing_but_to_be_named(reception: Reception) -> None:
    reception.sign_in("a")
    who = reception.visit("陈一凡", PHONE).customer
    again = register(reception.desk(), VisitRequest(Contact.VISIT, customer=who), reception.later(hours=3))
    assert (again.customer, again.first) == (who, False)
    lines = card(reception.desk(), who, reception.now.date()).visits
    assert [(line.channel, line.answers["product"]) for line in lines] == [("路过", ["三室"])] * 2


def test_the_day_the_window_ends_is_still_the_owners_the_next_is_the_rotas(reception: Reception) -> None:
    reception.sign_in("a")
    who = reception.visit("陈一凡", PHONE).customer
    for days, receiver in ((10, "顾问甲"), (21, "顾问乙")):
        reception.now = reception.now.replace(day=2, month=3) + timedelta(days=days)
        reception.sign_in("b", "a")
        came = register(reception.desk(), VisitRequest(Contact.VISIT, customer=who), reception.later(seconds=1))
        assert came.consultant_name == receiver


def test_where_the_owner_is_away_somebody_helps_and_is_owed_a_turn(reception: Reception) -> None:
    reception.sign_in("a", "b", "c")
    who = reception.visit("陈一凡", PHONE).customer
    reception.happen("a", Happening.DONE)
    reception.happen("a", Happening.AWAY, away=Away.LEAVE)
    came = reception.visit(customer=who)
    assert (came.consultant_name, came.owner_name, came.helped) == ("顾问乙", "顾问甲", True)
    reception.happen("b", Happening.DONE)
    assert reception.next() == "顾问乙"


def test_whom_a_new_customer_asks_for_receives_them(reception: Reception) -> None:
    reception.sign_in("a", "b", "c")
    came = reception.visit("陈一凡", PHONE, consultant=reception.people["c"].id)
    assert (came.consultant_name, came.owner_name, came.by) == ("顾问丙", "顾问丙", "asked")
    assert reception.next() == "顾问甲"


def test_a_relative_on_the_same_phone_goes_to_the_familys_consultant(reception: Reception) -> None:
    reception.sign_in("a", "b")
    reception.visit("陈一凡", PHONE)
    came = reception.visit("李国强", PHONE)
    assert (came.consultant_name, came.known, came.first) == ("顾问甲", False, False)


def test_companions_become_the_family(reception: Reception) -> None:
    reception.sign_in("a")
    more = (CustomerFacts("李国强", ("13900001111",)), CustomerFacts("李小小"))
    came = reception.visit("陈一凡", PHONE, companions=more, consent="同意")
    family = card(reception.desk("boss"), came.customer, reception.now.date()).family
    assert [one.name for one in family] == ["李国强", "李小小"]
    husband = card(reception.desk("boss"), family[0].id, reception.now.date())
    assert (husband.owner_name, husband.consent_text) == ("顾问甲", "同意")
    assert visit_lists.of_day(reception.desk(), reception.now.date())[0].party == 3


def test_a_registration_that_lacks_one_of_the_six_protects_nobody(reception: Reception) -> None:
    reception.sign_in("a")
    came = reception.visit("陈一凡", PHONE, kind=Contact.CALL_IN, answers=())
    assert (came.lacking, came.owner, came.consultant_name) == ("area,product", 0, "顾问甲")


def test_what_is_required_must_be_there_and_nothing_is_kept_otherwise(both: Reception) -> None:
    both.sign_in("a")
    with pytest.raises(FieldMissing) as told:
        both.visit("陈一凡", PHONE, channel="")
    assert told.value.details["field"] == "channel"
    assert both.figure("visit") == 0
    assert visit_lists.of_day(both.desk(), both.now.date()) == ()


def test_a_house_decides_what_is_required(reception: Reception) -> None:
    with reception.house.engine.begin() as connection:
        kept = {"project_id": 1, "name": "required.visit", "since": date(2026, 1, 1), "value": ["level"]}
        connection.execute(insert(setting), [kept])
    reception.sign_in("a")
    with pytest.raises(FieldMissing) as told:
        reception.visit("陈一凡", PHONE)
    assert told.value.details["field"] == "level"
    facts = CustomerFacts("陈一凡", level="B · 两周内")
    assert register(reception.desk(), VisitRequest(Contact.VISIT, facts), reception.later(seconds=1)).lacking


def test_without_anybody_signed_in_a_consultant_must_be_named(reception: Reception) -> None:
    with pytest.raises(FieldMissing) as told:
        reception.visit("陈一凡", PHONE)
    assert told.value.details["field"] == "consultant"
    assert reception.visit("陈一凡", PHONE, consultant=reception.people["b"].id).consultant_name == "顾问乙"
    assert reception.visit("王小明", "15900001111", by="c").consultant_name == "顾问丙"


def test_visits_and_calls_have_figures_of_their_own(both: Reception) -> None:
    both.sign_in("a", "b")
    a, b = both.people["a"].id, both.people["b"].id
    both.visit("陈一凡", PHONE)
    both.visit("陈一凡", PHONE)
    both.visit("王小明", "15900001111", kind=Contact.CALL_IN)
    both.visit("周红", "15900002222", kind=Contact.CALL_OUT, by="b")
    assert [both.figure(f) for f in ("visit", "visit-first", "call-in", "call-out")] == [2, 1, 1, 1]
    assert (both.figure("visit", f"p:{a}"), both.figure("visit", "c:路过")) == (2, 2)
    assert both.figure("call-out", f"p:{b}") == 1


def test_callers_have_a_rota_of_their_own(reception: Reception) -> None:
    reception.sign_in("a", "b")
    assert reception.visit("陈一凡", PHONE, kind=Contact.CALL_IN).consultant_name == "顾问甲"
    assert reception.next() == "顾问甲"
    assert reception.next(RotaKind.CALL) == "顾问乙"


def test_a_peer_keeps_the_turn_and_is_counted_nowhere(reception: Reception) -> None:
    reception.sign_in("a", "b")
    came = reception.visit("某地产踩盘", peer=True)
    assert (came.consultant_name, came.owner) == ("顾问甲", 0)
    reception.happen("a", Happening.DONE)
    assert reception.next() == "顾问甲"
    assert reception.figure("visit") == 0
    assert visit_lists.sums(visit_lists.of_day(reception.desk(), reception.now.date())).groups == 0


def test_outside_the_rotas_hours_a_customer_uses_no_turn(reception: Reception) -> None:
    with reception.house.engine.begin() as connection:
        kept = {"project_id": 1, "name": "rota-hours", "since": date(2026, 1, 1), "value": ["09:00", "18:00"]}
        connection.execute(insert(setting), [kept])
    reception.sign_in("a", "b")
    reception.later(hours=10)
    assert reception.visit("陈一凡", PHONE).consultant_name == "顾问甲"
    reception.happen("a", Happening.DONE)
    assert reception.next() == "顾问甲"


def test_a_name_said_later_is_added_and_what_was_known_stays(reception: Reception) -> None:
    reception.sign_in("a")
    who = reception.visit("陈女士", PHONE, kind=Contact.CALL_IN, channel="短视频").customer
    came = reception.visit("陈一凡", PHONE, facts=CustomerFacts("陈一凡", (PHONE, "0755-26661234"), "female", note="高"))
    assert came.customer == who
    shown = card(reception.desk("boss"), who, reception.now.date())
    assert (shown.name, shown.note, len(shown.phones)) == ("陈一凡", "高", 2)
    reception.visit("陈大文", customer=who)
    assert card(reception.desk("boss"), who, reception.now.date()).name == "陈一凡"


def test_the_follow_up_goes_to_whose_the_customer_is(reception: Reception) -> None:
    reception.sign_in("a", "b")
    due = reception.now.date() + timedelta(days=3)
    reception.visit("陈一凡", PHONE, follow_up=due, follow_up_what="周末带父母再看")
    waiting = due_list(reception.desk("a"), due, mine=True)
    assert [(one.name, one.what, one.due) for one in waiting] == [("陈一凡", "周末带父母再看", due)]
    assert due_list(reception.desk("b"), due, mine=True) == ()
    with pytest.raises(TooLate):
        reception.visit("王小明", "15900001111", follow_up=reception.now.date() - timedelta(days=1))


def test_a_refused_follow_up_leaves_nothing_behind(both: Reception) -> None:
    both.sign_in("a")
    with pytest.raises(TooLate):
        both.visit("陈一凡", PHONE, follow_up=both.now.date() - timedelta(days=1))
    with both.house.engine.connect() as connection:
        assert connection.execute(select(visit.c.id)).all() == []
        assert len(connection.execute(select(rota_event.c.id)).all()) == 1


def test_the_day_lists_visits_and_calls_newest_first(reception: Reception) -> None:
    reception.sign_in("a", "b")
    reception.visit("陈一凡", PHONE)
    reception.visit("王小明", "15900001111", kind=Contact.CALL_IN)
    reception.visit("陈一凡", PHONE)
    lines = visit_lists.of_day(reception.desk(), reception.now.date())
    assert [(line.name, line.kind, line.first) for line in lines] == [
        ("陈*", "visit", False), ("王*", "call-in", True), ("陈*", "visit", True)
    ]
    counted = visit_lists.sums(lines)
    assert (counted.groups, counted.first, counted.again, counted.calls_in) == (3, 1, 1, 1)


def test_a_known_customers_sheet_goes_on_from_the_last_visit(reception: Reception) -> None:
    reception.sign_in("a")
    who = reception.visit("陈一凡", PHONE, consent="同意").customer
    sheet = visit_lists.sheet(reception.desk(), who)
    assert (sheet.name, sheet.phone, sheet.channel, sheet.visits) == ("陈*", "138****5521", "路过", 1)
    assert (sheet.answers["product"], sheet.consented) == (["三室"], True)
    with pytest.raises(NotFound):
        visit_lists.sheet(reception.desk(), 99)


def test_who_would_receive_is_said_beforehand(both: Reception) -> None:
    desk = both.desk()
    assert expected(desk, Contact.VISIT, None, both.now) == Expected()
    both.sign_in("a", "b")
    assert expected(desk, Contact.VISIT, None, both.now).name == "顾问甲"
    who = both.visit("陈一凡", PHONE).customer
    told = expected(desk, Contact.VISIT, who, both.now)
    assert (told.name, told.by, told.helped, told.owner_name) == ("顾问甲", "owner", False, "顾问甲")
    both.happen("a", Happening.DONE)
    both.happen("a", Happening.AWAY, away=Away.LEAVE)
    told = expected(desk, Contact.VISIT, who, both.now)
    assert (told.name, told.helped, told.owner_name) == ("顾问乙", True, "顾问甲")
    assert both.next() == "顾问乙"


def test_a_slip_says_what_was_registered(reception: Reception) -> None:
    reception.sign_in("a")
    came = reception.visit("陈一凡", PHONE, consent="同意", note="周末再来")
    paper = registration_paper(reception.desk(), came.visit, reception.now)
    said = {answer.label: answer.value for answer in paper.answers}
    assert (paper.title, paper.number, paper.project) == ("来访登记表", f"V20260302-{came.visit}", "云栖花园")
    assert (said["姓名"], said["电话"], said["需求户型"], said["备注"]) == ("陈一凡", "138****5521", "三室", "周末再来")
    assert (paper.consultant, paper.receptionist, paper.consent) == ("顾问甲", "前台", "同意")
    assert paper.consented == reception.now.date()
    english = registration_paper(reception.desk(), came.visit, reception.now, "en")
    assert (english.title, english.answers[1].label) == ("Visit registration", "Name")
    with pytest.raises(NotFound):
        registration_paper(reception.desk(), 99, reception.now)


def at_once(house: Reception, asked: list[VisitRequest]) -> list[Registered]:
    """Register from several desks at the same moment."""
    start = Barrier(len(asked))

    def one(request: VisitRequest) -> Registered:
        start.wait()
        return register(house.desk(), request, house.now)

    with ThreadPoolExecutor(len(asked)) as desks:
        return list(desks.map(one, asked))


def test_two_desks_at_once_are_never_given_the_same_turn(both: Reception) -> None:
    both.sign_in("a", "b", "c", "d")
    asked = [
        VisitRequest(Contact.VISIT, CustomerFacts(name, (phone,), "male"), channel="路过", answers=NEEDS)
        for name, phone in (("陈一", "13800000001"), ("王二", "13800000002"), ("李三", "13800000003"))
    ]
    came = at_once(both, asked)
    assert sorted(one.consultant_name for one in came) == sorted(["顾问甲", "顾问乙", "顾问丙"])
    assert both.figure("visit") == 3


def test_one_new_phone_at_two_desks_at_once_is_one_customer(both: Reception) -> None:
    both.sign_in("a", "b", "c")
    facts = CustomerFacts("陈一凡", (PHONE,), "female")
    came = at_once(both, [VisitRequest(Contact.VISIT, facts, channel="路过", answers=NEEDS)] * 2)
    assert len({one.customer for one in came}) == 1
    assert sorted(one.known for one in came) == [False, True]
    assert len({one.consultant for one in came}) == 1
