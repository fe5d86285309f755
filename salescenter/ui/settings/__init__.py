"""Settings (设置): the house's rules, people, books, templates; one's own looks; backup and check."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.settings.page import SettingsPage

    return SettingsPage(room)


PAGE = Page("settings", mark("Settings"), "settings", _build, order=900)
