"""Money (收款): receipts, arrears, refunds, the day's cash and its close."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.payments.page import PaymentsPage

    return PaymentsPage(room)


def _receive(room: Room, unit: int) -> QWidget:
    from salescenter.ui.payments.receiving import ReceiveSheet

    return ReceiveSheet(room, unit)


PAGE = Page(
    "payments",
    mark("Payments"),
    "payments",
    _build,
    needs=Step.RECEIVE_MONEY,
    order=50,
    forms={Step.RECEIVE_MONEY: _receive},
)
