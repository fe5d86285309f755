"""How large things are at a zoom: from one cell's width in pixels follows everything else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Level(IntEnum):
    """What a cell says; each level says all the level before it says."""

    COLOUR = 0  # colour only; the estate as a map
    LETTER = 1  # and the letter of its state
    NUMBER = 2  # and its number
    PRICE = 3   # and area and price
    FULL = 4    # and type, buyer, days


LADDER = (2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 27, 33, 40, 48, 58, 68, 80, 92, 108, 128, 150, 180, 210)
"""Cell widths (pixels) the zoom keys and the wheel stop at; fitting may choose any width between."""

SMALLEST, LARGEST = LADDER[0], LADDER[-1]
USUAL = 68


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in device-independent pixels at one zoom."""

    level: Level
    cell_w: int
    cell_h: int
    gap: int           # between cells
    radius: int        # of a cell's corners
    pad: int           # inside a building's panel
    title_h: int       # height of the building's title
    stair_h: int       # height of the line with the stairs' names, 0 where they are not shown
    label_w: int       # width of one column of floor labels, 0 where they are not shown
    stair_gap: int     # between stairs
    block_gap: int     # between buildings
    average_w: int     # width of the margin with average prices, 0 where it does not fit
    number_px: int     # font sizes
    small_px: int
    title_px: int
    label_px: int
    lines: tuple[int, ...]  # baseline of each line of text within a cell

    @property
    def pitch_x(self) -> int:
        """From one cell's left edge to the next one's."""
        return self.cell_w + self.gap

    @property
    def pitch_y(self) -> int:
        """From one cell's top edge to the next one's."""
        return self.cell_h + self.gap


def level_of(width: int) -> Level:
    """Return what a cell of this width (pixels) can say."""
    return Level(sum(width >= least for least in (22, 40, 58, 108)))


@lru_cache(maxsize=64)
def metrics(width: int) -> Metrics:
    """Return all sizes for a cell width in pixels (2 to 210)."""
    level = level_of(width)
    number, small = _font_sizes(level, width)
    height, lines = _cell_height(level, width, number, small)
    near = level >= Level.NUMBER
    far = width < 8
    return Metrics(
        level=level, cell_w=width, cell_h=height,
        gap=0 if far else 1 if width < 22 else 2 if width < 58 else 3,
        radius=0 if width < 22 else 3 if width < 58 else 5,
        pad=3 if far else 6 if width < 22 else 9 if not near else 12,
        title_h=12 if far else 16 if width < 22 else 22 if not near else 28,
        stair_h=18 if level >= Level.PRICE else 15 if near else 0,
        label_w=30 if level >= Level.PRICE else 24 if width >= 22 else 0,
        stair_gap=3 if far else 6 if width < 22 else 10 if not near else 14,
        block_gap=5 if far else 8 if width < 22 else 12 if not near else 16,
        average_w=58 if near else 0,
        number_px=number, small_px=small,
        title_px=9 if far else 10 if width < 22 else 12 if not near else 14,
        label_px=9 if width < 58 else 11,
        lines=lines,
    )  # fmt: skip


def _font_sizes(level: Level, width: int) -> tuple[int, int]:
    """Sizes of a cell's number and of its other lines: what is new at the full level is more words, not larger ones."""
    if level == Level.FULL:
        small = _between(11, width * 10 // 100, 17)
        return small + 5, small
    return _between(9, width * 19 // 100, 20), _between(9, width * 15 // 100, 15)


def _cell_height(level: Level, width: int, number: int, small: int) -> tuple[int, tuple[int, ...]]:
    """Height of a cell and the baselines of its lines; a figure is three quarters of its font's size high."""
    if level <= Level.LETTER:
        return max(2, round(width * 0.6)), (0,)
    if level == Level.NUMBER:
        height = max(18, width // 2)
        return height, ((height + number * 3 // 4) // 2,)
    pad = max(4, width // 16)
    first = pad + number * 3 // 4
    step = small + 1 if level == Level.PRICE else small + small // 4 + 1
    lines = (first, *(first + 1 + step * line for line in range(1, 3 if level == Level.PRICE else 5)))
    return lines[-1] + pad, lines


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(high, value))


def step_from(width: int, steps: int) -> int:
    """Return the width so many rungs of the ladder away; it stops at the ends."""
    if steps > 0:
        above = [rung for rung in LADDER if rung > width]
        return above[min(steps, len(above)) - 1] if above else LARGEST
    below = [rung for rung in reversed(LADDER) if rung < width]
    return below[min(-steps, len(below)) - 1] if below else SMALLEST
