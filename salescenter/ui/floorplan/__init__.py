"""The control grid (销控): the picture of the estate, its legend, its card and its walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.floorplan.presses import Presses
from salescenter.ui.kit.page import Form, Page
from salescenter.ui.kit.room import Room

if TYPE_CHECKING:
    from salescenter.domain.papers.grid_sheet import GridPaper
    from salescenter.ui.floorplan.batch_sheet import BatchSheet


def _pdf(paper: GridPaper) -> bytes:
    from salescenter.print.grid_sheet import grid_pdf  # reportlab for the first paper, not for the first grid

    return grid_pdf(paper)


def _xlsx(paper: GridPaper) -> bytes:
    from salescenter.services.grid_export import grid_xlsx  # XlsxWriter likewise

    return grid_xlsx(paper)


def _offer(menu: QMenu, room: Room, unit: int) -> None:
    from salescenter.services.papers.house import About  # what gathers papers, for the first menu
    from salescenter.ui.kit.house_papers import add_papers

    add_papers(menu, room, About.UNIT, unit)


def _sheet(room: Room, step: Step) -> BatchSheet:
    from salescenter.ui.floorplan.batch_sheets import SHEETS  # services only when first asked for

    return SHEETS[step](room)


def _build(room: Room) -> QWidget:
    from salescenter.ui.floorplan.page import FloorplanPage  # services and database only when first opened

    return FloorplanPage(room, Presses(_pdf, _xlsx, _offer, _sheet))


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
