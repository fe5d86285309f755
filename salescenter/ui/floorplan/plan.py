"""Where every unit stands, counted in cells: buildings on shelves, stairs side by side, floors from the top."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from salescenter.domain.grid import BuildingBlock, Cells, FloorRow, Layout, StairBlock
from salescenter.domain.grid_figures import has_two_floor_names
from salescenter.ui.floorplan.zoom import USUAL, metrics

EMPTY = -1
WIDEST = 24
"""A floor with more units than this in one stair (parking, market halls) is wrapped into several rows."""

ASPECT = 1.75
"""Width to height the whole estate is laid out for unless the screen is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of cells: a floor, or a part of one that was wrapped."""

    floor: FloorRow
    part: int


@dataclass(frozen=True, slots=True)
class Slab:
    """One stair as drawn; `slots` holds the index of the unit at row * columns + column, EMPTY for a hole."""

    stair: StairBlock
    columns: int
    slots: array[int]

    def row(self, number: int) -> array[int]:
        """Return the slots of one row."""
        return self.slots[number * self.columns : (number + 1) * self.columns]


@dataclass(frozen=True, slots=True)
class Block:
    """One building as drawn."""

    building: BuildingBlock
    rows: tuple[Row, ...]
    slabs: tuple[Slab, ...]
    two_floors: bool  # natural and sale floors differ: both are labelled

    @property
    def columns(self) -> int:
        """Cells in a row, all stairs together."""
        return sum(slab.columns for slab in self.slabs)


Stack = tuple[int, ...]   # block numbers one above the other
Shelf = tuple[Stack, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where one unit is drawn."""

    block: int
    slab: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole drawing in cells: the same at every zoom, so that people learn where things are."""

    blocks: tuple[Block, ...]
    shelves: tuple[Shelf, ...]
    _where: tuple[array[int], array[int], array[int], array[int]]

    def place(self, unit: int) -> Place | None:
        """Return where a unit (by index) is drawn, None when its building is not shown."""
        block, slab, row, column = (part[unit] for part in self._where)
        return None if block < 0 else Place(block, slab, row, column)

    def shown(self) -> Iterator[int]:
        """Give the index of every unit drawn, in visual order."""
        for block in self.blocks:
            for row in range(len(block.rows)):
                for slab in block.slabs:
                    yield from (unit for unit in slab.row(row) if unit != EMPTY)


def lay_out(layout: Layout, cells: Cells, chosen: Collection[int] = (), aspect: float = ASPECT) -> Plan:
    """Plan the chosen buildings (ids), or all of them where none is chosen, for a screen of this aspect."""
    where = tuple(array("i", [EMPTY]) * len(cells) for _ in range(4))
    units = _by_building(cells)
    blocks: list[Block] = []
    for building in layout.buildings:
        if not chosen or building.id in chosen:
            blocks.append(_block(building, cells, units.get(building.id, []), len(blocks), where))
    shelves = arrange([_size(block) for block in blocks], aspect)
    return Plan(tuple(blocks), shelves, (where[0], where[1], where[2], where[3]))


def _by_building(cells: Cells) -> dict[int, list[int]]:
    units: dict[int, list[int]] = {}
    for i, building in enumerate(cells.building):
        units.setdefault(building, []).append(i)
    return units


def _block(
    building: BuildingBlock, cells: Cells, units: list[int], number: int, where: tuple[array[int], ...]
) -> Block:
    widths = {stair.id: wrapped(stair.columns) for stair in building.stairs}
    parts: dict[int, int] = {floor.order: 1 for floor in building.floors}
    for i in units:
        parts[cells.floor[i]] = max(parts[cells.floor[i]], cells.column[i] // widths[cells.stair[i]] + 1)
    rows = tuple(Row(floor, part) for floor in building.floors for part in range(parts[floor.order]))
    first = {row.floor.order: at for at, row in reversed(list(enumerate(rows)))}
    slabs = tuple(
        Slab(stair, widths[stair.id], array("i", [EMPTY]) * (widths[stair.id] * len(rows))) for stair in building.stairs
    )
    at = {stair.id: n for n, stair in enumerate(building.stairs)}
    for i in units:
        slab = at[cells.stair[i]]
        part, column = divmod(cells.column[i], slabs[slab].columns)
        row = first[cells.floor[i]] + part
        slabs[slab].slots[row * slabs[slab].columns + column] = i
        where[0][i], where[1][i], where[2][i], where[3][i] = number, slab, row, column
    return Block(building, rows, slabs, has_two_floor_names(building))


def wrapped(columns: int) -> int:
    """Return how many columns a stair is drawn with: as it is, or wrapped into rows of equal length."""
    if columns <= WIDEST:
        return max(1, columns)
    lines = -(-columns // (WIDEST - 4))
    return -(-columns // lines)


def _size(block: Block) -> tuple[int, int]:
    """Width and height of a building in pixels at the usual zoom."""
    m = metrics(USUAL)
    width = block.columns * m.pitch_x + len(block.slabs) * (m.label_w + m.stair_gap) + 2 * m.pad
    return width, len(block.rows) * m.pitch_y + m.title_h + m.stair_h + 2 * m.pad


def arrange(sizes: Sequence[tuple[int, int]], aspect: float = ASPECT) -> tuple[Shelf, ...]:
    """Put blocks (width, height) on shelves in their order so that the whole comes near the aspect asked for.

    A low block is put under the one before it when both together are no taller than the shelf.
    """
    if not sizes:
        return ()
    area = sum((width + 20) * (height + 20) for width, height in sizes)
    widest = max(width for width, _ in sizes)
    limits = {max(widest, int((area * aspect) ** 0.5 * factor / 20)) for factor in range(12, 41)}
    made = dict.fromkeys(_shelve(sizes, limit, slack) for limit in sorted(limits) for slack in (1.0, 1.15, 1.3))
    return min(made, key=lambda shelves: _waste(sizes, shelves, aspect))


def _shelve(sizes: Sequence[tuple[int, int]], limit: int, slack: float) -> tuple[Shelf, ...]:
    """Fill shelves up to a width; a stack may be `slack` times as tall as the tallest block of its shelf."""
    shelves: list[list[list[int]]] = []
    used = tallest = wide = high = 0  # of the shelf, and of its last stack
    for block, (width, height) in enumerate(sizes):
        wider = max(0, width - wide)
        if shelves and high + height <= tallest * slack and used + wider <= limit:
            shelves[-1][-1].append(block)
            used, wide, high = used + wider, wide + wider, high + height
        elif shelves and used + width <= limit:
            shelves[-1].append([block])
            used, tallest, wide, high = used + width, max(tallest, height), width, height
        else:
            shelves.append([[block]])
            used, tallest, wide, high = width, height, width, height
    return tuple(tuple(tuple(stack) for stack in shelf) for shelf in shelves)


def _waste(sizes: Sequence[tuple[int, int]], shelves: tuple[Shelf, ...], aspect: float) -> float:
    """How much smaller everything gets when these shelves are fitted to a screen of the aspect."""
    width = max(sum(max(sizes[b][0] for b in stack) for stack in shelf) for shelf in shelves)
    height = sum(max(sum(sizes[b][1] for b in stack) for stack in shelf) for shelf in shelves)
    return max(width, height * aspect)
