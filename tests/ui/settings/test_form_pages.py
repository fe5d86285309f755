"""A form of several pages: turned, filled, carried, kept and printed, by keys alone where there are keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.overlay import MOST_PAGES, OverlayForm
from salescenter.domain.papers.overlay_file import read_form_file
from salescenter.domain.papers.printing import Sides
from salescenter.domain.papers.starting_form import starting_form
from salescenter.domain.units import UnitState
from salescenter.services.papers import stationery
from salescenter.ui.kit.issued_papers import subscription
from salescenter.ui.kit.ways import way_for
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.stationery import StationerySection
from tests.print import reading
from tests.ui.papers.conftest import previewed, spooled
from tests.ui.sampled import Sampled

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def section(page: SettingsPage, window: QWidget) -> StationerySection:
    """The designer with a form of an agreement, of one page yet."""
    found = page.section("stationery")
    assert isinstance(found, StationerySection)
    found.begin(starting_form("认购书", kind=PaperKind.SUBSCRIPTION))
    window.show()
    return found


def shown(section: StationerySection) -> OverlayForm:
    assert section.form_shown is not None
    return section.form_shown


def with_back(section: StationerySection) -> None:
    """Add a second page with one field that says 背面."""
    section.pages.more.click()
    section.edit._add()
    section.edit.grid.put(group="text", words="背面")
    section.edit.grid.changed.emit("group")
    section.edit.grid.put(words="背面")
    section.edit.grid.changed.emit("words")


def test_pages_are_added_turned_by_keys_and_hold_their_own_fields(section: StationerySection) -> None:
    first = len(shown(section).fields)
    assert not section.pages.said.isVisible()
    with_back(section)
    assert (section.pages.said.text(), section.canvas.page) == ("第 2 页，共 2 页", 2)
    assert [(one.words, one.page) for one in shown(section).fields[first:]] == [("背面", 2)]
    QTest.keyClick(section.canvas, Qt.Key.Key_PageUp, CTRL)
    assert (section.canvas.page, section.canvas.chosen) == (1, 0)
    QTest.keyClick(section.canvas, Qt.Key.Key_PageUp, CTRL)
    assert section.canvas.page == 1, "before the first there is none"
    QTest.keyClick(section.canvas, Qt.Key.Key_PageUp)
    assert section.canvas.chosen == first - 1, "from field to field on this page alone"
    QTest.keyClick(section.canvas, Qt.Key.Key_PageDown, CTRL)
    assert (section.canvas.page, section.canvas.chosen) == (2, first)
    QTest.keyClick(section.canvas, Qt.Key.Key_PageDown)
    assert section.canvas.chosen == first
    QTest.keyClick(section.canvas, Qt.Key.Key_Delete)
    assert (section.canvas.page, section.canvas.chosen, len(shown(section).fields)) == (2, -1, first)
    QTest.keyClick(section.canvas, Qt.Key.Key_Right)
    assert shown(section).pages == 2, "on an empty page there is nothing to move"


def test_a_page_is_taken_away_with_its_fields_and_undo_brings_both_back(section: StationerySection) -> None:
    with_back(section)
    before = shown(section)
    section.turn_to(1)
    section.pages.less.click()
    assert (shown(section).pages, [one.words for one in shown(section).fields]) == (1, ["背面"])
    section.undo()
    assert shown(section) == before
    for _ in range(MOST_PAGES - 2):
        section.pages.add()
    assert shown(section).pages == MOST_PAGES
    assert not section.pages.more.isVisible()


def test_a_field_moves_to_another_page_and_the_view_goes_with_it(section: StationerySection) -> None:
    section.pages.more.click()
    section.turn_to(1)
    section.edit.grid.put(page=2)
    section.edit.grid.changed.emit("page")
    assert (shown(section).fields[0].page, section.canvas.page, section.canvas.chosen) == (2, 2, 0)


def test_a_form_of_pages_goes_to_another_house_as_one_file(section: StationerySection, tmp_path: Path) -> None:
    with_back(section)
    section.pages.both.click()
    section.export_to(tmp_path / "form.scform")
    assert read_form_file((tmp_path / "form.scform").read_bytes()) == shown(section)
    assert (shown(section).both, shown(section).pages) == (True, 2)


def test_a_paper_is_printed_on_both_sides_of_its_form_and_its_usual_way_stays(
    qtbot: QtBot, here: Sampled, section: StationerySection
) -> None:
    with_back(section)
    section.pages.both.click()
    section.press_main()
    (kept,) = stationery.forms(here.desk)
    form = stationery.form_marked(here.desk, kept.mark)
    assert form == replace(starting_form("认购书", kind=PaperKind.SUBSCRIPTION), fields=form.fields, more=(b"",), both=True)
    unit = here.unit(UnitState.SUBSCRIBED)
    assert unit.deal is not None
    seen = previewed(qtbot, here, subscription(here.desk, unit.deal.id, here.room.now()))
    QTest.keyClick(seen, Qt.Key.Key_T, CTRL)
    (sent,) = spooled(here).sent
    front, back = reading.pages(sent.pdf)
    assert unit.deal.number in front
    assert back.strip() == "背面"
    assert sent.way.sides is Sides.LONG
    usual = way_for(here.room.drafts, "subscription", ("前台",))
    assert usual is not None
    assert usual.sides is Sides.ONE
