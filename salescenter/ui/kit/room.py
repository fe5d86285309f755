"""The room a page lives in: everything it is given, and it reaches for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from salescenter.domain.units import Step
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Runner
from salescenter.ui.kit.paper import Paper

if TYPE_CHECKING:  # services pull in SQLAlchemy, which start-up may not wait for
    from salescenter.services.server.door import OnThisPc
    from salescenter.services.waiting.shelf import Shelf
    from salescenter.services.work import Desk
    from salescenter.ui.kit.cell_colours import Chosen
    from salescenter.ui.kit.print_watch import PrintWatch


class Bulletin(QObject):
    """Where news of the estate is posted; every page may listen, and say where its user is."""

    arrived = Signal(object)  # domain.grid.GridNews: what the feed brought
    hinted = Signal(object)   # tuple of domain.grid.CellChange: just committed at another desk, the feed confirms it
    stirred = Signal()        # another desk changed what no cell shows: somebody asks for an approval, or answers
    present = Signal(object)  # domain.grid.Present: where the other desks are
    away = Signal(object)     # the moment the database was last heard, None when it is back
    looking = Signal(int)     # the unit this desk looks at, 0 none
    working = Signal(int)     # the unit a form is open of, 0 none
    brought = Signal(object)  # services.waiting.merging.Brought: what waited here and is on record now, or is open
    settled = Signal()        # somebody decided about a visit that waits here

    away_since: datetime | None = None
    """The moment a server was last heard that is away now, for pages that are opened meanwhile."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at_work: list[int] = []  # the units of the sheets that are open here, the newest last


def deaf(_said: object) -> None:
    """Hear a wish and do nothing: where nobody is there to grant it, as in tests."""


def no_printers() -> PrintWatch:
    """Nobody prints here: where there is no PC, as in a test that wants none."""
    raise LookupError("this room has no printers")


@dataclass(frozen=True, slots=True)
class Looks:
    """How this user's screens speak and look on this PC; each change is worn at once and remembered."""

    language: Callable[[str], object] = deaf
    dark: Callable[[bool], object] = deaf
    cells: Callable[[Chosen], object] = deaf


@dataclass(frozen=True, slots=True)
class Room:
    """What a page may use.

    desk: who works here, on which project and PC. lane: database work; papers: papers and figures.
    now: this moment, with its zone. say: the quiet line at the foot of the window. refuse: show a Refusal or
    Weather as a banner with its remedy. go: open another area by page key with an argument, such as
    `go("floorplan", unit_id)`. perform: start a step on a unit id, whichever page owns its form. show_paper:
    open the preview. changed: look at the feed now. bulletin: `arrived(GridNews)`. drafts: half-filled forms.
    looks: this user's language, light or dark, colours of cells. waiting: where visits wait while the server is away;
    none where the house is a file of this PC. door: what failed at a server's door on this PC. printing: the watch over
    this PC's printers and their jobs, made when it is first asked for.
    """

    desk: Desk
    lane: Runner
    papers: Runner
    now: Callable[[], datetime]
    say: Callable[[str], None]
    refuse: Callable[[Exception], None]
    go: Callable[[str, object], None]
    perform: Callable[[Step, int], None]
    show_paper: Callable[[Paper], None]
    changed: Callable[[], None]
    bulletin: Bulletin
    drafts: Drafts
    looks: Looks = Looks()
    waiting: Shelf | None = None
    door: OnThisPc | None = None
    printing: Callable[[], PrintWatch] = no_printers
