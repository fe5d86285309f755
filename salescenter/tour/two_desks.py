"""The tour at two desks of one server: what one of them sells shows on the other's grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from salescenter.app import Programme
from salescenter.data.types import CHINA
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.services.sample.make import Size, make_sample
from salescenter.tour import lan_stops, selling_stops
from salescenter.tour.album import Album
from salescenter.tour.grid_stops import code_in, open_unit, state_of
from salescenter.tour.robot import Robot
from salescenter.ui.floorplan.canvas import GridCanvas
from salescenter.ui.kit import preferences
from salescenter.ui.kit.options import Options

HOUSE = Size(homes=120, shops=6, parking=12, days=14)
"""The sample that is moved to the server: enough to look like a house, and soon there."""

WHO = ("manager", "linxiao")
"""Who sits at the two desks: the manager and a consultant of the sample."""


SitDown = Callable[..., Programme]
"""Starts a program in a folder of its own; with a file or an address it opens that, else its first page."""

STOPS = (
    ("hold at the first desk", selling_stops.hold, UnitState.HELD),
    ("sell at the first desk", selling_stops.subscribe, UnitState.SUBSCRIBED),
)
"""What the first desk does, and how the unit is to stand on the second's grid then."""


@dataclass(frozen=True, slots=True)
class Desks:
    """Two whole programs, as on two PCs: each with its own folder, lanes, connections and window."""

    robot: Robot
    album: Album
    first: Programme
    second: Programme

    def turn_to(self, one: Programme) -> GridCanvas:
        """Sit down at a desk; returns its grid."""
        one.frame.activateWindow()
        self.robot.until(lambda: self.robot.window() is one.frame, "the window of this desk in front")
        return grid_of(one)

    def see_both(self, name: str) -> None:
        """Take a picture of both windows, side by side."""
        self.robot.settle(300)
        self.album.see_picture(name, side_by_side(self.first.frame, self.second.frame))

    def wait_for(self, code: str, state: UnitState) -> None:
        """Wait until the second desk's grid shows it; nobody touches that desk meanwhile."""
        there = grid_of(self.second)
        self.robot.until(lambda: state_of(there, code) is state, f"{code} {state.name} at the other desk")


def go_through(robot: Robot, album: Album, home: Path, where: str) -> None:
    """Move the sample to the server by the window, sit down at both desks, and sell at the first."""
    with programmes(robot) as sit_down:
        first = _move(robot, album, home, where, sit_down)
        with album.stop("join from another PC"):
            second = sit_down(home / "second")
            lan_stops.join(robot, album, where)
            log_in(robot, second, WHO[1])
        _sell(Desks(robot, album, first, second))


def _move(robot: Robot, album: Album, home: Path, where: str, sit_down: SitDown) -> Programme:
    """Take the house from the first desk's file to the server, and log in there."""
    file = home / "sample.db"
    with album.stop("look the server over"):
        make_sample(file, datetime.now(CHINA), HOUSE).close()
        first = sit_down(home / "first", str(file))
        log_in(robot, first, WHO[0])
        lan_stops.look_over(robot, album, where)
    with album.stop("move the sample to the server"):
        lan_stops.move_there(robot, album)
        lan_stops.log_out(robot)
        robot.press(tr("Another database …"))
        lan_stops.join(robot, album, where)
        log_in(robot, first, WHO[0])
    return first


def _sell(desks: Desks) -> None:
    robot, album, first, second = desks.robot, desks.album, desks.first, desks.second
    with album.stop("look at both desks"):
        code = _look_at_the_same(desks)
        selling_stops.Sale.code = code
    for stop, act, state in STOPS:
        with album.stop(stop):
            desks.turn_to(first)
            act(robot, album)
            desks.wait_for(code, state)
            desks.see_both(f"both-{state.name.lower()}")
    with album.stop("look at it from the second desk"):
        desks.turn_to(second)
        open_unit(robot, code)
        album.see("second-desk")


def _look_at_the_same(desks: Desks) -> str:
    """Open one free unit at both desks; returns its code."""
    code = code_in(desks.turn_to(desks.first), UnitState.FOR_SALE)
    for one in (desks.second, desks.first):
        desks.turn_to(one)
        open_unit(desks.robot, code)
    desks.see_both("both-free")
    return code


@contextmanager
def programmes(robot: Robot) -> Iterator[SitDown]:
    """Start whole programs, each in a folder of its own, as on PCs of their own; all end together."""
    begun: list[Programme] = []

    def sit_down(folder: Path, where: str = "") -> Programme:
        folder.mkdir(exist_ok=True)  # there from an earlier run, where the program begins anew
        programme = Programme(robot.app, Options(folder=folder, database=where), folder, preferences.load(folder))
        begun.append(programme)
        programme.begin()
        programme.frame.resize(1440, 900)
        programme.frame.activateWindow()
        robot.until(lambda: robot.window() is programme.frame, "the window of this desk in front")
        return programme

    try:
        yield sit_down
    finally:
        for programme in begun:
            programme.end()
            programme.frame.close()


def log_in(robot: Robot, programme: Programme, login: str, shows: type[QWidget] = GridCanvas) -> None:
    """Log in at a desk, without a password, and wait for what it shows first: the grid, to most."""
    page = programme.login
    assert page is not None, "whoever starts with a database is shown its log-in"
    page.name.setFocus()
    page.name.selectAll()
    robot.write(login)
    if (names := QApplication.activePopupWidget()) is not None:  # those who work here are offered as one types
        names.close()
    robot.press(tr("Log in"))
    robot.until(lambda: programme.frame.findChildren(shows), "the desk's own page")
    robot.settle(400)


def grid_of(programme: Programme) -> GridCanvas:
    """The control grid of a desk, in front or not."""
    return programme.frame.findChildren(GridCanvas)[0]


def side_by_side(left: QWidget, right: QWidget) -> QPixmap:
    """Two windows as one picture."""
    pictures = left.grab(), right.grab()
    both = QPixmap(sum(one.width() for one in pictures) + 16, max(one.height() for one in pictures))
    both.fill(left.palette().dark().color())
    painter = QPainter(both)
    painter.drawPixmap(0, 0, pictures[0])
    painter.drawPixmap(pictures[0].width() + 16, 0, pictures[1])
    painter.end()
    return both
