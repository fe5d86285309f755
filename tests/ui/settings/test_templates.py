"""Contract templates in the settings: faults at their lines, tried on a deal, kept as versions, never lost half-typed."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.contract import template_faults
from salescenter.domain.papers.needs import COMPLETED, PRESALE, SUBSCRIPTION
from salescenter.domain.papers.texts import LETTER_TEXTS, text_faults
from salescenter.domain.units import UnitState
from salescenter.services.papers.template_versions import shipped, templates
from salescenter.ui.kit.deal_papers import show_contract
from salescenter.ui.settings.field_list import tags
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.template_edit import TemplateEdit
from salescenter.ui.settings.templates import FAULTS, TemplatesSection
from salescenter.ui.settings.version_sheets import ApproveSheet, KeepSheet, WithdrawSheet
from tests.ui.hands import types
from tests.ui.sampled import NOW, Sampled
from tests.ui.settings.conftest import opened

TODAY = NOW.date()


@pytest.fixture
def section(page: SettingsPage) -> TemplatesSection:
    found = page.section("templates")
    assert isinstance(found, TemplatesSection)
    return found


def write(section: TemplatesSection, text: str) -> None:
    """Write another text as a person does, and let it be checked."""
    section.editor.selectAll()
    section.editor.insertPlainText(text)
    section.check_text()


def keep(section: TemplatesSection, window: QWidget, name: str) -> KeepSheet:
    section.press_main()
    sheet = window.findChildren(KeepSheet)[-1]
    assert sheet.form is not None
    sheet.form.put(name=name)
    sheet.press_main()
    return sheet


def try_all(section: TemplatesSection) -> None:
    """Look at the paper of each deal that is offered, by the arrow keys."""
    QTest.keyClick(section.editor, Qt.Key.Key_F7)
    for _ in range(section.trial.deal.count()):
        QTest.keyClick(section.trial.deal, Qt.Key.Key_Down)
        section.trial.deal.edited.emit()


def approve(section: TemplatesSection, window: QWidget, since: date) -> ApproveSheet:
    section.versions.approve.click()
    sheet = window.findChildren(ApproveSheet)[-1]
    assert sheet.form is not None
    sheet.form.put(since=since)
    sheet.press_main()
    return sheet


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_shipped_text_stands_there_without_a_fault(section: TemplatesSection) -> None:
    assert section.editor.toPlainText() == shipped(PRESALE)
    assert section.verdict.text() == "没有错误。"
    assert section.version.currentText() == "出厂版本 · 生效中"
    assert not section.fault_list.isVisible()


def test_each_fault_is_listed_and_marked_at_its_line(section: TemplatesSection) -> None:
    write(section, "第一行\n{{没有这个}}\n{{@没有这块}}\n{{#each 总价}}{{/each}}")
    said = [section.fault_list.item(at).text() for at in range(section.fault_list.count())]
    assert said == ["第 2 行：没有字段“没有这个”", "第 3 行：没有内容块“没有这块”", "第 4 行：“总价”不是列表"]
    assert section.editor.faulty_lines() == {2, 3, 4}
    section.fault_list.itemClicked.emit(section.fault_list.item(1))
    assert section.editor.textCursor().blockNumber() == 2


def test_a_faulty_text_is_not_offered_for_keeping_but_shows_where(here: Sampled, section: TemplatesSection, window: QWidget) -> None:
    write(section, "好\n{{#if 贷款额}}")
    section.press_main()
    assert window.findChildren(KeepSheet) == []
    assert section.editor.textCursor().blockNumber() == 1
    assert len(templates(here.desk, PRESALE)) == 1


@pytest.mark.parametrize("text", ["{{没有这个}}", "{{@没有这块}}", "{{??}}", "{{#if 总价}}", "{{/if}}", "{{#each 总价}}{{/each}}"])
def test_every_kind_of_fault_has_words(text: str) -> None:
    assert {fault.code for fault in template_faults(text)} <= set(FAULTS)
    assert template_faults(text)


def test_typing_is_checked_after_a_pause(qtbot: QtBot, section: TemplatesSection) -> None:
    section.editor.setFocus()
    types(section.editor, "甲{{x}}")
    qtbot.waitUntil(lambda: section.editor.faulty_lines() == {1})
    assert section.faults[0].what == "x"


def test_a_field_is_found_and_written_at_the_cursor(section: TemplatesSection) -> None:
    section.fields.search.setText("总价大写")
    section.fields.search.search_now()
    shown = [section.fields.list.item(at) for at in range(section.fields.list.count())
             if not section.fields.list.item(at).isHidden()]  # fmt: skip
    assert [item.text() for item in shown] == ["{{总价大写}}"]
    section.fields.list.setCurrentItem(shown[0])
    section.fields.list.setFocus()
    QTest.keyClick(section.fields.list, Qt.Key.Key_Return)
    assert section.editor.toPlainText().startswith("{{总价大写}}{{@封面}}")


def test_every_tag_offered_is_one_the_template_may_say() -> None:
    for name in (PRESALE, *LETTER_TEXTS):
        assert [tag for tag in tags(name) if text_faults(name, f"行\n{tag}\n")] == []


def test_the_preview_is_made_of_the_text_as_it_stands_and_kept_nowhere(here: Sampled, section: TemplatesSection) -> None:
    write(section, "# 试\n出卖人：{{出卖人}}，共{{人数}}人。\n")
    section.preview()
    paper = here.asked.papers[-1]
    assert paper.number == ""
    assert "云栖置业有限公司" in words(paper.pdf)
    assert len(templates(here.desk, PRESALE)) == 1


def test_a_faulty_preview_says_why_and_shows_nothing(here: Sampled, section: TemplatesSection) -> None:
    write(section, "{{没有这个}}")
    section.preview()
    assert here.asked.papers == []
    assert section.banner.isVisible()


@pytest.mark.parametrize("kind", [COMPLETED, SUBSCRIPTION, "dunning", "statement_en"])
def test_each_kind_is_previewed(here: Sampled, section: TemplatesSection, kind: str) -> None:
    section.kind.put(kind)
    section.kind.edited.emit()
    assert section.editor.toPlainText() == shipped(kind)
    section.preview()
    assert here.asked.papers[-1].pdf.startswith(b"%PDF")


def test_a_version_is_kept_tried_approved_and_then_the_next_contract_says_it(
    here: Sampled, section: TemplatesSection, window: QWidget
) -> None:
    write(section, shipped(PRESALE) + "\n补充：本项目另行约定𬭚字条款。\n")
    assert not section.versions.approve.isEnabled()
    keep(section, window, "加补充条款")
    assert section.banner.text() == "第 1 版已存为草稿，请在示例交易上试用。"
    assert section.version.currentText() == "第 1 版：加补充条款 · 草稿"
    sheet = approve(section, window, TODAY)
    assert "尚未试用：一次性付款" in sheet.banner.text()
    sheet.reject()
    try_all(section)
    assert section.version.currentText() == "第 1 版：加补充条款 · 已试用，待批准"
    approve(section, window, TODAY)
    assert section.version.currentText() == "第 1 版：加补充条款 · 生效中"
    assert "批准" in section.versions.life.whole()
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    assert "本项目另行约定𬭚字条款" in words(here.asked.papers[-1].pdf)


def test_a_version_to_come_is_named_with_its_day_and_can_be_withdrawn(section: TemplatesSection, window: QWidget) -> None:
    write(section, shipped(PRESALE) + "\n将来\n")
    keep(section, window, "将来")
    try_all(section)
    approve(section, window, TODAY + timedelta(days=30))
    named = [section.version.itemText(at) for at in range(section.version.count())]
    assert named == ["第 1 版：将来 · 07-18 起生效", "出厂版本 · 生效中"]
    section.versions.withdraw.click()
    sheet = window.findChildren(WithdrawSheet)[-1]
    assert sheet.says.text() == "此后以出厂版本为准。"
    assert sheet.form is not None
    sheet.form.put(reason="城市换了文本")
    sheet.press_main()
    assert section.banner.text() == "第 1 版已停用，以出厂版本为准。"
    assert "城市换了文本" in section.versions.life.whole()


def test_what_the_law_wants_and_the_text_lacks_is_named_with_its_law(section: TemplatesSection, window: QWidget) -> None:
    assert section.law_says.text() == "法定内容齐全。"
    write(section, shipped(PRESALE).replace("{{交付日期}}", "另行通知之日"))
    lacking = section.law_list.item(0).text()
    needs_room = section.law_list.fontMetrics().horizontalAdvance(lacking) // section.law_list.viewport().width() + 1
    assert section.law_list.item(0).sizeHint().height() >= needs_room * section.law_list.fontMetrics().height()
    assert lacking == "交付条件和日期（商品房销售管理办法第十六条第（五）项）：没有位置，请写入 {{交付日期}}"
    section.editor.moveCursor(QTextCursor.MoveOperation.Start)
    section.law_list.itemActivated.emit(section.law_list.item(0))
    assert section.editor.toPlainText().startswith("{{交付日期}}")
    section.check_text()
    assert not section.law_list.isVisible()


def test_the_printed_paper_stands_beside_and_follows_what_is_typed(section: TemplatesSection) -> None:
    QTest.keyClick(section.editor, Qt.Key.Key_F7)
    assert section.trial.view is not None
    pages = section.trial.view.pages()
    write(section, "# 短\n出卖人：{{出卖人}}\n")
    assert section.trial.view.pages() < pages
    write(section, "{{没有这个}}")
    assert "没有这个" in section.trial.says.text()
    QTest.keyClick(section.editor, Qt.Key.Key_F7)
    assert not section.trial.isVisible()
    assert section.fields.isVisible()


def test_the_shipped_text_is_neither_approved_nor_withdrawn(section: TemplatesSection) -> None:
    assert not section.versions.approve.isVisible()
    assert not section.versions.withdraw.isVisible()


def test_a_version_needs_a_word_about_what_is_new(here: Sampled, section: TemplatesSection, window: QWidget) -> None:
    sheet = keep(section, window, "")
    assert sheet.isVisible()
    assert len(templates(here.desk, PRESALE)) == 1


def test_a_half_typed_template_is_still_there_and_can_be_discarded(here: Sampled, section: TemplatesSection, window: QWidget) -> None:
    write(section, "半途的模板\n")
    again = opened(here, window).section("templates")
    assert isinstance(again, TemplatesSection)
    assert again.editor.toPlainText() == "半途的模板\n"
    assert again.banner.text() == "已恢复上次未保存的修改。"
    again.discard()
    assert again.editor.toPlainText() == shipped(PRESALE)


def test_another_kind_is_opened_without_losing_what_was_just_typed(section: TemplatesSection) -> None:
    section.editor.selectAll()
    section.editor.insertPlainText("刚刚输入")
    section.kind.put(SUBSCRIPTION)
    section.kind.edited.emit()
    assert section.editor.toPlainText() == shipped(SUBSCRIPTION)
    section.kind.put(PRESALE)
    section.kind.edited.emit()
    assert section.editor.toPlainText() == "刚刚输入"


def test_the_editor_numbers_its_lines_and_draws_rare_characters(qtbot: QtBot) -> None:
    editor = TemplateEdit()
    qtbot.addWidget(editor)
    editor.resize(400, 200)
    editor.put("𬭚{{总价}}\n第一条　标题\n" * 400)
    with qtbot.waitExposed(editor):
        editor.show()
    assert editor.margin() > 30
    before = editor.grab().toImage()
    editor.verticalScrollBar().setValue(300)
    assert editor.grab().toImage() != before


def test_ctrl_t_parts_cells_and_tab_goes_on(qtbot: QtBot) -> None:
    editor = TemplateEdit()
    qtbot.addWidget(editor)
    types(editor, "外墙")
    QTest.keyClick(editor, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    types(editor, "涂料")
    assert editor.toPlainText() == "外墙\t涂料"
    assert editor.tabChangesFocus()


def test_a_table_pasted_from_pages_gets_its_cells_parted(qtbot: QtBot) -> None:
    editor, clip = TemplateEdit(), QMimeData()
    qtbot.addWidget(editor)
    clip.setText("部位　标准　备注\r\n外墙　____　____")
    editor.insertFromMimeData(clip)
    assert editor.toPlainText() == "部位\t标准\t备注\n外墙\t____\t____"
