"""Ledgers and generated years, put on record in bulk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from salescenter.data import customer_phones
from salescenter.data.customers import customer
from salescenter.data.history import tally
from salescenter.data.types import CHINA
from salescenter.services import customers
from salescenter.services.customer_card import card
from salescenter.services.follow_ups import due_list
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import PastFollowUp, PastRecorded, PastVisit, record_past
from tests.services.reception_house import NEEDS, Reception

FIRST = datetime(2026, 2, 2, 10, 0, tzinfo=CHINA)
SIX = {"sex": "female", "channel": "路过", "answers": NEEDS}


def record(house: Reception, *rows: PastVisit) -> PastRecorded:
    with house.working() as work:
        return record_past(work, rows)


def line(house: Reception, days: int, name: str, phone: str, by: str = "a", **more: object) -> PastVisit:
    at = FIRST + timedelta(days=days)
    return PastVisit(at, name=name, phone=phone, consultant=house.people[by].id, **(SIX | more))  # type: ignore[arg-type]


def test_lines_of_one_phone_are_one_customer(both: Reception) -> None:
    told = record(
        both, line(both, 3, "陈一凡", "138 0013 5521"), line(both, 0, "陈女士", "13800135521", kind=Contact.CALL_IN),
        line(both, 1, "王小明", "15900001111", "b"),
    )
    assert (told.customers, told.visits, told.repeated, told.flagged) == (2, 3, 0, 0)
    assert told.people[0] == told.people[1] != told.people[2]
    shown = card(both.desk("boss"), told.people[0], both.now.date())
    assert (shown.name, [(v.kind, v.first) for v in shown.visits]) == ("陈一凡", [("visit", True), ("call-in", True)])
    assert (shown.owner_name, shown.protected_until, shown.last_kind) == ("顾问甲", date(2026, 2, 15), "visit")
    assert [hint.id for hint in customers.find(both.desk(), "0013")] == [told.people[0]]
    assert [hint.id for hint in customers.find(both.desk(), "wangxm")] == [told.people[2]]


def test_the_same_ledger_twice_changes_nothing(both: Reception) -> None:
    rows = [
        line(both, 0, "陈一凡", "13800135521"), line(both, 5, "陈一凡", "13800135521"), line(both, 1, "李", ""),
        line(both, 2, "", ""), line(both, 3, "周红", "1380013"),
    ]
    first = record(both, *rows)
    again = record(both, *rows)
    assert (again.customers, again.visits, again.repeated) == (0, 0, 5)
    assert again.people == first.people
    with both.house.engine.connect() as connection:
        figures = connection.scalars(select(tally.c.count).where(tally.c.figure == "visit", tally.c.part == ""))
        assert sum(figures) == 5


def test_a_line_read_twice_in_one_file_counts_once(reception: Reception) -> None:
    told = record(reception, *[line(reception, 0, "陈一凡", "13800135521")] * 2)
    assert (told.visits, told.repeated) == (1, 1)


def test_later_lines_go_on_from_what_is_on_record(reception: Reception) -> None:
    who = record(reception, line(reception, 0, "陈一凡", "13800135521")).people[0]
    record(reception, line(reception, 4, "陈一凡", "13800135521"), line(reception, 30, "陈一凡", "13800135521", "b"))
    shown = card(reception.desk("boss"), who, reception.now.date())
    assert [v.first for v in shown.visits] == [False, False, True]
    assert (shown.owner_name, shown.owned_since, shown.last_seen) == (
        "顾问乙", date(2026, 3, 4), FIRST + timedelta(days=30)
    )


def test_an_older_line_does_not_turn_the_clock_back(reception: Reception) -> None:
    who = record(reception, line(reception, 20, "陈一凡", "13800135521")).people[0]
    record(reception, line(reception, 0, "陈一凡", "13800135521", kind=Contact.CALL_IN))
    shown = card(reception.desk("boss"), who, reception.now.date())
    assert (shown.last_seen, shown.last_kind) == (FIRST + timedelta(days=20), "visit")
    assert shown.protected_until == date(2026, 3, 4)


def test_nothing_of_a_line_is_dropped_for_being_malformed(reception: Reception) -> None:
    told = record(reception, line(reception, 0, "陈一凡", "1380013552", id_number="110105194912310021"))
    shown = card(reception.desk("boss"), told.people[0], reception.now.date())
    assert told.flagged == 1
    assert (shown.id_kind, shown.phones[0].well_formed) == ("other", False)


def test_relatives_on_one_phone_become_a_family(both: Reception) -> None:
    told = record(
        both, line(both, 0, "陈一凡", "13800135521"), line(both, 1, "李国强", "13800135521", "b"),
        line(both, 2, "李小小", "13800135521", "b"),
    )
    assert told.customers == 3
    family = card(both.desk("boss"), told.people[2], both.now.date())
    assert [one.id for one in family.family] == [told.people[0], told.people[1]]
    assert family.owner_name == "顾问甲"
    record(both, line(both, 3, "李小小", "13800135521", "a"))
    for one in told.people:
        assert card(both.desk("boss"), one, both.now.date()).protected_until == date(2026, 2, 15)


def test_malformed_phones_make_nobody_a_relative(reception: Reception) -> None:
    told = record(reception, line(reception, 0, "陈一凡", "138"), line(reception, 1, "李国强", "138"))
    assert card(reception.desk("boss"), told.people[1], reception.now.date()).family == ()


def test_the_figures_stand_on_the_days_of_the_visits(reception: Reception) -> None:
    reception.now = FIRST
    a = reception.people["a"].id
    record(
        reception, line(reception, 0, "陈一凡", "13800135521"), line(reception, 0, "周红", "15900001111", channel=""),
        line(reception, 1, "陈一凡", "13800135521"),
    )
    assert (reception.figure("visit"), reception.figure("visit-first"), reception.figure("visit", "c:路过")) == (2, 2, 1)
    reception.now += timedelta(days=1)
    assert (reception.figure("visit", f"p:{a}"), reception.figure("visit-first")) == (1, 0)


def test_follow_ups_of_then_renew_or_wait(reception: Reception) -> None:
    done = PastFollowUp(date(2026, 2, 6), "电话", "考虑中", FIRST + timedelta(days=4))
    silent = PastFollowUp(date(2026, 2, 10), "电话", "无人接听", FIRST + timedelta(days=8))
    waits = PastFollowUp(date(2026, 3, 3), "约看房")
    told = record(reception, line(reception, 0, "陈一凡", "13800135521", follow_ups=(done, silent, waits)))
    shown = card(reception.desk("boss"), told.people[0], reception.now.date())
    assert shown.protected_until == date(2026, 2, 16)
    assert [one.effective for one in shown.follow_ups] == [False, False, True]
    assert [one.what for one in due_list(reception.desk("a"), date(2026, 3, 3))] == ["约看房"]


def test_a_ledger_without_consultants_gives_nobody_an_owner(reception: Reception) -> None:
    row = PastVisit(FIRST, name="陈一凡", phone="13800135521", consent="同意")
    who = record(reception, row).people[0]
    shown = card(reception.desk("boss"), who, reception.now.date())
    assert (shown.owner, shown.protected_until, shown.consent_at) == (0, None, FIRST)


def test_customers_made_from_a_ledger_have_their_own_rows(reception: Reception) -> None:
    record(reception, *(line(reception, 0, f"陈{n}", f"138001355{n:02}") for n in range(40)))
    with reception.house.engine.connect() as connection:
        rows = connection.execute(select(customer.c.name, customer_phones.first_phone).order_by(customer.c.id)).all()
    assert [tuple(row) for row in rows] == [(f"陈{n}", f"138001355{n:02}") for n in range(40)]
