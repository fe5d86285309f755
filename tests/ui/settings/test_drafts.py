"""What was typed into the settings and not kept is there again, until it is kept or discarded."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from salescenter.ui.settings.page import SettingsPage
from tests.ui.hands import types
from tests.ui.sampled import Sampled
from tests.ui.settings.conftest import opened


def typed(page: SettingsPage, text: str) -> None:
    """Type into the first rule, and let the draft be written as a pause in typing does."""
    grid = page.section("rules").forms[0]
    editor = grid.field("hold_days").editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    types(editor, text)
    grid.keep_now()


def shown(page: SettingsPage) -> object:
    return page.section("rules").forms[0].value("hold_days")


def test_a_rule_typed_and_not_kept_stands_there_again(here: Sampled, window: QWidget) -> None:
    typed(opened(here, window), "9")
    again = opened(here, window)
    assert shown(again) == 9
    assert "上次" in again.section("rules").banner.text()


def test_discarding_forgets_what_was_typed(here: Sampled, window: QWidget) -> None:
    page = opened(here, window)
    before = shown(page)
    typed(page, "9")
    page.section("rules").discard()
    assert shown(page) == before
    assert shown(opened(here, window)) == before


def test_what_was_kept_is_no_draft_any_more(here: Sampled, window: QWidget) -> None:
    page = opened(here, window)
    typed(page, "9")
    page.section("rules").press_main()
    again = opened(here, window)
    assert shown(again) == 9
    assert not again.section("rules").banner.isVisible()
