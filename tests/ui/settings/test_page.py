"""The page of settings: sections by role, the house's rules, the reception's; each change is told, or refused whole."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salescenter.domain.house_rules import HouseRules
from salescenter.domain.money import Money
from salescenter.services import settings, words
from salescenter.services.reception_rules import Contact, rules_of
from salescenter.ui.settings import rules as rules_section
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.reception import ReceptionSection
from salescenter.ui.settings.rules import RULES, RulesSection, plain, said
from tests.ui.sampled import NOW, Sampled, sampled
from tests.ui.settings.conftest import opened, told

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = NOW.date()


# --- sections


@pytest.mark.parametrize(
    ("login", "keys"),
    [
        ("manager", ["project", "rules", "prices", "reception", "people", "books", "templates", "clauses",
                     "stationery", "printers", "retention", "upkeep", "server", "looks"]),
        ("xuning", ["project", "templates", "clauses", "stationery", "printers", "retention", "looks"]),
        ("caolin", ["printers", "looks"]),
    ],
)  # fmt: skip
def test_each_role_finds_its_own_sections(
    original: Path, tmp_path: Path, window: QWidget, login: str, keys: list[str]
) -> None:
    here = sampled(original, tmp_path, login)
    assert [section.key for section in opened(here, window).sections] == keys
    here.house.close()


def test_the_arrow_keys_walk_the_sections_and_each_is_built_when_it_is_opened(page: SettingsPage) -> None:
    assert page.stack.count() == 1
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.status() == "业务规则"
    assert isinstance(page.stack.currentWidget(), RulesSection)
    page.show_argument("books")
    assert page.status() == "收据簿"
    page.show_argument("nothing")
    assert page.status() == "收据簿"


# --- house rules


def rules(page: SettingsPage) -> RulesSection:
    found = page.section("rules")
    assert isinstance(found, RulesSection)
    return found


def test_every_rule_of_the_house_can_be_changed_here() -> None:
    by_kind = {"keep_kinds"}  # in a list of its own, under "Keeping of papers"
    assert set(RULES) | by_kind == {one.name for one in fields(HouseRules)}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_survives_being_written_and_read_again(name: str) -> None:
    usual = getattr(HouseRules(), name)
    from salescenter.domain.house_rules import with_settings

    assert getattr(with_settings(HouseRules(), {name: plain(usual)}), name) == usual
    assert said(name, plain(usual))


def test_a_changed_rule_is_kept_from_its_day_and_only_that_one(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    later = TODAY + timedelta(days=10)
    section.grid.put(hold_days=5)
    section.ticks.put(annex_alone=False)
    section.since.put(since=later)
    QTest.keyClick(section.grid.field("hold_days").editor, Qt.Key.Key_Return, CTRL)
    assert settings.rules_of(here.desk, TODAY).hold_days == 3
    now = settings.rules_of(here.desk, later)
    assert (now.hold_days, now.annex_alone) == (5, False)
    last = told(here, "setting")[-1]
    assert last["after"] == {"hold_days": 5, "annex_alone": False, "since": later.isoformat()}
    assert {(row.name, row.since) for row in section.table.rows()} == {("hold_days", later), ("annex_alone", later)}
    assert section.banner.text() == "规则已保存。"
    assert section.grid.value("hold_days") == 3


def test_an_unlawful_rule_is_refused_under_its_field(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    section.grid.put(deposit_cap=Decimal("0.30"))
    section.press_main()
    assert section.grid.field("deposit_cap").error()
    assert settings.rules_of(here.desk, TODAY).deposit_cap == Decimal("0.20")
    section.grid.field("deposit_cap").set_error("")
    section.load()
    assert section.grid.value("deposit_cap") == Decimal("0.20")


def test_what_cannot_be_read_is_said_before_anything_is_sent(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    field = section.grid.field("late_fee_rate")
    editor: Any = field.editor
    editor.setText("abc")
    section.press_main()
    assert field.error() == "无法识别为比例，请写 1 或 0.5。"
    editor.setText("3")
    section.press_main()
    assert settings.rules_of(here.desk, TODAY).late_fee_rate == Decimal("0.0003")
    assert [rules_section.said(row.name, row.value) for row in section.table.rows()] == ["3‱"]


def test_nothing_changed_writes_nothing(here: Sampled, page: SettingsPage) -> None:
    section = rules(page)
    section.press_main()
    assert section.banner.text() == "没有改动。"
    assert settings.dated(here.desk, tuple(RULES)) == ()


# --- reception


def test_required_fields_consent_and_windows_are_kept_together(here: Sampled, page: SettingsPage) -> None:
    section = page.section("reception")
    assert isinstance(section, ReceptionSection)
    section.sheet.put(**{"required.call-in": ("phone", "name")}, consent="本人同意。", visit_days=15)
    section.press_main()
    found = rules_of(here.desk, TODAY)
    assert found.required[Contact.CALL_IN] == ("phone", "name")
    assert (found.consent, found.ownership.visit_days, found.ownership.call_days) == ("本人同意。", 15, 7)
    after = told(here, "setting")[-1]["after"]
    assert set(after) == {"required.call-in", "consent", "ownership", "since"}


def test_a_dictionary_is_written_anew_line_by_line(here: Sampled, page: SettingsPage) -> None:
    section = page.section("reception")
    assert isinstance(section, ReceptionSection)
    section.dictionary.put(which="floor")
    section.dictionary.changed.emit("which")
    assert str(section.words.value("words")).splitlines() == list(words.dictionaries(here.desk)["floor"])
    section.words.put(words="顶层\n底层")
    section._keep_words()
    assert words.dictionaries(here.desk)["floor"] == ("顶层", "底层")


def test_money_amounts_of_rules_are_written_as_amounts() -> None:
    assert said("least_deposit", plain(Money.yuan(12_345))) == "12,345.00"
