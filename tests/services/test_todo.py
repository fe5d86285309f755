"""To-dos: everything that waits, whose it is, and what opens it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, update

from salescenter.data.deals import approval, due, hold
from salescenter.data.estate import unit
from salescenter.data.history import history
from salescenter.domain.money import Money
from salescenter.domain.units import UnitState
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.customers import NewCustomer, register
from salescenter.services.follow_ups import PlanFollowUp, plan
from salescenter.services.papers import archive
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.todo import Todo, TodoKind, todos
from tests.services.reception_house import NINE, Reception
from tests.services.test_find import build, sell

TODAY = NINE.date()


def full(house: Reception) -> dict[str, int]:
    """One thing of each kind waits: of consultant a all but the hold, which is b's."""
    a, b = house.people["a"].id, house.people["b"].id
    who = register(house.desk(), NewCustomer(CustomerFacts(name="陈一凡", phones=("13800135521",)), owner=a), NINE).id
    plan(house.desk("a"), PlanFollowUp(who, TODAY, "约看房"), NINE)
    with house.house.engine.begin() as connection:
        codes = build(connection)
        sell(connection, codes["3-1-1201"], who, a, "RG1", sign_by=TODAY + timedelta(days=2))
        late = sell(connection, codes["3-1-1202"], who, a, "RG2", sign_by=TODAY - timedelta(days=1))
        sell(connection, codes["5-1-301"], who, a, "RG3", UnitState.RESERVED)
        done = sell(connection, codes["5-1-1201"], who, a, "RG4", UnitState.SIGNED, sign_by=TODAY, signed=TODAY)
        ends = NINE + timedelta(hours=3)
        for code, state in (("5-1-301", UnitState.RESERVED), ("3-2-1201", UnitState.HELD)):
            change = update(unit).where(unit.c.id == codes[code])
            connection.execute(change.values(state=int(state), until=ends))
        held: dict[str, object] = {"unit_id": codes["3-2-1201"], "by_id": b, "reason": "等家人", "at": NINE, "until": ends}
        connection.execute(insert(hold).values(held))
        for amount, paid, on in ((100, 100, -9), (300, 100, -5), (50, 0, -3), (70, 0, 3)):
            line: dict[str, object] = {"deal_id": late, "position": on, "item": "instalment", "amount": Money.yuan(amount)}
            more = {"paid": Money.yuan(paid), "due": TODAY + timedelta(days=on)}
            connection.execute(insert(due).values(line | more))
        asked: dict[str, object] = {"project_id": 1, "unit_id": codes["5-1-1201"], "step": "subscribe", "asked": {}, "asked_by": a}
        connection.execute(insert(approval).values(asked | {"asked_at": NINE}))
    archive.keep(house.desk(), PrintRequest("contract", "RG2", "合同", b"%PDF", deal=late), NINE)
    archive.keep(house.desk(), PrintRequest("contract", "RG4", "合同", b"%PDF", deal=done), NINE)
    undone: dict[str, object] = {"subject": "deal", "subject_id": late, "deal_id": late, "step": "undo-draft"}
    told = undone | {"project_id": 1, "at": NINE + timedelta(seconds=1), "person_id": a}
    with house.house.engine.begin() as connection:
        connection.execute(insert(history).values(told))
    return codes


def of(found: tuple[Todo, ...], kind: TodoKind) -> list[Todo]:
    return [todo for todo in found if todo.kind is kind]


def test_everything_that_waits_is_listed_once(both: Reception) -> None:
    full(both)
    assert sorted(todo.kind for todo in todos(both.desk("boss"), NINE)) == sorted(TodoKind)


def test_each_line_opens_what_it_is_about(reception: Reception) -> None:
    codes = full(reception)
    opens = {todo.kind: (todo.page, todo.argument) for todo in todos(reception.desk("boss"), NINE)}
    assert opens == {
        TodoKind.APPROVAL: ("floorplan", codes["5-1-1201"]), TodoKind.SIGN_SOON: ("floorplan", codes["3-1-1201"]),
        TodoKind.SIGN_OVERDUE: ("floorplan", codes["3-1-1202"]), TodoKind.HOLD_ENDS: ("floorplan", codes["3-2-1201"]),
        TodoKind.RESERVE_ENDS: ("floorplan", codes["5-1-301"]), TodoKind.FOLLOW_UP: ("customers", 1),
        TodoKind.ARREARS: ("deals", 2), TodoKind.VOID_PAPER: ("deals", 2),
        TodoKind.SCAN_MISSING: ("papers", 4),
    }


def test_only_managers_see_what_waits_for_approval(reception: Reception) -> None:
    full(reception)
    assert of(todos(reception.desk("boss"), NINE), TodoKind.APPROVAL)
    assert not of(todos(reception.desk("a"), NINE), TodoKind.APPROVAL)


def test_mine_are_only_mine(reception: Reception) -> None:
    full(reception)
    kinds = {who: {todo.kind for todo in todos(reception.desk(who), NINE, mine=True)} for who in "abc"}
    assert kinds["b"] == {TodoKind.HOLD_ENDS}
    assert kinds["a"] == set(TodoKind) - {TodoKind.HOLD_ENDS, TodoKind.APPROVAL}
    assert kinds["c"] == set()


def test_names_are_masked_by_role(reception: Reception) -> None:
    full(reception)
    assert of(todos(reception.desk("front"), NINE), TodoKind.SIGN_SOON)[0].who == "陈*"
    assert of(todos(reception.desk("boss"), NINE), TodoKind.SIGN_SOON)[0].who == "陈一凡"


def test_arrears_add_up_what_is_overdue_of_a_deal(reception: Reception) -> None:
    full(reception)
    [owed] = of(todos(reception.desk("boss"), NINE), TodoKind.ARREARS)
    assert (owed.amount, owed.due, owed.detail) == (Money.yuan(250), TODAY - timedelta(days=5), "RG2")


def test_a_hold_that_has_ended_or_ends_another_day_waits_for_nobody(reception: Reception) -> None:
    full(reception)
    desk = reception.desk("boss")
    assert of(todos(desk, NINE + timedelta(hours=4)), TodoKind.HOLD_ENDS) == []
    assert of(todos(desk, NINE - timedelta(days=1)), TodoKind.HOLD_ENDS) == []
    [ends] = of(todos(desk, NINE), TodoKind.HOLD_ENDS)
    assert (ends.detail, ends.until) == ("等家人", NINE + timedelta(hours=3))


def test_signing_days_beyond_the_warning_do_not_show_yet(reception: Reception) -> None:
    full(reception)
    before = todos(reception.desk("boss"), NINE - timedelta(days=20))
    assert of(before, TodoKind.SIGN_SOON) == of(before, TodoKind.SIGN_OVERDUE) == []


def test_an_empty_house_has_nothing_to_do(reception: Reception) -> None:
    assert todos(reception.desk("boss"), NINE) == ()
    assert date(2026, 3, 2) == TODAY
