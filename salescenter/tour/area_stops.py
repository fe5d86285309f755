"""The other areas on the tour: reception, customers, to-dos, the estate and its import, papers, settings, reports."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from salescenter.i18n import tr
from salescenter.tour.album import Album
from salescenter.tour.papers import take
from salescenter.tour.robot import Robot, TourFailed
from salescenter.ui.estate.drop_zone import DropZone
from salescenter.ui.estate.plan_card import PlanCard
from salescenter.ui.kit.rail import RailButton
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.pages import PAGES
from salescenter.ui.reports.cards import FigureCard
from salescenter.ui.reports.list_view import ListView

Act = Callable[[Robot, Album], None]
K = Qt.Key
VISITOR = "13912347788"


def area(title: str, name: str) -> Act:
    """Open an area by its place in the rail and take a picture."""

    def act(robot: Robot, album: Album) -> None:
        enter(robot, tr(title))
        robot.settle(500)
        album.see(name)

    return act


def enter(robot: Robot, title: str) -> None:
    """Click an area in the rail."""
    robot.click(robot.the(RailButton, title, lambda b: b.accessibleName() == title))
    robot.settle(300)


def register_newcomer(robot: Robot, album: Album) -> None:
    """Register a visitor nobody knows, by keyboard alone."""
    enter(robot, tr("Visitors"))
    type_newcomer(robot)
    robot.settle(200)
    album.see("reception-new-visitor")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: _phone_line(robot).text() == "", "the form to be empty for the next visitor")
    robot.settle(300)


def type_newcomer(robot: Robot) -> None:
    """Type what must be told of a visitor nobody knows, from field to field by Enter."""
    _phone_line(robot).setFocus()
    robot.write(VISITOR)
    robot.key(K.Key_Return)
    robot.until(lambda: not _phone_line(robot).hasFocus(), "the form to go on to the name")
    robot.write("钱多多")
    robot.key(K.Key_Return)
    robot.write("2")
    robot.key(K.Key_Return, times=4)
    robot.write("pyjs")
    robot.key(K.Key_Return, times=2)
    robot.write("3")
    robot.key(K.Key_Return)
    robot.write("3")


def register_known(robot: Robot, album: Album) -> None:
    """Register the same visitor's return: the last four digits, Enter, Ctrl+Enter."""
    come_again(robot, album)
    robot.settle(300)
    album.see("reception")


def come_again(robot: Robot, album: Album) -> None:
    """Find the visitor by the last four digits and register what the form says of them."""
    _phone_line(robot).setFocus()
    robot.write(VISITOR[-4:])
    robot.settle(400)
    album.see("reception-known-visitor")
    robot.key(K.Key_Return)
    robot.until(lambda: not _asks(robot), "the visitor to be known")
    robot.settle(150)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: _asks(robot), "the known visitor to be registered")


def print_the_slip(robot: Robot, album: Album) -> None:
    """Print the slip of the visit registered last."""
    robot.key(K.Key_F8)
    take(robot, album, "registration")


def _phone_line(robot: Robot) -> QLineEdit:
    return robot.the(QLineEdit, "the line for phone or name", lambda w: w.accessibleName() == tr("Who has come"))


def _asks(robot: Robot) -> bool:
    """Say whether the form asks who has come; once a customer is taken, their card stands in the line's place."""
    return any(line.accessibleName() == tr("Who has come") for line in robot.every(QLineEdit))


def customers(robot: Robot, album: Album) -> None:
    """Find a customer and look at the card."""
    enter(robot, tr("Customers"))
    table = robot.the(RecordTable, "the customers")
    robot.until(table.rows, "customers in the list")
    table.view.setFocus()
    robot.key(K.Key_Down)
    robot.settle(400)
    album.see("customers")


def import_units(robot: Robot, album: Album) -> None:
    """Import a price list of another building, as Excel and people write it."""
    file = album.folder / "units-to-import.csv"
    price_list(file)
    enter(robot, tr("Estate"))
    album.see("estate")
    robot.press(tr("Import …"))
    robot.settle(300)
    album.see("import-choose")
    robot.drop(robot.the(DropZone, "the place to drop a file"), file)
    robot.until(lambda: robot.every(PlanCard), "what the list would make")
    robot.settle(500)
    album.see("import-look")
    robot.click(robot.the(PlanCard, "the plan").button)
    robot.until(
        lambda: any(b.text() == tr("See the control grid") for b in robot.every(QAbstractButton)),
        "the import to be done",
    )
    robot.settle(200)
    album.see("import-done")


def price_list(file: Path) -> None:
    """Write a price list with a title row, floors with an F, and text numbers, as sales centres pass them round."""
    with file.open("w", newline="", encoding="utf-8-sig") as stream:
        out = csv.writer(stream)
        out.writerow(["云栖花园 8号楼 价格表"])
        out.writerow(["楼栋", "单元", "楼层", "房号", "户型", "建筑面积", "套内面积", "单价(元/㎡)", "总价(元)"])
        for floor in range(1, 12):
            for place, (kind, gross, inner) in enumerate((("B", "107.62", "85.77"), ("C", "125.53", "100.37"))):
                price = 21_000 + floor * 80
                row = ["8号楼", "1单元", f"{floor}F", f"{floor}{place + 1:02d}", kind, gross, inner, price, ""]
                out.writerow(row)


def reports(robot: Robot, album: Album) -> None:
    """Open the manager's window beside the main one."""
    before = set(robot.app.topLevelWidgets())
    enter(robot, tr("Reports"))
    robot.until(lambda: _fresh(robot, before) is not None, "the manager's window")
    window = _fresh(robot, before)
    if window is None:
        raise TourFailed("the manager's window went away")
    window.resize(1440, 900)
    robot.settle(1500)
    album.see_window("reports", window)
    robot.key(K.Key_Return, at=robot.every(FigureCard, window)[0])
    robot.until(lambda: [one for one in robot.every(ListView, window) if one.listing], "the list behind the figure")
    robot.settle(400)
    album.see_window("reports-list", window)
    robot.key(K.Key_F8, at=window)
    take(robot, album, "listing")
    window.close()
    robot.settle(200)


def _fresh(robot: Robot, before: set[QWidget]) -> QWidget | None:
    shown = [w for w in robot.app.topLevelWidgets() if w.isVisible() and w not in before and w.width() > 500]
    return shown[0] if shown else None


FIRST: tuple[tuple[str, Act], ...] = (
    ("register a new visitor", register_newcomer),
    ("register a known visitor", register_known),
    ("print their slip", print_the_slip),
)
"""Before the sale: the customer comes."""

LAST: tuple[tuple[str, Act], ...] = (
    ("find a customer", customers),
    ("see what is to do", area("To do", "todo")),
    ("import a price list", import_units),
    ("watch the charts", reports),
)
"""After the sale: the rest of the house."""

SEEN = frozenset({"floorplan", "reception", "customers", "deals", "payments", "todo", "estate", "reports"})
"""Areas that have stops of their own; every other one is at least looked at."""

OTHERS: tuple[tuple[str, Act], ...] = tuple(
    (f"look at {page.key}", area(page.title, page.key)) for page in PAGES if page.key not in SEEN
)
