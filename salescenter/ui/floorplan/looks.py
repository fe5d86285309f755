"""How each cell of the estate is to look: its ground by state or scale, faded where it does not match."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QImage

from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.grounds import COUNT, SCALE_FIRST, Grounds
from salescenter.ui.floorplan.plan import EMPTY, Plan, Slab
from salescenter.ui.floorplan.tiles import faded_look, ground_of, is_faded, look, plain_looks

HOLE = 2 * COUNT
SAME = 255
"""As an earlier state: it was the same."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What the grid is asked to show beside the states themselves.

    fits: 1 for each unit that matches the filter, None where nothing is filtered; steps: the step of a scale
    (0..7) for each unit, None for colours by state; was: the state of each unit at an earlier moment, 255
    (SAME) where it was the same, None where nothing is compared; private: the customer is looking.
    """

    fits: Sequence[int] | None = None
    steps: Sequence[int] | None = None
    was: Sequence[int] | None = None
    private: bool = False

    @property
    def plain(self) -> bool:
        """Whether colours say the states and nothing is faded or compared."""
        return self.fits is None and self.steps is None and self.was is None


class Looks:
    """The look of every unit, as one number each, and the estate as small pictures of one pixel a unit."""

    def __init__(self, estate: Estate, showing: Showing) -> None:
        self.estate, self.showing = estate, showing
        self.of = array("l", self._all())
        self._maps: dict[int, QImage] = {}
        self._colours: list[int] = []

    def refresh(self, units: Iterable[int]) -> None:
        """Look again at units that changed."""
        for i in units:
            self.of[i] = self._look(i)

    def _all(self) -> Iterable[int]:
        if self.showing.plain:
            return plain_looks(self.estate.states, self.estate.cells.flags)
        return map(self._look, range(len(self.estate)))

    def _look(self, i: int) -> int:
        showing, state = self.showing, self.estate.states[i]
        ground = state if showing.steps is None else SCALE_FIRST + showing.steps[i]
        was = -1 if showing.was is None or showing.was[i] == SAME else showing.was[i]
        packed = look(ground, state, self.estate.cells.flags[i], was=was)
        faded = showing.fits is not None and not showing.fits[i]
        return faded_look(packed) if faded else packed

    def map_of(self, slab: Slab, colours: list[int]) -> QImage:
        """Return a stair's section as a picture of one pixel a unit in these colours (see `colour_table`)."""
        if colours is not self._colours:
            self._maps.clear()
            self._colours = colours
        made = self._maps.get(id(slab))
        if made is None:
            width = slab.columns
            slots = slab.slots[slab.first * width : slab.last * width]
            pixels = array("I", (colours[HOLE if unit == EMPTY else self._pixel(unit)] for unit in slots))
            kept = QImage(pixels.tobytes(), width, len(pixels) // width, width * 4, QImage.Format.Format_RGB32)
            made = self._maps[id(slab)] = kept.copy()
        return made

    def repixel(self, plan: Plan, units: Iterable[int]) -> None:
        """Repaint the pixels of units that changed."""
        if not self._maps:
            return
        for unit in units:
            if place := plan.place(unit):
                slab = plan.blocks[place.block].slabs[place.slab]
                if made := self._maps.get(id(slab)):
                    made.setPixel(place.column, place.row - slab.first, self._colours[self._pixel(unit)])

    def _pixel(self, unit: int) -> int:
        packed = self.of[unit]
        return ground_of(packed) + (COUNT if is_faded(packed) else 0)


def colour_table(grounds: Grounds) -> list[int]:
    """Return the colours of the small pictures as 0xFFRRGGBB: grounds, faded grounds, and HOLE for no unit."""
    table = [QColor(cell.ground).rgb() for cell in (*grounds.cells, *grounds.faded)]
    return [*table, QColor(grounds.panel).rgb()]
