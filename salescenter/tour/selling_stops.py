"""The sale on the tour: quote, hold, subscribe, draft, sign, take money, with every paper that comes out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from salescenter.domain.units import Step, UnitState
from salescenter.i18n import tr
from salescenter.tour import papers
from salescenter.tour.album import Album
from salescenter.tour.grid_stops import canvas, code_in, go_to_grid, open_unit, state_of
from salescenter.tour.robot import Robot
from salescenter.ui.deals.people import BuyersEdit
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.words import step_words

Act = Callable[[Robot, Album], None]
K = Qt.Key

PHONE = "13800139077"
_ID, _HOME = "430102198808080117", "长沙市芙蓉区样板路1号2栋301房"
"""What the contract names of a buyer nobody knows: a number that passes the checks, and a street that is none."""


class Sale:
    """What one stop leaves for the next: the unit that is being sold."""

    code = ""


def sheet(robot: Robot) -> Sheet:
    """The sheet that is open, with its form built."""
    robot.until(lambda: isinstance(robot.window(), Sheet), "a sheet over the window")
    found = robot.window()
    assert isinstance(found, Sheet)
    robot.until(lambda: found.form is not None, "the form of the sheet")
    robot.settle(200)
    return found


def step(robot: Robot, which: Step) -> Sheet:
    """Press a step's button on the card."""
    robot.press(step_words(which))
    return sheet(robot)


def agree(robot: Robot, over: Sheet, what: str) -> None:
    """Do what a sheet says, and wait until it is gone; a sheet that is done with may be no object any more."""
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: robot.window() is not over, what)


def quote(robot: Robot, album: Album) -> None:
    """Work out a quotation with a combined loan for a free unit."""
    Sale.code = code_in(go_to_grid(robot), UnitState.FOR_SALE, "3-")
    open_unit(robot, Sale.code)
    step(robot, Step.QUOTE)
    robot.press(tr("Combined loan"))
    robot.settle(400)
    album.see("quote")
    robot.key(K.Key_Return, ctrl=True)
    papers.take(robot, album, "quotation")


def hold(robot: Robot, album: Album) -> None:
    """Hold the unit for a day, with a reason."""
    open_unit(robot, Sale.code)
    step(robot, Step.HOLD)
    robot.press(tr("Customer is deciding"))
    album.see("hold")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: state_of(canvas(robot), Sale.code) is UnitState.HELD, f"{Sale.code} held on the grid")
    robot.settle(300)
    album.see("grid-held")


def subscribe(robot: Robot, album: Album) -> None:
    """Subscribe the unit to a buyer nobody knew, typed in Chinese, with the deposit paid by card."""
    open_unit(robot, Sale.code)
    robot.key(K.Key_F6)
    over = sheet(robot)
    buyers = robot.the(BuyersEdit, "the buyers' field")
    robot.click(buyers.search)
    robot.write(PHONE)
    robot.until(buyers.hints.isVisible, "the hints")
    robot.key(K.Key_Return)
    robot.until(buyers.newcomer.isVisible, "the newcomer's form")
    robot.fill(tr("Name"), "欧阳思远")
    robot.fill(tr("ID card number"), _ID)
    robot.fill(tr("Address"), _HOME)
    robot.tick(buyers.newcomer.consent)
    album.see("subscribe-newcomer")
    robot.click(buyers.newcomer.button)
    robot.until(lambda: bool(buyers.chosen), "the buyer on the list")
    robot.settle(200)
    album.see("subscribe")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), "the subscription to be done")
    papers.take(robot, album, "subscription", "receipt")
    robot.until(lambda: state_of(canvas(robot), Sale.code) is UnitState.SUBSCRIBED, f"{Sale.code} subscribed")
    robot.settle(300)
    album.see("grid-subscribed")


def draft(robot: Robot, album: Album) -> None:
    """Draft the contract."""
    open_unit(robot, Sale.code)
    robot.key(K.Key_F6)
    over = sheet(robot)
    album.see("draft")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), "the draft to be done")
    papers.take(robot, album, "contract")


def sign(robot: Robot, album: Album) -> None:
    """Sign it under its official number."""
    open_unit(robot, Sale.code)
    robot.key(K.Key_F6)
    over = sheet(robot)
    robot.fill(tr("Contract number"), "YX2026900001")
    album.see("sign")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), "the signing to be done")
    papers.take(robot, album, "contract")
    robot.until(lambda: state_of(canvas(robot), Sale.code) is UnitState.SIGNED, f"{Sale.code} signed")


def receive(robot: Robot, album: Album) -> None:
    """Take the rest of the price."""
    open_unit(robot, Sale.code)
    over = step(robot, Step.RECEIVE_MONEY)
    album.see("receive-money")
    robot.key(K.Key_Return, ctrl=True)
    robot.until(lambda: not over.isVisible(), "the money to be taken")
    papers.take(robot, album, "receipt")
    robot.settle(300)
    album.see("grid-signed-and-paid")


STOPS: tuple[tuple[str, Act], ...] = (
    ("quote a unit", quote),
    ("hold it", hold),
    ("subscribe it", subscribe),
    ("draft the contract", draft),
    ("sign the contract", sign),
    ("take the money", receive),
)
"""The sale's part of the tour."""
