"""To-dos (待办): what waits for this person or the house, each line opening what it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.todo.page import TodoPage  # services and database only when first opened

    return TodoPage(room)


PAGE = Page("todo", mark("To do"), "todo", _build, order=70)
