"""The whole window of a desk of a LAN at 1366x768 and 150 per cent, with a switch for the weather and company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from salescenter.domain.grid import Onlooker, Present
from salescenter.domain.refusals import DatabaseAway
from salescenter.services import find
from salescenter.services.waiting.shelf import Shelf
from salescenter.ui.floorplan.page import FloorplanPage
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.premises import Doors, Premises
from salescenter.ui.kit.pulse import Pulse
from salescenter.ui.kit.room import Bulletin, deaf
from salescenter.ui.kit.tie import Tie
from salescenter.ui.kit.topbar import Link
from salescenter.ui.pages import PAGES
from salescenter.ui.reception.page import ReceptionPage
from salescenter.ui.shell import Shell
from tests.ui.sampled import NOW, Sampled

P = TypeVar("P")
SCREEN = (911, 512)
SERVER = "postgresql://10.0.0.5/salescenter"
PROJECT = "云栖花园"
GONE = timedelta(minutes=12)


class Beat(QObject):
    """A pulse that beats when the test says so."""

    heard, away = Signal(), Signal(object)

    def look(self) -> None:
        """Nobody answers."""


@dataclass(slots=True)
class SmallShell:
    """The window, what ties it to its server, and how long that has been silent."""

    shell: Shell
    beat: Beat
    clock: list[datetime]
    tie: Tie

    def go_away(self, why: str = "connection refused: 10.0.0.5, port 5432") -> None:
        """The server has been silent for twelve minutes; whatever stands in the window says so."""
        self.clock[0] = NOW + GONE
        self.beat.away.emit(DatabaseAway(why=why))
        QApplication.processEvents()

    def come_back(self) -> None:
        """It answers again."""
        self.beat.heard.emit()
        QApplication.processEvents()

    def grid(self) -> FloorplanPage:
        """Bring the grid to the front."""
        return self._open("floorplan", FloorplanPage)

    def reception(self) -> ReceptionPage:
        """Bring reception to the front."""
        return self._open("reception", ReceptionPage)

    def _open(self, key: str, kind: type[P]) -> P:
        self.shell.open_page(key)
        QApplication.processEvents()
        page = self.shell.stage.currentWidget()
        assert isinstance(page, kind)
        return page


def small_shell(here: Sampled, folder: Path, add: Callable[[Shell], object]) -> SmallShell:
    """Open the window; `add` sees to it that it is closed."""
    clock, bulletin = [NOW], Bulletin()
    doors = Doors(lambda: None, deaf, deaf, lambda: None)
    premises = Premises(
        here.desk, PROJECT, PAGES, Inline(), Inline(), lambda: clock[0], lambda text: find.find(here.desk, text),
        lambda: None, deaf, bulletin, Drafts(folder / "drafts"), doors, waiting=Shelf(folder / "waiting", SERVER, PROJECT),
    )  # fmt: skip
    shell = Shell(premises)
    add(shell)
    beat = Beat()
    tie = Tie(here.desk, cast("Pulse", beat), bulletin, shell, lambda: NOW, shell)
    shell.resize(*SCREEN)
    shell.bar.show_link(Link.ON_LAN, 2)
    shell.show()
    QApplication.processEvents()
    return SmallShell(shell, beat, clock, tie)


def come(page: FloorplanPage) -> None:
    """Two other desks are at units that are in sight here: one looks, one works, and both at a third."""
    canvas = page.canvas
    assert canvas is not None
    seen = [i for i in range(len(canvas.estate.cells.id)) if canvas.viewport().rect().contains(canvas.cell_rect(i))]
    first, second, third = (canvas.estate.cells.id[i] for i in seen[:3])
    there = (Onlooker(first, "王芳"), Onlooker(second, "林晓", working=True), Onlooker(third, "王芳"),
             Onlooker(third, "林晓", working=True))  # fmt: skip
    page.room.bulletin.present.emit(Present(there, 3))
    QApplication.processEvents()
