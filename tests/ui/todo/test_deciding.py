"""A manager answers a request for leave from the list of what waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest
from salescenter.ui.todo import PAGE
from salescenter.ui.todo.deciding import DecideSheet
from tests.houses import Estate
from tests.houses import small as _small
from tests.houses import sqlite_model as _model
from tests.ui.rooms import Asked, make_room

small, sqlite_model = _small, _model


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def opened(small: Estate, window: QWidget, folder: Path, number: int) -> DecideSheet:
    room = make_room(small.desk(), small.later, folder / "drafts", Asked())
    sheet = PAGE.forms[Step.APPROVE](room, number)
    assert isinstance(sheet, DecideSheet)
    sheet.stand_over(window)
    return sheet


def asked(small: Estate) -> int:
    wanted = ApprovalRequest(small.unit("1-101").id, Step.SUBSCRIBE, {"fen": 950_000_00}, "老客户")
    return approvals.ask(small.desk("a"), wanted, small.later(seconds=1)).approval


def test_a_manager_sees_what_is_asked_and_grants_it(small: Estate, window: QWidget, tmp_path: Path) -> None:
    sheet = opened(small, window, tmp_path, asked(small))
    assert sheet._what.text() == "1-101 · 认购 · 总价 950,000.00"
    assert "林晓" in sheet._why.text()
    assert "老客户" in sheet._why.text()
    sheet.press_main()
    (granted,) = approvals.waiting(small.desk(), small.unit("1-101").id)
    assert granted.granted
    assert approvals.waiting(small.desk()) == ()


def test_declining_asks_for_the_reason(small: Estate, window: QWidget, tmp_path: Path) -> None:
    sheet = opened(small, window, tmp_path, asked(small))
    sheet._decide(granted=False)
    assert sheet.fields.field("note").error()
    assert len(approvals.waiting(small.desk())) == 1
    sheet.fields.put(note="低于底线")
    sheet._decide(granted=False)
    (declined,) = approvals.waiting(small.desk(), small.unit("1-101").id)
    assert declined.granted is False


def test_a_request_that_is_gone_is_refused(small: Estate, window: QWidget, tmp_path: Path) -> None:
    sheet = opened(small, window, tmp_path, 4711)
    assert sheet.banner.text()
