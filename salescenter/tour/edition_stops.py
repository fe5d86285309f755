"""What a paper is beside its usual: calls, money of other kinds, new buyers, a completed home, on the tour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.receipts import MoneyKind
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import tr
from salescenter.money_words import kind_words
from salescenter.reception_words import contact_words, field_words
from salescenter.services.payments.lists import ReceiptRow
from salescenter.services.reception_rules import Contact
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.area_stops import come_again, enter
from salescenter.tour.grid_stops import canvas, code_in, go_to_grid, open_unit, state_of
from salescenter.tour.paper_stops import of_a_deal
from salescenter.tour.robot import Robot
from salescenter.tour.selling_stops import PHONE, Sale, agree, sheet, step
from salescenter.ui.deals.people import BuyersEdit
from salescenter.ui.estate.lists import PERMIT_KINDS
from salescenter.ui.kit.record_table import RecordTable

Act = Callable[[Robot, Album], None]
K = Qt.Key

_SPOUSE = ("13700137042", "林知夏", "430102199003150020")
"""Phone, name and ID number of who joins the buyer: a number that passes the checks, and nobody's."""


class Turned:
    """The unit whose small deposit was turned into a deposit; its buyers are changed afterwards."""

    code = ""

_BUILDING = "8号楼"
"""The one whose price list was imported on the way."""

_PERMIT, _TITLE = "云房现备字〔2026〕第 003 号", "云（2026）望江区不动产权第 0004567 号"
"""What the sample's authority gave a building that stands."""


def calls(robot: Robot, album: Album) -> None:
    """Register the visitor's call and the call back, and print the slip of each."""
    for kind in (Contact.CALL_IN, Contact.CALL_OUT):
        kinds = robot.every(QAbstractButton, robot.field(field_words("contact")))
        robot.click(next(one for one in kinds if one.text() == contact_words(kind)))
        come_again(robot, album)
        robot.key(K.Key_F8)
        papers.take(robot, album, "registration")


def collect(robot: Robot, album: Album) -> None:
    """Take what the house collects for others: it is no part of the price."""
    open_unit(robot, Sale.code)
    over = step(robot, Step.RECEIVE_MONEY)
    robot.press(kind_words(MoneyKind.COLLECTED))
    robot.fill(tr("Amount"), "18600")
    robot.fill(tr("Remark"), "住宅专项维修资金")
    album.see("collect-fees")
    agree(robot, over, "the fees to be taken")
    papers.take(robot, album, "receipt")


def turn_into_deposit(robot: Robot, album: Album) -> None:
    """Keep a unit for a small deposit, subscribe it, and see what became of the money on its receipt."""
    code = code_in(go_to_grid(robot), UnitState.FOR_SALE, "5-")
    open_unit(robot, code)
    over = step(robot, Step.RESERVE)
    _choose_buyer(robot)
    album.see("small-deposit")
    agree(robot, over, "the small deposit to be taken")
    papers.take(robot, album, "receipt")
    robot.until(lambda: state_of(canvas(robot), code) is UnitState.RESERVED, f"{code} kept on the grid")
    _go_on(robot, code)
    papers.take(robot, album, "subscription", "receipt")
    Turned.code = code
    enter(robot, tr("Payments"))
    robot.press(tr("Receipts"))
    table: RecordTable[ReceiptRow] = robot.the(RecordTable, "the receipts")
    robot.until(lambda: any(_is_early(row) for row in table.rows()), "the small deposit among the receipts")
    table.select_key(next(row.id for row in table.rows() if _is_early(row)))
    robot.press(tr("Reprint …"))
    over = sheet(robot)
    robot.fill(tr("Reason"), tr("Exchanged after a change"))
    agree(robot, over, "the reason of the reprint to be said")
    papers.take(robot, album, "receipt")


def change_buyers(robot: Robot, album: Album) -> None:
    """Let the spouse buy, too: what the old papers are worth is said, and the approval sheet names both sides."""
    go_to_grid(robot)
    open_unit(robot, Turned.code)
    over = step(robot, Step.CHANGE_BUYER)
    _add_newcomer(robot, *_SPOUSE)
    robot.fill(tr("Reason"), tr("The spouse buys, too"))
    album.see("change-buyers")
    agree(robot, over, "the buyers to be changed")
    robot.until(lambda: papers.previews(robot), "the agreement of both")
    papers.previews(robot)[0].close()
    robot.settle(60)
    of_a_deal(lambda row: row.code == Turned.code, PaperKind.RENAMING)(robot, album)


def _add_newcomer(robot: Robot, phone: str, name: str, card: str) -> None:
    buyers = robot.the(BuyersEdit, "the buyers' field")
    there = len(buyers.chosen)
    robot.click(buyers.search)
    robot.write(phone)
    robot.until(buyers.hints.isVisible, "the hints")
    robot.key(K.Key_Return)
    robot.until(buyers.newcomer.isVisible, "the newcomer's form")
    robot.fill(tr("Name"), name)
    robot.fill(tr("ID card number"), card)
    robot.tick(buyers.newcomer.consent)
    robot.click(buyers.newcomer.button)
    robot.until(lambda: len(buyers.chosen) > there, "the newcomer on the list")
    robot.settle(200)


def _is_early(row: ReceiptRow) -> bool:
    return row.kind is MoneyKind.SMALL_DEPOSIT


def complete(robot: Robot, album: Album) -> None:
    """Say that the new building stands: its title certificate, and the permit to sell its homes as they are."""
    enter(robot, tr("Estate"))
    robot.press(tr("Back to the estate"))
    robot.press(tr("Project"))
    robot.bring_into_view(robot.field(tr("Title certificate")))
    robot.fill(tr("Title certificate"), _TITLE)
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: any(one.text() == tr("Saved") for one in robot.every(QLabel)), "the word that it is kept")
    robot.press(tr("Permits"))
    robot.press(tr("New …"))
    over = sheet(robot)
    robot.fill(tr("Number of the permit"), _PERMIT)
    robot.fill(tr("Issued"), "today")
    robot.press(tr(PERMIT_KINDS["completed"]))
    robot.press(_BUILDING)
    album.see("completed-building")
    agree(robot, over, "the permit to be kept")


def sell_completed(robot: Robot, album: Album) -> None:
    """Release a home of it, sell it, and see the contract for completed homes."""
    grid = go_to_grid(robot)
    code = code_in(grid, UnitState.NOT_RELEASED, "8-")
    open_unit(robot, code)
    over = step(robot, Step.RELEASE)
    agree(robot, over, "the release to be done")
    robot.until(lambda: state_of(canvas(robot), code) is UnitState.FOR_SALE, f"{code} on sale")
    _go_on(robot, code, _choose_buyer)
    papers.take(robot, album, "subscription", "receipt")
    robot.until(lambda: state_of(canvas(robot), code) is UnitState.SUBSCRIBED, f"{code} subscribed")
    _go_on(robot, code)
    papers.take(robot, album, "contract")


def _go_on(robot: Robot, code: str, fill: Callable[[Robot], None] = lambda _: None) -> None:
    """Take a unit to the next step by F6 and Ctrl+Enter."""
    open_unit(robot, code)
    robot.key(K.Key_F6)
    over = sheet(robot)
    fill(robot)
    agree(robot, over, "the next step to be done")


def _choose_buyer(robot: Robot) -> None:
    """Choose the buyer of the first sale by their phone."""
    buyers = robot.the(BuyersEdit, "the buyers' field")
    robot.click(buyers.search)
    robot.write(PHONE)
    robot.until(buyers.hints.isVisible, "the hints")
    robot.key(K.Key_Return)
    robot.until(lambda: bool(buyers.chosen), "the buyer on the list")


CALLS: tuple[tuple[str, Act], ...] = (("register calls", calls),)
MONEY: tuple[tuple[str, Act], ...] = (
    ("collect fees for others", collect),
    ("turn a small deposit into a deposit", turn_into_deposit),
    ("change the buyers", change_buyers),
)
HOMES: tuple[tuple[str, Act], ...] = (
    ("say that a building stands", complete),
    ("sell a completed home", sell_completed),
)
"""Its parts of the tour: after the slip of a visit, after the sale, after the import of a building."""
