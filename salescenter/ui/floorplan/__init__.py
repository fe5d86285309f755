"""The control grid (销控): the picture of the estate, its legend, its card and its walls."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Form, Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.floorplan.page import FloorplanPage  # services and database only when first opened

    return FloorplanPage(room)


def _form(step: Step) -> Form:
    def make(room: Room, unit: int) -> QWidget:
        from salescenter.ui.floorplan.batch_sheets import for_one  # services only when first asked for

        return for_one(room, step, unit)

    return make


PAGE = Page(
    key="floorplan",
    title=mark("Control grid"),
    icon="floorplan",
    build=_build,
    forms={step: _form(step) for step in (Step.RELEASE, Step.WITHDRAW, Step.SET_FLAG, Step.SET_PRICE)},
    order=10,
)
