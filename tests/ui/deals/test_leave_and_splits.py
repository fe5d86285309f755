"""What a manager's leave opens from a deal's sheets, and how two consultants share a deal."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals, offers
from salescenter.services.offers import OffersRequest
from salescenter.ui import deals
from salescenter.ui.deals.holding import HoldSheet
from salescenter.ui.deals.selling import SubscribeSheet
from salescenter.ui.kit.choices import Chip, ChipGroup
from salescenter.ui.kit.room import Room
from tests.ui.deals.sheets import buyers_of, opened, register_buyer
from tests.ui.rooms import make_room
from tests.ui.sampled import NOW, Sampled

CONSULTANT = "linxiao"


def sitting(here: Sampled, login: str, tmp_path: Path) -> Room:
    """A room of somebody else's desk in the same house."""
    return make_room(here.house.log_in(login, ""), lambda: NOW, tmp_path / f"drafts-{login}", here.asked)


def test_a_consultant_s_longer_hold_asks_a_manager_for_exactly_that_moment(
    here: Sampled, window: QWidget, tmp_path: Path
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = deals.PAGE.forms[Step.HOLD](sitting(here, CONSULTANT, tmp_path), free.id)
    assert isinstance(sheet, HoldSheet)
    sheet.stand_over(window)
    assert sheet.form is not None
    until = NOW.replace(hour=18, minute=0) + timedelta(days=10)
    sheet.form.put(reason="等贷款预审", day=until.date())
    sheet.press_main()
    assert here.again(free.id).state is UnitState.FOR_SALE
    wanted = sheet.wanted(NeedsApproval(step=Step.HOLD, approver=Role.MANAGER))
    assert wanted is not None
    approvals.grant_here(sheet.room.desk, here.desk, wanted[0], NOW)
    sheet.press_main()
    held = here.again(free.id)
    assert held.hold is not None
    assert (held.until, held.hold.approver) == (until, here.desk.who.name)


def test_a_signing_day_far_away_is_asked_for_by_its_day(here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.EXTEND_SIGNING, here.unit(UnitState.SUBSCRIBED).id)
    assert sheet.form is not None
    sheet.form.put(sign_by=date(2026, 12, 1), why="客户出国")
    wanted = sheet.wanted(NeedsApproval(step=Step.EXTEND_SIGNING, approver=Role.MANAGER))
    assert wanted is not None
    assert wanted[0].asked == {"sign_by": "2026-12-01"}
    assert "2026-12-01" in wanted[1]


def test_two_consultants_share_a_deal_by_what_is_typed(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.SUBSCRIBE, free.id)
    assert isinstance(sheet, SubscribeSheet)
    register_buyer(qtbot, sheet)
    assert sheet.form is not None
    assert sheet.choices is not None
    first, second = sheet.choices.sellers[:2]
    sheet.form.put(seller=first.id, second=second.id, share=Decimal("1.2"))
    sheet.press_main()
    assert sheet.form.field("share").error()
    sheet.form.put(share=Decimal("0.3"))
    sheet.press_main()
    sold = here.again(free.id).deal
    assert sold is not None
    assert sold.consultants == ((first.name, 7_000), (second.name, 3_000))


def test_a_subscription_goes_on_with_the_people_of_its_small_deposit(
    qtbot: QtBot, here: Sampled, window: QWidget
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.RESERVE, free.id)
    register_buyer(qtbot, sheet)
    assert sheet.form is not None
    assert sheet.choices is not None
    first, second = sheet.choices.sellers[1:3]
    sheet.form.put(seller=first.id, second=second.id, share=Decimal("0.4"))
    sheet.press_main()
    on = opened(here, window, Step.SUBSCRIBE, free.id)
    assert on.form is not None
    said = on.form.values()
    assert (said["seller"], said["second"], said["share"]) == (first.id, second.id, Decimal("0.4"))
    assert [buyer.name for buyer in buyers_of(on).chosen] == ["欧阳青"]


def test_a_day_chosen_by_hand_leaves_no_other_days_chosen(here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.HOLD, here.unit(UnitState.FOR_SALE).id)
    assert sheet.form is not None
    for days, chip in ((10, None), (2, "2")):
        sheet.form.put(day=NOW.date() + timedelta(days=days))
        sheet.form.changed.emit("day")
        assert sheet.form.value("days") == chip


def test_a_draft_chooses_its_own_discount_whatever_is_offered_by_now(here: Sampled, window: QWidget) -> None:
    free = here.unit(UnitState.FOR_SALE)
    sheet = opened(here, window, Step.SUBSCRIBE, free.id)
    assert isinstance(sheet, SubscribeSheet)
    assert sheet.choices is not None
    last = sheet.choices.discounts[-1]
    chips = sheet.terms.form.field("discounts").editor
    assert isinstance(chips, ChipGroup)
    chips.findChildren(Chip)[-1].click()
    sheet.reject()
    limits = offers.offers_of(here.desk, NOW.date()).limits
    offers.keep(here.desk, OffersRequest((last,), limits, NOW.date(), "fewer"), NOW)
    again = opened(here, window, Step.SUBSCRIBE, free.id)
    assert isinstance(again, SubscribeSheet)
    assert again.terms.discounts() == (last,)
