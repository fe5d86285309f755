"""The estate's page: what is there is listed, opened, changed; a building is made by rule before one's eyes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.domain.money import Money
from salescenter.domain.staff import Person, Role
from salescenter.domain.units import PriceBasis, Step, UnitState, Use
from salescenter.i18n import speak
from salescenter.services.estate.views import overview, units_of
from salescenter.services.work import Desk
from salescenter.ui.estate.forms import BuildingSheet, PermitSheet, PhaseSheet, TypeSheet
from salescenter.ui.estate.generator import GeneratorSheet
from salescenter.ui.estate.page import EstatePage
from salescenter.ui.estate.unit_form import UnitSheet
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.pages import PAGES
from tests.services.importing.estates import NOW, imported, unit
from tests.ui.rooms import Asked

ROWS = [unit("101"), unit("102"), unit("201", building="5栋")]


@pytest.fixture
def full(desk: Desk, page: EstatePage) -> EstatePage:
    """The page with two buildings."""
    imported(desk, ROWS)
    page.load()
    return page


def sheet_of(page: EstatePage, kind: type[Any]) -> Any:
    """The sheet that was opened last."""
    found = [sheet for sheet in page.window().findChildren(Sheet) if isinstance(sheet, kind) and sheet.isVisible()]
    return found[-1]


def commit(editor: Any, text: str) -> None:
    """Type as an input method does."""
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(editor, typed)


def test_the_page_is_registered_for_who_may_edit_the_estate() -> None:
    estate = next(one for one in PAGES if one.key == "estate")
    assert estate.needs is Step.EDIT_ESTATE


def test_an_empty_estate_offers_to_import(page: EstatePage, qtbot: QtBot) -> None:
    assert (page.status(), page.bring.isVisible(), page.units.isVisible()) == ("0 栋 · 0 套", False, False)
    page.main_step()
    assert page.faces.currentWidget() is page.assistant
    page.back()
    assert page.faces.currentIndex() == 0


def test_buildings_and_the_units_of_the_chosen_one_are_listed(full: EstatePage, qtbot: QtBot) -> None:
    assert [line.name for line in full.buildings.rows()] == ["3栋", "5栋"]
    assert [line.number for line in full.units.rows()] == ["101", "102"]
    full.buildings.select_key(full.buildings.rows()[1].id)
    assert [line.number for line in full.units.rows()] == ["201"]
    assert full.status() == "2 栋 · 3 套"
    speak("en")
    assert full.status() == "2 buildings · 3 units"


def test_a_building_says_what_it_still_lacks(full: EstatePage) -> None:
    table = full.buildings
    assert [table.model.index(0, at).data() for at in (0, 2, 5)] == ["3栋", "2", "预售证"]


def test_a_unit_is_opened_changed_and_saved(full: EstatePage, desk: Desk, qtbot: QtBot) -> None:
    full.units.opened.emit(full.units.rows()[0])
    sheet: UnitSheet = sheet_of(full, UnitSheet)
    facing = sheet.grid.field("facing").editor
    commit(facing, "南北")
    sheet.grid.put(unit_price=Money.yuan(9_500))
    QTest.keyClick(facing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not sheet.isVisible()
    line = full.units.rows()[0]
    assert (line.facing, line.list_total) == ("南北", Money.yuan(950_000))


def test_a_refused_change_stays_open_with_the_reason_at_its_field(full: EstatePage) -> None:
    full.units.opened.emit(full.units.rows()[0])
    sheet: UnitSheet = sheet_of(full, UnitSheet)
    sheet.grid.put(filed_total=Money.yuan(1))
    sheet.save()
    assert sheet.isVisible()
    assert sheet.grid.field("filed_total").error()


def test_what_a_deal_binds_is_closed(full: EstatePage) -> None:
    line = replace(full.units.rows()[0], state=UnitState.SIGNED)
    assert full._view is not None
    sheet = UnitSheet(full.room, full, line, full._view)
    closed = {name for name in ("area", "unit_price", "facing") if not sheet.grid.field(name).editor.isEnabled()}
    assert closed == {"area", "unit_price"}


def test_only_a_space_or_store_is_asked_for_its_home_and_an_unknown_one_is_refused_there(full: EstatePage) -> None:
    full.units.opened.emit(full.units.rows()[0])
    sheet: UnitSheet = sheet_of(full, UnitSheet)
    home = sheet.grid.field("bound_to")
    assert home.isHidden()
    sheet.grid.put(use=Use.STORAGE, bound_to="9-999")
    sheet.grid.changed.emit("use")
    assert not home.isHidden()
    sheet.save()
    assert "9-999" in home.error()
    sheet.grid.put(bound_to=full.units.rows()[1].code)
    sheet.save()
    assert full.units.rows()[0].bound_to == full.units.rows()[1].code
    assert full._view is not None
    of_home = UnitSheet(full.room, full, full.units.rows()[1], full._view)
    assert full.units.rows()[0].code in of_home._remark.text()


def test_a_lump_sum_asks_for_the_total_and_not_for_the_price(full: EstatePage) -> None:
    assert full._view is not None
    sheet = UnitSheet(full.room, full, full.units.rows()[0], full._view)
    sheet.grid.put(basis=PriceBasis.LUMP)
    sheet._follow_basis()
    assert (sheet.grid.field("unit_price").isHidden(), sheet.grid.field("list_total").isHidden()) == (True, False)


def test_types_permits_and_phases_are_made_in_their_sheets(full: EstatePage, desk: Desk) -> None:
    full.show_view("phases")
    full.add_line()
    phase: PhaseSheet = sheet_of(full, PhaseSheet)
    phase.grid.put(name="一期")
    phase.save()
    full.show_view("types")
    full.add_line()
    kind: TypeSheet = sheet_of(full, TypeSheet)
    kind.grid.put(name="四室两厅三卫")
    kind.grid.changed.emit("name")
    kind.save()
    full.show_view("permits")
    full.add_line()
    permit: PermitSheet = sheet_of(full, PermitSheet)
    permit.save()
    assert permit.grid.field("number").error()
    permit.grid.put(number="(2026)001", issued=full.room.now().date(), buildings=[full.buildings.rows()[0].id])
    permit.save()
    view = overview(desk)
    assert [one.name for one in view.phases] == ["一期"]
    assert [(one.rooms, one.halls, one.baths) for one in view.types if one.name == "四室两厅三卫"] == [(4, 2, 3)]
    assert [(one.number, one.units) for one in full.permits.rows()] == [("(2026)001", 2)]


def test_a_picture_too_large_for_every_desk_is_not_taken(full: EstatePage, tmp_path: Path) -> None:
    small, large = tmp_path / "a.png", tmp_path / "b.png"
    small.write_bytes(b"png")
    large.write_bytes(b"0" * 4_000_001)
    sheet = TypeSheet(full.room, full)
    sheet.take_picture(small)
    sheet.take_picture(large)
    assert sheet.picture == b"png"


def test_f2_changes_the_building_under_the_cursor(full: EstatePage, desk: Desk) -> None:
    full.edit()
    sheet: BuildingSheet = sheet_of(full, BuildingSheet)
    sheet.grid.put(name="3号楼", height="3.00")
    sheet.save()
    assert next((one.name, one.facts) for one in overview(desk).buildings) == ("3号楼", {"height": "3.00"})


def test_the_projects_facts_are_saved(full: EstatePage, desk: Desk) -> None:
    full.show_view("project")
    full.project.own.put(developer="云栖置业")
    full.project.estate.put(bank="云栖银行", land_until=full.room.now().date())
    full.project.save()
    found = overview(desk).project
    assert (found.developer, found.estate) == ("云栖置业", {"bank": "云栖银行", "land_until": "2026-03-02"})


def test_a_building_is_drawn_while_its_rule_is_typed_and_then_made(full: EstatePage, desk: Desk, qtbot: QtBot) -> None:
    full.make_building()
    sheet: GeneratorSheet = sheet_of(full, GeneratorSheet)
    commit(sheet.grid.field("name").editor, "8号楼")
    for name, text in (("last", "6"), ("stairs", "2、1"), ("avoid", "4")):
        editor: Any = sheet.grid.field(name).editor
        editor.selectAll()
        commit(editor, text)
    drawn = sheet.preview.units()
    assert (len(drawn), {one.sale for one in drawn}) == (18, {"1", "2", "3", "3A", "5", "6"})
    line = sheet.doors.line(0)
    line[0].put("三室两厅")
    line[2].put(Decimal("107.62"))
    line[4].put(Money.yuan(20_000))
    sheet.draw()
    sheet.press_main()
    made = next(one for one in overview(desk).buildings if one.name == "8号楼")
    assert (made.units, made.priced, made.stairs) == (18, 12, ("1单元", "2单元"))
    assert {one.type for one in units_of(desk, made.id, NOW)} == {"三室两厅", ""}


@pytest.mark.parametrize(("name", "text"), [("stairs", "两户"), ("without", "一"), ("last", "0")])
def test_a_rule_that_cannot_be_meant_is_refused_at_its_field(full: EstatePage, name: str, text: str) -> None:
    full.make_building()
    sheet: GeneratorSheet = sheet_of(full, GeneratorSheet)
    editor: Any = sheet.grid.field(name).editor
    editor.setText(text)
    sheet.draw()
    assert sheet.grid.field(name).error()
    assert sheet.preview.units() == ()


def test_the_assistant_opens_for_visits_when_reception_asks(page: EstatePage) -> None:
    page.show_argument("import-visits")
    assert page.assistant.drop.kind() == "visits"
    page.show_argument("permits")
    assert (page.faces.currentIndex(), page.views.value()) == (0, "permits")


def test_who_may_not_set_prices_finds_them_closed(full: EstatePage, asked: Asked) -> None:
    desk = replace(full.room.desk, who=Person(1, "李", Role.BACK_OFFICE))
    assert full._view is not None
    sheet = UnitSheet(replace(full.room, desk=desk), full, full.units.rows()[0], full._view)
    closed = {name for name in ("area", "unit_price", "facing") if not sheet.grid.field(name).editor.isEnabled()}
    assert closed == {"unit_price"}
