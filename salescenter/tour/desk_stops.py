"""The rest of the desk on the tour: a pre-printed form laid out, its printer put right, the desk locked and opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from salescenter.i18n import tr
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.lan_stops import open_section
from salescenter.tour.robot import Robot, TourFailed
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.settings.form_sheets import CalibrationSheet
from salescenter.ui.settings.stationery import StationerySection

Act = Callable[[Robot, Album], None]
K = Qt.Key
FORM = "收据 2026"


def lay_out_a_form(robot: Robot, album: Album) -> None:
    """Begin a form for continuous paper, move a field by arrow keys, see a receipt on it, keep it."""
    open_section(robot, tr("Pre-printed forms", context="settings"))
    section = robot.the(StationerySection, "the forms")
    robot.press(tr("New …"))
    robot.write(FORM)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: section.form_shown, "the new form with its usual fields")
    section.canvas.setFocus()
    robot.key(K.Key_PageDown)
    before = section.form_shown
    robot.key(K.Key_Right, times=3)
    robot.key(K.Key_Down, shift=True)
    robot.until(lambda: section.form_shown != before, "the field to move")
    robot.settle(300)
    album.see("form-designer")
    robot.press(tr("On plain paper"))
    papers.take(robot, album, "form")
    robot.press(tr("Keep the form"))
    robot.settle(500)


def put_the_printer_right(robot: Robot, album: Album) -> None:
    """Print the ruled sheet, type where its crosses came out, and see that it is kept."""
    section = robot.the(StationerySection, "the forms")
    robot.press(tr("Put the printer right …"))
    robot.until(lambda: isinstance(robot.window(), CalibrationSheet), "the sheet of the two readings")
    sheet = robot.window()
    assert isinstance(sheet, CalibrationSheet)
    robot.until(lambda: sheet.form is not None and sheet.form.value("printer"), "a printer")
    robot.press(tr("Test sheet"))
    papers.take(robot, album, "test-sheet")
    assert sheet.form is not None
    for name in ("x1", "x2"):  # everything came out 1.2 mm too far right
        tenths = sheet.form.value(name) + 12
        robot.click(sheet.form.field(name).editor)
        robot.key(K.Key_A, ctrl=True)
        robot.write(f"{tenths / 10:.1f}")
    robot.settle(200)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(sheet.banner.isVisible, "the word that it is kept")
    album.see("form-calibration")
    robot.key(K.Key_Escape)
    if section.form_shown is None:
        raise TourFailed("the form was lost over the calibration")


def lock(robot: Robot, album: Album) -> None:
    """Cover the desk with one key, and open it again."""
    robot.key(K.Key_L, ctrl=True)
    robot.until(lambda: not robot.every(RailButton), "the desk to be covered")
    robot.settle(300)
    album.see("locked")
    robot.press(tr("Log in"))
    robot.until(lambda: any(isinstance(b, RailButton) for b in robot.every(QAbstractButton)), "the desk as it was")


STOPS: tuple[tuple[str, Act], ...] = (
    ("lay out a pre-printed form", lay_out_a_form),
    ("put its printer right", put_the_printer_right),
    ("lock the desk and open it", lock),
)
"""The desk's part of the tour."""
