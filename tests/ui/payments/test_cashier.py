"""The cashier's page and sheets, used as a person does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter import i18n
from salescenter.domain.money import Money
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.check import check
from salescenter.services.deals.closing import cancel
from salescenter.services.deals.requests import CloseRequest
from salescenter.services.papers.archive import PrintRequest, keep
from salescenter.services.payments.lists import arrears, day_cash, receipts
from salescenter.ui import payments
from salescenter.ui.kit import theme
from salescenter.ui.kit.waiting import LoadingOverlay
from salescenter.ui.payments.countering import CloseDaySheet, RefundSheet, ReopenDaySheet, ReprintSheet, VoidSheet
from salescenter.ui.payments.page import PaymentsPage
from salescenter.ui.payments.receiving import ReceiveSheet
from tests.ui.hands import stands
from tests.ui.rooms import Later
from tests.ui.sampled import NOW, Sampled

TODAY = NOW.date()


def receive(here: Sampled, window: QWidget) -> int:
    """Take the next payment of a signed deal; returns its unit."""
    unit = here.unit(UnitState.SUBSCRIBED).id
    sheet = payments.PAGE.forms[Step.RECEIVE_MONEY](here.room, unit)
    assert isinstance(sheet, ReceiveSheet)
    sheet.stand_over(window)
    sheet.press_main()
    return unit


def test_the_amount_proposed_is_what_the_next_line_owes_and_the_receipt_is_shown(
    here: Sampled, window: QWidget
) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    owed = next(line.amount - line.paid for line in unit.deal.dues if line.paid < line.amount)
    receive(here, window)
    now = here.again(unit.id)
    assert now.deal is not None
    assert now.deal.received == unit.deal.received + owed
    assert here.asked.papers[-1].kind == "receipt"
    assert check(here.desk) == []


def test_more_than_is_due_is_refused_and_stays_on_the_sheet(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    sheet = payments.PAGE.forms[Step.RECEIVE_MONEY](here.room, unit.id)
    assert isinstance(sheet, ReceiveSheet)
    sheet.stand_over(window)
    assert sheet.form is not None
    sheet.form.put(amount=Money(99_000_000_00))
    sheet.press_main()
    assert sheet.isVisible()
    assert sheet.banner.text()
    assert sheet.form.value("amount") == Money(99_000_000_00)


def test_a_void_writes_a_counter_entry_and_the_line_is_due_again(here: Sampled, window: QWidget) -> None:
    unit = receive(here, window)
    before = here.again(unit)
    last = receipts(here.desk, TODAY, TODAY)[-1]
    sheet = VoidSheet(here.room, last)
    sheet.stand_over(window)
    assert sheet.form is not None
    sheet.form.put(reason="金额录错")
    sheet._press()
    now = here.again(unit)
    assert before.deal is not None
    assert now.deal is not None
    assert now.deal.received == before.deal.received - last.amount
    assert receipts(here.desk, TODAY, TODAY)[-1].counters == last.id
    assert check(here.desk) == []


def test_the_papers_a_void_brings_back_are_named_before_it(here: Sampled, window: QWidget) -> None:
    unit = receive(here, window)
    last, deal = receipts(here.desk, TODAY, TODAY)[-1], here.again(unit).deal
    assert deal is not None
    for kind, number in ((PaperKind.RECEIPT, last.number), (PaperKind.CLEARED, "FQ20260302-1")):
        keep(here.desk, PrintRequest(kind, number, number, b"%PDF", deal=deal.id, unit=unit), NOW)
    sheet = VoidSheet(here.room, last)
    sheet.stand_over(window)
    assert f"收回：收据 {last.number}、付清证明 FQ20260302-1" in sheet.banner.accessibleName()
    sheet.reject()


def test_a_void_without_a_reason_is_not_written(here: Sampled, window: QWidget) -> None:
    receive(here, window)
    count = len(receipts(here.desk, TODAY, TODAY))
    sheet = VoidSheet(here.room, receipts(here.desk, TODAY, TODAY)[-1])
    sheet.stand_over(window)
    sheet._press()
    assert len(receipts(here.desk, TODAY, TODAY)) == count


def test_a_reprint_asks_for_its_reason(here: Sampled, window: QWidget) -> None:
    receive(here, window)
    sheet = ReprintSheet(here.room, receipts(here.desk, TODAY, TODAY)[-1])
    sheet.stand_over(window)
    shown = len(here.asked.papers)
    sheet.press_main()
    assert len(here.asked.papers) == shown
    assert sheet.form is not None
    sheet.form.put(reason="客户遗失")
    sheet.press_main()
    assert len(here.asked.papers) == shown + 1


def test_a_closed_day_takes_no_more_money(here: Sampled, window: QWidget) -> None:
    sheet = CloseDaySheet(here.room, TODAY)
    sheet.stand_over(window)
    sheet.press_main()
    assert day_cash(here.desk, TODAY).closed_at is not None
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    receive(here, window)
    now = here.again(unit.id)
    assert now.deal is not None
    assert now.deal.received == unit.deal.received


def test_each_list_shows_what_the_services_say(here: Sampled, window: QWidget) -> None:
    page = PaymentsPage(here.room)
    page.setParent(window)
    page.show_view("arrears")
    assert len(page.arrears.rows()) == len(arrears(here.desk, TODAY))
    page.show_view("receipts")
    assert page.receipts.rows()
    page.show_view("cash")
    assert page.sums.text()


def test_money_of_a_cancelled_deal_is_given_back_but_never_more(here: Sampled, window: QWidget) -> None:

    unit = here.unit(UnitState.SUBSCRIBED)
    cancel(here.desk, CloseRequest(unit.id, unit.revision, "按揭未批"), NOW)
    page = PaymentsPage(here.room)
    page.setParent(window)
    page.show_view("refunds")
    deal = next(row for row in page.refunds.rows() if unit.deal is not None and row.id == unit.deal.id)
    sheet = RefundSheet(here.room, deal)
    sheet.stand_over(window)
    assert sheet.form is not None
    sheet.form.put(amount=deal.back + Money(1), reason="退款")
    sheet.press_main()
    assert sheet.isVisible()
    sheet.form.put(amount=deal.back)
    sheet.press_main()
    assert here.asked.papers[-1].kind == "receipt"
    assert check(here.desk) == []


def test_a_large_refund_is_asked_for_by_deal_and_amount(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED)
    cancel(here.desk, CloseRequest(unit.id, unit.revision, "按揭未批"), NOW)
    page = PaymentsPage(here.room)
    page.setParent(window)
    page.show_view("refunds")
    deal = next(row for row in page.refunds.rows() if unit.deal is not None and row.id == unit.deal.id)
    sheet = RefundSheet(here.room, deal)
    wanted = sheet.wanted(NeedsApproval(step=Step.REFUND, approver=Role.MANAGER))
    assert wanted is not None
    assert (wanted[0].unit, wanted[0].asked) == (unit.id, {"refund": deal.back.fen, "deal": deal.number})


def test_the_leave_to_open_a_day_names_the_day(here: Sampled, window: QWidget) -> None:
    wanted = ReopenDaySheet(here.room, TODAY).wanted(NeedsApproval(step=Step.CLOSE_DAY, approver=Role.MANAGER))
    assert wanted is not None
    assert (wanted[0].unit, wanted[0].asked) == (None, {"day": "2026-06-18"})
    page = PaymentsPage(here.room)
    page.setParent(window)
    page.show_argument(0)
    assert page.views.value() == "cash"


def test_the_manager_opens_a_closed_day_again_for_a_reason(here: Sampled, window: QWidget) -> None:
    close = CloseDaySheet(here.room, TODAY)
    close.stand_over(window)
    close.press_main()
    sheet = ReopenDaySheet(here.room, TODAY)
    sheet.stand_over(window)
    sheet.press_main()
    assert sheet.isVisible()
    assert day_cash(here.desk, TODAY).closed_at is not None
    sheet.fields.put(reason="漏记一笔定金")
    sheet.press_main()
    assert day_cash(here.desk, TODAY).closed_at is None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_at_150_percent_no_list_is_cut_and_each_has_a_line_chosen(
    here: Sampled, qtbot: QtBot, language: str
) -> None:
    i18n.speak(language)
    page = PaymentsPage(here.room)
    qtbot.addWidget(page)
    page.setStyleSheet(theme.style_sheet(theme.tokens()))
    page.resize(849, 431)  # what is left for a page in a window of 1366x768 shown at 150 %
    stands(page)
    for name, table in (("receipts", page.receipts), ("arrears", page.arrears), ("cash", page.cash)):
        page.show_view(name)
        assert table.selected() == table.rows()[:1]
        bar = table.view.horizontalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() == 0)  # noqa: B023  asked at once


def test_the_sheet_that_opens_a_day_again_says_so(here: Sampled) -> None:
    sheet = ReopenDaySheet(here.room, TODAY)
    assert sheet.windowTitle() == i18n.tr("Open the day again")
    assert CloseDaySheet(here.room, TODAY).windowTitle() != sheet.windowTitle()


def test_a_reason_typed_for_a_void_is_kept_when_the_sheet_is_left(here: Sampled, window: QWidget) -> None:
    receive(here, window)
    line = receipts(here.desk, TODAY, TODAY)[-1]
    sheet = VoidSheet(here.room, line)
    sheet.stand_over(window)
    assert sheet.form is not None
    sheet.form.put(reason="金额录错")
    sheet.reject()
    again = VoidSheet(here.room, line)
    assert again.form is not None
    assert again.form.value("reason") == "金额录错"


def test_an_amount_that_was_only_proposed_is_proposed_anew(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED).id
    first = payments.PAGE.forms[Step.RECEIVE_MONEY](here.room, unit)
    assert isinstance(first, ReceiveSheet)
    first.stand_over(window)
    assert first.form is not None
    proposed = first.form.value("amount")
    first.reject()
    receive(here, window)
    again = payments.PAGE.forms[Step.RECEIVE_MONEY](here.room, unit)
    assert isinstance(again, ReceiveSheet)
    assert again.form is not None
    assert again.form.value("amount") != proposed


@pytest.mark.parametrize("view", ["receipts", "arrears", "refunds", "cash"])
def test_no_list_is_said_to_be_empty_before_its_answer_is_here(here: Sampled, window: QWidget, view: str) -> None:
    """A cashier told that there are no receipts, since the server is away, would look for them."""
    later = Later()
    page = PaymentsPage(replace(here.room, lane=later))
    page.setParent(window)
    page.show_view(view)
    waits = [one for one in page.stack.findChildren(LoadingOverlay) if one.parent() is page.stack.currentWidget()]
    assert [one._late.isActive() for one in waits] == [True]
    later.answer_all()
    assert not waits[0]._late.isActive()
