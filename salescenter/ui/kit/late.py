"""What is imported when it is first needed, so that neither the log-in nor the grid waits for it.

What knows nothing of Qt is imported in a lane. What uses Qt is imported on the screen's thread alone, one module after
the other with the keys answered in between: PySide6 makes its types when they are first named (see `qt_types`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from salescenter.ui.kit import qt_types

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from salescenter.services.card_values import UnitCard
    from salescenter.services.find import Hit
    from salescenter.services.waiting.shelf import Shelf
    from salescenter.services.work import Desk
    from salescenter.ui.kit.lane import Runner
    from salescenter.ui.kit.paper import Keeper, Paper
    from salescenter.ui.kit.premises import Premises
    from salescenter.ui.kit.print_watch import PrintWatch
    from salescenter.ui.kit.room import Room

SERVICES = ("salescenter.services.grid", "salescenter.domain.grid_find", "salescenter.domain.grid_scales")
"""What the shell and the grid stand on; imported in a lane while the name is typed."""

SHELL = (
    "salescenter.ui.pages", "salescenter.ui.kit.finder", "salescenter.ui.kit.sheet", "salescenter.ui.shell",
    "salescenter.ui.floorplan.back_in_time", "salescenter.ui.floorplan.painter", "salescenter.ui.floorplan.canvas",
    "salescenter.ui.floorplan.filters", "salescenter.ui.floorplan.side", "salescenter.ui.floorplan.page",
)
"""The shell and its first page, in pieces of a few milliseconds; imported on the screen's thread."""

LATE_SERVICES = (
    "salescenter.services.card", "salescenter.services.papers.archive", "salescenter.services.price_preview",
    "salescenter.services.find", "salescenter.services.papers.receipts", "salescenter.services.papers.house",
    "salescenter.services.names", "pypdfium2", "reportlab.platypus",
)
"""Wanted by the first card, the first search, the first paper and the first customer; imported in a lane."""

LATER = 1_500
"""Milliseconds until they are: two threads that import take each other's time, and the grid comes first."""

LATE = (
    "salescenter.ui.kit.words", "salescenter.ui.kit.hit_list", "salescenter.ui.floorplan.card",
    "salescenter.ui.kit.record_table", "salescenter.ui.floorplan.past_views", "salescenter.ui.floorplan.menus",
    "salescenter.ui.floorplan.batch_sheets", "salescenter.ui.kit.printing", "salescenter.ui.kit.preview",
    "salescenter.ui.kit.keeping",
)
"""Wanted by the first unit, refusal, search, step on many units and paper; imported on the screen's thread."""


def load(names: Iterable[str]) -> None:
    """Import modules by name, in a lane while nobody waits."""
    for name in names:
        import_module(name)


def load_on_screen(names: Iterable[str]) -> None:
    """Import modules that use Qt, one at a time; return at once."""
    in_turn(*(partial(import_module, name) for name in names))


def in_turn(*works: Callable[[], object]) -> None:
    """Do one after the other, each when the keys and clicks before it are answered; return at once."""
    def begin() -> None:
        works[0]()
        in_turn(*works[1:])

    if works:
        QTimer.singleShot(0, begin)


def when_nobody_waits(lane: Runner, owner: QObject) -> None:
    """Import what the first paper and the first search will want, a second after the log-in or the grid stands."""
    QTimer.singleShot(LATER, owner, qt_types.make_in_turn)
    QTimer.singleShot(LATER + 500, owner, lambda: lane.run(
        lambda: load(LATE_SERVICES), lambda _: load_on_screen(LATE), owner=owner))


def find(desk: Desk, text: str) -> tuple[Hit, ...]:
    """Find what a text can mean."""
    return cast("tuple[Hit, ...]", import_module("salescenter.services.find").find(desk, text))


def card(desk: Desk, unit: int, now: datetime) -> UnitCard:
    """Read the card of a unit (its id); in a lane."""
    return cast("UnitCard", import_module("salescenter.services.card").card(desk, unit, now))


def lock_minutes(desk: Desk, day: date) -> int:
    """Read after how many minutes without a touch the house covers a desk's work, 0 for never; in a lane."""
    return cast("int", import_module("salescenter.services.settings").rules_of(desk, day).lock_minutes)


def refusal_words(trouble: Exception) -> tuple[str, str]:
    """Say why not, and the remedy; what knows every refusal of the house is imported for the first."""
    return cast("tuple[str, str]", import_module("salescenter.ui.kit.words").refusal_words(trouble))


def export(desk: Desk, what: str, now: datetime) -> tuple[bytes, int]:
    """Write a list as .xlsx with its stamp, and tell the history who takes it; returns how many rows too; in a lane."""
    return cast("tuple[bytes, int]", import_module("salescenter.services.exports").export(desk, what, now))


def archived(desk: Desk, paper: int, now: datetime) -> Paper:
    """Fetch a kept paper (its id), and tell the history who looks at it; in a lane."""
    return cast("Paper", import_module("salescenter.ui.kit.archived").archived(desk, paper, now))


def keeper(desk: Desk, now: Callable[[], datetime]) -> Keeper:
    """Return the archive of the house."""
    return cast("Keeper", import_module("salescenter.ui.kit.keeping").HouseKeeper(desk, now))


def shelf(desk: Desk, folder: Path, project: str) -> Shelf | None:
    """Return where visits wait while the desk's server is away; a house in a file of this PC never loads it."""
    if desk.engine.dialect.name == "sqlite":
        return None
    found = cast("Shelf", import_module("salescenter.services.waiting.shelf").shelf_of(desk, folder, project))
    found.sweep(time.time())
    return found


def printing(given: Premises, window: QObject) -> Callable[[], PrintWatch]:
    """Return what gives the watch over this PC's printers; it is made the first time and stands as long as a window."""

    @cache
    def watch() -> PrintWatch:
        house = import_module("salescenter.ui.kit.printing").print_house(given.drafts)
        made = import_module("salescenter.ui.kit.print_watch").PrintWatch
        return cast("PrintWatch", made(house, given.desk.project, given.papers, given.now, window))

    return watch


def look_after_printing(
    room: Room, window: QObject, say: Callable[[str, str, str], None], unsay: Callable[[str], None]
) -> None:
    """A while after the first page stands, look what became of the print jobs, and say aloud what goes wrong."""
    QTimer.singleShot(2 * LATER, window, lambda: import_module("salescenter.ui.kit.print_watch").speak_up(
        room.printing(), say, unsay))


def bring_home(room: Room, window: QWidget) -> None:
    """Let what waits go in when the server is back, for as long as a window stands."""
    if room.waiting is not None:
        import_module("salescenter.ui.kit.homecoming").Homecoming(room, room.waiting, window)
