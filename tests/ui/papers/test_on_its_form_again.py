"""A paper opened again from the archive goes on the form it was printed on, on a sheet that is accounted for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from salescenter.data.customers import customer, customer_phone
from salescenter.data.staff import person
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.overlay import Calibration
from salescenter.domain.papers.receipt import Reprint
from salescenter.domain.papers.sheets import SheetUse
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.units import UnitState
from salescenter.print.overlay import overlay_run_pdf
from salescenter.services import books
from salescenter.services.books import BookChange, BookRow
from salescenter.services.check import check
from salescenter.services.papers.search import PaperRow, PaperSearch, papers
from salescenter.services.papers.stationery import FormRequest, WithdrawForm, keep_form, withdraw_form
from salescenter.ui.kit.deal_papers import show_receipt, show_subscription
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.stationery import keep_calibration
from salescenter.ui.kit.which_sheet import WhichSheet
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.settings.books import BooksSection
from tests.print.reading import words
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import NOW, Sampled
from tests.ui.settings.conftest import opened

CTRL = Qt.KeyboardModifier.ControlModifier
FORM, NUMBER = "m1", "0000001"


def form_kept(here: Sampled, kind: PaperKind, name: str, mark: str) -> None:
    keep_form(here.desk, FormRequest(starting_form(name, kind=kind), NOW.date(), mark), NOW)


@pytest.fixture
def first(qtbot: QtBot, here: Sampled) -> Paper:
    """A receipt whose book prints on a form, as it was printed there by a printer put right."""
    form_kept(here, PaperKind.RECEIPT, "新版", FORM)
    for book in books.books(here.desk):
        books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier, form=FORM), NOW)
    keep_calibration(here.room.drafts, "前台", FORM, Calibration(-23, 11))
    show_receipt(here.room, NUMBER)
    paper = here.asked.papers[-1]
    shown = previewed(qtbot, here, paper)
    QTest.keyClick(shown, Qt.Key.Key_T, CTRL)
    assert len(spooled(here).sent) == 1
    return paper


@pytest.fixture
def page(here: Sampled, first: Paper, window: QWidget) -> PapersPage:
    made = PapersPage(here.room)
    made.setParent(window)
    made.resize(window.size())
    made.show()
    return made


def say_why(over: QWidget, why: str) -> None:
    sheet = over.findChild(ReasonSheet)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason=why)
    QTest.keyClick(sheet.form.field("reason").editor, Qt.Key.Key_Return, CTRL)


def asked_sheet(shown: Preview) -> WhichSheet:
    sheet = shown.findChild(WhichSheet)
    assert sheet is not None
    return sheet


def top_book(here: Sampled) -> BookRow:
    return next(one for one in books.books(here.desk) if one.left and one.cashier in (None, here.desk.who.id))


def rows(here: Sampled) -> list[PaperRow]:
    return list(papers(here.desk, PaperSearch(kind="receipt")))


def test_a_receipt_is_printed_again_from_the_archive_on_its_form_and_the_next_sheet(
    qtbot: QtBot, here: Sampled, first: Paper, page: PapersPage, window: QWidget
) -> None:
    here_book = top_book(here)
    with here.desk.working(NOW) as work:
        work.connection.execute(update(customer_phone).values(digits="13900009999"))
    page.printed.card.reprint.click()
    say_why(window, "客户遗失")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    QTest.keyClick(shown, Qt.Key.Key_T, CTRL)
    sheet = asked_sheet(shown)
    number = here_book.written(here_book.next)
    assert sheet.which.text() == f"用 {number}。下一张收据为 {here_book.written(here_book.next + 1)}。"
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    said = replace(first.on_forms[0].said[0], reprint=Reprint(1, "客户遗失"))
    form = starting_form("新版")
    assert spooled(here).sent[1].pdf == overlay_run_pdf(form, (said,), f"收据 {NUMBER}", Calibration(-23, 11))
    assert [(row.copy, row.form, row.sheet) for row in rows(here)] == [(2, "新版", number), (1, "新版", NUMBER)]
    assert check(here.desk) == []
    page.printed.load()
    page.printed.table.choose(0)
    facts = {fact.label: fact.value for fact in page.printed.card._facts(rows(here)[0])}
    assert (facts["打印在"], facts["用纸编号"]) == ("新版", number)
    section = opened(here, window).section("books")
    assert isinstance(section, BooksSection)
    section.load()
    row = next(one for one in section.table.rows() if one.id == here_book.id)
    assert [(one.number, one.receipt) for one in section._used(row)] == [(number, NUMBER)]


def test_a_receipt_printed_again_from_anywhere_says_what_it_said(qtbot: QtBot, here: Sampled, first: Paper) -> None:
    with here.desk.working(NOW) as work:
        work.connection.execute(update(person).values(name="改了名字"))
    show_receipt(here.room, NUMBER)
    shown = previewed(qtbot, here, here.asked.papers[-1])
    assert "改了名字" in words(shown.paper.pdf)
    shown.print_it()
    say_why(shown, "客户遗失")
    assert "改了名字" not in words(spooled(here).sent[1].pdf)
    assert first.on_forms[0].said[0].fields["cashier"] in words(spooled(here).sent[1].pdf)


def test_what_is_shown_as_it_was_goes_on_its_form_too_after_its_reason_and_its_sheet(
    qtbot: QtBot, here: Sampled, page: PapersPage
) -> None:
    book = top_book(here)
    page.printed.card.show_it()
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_on_form()
    say_why(shown, "卡纸")
    sheet = asked_sheet(shown)
    assert sheet.form is not None
    sheet.form.put(use=SheetUse.OWN)
    sheet.form.changed.emit("use")
    assert sheet.which.text() == f"用 {NUMBER}。"
    sheet.press_main()
    assert "第1次重印：卡纸" in words(spooled(here).sent[1].pdf)
    assert [(row.copy, row.sheet) for row in rows(here)] == [(2, NUMBER), (1, NUMBER)]
    assert top_book(here) == book, "no sheet was taken"


def test_leaving_the_sheet_open_prints_and_keeps_nothing(qtbot: QtBot, here: Sampled, page: PapersPage) -> None:
    page.printed.card.print_again("卡纸")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_on_form()
    QTest.keyClick(asked_sheet(shown), Qt.Key.Key_Escape)
    assert (len(spooled(here).sent), len(rows(here))) == (1, 1)
    shown.print_it()
    assert [(row.copy, row.form) for row in rows(here)] == [(2, ""), (1, "新版")], "plain paper needs no sheet"


def test_a_job_asks_once_for_the_sheets_of_all_its_reprints(qtbot: QtBot, here: Sampled, first: Paper) -> None:
    numbers = [NUMBER, "0000002", "0000003"]
    for again in (False, True):
        wanted = [Wanted(PaperKind.RECEIPT, number, None, None) for number in numbers]
        job = compose(here.desk, Job(wanted[1:] if not again else wanted, "重打" if again else ""), NOW, Ticket())
        shown = previewed(qtbot, here, job)
        shown.print_on_form()
    book = top_book(here)
    sheet = asked_sheet(shown)
    last, then = book.written(book.next + 2), book.written(book.next + 3)
    assert sheet.which.text() == f"用 {book.written(book.next)} 至 {last}。下一张收据为 {then}。"
    sheet.press_main()
    taken = [book.written(book.next + by) for by in range(3)]
    assert sorted(row.sheet for row in rows(here) if row.copy == 2) == taken
    assert top_book(here).next == book.next + 3
    assert check(here.desk) == []


def test_who_holds_no_book_is_offered_no_next_sheet(qtbot: QtBot, here: Sampled, page: PapersPage) -> None:
    for book in books.books(here.desk):
        books.change(here.desk, BookChange(book.id, book.name, book.next - 1, book.cashier, form=FORM), NOW)
    page.printed.card.print_again("卡纸")
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_on_form()
    form = asked_sheet(shown).form
    assert form is not None
    assert form.value("use") is SheetUse.OWN
    assert form.field("book").isHidden()


def test_a_form_withdrawn_since_is_named_and_the_receipt_goes_on_that_of_its_book(
    qtbot: QtBot, here: Sampled, page: PapersPage
) -> None:
    form_kept(here, PaperKind.RECEIPT, "更新版", "m2")
    for book in books.books(here.desk):
        books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier, form="m2"), NOW)
    withdraw_form(here.desk, WithdrawForm(FORM, "换版"), NOW)
    page.printed.card.print_again("卡纸")
    paper = here.asked.papers[-1]
    assert [one.name for one in paper.on_forms] == ["更新版"]
    assert previewed(qtbot, here, paper)._banner.text().startswith("原来打印在“新版”上")


def test_an_agreement_goes_again_on_its_form_first_as_it_read_then(
    qtbot: QtBot, here: Sampled, page: PapersPage
) -> None:
    for name, mark in (("横版", "s1"), ("竖版", "s2")):
        form_kept(here, PaperKind.SUBSCRIPTION, name, mark)
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    show_subscription(here.room, unit.deal.id)
    paper = here.asked.papers[-1]
    previewed(qtbot, here, paper).print_on(paper.on_forms[1])
    with here.desk.working(NOW) as work:
        work.connection.execute(update(customer).values(address="搬到了别处", revision=work.revision))
    page.printed.load()
    page.printed.kind.put("subscription")
    page.printed.load()
    page.printed.table.choose(0)
    page.printed.card.print_again("客户遗失")
    again = here.asked.papers[-1]
    assert [one.name for one in again.on_forms] == ["竖版", "横版"]
    again_mark = Reprint(1, "客户遗失")
    assert list(again.on_forms[0].said) == [replace(one, reprint=again_mark) for one in paper.on_forms[1].said]
    previewed(qtbot, here, again).print_on(again.on_forms[0])
    assert "搬到了别处" not in words(spooled(here).sent[-1].pdf)
    assert papers(here.desk, PaperSearch(kind="subscription"))[0].form == "竖版"
