"""Reception (接待): the form at the door, the rota, today's visitors and what is due."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.reception.page import ReceptionPage  # services and database only when first opened

    return ReceptionPage(room)


def _take_back(room: Room, visit: int) -> QWidget:
    from salescenter.ui.reception.take_back_sheet import TakeBackSheet

    return TakeBackSheet(room, visit)


PAGE = Page("reception", mark("Visitors"), "reception", _build, needs=Step.REGISTER_VISIT, order=20,
            forms={Step.TAKE_BACK_VISIT: _take_back})
"""`Room.perform(Step.TAKE_BACK_VISIT, id)` takes a visit of today back."""
