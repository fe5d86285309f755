"""To-dos (待办): what waits for this person or the house, each line opening what it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.todo.page import TodoPage  # services and database only when first opened

    return TodoPage(room)


def _decide(room: Room, number: int) -> QWidget:
    from salescenter.ui.todo.deciding import DecideSheet

    return DecideSheet(room, number)


PAGE = Page("todo", mark("To do"), "todo", _build, order=70, forms={Step.APPROVE: _decide})
"""`Room.perform(Step.APPROVE, id)` answers a request for leave by its number."""
