"""The main job, step by step, as a person does it: each step looks for what it says before it goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from salescenter.i18n import tr
from salescenter.tour import (
    area_stops,
    desk_stops,
    document_stops,
    edition_stops,
    grid_stops,
    paper_stops,
    print_stops,
    selling_stops,
    template_stops,
    years_on,
)
from salescenter.tour.album import Album
from salescenter.tour.robot import Robot
from salescenter.ui.first_run.cards import WayCard
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.kit.record_table import RecordTable

Act = Callable[[Robot, Album], None]

K = Qt.Key


def first_run(robot: Robot, album: Album) -> None:
    """Choose the sample on the first-run page and wait until it is made."""
    card = robot.the(WayCard, "the first-run page", lambda c: c.accessibleName() == tr("Try the sample"))
    album.see("first-run")
    robot.click(card)
    robot.settle(300)
    album.see("making-the-sample")
    robot.until(lambda: any(b.text() == tr("Log in") for b in robot.every(QAbstractButton)), "the log-in", 120)


def log_in(robot: Robot, album: Album) -> None:
    """Log in as the manager; the sample has no passwords."""
    robot.settle(400)
    album.see("log-in")
    robot.press(tr("Log in"))
    robot.until(lambda: robot.every(RailButton), "the rail")
    robot.settle(400)


def deals(robot: Robot, album: Album) -> None:
    """Find a deal in the register and look at its card."""
    area_stops.enter(robot, tr("Deals"))
    album.see("deals")
    table = robot.the(RecordTable, "the register of deals")
    robot.until(table.rows, "deals in the register")
    table.view.setFocus()
    robot.key(K.Key_Down, times=2)
    robot.settle(200)
    album.see("deal-card")


def money(robot: Robot, album: Album) -> None:
    """Look through the cashier's four lists."""
    area_stops.enter(robot, tr("Payments"))
    album.see("payments")
    for title, name in (
        (tr("Arrears"), "arrears"),
        (tr("To give back"), "refunds"),
        (tr("The day's cash"), "day-cash"),
    ):
        robot.press(title)
        robot.settle(250)
        album.see(name)


JOURNEY: tuple[tuple[str, Act], ...] = (
    ("choose the sample", first_run),
    ("log in", log_in),
    *grid_stops.STOPS,
    *area_stops.FIRST,
    *edition_stops.CALLS,
    *selling_stops.STOPS,
    *edition_stops.MONEY,
    ("look at the deals", deals),
    *document_stops.STOPS,
    ("look at the money", money),
    *paper_stops.STOPS,
    *print_stops.STOPS,
    *area_stops.LAST,
    *edition_stops.HOMES,
    *area_stops.OTHERS,
    *template_stops.STOPS,
    *desk_stops.STOPS,
    *years_on.TERM,
)
"""Every step of the tour on its day, in order."""

LATER: tuple[tuple[str, Act], ...] = (("log in years later", log_in), *years_on.LATER)
"""What comes when the years of a paper are over."""

_CHINESE = frozenset(stop for stop, _ in (*edition_stops.HOMES, *years_on.TERM, *LATER))
"""Their papers are Chinese whoever prints them."""


def stops(language: str, journey: tuple[tuple[str, Act], ...]) -> tuple[tuple[str, Act], ...]:
    """Leave out what would only show the same papers again in another language."""
    return tuple(one for one in journey if language == paper_stops.CHINESE or one[0] not in _CHINESE)
