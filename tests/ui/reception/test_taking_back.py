"""A mistaken registration is taken back at the door: at once by Ctrl+Z, or from today's list with a reason."""

from __future__ import annotations

from salescenter.domain.units import Step
from salescenter.services import visit_lists
from salescenter.services.customers import find
from salescenter.services.follow_ups import PlanFollowUp, plan
from salescenter.ui.kit.notices import undo_offered
from salescenter.ui.reception import PAGE
from salescenter.ui.reception.take_back_sheet import TakeBackSheet
from tests.ui.reception.conftest import Door

PHONE = "13800135521"


def today(door: Door) -> tuple[visit_lists.DayLine, ...]:
    return visit_lists.of_day(door.house.desk("boss"), door.house.now.date())


def registers(door: Door) -> visit_lists.DayLine:
    """Somebody known is registered once more, by keyboard."""
    door.house.visit("陈一凡", PHONE)
    door.type("5521")
    door.enter()
    door.finish()
    return today(door)[0]


def test_ctrl_z_right_after_takes_it_back(door: Door) -> None:
    registers(door)
    assert (len(today(door)), door.house.figure("visit")) == (2, 2)
    assert undo_offered(door.page.window())
    assert (len(today(door)), door.house.figure("visit")) == (1, 1)
    assert door.page.banner.text()
    assert len(door.page.day.visits.lines()) == 1
    assert not undo_offered(door.page.window())


def test_where_somebody_went_on_meanwhile_undo_says_so(door: Door) -> None:
    came = registers(door)
    due = PlanFollowUp(came.customer, door.house.now.date(), "回电")
    plan(door.house.desk("a"), due, door.house.later(seconds=1))
    undo_offered(door.page.window())
    assert len(today(door)) == 2
    assert "顾问甲" in door.page.banner.text()


def test_todays_list_offers_it_and_the_sheet_asks_why(door: Door) -> None:
    came = registers(door)
    offered = dict(door.page.day._actions(came.id))
    offered["撤销登记…"]()
    assert door.asked.performed[-1] == (Step.TAKE_BACK_VISIT, came.id)
    sheet = PAGE.forms[Step.TAKE_BACK_VISIT](door.page._room, came.id)
    assert isinstance(sheet, TakeBackSheet)
    sheet.stand_over(door.page)
    sheet.press_main()
    assert sheet.isVisible()
    assert len(today(door)) == 2
    assert sheet.form is not None
    assert "顾问甲" in sheet._who.text()
    sheet.form.put(why="Registered twice")
    sheet.form.changed.emit("why")
    assert sheet.form.value("reason") == "重复登记"
    sheet._press()
    assert len(today(door)) == 1
    assert find(door.house.desk("boss"), PHONE)
