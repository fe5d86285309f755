"""Around the form: the rota, today, the slip, the house's words and rules."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QScrollArea

from salescenter import i18n
from salescenter.domain.rota import Away, Happening
from salescenter.domain.units import Step
from salescenter.services import words
from salescenter.services.follow_ups import PlanFollowUp, plan
from salescenter.services.receiving import Expected
from salescenter.services.reception_rules import Contact, rules_of
from salescenter.ui.kit import theme
from salescenter.ui.reception import PAGE
from salescenter.ui.reception.chips import KeyedChips
from salescenter.ui.reception.finding import grouped_phone
from salescenter.ui.reception.rota_panel import AWAYS, offered
from salescenter.ui.reception.setup_sheet import SetupSheet
from salescenter.ui.reception.words_sheet import WordsSheet
from tests.ui.hands import clicks
from tests.ui.reception.conftest import Door
from tests.ui.rooms import Asked, make_room

PHONE = "13800135521"
NARROW = (849, 431)
"""What is left for a page in a window of 1366x768 shown at 150 %."""


def board(door: Door) -> list[tuple[str, str]]:
    return [(line.title, line.right) for line in door.page.rota.list.lines()]


def test_the_page_stands_in_the_rail_for_whoever_registers() -> None:
    assert (PAGE.key, PAGE.needs, i18n.tr(PAGE.title)) == ("reception", Step.REGISTER_VISIT, "接待")


def test_the_rota_shows_whose_turn_it_is_first(door: Door) -> None:
    assert [name for name, _ in board(door)] == ["顾问甲", "顾问乙", "顾问丙", "顾问丁"]
    assert [line.ground for line in door.page.rota.list.lines()] == ["main", "", "", ""]
    door.house.visit("陈一凡", PHONE)
    door.house.happen("b", Happening.AWAY, away=Away.ERRAND)
    door.page.rota.reload()
    assert board(door) == [
        ("顾问丙", "下一位"), ("顾问丁", ""), ("顾问甲", "接待中 · 09:00"), ("顾问乙", "公事外出 · 可补接")
    ]


def test_f9_calls_the_next_and_not_there_costs_the_turn(door: Door) -> None:
    door.page.next_in_rota()
    assert board(door)[0] == ("顾问甲", "已叫 09:00")
    assert door.asked.said[-1] == "请 顾问甲 接待"
    door.page.rota.skip.click()
    assert board(door)[0] == ("顾问乙", "下一位")


def test_who_was_called_and_has_gone_to_somebody_is_not_called_any_longer(door: Door) -> None:
    door.page.next_in_rota()
    door.house.happen("a", Happening.AWAY, away=Away.LUNCH)
    door.page.rota.reload()
    assert board(door)[0] == ("顾问乙", "下一位")
    assert "已叫" not in str(board(door))


def test_with_nobody_free_f9_says_so(door: Door) -> None:
    for name in "abcd":
        door.house.happen(name, Happening.AWAY, away=Away.LUNCH)
    door.page.rota.reload()
    door.page.next_in_rota()
    assert door.asked.said[-1] == "轮排上现在没有空闲的顾问。"


def test_what_may_happen_depends_on_how_somebody_stands(door: Door) -> None:
    door.house.visit("陈一凡", PHONE)
    door.house.happen("b", Happening.AWAY, away=Away.LUNCH)
    door.house.happen("c", Happening.SIGN_OUT)
    door.page.rota.reload()
    lines = {name: door.page.rota.view().line(door.house.people[name].id) for name in "abcd"}
    first = {name: offered(line)[0][1] for name, line in lines.items() if line}
    assert first == {
        "a": Happening.DONE, "b": Happening.BACK, "c": Happening.SIGN_IN, "d": Happening.SKIPPED
    }
    line = lines["d"]
    assert line is not None
    assert {away for _, what, away in offered(line) if what is Happening.AWAY} == set(Away) == set(AWAYS)


def test_the_menu_of_a_line_puts_it_on_record(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, at: shown.append(menu))
    door.page.rota.list.choose(0)
    door.page.rota.list.setFocus()
    door.press(Qt.Key.Key_Return)
    next(action for action in shown[0].actions() if action.text() == "离岗：午餐").trigger()
    assert board(door)[0][0] == "顾问乙"
    assert board(door)[-1] == ("顾问甲", "午餐 · 可补接")


def test_whoever_is_not_there_yet_signs_in(door: Door) -> None:
    door.page.rota.sign_in_all()
    assert [name for name, _ in board(door)][-1] == "主管"
    assert door.page.rota.sign_in.isHidden()


def test_today_lists_who_came_and_opens_the_customer(door: Door) -> None:
    who = door.house.visit("陈一凡", PHONE, party=2).customer
    door.house.visit("王小明", "15900001111", kind=Contact.CALL_IN)
    door.house.visit("周红", "15900002222", channel="中介渠道")
    door.page.day.reload()
    shown = [(line.title, line.badges[0].text, line.right) for line in door.page.day.visits.lines()]
    assert shown == [
        ("周*", "渠道带看", "顾问乙"), ("王*", "来电", "顾问乙"), ("陈* 等 2 人", "首访", "顾问甲")
    ]
    assert door.page.status() == "今天 3 批 · 首访 2 · 来电 1"
    door.page.day.visits.choose(2)
    door.page.day.visits.setFocus()
    door.press(Qt.Key.Key_Return)
    assert door.asked.went == [("customers", who)]


def test_overdue_follow_ups_say_their_days_and_open_their_form(door: Door) -> None:
    came = door.house.visit("陈一凡", PHONE)
    asked = PlanFollowUp(came.customer, door.house.now.date(), "约看 3-1803")
    number = plan(door.house.desk(), asked, door.house.now).id
    door.house.now += timedelta(days=2)
    door.page.day.reload()
    [line] = door.page.day.due.lines()
    assert (line.lead, line.badges[0].text, line.detail, line.right) == ("逾期", "2 天", "约看 3-1803", "顾问甲")
    door.page.day.due.opened.emit(line.key)
    assert door.asked.performed == [(Step.FOLLOW_UP, number)]


def test_f8_shows_the_slip_of_the_visit_registered_last(door: Door) -> None:
    door.page.print_page()
    assert door.asked.papers == []
    door.house.visit("陈一凡", PHONE)
    door.page.day.reload()
    door.page.print_page()
    [paper] = door.asked.papers
    assert paper.kind == "registration"
    assert paper.pdf.startswith(b"%PDF")


def test_a_word_added_at_the_form_can_be_chosen_at_once(door: Door) -> None:
    door.page.form.put(concern=("学区",))
    door.page._add_word("concern")
    sheet = door.page.findChild(WordsSheet)
    assert sheet is not None
    sheet.press_main()
    assert sheet.fields.field("word").error() == "请先输入一个选项。"
    sheet.fields.put(word="电梯数")
    sheet.press_main()
    door.page.form.put(concern=("学区", "电梯数"))
    assert door.page.form.value("concern") == ("学区", "电梯数")


def test_a_manager_puts_a_dictionary_in_order(door: Door) -> None:
    room = make_room(door.house.desk("boss"), lambda: door.house.now, door.page._room.drafts._folder, Asked())
    sheet = WordsSheet(room, "floor")
    door.qtbot.addWidget(sheet)
    sheet.fields.put(all="顶层\n低楼层")
    sheet.press_main()
    assert words.dictionaries(door.house.desk())["floor"] == ("顶层", "低楼层")


def test_a_manager_sets_what_is_required_and_how_long_a_visit_protects(door: Door) -> None:
    room = make_room(door.house.desk("boss"), lambda: door.house.now, door.page._room.drafts._folder, Asked())
    sheet = SetupSheet(room)
    door.qtbot.addWidget(sheet)
    sheet.fields.put(**{"required.visit": ("phone", "level"), "visit_days": 15, "busy": 45})
    sheet.press_main()
    rules = rules_of(door.house.desk(), door.house.now.date())
    assert rules.required[Contact.VISIT] == ("phone", "level")
    assert (rules.ownership.visit_days, rules.ownership.call_days, rules.rota.busy_minutes) == (15, 7, 45)
    assert [line["subject"] for line in door.house.told("edit-settings")] == ["setting"] * 3
    again = SetupSheet(room)
    door.qtbot.addWidget(again)
    again.fields.put(busy=None)
    again.press_main()
    assert again.fields.field("busy").error()


def test_words_and_rules_half_typed_are_there_again(door: Door) -> None:
    room = make_room(door.house.desk("boss"), lambda: door.house.now, door.page._room.drafts._folder, Asked())
    typed = "观景层", "本人同意用于购房服务"

    def opened() -> tuple[WordsSheet, SetupSheet]:
        sheets = WordsSheet(room, "floor"), SetupSheet(room)
        for sheet in sheets:
            door.qtbot.addWidget(sheet)
        return sheets

    words, rules = opened()
    words.fields.put(word=typed[0])
    rules.fields.put(consent=typed[1])
    words.reject()
    rules.reject()
    words, rules = opened()
    assert (words.fields.value("word"), rules.fields.value("consent")) == typed


def test_phones_are_written_as_they_are_read_aloud() -> None:
    assert [grouped_phone(text) for text in ("138", "1380", "13800135", "138 0013 5521", "0755", "陈 1")] == [
        "138", "138 0", "138 0013 5", "138 0013 5521", "0755", "陈 1"
    ]


def test_the_page_speaks_english_too(door: Door) -> None:
    i18n.speak("en")
    after = door.again()
    assert after.page.main.text() == "Register and hand to 顾问甲"
    assert after.page.form.field("name").label == "Name"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_150_percent_nothing_of_the_form_and_its_foot_is_cut(door: Door, language: str) -> None:
    i18n.speak(language)
    page = door.again().page
    page.setStyleSheet(theme.style_sheet(theme.tokens()))
    page.resize(*NARROW)
    form = page.form
    area = form.window().findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    door.qtbot.waitUntil(lambda: form.width() + 32 <= area.viewport().width())
    for button in (page.main, page.slip):
        assert button.width() >= button.sizeHint().width()
    for chips in form.findChildren(KeyedChips):
        assert all(chip.geometry().right() <= chips.width() for chip in chips.chips() if chips.isVisible())


def test_in_a_narrow_window_the_rota_and_today_share_one_side(door: Door) -> None:
    page = door.page
    assert page.rota.isVisible()
    assert page.day.isVisible()
    page.resize(*NARROW)
    assert (page.rota.isVisible(), page.day.isVisible()) == (True, False)
    clicks(page._sides._switches[1][1])
    assert (page.rota.isVisible(), page.day.isVisible()) == (False, True)
    page.resize(1300, 700)
    assert page.rota.isVisible()
    assert page.day.isVisible()


def test_everybody_on_a_long_rota_can_be_scrolled_to(door: Door) -> None:
    door.page.resize(*NARROW)
    shown = door.page.rota.list
    around = shown.parentWidget()
    assert around is not None
    assert shown.height() <= around.height()
    last = shown.model().index(len(shown.lines()) - 1, 0)
    shown.scrollTo(last)
    assert shown.viewport().rect().contains(shown.visualRect(last))


def test_a_narrow_list_of_the_day_says_who_came_whole(door: Door) -> None:
    door.house.visit("欧阳一凡", PHONE)
    door.page.resize(*NARROW)
    door.page.day.reload()
    assert [(line.title, line.right) for line in door.page.day.visits.lines()] == [("欧阳*", "")]
    door.page.resize(1300, 700)
    assert [line.right for line in door.page.day.visits.lines()] == ["顾问甲"]


def test_a_long_name_leaves_room_beside_the_main_button(door: Door) -> None:
    door.page._expect(Expected(1, "亚历山大·巴塞洛缪·史密斯·冯·德·维尔特", helped=False))
    assert door.page.main.text().endswith("…")
    assert "维尔特" in door.page.main.toolTip()
