"""Bringing a city's form: opened from a file, its blanks answered with single keys, nothing lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salescenter.domain.papers.contract import template_faults
from salescenter.tour.city_form import city_form
from salescenter.ui.settings.blank_walk import BlankWalk
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.templates import TemplatesSection
from tests.domain.contract_form import FORM, RIGHT
from tests.ui.sampled import Sampled
from tests.ui.settings.conftest import opened

SHORT = "出卖人：____\n𬭚房：（　　）\n□一次性付款\n签订日期：____年__月__日\n"


@pytest.fixture
def section(page: SettingsPage) -> TemplatesSection:
    found = page.section("templates")
    assert isinstance(found, TemplatesSection)
    return found


def brought(section: TemplatesSection, tmp_path: Path, text: str = SHORT) -> BlankWalk:
    path = tmp_path / "form.txt"
    path.write_bytes(text.encode("gb18030"))
    section.open_file(path)
    assert section.walk.isVisible()
    return section.walk


def press(walk: BlankWalk, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(walk.choices, key)


def test_enter_takes_proposals_and_other_keys_leave_or_strike(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    assert walk.progress.text() == "填空：已答 0 / 共 4"
    assert section.editor.textCursor().selectedText() == "____"
    press(walk, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Minus, Qt.Key.Key_1)
    assert section.editor.toPlainText() == "出卖人：{{出卖人}}\n𬭚房：（{{~8}}）\n{{~0}}一次性付款\n签订日期：{{签订日期}}\n"
    assert walk.current() is None
    assert walk.words.text() == "没有剩余空白，请存为新版本。"


def test_another_field_is_found_by_its_pinyin(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    QTest.keyClicks(walk.choices, "h")
    assert walk.search.text() == "h"
    QTest.keyClicks(walk.search, "tbh")
    QTest.keyClick(walk.search, Qt.Key.Key_Return)
    assert section.editor.toPlainText().startswith("出卖人：{{合同编号}}\n")


def test_every_letter_begins_a_search_and_any_reading_of_a_name_finds_it(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "名称____；利息____；面积____\n")
    for typed in ("xmmc", "jcll", "tnmj"):
        QTest.keyClicks(walk.choices, typed[0])
        QTest.keyClicks(walk.search, typed[1:])
        QTest.keyClick(walk.search, Qt.Key.Key_Return)
    assert section.editor.toPlainText() == "名称{{项目名称}}；利息{{解除利率}}；面积{{套内面积}}\n"


def test_letters_that_mean_no_field_are_not_written_into_the_form(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    walk.search.setText("qqq")
    QTest.keyClick(walk.search, Qt.Key.Key_Return)
    assert section.editor.toPlainText() == SHORT


def test_a_field_that_is_searched_is_offered_under_the_condition_of_its_way_first(
    section: TemplatesSection, tmp_path: Path
) -> None:
    walk = brought(section, tmp_path, "第五条 计价方式\n1.按套计价：约____元\n")
    walk.search.setText("总价")
    walk.search.search_now()
    assert [walk.choices.item(row).data(Qt.ItemDataRole.UserRole) for row in range(2)] == ["总价?按套计价", "总价"]


def test_a_click_on_an_answer_asks_about_it_once_more(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "𬭚房：____\n出卖人：____\n签订日期：____年__月__日\n")
    QTest.keyClick(walk.choices, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    click(section, section.editor.toPlainText().index("签订日期}}"))
    here = walk.current()
    assert here is not None
    assert (here.tag, section.editor.textCursor().selectedText()) == ("签订日期", "{{签订日期}}")
    press(walk, Qt.Key.Key_Delete)
    assert section.editor.toPlainText() == "𬭚房：____\n出卖人：{{出卖人}}\n签订日期：{{~4}}年{{~2}}月{{~2}}日\n"
    click(section, section.editor.toPlainText().index("出卖人}}"))
    press(walk, Qt.Key.Key_Right)
    assert section.editor.textCursor().selectedText() == "____"
    assert walk.counted() == (2, 3)


def click(section: TemplatesSection, at: int) -> None:
    """Click into the text between two letters."""
    section.editor.show_place(at, at)
    cursor = section.editor.textCursor()
    cursor.clearSelection()
    spot = section.editor.cursorRect(cursor).center()
    QTest.mouseClick(section.editor.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def test_what_no_field_says_is_written_as_it_is(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "雕塑共____座\n颜色为____\n出卖人：____\n")
    for typed in ("30", "=海蓝{}色", "=本公司"):
        QTest.keyClicks(walk.choices, typed[0])
        assert walk.search.text() == typed[0]
        walk.search.setText(typed)  # what an input method puts in
        QTest.keyClick(walk.search, Qt.Key.Key_Return)
    assert section.editor.toPlainText() == "雕塑共30座\n颜色为海蓝色\n出卖人：本公司\n"


def test_the_pen_finds_what_the_form_had_printed_for_it(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "用料【榆木】【樟木】\n开园于____年__月__日\n□有 余数__________\n3.____；\n")
    press(walk, *[Qt.Key.Key_Delete] * 6)
    assert section.editor.toPlainText() == (
        "用料【{{~□}}榆木】【{{~□}}樟木】\n开园于{{~4}}年{{~2}}月{{~2}}日\n{{~□}}有 余数{{~5}}\n3.{{~30}}；\n"
    )
    assert template_faults(section.editor.toPlainText()) == ()


def test_what_did_not_happen_is_struck_a_whole_article_at_once(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "第四条　租约\n租客____，租期____，电话____\n第五条　钥匙\n钥匙____把\n")
    QTest.keyClick(walk.choices, Qt.Key.Key_Underscore, Qt.KeyboardModifier.ShiftModifier)
    assert section.editor.toPlainText().count("{{~0}}") == 3
    assert walk.counted() == (3, 4)


def test_what_was_written_once_is_offered_where_the_same_is_asked_again(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "付款按____利率计息\n退款按____利率计息\n逾期按____标准\n1.____\n2.____\n")
    walk.search.setText("=活期存款")
    QTest.keyClick(walk.search, Qt.Key.Key_Return)
    assert walk.words.text() == "可能是"
    press(walk, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert section.editor.toPlainText() == "付款按活期存款利率计息\n退款按活期存款利率计息\n逾期按____标准\n1.____\n2.____\n"


def test_what_is_only_nearest_in_words_is_taken_by_its_number_and_never_by_enter(
    section: TemplatesSection, tmp_path: Path
) -> None:
    walk = brought(section, tmp_path, "第四条　交房\n房屋的毛病由卖方管修，____日修完。\n第五条　其他\n____\n")
    assert walk.words.text() == "无法判断；字面相近的，按数字取用："
    offered = [walk.choices.item(at).text() for at in range(walk.choices.count())]
    assert offered == ["1  整改日数"]
    press(walk, Qt.Key.Key_Return)
    assert walk.counted() == (0, 2)
    press(walk, Qt.Key.Key_1)
    assert "{{整改日数}}日修完" in section.editor.toPlainText()


def test_what_nobody_knows_is_left_to_the_pen_in_the_whole_form_at_once(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, "第四条　租约\n租客____，租期____\n第五条　签订\n签订日期：____\n备注____\n")
    assert walk.words.text() == "第四条　租约：2 处无法判断"
    QTest.keyClick(walk.choices, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert walk.counted() == (3, 4)
    here = walk.current()
    assert here is not None
    assert here.tag == "签订日期"
    press(walk, Qt.Key.Key_Backspace)
    assert walk.counted() == (0, 4)


def test_an_answer_is_taken_back_and_asked_again(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    press(walk, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
    assert section.editor.toPlainText().startswith("出卖人：{{出卖人}}\n𬭚房：（　　）")
    assert walk.counted() == (1, 4)
    here = walk.current()
    assert here is not None
    assert section.editor.textCursor().selectedText() == "　　"


def test_what_was_answered_stands_there_after_a_crash(here: Sampled, section: TemplatesSection, window: QWidget, tmp_path: Path) -> None:
    press(brought(section, tmp_path), Qt.Key.Key_Return)
    again = opened(here, window).section("templates")
    assert isinstance(again, TemplatesSection)
    again.fill_blanks()
    assert again.editor.toPlainText().startswith("出卖人：{{出卖人}}")
    assert again.walk.progress.text() == "填空：已答 1 / 共 4"


def test_a_whole_form_is_walked_with_one_key_a_blank(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, FORM)
    for _ in RIGHT:
        here = walk.current()
        press(walk, Qt.Key.Key_Return if here and here.tag else Qt.Key.Key_Delete)
    assert walk.counted() == (len(RIGHT), len(RIGHT))
    assert template_faults(section.editor.toPlainText()) == ()
    assert section.faults == ()


def test_a_form_as_long_as_a_city_s_is_walked_in_a_few_keys_to_a_paper_the_law_is_content_with(
    section: TemplatesSection, tmp_path: Path
) -> None:
    form = city_form()
    walk = brought(section, tmp_path, form)
    whole = walk.counted()[1]
    QTest.keyClick(walk.choices, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    keys = 1
    while (here := walk.current()) is not None:
        of_many = here.article.startswith("附件十")
        held = Qt.KeyboardModifier.ShiftModifier if of_many and not here.tag else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(walk.choices, Qt.Key.Key_Return if here.tag else Qt.Key.Key_Delete, held)
        keys += 1
    assert whole > 330
    assert keys < whole / 5
    section.check_text()
    assert (section.faults, section.gaps) == ((), ())


def test_all_sure_ones_are_taken_at_once_and_given_back_at_once(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    QTest.keyClick(walk.choices, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert section.editor.toPlainText() == "出卖人：{{出卖人}}\n𬭚房：（　　）\n{{?付款方式=一次性}}一次性付款\n签订日期：{{签订日期}}\n"
    press(walk, Qt.Key.Key_Backspace)
    assert section.editor.toPlainText() == SHORT


ARTICLES = "第一条　房屋\n房号____，面积____平方米，其他____\n第二条　争议\n第____种。\n"


def test_an_article_that_was_read_is_taken_at_once_with_what_is_likely(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, ARTICLES)
    assert walk.words.text() == "把握较大"
    press(walk, Qt.Key.Key_Right)
    assert walk.words.text() == "可能是；第一条　房屋：共 2 处建议"
    press(walk, Qt.Key.Key_Space)
    assert section.editor.toPlainText() == ARTICLES.replace("房号____，面积____", "房号{{房号}}，面积{{建筑面积}}")
    press(walk, Qt.Key.Key_Backspace)
    assert section.editor.toPlainText() == ARTICLES


def test_unknown_blanks_are_passed_over_on_the_way_to_the_next_proposal(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path, ARTICLES)
    places = []
    for _ in range(3):
        QTest.keyClick(walk.choices, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        here = walk.current()
        assert here is not None
        places.append(here.tag)
    assert places == ["建筑面积", "争议方式序号", "房号"]


def test_a_text_pasted_from_pages_gets_its_sentences_back(section: TemplatesSection) -> None:
    line = "买受人应当在约定的日期之前把全部房价款付入监管账\n户，逾期的按日支付违约金。\n"
    clip = QMimeData()
    clip.setText(line * 5)
    section.editor.selectAll()
    section.editor.insertFromMimeData(clip)
    assert section.editor.toPlainText() == line.replace("\n户", "户") * 5


def test_the_paper_beside_points_at_the_blank_that_is_asked_about(section: TemplatesSection, tmp_path: Path) -> None:
    walk = brought(section, tmp_path)
    assert walk.pointed().startswith("出卖人：▶{{出卖人}}\n")
    press(walk, Qt.Key.Key_Right)
    assert "（▶　　）" in walk.pointed()


def test_escape_goes_back_to_the_text(section: TemplatesSection, tmp_path: Path) -> None:
    press(brought(section, tmp_path), Qt.Key.Key_Escape)
    assert not section.walk.isVisible()
    assert section.fields.isVisible()


def test_a_file_that_is_no_text_says_why(section: TemplatesSection, tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    section.open_file(path)
    assert "旧格式" in section.banner.text()
    assert not section.walk.isVisible()


def test_in_a_low_window_the_walk_has_the_section_for_itself(
    page: SettingsPage, section: TemplatesSection, tmp_path: Path
) -> None:
    page.resize(911, 440)
    walk = brought(section, tmp_path)
    assert not section.kind.isVisible()
    press(walk, Qt.Key.Key_Escape)
    assert section.kind.isVisible()
