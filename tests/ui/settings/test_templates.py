"""Contract templates in the settings: faults at their lines, tried on a deal, kept as versions, never lost half-typed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.contract import template_faults
from salescenter.domain.papers.texts import LETTER_TEXTS, text_faults
from salescenter.domain.units import UnitState
from salescenter.services.papers.contracts import COMPLETED, PRESALE, SUBSCRIPTION, TemplateRow, shipped, templates
from salescenter.ui.kit.deal_papers import show_contract
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.template_edit import TemplateEdit
from salescenter.ui.settings.templates import FAULTS, KeepSheet, TemplatesSection, holding, tags, version_words
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


def keep(section: TemplatesSection, window: QWidget, name: str, **said: object) -> KeepSheet:
    section.press_main()
    sheet = window.findChildren(KeepSheet)[-1]
    assert sheet.form is not None
    sheet.form.put(name=name, **said)
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


def test_a_kept_version_is_what_the_next_contract_says(here: Sampled, section: TemplatesSection, window: QWidget) -> None:
    write(section, shipped(PRESALE) + "\n补充：本项目另行约定𬭚字条款。\n")
    keep(section, window, "加补充条款", since=TODAY - timedelta(days=60))
    assert section.banner.text() == "已保存为第 1 版。"
    assert section.version.currentText() == "第 1 版：加补充条款 · 生效中"
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    assert "本项目另行约定𬭚字条款" in words(here.asked.papers[-1].pdf)


def test_drafts_and_versions_to_come_are_named_and_hold_nothing_yet(section: TemplatesSection, window: QWidget) -> None:
    write(section, shipped(PRESALE) + "\n草稿\n")
    keep(section, window, "草稿", since=None)
    write(section, shipped(PRESALE) + "\n将来\n")
    keep(section, window, "将来", since=TODAY + timedelta(days=30))
    named = [section.version.itemText(at) for at in range(section.version.count())]
    assert named == ["第 2 版：将来 · 07-18 起生效", "第 1 版：草稿 · 草稿", "出厂版本 · 生效中"]
    section.version.put(1)
    section.version.edited.emit()
    assert section.editor.toPlainText().endswith("草稿\n")


def test_a_version_needs_a_word_about_what_is_new(here: Sampled, section: TemplatesSection, window: QWidget) -> None:
    sheet = keep(section, window, "", since=TODAY)
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


def test_the_newest_version_whose_day_has_come_holds() -> None:
    rows = tuple(
        TemplateRow(at, PRESALE, f"v{at}", at, "", since)
        for at, since in ((3, TODAY + timedelta(days=1)), (2, TODAY), (1, TODAY), (0, None))
    )
    assert holding(rows, TODAY).version == 2
    assert holding(rows, TODAY + timedelta(days=1)).version == 3
    assert version_words(rows[1], rows[1], TODAY) == "第 2 版：v2 · 生效中"
    assert version_words(rows[2], rows[1], TODAY) == "第 1 版：v1"


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
