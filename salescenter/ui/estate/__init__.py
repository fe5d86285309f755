"""The estate (房源): buildings and units, types, permits, phases, the project; importing lists, building by rule."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.estate.page import EstatePage

    return EstatePage(room)


PAGE = Page("estate", mark("Estate"), "estate", _build, needs=Step.EDIT_ESTATE, order=80)
