"""Customers' documents at the deal: missing ones named, copies attached, renewed, shown, nothing to who may see none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from salescenter.data.deals import deal, due
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.received import Document, Need
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.house import Wish, house_paper
from salescenter.services.papers.keep_marks import KeepRequest, keep_beyond
from salescenter.services.papers.received import documents
from salescenter.services.papers.whole_file import whole_file, with_pages
from salescenter.ui.customers.page import CustomersPage
from salescenter.ui.deals.page import DealsPage
from salescenter.ui.deals.plain import PlainSheet
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.document_list import DocumentLine, DocumentList
from salescenter.ui.kit.keep_marks import KeepSheet, LiftSheet
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.scan_lines import TakeOutSheet
from tests.domain.test_scans import PNG, pdf
from tests.ui.sampled import NOW, Sampled


@pytest.fixture
def sale(here: Sampled) -> int:
    """A deal that waits to be filed and is paid by a loan of a bank."""
    found = here.unit(UnitState.SIGNED).deal
    assert found is not None
    with here.desk.working(NOW) as work:
        work.connection.execute(update(deal).where(deal.c.id == found.id).values(plan="mortgage"))
        work.connection.execute(update(due).where(due.c.deal_id == found.id).values(loan="commercial"))
    return found.id


@pytest.fixture
def shown(qtbot: QtBot, here: Sampled, sale: int) -> DocumentList:
    """Its documents, as the register of deals shows them."""
    page = DealsPage(here.room)
    qtbot.addWidget(page)
    page.show_argument(sale)
    return page.card.documents


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A picture and a PDF."""
    for name, data in (("正面.png", PNG), ("反面.pdf", pdf(2))):
        (tmp_path / name).write_bytes(data)
    return [tmp_path / "正面.png", tmp_path / "反面.pdf"]


def said(shown: DocumentList) -> list[str]:
    shown.unfold(on=True)
    return [one.text() for one in shown.findChildren(LinkButton) if one.isVisibleTo(shown)]


def test_what_the_bank_still_wants_is_named(shown: DocumentList) -> None:
    assert shown.summary.text() == "所需资料 6 项，已归档 0 项。缺：身份证件、户口本、婚姻证明、收入证明…"
    assert not shown.more.isVisibleTo(shown)
    shown.fold.click()
    assert shown.more.isVisibleTo(shown)
    assert said(shown).count("附上…") == 6


def test_copies_are_attached_renewed_and_shown(here: Sampled, shown: DocumentList, files: list[Path]) -> None:
    whose = shown.found[0].customer
    shown.take_in((Document.IDENTITY, whose), files[:1])
    assert shown.summary.text().startswith("所需资料 6 项，已归档 1 项。缺：户口本")
    shown.take_in((Document.IDENTITY, whose), files[1:], renews=True)
    assert {"反面.pdf", "已更换：正面.png"} <= set(said(shown))
    for name in ("反面.pdf", "已更换：正面.png"):
        next(one for one in shown.findChildren(LinkButton) if one.text() == name).click()
        assert here.asked.papers.pop().title == f"身份证件 {shown.found[0].name}"


def test_a_document_beyond_the_needed_ones_is_chosen_from_a_menu(
    shown: DocumentList, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Document] = []
    monkeypatch.setattr(DocumentList, "_choose", lambda _list, wanted, **_more: asked.append(wanted[0]))
    shown.more.click()
    next(one for one in shown.menu.actions() if one.text() == "授权委托书 …").trigger()
    shown.menu.close()
    assert asked == [Document.POWER]


def test_a_copy_in_the_wrong_place_is_taken_out(shown: DocumentList, files: list[Path]) -> None:
    shown.take_in((Document.OTHER, None), files[:1])
    next(one for one in shown.findChildren(LinkButton) if one.text() == "移出…").click()
    sheet = shown.window().findChild(TakeOutSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason="放错")
    sheet.press_main()
    assert "正面.png" not in said(shown)


def test_the_filing_says_what_it_lacks(
    qtbot: QtBot, here: Sampled, sale: int, shown: DocumentList, files: list[Path]
) -> None:
    unit = here.unit(UnitState.SIGNED).id

    def line() -> str:
        sheet = PlainSheet(here.room, unit, Step.FILE)
        qtbot.addWidget(sheet)
        return next(one.text() for one in sheet.findChildren(DocumentLine))

    assert line() == "所需资料 1 项，已归档 0 项。缺：身份证件"
    shown.take_in((Document.IDENTITY, shown.found[0].customer), files)
    assert line() == "✓ 所需资料均已归档。"
    assert all(one.copies for one in documents(here.desk, sale) if Need.FILING in one.needs)


def test_the_customers_card_shows_what_they_brought(
    qtbot: QtBot, here: Sampled, shown: DocumentList, files: list[Path]
) -> None:
    whose = shown.found[0].customer
    shown.take_in((Document.IDENTITY, whose), files[:1])
    page = CustomersPage(here.room)
    qtbot.addWidget(page)
    page.show_argument(whose)
    (line,) = page.card.lines("documents").lines()
    assert line.title == "身份证件"
    page.card.document.emit(line.key)
    assert here.asked.papers.pop().title.startswith("身份证件 ")
    page.show_argument(whose)
    assert page.card.lines("history").line(0).title == "查看了资料复印件"


def test_the_whole_file_holds_the_copies_that_stand(
    here: Sampled, sale: int, shown: DocumentList, files: list[Path]
) -> None:
    brought = shown.found[0]
    shown.take_in((Document.IDENTITY, brought.customer), files[:1])
    shown.take_in((Document.IDENTITY, brought.customer), files[1:], renews=True)
    file = whole_file(here.desk, sale, NOW)
    assert (file.parts[-1].name, [one.name for one in file.parts[-1].scans]) == (f"身份证件 {brought.name}", ["反面.pdf"])
    bound = with_pages(file, [7] * len(file.parts)).contents[-1]
    assert (bound.name, bound.number, bound.page, bound.note) == ("身份证件", brought.number, "7", brought.name)
    assert (file.cover.contents[-1].name, file.cover.contents[-1].number) == ("身份证件", brought.number)
    cashier = replace(here.desk, who=replace(here.desk.who, role=Role.CASHIER))
    assert not [one for one in whole_file(cashier, sale, NOW).parts if one.document is not None]


def test_the_list_for_the_bank_ticks_what_is_there(
    here: Sampled, sale: int, shown: DocumentList, files: list[Path]
) -> None:
    def ticks() -> list[tuple[str, ...]]:
        paper = house_paper(here.desk, Wish(PaperKind.CHECKLIST, sale, NOW.date()), NOW)
        assert isinstance(paper, FormPaper)
        return [row.cells[4:] for section in paper.sections for row in section.rows][:2]

    assert ticks() == [("□", ""), ("□", "")]
    shown.take_in((Document.IDENTITY, shown.found[0].customer), files)
    assert ticks() == [("√", "2026年6月18日"), ("□", "")]


def test_a_cashier_sees_none_of_it(qtbot: QtBot, here: Sampled, sale: int) -> None:
    cashier = replace(here.desk, who=replace(here.desk.who, role=Role.CASHIER))
    room = replace(here.room, desk=cashier)
    shown = DocumentList(room)
    qtbot.addWidget(shown)
    shown.show_deal(sale)
    assert shown.isHidden()
    assert shown.found == ()
    line = DocumentLine(room, sale, Need.FILING)
    qtbot.addWidget(line)
    assert line.text() == ""


def test_one_document_is_kept_beyond_its_years_by_a_mark_of_its_own(shown: DocumentList, files: list[Path]) -> None:
    for document, one in ((Document.IDENTITY, files[:1]), (Document.INCOME, files[1:])):
        shown.take_in((document, shown.found[0].customer), one)
    assert said(shown).count("暂缓销毁…") == 2
    next(one for one in shown.findChildren(LinkButton) if one.text() == "暂缓销毁…").click()
    sheet = shown.window().findChildren(KeepSheet)[-1]
    assert sheet.form is not None
    sheet.form.put(reason="公安调取")
    sheet.press_main()
    assert {one.document: [mark.reason for mark in one.marks] for one in shown.found if one.copies} == {
        Document.IDENTITY: ["公安调取"], Document.INCOME: [],
    }  # fmt: skip
    assert "本份资料：公安调取" in [one.text() for one in shown.findChildren(Label) if one.isVisibleTo(shown)]
    next(one for one in shown.findChildren(LinkButton) if one.text() == "解除…").click()
    lifting = shown.window().findChildren(LiftSheet)[-1]
    assert lifting.form is not None
    lifting.form.put(reason="已归还")
    lifting.press_main()
    assert said(shown).count("暂缓销毁…") == 2
    keep_beyond(shown.room.desk, KeepRequest(PaperKind.RECEIVED, shown.found[0].number, "诉讼", whole_deal=True), NOW)
    shown.load()
    assert [one.text() for one in shown.findChildren(Label) if "诉讼" in one.text()] == ["本交易全部单据：诉讼"]
