"""The estate's sheets: the printed papers that will say otherwise are named before an edit is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import UnitState
from salescenter.services.estate.views import overview, units_of
from salescenter.services.papers.voiding import void_papers
from salescenter.ui.estate.forms import BuildingSheet, PhaseSheet
from salescenter.ui.estate.unit_form import UnitSheet
from tests.houses import Estate, small, sqlite_model
from tests.services.test_voiding import out
from tests.ui.rooms import Asked, make_room

__all__ = ["small", "sqlite_model"]


def test_papers_that_count_on_the_measured_area_are_named_before_it_is_saved(
    small: Estate, qtbot: QtBot, tmp_path: Path
) -> None:
    small.carried_to(UnitState.SIGNED)
    out(small, PaperKind.SETTLEMENT, "JS1")
    small.later(seconds=1)
    desk, home = small.desk(), QWidget()
    qtbot.addWidget(home)
    room = make_room(desk, lambda: small.now, tmp_path / "drafts", Asked())
    line = next(one for one in units_of(desk, 1, small.now) if one.code == "1-101")
    sheet = UnitSheet(room, home, line, overview(desk))
    home.show()
    sheet.show()
    sheet.grid.put(facing="东南")
    sheet.foretell()
    assert sheet.voids.isHidden()
    QTest.keyClicks(sheet.grid.field("measured_area").editor, "99.5")
    qtbot.waitUntil(sheet.voids.isVisible, timeout=60_000)
    assert "收回并重新签订：交房结算清单 JS1" in sheet.voids.accessibleName()
    sheet.press_main()
    assert [one.number for one in void_papers(desk, small.later(seconds=1))] == ["JS1"]


def test_a_building_called_otherwise_names_the_contracts_drafted_in_it(
    small: Estate, qtbot: QtBot, tmp_path: Path
) -> None:
    small.carried_to(UnitState.DRAFTED)
    out(small, PaperKind.CONTRACT, "HT1")
    small.later(seconds=1)
    desk, home = small.desk(), QWidget()
    qtbot.addWidget(home)
    room = make_room(desk, lambda: small.now, tmp_path / "drafts", Asked())
    estate = overview(desk)
    sheet = BuildingSheet(room, home, estate.buildings[0], estate.phases)
    home.show()
    sheet.show()
    sheet.grid.put(name="1幢")
    sheet.foretell()
    assert "HT1" in sheet.voids.accessibleName()
    phase = PhaseSheet(room, home)
    phase.grid.put(name="二期")
    phase.foretell()
    assert phase.voids.isHidden()
