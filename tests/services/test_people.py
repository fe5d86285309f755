"""The people of the house: joining, changing, leaving, passwords."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from salescenter.domain.led_out import TakenOffTheList
from salescenter.domain.refusals import (
    FieldMissing,
    LastManager,
    LoginTaken,
    NotFound,
    NotYours,
    PasswordTooShort,
    WrongPassword,
)
from salescenter.domain.staff import Person, Role
from salescenter.services import people
from salescenter.services.people import LeaveRequest, PasswordRequest, PersonRequest
from tests.services.reception_house import Reception


def row(here: Reception, login: str) -> people.PersonRow:
    return next(one for one in people.people(here.desk("boss")) if one.login == login)


def test_somebody_new_joins_and_logs_in_with_the_password_given(both: Reception) -> None:
    asked = PersonRequest(" 孙浩 ", "sunhao", Role.CASHIER, phone="13800000000", password="secret-1")
    kept = people.keep(both.desk("boss"), asked, both.now)
    assert kept.name == "孙浩"
    assert both.house.log_in("sunhao", "secret-1").who.role is Role.CASHIER
    with pytest.raises(WrongPassword):
        both.house.log_in("sunhao", "")
    assert (row(both, "sunhao").has_password, row(both, "sunhao").phone) == (True, "13800000000")


def test_changing_a_role_is_told_with_what_it_was_and_no_password(both: Reception) -> None:
    asked = PersonRequest("顾问甲", "a", Role.SUPERVISOR, team="二组", id=both.people["a"].id)
    people.keep(both.desk("boss"), asked, both.now)
    told = both.told("edit-settings")[-1]
    assert told["before"] == {"name": "顾问甲", "login": "a", "role": "consultant", "team": "", "phone": ""}
    assert told["after"] == {"name": "顾问甲", "login": "a", "role": "supervisor", "team": "二组", "phone": ""}


def test_two_people_never_log_in_under_one_name(both: Reception) -> None:
    with pytest.raises(LoginTaken) as refused:
        people.keep(both.desk("boss"), PersonRequest("李四", "Front", Role.VIEWER), both.now)
    assert refused.value.details == {"field": "login", "login": "Front", "by": "前台"}
    people.keep(both.desk("boss"), PersonRequest("前台", "FRONT", Role.RECEPTIONIST, id=both.people["front"].id), both.now)


@pytest.mark.parametrize(("name", "login", "field"), [(" ", "x", "name"), ("甲", "", "login")])
def test_a_name_and_a_log_in_are_needed(both: Reception, name: str, login: str, field: str) -> None:
    with pytest.raises(FieldMissing) as refused:
        people.keep(both.desk("boss"), PersonRequest(name, login, Role.VIEWER), both.now)
    assert refused.value.details["field"] == field


def test_who_leaves_logs_in_no_more_and_may_return(both: Reception) -> None:
    people.let_go(both.desk("boss"), LeaveRequest(both.people["a"].id, active=False), both.now)
    with pytest.raises(WrongPassword):
        both.house.log_in("a", "")
    assert people.people(both.desk("boss"))[-1].login == "a"
    people.let_go(both.desk("boss"), LeaveRequest(both.people["a"].id, active=True), both.now)
    assert both.house.log_in("a", "").who.name == "顾问甲"
    with pytest.raises(NotFound):
        people.let_go(both.desk("boss"), LeaveRequest(999, active=False), both.now)


def test_the_house_is_never_left_without_a_manager(both: Reception) -> None:
    with pytest.raises(LastManager):
        people.let_go(both.desk("boss"), LeaveRequest(1, active=False), both.now)
    with pytest.raises(LastManager):
        people.keep(both.desk("boss"), PersonRequest("经理", "boss", Role.CASHIER, id=1), both.now)
    people.keep(both.desk("boss"), PersonRequest("副经理", "second", Role.MANAGER), both.now)
    people.let_go(both.desk("boss"), LeaveRequest(1, active=False), both.now)
    assert not row(both, "boss").active


@pytest.mark.parametrize("each_other", [False, True])
def test_two_managers_who_go_at_once_leave_one_behind(both: Reception, each_other: bool) -> None:
    second = people.keep(both.desk("boss"), PersonRequest("副经理", "second", Role.MANAGER), both.now).person
    desks = {1: both.desk("boss"), second: replace(both.desk("boss"), who=Person(second, "副经理", Role.MANAGER))}
    line = Barrier(2)

    def go(mine: int, whose: int) -> object:
        line.wait(timeout=60)
        try:
            return people.let_go(desks[mine], LeaveRequest(whose, active=False), both.now)
        except (LastManager, TakenOffTheList) as said:
            return type(said)

    pairs = [(1, second), (second, 1)] if each_other else [(1, 1), (second, second)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(go, *zip(*pairs, strict=True)))
    assert (TakenOffTheList if each_other else LastManager) in answers
    assert [one.login for one in both.house.people() if one.role is Role.MANAGER] in (["boss"], ["second"])


def test_a_password_is_set_hashed_and_may_be_taken_away(both: Reception) -> None:
    whose = both.people["front"].id
    with pytest.raises(PasswordTooShort):
        people.set_password(both.desk("boss"), PasswordRequest(whose, "12345"), both.now)
    people.set_password(both.desk("boss"), PasswordRequest(whose, "123456"), both.now)
    assert both.house.log_in("front", "123456").who.id == whose
    assert "123456" not in str(both.told("edit-settings"))
    people.set_password(both.desk("boss"), PasswordRequest(whose, ""), both.now)
    assert both.house.log_in("front", "").who.id == whose


def test_everybody_changes_their_own_password_knowing_the_old_one(both: Reception) -> None:
    people.change_own_password(both.desk("front"), "", "open sesame", both.now)
    with pytest.raises(WrongPassword):
        people.change_own_password(both.desk("front"), "", "other one", both.now)
    people.change_own_password(both.desk("front"), "open sesame", "other one", both.now)
    assert both.house.log_in("front", "other one").who.name == "前台"


def test_only_who_may_change_settings_changes_people(both: Reception) -> None:
    with pytest.raises(NotYours):
        people.keep(both.desk("lead"), PersonRequest("x", "x", Role.MANAGER), both.now)


def test_the_list_says_what_somebody_would_leave_behind(both: Reception) -> None:
    both.sign_in("a")
    both.visit("王芳", "13811112222")
    assert row(both, "a").customers == 1
    assert (row(both, "b").customers, row(both, "b").deals) == (0, 0)
