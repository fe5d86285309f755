"""Letters, forms and lists of the house: made in the paper lane, shown in the preview, offered in a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.services.papers.house import About, Wish, offered
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room


def show_house_paper(room: Room, kind: PaperKind, about: int) -> None:
    """Show a paper about a deal, unit or project (its id) as of today; says why where it cannot be made."""
    now = room.now()

    def make() -> Paper:
        from salescenter.ui.kit.issued_papers import of_house  # noqa: PLC0415  type-setting is loaded by a paper alone

        return of_house(room.desk, Wish(kind, about, now.date()), now)

    room.papers.run(make, room.show_paper, owner=room.bulletin, refused=room.refuse)


def deal_papers_menu(parent: QWidget, room: Room, deal: int, state: UnitState) -> QMenu:
    """Build the menu of all papers a deal may have in its state, then the lists of the house."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    add_papers(menu, room, About.DEAL, deal, state)
    menu.addSeparator()
    add_papers(menu, room, About.PROJECT, room.desk.project)
    return menu


def add_papers(menu: QMenu, room: Room, of: About, about: int, state: UnitState | None = None) -> None:
    """Add the papers about a deal, unit or project that this role may open."""
    for kind in offered(of, state):
        if may_open(room.desk.who.role, kind):
            menu.addAction(f"{paper_words(kind)} …", partial(show_house_paper, room, kind, about))
    menu.setAccessibleName(tr("Papers to print"))
