"""The menus of the grid: of a unit, of several, and of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark, sentences, tr
from salescenter.ui.floorplan import handing_out
from salescenter.ui.floorplan.card_steps import BEFORE_CUSTOMERS, ENDINGS
from salescenter.ui.floorplan.colours_sheet import ColoursSheet
from salescenter.ui.kit import cell_colours, late
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.room import Looks
from salescenter.ui.kit.terms import step_words
from salescenter.ui.kit.words import refusal_words

if TYPE_CHECKING:
    from salescenter.services.card_values import UnitCard
    from salescenter.ui.floorplan.canvas import GridCanvas
    from salescenter.ui.floorplan.page import FloorplanPage

Do = Callable[[], object]

THEMES: dict[CellTheme, str] = {
    CellTheme.TRADE: mark("As the trade paints them"),
    CellTheme.COLOUR_BLIND: mark("Safe for colour-blind eyes"),
    CellTheme.OFFICIAL: mark("As the official boards"),
}


def open_unit_menu(page: FloorplanPage, canvas: GridCanvas, unit: int, at: QPoint) -> None:
    """Open the menu of one unit (its place in the estate) when what may be done with it was asked."""
    desk, now, unit_id = page.room.desk, page.room.now(), canvas.estate.cells.id[unit]

    def show(read: UnitCard) -> None:
        unit_menu(page, read, lambda step: page.room.perform(step, read.id), lambda: canvas.selection.mark(unit),
                  private=page.private).popup(at)  # fmt: skip

    page.room.lane.run(lambda: late.card(desk, unit_id, now), show, owner=page, refused=page.room.refuse)


def unit_menu(
    page: FloorplanPage, card: UnitCard, perform: Callable[[Step], object], mark_it: Do, *, private: bool
) -> QMenu:
    """Build the menu of one unit: steps that are open, then closed ones with their reason as tooltip."""
    menu = _menu(page)
    menu.setToolTipsVisible(True)
    offers = [offer for offer in card.offers if not private or offer.step in BEFORE_CUSTOMERS]
    for offer in sorted(offers, key=lambda offer: (offer.refusal is not None, offer.step in ENDINGS)):
        action = menu.addAction(step_words(offer.step) + ("\tF6" if offer.step is card.main_step else ""))
        if offer.refusal is not None:
            action.setEnabled(False)
            action.setToolTip(sentences(refusal_words(offer.refusal)))
        action.triggered.connect(lambda _=False, step=offer.step: perform(step))
    menu.addSeparator()
    if not private:
        page.presses.offer(menu, page.room, card.id)
    _add(menu, tr("Compare") + "\t" + tr("Space"), mark_it)
    _add(menu, tr("Copy {code}", code=card.code), lambda: QGuiApplication.clipboard().setText(card.code))
    return menu


def batch_menu(parent: QWidget, steps: Sequence[Step], perform: Callable[[Step], object]) -> QMenu:
    """Build the menu of several units."""
    menu = _menu(parent)
    for step in steps:
        _add(menu, step_words(step), partial(perform, step))
    return menu


def page_menu(page: FloorplanPage) -> QMenu:
    """Build the menu of the page: views, paper, colours."""
    menu = _menu(page)
    private = tr("Leave the customer view") if page.private else tr("Customer view")
    averages = tr("Hide average prices") if page.averages else tr("Average price of each floor")
    _add(menu, f"{private}\tF4", page.customer_view)
    _add(menu, f"{tr('Wall view')}\tF11", page.wall_view)
    _add(menu, averages, lambda: page.show_averages(not page.averages))
    menu.addSeparator()
    _add(menu, f"{tr('Print on A3')}\tF8", lambda: handing_out.print_grid(page))
    _add(menu, tr("Print on A4"), lambda: handing_out.print_grid(page, "A4"))
    _add(menu, tr("Save as Excel …"), lambda: handing_out.export_grid(page))
    menu.addSeparator()
    _add_themes(menu.addMenu(tr("State colours")), page.room.looks)
    _add(menu, tr("Change colours …"), lambda: ColoursSheet(page.room.looks).stand_over(page.window()))
    return menu


def _add_themes(menu: QMenu, looks: Looks) -> None:
    group = QActionGroup(menu)
    for one, words in THEMES.items():
        action = menu.addAction(tr(words))
        action.setCheckable(True)
        action.setChecked(one is cell_colours.chosen().theme)
        action.triggered.connect(lambda _=False, one=one: looks.cells(Chosen(one)))
        group.addAction(action)


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(menu: QMenu, words: str, do: Do) -> None:
    menu.addAction(words).triggered.connect(lambda _=False: do())
