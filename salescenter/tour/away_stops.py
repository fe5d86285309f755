"""The server goes away and comes back, on the tour: a visitor is received all the same, and is on record afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt

from salescenter.i18n import tr
from salescenter.tour import area_stops, two_desks
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.reception.day_panel import DayPanel
from salescenter.ui.reception.page import ReceptionPage

K = Qt.Key

AT_RECEPTION = "tangyue"
"""The receptionist of the sample."""


class Switch(Protocol):
    """A server that whoever drives the tour may stop and start."""

    def stop(self) -> None:
        """Let it go away without a word."""

    def start(self) -> None:
        """Let it answer again."""


def go_through(robot: Robot, album: Album, home: Path, where: str, server: Switch, *, login: str) -> None:
    """Sit down at reception, take the server away, receive a visitor, and wait for it to be back."""
    with two_desks.programmes(robot) as sit_down:
        with album.stop("sit down at reception"):
            desk = sit_down(home / "reception", where)
            two_desks.log_in(robot, desk, login, DayPanel)
            robot.until(lambda: robot.every(DayPanel), "reception, where whoever sits there begins")
        assert desk.shell is not None, "whoever logged in sees the shell"
        banner = desk.shell.banner
        with album.stop("the server goes away"):
            server.stop()
            robot.until(banner.isVisible, "the banner: the database is away")
        with album.stop("receive a visitor without it"):
            area_stops.type_newcomer(robot)
            robot.key(K.Key_F9)
            robot.key(K.Key_Return, ctrl=True)
            robot.until(lambda: _not_sent(robot), "the visit among those that wait")
            robot.settle(300)
            album.see("away")
        with album.stop("it is back"):
            server.start()
            robot.until(lambda: not banner.isVisible(), "the banner gone")
            robot.until(lambda: not _not_sent(robot), "the visit on record")
            robot.settle(300)
            album.see("back")


def begin_anew(robot: Robot, album: Album, home: Path, where: str, server: Switch, *, login: str) -> None:
    """Begin anew while the server is away: a visitor is received all the same, and goes in with the log-in."""
    with two_desks.programmes(robot) as sit_down, album.stop("learn the house"):
        two_desks.log_in(robot, sit_down(home / "front", where), login, DayPanel)
        robot.rest(robot.window())
    server.stop()
    with two_desks.programmes(robot) as sit_down:
        with album.stop("begin while the server is away"):
            desk = sit_down(home / "front", where)
            robot.press(tr("Receive visitors meanwhile"))
            page = robot.the(ReceptionPage, "reception, without a log-in")
        with album.stop("receive a visitor without a log-in"):
            area_stops.type_newcomer(robot)
            asks = page.form.field("consultant").editor
            assert isinstance(asks, ComboBox)
            asks.setCurrentIndex(2)
            album.see("alone")
            robot.key(K.Key_Return, ctrl=True)
            robot.until(lambda: _not_sent(robot), "the visit among those that wait")
        with album.stop("log in once it is back"):
            server.start()
            robot.press(tr("Try again"))
            robot.press(tr("Log in"))
            two_desks.log_in(robot, desk, login, DayPanel)
            robot.until(lambda: not _not_sent(robot), "the visit on record")
            robot.settle(300)
            album.see("went-in")


def _not_sent(robot: Robot) -> list[str]:
    """Say whose visits of the day wait on this PC."""
    lines = robot.the(DayPanel, "the visits of the day").visits.lines()
    return [line.title for line in lines if any(badge.text == tr("not sent yet") for badge in line.badges)]
