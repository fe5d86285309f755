"""The quotation sheet, used as a person does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Money
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Step, UnitState
from salescenter.services.quotations import Quote
from salescenter.ui.deals.quoting import QuoteSheet
from tests.ui.deals.sheets import opened
from tests.ui.sampled import Sampled


def asked_for_home(sheet: QuoteSheet, home: str) -> Quote:
    """Choose which home of the family's this would be, and return what the sheet then shows."""
    assert sheet.form is not None
    sheet.form.put(home=home)
    sheet.form.changed.emit("home")
    sheet.terms.work_out()
    assert sheet.terms.said is not None
    return sheet.terms.said


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_second_home_is_quoted_at_the_funds_second_rate_at_once(
    here: Sampled, window: QWidget, by_hand: bool
) -> None:
    sheet = opened(here, window, Step.QUOTE, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, QuoteSheet)
    sheet.terms.form.put(plan=PlanKind.PROVIDENT.value)
    sheet.terms.form.changed.emit("plan")
    if by_hand:
        sheet.terms.form.put(provident=Money.yuan(200_000))
        sheet.terms.form.changed.emit("provident")
    said = {home: asked_for_home(sheet, home) for home in ("1", "2")}
    assert [[one.loan.rate for one in said[home].loans] for home in "12"] == [[Decimal("0.026")], [Decimal("0.03075")]]
    assert said["2"].monthly > said["1"].monthly
    costs = [Money.sum(line.amount for line in asked_for_home(sheet, home).costs) for home in "13"]
    assert costs[0] < costs[1], "a third home pays the province's deed tax"


def test_choosing_another_home_has_the_price_worked_out_anew(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    sheet = opened(here, window, Step.QUOTE, here.unit(UnitState.FOR_SALE).id)
    assert isinstance(sheet, QuoteSheet)
    assert sheet.form is not None
    sheet.terms.work_out()
    with qtbot.waitSignal(sheet.terms.worked_out):
        sheet.form.changed.emit("home")
