"""Looking back: the grid as it stood at a moment, and what changed between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salescenter.domain.grid import Cells, Layout, standings
from salescenter.domain.grid_figures import Difference, differences
from salescenter.domain.units import UnitState
from salescenter.services import grid
from salescenter.services.work import Desk
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.live import milliseconds
from salescenter.ui.floorplan.looks import SAME


@dataclass(frozen=True, slots=True)
class Compared:
    """Two moments of the estate: the later one, how each unit stood at the earlier, and what differs."""

    estate: Estate
    was: bytearray
    fits: bytearray
    found: tuple[Difference, ...]


def estate_at(desk: Desk, layout: Layout, moment: datetime) -> Estate:
    """Read how the estate stood at a moment; runs in the lane."""
    return Estate(layout, grid.cells_at(desk, moment), milliseconds(moment))


def compare(desk: Desk, layout: Layout, moments: tuple[datetime, datetime]) -> Compared:
    """Read two moments and find what differs; runs in the lane."""
    earlier, later = (grid.cells_at(desk, moment) for moment in moments)
    then, now = (milliseconds(moment) for moment in moments)
    return compared(layout, (earlier, then), (later, now))


def compared(layout: Layout, earlier: tuple[Cells, int], later: tuple[Cells, int]) -> Compared:
    """Put two readings (cells, milliseconds) side by side."""
    estate = Estate(layout, *later)
    found = differences(earlier[0], standings(*earlier), estate.cells, estate.states)
    was, fits = bytearray([SAME]) * len(estate), bytearray(len(estate))
    for one in found:
        i = estate.index.get(one.id)
        if i is not None:
            fits[i] = 1
            if one.state[0] != one.state[1]:
                was[i] = UnitState.NOT_RELEASED if one.state[0] is None else one.state[0]
    return Compared(estate, was, fits, found)
