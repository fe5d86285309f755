"""What stands open when the server goes away says what waits, keeps what is typed, and goes on by itself."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.refusals import DatabaseAway, NoPrice, PrinterAway
from salescenter.domain.units import Step, UnitState
from salescenter.ui.deals import people, step_sheet, terms
from salescenter.ui.deals.selling import SubscribeSheet
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.settings.page import SettingsPage
from tests.ui.deals.sheets import BUYER, buyers_of
from tests.ui.hands import presses
from tests.ui.sampled import Sampled
from tests.ui.small_shell import SmallShell, small_shell


@pytest.fixture
def small(here: Sampled, qtbot: QtBot, tmp_path: Path) -> SmallShell:
    """The window of a desk of a LAN with the manager at it."""
    return small_shell(here, tmp_path, lambda shell: qtbot.addWidget(shell, before_close_func=lambda _: None))


def silent(*_: object) -> NoReturn:
    """Ask a server that does not answer."""
    raise DatabaseAway(why="timeout")


def subscribing(small: SmallShell, here: Sampled) -> StepSheet:
    """Open the form of a subscription over the window."""
    small.shell.perform(Step.SUBSCRIBE, here.unit(UnitState.FOR_SALE).id)
    QApplication.processEvents()
    sheet = small.shell.findChild(StepSheet)
    assert isinstance(sheet, StepSheet)
    return sheet


def test_a_buyer_who_cannot_be_registered_now_is_told_of_in_the_sheet(
    small: SmallShell, here: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = subscribing(small, here)
    editor = buyers_of(sheet)
    editor.newcomer.begin(BUYER)
    editor.newcomer.form.put(name="欧阳青", consent=True)
    small.go_away()
    with monkeypatch.context() as away:
        away.setattr(people, "register", silent)
        editor.newcomer.button.click()
    assert (sheet.banner.isVisible(), sheet.banner.text()) == (True, "数据库没有应答：这一步须等它恢复。")
    assert "数据库自" in small.shell.banner.text()  # the window goes on to say since when
    small.come_back()
    assert sheet.banner.text() == "数据库已恢复应答，请接着操作。"
    editor.newcomer.button.click()
    assert [one.name for one in editor.chosen] == ["欧阳青"]
    for _ in range(3):
        QApplication.processEvents()
    assert not editor.search.visibleRegion().isEmpty()  # on a small screen, where the form stood scrolled
    assert editor.search.visibleRegion().boundingRect() == editor.search.rect()


def test_the_keys_stay_where_they_are_and_the_price_is_worked_out_once_it_can_be(
    small: SmallShell, here: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = subscribing(small, here)
    assert isinstance(sheet, SubscribeSheet)
    editor = buyers_of(sheet)
    editor.newcomer.begin(BUYER)
    editor.newcomer.form.put(name="欧阳青", consent=True)
    editor.newcomer.button.setFocus()
    small.go_away()
    with monkeypatch.context() as away:
        away.setattr(people, "register", silent)
        away.setattr(terms, "quote", silent)
        presses(editor.newcomer.button, Qt.Key.Key_Space)
        sheet.terms.work_out()
    assert sheet.focusWidget() is editor.newcomer.button
    assert sheet.terms.view.banner.text() == "等待数据库"
    small.come_back()
    assert not sheet.terms.view.banner.isVisible()


def test_a_sheet_opened_while_the_server_is_away_loads_once_it_is_back(
    small: SmallShell, here: Sampled, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.go_away()
    with monkeypatch.context() as away:
        away.setattr(step_sheet, "card", silent)
        sheet = subscribing(small, here)
    assert (sheet.form, sheet.banner.text()) == (None, "等待数据库")
    small.come_back()
    assert sheet.form is not None
    assert not sheet.banner.isVisible()


def test_what_the_house_refuses_under_a_sheet_stays_until_it_is_left(small: SmallShell, here: Sampled) -> None:
    sheet = subscribing(small, here)
    small.shell.room.refuse(NoPrice(unit="3-1201"))
    small.go_away()
    small.come_back()
    assert "3-1201" in sheet.banner.text()
    sheet.reject()
    small.shell.room.refuse(NoPrice(unit="3-1202"))
    assert (small.shell.banner.isVisible(), "3-1202" in small.shell.banner.text()) == (True, True)


def test_rules_that_could_not_be_read_cannot_be_kept_and_are_read_once_the_server_is_back(
    small: SmallShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.go_away()
    small.shell.open_page("settings")
    page = small.shell.stage.currentWidget()
    assert isinstance(page, SettingsPage)
    with monkeypatch.context() as away:
        away.setattr("salescenter.ui.settings.rules.settings.rules_of", silent)
        section = page.section("rules")
    assert section.main is not None
    assert (section.banner.text(), section.main.isEnabled()) == ("等待数据库", False)
    small.come_back()
    assert (section.banner.isVisible(), section.main.isEnabled()) == (False, True)


def test_lists_that_load_behind_the_page_in_front_say_nothing_at_its_foot(small: SmallShell) -> None:
    for area in ("papers", "settings"):
        small.shell.open_page(area)
    small.go_away()
    small.come_back()
    assert "份单据" not in small.shell.status.text()


def test_a_banner_about_a_printer_or_a_disk_stays_until_it_was_read(small: SmallShell) -> None:
    small.shell.room.refuse(PrinterAway(printer="前台针打"))
    small.come_back()
    assert small.shell.banner.isVisible()
