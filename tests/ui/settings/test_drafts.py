"""What was typed into the settings and not kept is there again, until it is kept or discarded."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.prices import KeptLine, PricesSection
from salescenter.ui.settings.reception import ReceptionSection
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


def prices(page: SettingsPage) -> PricesSection:
    section = page.section("prices")
    assert isinstance(section, PricesSection)
    return section


def test_discount_lines_typed_and_not_kept_stand_there_again(here: Sampled, window: QWidget) -> None:
    section = prices(opened(here, window))
    before = [line.kept() for line in section.offers.lines]
    section.offers.add()
    section.offers.lines[-1].restore(KeptLine("团购", "rate", "96"))
    section.offers._move(section.offers.lines[-1], -1)
    section.offers.keep_now()
    again = prices(opened(here, window))
    typed = [line.kept() for line in again.offers.lines]
    assert typed == [*before[:-1], KeptLine("团购", "rate", "96"), before[-1]]
    assert "上次" in again.banner.text()
    again.discard()
    assert [line.kept() for line in prices(opened(here, window)).offers.lines] == before


def test_keeping_one_thing_of_a_section_leaves_the_rest_typed(here: Sampled, window: QWidget) -> None:
    section = prices(opened(here, window))
    section.offers.add()
    section.offers.lines[-1].restore(KeptLine("团购", "rate", "96"))
    section.rounding.edited.emit()
    assert section.offers.lines[-1].kept().name == "团购"
    section.press_main()
    assert not prices(opened(here, window)).banner.isVisible()
    assert prices(opened(here, window)).offers.lines[-1].kept().name == "团购"


def reception(page: SettingsPage) -> ReceptionSection:
    section = page.section("reception")
    assert isinstance(section, ReceptionSection)
    return section


def choose(section: ReceptionSection, which: str) -> None:
    section.dictionary.put(which=which)
    section.dictionary.changed.emit("which")


def test_each_dictionary_keeps_what_was_typed_of_it(here: Sampled, window: QWidget) -> None:
    section = reception(opened(here, window))
    choose(section, "floor")
    before = section.words.value("words")
    section.words.put(words="顶层\n底层")
    choose(section, "channel")
    assert "顶层" not in section.words.value("words")
    again = reception(opened(here, window))
    choose(again, "floor")
    assert again.words.value("words") == "顶层\n底层"
    again.discard()
    assert again.words.value("words") == before
    choose(reception(opened(here, window)), "floor")
    assert reception(opened(here, window)).words.value("words") != "顶层\n底层"


def test_a_dictionary_that_was_kept_leaves_the_rules_as_they_are_typed(here: Sampled, window: QWidget) -> None:
    section = reception(opened(here, window))
    section.sheet.put(consent="同意保存")
    choose(section, "floor")
    section.words.put(words="顶层\n底层")
    section._keep_words()
    assert section.sheet.value("consent") == "同意保存"
    again = reception(opened(here, window))
    choose(again, "floor")
    assert again.words.value("words") == "顶层\n底层"
