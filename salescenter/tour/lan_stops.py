"""Becoming a LAN on the tour: the server looked over, the house moved there by the window, another PC joining it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QListWidget, QPushButton
from sqlalchemy.engine import make_url

from salescenter.i18n import tr
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot
from salescenter.ui.first_run.cards import WayCard
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.kit.topbar import TopBar
from salescenter.ui.settings.server import ServerSection

LONG = 120
"""Seconds a move may take."""


def look_over(robot: Robot, album: Album, where: str) -> None:
    """Settings > Server: type the address and the server's own account, and read what is missing."""
    open_section(robot, tr("Server", context="settings"))
    url = make_url(where)
    robot.fill(tr("Address"), f"postgresql://{url.host}:{url.port}/{url.database}")
    robot.fill(tr("Account of the server"), url.username or "")
    if url.password:
        robot.fill(tr("Its password"), str(url.password))
    robot.press(tr("Look it over"))
    section = robot.the(ServerSection, "the section of the server")
    robot.until(section.found.isVisible, "what was found")
    robot.settle(300)
    album.see("server-looked-over")


def move_there(robot: Robot, album: Album) -> None:
    """Say that nobody else works here, move the house, and see that both sides add up to the same."""
    section = robot.the(ServerSection, "the section of the server")
    robot.bring_into_view(section.result)
    robot.tick(section.agreed)
    robot.press(tr("Move it"))
    robot.until(section.result.facts, "the sums of both sides", LONG)
    robot.settle(300)
    robot.bring_into_view(section.result)
    album.see("house-moved")


def log_out(robot: Robot) -> None:
    """Leave the old house by the last line of the menu under one's own name."""
    bar = robot.the(TopBar, "the bar at the top")
    menu = next(b.menu() for b in bar.findChildren(QPushButton) if b.property("look") == "who")
    menu.popup(bar.mapToGlobal(bar.rect().bottomRight()))
    robot.key(Qt.Key.Key_Up, at=menu)
    robot.key(Qt.Key.Key_Return, at=menu)
    robot.until(lambda: not robot.every(RailButton), "the log-in")


def join(robot: Robot, album: Album, where: str) -> None:
    """Open an existing one on the first page, and type the server's address."""
    robot.click(robot.the(WayCard, "the first-run page", lambda c: c.accessibleName() == tr("Open an existing one")))
    robot.fill(tr("Database file or address"), where)
    robot.settle(200)
    album.see("join-a-desk")
    robot.press(tr("Open"))
    robot.until(lambda: any(b.text() == tr("Log in") for b in robot.every(QAbstractButton)), "the log-in of the server")


def open_section(robot: Robot, title: str) -> None:
    """Click a section of the settings."""
    settings = robot.the(RailButton, "settings", lambda b: b.accessibleName() == tr("Settings"))
    robot.click(settings)
    sections = robot.the(QListWidget, "the sections", lambda w: w.accessibleName() == tr("Sections"))
    item = next(sections.item(at) for at in range(sections.count()) if sections.item(at).text() == title)
    robot.click(sections.viewport(), sections.visualItemRect(item).center())
    robot.settle(300)
