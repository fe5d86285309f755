"""Company on the grid: badges of who is at a unit, where this desk is, and the veil over a picture that grows old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from salescenter.domain.grid import CellChange, GridNews, Onlooker, Present
from salescenter.domain.units import UnitState
from salescenter.services import grid
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.company import said_of
from salescenter.ui.floorplan.looks import Showing
from salescenter.ui.floorplan.page import FloorplanPage
from tests.ui.floorplan.conftest import grid_of, some
from tests.ui.sampled import NOW, Sampled

LOOKS, WORKS = Onlooker(0, "王芳"), Onlooker(0, "林晓", working=True)


def picture(canvas: GridCanvas) -> QImage:
    return canvas.viewport().grab().toImage()


def test_who_is_at_a_unit_shows_in_its_cell_alone_and_goes_again(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.FOR_SALE)
    canvas.reveal(of)
    before, cell = picture(canvas), canvas.cell_rect(of)
    canvas.show_present([replace(LOOKS, unit=canvas.estate.cells.id[of]), replace(LOOKS, unit=10**9)])
    shown = picture(canvas)
    differing = [(x, y) for x in range(before.width()) for y in range(before.height())
                 if before.pixel(x, y) != shown.pixel(x, y)]  # fmt: skip
    assert differing
    assert all(cell.contains(x, y) for x, y in differing)
    canvas.show_present([])
    assert picture(canvas) == before


def test_a_customer_who_looks_on_sees_nobodys_name(canvas: GridCanvas) -> None:
    canvas.set_showing(Showing(private=True))
    of = some(canvas, UnitState.FOR_SALE)
    canvas.reveal(of)
    before = picture(canvas)
    canvas.show_present([replace(LOOKS, unit=canvas.estate.cells.id[of])])
    assert picture(canvas) == before


def test_looking_working_and_several_look_different(canvas: GridCanvas) -> None:
    of = some(canvas, UnitState.FOR_SALE)
    canvas.reveal(of)
    unit, seen = canvas.estate.cells.id[of], [picture(canvas)]
    for there in ((LOOKS,), (WORKS,), (LOOKS, WORKS), (LOOKS, LOOKS, LOOKS)):
        canvas.show_present([replace(one, unit=unit) for one in there])
        seen.append(picture(canvas))
    assert all(one != other for n, one in enumerate(seen) for other in seen[:n])


def test_the_tip_says_who_does_what() -> None:
    assert said_of((LOOKS, WORKS)) == "王芳 正在查看\n林晓 正在办理"


def test_the_page_says_which_unit_is_looked_at_and_none_when_another_area_is_open(
    page: FloorplanPage, qtbot: QtBot
) -> None:
    told: list[int] = []
    page.room.bulletin.looking.connect(told.append)
    canvas = grid_of(page)
    canvas.selection.go(3)
    canvas.selection.go(5)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [canvas.estate.cells.id[5]]
    page.hide()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == 0


def test_presence_survives_a_grid_that_is_loaded_anew(page: FloorplanPage, here: Sampled) -> None:
    unit = grid.cells(here.desk).id[4]
    page.room.bulletin.present.emit(Present((Onlooker(unit, "王芳"),), 2))
    assert list(grid_of(page).presence) == [4]
    page.room.bulletin.arrived.emit(GridNews(rebuild=True))
    assert list(grid_of(page).presence) == [4]
    page.room.bulletin.present.emit(Present())
    assert grid_of(page).presence == {}


def test_without_a_database_the_grid_is_veiled_and_says_its_age_until_it_is_back(
    page: FloorplanPage, qtbot: QtBot
) -> None:
    canvas = grid_of(page)
    fresh = picture(canvas)
    page.room.bulletin.away.emit(NOW - timedelta(minutes=3))
    assert picture(canvas) != fresh
    assert page.notice.isVisible()
    assert page.notice.text() == f"这是 {NOW - timedelta(minutes=3):%H:%M:%S} 时的销控。"
    assert page.company.age()[1].startswith("已过 3 分钟")
    page.room.bulletin.away.emit(NOW - timedelta(seconds=3))
    assert page.company.age()[1] == "数据库没有应答。"
    page.room.bulletin.away.emit(None)
    qtbot.waitUntil(lambda: picture(canvas) == fresh)
    assert not page.notice.isVisible()


def test_a_hint_paints_the_cell_before_the_feed_confirms_it(page: FloorplanPage, here: Sampled) -> None:
    free = here.unit(UnitState.FOR_SALE)
    canvas = grid_of(page)
    of = canvas.estate.index[free.id]
    change = CellChange(free.id, UnitState.SUBSCRIBED, 0, 1, 2, "陈*", 1, 0, 0, 1, 10**6)
    page.room.bulletin.hinted.emit((change,))
    assert canvas.estate.states[of] == UnitState.SUBSCRIBED
