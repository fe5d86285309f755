"""The grid as it stood, two dates compared, on paper, in Excel and on the wall."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import GridNews
from salescenter.domain.refusals import CannotWrite
from salescenter.domain.units import UnitState
from salescenter.services import grid, release
from salescenter.services.release import ReleaseRequest, Seen
from salescenter.ui.floorplan import handing_out
from salescenter.ui.floorplan.page import FloorplanPage
from tests.ui.floorplan.conftest import grid_of
from tests.ui.sampled import NOW, Sampled

K, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def withdraw(here: Sampled, page: FloorplanPage, unit: int) -> GridNews:
    """Let another desk withdraw a unit, and give the news of it."""
    since = grid.news(here.desk, 0).upto
    read = here.again(unit)
    release.withdraw(here.desk, ReleaseRequest((Seen(unit, read.revision),), "x", "k"), NOW)
    return grid.news(here.desk, since)


def test_the_time_slider_shows_the_grid_as_it_stood(page: FloorplanPage, here: Sampled, qtbot: QtBot) -> None:
    moment = NOW - timedelta(days=20)
    bar = page.foot.time
    with qtbot.waitSignal(page.clock.turned):
        bar.slider.setValue(bar.slider.maximum() - 20)
    then = grid.cells_at(here.desk, bar.end_of(moment.date()))
    assert list(grid_of(page).estate.cells.state) == list(then.state)
    assert page.notice.isVisible()
    assert page.back()
    assert page.clock.is_now
    assert grid_of(page).estate is page.live.estate


def test_news_of_the_present_does_not_touch_the_past_that_is_shown(
    page: FloorplanPage, here: Sampled, qtbot: QtBot
) -> None:
    free = here.unit(UnitState.FOR_SALE)
    with qtbot.waitSignal(page.clock.turned):
        page.foot.time.slider.setValue(page.foot.time.slider.maximum() - 1)
    before = list(grid_of(page).estate.states)
    here.room.bulletin.arrived.emit(withdraw(here, page, free.id))
    assert list(grid_of(page).estate.states) == before
    page.foot.time.back_to_now()
    assert grid_of(page).estate.states[grid_of(page).estate.index[free.id]] == UnitState.NOT_RELEASED


def test_two_dates_are_compared_with_a_list_of_what_changed(page: FloorplanPage) -> None:
    page.foot.time.compare.click()
    compared = page.clock.compared
    assert compared is not None
    assert compared.found
    assert page.side.currentWidget() is page.side.changes
    assert [one.id for one in page.side.changes.table.rows()] == [one.id for one in compared.found]
    canvas = grid_of(page)
    assert canvas.showing.fits is not None
    assert sum(canvas.showing.fits) == len(compared.found)
    page.foot.time.compare.click()
    assert page.clock.is_now


def test_the_grid_is_printed_as_it_looks(page: FloorplanPage, here: Sampled) -> None:
    page.print_page()
    assert here.asked.papers[0].kind == "grid"
    assert here.asked.papers[0].pdf.startswith(b"%PDF")


def test_the_grid_is_written_to_excel_with_its_colours_and_letters(
    page: FloorplanPage, here: Sampled, tmp_path: Path
) -> None:
    handing_out.export_grid(page, str(tmp_path / "grid.xlsx"))
    found = openpyxl.load_workbook(tmp_path / "grid.xlsx").active
    assert found is not None
    cells = grid.cells(here.desk)
    said = [str(cell.value) for row in found.iter_rows() for cell in row if cell.value]
    for number in cells.number[:40]:
        assert any(text.startswith(number) for text in said)
    free = here.unit(UnitState.FOR_SALE)
    sold = next(cell for row in found.iter_rows() for cell in row if str(cell.value).startswith(f"{free.facts.number}  售"))
    assert sold.fill.fgColor.rgb == "FFBFE3C0"
    assert any("\n" in text and "套" in text for text in said)


def test_a_file_that_cannot_be_written_is_told(page: FloorplanPage, here: Sampled, tmp_path: Path) -> None:
    handing_out.export_grid(page, str(tmp_path / "no such folder" / "grid.xlsx"))
    assert isinstance(here.asked.refused[0], CannotWrite)


def test_the_wall_shows_the_grid_without_names_and_goes_round(page: FloorplanPage, qtbot: QtBot) -> None:
    page.wall_view()
    wall = page.wall
    assert wall is not None
    assert wall.canvas.showing.private
    blocks = wall.canvas.estate.layout.buildings
    QTest.keyClick(wall, K.Key_Right)
    assert [block.building.id for block in wall.canvas.plan.blocks] == [blocks[0].id]
    QTest.keyClick(wall, K.Key_Left)
    assert len(wall.canvas.plan.blocks) == len(blocks)
    QTest.keyClick(wall, K.Key_Space)
    assert wall.is_going_round()
    QTest.keyClick(wall, K.Key_Escape)
    assert page.wall is None


def test_a_change_reaches_the_wall(page: FloorplanPage, here: Sampled) -> None:
    page.wall_view()
    free = here.unit(UnitState.FOR_SALE)
    assert page.wall is not None
    before = page.wall.legend.accessibleName()
    here.room.bulletin.arrived.emit(withdraw(here, page, free.id))
    assert page.wall.legend.accessibleName() != before
    page.wall.close()
