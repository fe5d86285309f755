"""The thin bar on top: project, the page's own switches, one search box, the connection, who I am."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from salescenter.i18n import LANGUAGES, spoken, tr
from salescenter.ui.kit import theme
from salescenter.ui.kit.finder import Finder
from salescenter.ui.kit.labels import ElidedLabel, Label

T = TypeVar("T")
HEIGHT = 52
LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}


class Link(Enum):
    """How the desk stands with its database."""

    ONE_PC = "one-pc"
    ON_LAN = "on-lan"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class WhoMenu:
    """Who sits here, and what the menu under the name does."""

    name: str
    role: str
    switch_user: Callable[[], object]
    language: Callable[[str], object]
    dark: Callable[[bool], object]
    keys: Callable[[], object]
    leave: Callable[[], object]


class TopBar(QFrame):
    """Project, switches, search, connection, person."""

    def __init__(self, project: str, finder: Finder, who: WhoMenu) -> None:
        super().__init__()
        self.setProperty("look", "topbar")
        self.setFixedHeight(HEIGHT)
        self.finder = finder
        self._project = ElidedLabel(project, "headline")
        self._project.setMaximumWidth(self._project.fontMetrics().horizontalAdvance(project) * 2)
        self._project.setMinimumWidth(70)
        self._project.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._slot = QHBoxLayout()
        self._link = Label("", "accent")
        self._who = _who_button(who)
        finder.setMinimumWidth(150)
        finder.setMaximumWidth(560)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 10, 0)
        layout.setSpacing(14)
        layout.addWidget(self._project)
        layout.addLayout(self._slot)
        layout.addWidget(finder, 100)
        layout.addStretch(1)
        layout.addWidget(self._link)
        layout.addWidget(self._who)
        self._switches: QWidget | None = None

    def offer_projects(self, projects: Sequence[tuple[int, str]], chosen: Callable[[int], object]) -> None:
        """Where the database holds several projects, open a menu of them under the name."""
        if len(projects) < 2:
            return
        menu = QMenu(self)
        for number, name in projects:
            _offer(menu, name, _chooser(chosen, number), on=name == self._project.whole())
        more = QPushButton("")
        more.setProperty("look", "who")
        more.setAccessibleName(tr("Another project"))
        more.setMenu(menu)
        self._slot.insertWidget(0, more)

    def show_switches(self, switches: QWidget | None) -> None:
        """Put the open page's own switches into the bar, or none."""
        if self._switches is not None:
            self._switches.hide()
        self._switches = switches
        if switches is not None:
            if self._slot.indexOf(switches) < 0:
                self._slot.addWidget(switches)
            switches.show()

    def show_link(self, link: Link, online: int = 0) -> None:
        """Show how the desk stands with its database; `online` is the number of desks on the LAN."""
        words = {
            Link.ONE_PC: tr("This PC"), Link.ON_LAN: tr("LAN · {count} online", count=online),
            Link.AWAY: tr("Database away"),
        }[link]
        self._link.say(f"● {words}", "danger" if link is Link.AWAY else "accent")


def _who_button(who: WhoMenu) -> QPushButton:
    button = QPushButton(f"{who.name} · {who.role}")
    button.setProperty("look", "who")
    menu = QMenu(button)
    _offer(menu, tr("Lock, or switch user") + "\tCtrl+L", lambda _: who.switch_user())
    menu.addSeparator()
    for language in LANGUAGES:
        _offer(menu, LANGUAGE_NAMES[language], _chooser(who.language, language), on=language == spoken())
    menu.addSeparator()
    _offer(menu, tr("Dark"), who.dark, on=theme.tokens().dark)
    _offer(menu, tr("Keys") + "\tF1", lambda _: who.keys())
    menu.addSeparator()
    _offer(menu, tr("Log out"), lambda _: who.leave())
    button.setMenu(menu)
    return button


def _chooser(choose: Callable[[T], object], value: T) -> Callable[[bool], object]:
    return lambda _: choose(value)


def _offer(menu: QMenu, words: str, do: Callable[[bool], object], *, on: bool | None = None) -> None:
    """Add a line to the menu; with `on` it carries a tick."""
    action = menu.addAction(words)
    if on is not None:
        action.setCheckable(True)
        action.setChecked(on)
    action.triggered.connect(lambda now: do(now))  # noqa: PLW0108  Qt gives a built-in no argument
