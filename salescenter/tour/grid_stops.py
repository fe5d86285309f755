"""The control grid on the tour: whole estate, one building, filters, a card, customer view, compare, past, wall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QSlider

from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot, TourFailed
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.floorplan.foot import TimeBar
from salescenter.ui.kit.rail import RailButton

Act = Callable[[Robot, Album], None]
K = Qt.Key


def canvas(robot: Robot) -> GridCanvas:
    """The grid on the screen."""
    return robot.the(GridCanvas, "the control grid")


def go_to_grid(robot: Robot) -> GridCanvas:
    """Open the grid by its place in the rail."""
    title = tr("Control grid")
    robot.click(robot.the(RailButton, title, lambda b: b.accessibleName() == title))
    return canvas(robot)


def code_in(grid: GridCanvas, state: UnitState, start: str = "") -> str:
    """The code of a unit a person would pick: in this state, without a flag."""
    estate = grid.estate
    for i, now in enumerate(estate.states):
        code = estate.code(i)
        if now == state and not estate.cells.flags[i] and estate.cells.use[i] == "home" and code.startswith(start):
            return code
    raise TourFailed(f"no home is {state.name}")


def state_of(grid: GridCanvas, code: str) -> UnitState:
    """How a unit stands on the grid now."""
    return UnitState(grid.estate.states[list(grid.estate.cells.code).index(code)])


def open_unit(robot: Robot, code: str) -> None:
    """Type a room number anywhere and press Enter."""
    grid = canvas(robot)
    grid.setFocus()
    robot.write(code)
    robot.key(K.Key_Return)
    robot.until(lambda: _current(canvas(robot)) == code, f"the grid at {code}")
    robot.settle(250)


def _current(grid: GridCanvas) -> str:
    at = grid.selection.current
    return grid.estate.code(at) if at >= 0 else ""


def whole(robot: Robot, album: Album) -> None:
    """See every building, then one."""
    go_to_grid(robot)
    robot.settle(500)
    album.see("grid")
    usual = canvas(robot).cell_width
    robot.press(tr("All in sight"))
    robot.until(lambda: canvas(robot).cell_width < usual, "the whole estate in one view")
    robot.settle(300)
    album.see("grid-whole-estate")
    robot.click(robot.the(QAbstractButton, "the switch of a building", lambda b: b.text() == "3号楼"))
    robot.settle(300)
    album.see("grid-one-building")


def card(robot: Robot, album: Album) -> None:
    """Open a free unit's card by typing its number, a sold one's by the arrows."""
    grid = canvas(robot)
    open_unit(robot, code_in(grid, UnitState.FOR_SALE, "3-"))
    album.see("grid-card-for-sale")
    open_unit(robot, code_in(grid, UnitState.SUBSCRIBED))
    album.see("grid-card-subscribed")
    robot.key(K.Key_Down)
    robot.key(K.Key_Right)
    robot.settle(250)
    if not _current(canvas(robot)):
        raise TourFailed("the arrow keys lost the current unit")


def customer_view(robot: Robot, album: Album) -> None:
    """Turn the screen to the customer with one key, and back."""
    robot.key(K.Key_F4)
    robot.settle(250)
    album.see("grid-customer-view")
    robot.key(K.Key_F4)
    robot.settle(120)


def compare(robot: Robot, album: Album) -> None:
    """Mark two units with the space bar and see them side by side."""
    grid = canvas(robot)
    grid.setFocus()
    robot.key(K.Key_Space)
    robot.key(K.Key_Right)
    robot.key(K.Key_Space)
    robot.settle(250)
    if len(grid.selection.marked) != 2:
        raise TourFailed("two units were to be marked for comparison")
    album.see("grid-compare")
    robot.key(K.Key_Escape)
    robot.settle(100)


def wall(robot: Robot, album: Album) -> None:
    """Show the hall's screen, and leave it."""
    canvas(robot).setFocus()
    robot.key(K.Key_F11)
    robot.settle(500)
    album.see_window("grid-wall", robot.window())
    robot.key(K.Key_Escape)
    robot.settle(200)


def past(robot: Robot, album: Album) -> None:
    """Slide back a month, see the estate as it stood, and come back to now."""
    slider = robot.the(QSlider, "the slider", lambda one: one.accessibleName() == tr("Past moments"))
    slider.setFocus()
    before = slider.value()
    robot.key(K.Key_PageDown, times=4)
    bar = robot.the(TimeBar, "the bar of time")
    robot.until(lambda: bar.moment() is not None and robot.every(GridCanvas), "a past moment")
    robot.settle(900)
    album.see("grid-past")
    robot.key(K.Key_End)
    robot.until(lambda: bar.moment() is None, "the present")
    robot.settle(500)
    if slider.value() != before:
        raise TourFailed("the slider did not come back to the present")


def print_grid(robot: Robot, album: Album) -> None:
    """Print the control grid as it looks."""
    canvas(robot).setFocus()
    robot.key(K.Key_F8)
    papers.take(robot, album, "grid")


STOPS: tuple[tuple[str, Act], ...] = (
    ("see the estate", whole),
    ("open a unit's card", card),
    ("turn to the customer", customer_view),
    ("compare two units", compare),
    ("show the wall", wall),
    ("look back a month", past),
    ("print the control grid", print_grid),
)
"""The grid's part of the tour."""
