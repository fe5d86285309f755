"""The grid by keyboard alone: walk, jump, type a number, select, mark, zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.looks import Showing
from salescenter.ui.floorplan.tag import Tag
from tests.ui.floorplan.conftest import current, unit

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_the_first_arrow_chooses_the_first_unit(canvas: GridCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(canvas, K.Key_Down)
    assert current(canvas) == canvas.estate.code(next(canvas.plan.shown()))


def test_arrows_walk_and_bring_the_cell_into_sight(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-1501"))
    for _ in range(12):
        QTest.keyClick(canvas, K.Key_Down)
    assert current(canvas) == "1-1-M01"
    assert canvas.viewport().rect().contains(canvas.cell_rect(canvas.selection.current))


def test_going_down_and_up_again_comes_back_to_the_same_column(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-103"))
    for key in (K.Key_Up, K.Key_Up):
        QTest.keyClick(canvas, key)
    assert current(canvas) == "1-1-203"


def test_a_typed_room_number_and_enter_go_to_the_unit(canvas: GridCanvas, qtbot: QtBot) -> None:
    QTest.keyClicks(canvas, "3-2-1203")
    assert current(canvas) == ""
    QTest.keyClick(canvas, K.Key_Return)
    assert current(canvas) == "3-2-1203"
    assert canvas.viewport().rect().contains(canvas.cell_rect(canvas.selection.current))


def test_the_stair_may_be_left_out_of_the_number(canvas: GridCanvas, qtbot: QtBot) -> None:
    QTest.keyClicks(canvas, "4-1203")
    QTest.keyClick(canvas, K.Key_Return)
    assert current(canvas) == "4-1-1203"


def test_a_number_that_leads_nowhere_moves_nothing_and_escape_drops_it(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-803"))
    QTest.keyClicks(canvas, "77-9")
    QTest.keyClick(canvas, K.Key_Return)
    assert current(canvas) == "1-1-803"
    assert canvas.keys.typed == "77-9"
    QTest.keyClick(canvas, K.Key_Escape)
    assert canvas.keys.typed == ""


def test_a_typed_number_zooms_in_until_it_can_be_read(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.zoom_to(6)
    QTest.keyClicks(canvas, "2-1-901")
    QTest.keyClick(canvas, K.Key_Return)
    assert canvas.cell_width == 68


def test_shift_with_arrows_selects_the_rectangle_between(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-802"))
    QTest.keyClick(canvas, K.Key_Right, SHIFT)
    QTest.keyClick(canvas, K.Key_Down, SHIFT)
    chosen = {canvas.estate.code(i) for i in canvas.selection.chosen}
    assert chosen == {"1-1-802", "1-1-803", "1-1-702", "1-1-703"}


def test_control_a_selects_what_matches_the_filter(canvas: GridCanvas, qtbot: QtBot) -> None:
    fits = bytearray(len(canvas.estate))
    fits[5] = fits[9] = 1
    canvas.set_showing(Showing(fits=fits))
    QTest.keyClick(canvas, K.Key_A, CTRL)
    assert canvas.selection.chosen == {5, 9}


def test_space_marks_up_to_four_and_again_takes_the_mark_away(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-802"))
    marked = []
    for _ in range(5):
        QTest.keyClick(canvas, K.Key_Space)
        marked.append(canvas.selection.current)
        QTest.keyClick(canvas, K.Key_Down)
    assert canvas.selection.marked == tuple(marked[1:])
    canvas.selection.go(marked[2])
    QTest.keyClick(canvas, K.Key_Space)
    assert marked[2] not in canvas.selection.marked


def test_enter_opens_the_current_unit(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(7)
    with qtbot.waitSignal(canvas.opened) as opened:
        QTest.keyClick(canvas, K.Key_Return)
    assert opened.args == [7]


def test_plus_and_minus_zoom_around_the_current_cell(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "3-1-803"))
    canvas.reveal(canvas.selection.current)
    before = canvas.cell_rect(canvas.selection.current).center()
    QTest.keyClick(canvas, K.Key_Plus)
    after = canvas.cell_rect(canvas.selection.current).center()
    assert canvas.cell_width == 80
    assert (after - before).manhattanLength() <= 12
    QTest.keyClick(canvas, K.Key_Minus)
    assert canvas.cell_width == 68


def test_control_zero_brings_the_whole_estate_into_sight(canvas: GridCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(canvas, K.Key_0, CTRL)
    assert canvas.horizontalScrollBar().maximum() == 0
    assert canvas.verticalScrollBar().maximum() == 0


def test_home_end_and_their_control_forms(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-803"))
    QTest.keyClick(canvas, K.Key_End)
    assert current(canvas) == "1-2-804"
    QTest.keyClick(canvas, K.Key_Home)
    assert current(canvas) == "1-1-801"
    QTest.keyClick(canvas, K.Key_End, CTRL)
    assert canvas.estate.cells.number[canvas.selection.current] == "B1-200"


def test_the_current_cell_is_said_to_a_screen_reader(canvas: GridCanvas, qtbot: QtBot) -> None:
    canvas.selection.go(unit(canvas, "1-1-803"))
    assert canvas.accessibleDescription().startswith("1-1-803")
    assert "㎡" in canvas.accessibleDescription()


def test_while_a_number_is_typed_the_grid_says_where_it_leads(canvas: GridCanvas) -> None:
    tags = canvas.findChildren(Tag)
    QTest.keyClicks(canvas, "3-12")
    assert tags[0].isVisible()
    assert tags[0].text() == "3-12 …"
    QTest.keyClicks(canvas, "02")
    assert tags[0].text().endswith("3-1-1202")
    QTest.keyClicks(canvas, "99")
    assert "没有" in tags[0].text()
    QTest.keyClick(canvas, K.Key_Backspace)
    QTest.keyClick(canvas, K.Key_Backspace)
    QTest.keyClick(canvas, K.Key_Return)
    assert current(canvas) == "3-1-1202"
    assert not tags[0].isVisible()
