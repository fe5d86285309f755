"""Every section in a window of 911x512 logical pixels, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from salescenter.i18n import speak
from salescenter.ui.kit.buttons import Button
from salescenter.ui.settings.sections import SECTIONS
from tests.ui.sampled import Sampled
from tests.ui.settings.conftest import opened

SMALL = (851, 430)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("key", [section.key for section in SECTIONS])
def test_no_section_is_wider_than_a_small_window(here: Sampled, window: QWidget, key: str, language: str) -> None:
    speak(language)
    window.resize(*SMALL)
    page = opened(here, window)
    section = page.section(key)
    QApplication.processEvents()
    inside = section._area.widget()
    assert inside is not None
    assert inside.width() <= section._area.viewport().width()
    assert [one.text() for one in section.findChildren(Button) if one.isVisible() and one.width() < one.sizeHint().width()] == []


def test_a_form_takes_its_columns_back_with_the_room(qtbot: QtBot, here: Sampled, window: QWidget) -> None:
    page = opened(here, window)
    grid = page.section("rules").forms[0]
    QApplication.processEvents()
    wide = grid.height()
    page.resize(*SMALL)
    QApplication.processEvents()
    assert grid.height() > wide
    page.resize(1366, 768)
    qtbot.waitUntil(lambda: grid.height() == wide)
