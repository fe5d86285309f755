"""Colouring the control grid by something else than state: price, days unsold, times quoted, in seven steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from salescenter.domain.grid import Cells
from salescenter.domain.grid_figures import UNSOLD

STEPS = 7


class ColourBy(StrEnum):
    """What the colour of a cell says."""

    STATE = "state"
    PRICE = "price"    # list price a square metre, fen
    UNSOLD = "unsold"  # days since it was first released, while unsold
    QUOTED = "quoted"  # how often it was quoted


@dataclass(frozen=True, slots=True)
class Shades:
    """A scale laid over the cells.

    steps: 0..6 for each cell, NOTHING where it has no value; ends: the lowest and highest value of each step
    that holds a cell, in the scale's unit (fen a square metre, days, times).
    """

    steps: bytearray
    ends: tuple[tuple[int, int, int], ...]  # (step, lowest, highest)


NOTHING = STEPS


def shades(cells: Cells, states: Sequence[int], by: ColourBy, today: int) -> Shades:
    """Cut the values into seven steps of equal numbers of cells, so that one dear shop does not flatten the rest.

    `today` is `date.toordinal()`. Equal values always share a step.
    """
    values = VALUES[by](cells, states, today)
    ladder = sorted(value for value in values if value >= 0)
    bounds = [ladder[len(ladder) * step // STEPS] for step in range(1, STEPS)] if ladder else []
    steps = bytearray(NOTHING if value < 0 else sum(value >= bound for bound in bounds) for value in values)
    return Shades(steps, _ends(values, steps))


def _ends(values: Sequence[int], steps: bytearray) -> tuple[tuple[int, int, int], ...]:
    found: dict[int, list[int]] = {}
    for value, step in zip(values, steps, strict=True):
        if step != NOTHING:
            low_high = found.setdefault(step, [value, value])
            low_high[0] = min(low_high[0], value)
            low_high[1] = max(low_high[1], value)
    return tuple((step, low, high) for step, (low, high) in sorted(found.items()))


def square_metre_prices(cells: Cells, _states: Sequence[int], _today: int) -> list[int]:
    """Return fen a square metre of construction area from the cell's total, half up; -1 where there is none."""
    return [
        (total * 200 + area) // (2 * area) if area and total else -1
        for total, area in zip(cells.total, cells.area, strict=True)
    ]


def days_unsold(cells: Cells, states: Sequence[int], today: int) -> list[int]:
    """Return days since first release of units still unsold, else -1."""
    return [
        max(0, today - day) if day and state in UNSOLD else -1
        for day, state in zip(cells.released, states, strict=True)
    ]


def times_quoted(cells: Cells, _states: Sequence[int], _today: int) -> list[int]:
    """Return how often each unit was quoted, -1 for never."""
    return [count or -1 for count in cells.quoted]


VALUES: dict[ColourBy, Callable[[Cells, Sequence[int], int], list[int]]] = {
    ColourBy.PRICE: square_metre_prices,
    ColourBy.UNSOLD: days_unsold,
    ColourBy.QUOTED: times_quoted,
}
