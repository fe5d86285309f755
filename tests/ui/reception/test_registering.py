"""Registering at the door, by keyboard: who it is, in few keys, with nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from salescenter.domain.rota import Away, Happening, RotaKind
from salescenter.services import visit_lists
from salescenter.services.customer_card import card
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import register
from tests.ui.reception.conftest import Door
from tests.ui.rooms import Later

PHONE = "13800135521"
KEYS_IN_5_S, KEYS_IN_20_S = 10, 50
"""A practised typist makes some two and a half keys a second, thinking included."""


def newest(door: Door) -> visit_lists.DayLine:
    return visit_lists.of_day(door.house.desk("boss"), door.house.now.date())[0]


def test_a_new_visitor_is_registered_in_20_seconds_by_keyboard_alone(door: Door) -> None:
    door.type(PHONE)
    door.enter()
    door.write("陈一凡", "chenyifan")
    door.enter()
    door.type("2")  # female; the form goes on by itself
    assert door.at("age")
    door.enter(4)   # age, district, contact and people stay as they are
    assert door.at("channel")
    door.type("pyjs")
    door.enter(2)
    door.type("3")
    door.enter()
    door.type("3")
    door.finish()
    line = newest(door)
    assert (line.name, line.consultant_name, line.channel, line.first) == ("陈一凡", "顾问甲", "朋友介绍", True)
    shown = card(door.house.desk("boss"), line.customer, door.house.now.date())
    assert (shown.sex, shown.visits[0].answers) == ("female", {"product": ["三室"], "area": ["90–110 ㎡"]})
    assert shown.owner_name == "顾问甲"
    assert door.keys <= KEYS_IN_20_S
    assert door.at("finding")


def test_a_known_visitor_is_registered_in_5_seconds(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type("5521")
    door.enter()
    door.finish()
    assert (newest(door).name, newest(door).first) == ("陈一凡", False)
    assert door.keys <= KEYS_IN_5_S
    assert door.page.form.finding.line.text() == ""


@pytest.mark.parametrize("text", ["5521", "0013", "cyf", "chenyi"])
def test_hints_show_whose_the_customer_is_and_hide_the_rest(door: Door, text: str) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type(text)
    [line] = door.page.form.finding.list.lines()
    assert (line.title, line.right) == ("陈*", "顾问甲 的客户，保护期至 03-12")
    assert "138****5521" in line.detail
    assert PHONE not in line.words()


def test_arrows_choose_among_the_hints(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.house.visit("王小明", "13800001111")
    door.type("138")
    door.press(Qt.Key.Key_Down)
    door.enter()
    customer = door.page.form.finding.customer()
    assert customer is not None
    assert customer.name == "陈*"
    assert door.page.form.value("name") == "陈*"
    assert not door.page.form.field("name").isEnabled()


def test_tab_goes_on_with_somebody_new_though_others_look_alike(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type("1380013")
    door.press(Qt.Key.Key_Tab)
    assert door.page.form.finding.customer() is None
    assert door.at("name")


def test_a_name_nobody_carries_goes_to_its_field(door: Door) -> None:
    door.write("周红", "zhouhong")
    door.enter()
    assert door.page.form.value("name") == "周红"
    assert door.page.form.finding.line.text() == ""
    assert door.at("finding")


def test_a_card_reader_just_types(door: Door) -> None:
    door.type("11010519491231002X")
    door.enter()
    form = door.page.form
    assert (form.value("id_number"), form.value("sex")) == ("11010519491231002X", "female")
    assert door.at("name")
    assert form.finding.line.text() == ""


def test_a_card_number_that_cannot_be_right_is_said_so(door: Door) -> None:
    door.page.form.put(id_number="")
    editor = door.page.form.field("id_number").editor
    editor.setFocus()
    door.type("110105194912310021")
    assert door.page.form.field("id_number").error()
    door.press(Qt.Key.Key_Backspace)
    assert door.page.form.value("sex") is None
    door.type("X")
    assert door.page.form.field("id_number").error() == ""
    assert door.page.form.value("sex") == "female"


def test_a_malformed_phone_is_flagged_and_kept(door: Door) -> None:
    door.type("1380013552")
    assert "照录并标记" in door.page.form.finding._note.text()
    door.enter()
    door.page.form.put(name="陈", sex="female", channel="路过", product=("三室",), area=("70–90 ㎡",))
    door.finish()
    [phone] = card(door.house.desk(), newest(door).customer, door.house.now.date()).phones
    assert not phone.well_formed


def test_what_is_missing_is_said_under_its_field_and_nothing_is_registered(door: Door) -> None:
    door.type(PHONE)
    door.enter()
    door.finish()
    form = door.page.form
    assert [name for name in ("name", "sex", "channel", "product", "area", "age") if form.field(name).error()] == [
        "name", "sex", "channel", "product", "area"
    ]
    assert door.at("name")
    assert visit_lists.of_day(door.house.desk(), door.house.now.date()) == ()


def test_without_a_phone_the_big_field_says_so(door: Door) -> None:
    door.page.form.put(name="陈", sex="female", channel="路过", product=("三室",), area=("70–90 ㎡",))
    door.finish()
    assert door.page.form.field("finding").error()


def test_a_competitor_needs_none_of_it(door: Door) -> None:
    door.page.form.put(name="某地产踩盘", peer=True)
    door.finish()
    assert newest(door).peer
    assert door.page.form.field("channel").required


def test_what_was_typed_survives_a_crash(door: Door) -> None:
    door.type(PHONE)
    door.enter()
    door.write("陈一凡", "chenyifan")
    door.enter()
    door.page.form.put(product=("三室",), channel="路过")
    door.page.form.keep_now()
    after = door.again()
    form = after.page.form
    assert (form.finding.phone().replace(" ", ""), form.value("name")) == (PHONE, "陈一凡")
    assert (form.value("product"), form.value("channel")) == (("三室",), "路过")


def test_the_customer_who_was_taken_survives_a_crash(door: Door) -> None:
    who = door.house.visit("陈一凡", PHONE).customer
    door.type("5521")
    door.enter()
    door.page.form.keep_now()
    after = door.again()
    customer = after.page.form.finding.customer()
    assert customer is not None
    assert customer.id == who
    after.finish()
    assert newest(after).first is False


def test_a_finished_form_leaves_no_draft(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type("5521")
    door.enter()
    door.finish()
    after = door.again()
    assert after.page.form.finding.customer() is None
    assert after.page.form.value("channel") is None


def test_esc_gives_up_the_customer_who_was_taken(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type("5521")
    door.enter()
    assert door.page.back()
    assert door.page.form.value("name") == ""
    assert door.page.form.field("name").isEnabled()
    assert not door.page.back()


def test_the_button_says_beforehand_who_will_receive(door: Door) -> None:
    assert door.page.main.text() == "登记并交给顾问甲"
    door.house.visit("陈一凡", PHONE)
    door.house.happen("a", Happening.DONE)
    door.type("5521")
    door.enter()
    assert door.page.main.text() == "登记并交给顾问甲"
    door.house.happen("a", Happening.AWAY, away=Away.LEAVE)
    door.page._foresee()
    assert door.page.main.text() == "登记并交给顾问乙"
    assert "义务接待" in door.page._helped.text()
    assert door.page._helped.isVisible()


def test_whom_the_customer_asks_for_is_on_the_button(door: Door) -> None:
    door.page.form.put(consultant=door.house.people["c"].id)
    door.page._changed("consultant")
    assert door.page.main.text() == "登记并交给顾问丙"


def test_calls_have_their_own_sheet_and_rota(door: Door) -> None:
    door.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    form = door.page.form
    assert form.kind() is Contact.CALL_IN
    assert (form.field("asked").isHidden(), form.field("concern").isHidden()) == (False, True)
    assert door.page.rota.view().kind is RotaKind.CALL
    door.page.form.finding.line.setFocus()
    door.type(PHONE)
    door.page.form.put(channel="路过", asked=("价格",), concern=("学区",))
    door.finish()
    line = newest(door)
    assert line.kind is Contact.CALL_IN
    assert card(door.house.desk(), line.customer, door.house.now.date()).visits[0].answers == {"asked": ["价格"]}


def test_what_protects_nobody_is_said_with_what_is_missing(door: Door) -> None:
    door.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    door.type(PHONE)
    door.page.form.put(channel="路过")
    door.finish()
    assert "来电已登记，交给顾问甲" in door.page.banner.text()
    assert "需求户型" in door.page.banner._remedy.text()


def test_relatives_who_came_along_are_registered_too(door: Door) -> None:
    companions = door.page.form.field("companions").editor
    companions.add()  # type: ignore[attr-defined]
    door.write("李国强", "liguoqiang")
    door.page.form.finding.line.setFocus()
    door.type(PHONE)
    door.page.form.put(name="陈一凡", sex="female", channel="路过", product=("三室",), area=("70–90 ㎡",), consent=True)
    door.finish()
    line = newest(door)
    shown = card(door.house.desk("boss"), line.customer, door.house.now.date())
    assert (line.party, [one.name for one in shown.family]) == (2, ["李国强"])
    assert shown.consent_text


def test_the_follow_up_is_planned_with_the_visit(door: Door) -> None:
    door.type(PHONE)
    form = door.page.form
    form.put(name="陈一凡", sex="female", channel="路过", product=("三室",), area=("70–90 ㎡",), note="约看 3-1803")
    form.field("follow-up").editor.put(door.house.now.date() + timedelta(days=3))  # type: ignore[attr-defined]
    door.finish()
    shown = card(door.house.desk("boss"), newest(door).customer, door.house.now.date())
    assert [one.what for one in shown.follow_ups] == ["约看 3-1803"]


def test_pressing_twice_registers_once(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.type("5521")
    door.enter()
    door.page._key = "one-press"
    asked = door.page.form.request("one-press", "")
    door.finish()
    again = register(door.house.desk(), asked, door.house.now)
    assert again.visit == newest(door).id
    assert len(visit_lists.of_day(door.house.desk(), door.house.now.date())) == 2


def test_a_customer_may_be_brought_along_from_another_page(door: Door) -> None:
    who = door.house.visit("陈一凡", PHONE).customer
    door.page.show_argument(who)
    customer = door.page.form.finding.customer()
    assert customer is not None
    assert customer.id == who


def test_keys_faster_than_the_database_lose_nothing(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    slow = Later()
    after = door.again(slow)
    slow.answer_all()
    after.page.form.finding.line.setFocus()
    after.type("5521")
    after.enter()
    after.finish()
    assert after.page.form.finding.customer() is None
    slow.answer_all()
    assert (newest(after).name, newest(after).first) == ("陈一凡", False)


def test_an_answer_that_comes_late_does_not_disturb_what_stands_there(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    slow = Later()
    after = door.again(slow)
    slow.answer_all()
    after.page.form.finding.line.setFocus()
    after.type("1380013")
    after.press(Qt.Key.Key_Tab)
    slow.answer_all()
    assert after.page.form.finding.list.isHidden()
    assert after.page.form.finding.customer() is None
    assert after.at("name")
