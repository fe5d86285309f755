"""Every section in a window of 911x512 logical pixels, in both languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from salescenter.i18n import speak
from salescenter.ui.kit.buttons import Button
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import hold, scrolled
from salescenter.ui.settings.section import WIDEST, _standing
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


def test_in_a_wide_window_a_sentence_that_wraps_is_as_tall_as_it_needs(qtbot: QtBot) -> None:
    """The section is no wider than the eye likes there; its height is that of this width, not of the window's."""
    sentence, body = Label("server " * 24, wrap=True), QVBoxLayout()
    for piece in (sentence, Label("below")):
        body.addWidget(piece)
    area = scrolled(_standing(hold(body), fills=False))
    qtbot.addWidget(area)
    area.resize(1_400, 30)
    with qtbot.waitExposed(area):
        area.show()
    QApplication.processEvents()
    assert sentence.width() < WIDEST
    assert sentence.height() >= sentence.heightForWidth(sentence.width()) > sentence.fontMetrics().height() * 1.5
