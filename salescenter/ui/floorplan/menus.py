"""The menus of the grid: of a unit, of several, and of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark, tr
from salescenter.services.card_values import UnitCard
from salescenter.ui.floorplan.card_steps import BEFORE_CUSTOMERS, ENDINGS
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.cell_colours import CellTheme, Chosen
from salescenter.ui.kit.terms import step_words
from salescenter.ui.kit.words import refusal_words

Do = Callable[[], object]

THEMES: dict[CellTheme, str] = {
    CellTheme.TRADE: mark("As the trade paints them"),
    CellTheme.COLOUR_BLIND: mark("Safe for colour-blind eyes"),
    CellTheme.OFFICIAL: mark("As the official boards"),
}


def unit_menu(
    parent: QWidget, card: UnitCard, perform: Callable[[Step], object], mark_it: Do, *, private: bool
) -> QMenu:
    """Build the menu of one unit: steps that are open, then closed ones with their reason as tooltip."""
    menu = _menu(parent)
    menu.setToolTipsVisible(True)
    offers = [offer for offer in card.offers if not private or offer.step in BEFORE_CUSTOMERS]
    for offer in sorted(offers, key=lambda offer: (offer.refusal is not None, offer.step in ENDINGS)):
        action = menu.addAction(step_words(offer.step) + ("\tF6" if offer.step is card.main_step else ""))
        if offer.refusal is not None:
            action.setEnabled(False)
            action.setToolTip(" ".join(refusal_words(offer.refusal)))
        action.triggered.connect(lambda _=False, step=offer.step: perform(step))
    menu.addSeparator()
    _add(menu, tr("Compare") + "\t" + tr("Space"), mark_it)
    _add(menu, tr("Copy {code}", code=card.code), lambda: QGuiApplication.clipboard().setText(card.code))
    return menu


def batch_menu(parent: QWidget, steps: Sequence[Step], perform: Callable[[Step], object]) -> QMenu:
    """Build the menu of several units."""
    menu = _menu(parent)
    for step in steps:
        _add(menu, step_words(step), partial(perform, step))
    return menu


def page_menu(parent: QWidget, entries: Sequence[tuple[str, Do] | None]) -> QMenu:
    """Build the menu of the page; None is a line across. The themes of the state colours stand at its end."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            _add(menu, *entry)
    themes = menu.addMenu(tr("State colours"))
    group = QActionGroup(themes)
    for one, words in THEMES.items():
        action = themes.addAction(tr(words))
        action.setCheckable(True)
        action.setChecked(one is cell_colours.chosen().theme)
        action.triggered.connect(lambda _=False, one=one: choose_theme(one))
        group.addAction(action)
    return menu


def choose_theme(wanted: CellTheme) -> None:
    """Wear another theme of state colours; grounds changed by hand belong to the theme before and go."""
    cell_colours.choose(Chosen(wanted))


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(menu: QMenu, words: str, do: Do) -> None:
    menu.addAction(words).triggered.connect(lambda _=False: do())
