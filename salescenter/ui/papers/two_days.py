"""Two fields between whose days a list of papers is looked up."""

from __future__ import annotations

from datetime import date

from salescenter.i18n import tr
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.room import Room


def two_days(room: Room, first: date, last: date) -> tuple[DayEdit, DayEdit]:
    """Make both, showing these days."""
    found = DayEdit(lambda: room.now().date()), DayEdit(lambda: room.now().date())
    for edit, day, name in zip(found, (first, last), (tr("From day"), tr("To day")), strict=True):
        edit.put(day)
        edit.setFixedWidth(148)
        edit.setAccessibleName(name)
    return found
