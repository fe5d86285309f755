"""The customers' page: found, shown masked, revealed on record, changed, followed up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter import i18n
from salescenter.domain.units import Step, UnitState
from salescenter.services import follow_ups
from salescenter.services.customer_card import card
from salescenter.services.customers import CustomerChange, change
from salescenter.services.follow_ups import PlanFollowUp
from salescenter.services.papers import archive
from salescenter.services.papers.archive import PrintRequest
from salescenter.services.reception_rules import Contact
from salescenter.ui.customers import PAGE
from salescenter.ui.customers.edit_sheet import EditSheet
from salescenter.ui.customers.follow_up_sheet import FollowUpSheet, PlanSheet
from salescenter.ui.customers.page import CustomersPage
from salescenter.ui.customers.sheets import ConsentSheet, FamilySheet, ReassignSheet
from salescenter.ui.kit import theme
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.sheet import Sheet
from tests.services.reception_house import Reception, open_reception
from tests.services.test_find import build, sell
from tests.ui.rooms import Asked, Later, make_room

Open = Callable[[str], tuple[CustomersPage, Asked]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Reception]:
    """Three customers: 陈一凡 of consultant a, 王小明 of b, and a caller without a name."""
    found = open_reception(tmp_path / "house.db")
    found.sign_in("a", "b", "c")
    found.visit("陈一凡", "13800135521", note="要高层")
    found.visit("王小明", "15900001111")
    found.visit("", "13700002222", kind=Contact.CALL_IN)
    yield found
    found.house.close()


@pytest.fixture
def open_page(house: Reception, qtbot: QtBot, tmp_path: Path) -> Open:
    """Open the page as somebody."""

    def as_who(who: str) -> tuple[CustomersPage, Asked]:
        asked = Asked()
        page = CustomersPage(make_room(house.desk(who), lambda: house.now, tmp_path / "drafts", asked))
        qtbot.addWidget(page)
        page.resize(1300, 690)
        with qtbot.waitExposed(page):
            page.show()
        return page, asked

    return as_who


def sheet_of(page: CustomersPage, kind: type[Sheet]) -> Sheet:
    found = [sheet for sheet in page.findChildren(kind) if sheet.isVisible()]
    assert len(found) == 1
    return found[0]


def names(page: CustomersPage) -> list[str]:
    return [hint.name for hint in page.table.rows()]


def test_the_page_stands_in_the_rail_and_owns_the_follow_up() -> None:
    assert (PAGE.key, i18n.tr(PAGE.title)) == ("customers", "客户")
    assert Step.FOLLOW_UP in PAGE.forms


def test_the_last_seen_stand_first_and_names_are_masked_by_role(open_page: Open) -> None:
    assert names(open_page("boss")[0]) == ["", "王小明", "陈一凡"]
    assert names(open_page("front")[0]) == ["", "王*", "陈*"]
    assert names(open_page("a")[0]) == ["", "陈一凡"], "a colleague's customer is not theirs to see"


def test_search_narrows_by_anything_and_esc_shows_all(open_page: Open) -> None:
    page, _ = open_page("boss")
    for text in ("5521", "chenyf", "陈一"):
        page.search.setText(text)
        page.search.search_now()
        assert names(page) == ["陈一凡"]
    assert page.back()
    assert len(names(page)) == 3
    assert not page.back()


def test_mine_and_intent_narrow_too(open_page: Open, house: Reception) -> None:
    page, _ = open_page("b")
    page._mine.put(["mine"])
    page._mine.edited.emit()
    assert names(page) == ["王小明"]
    seen = card(house.desk("b"), 2, house.now.date()).seen
    change(house.desk("b"), CustomerChange(2, seen, {"level": "B · 两周内"}), house.later(seconds=1))
    page._levels.put(["B"])
    page._levels.edited.emit()
    assert names(page) == ["王小明"]
    page._levels.put(["A"])
    page._levels.edited.emit()
    assert names(page) == []


def test_enter_in_the_search_goes_to_the_list_and_enter_there_to_reception(open_page: Open) -> None:
    page, asked = open_page("boss")
    page.search.setFocus()
    QTest.keyClicks(page.search, "5521")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.table.view, Qt.Key.Key_Return)
    assert asked.went == [("reception", 1)]


def test_the_card_follows_the_list(open_page: Open) -> None:
    page, _ = open_page("boss")
    page.table.select_key(1)
    assert (page.card.name.text(), page.card.phones.text()) == ("陈一凡", "138****5521")
    assert page.card.whose.text() == "顾问甲 的客户，保护期至 03-12（还剩 10 天）"
    page.table.select_key(3)
    assert page.card.name.text() == "未留姓名"
    assert page.card.whose.text() == "尚无归属：下次来访按轮排。"


def test_the_card_lists_family_deals_visits_and_follow_ups(open_page: Open, house: Reception) -> None:
    with house.house.engine.begin() as connection:
        codes = build(connection)
        sell(connection, codes["3-1-1201"], 1, house.people["a"].id, "RG1")
    house.visit("李国强", "13800135521")
    asked = PlanFollowUp(1, house.now.date(), "约看房")
    number = follow_ups.plan(house.desk("a"), asked, house.now).id
    page, told = open_page("boss")
    page.show_argument(1)
    assert [line.title for line in page.card.lines("family").lines()] == ["李国强"]
    [deal] = page.card.lines("deals").lines()
    assert (deal.title, deal.badges[0].text, deal.right) == ("3-1-1201", "认购", "1,980,000.00")
    [visit] = page.card.lines("visits").lines()
    assert (visit.title, visit.right) == ("来访", "顾问甲")
    assert "三室" in visit.detail
    page.card.lines("deals").opened.emit(deal.key)
    page.card.lines("follow_ups").opened.emit(number)
    assert told.went == [("floorplan", codes["3-1-1201"])]
    assert told.performed == [(Step.FOLLOW_UP, number)]
    page.card.lines("family").opened.emit(4)
    assert page.card.name.text() == "李国强"


def test_the_papers_of_a_customers_deal_are_offered_by_a_key(open_page: Open, house: Reception) -> None:
    a = house.people["a"].id
    with house.house.engine.begin() as connection:
        sell(connection, build(connection)["3-1-1201"], 1, a, "RG1", UnitState.SIGNED)
    page, asked = open_page("boss")
    page.show_argument(2)
    assert not page.card.papers.isVisible()
    page.show_argument(1)
    assert page.card.papers.isVisible()
    page.print_page()
    next(action for action in page.menu.actions() if action.text().startswith("对账函")).trigger()
    assert asked.papers[-1].kind == "statement"
    page.menu.close()


def test_showing_in_full_is_told_to_the_history(open_page: Open, house: Reception) -> None:
    page, _ = open_page("a")
    page.show_argument(1)
    page.card.reveal.click()
    assert page.card.phones.text() == "13800135521"
    assert page.card.reveal.isHidden()
    assert len(house.told("reveal")) == 1
    page.show_argument(3)
    page.show_argument(1)
    assert page.card.phones.text() == "138****5521"


def test_who_may_not_look_has_no_button_for_it(open_page: Open) -> None:
    page, _ = open_page("front")
    page.show_argument(1)
    assert page.card.reveal.isHidden()
    assert page.card.give.isHidden()


def test_changing_reveals_first_where_that_is_allowed(open_page: Open, house: Reception) -> None:
    page, _ = open_page("boss")
    page.show_argument(1)
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    assert sheet.fields.value("phones") == "13800135521"
    sheet.fields.put(phones="13800135521 / 0755-26661234", level="A · 三天内")
    assert sheet.changed() == {"phones": ("13800135521", "0755-26661234"), "level": "A · 三天内"}
    sheet.press_main()
    shown = card(house.desk("boss"), 1, house.now.date())
    assert (len(shown.phones), shown.level, shown.note) == (2, "A · 三天内", "")
    assert page.card.level.text() == "A · 三天内"
    assert len(house.told("reveal")) == 1


def test_masked_fields_left_empty_stay_as_they_are(open_page: Open, house: Reception) -> None:
    page, _ = open_page("front")
    page.show_argument(1)
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    assert sheet.fields.value("phones") == ""
    sheet.fields.put(guardian="李国强")
    sheet.press_main()
    shown = card(house.desk("boss"), 1, house.now.date())
    assert (shown.name, shown.phones[0].text, shown.guardian) == ("陈一凡", "138****5521", "李国强")
    assert house.told("reveal") == []


def test_a_wrong_card_number_is_said_under_its_field(open_page: Open) -> None:
    page, _ = open_page("front")
    page.show_argument(1)
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    sheet.fields.put(id_kind="resident", id_number="110105194912310021")
    sheet.press_main()
    assert sheet.fields.field("id_number").error()
    sheet.fields.put(id_number="11010519491231002x")
    sheet.press_main()
    page.show_argument(1)
    assert any("110105********002X" in fact.value for fact in page.card.facts.facts())


def test_what_another_desk_changed_meanwhile_is_said(open_page: Open, house: Reception) -> None:
    page, _ = open_page("front")
    page.show_argument(1)
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    seen = card(house.desk("a"), 1, house.now.date()).seen
    change(house.desk("a"), CustomerChange(1, seen, {"note": "x"}), house.later(seconds=1))
    sheet.fields.put(guardian="李国强")
    sheet.press_main()
    assert "顾问甲" in sheet.banner.text()


def test_a_supervisor_gives_a_customer_away_with_a_reason(open_page: Open, house: Reception) -> None:
    page, _ = open_page("lead")
    page.show_argument(1)
    page.card.give.click()
    sheet = sheet_of(page, ReassignSheet)
    assert isinstance(sheet, ReassignSheet)
    sheet.press_main()
    assert sheet.fields.field("reason").error()
    sheet.fields.put(owner=house.people["c"].id, reason="顾问甲离职")
    sheet.press_main()
    assert "顾问丙" in page.card.whose.text()


def test_two_customers_become_a_family(open_page: Open) -> None:
    page, _ = open_page("boss")
    page.show_argument(2)
    page.card.family.click()
    sheet = sheet_of(page, FamilySheet)
    assert isinstance(sheet, FamilySheet)
    sheet.press_main()
    assert sheet.banner.isVisible()
    sheet.search.setText("5521")
    sheet.search.search_now()
    sheet.reject()
    page.card.family.click()
    sheet = sheet_of(page, FamilySheet)
    assert isinstance(sheet, FamilySheet)
    assert sheet.search.text() == "5521"
    sheet.search.search_now()
    sheet.press_main()
    assert [line.title for line in page.card.lines("family").lines()] == ["陈一凡"]
    assert "顾问甲" in page.card.whose.text()


def test_consent_is_put_on_record_with_its_text(open_page: Open, house: Reception) -> None:
    page, _ = open_page("a")
    page.show_argument(1)
    page.card.consent.click()
    sheet_of(page, ConsentSheet).press_main()
    assert card(house.desk(), 1, house.now.date()).consent_text.startswith("本人同意")
    assert page.card.consent.isHidden()


def test_a_follow_up_is_planned_done_and_put_off(
    open_page: Open, house: Reception, qtbot: QtBot, tmp_path: Path
) -> None:
    page, _ = open_page("a")
    page.show_argument(1)
    page.card.plan.click()
    plan = sheet_of(page, PlanSheet)
    assert isinstance(plan, PlanSheet)
    plan.fields.put(due=house.now.date(), what="约看房")
    plan.press_main()
    [line] = page.card.lines("follow_ups").lines()
    room = make_room(house.desk("a"), lambda: house.now, tmp_path / "drafts", Asked())
    later = FollowUpSheet(room, int(str(line.key)))
    qtbot.addWidget(later)
    later._postpone()
    assert later.fields.field("next_due").error()
    later.fields.put(next_due=house.now.date() + timedelta(days=2))
    later._postpone()
    done = FollowUpSheet(room, int(str(line.key)))
    qtbot.addWidget(done)
    done.press_main()
    assert done.fields.field("outcome").error()
    done.fields.put(outcome="考虑中", note="嫌贵", level="C · 两个月内", next_due=house.now.date() + timedelta(days=9))
    done.press_main()
    shown = card(house.desk("a"), 1, house.now.date())
    assert [(one.outcome, one.done_at is None) for one in shown.follow_ups] == [("", True), ("考虑中：嫌贵", False)]
    assert shown.level == "C · 两个月内"


def test_a_follow_up_that_is_done_already_is_said_so(house: Reception, qtbot: QtBot, tmp_path: Path) -> None:
    room = make_room(house.desk("a"), lambda: house.now, tmp_path / "drafts", Asked())
    sheet = FollowUpSheet(room, 99)
    qtbot.addWidget(sheet)
    assert sheet.banner.text()


def test_an_empty_house_says_what_the_page_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    house = open_reception(tmp_path / "empty.db")
    page = CustomersPage(make_room(house.desk(), lambda: house.now, tmp_path / "drafts", Asked()))
    qtbot.addWidget(page)
    assert page.status() == "客户 0 人"
    assert not page.table.view.isVisibleTo(page)
    house.house.close()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_150_percent_the_list_and_its_switches_are_not_cut(
    open_page: Open, qtbot: QtBot, language: str
) -> None:
    i18n.speak(language)
    page, _ = open_page("boss")
    page.setStyleSheet(theme.style_sheet(theme.tokens()))
    page.resize(849, 431)  # what is left for a page in a window of 1366x768 shown at 150 %
    qtbot.waitUntil(lambda: page.table.view.horizontalScrollBar().maximum() == 0)
    for switches in (page._mine, page._levels):
        assert not switches._more.isVisible()
        assert switches.geometry().top() > page.search.geometry().bottom()
    page.resize(1300, 690)
    qtbot.waitUntil(lambda: page._mine.geometry().left() > page.search.geometry().right())


def test_what_came_of_a_follow_up_can_be_chosen_also_where_the_answer_comes_late(
    house: Reception, qtbot: QtBot, tmp_path: Path
) -> None:
    follow_ups.plan(house.desk("a"), PlanFollowUp(1, house.now.date(), "约看样板房"), house.now)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    later = Later()
    sheet = FollowUpSheet(make_room(house.desk("a"), lambda: house.now, tmp_path / "drafts", Asked(), later), 1)
    sheet.stand_over(window)
    later.answer_all()
    chips = sheet.fields.field("outcome").editor
    assert isinstance(chips, ChipGroup)
    qtbot.waitUntil(lambda: chips.height() >= chips._chips[0][1].sizeHint().height())
    assert sheet.focusWidget() is chips._chips[0][1]


def test_what_was_changed_of_a_customer_is_kept_when_the_sheet_is_left(open_page: Open, tmp_path: Path) -> None:
    page, _ = open_page("boss")
    page.show_argument(1)
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    sheet.reject()
    assert not list((tmp_path / "drafts").glob("customer*")), "what was only shown in full is not written down"
    page.edit()
    sheet = sheet_of(page, EditSheet)
    assert isinstance(sheet, EditSheet)
    sheet.fields.put(guardian="李国强")
    sheet.reject()
    page.edit()
    again = sheet_of(page, EditSheet)
    assert isinstance(again, EditSheet)
    assert again.fields.value("guardian") == "李国强"


def test_what_a_customer_holds_stands_on_their_card_and_opens_as_it_was(house: Reception, open_page: Open) -> None:
    with house.house.engine.connect().execution_options(writes=True) as line, line.begin():
        sell(line, build(line)["3-1-1201"], 1, house.people["a"].id, "RG1")
    archive.keep(house.desk("boss"), PrintRequest("subscription", "RG1", "认购书", b"%PDF", deal=1), house.now)
    page, asked = open_page("boss")
    page.show_argument(1)
    (held,) = page.card.lines("papers").lines()
    assert (held.title, [one.text for one in held.badges]) == ("认购书", ["有效"])
    page.card.lines("papers").opened.emit(held.key)
    assert [(one.name, one.pdf) for one in asked.papers] == [("认购书 RG1", b"%PDF")]
