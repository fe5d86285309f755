"""The grid by mouse alone: click, select, draw a band, pan, zoom, open."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.looks import Showing
from tests.ui.floorplan.conftest import current, unit

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def middle(canvas: GridCanvas, code: str) -> QPoint:
    return canvas.cell_rect(unit(canvas, code)).center()


def click(canvas: GridCanvas, qtbot: QtBot, code: str, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(canvas.viewport(), LEFT, held, middle(canvas, code))


def drag(canvas: GridCanvas, qtbot: QtBot, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(canvas.viewport(), button, NONE, start)
    for part in range(1, 6):
        QTest.mouseMove(canvas.viewport(), start + (end - start) * part / 5)
    QTest.mouseRelease(canvas.viewport(), button, NONE, end)


def wheel(canvas: GridCanvas, at: QPoint, turn: int, held: Qt.KeyboardModifier = CTRL) -> None:
    event = QWheelEvent(QPointF(at), QPointF(canvas.viewport().mapToGlobal(at)), QPoint(), QPoint(0, turn),
                        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(canvas.viewport(), event)


def chosen(canvas: GridCanvas) -> set[str]:
    return {canvas.estate.code(i) for i in canvas.selection.chosen}


def test_a_click_chooses_one_unit(canvas: GridCanvas, qtbot: QtBot) -> None:
    click(canvas, qtbot, "1-1-1302")
    click(canvas, qtbot, "1-1-1203")
    assert (current(canvas), chosen(canvas)) == ("1-1-1203", {"1-1-1203"})


def test_control_click_adds_and_takes_away(canvas: GridCanvas, qtbot: QtBot) -> None:
    click(canvas, qtbot, "1-1-1302")
    click(canvas, qtbot, "1-1-1203", CTRL)
    click(canvas, qtbot, "1-1-1201", CTRL)
    click(canvas, qtbot, "1-1-1203", CTRL)
    assert chosen(canvas) == {"1-1-1302", "1-1-1201"}


def test_shift_click_chooses_the_rectangle_across_stairs(canvas: GridCanvas, qtbot: QtBot) -> None:
    click(canvas, qtbot, "1-1-1303")
    click(canvas, qtbot, "1-2-1201", SHIFT)
    assert chosen(canvas) == {"1-1-1303", "1-2-1301", "1-1-1203", "1-2-1201"}


def test_a_rubber_band_catches_what_it_touches_and_matches(canvas: GridCanvas, qtbot: QtBot) -> None:
    fits = bytearray(b"\x01") * len(canvas.estate)
    fits[unit(canvas, "1-1-1202")] = 0
    canvas.set_showing(Showing(fits=fits))
    drag(canvas, qtbot, middle(canvas, "1-1-1301") - QPoint(20, 10), middle(canvas, "1-1-1203"))
    assert chosen(canvas) == {"1-1-1301", "1-1-1302", "1-1-1303", "1-1-1201", "1-1-1203"}


def test_a_click_beside_the_cells_drops_the_selection_but_not_the_current_unit(
    canvas: GridCanvas, qtbot: QtBot
) -> None:
    click(canvas, qtbot, "1-1-1302")
    click(canvas, qtbot, "1-1-1203", CTRL)
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, QPoint(3, 3))
    assert (current(canvas), chosen(canvas)) == ("1-1-1203", {"1-1-1203"})


def test_the_wheel_with_control_zooms_and_the_cell_stays_under_the_mouse(canvas: GridCanvas, qtbot: QtBot) -> None:
    for code in ("2-1-1002", "5-2-902"):
        canvas.zoom_to(108)
        canvas.reveal(unit(canvas, code))
        at = middle(canvas, code)
        for turn in (120, 120, -120, 120, -120, -120, -120):
            wheel(canvas, at, turn)
            if all(0 < bar.value() < bar.maximum() for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar())):
                assert canvas.estate.code(canvas.unit_at(at)) == code
    assert canvas.cell_width == 92


def test_small_turns_of_a_touchpad_add_up_to_a_step(canvas: GridCanvas) -> None:
    for _ in range(4):
        wheel(canvas, QPoint(200, 200), 30)
    assert canvas.cell_width == 80


def test_the_wheel_alone_scrolls(canvas: GridCanvas) -> None:
    wheel(canvas, QPoint(200, 200), -240, NONE)
    assert canvas.verticalScrollBar().value() > 0
    assert canvas.cell_width == 68


def test_the_middle_button_pans(canvas: GridCanvas, qtbot: QtBot) -> None:
    under = canvas.unit_at(QPoint(300, 300))
    drag(canvas, qtbot, QPoint(300, 300), QPoint(220, 260), MIDDLE)
    assert canvas.unit_at(QPoint(220, 260)) == under
    assert canvas.selection.current == -1


def test_space_held_pans_with_the_left_button_and_marks_nothing(canvas: GridCanvas, qtbot: QtBot) -> None:
    click(canvas, qtbot, "1-1-1302")
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    drag(canvas, qtbot, QPoint(300, 300), QPoint(220, 260))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.horizontalScrollBar().value() == 80
    assert canvas.selection.marked == ()


def test_double_click_opens_the_unit_and_on_a_title_the_building(canvas: GridCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.opened) as opened:
        QTest.mouseDClick(canvas.viewport(), LEFT, NONE, middle(canvas, "1-1-1302"))
    assert opened.args == [unit(canvas, "1-1-1302")]
    on = canvas.drawing.placed[0]
    with qtbot.waitSignal(canvas.building_opened) as building:
        QTest.mouseDClick(canvas.viewport(), LEFT, NONE, QPoint(on.x + 20, on.y + 12))
    assert building.args == [1]


def test_the_context_menu_is_asked_for_the_unit_under_the_mouse(canvas: GridCanvas, qtbot: QtBot) -> None:
    at = middle(canvas, "1-1-1203")
    with qtbot.waitSignal(canvas.menu_wanted) as wanted:
        QApplication.sendEvent(canvas.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, at))
    assert wanted.args is not None
    assert wanted.args[0] == unit(canvas, "1-1-1203")
    assert current(canvas) == "1-1-1203"
