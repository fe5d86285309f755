"""Printers in the settings: a way for each kind on this PC, a list of copies for each kind in the house."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.printing import Sides, Way
from salescenter.domain.refusals import OutOfBounds
from salescenter.services.printing import copies
from salescenter.ui.kit.ways import ALL, ways
from salescenter.ui.settings.page import SettingsPage
from salescenter.ui.settings.printers import PrintersSection
from tests.ui.sampled import NOW, Sampled, sampled
from tests.ui.settings.conftest import opened


@pytest.fixture
def section(page: SettingsPage) -> PrintersSection:
    found = page.section("printers")
    assert isinstance(found, PrintersSection)
    found.load()
    return found


def test_a_kind_gets_its_printer_tray_and_sides_here_and_its_copies_in_the_house(
    section: PrintersSection, here: Sampled
) -> None:
    section.table.select_key("contract")
    section.way_form.put(printer="财务")
    section.way._follow()
    section.way_form.put(tray="lower", sides=Sides.LONG.value)
    section.add_copy("客户")
    section.add_copy("备案")
    section.add_copy("客户")
    section.press_main()
    assert ways(here.room.drafts) == {"contract": Way("财务", "lower", Sides.LONG)}
    assert copies.recipients(here.desk, "contract", NOW.date()) == ("客户", "备案")
    assert copies.recipients(here.desk, "receipt", NOW.date()) == ()
    row = section.table.current()
    assert row is not None
    assert (row.kind, row.copies) == ("contract", ("客户", "备案"))


def test_a_printer_may_be_set_for_everything_else_and_taken_away_again(
    section: PrintersSection, here: Sampled
) -> None:
    section.table.select_key(ALL)
    assert section.copies_form.isHidden()
    section.way_form.put(printer="前台")
    section.press_main()
    assert ways(here.room.drafts) == {ALL: Way("前台")}
    section.way_form.put(printer="")
    section.press_main()
    assert ways(here.room.drafts) == {}


def test_who_may_not_change_the_house_sets_the_printers_of_this_pc_alone(
    original: Path, tmp_path: Path, window: QWidget
) -> None:
    here = sampled(original, tmp_path, "caolin")
    section = opened(here, window).section("printers")
    assert isinstance(section, PrintersSection)
    section.load()
    assert not section.copies_form.isEnabled()
    section.table.select_key("receipt")
    section.way_form.put(printer="财务")
    section.press_main()
    assert ways(here.room.drafts) == {"receipt": Way("财务")}


def test_nobody_signs_thirteen_copies(here: Sampled) -> None:
    with pytest.raises(OutOfBounds):
        copies.keep(here.desk, PaperKind.CONTRACT, [f"第{number}人" for number in range(13)], NOW)
    copies.keep(here.desk, PaperKind.CONTRACT, ["客户"], NOW)
    copies.keep(here.desk, PaperKind.CONTRACT, [], NOW)
    assert copies.lists(here.desk, NOW.date()) == {}
