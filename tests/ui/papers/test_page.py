"""The page of papers, used as a person does: finding, showing again, reprinting, saving, a job of many, a check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import Step, UnitState
from salescenter.services.papers.archive import as_it_was, printed_counts
from salescenter.services.papers.checking import Earlier
from salescenter.services.papers.contracts import subscription_paper
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.search import PaperSearch, papers
from salescenter.services.payments.lists import receipts
from salescenter.services.payments.receipts import VoidRequest, void
from salescenter.ui import papers as papers_page
from salescenter.ui.kit.deal_papers import show_contract, show_receipt, show_subscription
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Lane
from salescenter.ui.kit.paper import Paper
from salescenter.ui.papers.page import PapersPage
from tests.ui.papers.conftest import keeper_of
from tests.ui.rooms import Asked, make_room
from tests.ui.sampled import NOW, Sampled, sampled


@pytest.fixture
def page(here: Sampled, window: QWidget) -> PapersPage:
    """The page in its window, three papers printed: a contract, the same deal's agreement, the first receipt."""
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    show_subscription(here.room, unit.deal.id)
    show_receipt(here.room, "0000001")
    for paper in here.asked.papers:
        keeper_of(here).keep(paper, "")
    here.asked.papers.clear()
    made = papers_page.PAGE.build(here.room)
    assert isinstance(made, PapersPage)
    made.setParent(window)
    made.setGeometry(window.rect())
    made.show()
    return made


def found(page: PapersPage) -> list[PaperKind]:
    return [row.kind for row in page.printed.table.rows()]


def words(pdf: bytes) -> list[str]:
    return [one.extract_text() for one in PdfReader(BytesIO(pdf)).pages]


# --- what was printed


def test_typing_narrows_the_archive_and_the_card_follows(qtbot: QtBot, page: PapersPage) -> None:
    assert found(page) == [PaperKind.RECEIPT, PaperKind.SUBSCRIPTION, PaperKind.CONTRACT]
    assert page.printed.card.title.text() == "收据"
    QTest.keyClicks(page.printed.search, page.printed.table.rows()[1].number)
    qtbot.waitUntil(lambda: found(page) == [PaperKind.SUBSCRIPTION])
    assert page.printed.card.title.text() == "认购书"
    page.printed.search.put("")
    page.printed.kind.put("contract")
    page.printed.load()
    assert found(page) == [PaperKind.CONTRACT]


def test_words_on_a_paper_find_it_and_stand_in_its_line(page: PapersPage) -> None:
    page.printed.show_text("违约责任")
    (row,) = page.printed.table.rows()
    assert row.kind is PaperKind.SUBSCRIPTION
    assert "违约责任" in row.says
    model = page.printed.table.view.model()
    assert "违约责任" in str(model.index(0, model.columnCount() - 1).data())


def test_days_without_papers_say_what_the_list_is_for(page: PapersPage) -> None:
    page.printed.last.put(NOW.date() - timedelta(days=1))
    page.printed.load()
    assert found(page) == []
    assert any("这里没有打印记录" in label.text() for label in page.printed.findChildren(Label) if label.isVisible())
    assert not page.printed.card.inside.isVisible()


def test_enter_shows_a_paper_exactly_as_it_was(here: Sampled, page: PapersPage) -> None:
    page.printed.table.choose(1)
    QTest.keyClick(page.printed.table.view, Qt.Key.Key_Return)
    shown = here.asked.papers[-1]
    row = page.printed.table.rows()[1]
    assert (shown.kind, shown.number, shown.deal) == ("subscription", row.number, row.deal)
    assert shown.pdf == as_it_was(here.desk, row.id, here.room.now())


def test_the_reprint_button_asks_why_and_shows_the_marked_paper(here: Sampled, page: PapersPage, window: QWidget) -> None:
    page.printed.table.choose(1)
    QTest.mouseClick(page.printed.card.reprint, Qt.MouseButton.LeftButton)
    sheet = window.findChild(ReasonSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason="客户遗失")
    sheet.press_main()
    shown = here.asked.papers[-1]
    assert shown.reason == "客户遗失"
    assert all("第 1 次重印：客户遗失" in text for text in words(shown.pdf))
    keeper_of(here).keep(shown, "")
    page.printed.load()
    assert page.printed.table.rows()[0].copy == 2


def test_a_saved_paper_is_the_archived_one_and_the_history_tells_it(here: Sampled, page: PapersPage, tmp_path: Path) -> None:
    page.printed.card.save_to(tmp_path / "合同.pdf")
    row = page.printed.table.rows()[0]
    assert (tmp_path / "合同.pdf").read_bytes() == as_it_was(here.desk, row.id, here.room.now())
    assert here.asked.said[-1] == "已存为 合同.pdf"
    page.printed.card.save_to(tmp_path / "none" / "合同.pdf")
    assert type(here.asked.refused[-1]).__name__ == "CannotWrite"


def test_a_deals_papers_are_listed_printed_or_not_and_one_click_makes_what_is_missing(
    here: Sampled, page: PapersPage
) -> None:
    page.printed.table.choose(0)
    of_deal = page.printed.card.shown
    assert of_deal is not None
    links = [button.text() for button in page.printed.card.holds.findChildren(QWidget) if hasattr(button, "text")]
    assert f"✓ 收据 {of_deal.number}" in links
    missing = next(text for text in links if text.startswith(("○ 认购书", "○ 收据")))
    button = next(one for one in page.printed.card.holds.findChildren(QWidget) if getattr(one, "text", str)() == missing)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert here.asked.papers[-1].number == missing.split()[-1]


def test_the_papers_of_one_deal_are_shown_by_its_id_and_esc_returns(page: PapersPage) -> None:
    of_deal = next(row.deal for row in page.printed.table.rows() if row.kind is PaperKind.CONTRACT)
    page.show_argument(of_deal)
    assert found(page) == [PaperKind.SUBSCRIPTION, PaperKind.CONTRACT]
    assert page.back()
    assert len(found(page)) == 3
    assert not page.back()
    page.show_argument("0000001")
    assert found(page) == [PaperKind.RECEIPT]


def test_the_card_leads_to_the_deal(here: Sampled, page: PapersPage) -> None:
    page.printed.card.to_deal.click()
    assert here.asked.went == [("deals", page.printed.table.rows()[0].deal)]


# --- many papers as one job


def wide(page: PapersPage, days: int = 60) -> None:
    page.show_view("job")
    page.job.first.put(NOW.date() - timedelta(days=days))
    page.job.load()


def click_row(page: PapersPage, at: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Click on a row of the job's list."""
    view = page.job.table.view
    middle = view.visualRect(page.job.table.model.index(at, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, middle)


def test_chosen_receipts_become_one_file_and_each_is_kept_on_its_own(here: Sampled, page: PapersPage) -> None:
    wide(page)
    click_row(page, 0)
    assert page.job.make.text() == "把选中的 1 份合成一个任务"
    click_row(page, 2, Qt.KeyboardModifier.ShiftModifier)
    numbers = [row.wanted.number for row in page.job.chosen()]
    assert len(numbers) == 3
    page.print_page()
    job = here.asked.papers[-1]
    assert [part.number for part in job.parts] == numbers
    assert len(words(job.pdf)) == 3
    assert all(number in text for number, text in zip(numbers, words(job.pdf), strict=True))
    keeper_of(here).keep(job, "one-press")
    counts = printed_counts(here.desk, "receipt")
    assert [counts[number] for number in numbers] == [1, 1, 1]
    row = next(row for row in papers(here.desk, PaperSearch(numbers[1])))
    assert numbers[1] in "".join(words(as_it_was(here.desk, row.id, here.room.now())))
    page.job.load()
    assert not set(numbers) & {one.wanted.number for one in page.job.table.rows()}


def test_a_job_with_printed_papers_asks_one_reason_and_marks_only_those(
    here: Sampled, page: PapersPage, window: QWidget
) -> None:
    page.show_view("job")
    page.job.kind.put("contract")
    page.job.only_new.put(False)
    wide(page)
    printed = next(row.number for row in papers(here.desk, PaperSearch(kind="contract")))
    rows = page.job.table.rows()
    at = next(line for line, row in enumerate(rows) if row.wanted.number == printed)
    page.job.table.view.scrollTo(page.job.table.model.index(at, 0))
    click_row(page, at)
    click_row(page, at + 1 if at + 1 < len(rows) else at - 1, Qt.KeyboardModifier.ControlModifier)
    page.main_step()
    assert here.asked.papers == []
    sheet = window.findChild(ReasonSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason="归档")
    sheet.press_main()
    job = here.asked.papers[-1]
    assert len(job.parts) == 2
    marked = {part.number for part in job.parts if "重印" in "".join(words(part.pdf))}
    assert marked == {printed}
    assert sum("第 1 次重印：归档" in text for text in words(job.pdf)) == len(
        words(next(part.pdf for part in job.parts if part.number == printed))
    )
    keeper_of(here).keep(job, "")
    reasons = {row.number for row in papers(here.desk, PaperSearch(kind="contract")) if row.reason}
    assert reasons == {printed}


def test_a_job_printed_twice_is_a_job_of_reprints(here: Sampled, page: PapersPage) -> None:
    wide(page)
    click_row(page, 0)
    page.print_page()
    job = here.asked.papers[-1]
    keeper_of(here).keep(job, "")
    assert keeper_of(here).before(job) == 1
    assert job.again is not None
    again = job.again("财务留存")
    keeper_of(here).keep(again, "")
    assert "第 1 次重印：财务留存" in "".join(words(again.pdf))
    assert printed_counts(here.desk, "receipt")[job.parts[0].number] == 2


def test_a_job_can_be_stopped_and_nothing_is_kept(qtbot: QtBot, here: Sampled, window: QWidget, tmp_path: Path) -> None:
    papers_lane, asked = Lane("papers"), Asked()
    room = make_room(here.desk, lambda: NOW, tmp_path / "d", asked, papers_lane)
    page = PapersPage(room)
    page.setParent(window)
    page.show_view("job")
    page.job.first.put(NOW.date() - timedelta(days=60))
    page.job.only_new.put(False)
    page.job.load()
    qtbot.waitUntil(lambda: len(page.job.table.rows()) > 20)
    page.job.print_it()
    assert not page.job.make.isEnabled()
    page.job.progress.cancelled.emit()
    qtbot.waitUntil(page.job.make.isEnabled)
    assert asked.papers == []
    assert page.job.progress.isHidden()
    papers_lane.close()


# --- the check


def check(page: PapersPage, text: str) -> str:
    page.show_view("check")
    page.check.code.clear()
    QTest.keyClicks(page.check.code, text)
    QTest.keyClick(page.check.code, Qt.Key.Key_Return)
    return page.check.banner.text()


def test_a_scanned_receipt_is_genuine_and_its_altered_amount_is_not(here: Sampled, page: PapersPage) -> None:
    signed = here.unit(UnitState.SIGNED)
    assert signed.deal is not None
    value = receipt_paper(here.desk, signed.deal.dues[0].receipts[0], NOW)
    assert check(page, value.code()) == "真实：编号和金额与本项目开具的一致。 目前有效。"
    assert page.check.banner.property("tone") == "accent"
    forged = value.code().replace(str(value.total.fen), "990000000")
    assert check(page, forged) == "被改动：校验值与编号、金额不符。"
    assert page.check.banner.property("tone") == "danger"
    said = {fact.label: fact.value for fact in page.check.facts.facts()}
    assert (said["单据金额"], said["账面金额"]) == ("9,900,000.00", str(value.total))


def test_a_code_scanned_into_the_search_of_the_archive_is_checked(here: Sampled, page: PapersPage) -> None:
    signed = here.unit(UnitState.SIGNED)
    assert signed.deal is not None
    code = receipt_paper(here.desk, signed.deal.dues[0].receipts[0], NOW).code()
    QTest.keyClicks(page.printed.search, code.swapcase())
    QTest.keyClick(page.printed.search, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.check
    assert page.check.banner.text() == "真实：编号和金额与本项目开具的一致。 目前有效。"
    assert page.printed.search.value() == ""


def test_a_void_receipt_and_a_superseded_agreement_say_what_took_their_place(here: Sampled, page: PapersPage) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    number = unit.deal.dues[0].receipts[0]
    code = receipt_paper(here.desk, number, NOW).code()
    rows = receipts(here.desk, NOW.date() - timedelta(days=60), NOW.date())
    wrong = next(row.id for row in rows if row.number == number)
    entry = void(here.desk, VoidRequest(wrong, "录错"), NOW).number
    assert entry in check(page, code)
    assert page.check.banner.property("tone") == "danger"
    signed = here.unit(UnitState.SIGNED)
    assert signed.deal is not None
    paper = subscription_paper(here.desk, signed.deal.id, NOW)
    assert "已被取代" in check(page, paper.code())


def test_a_bare_number_shows_the_figures_but_promises_nothing(here: Sampled, page: PapersPage) -> None:
    signed = here.unit(UnitState.SIGNED)
    assert signed.deal is not None
    assert check(page, signed.deal.dues[0].receipts[0]) == "仅凭编号查到。 目前有效。"
    assert page.check.banner.property("tone") == "warning"
    assert check(page, "0000001") == "仅凭编号查到。 自 05-06 起作废：退订。应予收回。"
    assert page.check.banner.property("tone") == "danger"
    page.print_page()
    assert here.asked.papers[-1].number == "0000001"
    page.check.deal_button.click()
    assert here.asked.went[-1][0] == "deals"


def test_of_a_paper_signed_again_the_sheets_that_count_are_told_by_their_mark(here: Sampled, page: PapersPage) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    check(page, receipt_paper(here.desk, unit.deal.dues[0].receipts[0], NOW).code())
    assert page.check.found is not None
    page.check._show(replace(page.check.found, earlier=Earlier(2, Step.CHANGE_BUYER, NOW.date())))
    said = page.check.banner.text()
    assert said.startswith("真实：编号和金额与本项目开具的一致。 此前打印的已于")
    assert "只有标明第 2 次重印或更晚重印的才有效" in said
    assert "目前有效" not in said
    assert page.check.banner.property("tone") == "warning"


def test_nonsense_is_said_to_be_no_code_of_the_house(page: PapersPage) -> None:
    assert check(page, "hello") == "这不是本项目的二维码。"
    assert not page.check.facts.isVisible()
    check(page, "0000001")
    page.check.code.clear()
    page.check.check_now()
    assert not page.check.banner.isVisible()


# --- whose


def test_a_receptionist_sees_neither_contracts_nor_figures(original: Path, tmp_path: Path, window: QWidget) -> None:
    front = sampled(original, tmp_path, "tangyue")
    page = PapersPage(front.room)
    page.setParent(window)
    assert [page.printed.kind.itemData(at) for at in range(page.printed.kind.count())] == ["", "registration"]
    page.show_view("job")
    assert page.job.chosen() == []
    check(page, "0000001")
    assert page.check.banner.isVisibleTo(page)
    assert page.check.found is None
    front.house.close()


def test_the_page_is_for_whoever_prints() -> None:
    assert papers_page.PAGE.needs is Step.PRINT_PAPER


def test_the_preview_names_a_paper_once() -> None:
    assert Paper("receipt", "7", "收据 7", b"").name == "收据 7"
    assert Paper("receipt", "7", "收据", b"").name == "收据 7"
