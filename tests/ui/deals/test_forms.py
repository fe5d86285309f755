"""The sheets of a deal, used as a person does."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.data.customers import customer
from salescenter.domain.money import Money
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Step, UnitState
from salescenter.services.check import check
from salescenter.services.customer_card import card
from salescenter.services.deals import holds
from salescenter.services.payments.lists import receipts
from salescenter.ui import deals
from salescenter.ui.deals.people import Chosen
from salescenter.ui.deals.plain import FORMS, PlainSheet
from salescenter.ui.deals.quoting import QuoteSheet
from salescenter.ui.deals.selling import ChangeUnitSheet, SubscribeSheet
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.kit.buttons import QuietButton
from salescenter.ui.kit.labels import ElidedLabel
from salescenter.ui.kit.notices import Banner, undo_offered
from tests.ui.deals.sheets import BUYER, buyers_of, opened, register_buyer
from tests.ui.rooms import Later, make_room
from tests.ui.sampled import NOW, Sampled, bind


def test_a_newcomer_subscribes_a_free_unit_and_gets_agreement_and_receipt(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.SUBSCRIBE, free.id)
    assert isinstance(sheet, SubscribeSheet)
    register_buyer(qtbot, sheet)
    assert sheet.form is not None
    QTest.keyClick(sheet.form.field("paid").editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    now = here.again(free.id)
    assert now.state is UnitState.SUBSCRIBED
    assert now.deal is not None
    assert [buyer.name for buyer in now.deal.buyers] == ["欧阳青"]
    assert now.deal.received == Money(20_000_00)
    assert [paper.kind for paper in here.asked.papers] == ["subscription", "receipt"]
    assert check(here.desk) == []


def test_the_combined_plan_proposes_both_loans_in_whole_wan_and_the_schedule_adds_up(
    here: Sampled, window: QWidget
) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, SubscribeSheet)
    sheet.terms.form.put(plan=PlanKind.COMBINED.value)
    sheet.terms.form.changed.emit("plan")
    sheet.terms.work_out()
    said = sheet.terms.said
    assert said is not None
    assert {loan.loan.kind.value for loan in said.loans} == {"commercial", "provident"}
    assert all(loan.loan.amount.fen % 10_000_00 == 0 for loan in said.loans)
    assert Money.sum(due.amount for due in said.dues) == said.build_up.total


def test_a_subscription_without_a_buyer_stays_open_and_says_so_under_the_field(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.SUBSCRIBE, free.id)
    sheet.press_main()
    assert sheet.isVisible()
    assert sheet.form is not None
    assert sheet.form.field("buyers").error()
    assert here.again(free.id).state is UnitState.FOR_SALE


def test_a_discount_beyond_the_limit_is_refused_until_the_manager_grants_it(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.SUBSCRIBE, free.id)
    assert isinstance(sheet, SubscribeSheet)
    register_buyer(qtbot, sheet)
    assert sheet.form is not None
    sheet.terms.form.put(other_rate=Decimal("0.85"))
    sheet.terms.work_out()
    sheet.press_main()
    assert sheet.isVisible()
    assert sheet.banner.text()
    assert here.again(free.id).state is UnitState.FOR_SALE


def test_what_was_typed_is_still_there_when_the_sheet_opens_again(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.HOLD, free.id)
    assert sheet.form is not None
    sheet.form.put(reason="等家人看房")
    sheet.reject()
    again = opened(here, window, Step.HOLD, free.id)
    assert again.form is not None
    assert again.form.value("reason") == "等家人看房"


def test_a_hold_ends_at_the_moment_chosen(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.HOLD, free.id)
    assert sheet.form is not None
    sheet.form.put(reason="客户考虑中")
    sheet.press_main()
    held = here.again(free.id)
    assert held.state is UnitState.HELD
    assert held.until is not None
    assert held.until.date() == date(2026, 6, 19)


def test_pressing_twice_holds_once(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.HOLD, free.id)
    assert sheet.form is not None
    sheet.form.put(reason="客户考虑中")
    sheet.press_main()
    revision = here.again(free.id).revision
    sheet.press_main()
    assert here.again(free.id).revision == revision


@pytest.mark.parametrize("step", sorted(FORMS))
def test_every_plain_form_opens_with_its_fields(here: Sampled, window: QWidget, step: Step) -> None:
    sheet = opened(here, window, step, here.unit(UnitState.SUBSCRIBED).id)
    assert isinstance(sheet, PlainSheet)
    assert sheet.form is not None
    assert set(sheet.form.values()) == set(FORMS[step].fields)


def test_a_contract_is_drafted_signed_and_shown(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED).id
    opened(here, window, Step.DRAFT, unit).press_main()
    assert here.again(unit).state is UnitState.DRAFTED
    sheet = opened(here, window, Step.SIGN, unit)
    assert sheet.form is not None
    sheet.form.put(contract_number="YX-TEST-1")
    sheet.press_main()
    signed = here.again(unit)
    assert signed.state is UnitState.SIGNED
    assert [paper.number for paper in here.asked.papers][-1] == "YX-TEST-1"


@pytest.mark.parametrize("step", [Step.CANCEL, Step.CHANGE_UNIT, Step.CHANGE_BUYER])
def test_who_gives_a_home_up_is_told_what_goes_with_it_and_stays(here: Sampled, window: QWidget, step: Step) -> None:
    space, home = here.unit(UnitState.FOR_SALE, "parking"), here.unit(UnitState.SUBSCRIBED)
    bind(here, space.code, home.code)
    assert space.code not in banners(opened(here, window, step, home.id))
    holds.hold(here.desk, holds.HoldRequest(space.id, here.again(space.id).revision, NOW + timedelta(days=1), "随房"), NOW)
    assert space.code in banners(opened(here, window, step, home.id))


def banners(sheet: QWidget) -> str:
    return "\n".join(banner.text() for banner in sheet.findChildren(Banner))


def test_cancelling_needs_a_reason(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED).id
    sheet = opened(here, window, Step.CANCEL, unit)
    assert isinstance(sheet, PlainSheet)
    sheet._press()
    assert here.again(unit).state is UnitState.SUBSCRIBED
    assert sheet.form is not None
    sheet.form.put(why="按揭未批")
    sheet._press()
    assert here.again(unit).state is UnitState.FOR_SALE


def test_other_buyers_are_written_and_the_earlier_stay_on_record(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.SUBSCRIBED).id
    sheet = opened(here, window, Step.CHANGE_BUYER, unit)
    editor = register_buyer(qtbot, sheet, "新买受人")
    for one in list(editor.chosen[:-1]):
        editor.remove(one.customer)
    assert sheet.form is not None
    sheet.form.put(reason="更名为配偶")
    sheet.press_main()
    now = here.again(unit)
    assert now.deal is not None
    assert [buyer.name for buyer in now.deal.buyers] == ["新买受人"]
    assert check(here.desk) == []


def test_changing_the_unit_takes_the_money_along(here: Sampled, window: QWidget) -> None:
    unit, goal = here.unit(UnitState.SUBSCRIBED), here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.CHANGE_UNIT, unit.id)
    assert sheet.form is not None
    sheet.form.put(code=goal.code, reason="换更高楼层")
    sheet.press_main()  # looks the new unit up
    sheet.press_main()
    now = here.again(goal.id)
    assert now.state is UnitState.SUBSCRIBED
    assert now.deal is not None
    assert unit.deal is not None
    assert now.deal.received == unit.deal.received
    assert here.again(unit.id).state is UnitState.FOR_SALE
    assert check(here.desk) == []


def test_a_quotation_is_kept_under_a_number_and_shown(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.QUOTE, free.id)
    sheet.press_main()
    assert [paper.kind for paper in here.asked.papers] == ["quotation"]
    assert here.asked.papers[0].number.startswith("ZY202606")
    assert here.again(free.id).facts.quoted == free.facts.quoted + 1


def test_a_small_deposit_opens_a_deal_with_a_receipt(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    before = len(receipts(here.desk, NOW.date(), NOW.date()))
    sheet = opened(here, window, Step.RESERVE, free.id)
    register_buyer(qtbot, sheet)
    assert sheet.form is not None
    sheet.press_main()
    assert here.again(free.id).state is UnitState.RESERVED
    assert len(receipts(here.desk, NOW.date(), NOW.date())) == before + 1


@pytest.mark.parametrize(("step", "before"), [(Step.HOLD, UnitState.FOR_SALE), (Step.DRAFT, UnitState.SUBSCRIBED)])
def test_what_the_business_lets_one_take_back_is_undone_by_the_offer_at_the_foot(
    here: Sampled, window: QWidget, step: Step, before: UnitState
) -> None:
    unit = here.unit(before).id
    sheet = opened(here, window, step, unit)
    assert sheet.form is not None
    if step is Step.HOLD:
        sheet.form.put(reason="客户考虑中")
    sheet.press_main()
    assert here.again(unit).state is not before
    assert undo_offered(window)
    assert here.again(unit).state is before
    assert check(here.desk) == []


def test_a_name_no_font_can_print_is_refused_when_it_is_saved_naming_the_character(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    editor = register_buyer(qtbot, sheet, "王\U0001f600")
    assert editor.chosen == []
    assert "\U0001f600" in editor.newcomer.form.field("name").error()


def test_tab_comes_from_the_search_to_the_shares_and_then_goes_on(here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.CHANGE_BUYER, here.unit(UnitState.SUBSCRIBED).id)
    editor = buyers_of(sheet)
    editor.search.setFocus()
    QTest.keyClick(editor.search, Qt.Key.Key_Tab)
    assert sheet.focusWidget() is editor.shares[0]
    QTest.keyClick(editor.shares[0], Qt.Key.Key_Tab)
    away = sheet.focusWidget()
    assert isinstance(away, QuietButton)
    QTest.keyClick(away, Qt.Key.Key_Tab)
    assert sheet.form is not None
    assert sheet.focusWidget() is sheet.form.field("reason").editor


def test_esc_leaves_the_hints_then_the_newcomer_and_only_then_the_sheet(here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    editor = buyers_of(sheet)
    QTest.keyClicks(editor.search, BUYER)
    editor._look()
    assert editor.hints.isVisible()
    QTest.keyClick(editor.search, Qt.Key.Key_Escape)
    assert not editor.hints.isVisible()
    assert sheet.isVisible()
    editor.newcomer.begin(BUYER)
    QTest.keyClick(editor.newcomer.form.field("name").editor, Qt.Key.Key_Escape)
    assert not editor.newcomer.isVisible()
    assert sheet.focusWidget() is editor.search
    assert sheet.isVisible()
    QTest.keyClick(editor.search, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_enter_before_the_answer_takes_whom_it_can_only_mean(
    qtbot: QtBot, here: Sampled, window: QWidget, tmp_path: Path
) -> None:
    later = Later()
    room = make_room(here.desk, lambda: NOW, tmp_path / "drafts", here.asked, later)
    sheet = deals.PAGE.forms[Step.SUBSCRIBE](room, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, StepSheet)
    sheet.stand_over(window)
    later.answer_all()
    editor = buyers_of(sheet)
    QTest.keyClicks(editor.search, BUYER)
    QTest.keyClick(editor.search, Qt.Key.Key_Return)
    assert editor.newcomer.isHidden()
    later.answer_all()
    assert not editor.newcomer.isHidden()
    assert editor.newcomer.form.value("phone") == BUYER


def test_a_buyers_name_is_shown_as_it_is_written(here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    editor = buyers_of(sheet)
    editor.put([Chosen(1, "<i>Smith</i> & Co", "138")])
    label = next(label for label in editor.findChildren(ElidedLabel) if "Smith" in label.whole())
    assert label.whole() == "<i>Smith</i> & Co   138"


def test_whom_a_quotation_is_for_is_kept_when_the_sheet_is_left(here: Sampled, window: QWidget) -> None:
    unit = here.unit(UnitState.FOR_SALE).id
    sheet = opened(here, window, Step.QUOTE, unit)
    assert sheet.form is not None
    sheet.form.put(home="2")
    sheet.reject()
    again = opened(here, window, Step.QUOTE, unit)
    assert again.form is not None
    assert again.form.value("home") == "2"


def test_a_change_of_unit_half_filled_is_there_again_with_the_unit_sought(here: Sampled, window: QWidget) -> None:
    unit, goal = here.unit(UnitState.SUBSCRIBED).id, here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.CHANGE_UNIT, unit)
    assert sheet.form is not None
    sheet.form.put(code=goal.code, reason="楼层太低")
    sheet.reject()
    again = opened(here, window, Step.CHANGE_UNIT, unit)
    assert isinstance(again, ChangeUnitSheet)
    assert again.form is not None
    assert again.form.value("reason") == "楼层太低"
    assert again.goal is not None
    assert again.goal.id == goal.id


def test_a_wrong_id_number_of_a_new_buyer_is_said_under_its_field(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    editor = register_buyer(qtbot, sheet, name="")
    editor.newcomer.form.put(name="小明", id="11010520150310123X", consent=True)
    editor.newcomer.button.click()
    assert editor.chosen == []
    assert editor.newcomer.form.field("id").error()
    editor.newcomer.form.put(id="11010519491231002X", address="样板路1号")
    editor.newcomer.button.click()
    (one,) = editor.chosen
    kept = card(here.desk, one.customer, NOW.date())
    assert (kept.id_number, kept.address) == ("110105********002X", "样板路1号")


@pytest.mark.parametrize("step", [Step.SUBSCRIBE, Step.QUOTE])
def test_a_loan_typed_too_large_is_refused_under_its_field_and_forgiven_when_it_is_not(
    qtbot: QtBot, here: Sampled, window: QWidget, step: Step
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, step, free.id)
    assert isinstance(sheet, SubscribeSheet | QuoteSheet)
    if step is Step.SUBSCRIBE:
        register_buyer(qtbot, sheet)
    form = sheet.terms.form
    form.put(plan=PlanKind.MORTGAGE.value)
    form.changed.emit("plan")
    sheet.terms.work_out()
    most = form.value("commercial")
    form.put(commercial=most + Money.yuan(10_000))
    form.changed.emit("commercial")
    sheet.terms.work_out()
    assert str(most) in form.field("commercial").error()
    sheet.press_main()
    assert str(most) in form.field("commercial").error()
    assert sheet.isVisible()
    assert here.again(free.id).revision == free.revision
    form.put(commercial=most)
    sheet.terms.work_out()
    assert form.field("commercial").error() == ""
    sheet.press_main()
    assert here.again(free.id).facts.quoted > free.facts.quoted or here.again(free.id).state is UnitState.SUBSCRIBED


def test_a_borrower_too_old_for_the_term_is_told_with_the_longest_possible(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    sheet = opened(here, window, Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, SubscribeSheet)
    editor = register_buyer(qtbot, sheet)
    born = customer.update().where(customer.c.id == editor.chosen[0].customer).values(birth=date(1966, 1, 1))
    with here.house.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(born)
    sheet.terms.form.put(plan=PlanKind.MORTGAGE.value)
    sheet.terms.form.changed.emit("plan")
    sheet.terms.work_out()
    said = sheet.terms.said
    assert said is not None
    assert said.warning is not None
    assert said.warning.details["longest"] == 10
    assert "欧阳青" in sheet.terms.view.banner.text()
    assert not sheet.terms.view.banner.isHidden()
    sheet.terms.form.put(years=10)
    sheet.terms.work_out()
    assert sheet.terms.view.banner.isHidden()
