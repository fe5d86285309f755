"""Destroying papers by keys: proposed on the section, approved under To do, carried out, shown as a list and checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from salescenter.data.estate import setting
from salescenter.data.papers import paper
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.destruction import ListState
from salescenter.domain.staff import Role
from salescenter.services import approvals, people
from salescenter.services.approvals import Decision
from salescenter.services.papers import archive, destruction, keep_marks
from salescenter.services.papers.destruction import Proposal
from salescenter.services.papers.keep_marks import KeepRequest, LiftRequest, keep_beyond
from salescenter.services.people import PersonRequest
from salescenter.services.todo import TodoKind, todos
from salescenter.ui import papers as papers_page
from salescenter.ui.kit.keep_list import MarksSheet
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.settings.destroying import CarryOutSheet, ProposeSheet
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.retention import RetentionSection
from salescenter.ui.todo.deciding import DecideSheet
from tests.print import reading
from tests.ui.sampled import NOW, Sampled

PDF = b"%PDF of a quotation"


@pytest.fixture
def section(here: Sampled, page: SettingsPage) -> RetentionSection:
    """Three quotations that are past their years, and one that is not."""
    for number in ("ZY-1", "ZY-2", "ZY-3", "ZY-4"):
        archive.keep(here.desk, archive.PrintRequest("quotation", number, "置业计划书", PDF), NOW)
    rule = {"project_id": here.desk.project, "name": "keep_office", "since": NOW.date(), "value": 1}
    with here.house.engine.connect().execution_options(writes=True) as line, line.begin():
        line.execute(insert(setting).values(rule))
        line.execute(update(paper).where(paper.c.number < "ZY-4", paper.c.number > "ZY-").values(
            at=NOW - timedelta(days=900)))  # fmt: skip
    found = page.section("retention")
    assert isinstance(found, RetentionSection)
    found.load()
    return found


def opened(window: QWidget, kind: type[QWidget]) -> QWidget:
    (sheet,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return sheet


def approve(here: Sampled) -> None:
    """Another manager says yes."""
    made = people.keep(here.desk, PersonRequest("总经理", "gm", Role.MANAGER), NOW)
    boss = replace(here.desk, who=replace(here.desk.who, id=made.person, name="总经理"))
    approvals.decide(boss, Decision(approvals.waiting(boss)[-1].id, granted=True), NOW)


def test_a_list_goes_from_the_keys_of_one_over_the_desk_of_another_to_the_paper(
    qtbot: QtBot, here: Sampled, section: RetentionSection, window: QWidget
) -> None:
    section.propose.setFocus()
    QTest.keyClick(section.propose, Qt.Key.Key_Space)
    sheet = opened(window, ProposeSheet)
    assert isinstance(sheet, ProposeSheet)
    assert [one.number for one in sheet.chosen()] == ["ZY-1", "ZY-2", "ZY-3"]
    QTest.keyClick(sheet.table.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert [one.number for one in sheet.chosen()] == ["ZY-2", "ZY-3"]
    assert sheet.says.text() == "列入清册：2 份单据（打印件 2 份，扫描件 0 份）"
    sheet.press_main()
    assert destruction.lists(here.desk) == ()  # the reason is missing
    assert sheet.form is not None
    QTest.keyClicks(sheet.form.field("reason").editor, "over")
    QTest.keyClick(sheet.form.field("reason").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "已提交" in section.banner.text()
    assert not section.carry_out.isEnabled()
    waits = next(one for one in todos(here.desk, NOW) if one.kind is TodoKind.APPROVAL and one.page == "settings")
    assert waits.argument == "retention"
    asks = DecideSheet(here.room, waits.number)
    asks.stand_over(window)
    assert asks._what.text() == "单据销毁 · 2 份单据（打印件 2 份，扫描件 0 份）"
    asks.list.click()
    assert "待审批" in reading.words(here.asked.papers.pop().pdf)
    asks.press_main()
    assert asks.isVisible()  # nobody grants their own
    assert destruction.lists(here.desk)[0].state is ListState.WAITING
    asks.close()
    approve(here)
    section.load()
    assert section.carry_out.isEnabled()
    section.carry_out.setFocus()
    QTest.keyClick(section.carry_out, Qt.Key.Key_Space)
    last = opened(window, CarryOutSheet)
    assert isinstance(last, CarryOutSheet)
    assert last.form is not None
    QTest.keyClicks(last.form.field("witness").editor, "Li, audit")
    QTest.keyClick(last.form.field("witness").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (done,) = destruction.lists(here.desk)
    assert (done.state, done.papers, done.witness) == (ListState.DONE, 2, "Li, audit")
    assert "已依据清册" in section.banner.text()
    shown = here.asked.papers.pop()
    words = reading.words(shown.pdf)
    assert (shown.kind, shown.number) == ("destruction", done.number)
    for said in ("单据销毁清册", "案卷／单据号", "应保管年限", "已保管年限", "ZY-2", "ZY-3", "置业计划书", "over", "总经理",
                 "Li,audit", "监销人", "单位负责人", "已销毁"):  # fmt: skip
        assert said in words, said
    assert "ZY-1" not in words
    assert reading.astray(shown.pdf) == []


def test_what_was_destroyed_shows_when_and_under_which_list_and_its_copy_is_compared(
    qtbot: QtBot, here: Sampled, section: RetentionSection, window: QWidget, tmp_path: Path
) -> None:
    listed = destruction.propose(here.desk, destruction.Proposal((("quotation", "ZY-1"),), "期满"), NOW)
    approve(here)
    destruction.carry_out(here.desk, destruction.CarryOut(listed.list, "审计"), NOW)
    page = papers_page.PAGE.build(here.room)
    assert isinstance(page, PapersPage)
    qtbot.addWidget(page)
    page.show_argument("ZY-1")
    (row,) = page.printed.table.rows()
    page.printed.table.select_key(row.id)
    card = page.printed.card
    assert (card.badge.text(), card.ways.isHidden()) == ("已销毁", True)
    assert listed.number in {fact.value for fact in card.facts.facts()}
    page.show_view("check")
    page.check.code.put("ZY-1")
    page.check.check_now()
    assert f"已于 06-18 依据清册 {listed.number} 销毁。" in page.check.banner.text()
    assert page.check.show_button.isHidden()
    for data, says in ((PDF, "相符"), (b"%PDF", "不符")):
        (tmp_path / "x.pdf").write_bytes(data)
        page.check.compare(tmp_path / "x.pdf")
        assert f"校验值{says}" in page.check.banner.text()
    page.check.compare(tmp_path / "gone.pdf")
    assert "gone.pdf" in page.check.banner.text()
    card.show_it()
    assert PaperKind.QUOTATION not in {one.kind for one in here.asked.papers}


def test_what_marks_hold_back_is_counted_before_a_list_is_made_and_before_it_is_carried_out(
    here: Sampled, section: RetentionSection, window: QWidget
) -> None:
    assert section.marks.text() == "暂缓销毁：0 项…"
    mark = keep_beyond(here.desk, KeepRequest(PaperKind.QUOTATION, "ZY-1", "诉讼"), NOW).mark
    section.load()
    assert section.marks.text() == "暂缓销毁：1 项…"
    section.propose.click()
    sheet = opened(window, ProposeSheet)
    assert isinstance(sheet, ProposeSheet)
    assert sheet.held.text() == "有 1 份单据因暂缓销毁标记而保留：查看标记…"
    sheet.held.click()
    marks = opened(sheet, MarksSheet)
    assert isinstance(marks, MarksSheet)
    assert [one.reason for one in marks.list.table.rows()] == ["诉讼"]
    keep_marks.lift(here.desk, LiftRequest(mark, "结案"), NOW)
    marks.list.lifted.emit()
    marks.reject()
    assert sheet.held.isHidden()  # it was looked at again
    assert [one.number for one in sheet.chosen()] == ["ZY-1", "ZY-2", "ZY-3"]
    listed = destruction.propose(here.desk, Proposal((("quotation", "ZY-2"), ("quotation", "ZY-3")), "期满"), NOW)
    approve(here)
    (one,) = [one for one in destruction.lists(here.desk) if one.id == listed.list]
    keep_beyond(here.desk, KeepRequest(PaperKind.QUOTATION, "ZY-3", "诉讼"), NOW)
    carrying = CarryOutSheet(here.room, one)
    assert carrying.held.text() == "清册中有 1 份单据现已标记暂缓销毁，将予保留：查看标记…"
    assert not carrying.held.isHidden()
