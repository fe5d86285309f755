"""How the tests open a step's sheet and type a buyer into it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.units import Step
from salescenter.ui import deals
from salescenter.ui.deals.people import BuyersEdit
from salescenter.ui.deals.step_sheet import StepSheet
from tests.ui.sampled import Sampled

BUYER = "13900001111"


def opened(here: Sampled, window: QWidget, step: Step, unit: int) -> StepSheet:
    """Open the form of a step over the window."""
    sheet = deals.PAGE.forms[step](here.room, unit)
    assert isinstance(sheet, StepSheet)
    sheet.stand_over(window)
    return sheet


def register_buyer(qtbot: QtBot, sheet: StepSheet, name: str = "欧阳青", phone: str = BUYER) -> BuyersEdit:
    """Type a phone nobody has and register the buyer on the spot."""
    assert sheet.form is not None
    editor = sheet.form.field("buyers").editor
    assert isinstance(editor, BuyersEdit)
    QTest.keyClicks(editor.search, phone)
    editor._look()
    QTest.keyClick(editor.search, Qt.Key.Key_Return)
    form = editor.newcomer.form
    form.put(name=name, consent=True)
    editor.newcomer.button.click()
    return editor


def buyers_of(sheet: StepSheet) -> BuyersEdit:
    assert sheet.form is not None
    editor = sheet.form.field("buyers").editor
    assert isinstance(editor, BuyersEdit)
    return editor
