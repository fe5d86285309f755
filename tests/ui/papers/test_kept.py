"""The list of keep marks by keys: found, opened, lifted, taken away; empty; nothing for whose work it is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.staff import Role
from salescenter.services.papers.keep_marks import KeepRequest, keep_beyond, marks
from salescenter.services.papers.search import PaperRow
from salescenter.ui.kit.choices import Chip
from salescenter.ui.kit.keep_list import KeepList
from salescenter.ui.kit.keep_marks import LiftSheet
from salescenter.ui.papers.kept_view import KeptView
from salescenter.ui.papers.page import PapersPage
from tests.ui.papers.test_page import page
from tests.ui.rooms import make_room
from tests.ui.sampled import NOW, Sampled

__all__ = ["page"]


@pytest.fixture
def paper(page: PapersPage) -> PaperRow:
    """A receipt that is marked, and its deal after it."""
    found = next(one for one in page.printed.table.rows() if one.kind is PaperKind.RECEIPT and one.deal is not None)
    for reason, whole in (("诉讼", False), ("住建局抽查", True)):
        keep_beyond(page.printed.room.desk, KeepRequest(found.kind, found.number, reason, whole), NOW)
    return found


@pytest.fixture
def shown(page: PapersPage, paper: PaperRow) -> KeepList:
    page.show_argument("kept")
    view = page.stack.currentWidget()
    assert isinstance(view, KeptView)
    return view.list


def test_marks_are_found_by_typing_and_lead_to_what_they_keep(
    here: Sampled, page: PapersPage, shown: KeepList, paper: PaperRow
) -> None:
    assert [one.reason for one in shown.table.rows()] == ["住建局抽查", "诉讼"]
    assert page.status() == "暂缓销毁标记 2 项。"
    QTest.keyClick(shown.table.view, Qt.Key.Key_Return)
    shown.table.find_rows("诉讼")
    shown.table.find_box.search_now()
    assert [one.number for one in shown.table.rows()] == [paper.number]
    QTest.keyClick(shown.table.view, Qt.Key.Key_Return)
    assert here.asked.went == [("deals", paper.deal), ("papers", paper.number)]


def test_a_mark_is_lifted_from_the_list_and_stands_among_the_lifted_ones(
    here: Sampled, shown: KeepList, paper: PaperRow
) -> None:
    shown.lift_it.click()
    sheet = shown.window().findChildren(LiftSheet)[-1]
    assert sheet.form is not None
    assert sheet._main is not None
    sheet._main.click()
    assert len(shown.table.rows()) == 2  # a reason is wanted
    sheet.form.put(reason="检查已结束")
    sheet._main.click()
    assert [one.reason for one in shown.table.rows()] == ["诉讼"]
    assert [one.reason for one in marks(here.desk, paper.kind, paper.number)] == ["诉讼"]
    next(chip for chip in shown.shown.findChildren(Chip) if chip.text() == "已解除").click()
    (one,) = shown.table.rows()
    assert one.lifted is not None
    assert (one.lifted.why, shown.lift_it.isEnabled()) == ("检查已结束", False)


def test_the_list_is_taken_away_with_its_stamp(shown: KeepList, tmp_path: Path) -> None:
    shown.save_to(tmp_path / "暂缓销毁.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "暂缓销毁.xlsx").active.iter_rows(values_only=True))
    assert [row[4] for row in rows[1:3]] == ["住建局抽查", "诉讼"]
    assert "沈知行" in str(rows[4][0])


def test_where_nothing_is_kept_the_list_says_where_marks_are_set(page: PapersPage) -> None:
    page.show_argument("kept")
    view = page.stack.currentWidget()
    assert isinstance(view, KeptView)
    assert view.list.table.view.isHidden()
    assert [one.isHidden() for one in (view.list.lift_it, view.list.excel, view.list.seek)] == [True] * 3


def test_who_sets_no_marks_has_no_list_of_them(qtbot: QtBot, here: Sampled, tmp_path: Path) -> None:
    cashier = replace(here.desk, who=replace(here.desk.who, role=Role.CASHIER))
    found = PapersPage(make_room(cashier, lambda: NOW, tmp_path, here.asked))
    qtbot.addWidget(found)
    assert "kept" not in found._views
