"""Many papers printed again in one job: each says what it said, is marked, kept and known as genuine; none is lost."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select, update

from salescenter.data.customers import customer
from salescenter.data.history import history
from salescenter.data.papers import paper
from salescenter.data.staff import person
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind, Verdict, code_text
from salescenter.domain.papers.overlay import FormField
from salescenter.domain.papers.printing import JobState
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import NotFound, PrinterAway, ReasonMissing, Stopped
from salescenter.domain.units import UnitState
from salescenter.services import books
from salescenter.services.books import BookChange
from salescenter.services.check import check
from salescenter.services.papers.checking import check_paper
from salescenter.services.papers.search import PaperRow, PaperSearch, papers
from salescenter.services.papers.stationery import FormRequest, keep_form
from salescenter.services.payments.lists import receipts as received
from salescenter.services.payments.receipts import ReceiveRequest, receive
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import Chip
from salescenter.ui.kit.deal_papers import show_receipt, show_subscription
from salescenter.ui.kit.lane import Progress, Ticket
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.preview import Preview
from salescenter.ui.kit.reprint_many import ReprintMany
from salescenter.ui.kit.which_sheet import WhichSheet
from salescenter.ui.papers.job_rows import JobSearch, job_rows
from salescenter.ui.papers.page import PapersPage
from salescenter.ui.payments.page import PaymentsPage
from tests.print.reading import pages, words
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import NOW, Sampled

NUMBERS = ("0000001", "0000002", "0000003")
CTRL = Qt.KeyboardModifier.ControlModifier


def receipts(*numbers: str) -> list[Wanted]:
    return [Wanted(PaperKind.RECEIPT, number, None, None) for number in numbers or NUMBERS]


def job(here: Sampled, wanted: list[Wanted], reason: str = "") -> Paper:
    return compose(here.desk, Job(wanted, reason), NOW, Ticket())


def printed(qtbot: QtBot, here: Sampled, wanted: list[Wanted], reason: str = "") -> Preview:
    """A job as it was printed on plain paper."""
    shown = previewed(qtbot, here, job(here, wanted, reason))
    shown.print_it()
    return shown


def later(here: Sampled) -> None:
    """The house learns otherwise of everybody."""
    with here.desk.working(NOW) as work:
        work.connection.execute(update(person).values(name="改了名字"))
        work.connection.execute(update(customer).values(address="搬走了", revision=work.revision))


def rows(here: Sampled, kind: str = "receipt") -> list[PaperRow]:
    return list(papers(here.desk, PaperSearch(kind=kind)))


def code_on(here: Sampled, pdf: bytes, number: str) -> str:
    """What the receipt's QR code says, put together from the letters beside it."""
    (check,) = re.findall(r"(?<![A-Z0-9])[A-Z2-7]{8}(?![A-Z0-9])", words(pdf))
    (amount,) = (one.amount for one in received(here.desk, NOW.date().replace(year=2020), NOW.date())
                 if one.number == number)  # fmt: skip
    return code_text(PaperKind.RECEIPT, number, amount.fen, check)


def test_receipts_printed_again_in_one_job_say_what_they_said_on_plain_paper(qtbot: QtBot, here: Sampled) -> None:
    first = printed(qtbot, here, receipts()).paper
    later(here)
    again = printed(qtbot, here, receipts(), "会计存档").paper
    assert "改了名字" not in words(again.pdf)
    assert words(again.pdf).count("第1次重印：会计存档") == 3
    for was, now in zip(first.parts, again.parts, strict=True):
        assert words(now.pdf).replace("第1次重印：会计存档", "").split() == words(was.pdf).split()
    kept = {(row.number, row.copy): row for row in rows(here)}
    for part in again.parts:
        row = kept[part.number, 2]
        assert (row.reason, row.sha256) == ("会计存档", hashlib.sha256(part.pdf).hexdigest())
    third = job(here, receipts(), "再次")
    assert "改了名字" not in words(third.pdf), "the second print repeated the first, and the third repeats it again"


def test_the_codes_of_reprints_are_genuine(qtbot: QtBot, here: Sampled) -> None:
    printed(qtbot, here, receipts())
    later(here)
    for part in job(here, receipts(), "遗失").parts:
        checked = check_paper(here.desk, code_on(here, part.pdf, part.number), NOW)
        assert (checked.verdict, checked.number) == (Verdict.GENUINE, part.number)
        assert checked.copies == 1


def test_what_was_printed_before_is_opened_in_one_work_and_the_history_hears_of_each(
    qtbot: QtBot, here: Sampled
) -> None:
    printed(qtbot, here, receipts())
    looks = select(func.count()).where(history.c.step == "reveal", history.c.subject == "paper")
    with here.desk.reading() as connection:
        before = connection.scalar(looks) or 0
    job(here, receipts(), "遗失")
    with here.desk.reading() as connection:
        assert connection.scalar(looks) == before + 3


def letters(here: Sampled) -> list[Wanted]:
    sought = JobSearch(PaperKind.DUNNING, NOW.date().replace(year=2020), NOW.date(), False, NOW.date())
    return [row.wanted for row in job_rows(here.desk, sought)]


def test_letters_printed_again_say_what_they_said_until_what_is_owed_changes(qtbot: QtBot, here: Sampled) -> None:
    wanted = letters(here)[:3]
    first = printed(qtbot, here, wanted).paper
    later(here)
    again = job(here, wanted, "邮局退回")
    assert "搬走了" not in words(again.pdf)
    for was, now in zip(first.parts, again.parts, strict=True):
        assert words(was.pdf).split() == words(now.pdf).replace("第1次重印：邮局退回", "").split()
    deal = wanted[0].deal
    assert deal is not None
    receive(here.desk, ReceiveRequest(deal, MoneyKind.PRICE, Method.CASH, Money.yuan(1_000), "买受人"), NOW)
    anew = job(here, wanted, "邮局退回")
    assert words(anew.parts[0].pdf) != words(again.parts[0].pdf), "a letter that asks for less is another letter"
    assert words(anew.parts[1].pdf) == words(again.parts[1].pdf)


def test_an_agreement_printed_again_from_its_deal_says_what_it_said(qtbot: QtBot, here: Sampled) -> None:
    deal = here.unit(UnitState.SUBSCRIBED).deal
    assert deal is not None
    show_subscription(here.room, deal.id)
    shown = previewed(qtbot, here, here.asked.papers[-1])
    shown.print_it()
    later(here)
    show_subscription(here.room, deal.id)
    fresh = here.asked.papers[-1]
    assert "搬走了" in words(fresh.pdf)
    again = previewed(qtbot, here, fresh)._issuing.again("客户遗失")
    assert "搬走了" not in words(again.pdf)
    assert "第1次重印：客户遗失" in words(again.pdf)
    wanted = [Wanted(PaperKind.SUBSCRIPTION, fresh.number, None, deal.id)]
    assert "搬走了" not in words(job(here, wanted, "客户遗失").pdf)


def test_a_receipt_reprinted_from_the_list_says_what_it_said(qtbot: QtBot, here: Sampled) -> None:
    printed(qtbot, here, receipts("0000001"))
    later(here)
    show_receipt(here.room, "0000001", "客户遗失")
    assert "改了名字" not in words(here.asked.papers[-1].pdf)


# --- from where


@pytest.fixture
def page(qtbot: QtBot, here: Sampled, window: QWidget) -> PapersPage:
    printed(qtbot, here, receipts())
    deal = here.unit(UnitState.SUBSCRIBED).deal
    assert deal is not None
    show_subscription(here.room, deal.id)
    previewed(qtbot, here, here.asked.papers[-1]).print_it()
    made = PapersPage(here.room)
    made.setParent(window)
    made.resize(window.size())
    made.show()
    return made


def say_why(over: QWidget, why: str) -> ReprintMany:
    sheet = over.findChild(ReprintMany)
    assert sheet is not None
    assert sheet.form is not None
    sheet.form.put(reason=why)
    QTest.keyClick(sheet.form.field("reason").editor, Qt.Key.Key_Return, CTRL)
    return sheet


def test_papers_of_several_kinds_chosen_in_the_archive_are_printed_again_as_one_job(
    here: Sampled, page: PapersPage, window: QWidget
) -> None:
    later(here)
    page.printed.table.choose_all()
    assert page.printed.card.reprint.text() == "重印所选 4 份…"
    page.printed.card.reprint.click()
    say_why(window, "审计调阅")
    made = here.asked.papers[-1]
    assert sorted(part.kind for part in made.parts) == ["receipt", "receipt", "receipt", "subscription"]
    text = words(made.pdf)
    assert text.count("第1次重印：审计调阅") >= 4
    assert "改了名字" not in text
    assert "搬走了" not in text


def test_one_paper_chosen_in_the_archive_is_asked_for_alone(here: Sampled, page: PapersPage) -> None:
    page.printed.table.choose(0)
    assert page.printed.card.reprint.text() == "重印…"


def test_receipts_of_a_list_and_of_a_day_are_chosen_together(
    qtbot: QtBot, here: Sampled, page: PapersPage, window: QWidget
) -> None:
    made = PaymentsPage(here.room)
    made.setParent(window)
    made.show()
    made.first.put(NOW.date().replace(year=2020))
    made.load()
    made.receipts.set_rows(made.receipts.rows()[-5:])
    made.receipts.choose_all()
    again = next(one for one in made.findChildren(OutlinedButton) if one.text() == "重打…" and one.isVisible())
    again.click()
    say_why(window, "会计存档")
    made_job = here.asked.papers[-1]
    assert sorted(part.number for part in made_job.parts if part.reason) == list(NUMBERS)
    assert len(made_job.parts) == 5, "what was never printed comes out as an original"


def test_the_papers_of_a_job_that_came_out_are_printed_again_from_the_print_centre(
    here: Sampled, page: PapersPage, window: QWidget
) -> None:
    later(here)
    page.show_view("centre")
    card = page.centre.card
    page.centre.load()
    run = next(one for one in page.centre.table.rows() if one.title.startswith("3 "))
    assert run.papers == tuple(("receipt", number) for number in NUMBERS)
    card.show_job(run)
    assert not card.reprint.isHidden()
    card.reprint.click()
    say_why(window, "再打一份")
    made = here.asked.papers[-1]
    assert [(part.number, part.reason) for part in made.parts] == [(number, "再打一份") for number in NUMBERS]
    assert "改了名字" not in words(made.pdf)
    card.show_job(replace(run, state=JobState.FAILED))
    assert card.reprint.isHidden(), "what did not come out is handed over again"
    card.show_job(replace(run, papers=(("receipt", "9999999"),)))
    card.reprint.click()
    assert isinstance(here.asked.refused[-1], NotFound)


# --- forms


def forms_kept(here: Sampled, *names: str) -> None:
    for name in names:
        keep_form(here.desk, FormRequest(starting_form(name), NOW.date(), name), NOW)


def on_form(here: Sampled, name: str) -> None:
    for book in books.books(here.desk):
        books.change(here.desk, BookChange(book.id, book.name, book.last, book.cashier, form=name), NOW)


def test_receipts_of_an_old_and_a_new_form_each_go_on_their_own_and_none_is_printed_twice(
    qtbot: QtBot, here: Sampled
) -> None:
    forms_kept(here, "旧版", "新版")
    for name, numbers in (("旧版", NUMBERS[:2]), ("新版", NUMBERS[2:])):
        on_form(here, name)
        previewed(qtbot, here, job(here, receipts(*numbers))).print_on_form()
    again = job(here, receipts(*NUMBERS, "0000004"), "重打")
    assert [(one.name, one.parts) for one in again.on_forms] == [("旧版", (0, 1)), ("新版", (2, 3))]
    assert again.notice.startswith("其中 4 份应套打在格式")
    shown = previewed(qtbot, here, again)
    shown.print_on(again.on_forms[1])
    sheet = shown.findChild(WhichSheet)
    assert sheet is not None
    sheet.press_main()
    assert [part.number for part in shown.paper.parts] == list(NUMBERS[:2])
    assert [(one.name, one.parts) for one in shown.paper.on_forms] == [("旧版", (0, 1))]
    assert "2 份" in shown.windowTitle()
    newest = {row.number: row for row in rows(here)}
    assert {row.number: row.copy for row in rows(here)[:2]} == {"0000003": 2, "0000004": 1}
    assert newest["0000001"].of == 1, "what did not go on this form was not kept again"


def test_of_a_job_what_does_not_fit_its_form_stays_for_plain_paper(qtbot: QtBot, here: Sampled) -> None:
    forms_kept(here, "新版")
    on_form(here, "新版")
    made = job(here, receipts())
    (form,) = made.on_forms
    long = replace(form.said[1], fields={**form.said[1].fields, "payer": "很长的付款人" * 40})
    shown = previewed(qtbot, here, replace(made, on_forms=(replace(form, said=(form.said[0], long, form.said[2])),)))
    shown.print_on_form()
    assert [row.number for row in rows(here)] == ["0000003", "0000001"], "what went was kept, the other not"
    assert [part.number for part in shown.paper.parts] == ["0000002"]
    assert "收据 0000002：" in shown._banner._remedy.text() or "收据 0000002:" in shown._banner._remedy.text()
    assert len(spooled(here).sent) == 1
    shown.print_it()
    newest = rows(here)[0]
    assert (newest.number, newest.form) == ("0000002", "")


def test_a_receipt_whose_items_run_on_asks_for_its_further_sheet_and_says_it(qtbot: QtBot, here: Sampled) -> None:
    form = replace(starting_form("一行"), fields=(
        FormField("number", 1000, 100, 500), FormField("line-name", 100, 300, 900, rows=1, step=0),
        FormField("total", 100, 800, 900),
    ))  # fmt: skip
    keep_form(here.desk, FormRequest(form, NOW.date(), "一行"), NOW)
    on_form(here, "一行")
    made = job(here, receipts("0000001"))
    said = replace(made.on_forms[0].said[0], rows={"line-name": ("甲", "乙")})
    shown = previewed(qtbot, here, replace(made, on_forms=(replace(made.on_forms[0], said=(said,)),)))
    shown.print_on_form()
    sheet = shown.findChild(WhichSheet)
    assert sheet is not None
    chips = {chip.text() for chip in sheet.findChildren(Chip)}
    assert chips == {"收据簿的下一张", "没有编号的票据"}, "its first page is on the sheet of its own number"
    sheet.press_main()
    first, last = pages(spooled(here).sent[0].pdf)
    assert ("甲" in first, "乙" in last) == (True, True)
    assert ("0000001" in first, "0000001" in last) == (True, True)
    (row,) = rows(here)
    own, _, further = row.sheet.partition("、")
    assert own == "0000001"
    assert further > "0000001"
    assert check(here.desk) == []


def test_what_fits_no_form_is_refused_before_anything_is_kept(qtbot: QtBot, here: Sampled) -> None:
    form = replace(starting_form("窄"), fields=(FormField("payer", 10, 100, 3),))
    keep_form(here.desk, FormRequest(form, NOW.date(), "窄"), NOW)
    on_form(here, "窄")
    shown = previewed(qtbot, here, job(here, receipts()))
    shown.print_on_form()
    assert (rows(here), spooled(here).sent) == ([], [])
    assert shown._banner.text()


def test_a_printer_away_keeps_the_job_and_another_way_out_keeps_the_papers_it_takes(
    qtbot: QtBot, here: Sampled
) -> None:
    forms_kept(here, "新版")
    on_form(here, "新版")
    spooled(here).away = PrinterAway(printer="前台", why="没有电")
    shown = previewed(qtbot, here, job(here, receipts()))
    shown.print_on_form()
    assert len(rows(here)) == 3
    shown.print_on_form()
    assert len(rows(here)) == 3, "kept once"
    spooled(here).away = None
    shown.print_on_form()
    assert (len(rows(here)), len(spooled(here).sent)) == (3, 1)


# --- one that fails, and stopping


def test_a_paper_that_cannot_be_made_is_named_and_the_others_are_made(here: Sampled) -> None:
    made = job(here, receipts("0000001", "9999999", "0000002"))
    assert [part.number for part in made.parts] == ["0000001", "0000002"]
    assert made.notice.startswith("未列入：收据 9999999。")
    with pytest.raises(NotFound):
        job(here, receipts("9999999"))


def test_a_print_that_no_longer_fits_its_hash_is_left_out_of_what_is_chosen_in_the_archive(
    qtbot: QtBot, here: Sampled
) -> None:
    printed(qtbot, here, receipts())
    chosen = [Wanted(PaperKind.RECEIPT, row.number, row.unit, row.deal, row.id) for row in rows(here)]
    with here.desk.working(NOW) as work:
        work.connection.execute(update(paper).where(paper.c.number == "0000002").values(pdf=b"%PDF other"))
    made = job(here, chosen, "审计")
    assert [part.number for part in made.parts] == ["0000003", "0000001"]
    assert "0000002" in made.notice


def test_a_job_of_reprints_wants_a_reason_tells_how_far_it_is_and_stops(qtbot: QtBot, here: Sampled) -> None:
    printed(qtbot, here, receipts())
    with pytest.raises(ReasonMissing):
        job(here, receipts())
    told: list[Progress] = []
    ticket = Ticket(told.append)
    compose(here.desk, Job(receipts(), "遗失"), NOW, ticket)
    assert (told[-1].done, told[-1].whole) == (3, 3)
    ticket.cancel()
    with pytest.raises(Stopped):
        compose(here.desk, Job(receipts(), "遗失"), NOW, ticket)
    assert len(rows(here)) == 3
