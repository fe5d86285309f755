"""The plan at one zoom: what pixel everything stands at, and what stands at a pixel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from salescenter.ui.floorplan.plan import EMPTY, Block, Place, Plan
from salescenter.ui.floorplan.zoom import LARGEST, SMALLEST, Metrics, metrics

Rect = tuple[int, int, int, int]  # left, top, width, height


@dataclass(frozen=True, slots=True)
class Placed:
    """One building on the drawing; all in pixels of the whole drawing."""

    number: int             # of the block in the plan
    block: Block
    x: int
    y: int
    w: int
    h: int
    lefts: tuple[int, ...]  # left edge of each stair's first column
    top: int                # top edge of the first row


@dataclass(frozen=True, slots=True)
class Drawing:
    """All buildings at one zoom."""

    plan: Plan
    metrics: Metrics
    placed: tuple[Placed, ...]
    width: int
    height: int

    def cell(self, place: Place) -> Rect:
        """Return a cell's rectangle."""
        m, on = self.metrics, self.placed[place.block]
        left = on.lefts[place.slab] + place.column * m.pitch_x
        return left, on.top + place.row * m.pitch_y, m.cell_w, m.cell_h

    def within(self, left: int, top: int, right: int, bottom: int) -> Iterator[Placed]:
        """Give the buildings that touch a rectangle (right and bottom belong to it)."""
        for on in self.placed:
            if on.x <= right and on.y <= bottom and on.x + on.w > left and on.y + on.h > top:
                yield on

    def block_at(self, x: int, y: int) -> Placed | None:
        """Return the building at a pixel."""
        return next(self.within(x, y, x, y), None)

    def unit_at(self, x: int, y: int) -> int:
        """Return the index of the unit at a pixel, EMPTY where there is none; gaps belong to the cell before."""
        on = self.block_at(x, y)
        return EMPTY if on is None else self._unit_on(on, x, y)

    def _unit_on(self, on: Placed, x: int, y: int) -> int:
        m = self.metrics
        row = (y - on.top) // m.pitch_y
        if not 0 <= row < len(on.block.rows):
            return EMPTY
        for slab, left in zip(on.block.slabs, on.lefts, strict=True):
            column = (x - left) // m.pitch_x
            if 0 <= column < slab.columns and slab.first <= row < slab.last:
                return slab.slots[row * slab.columns + column]
        return EMPTY

    def units_in(self, left: int, top: int, right: int, bottom: int) -> list[int]:
        """Return the units whose cells a rectangle touches, in visual order: what a rubber band catches."""
        m = self.metrics
        caught: list[int] = []
        for on in self.within(left, top, right, bottom):
            first, last = spans(top, bottom, on.top, m.pitch_y, len(on.block.rows), m.gap)
            for row in range(first, last):
                for slab, x in zip(on.block.slabs, on.lefts, strict=True):
                    start, stop = spans(left, right, x, m.pitch_x, slab.columns, m.gap)
                    caught += [unit for unit in slab.row(row)[start:stop] if unit != EMPTY]
        return caught


def spans(low: int, high: int, origin: int, pitch: int, count: int, gap: int = 0) -> tuple[int, int]:
    """Return the half-open range of cells of a row (or column) that the pixels low..high touch; gaps are nobody's."""
    return max(0, (low - origin + gap) // pitch), max(0, min(count, (high - origin) // pitch + 1))


def draw(plan: Plan, width: int, averages: bool = False) -> Drawing:
    """Place a plan at a cell width in pixels; `averages` keeps a margin for each floor's average price."""
    m = metrics(width)
    placed: list[Placed] = []
    y = far = m.block_gap
    for shelf in plan.shelves:
        x, lowest = m.block_gap, y
        for stack in shelf:
            down, widest = y, 0
            for number in stack:
                on = _place(plan.blocks[number], number, (x, down), m, averages)
                placed.append(on)
                down, widest = down + on.h + m.block_gap, max(widest, on.w)
            x, lowest = x + widest + m.block_gap, max(lowest, down)
        y, far = lowest, max(far, x)
    placed.sort(key=lambda on: on.number)
    return Drawing(plan, m, tuple(placed), far, y)


def _place(block: Block, number: int, at: tuple[int, int], m: Metrics, averages: bool) -> Placed:
    x, y = at
    start = x + m.pad + (m.label_w if block.two_floors else 0)
    lefts, left, right, first = [], start, start, 0
    for slab in block.slabs:
        if slab.first != first:
            left, first = start, slab.first
        lefts.append(left + m.label_w)
        left += m.label_w + slab.columns * m.pitch_x - m.gap + m.stair_gap
        right = max(right, left - m.stair_gap)
    right += m.pad
    top = y + m.title_h + m.stair_h + m.pad // 2
    return Placed(
        number, block, x, y, right + (m.average_w if averages else 0) - x,
        top - y + len(block.rows) * m.pitch_y - m.gap + m.pad, tuple(lefts), top,
    )  # fmt: skip


def fitting(plan: Plan, width: int, height: int, averages: bool = False) -> int:
    """Return the largest cell width (pixels) at which the whole plan is in sight at once."""
    low, high = SMALLEST, LARGEST
    while low < high:
        middle = (low + high + 1) // 2
        whole = draw(plan, middle, averages)
        low, high = (middle, high) if whole.width <= width and whole.height <= height else (low, middle - 1)
    return low
