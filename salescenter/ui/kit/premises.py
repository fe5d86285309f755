"""What the shell is given by whoever starts the program; nothing else reaches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Runner
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.paper import Keeper
from salescenter.ui.kit.room import Bulletin, deaf

if TYPE_CHECKING:
    from salescenter.services.find import Hit
    from salescenter.services.server.door import OnThisPc
    from salescenter.services.waiting.shelf import Shelf
    from salescenter.services.work import Desk
    from salescenter.ui.kit.cell_colours import Chosen


def nobody() -> None:
    """Nobody keeps papers: where there is no house, as in tests."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways out of the shell: another person, language, light or dark, the log-in page, colours of cells.

    led_out: the log-in page that says why nobody goes on here.
    """

    switch_user: Callable[[], object]
    language: Callable[[str], object]
    dark: Callable[[bool], object]
    leave: Callable[[], object]
    led_out: Callable[[Exception], object] = deaf
    cells: Callable[[Chosen], object] = deaf


@dataclass(frozen=True, slots=True)
class Premises:
    """One desk with its lanes, its areas and its ways out.

    find: what a text typed into the search box can mean (runs in the lane). changed: look at the feed now.
    bug: show what nobody expected. keeper: whoever keeps the papers that leave the house, asked
    for when the first one is shown. waiting: where visits wait for a server that is away.
    door: what failed at a server's door on this PC.
    """

    desk: Desk
    project: str
    pages: Sequence[Page]
    lane: Runner
    papers: Runner
    now: Callable[[], datetime]
    find: Callable[[str], Sequence[Hit]]
    changed: Callable[[], None]
    bug: Callable[[BaseException], None]
    bulletin: Bulletin
    drafts: Drafts
    doors: Doors
    keeper: Callable[[], Keeper | None] = nobody
    waiting: Shelf | None = None
    door: OnThisPc | None = None
