"""Every letter, form and list of the house on the tour: from a deal's menu, from the arrears, from a unit's menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.services.deals.register import DealRow
from salescenter.services.papers.house import HOUSE, About
from salescenter.services.papers.search import PaperRow
from salescenter.services.papers.titles import paper_words
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.area_stops import enter
from salescenter.tour.grid_stops import canvas, code_in, go_to_grid, open_unit
from salescenter.tour.papers import save_to
from salescenter.tour.robot import Robot
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.record_table import RecordTable

Act = Callable[[Robot, Album], None]
K = Qt.Key

CHINESE = "zh_CN"
_CONTRACT = "YX20"
"""How the numbers of the sample's contracts begin; other papers cite them."""

_ELSEWHERE = frozenset({
    PaperKind.DUNNING, PaperKind.CLEARED, PaperKind.CHECKLIST, PaperKind.MEASURING, PaperKind.RENAMING,
})  # fmt: skip
"""Papers not every signed deal can have; they have stops of their own."""


def of_a_deal(fits: Callable[[DealRow], bool], *kinds: PaperKind) -> Act:
    """Print papers of the first deal that fits, each chosen from the menu behind F8."""

    def act(robot: Robot, album: Album) -> None:
        enter(robot, tr("Deals"))
        table: RecordTable[DealRow] = robot.the(RecordTable, "the register of deals")
        robot.until(table.rows, "deals in the register")
        table.select_key(next(row.id for row in table.rows() if fits(row)))
        robot.settle(400)
        for kind in kinds:
            if HOUSE[kind].english or album.language == CHINESE:  # the others look the same whoever prints them
                robot.key(K.Key_F8)
                _choose(robot, album, kind)

    return act


def _choose(robot: Robot, album: Album, kind: PaperKind) -> None:
    """Walk down the open menu to a paper, press Enter, look at what comes."""
    robot.until(lambda: isinstance(robot.app.activePopupWidget(), QMenu), "the menu of papers")
    menu = robot.app.activePopupWidget()
    assert isinstance(menu, QMenu)
    if kind is PaperKind.STATEMENT:
        album.see("menu-of-papers")
    offered = [action for action in menu.actions() if not action.isSeparator() and action.isEnabled()]
    at = next(at for at, action in enumerate(offered) if _names(action, kind))
    down, up = at + 1, len(offered) - at
    robot.key(K.Key_Down if down <= up else K.Key_Up, times=min(down, up), at=menu)
    robot.key(K.Key_Return, at=menu)
    papers.take(robot, album, kind.value)


def _names(action: QAction, kind: PaperKind) -> bool:
    return action.text().removesuffix(" …") == paper_words(kind)


def remind(robot: Robot, album: Album) -> None:
    """Remind the one who owes longest, then everybody in one job."""
    enter(robot, tr("Payments"))
    robot.press(tr("Arrears"))
    robot.settle(250)
    robot.key(K.Key_F8)
    papers.take(robot, album, PaperKind.DUNNING.value)
    robot.press(tr("Remind many …"))
    robot.settle(400)
    album.see("reminders")
    robot.key(K.Key_F8)
    papers.take(robot, album, "job")


def choose_a_unit(robot: Robot, album: Album) -> None:
    """Confirm the choice of a free unit from its menu."""
    code = code_in(go_to_grid(robot), UnitState.FOR_SALE, "3-")
    open_unit(robot, code)
    grid = canvas(robot)
    unit = grid.selection.current
    grid.menu_wanted.emit(unit, grid.mapToGlobal(grid.rect().center()))
    _choose(robot, album, PaperKind.SELECTION)


def _seeks(field: LineEdit) -> bool:
    return field.placeholderText() == tr("Number, customer, unit or any words on the paper")


def find_by_words(robot: Robot, album: Album) -> None:
    """Find papers by the contract they cite, and take its deal's whole file out as one PDF."""
    enter(robot, tr("Papers"))
    robot.press(tr("Printed papers"))
    robot.settle(300)
    table: RecordTable[PaperRow] = robot.the(RecordTable, "the printed papers")
    robot.click(robot.the(LineEdit, "the field to search in", _seeks))
    robot.write(_CONTRACT)
    robot.until(lambda: any(row.says for row in table.rows()), "papers found by their words")
    table.select_key(next(row.id for row in table.rows() if row.says and row.deal is not None))
    robot.settle(400)
    album.see("found-by-words")
    robot.press(tr("Export the whole file …"))
    save_to(robot, album.paper_file("whole-file"))


_SIGNED = tuple(
    kind for about in (About.DEAL, About.PROJECT) for kind, form in HOUSE.items()
    if form.about is about and kind not in _ELSEWHERE
)  # fmt: skip

STOPS: tuple[tuple[str, Act], ...] = (
    ("print the papers of a deal", of_a_deal(lambda row: row.signed is not None, *_SIGNED)),
    ("find a paper by its words", find_by_words),
    ("list what the bank wants", of_a_deal(
        lambda row: row.signed is not None and row.plan in ("mortgage", "combined"), PaperKind.CHECKLIST)),
    ("certify that all is paid", of_a_deal(
        lambda row: row.signed is not None and row.received == row.total, PaperKind.CLEARED)),
    ("settle the measured area", of_a_deal(
        lambda row: row.state is UnitState.HANDED_OVER, PaperKind.MEASURING)),
    ("remind who owes", remind),
    ("confirm a choice", choose_a_unit),
)  # fmt: skip
"""The papers' part of the tour."""
