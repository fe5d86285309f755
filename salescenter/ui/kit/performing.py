"""Starting a step: the form that belongs to it, opened over the window, whichever page owns it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from salescenter.domain.staff import demand
from salescenter.domain.units import Step
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.words import step_words


def perform(room: Room, pages: Sequence[Page], window: QWidget, step: Step, unit: int) -> Sheet:
    """Open the form of a step on a unit id; refuses with NotYours where the role does not include it."""
    demand(room.desk.who.role, step)
    form = next(page.forms[step] for page in pages if step in page.forms)
    made = form(room, unit)
    sheet = made if isinstance(made, Sheet) else _put_into_sheet(made, step)
    sheet.stand_over(window)
    room.bulletin.working.emit(unit)
    sheet.finished.connect(lambda _: room.bulletin.working.emit(0))
    return sheet


def _put_into_sheet(widget: QWidget, step: Step) -> Sheet:
    sheet = Sheet(step_words(step))
    sheet.put(widget)
    return sheet
