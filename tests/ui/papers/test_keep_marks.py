"""The card of a paper says what keeps it beyond its years, and sets and lifts such marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import Person, Role
from salescenter.services.papers.keep_marks import KeepRequest, keep_beyond
from salescenter.services.work import Desk
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.keep_marks import Bearer, KeepMarks, KeepSheet, LiftSheet
from salescenter.ui.kit.labels import Label
from salescenter.ui.papers.page import PapersPage
from tests.ui.papers.test_page import page
from tests.ui.rooms import make_room
from tests.ui.sampled import NOW, Sampled

__all__ = ["page"]


@pytest.fixture
def box(page: PapersPage) -> KeepMarks:
    page.printed.table.select_key(page.printed.table.rows()[2].id)
    return page.printed.card.keep


def said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(Label) if one.isVisibleTo(widget)]


def press(sheet: KeepSheet | LiftSheet, **values: str) -> None:
    assert sheet.form is not None
    assert sheet._main is not None
    sheet.form.put(**values)
    sheet._main.click()


def test_a_mark_is_set_with_a_reason_seen_at_the_paper_and_lifted_with_another(box: KeepMarks) -> None:
    assert said(box) == []
    box.set_one.click()
    asking = box.window().findChildren(KeepSheet)[-1]
    press(asking, what="deal")
    assert said(box) == []
    press(asking, reason="诉讼")
    assert said(box)[1:] == ["本交易全部单据：诉讼", "沈知行，10:30 起"]
    assert not box.set_one.isHidden()
    box.set_one.click()
    asking = box.window().findChildren(KeepSheet)[-1]
    assert asking.form is not None
    assert asking.form.value("what") == "one"  # the deal's is set already
    press(asking, reason="住建局抽查")
    assert said(box)[1] == "本交易全部单据：诉讼"
    assert said(box)[3] == "本单据：住建局抽查"
    assert box.set_one.isHidden()
    of_deal, _ = [one for one in box.findChildren(LinkButton) if one.isVisibleTo(box)]
    of_deal.click()
    press(box.window().findChildren(LiftSheet)[-1], reason="已结案")
    assert said(box)[1] == "本单据：住建局抽查"


def test_who_may_not_keep_papers_sees_what_stands_and_sets_nothing(
    page: PapersPage, box: KeepMarks, here: Sampled, tmp_path: Path
) -> None:
    assert not box.set_one.isHidden()
    paper = page.printed.card.shown
    assert paper is not None
    cashier = Desk(here.desk.engine, Person(here.desk.who.id, "出纳", Role.CASHIER), here.desk.project)
    other = KeepMarks(make_room(cashier, lambda: NOW, tmp_path, here.asked))
    bearer = Bearer(paper.kind, paper.number, paper.deal, "")
    other.show_bearer(bearer)
    assert other.isHidden()
    keep_beyond(here.desk, KeepRequest(paper.kind, paper.number, "诉讼"), NOW)
    other.show_bearer(bearer)
    assert not other.isHidden()
    assert [one.isHidden() for one in other.findChildren(LinkButton)] == [True, True]
