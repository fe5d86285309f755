"""Starting a step: the form that belongs to it, opened over the window, whichever page owns it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.terms import step_words

ABOUT_OTHERS = frozenset({Step.FOLLOW_UP, Step.APPROVE})
"""Steps whose number is no unit's: a follow-up's, a request's."""


def perform(room: Room, pages: Sequence[Page], window: QWidget, step: Step, unit: int) -> Sheet:
    """Open the form of a step on a unit id; refuses with NotYours where the role does not include it."""
    demand(room.desk.who.role, step)
    form = next(page.forms[step] for page in pages if step in page.forms)
    made = form(room, unit)
    sheet = made if isinstance(made, Sheet) else _put_into_sheet(made, step)
    sheet.stand_over(window)
    if step not in ABOUT_OTHERS:
        work_on(room, sheet, unit)
    return sheet


def work_on(room: Room, sheet: Sheet, unit: int) -> None:
    """Tell the other desks that a sheet about this unit is open here, until it closes; one behind it is told again."""
    open_here = room.bulletin.at_work
    open_here.append(unit)
    room.bulletin.working.emit(unit)

    def closed(_: int) -> None:
        open_here.remove(unit)
        room.bulletin.working.emit(open_here[-1] if open_here else 0)

    sheet.finished.connect(closed)


def _put_into_sheet(widget: QWidget, step: Step) -> Sheet:
    sheet = Sheet(step_words(step))
    sheet.put(widget)
    return sheet
