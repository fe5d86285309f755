"""The print centre: every job of this PC with how it stands; again, elsewhere, it came out, cancelled; copies by list."""

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
from sqlalchemy import select

from salescenter.data.history import history
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.printing import Hitch, JobState, Move, PrintJob, Sides, SpoiledAt, Way
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.refusals import NotFound, NotYours, PrinterAway, ReasonMissing
from salescenter.domain.units import UnitState
from salescenter.services import books
from salescenter.services.books import BookChange
from salescenter.services.papers import stationery
from salescenter.services.papers.spoiled import SpoilRequest, books_at_hand, spoil, spoiled_sheets
from salescenter.services.papers.stationery import FormRequest
from salescenter.services.payments.lists import receipts
from salescenter.services.printing import copies
from salescenter.services.printing.again import AgainRequest, print_again
from salescenter.services.printing.jobs import PrintHouse
from salescenter.services.printing.spooler import Standing
from salescenter.ui.kit.buttons import LinkButton
from salescenter.ui.kit.deal_papers import show_contract, show_receipt
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.pdfium import joined
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.print_watch import speak_up
from salescenter.ui.kit.ways import ALL, keep_way, remember_way, way_for
from salescenter.ui.papers.again_sheet import AgainSheet
from salescenter.ui.papers.blank_sheet import BlankSheet
from salescenter.ui.papers.centre_view import CentreView
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.papers.spoil_sheet import SpoilSheet
from salescenter.ui.settings.books import BooksSection
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import NOW, Sampled, sampled
from tests.ui.settings.conftest import opened

BOTH = Standing(JobState.PRINTING, 1)


@pytest.fixture
def page(here: Sampled, window: QWidget) -> PapersPage:
    made = PapersPage(here.room)
    made.setParent(window)
    made.resize(window.size())
    made.show()
    made.show_view("centre")
    return made


@pytest.fixture
def centre(page: PapersPage) -> CentreView:
    return page.centre


def house(here: Sampled) -> PrintHouse:
    return here.room.printing().house


def receipt(qtbot: QtBot, here: Sampled) -> Preview:
    show_receipt(here.room, "0000001")
    return previewed(qtbot, here, here.asked.papers[-1])


def stands(centre: CentreView) -> list[tuple[str, JobState]]:
    centre.load()
    return [(job.number, job.state) for job in centre.table.rows()]


def a_run(here: Sampled, pages: int = 4, out: int = 3, state: Move = Move.FAIL, kind: str = "dunning") -> PrintJob:
    """A run of letters that ended in the middle."""
    show_receipt(here.room, "0000001")
    job = PrintJob("r" * 32, here.desk.project, kind, "", "4 份单据", "冷月", NOW, Way("前台", "", Sides.LONG),
                   pages=pages, paper=(683.0, 397.0))  # fmt: skip
    queue = house(here).queue
    queue.put(job, joined([here.asked.papers[-1].pdf] * pages), NOW)
    queue.move(job.key, Move.SEND, NOW, tries=1)
    return queue.move(job.key, state, NOW, sheets=out)


def test_a_paper_that_prints_is_seen_with_its_printer_and_who_asked(
    qtbot: QtBot, here: Sampled, centre: CentreView
) -> None:
    spooled(here).stands = BOTH
    receipt(qtbot, here).print_it()
    assert stands(centre) == [("0000001", JobState.PRINTING)]
    (job,) = centre.table.rows()
    assert (job.by, job.way.printer, job.tries) == (here.desk.who.name, "前台", 1)
    spooled(here).stands = Standing(JobState.PRINTED, 1)
    assert stands(centre) == [("0000001", JobState.PRINTED)]


def test_a_jam_is_said_in_the_preview_in_the_centre_and_over_the_window(
    qtbot: QtBot, here: Sampled, centre: CentreView
) -> None:
    said: list[tuple[str, str, str]] = []
    healed: list[str] = []
    speak_up(here.room.printing(), lambda *words: said.append(words), healed.append)
    spooled(here).stands = Standing(JobState.PRINTING, 0, Hitch.JAM)
    shown = receipt(qtbot, here)
    shown.print_it()
    assert shown._banner.text() == "打印机 前台 卡纸。"
    centre.load()
    assert centre.card.banner.text() == "打印机 前台 卡纸。"
    assert [words[0] for words in said] == ["收据 0000001：打印机 前台 卡纸。"]
    assert healed == []
    spooled(here).stands = Standing(JobState.PRINTED, 1)
    here.room.printing().look()
    assert healed == ["收据 0000001：打印机 前台 卡纸。"]
    assert shown._banner.text() == "已在 前台 打印"


def test_a_printer_that_did_not_take_it_is_tried_again_elsewhere_and_stays_one_job(
    qtbot: QtBot, here: Sampled, centre: CentreView
) -> None:
    spooled(here).away = PrinterAway(printer="前台", why="没有电")
    receipt(qtbot, here).print_it()
    assert stands(centre) == [("0000001", JobState.FAILED)]
    assert "没有电" in centre.card.banner.text()
    spooled(here).away = None
    centre.card.ask_again()
    sheet = again_sheet(centre)
    assert sheet.form is not None
    sheet.form.put(printer="财务")
    sheet.press_main()
    assert stands(centre) == [("0000001", JobState.PRINTED)]
    assert [one.way.printer for one in spooled(here).sent] == ["财务"]


def test_the_same_preview_sends_what_did_not_leave_as_the_same_job(
    qtbot: QtBot, here: Sampled, centre: CentreView
) -> None:
    spooled(here).away = PrinterAway(printer="前台", why="没有电")
    shown = receipt(qtbot, here)
    shown.print_it()
    spooled(here).away = None
    shown.print_it()
    assert stands(centre) == [("0000001", JobState.PRINTED)]


def test_a_job_half_done_when_the_pc_went_down_asks_whether_it_came_out(here: Sampled, centre: CentreView) -> None:
    job = PrintJob("d" * 32, here.desk.project, "receipt", "0000009", "收据 0000009", "冷月", NOW, Way("前台"), pages=1)
    before = NOW - timedelta(minutes=3)
    house(here).queue.put(job, b"%PDF", before)
    house(here).queue.move(job.key, Move.SEND, before, tries=1)
    assert stands(centre) == [("0000009", JobState.DOUBTFUL)]
    assert centre.card.banner.text() == "不知道这份单据是否已打出。"
    assert centre.card.main.text() == "已打出"
    said: list[tuple[str, str, str]] = []
    healed: list[str] = []
    speak_up(here.room.printing(), lambda *words: said.append(words), healed.append)
    assert said[0][0] == "1 个打印任务待处理。"
    centre.print_it()
    assert stands(centre) == [("0000009", JobState.PRINTED)]
    assert spooled(here).sent == []


def test_the_rest_of_a_run_goes_on_after_the_sheets_that_are_out_and_the_history_hears(
    here: Sampled, centre: CentreView
) -> None:
    a_run(here)
    centre.load()
    assert centre.card.banner.text() == "共 4 页，只打出 3 页。"
    centre.print_it()
    sheet = again_sheet(centre)
    assert sheet.form is not None
    assert sheet.form.value("first") == 3, "page 4 is on the back of page 3"
    sheet.form.put(first=9)
    sheet.press_main()
    assert sheet.form.field("first").error()
    sheet.form.put(first=3)
    sheet.press_main()
    (sent,) = spooled(here).sent
    assert len(PdfReader(BytesIO(sent.pdf)).pages) == 2
    with here.desk.reading() as connection:
        told = connection.execute(select(history.c.after).order_by(history.c.id.desc()).limit(1)).scalar_one()
    assert told["title"] == "4 份单据 → 前台 (2)"


def test_a_run_is_cancelled_at_the_printer_and_says_what_is_out(here: Sampled, centre: CentreView) -> None:
    spooled(here).stands = Standing(JobState.PRINTING, 2)
    a_run(here, state=Move.TAKE, out=0)
    centre.load()
    assert centre.table.rows()[0].sheets == 2
    centre.card.cancel_it()
    assert stands(centre) == [("", JobState.CANCELLED)]
    assert spooled(here).cancelled == [0]
    assert centre.table.rows()[0].sheets == 2


def test_only_who_may_open_a_kind_may_hand_it_over_again(here: Sampled, original: Path, tmp_path: Path) -> None:
    a_run(here, kind="handover")
    (tmp_path / "other").mkdir()
    other = sampled(original, tmp_path / "other", "caolin")
    with pytest.raises(NotYours):
        print_again(other.desk, house(here), AgainRequest("r" * 32, Way("前台")), NOW)
    other.house.close()
    assert spooled(here).sent == []


def test_each_on_the_list_gets_a_copy_that_says_so_and_the_archive_keeps_one(qtbot: QtBot, here: Sampled) -> None:
    copies.keep(here.desk, PaperKind.CONTRACT, ["买受人", "出卖人", "备案"], NOW)
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    shown = previewed(qtbot, here, here.asked.papers[-1])
    keep_way(here.room.drafts, "contract", Way("前台", "lower", Sides.LONG))
    assert shown.leaving.copies.value() == ("买受人", "出卖人", "备案")
    shown.leaving.copies.put(("买受人", "备案"))
    shown.print_it()
    (sent,) = spooled(here).sent
    assert (sent.way.tray, sent.way.sides) == ("lower", Sides.LONG)
    with here.desk.reading() as connection:
        told = connection.execute(select(history.c.after).order_by(history.c.id.desc()).limit(1)).scalar_one()
    assert told["copies"] == ["买受人", "备案"]
    pages = PdfReader(BytesIO(sent.pdf)).pages
    alone = len(PdfReader(BytesIO(shown.paper.pdf)).pages)
    assert len(pages) == 2 * alone + alone % 2, "a copy never begins on the back of another"
    assert "买受人联 · 第 1 份，共 2 份" in pages[0].extract_text()
    assert "备案联 · 第 2 份，共 2 份" in pages[-1].extract_text()
    assert "联 · 第" not in PdfReader(BytesIO(shown.paper.pdf)).pages[0].extract_text()


def test_who_signs_and_seals_where_is_said_before_it_leaves(qtbot: QtBot, here: Sampled) -> None:
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    shown = previewed(qtbot, here, here.asked.papers[-1])
    said = [link.text() for link in shown.leaving.findChildren(LinkButton)]
    assert len(said) == 2
    assert said[0].startswith("全体买受人签字（第 ")
    shown.leaving.findChildren(LinkButton)[0].click()
    assert shown.view.page() > 5


def test_words_are_found_in_the_paper_and_walked_through(qtbot: QtBot, here: Sampled) -> None:
    unit = here.unit(UnitState.SIGNED)
    assert unit.deal is not None
    show_contract(here.room, unit.deal.id)
    shown = previewed(qtbot, here, here.asked.papers[-1])
    QTest.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    words = shown.finding.words
    words.setText("不可抗力")
    count = len(shown._found)
    assert count > 1
    assert shown.finding.count.text() == f"第 1 处，共 {count} 处"
    QTest.keyClick(words, Qt.Key.Key_Return)
    assert shown.finding.count.text() == f"第 2 处，共 {count} 处"
    QTest.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.finding.count.text() == f"第 {count} 处，共 {count} 处"
    words.setText("没有这样的字")
    assert shown.finding.count.text() == "未找到"
    QTest.keyClick(words, Qt.Key.Key_Escape)
    assert shown.finding.isHidden()
    assert shown.isVisible()


def test_a_printer_set_for_a_kind_stays_whatever_was_used_once(here: Sampled) -> None:
    memory, names = here.room.drafts, ("前台", "财务")
    assert way_for(memory, "receipt", names) == Way("前台")
    keep_way(memory, ALL, Way("财务"))
    assert way_for(memory, "receipt", names) == Way("财务")
    remember_way(memory, "receipt", Way("前台"))
    assert way_for(memory, "receipt", names) == Way("前台")
    keep_way(memory, "receipt", Way("财务", "upper"))
    remember_way(memory, "receipt", Way("前台"))
    assert way_for(memory, "receipt", names) == Way("财务", "upper")
    assert way_for(memory, "receipt", ("前台",)) == Way("前台"), "a printer that is gone is not waited for"
    assert way_for(memory, "receipt", ()) is None


def again_sheet(centre: CentreView) -> AgainSheet:
    sheet = centre.window().findChild(AgainSheet)
    assert sheet is not None
    return sheet


def on_forms(here: Sampled, *names: str) -> list[Wanted]:
    """The first receipts of the sample's books, each book printed on a form (the last name for all others)."""
    for name in {*names} - {"", "没有"}:
        stationery.keep_form(here.desk, FormRequest(starting_form(name), NOW.date(), mark=name), NOW)
    for at, book in enumerate(books.books(here.desk)):
        form = names[min(at, len(names) - 1)]
        books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier, form=form), NOW)
    rows = receipts(here.desk, NOW.date() - timedelta(days=400), NOW.date())
    return [Wanted(PaperKind.RECEIPT, one.number, one.unit, one.deal) for one in rows[:3]]


def test_a_job_of_receipts_goes_on_the_form_of_their_book(qtbot: QtBot, here: Sampled) -> None:
    wanted = on_forms(here, "新版")
    job = compose(here.desk, Job(wanted), NOW, Ticket())
    assert job.notice == ""
    shown = previewed(qtbot, here, job)
    QTest.keyClick(shown, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    (sent,) = spooled(here).sent
    pages = PdfReader(BytesIO(sent.pdf)).pages
    assert len(pages) == 3
    assert all(one.number in page.extract_text() for one, page in zip(wanted, pages, strict=True))
    assert "收款收据" not in pages[0].extract_text()
    assert house(here).queue.jobs(here.desk.project)[0].form == "新版"
    assert sent.paper == pytest.approx((683.1, 264.5), abs=0.1)


def test_a_job_of_receipts_on_forms_and_of_plain_paper_says_which_go_on_the_form(here: Sampled) -> None:
    wanted = [*on_forms(here, "新版")]
    on_plain = [Wanted(PaperKind.CONTRACT, "", None, here.unit(UnitState.SIGNED).deal.id)]  # type: ignore[union-attr]
    job = compose(here.desk, Job([*on_plain, *wanted]), NOW, Ticket())
    assert [(one.name, one.parts) for one in job.on_forms] == [("新版", (1, 2, 3))]
    assert job.notice == "其中 3 份应套打在格式 新版 上：按“套打”打印这些，其余留在此处。"


def test_a_book_that_names_a_form_nobody_keeps_says_so_on_the_receipt_and_in_the_list(
    qtbot: QtBot, here: Sampled
) -> None:
    on_forms(here, "没有")
    show_receipt(here.room, "0000001")
    paper = here.asked.papers[-1]
    assert paper.on_forms == ()
    shown = previewed(qtbot, here, paper)
    assert shown._banner.text().startswith("收据簿所用的套打格式“没有”")
    assert compose(here.desk, Job(on_forms(here, "没有")), NOW, Ticket()).notice == paper.notice


def test_a_spoiled_sheet_is_on_record_with_its_step_and_counted_for_its_book(
    qtbot: QtBot, here: Sampled, centre: CentreView, window: QWidget
) -> None:
    on_forms(here, "新版")
    show_receipt(here.room, "0000001")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_on_form()
    centre.load()
    assert not centre.card.spoiled.isHidden()
    (job,) = house(here).queue.jobs(here.desk.project)
    centre.card.show_job(replace(job, kind=PaperKind.SUBSCRIPTION))
    assert centre.card.spoiled.isHidden(), "only receipts have numbered sheets"
    centre.card.show_job(job)
    centre.card.ask_spoiled()
    sheet = centre.window().findChild(SpoilSheet)
    assert sheet is not None
    assert sheet.form is not None
    assert sheet.form.value("number") == "0000001"
    sheet.press_main()
    assert sheet.form.field("reason").error()
    sheet.form.put(reason="卡纸", at=SpoiledAt.SEALING.value)
    sheet.press_main()
    (spoiled,) = spoiled_sheets(here.desk)
    assert (spoiled.number, spoiled.reason, spoiled.at) == ("0000001", "卡纸", SpoiledAt.SEALING)
    (book,) = [one for one in books.books(here.desk) if one.id == spoiled.book]
    assert book.first <= 1 <= book.last
    section = opened(here, window).section("books")
    assert isinstance(section, BooksSection)
    section.load()
    row = next(one for one in section.table.rows() if one.id == book.id)
    assert len(section._spoiled(row)) == 1


def test_a_sheet_is_spoiled_with_a_reason_and_a_number_that_was_given_out(here: Sampled) -> None:
    with pytest.raises(ReasonMissing):
        spoil(here.desk, SpoilRequest("0000001", " ", SpoiledAt.PRINTING), NOW)
    with pytest.raises(NotFound):
        spoil(here.desk, SpoilRequest("9999999", "撕破", SpoiledAt.STORING), NOW)
    assert spoiled_sheets(here.desk) == ()


def test_a_blank_sheet_that_was_spoiled_is_counted_and_the_next_receipt_goes_on_behind_it(
    here: Sampled, centre: CentreView
) -> None:
    before = {one.id: one for one in books_at_hand(here.desk)}
    centre.ask_blank()
    sheet = centre.window().findChild(BlankSheet)
    assert sheet is not None
    assert sheet.form is not None
    book = before[sheet.form.value("book")]
    sheet.form.put(count=2, reason="茶水打湿")
    sheet.form.changed.emit("count")
    numbers = [book.written(book.next + by) for by in range(3)]
    assert sheet.which.text() == f"作废：{numbers[0]} 至 {numbers[1]}。下一张收据为 {numbers[2]}。"
    sheet.press_main()
    assert [one.number for one in spoiled_sheets(here.desk)] == numbers[:2]
    assert next(one.next for one in books.books(here.desk) if one.id == book.id) == book.next + 2
