"""Where every unit stands, counted in cells: buildings on shelves, stairs side by side, floors from the top."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from salescenter.domain.grid import BuildingBlock, Cells, FloorRow, Layout, StairBlock
from salescenter.domain.grid_figures import has_two_floor_names
from salescenter.ui.floorplan.zoom import USUAL, metrics

EMPTY = -1
WIDEST = 24
"""A floor with more units than this in one stair (parking, market halls) is wrapped into several rows."""

WIDEST_BLOCK, FEW_FLOORS = 44, 4
"""A building of few floors is cut into sections below each other where its stairs would be wider than this."""

HEADING = -1

ASPECT = 1.75
"""Width to height the whole estate is laid out for unless the screen is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of cells: a floor, or a part of one that was wrapped; part HEADING is the line of stair names above."""

    floor: FloorRow
    part: int


@dataclass(frozen=True, slots=True)
class Slab:
    """One stair as drawn; `slots` holds the index of the unit at row * columns + column, EMPTY for a hole."""

    stair: StairBlock
    columns: int
    slots: array[int]
    first: int  # the first row of the section it stands in
    last: int   # the row after the last one

    def row(self, number: int) -> array[int]:
        """Return the slots of one row."""
        return self.slots[number * self.columns : (number + 1) * self.columns]


@dataclass(frozen=True, slots=True)
class Block:
    """One building as drawn; stairs of one section stand side by side, sections below each other."""

    building: BuildingBlock
    rows: tuple[Row, ...]
    slabs: tuple[Slab, ...]
    two_floors: bool  # natural and sale floors differ: both are labelled

    def sections(self) -> list[list[Slab]]:
        """Return the stairs section by section."""
        firsts = sorted({slab.first for slab in self.slabs})
        return [[slab for slab in self.slabs if slab.first == first] for first in firsts]


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
    rows: list[Row] = []
    slabs: list[Slab] = []
    by_stair = _by_stair(building, cells, units)
    for section in _sections(building, {stair: {cells.floor[i] for i in of} for stair, of in by_stair.items()}):
        if rows:
            rows.append(Row(building.floors[0], HEADING))
        first = len(rows)
        widths = {stair.id: wrapped(stair.columns) for stair in section}
        rows += _rows(building, cells, [i for stair in section for i in by_stair[stair.id]], widths)
        slabs += [Slab(stair, widths[stair.id], array("i"), first, len(rows)) for stair in section]
    whole = tuple(replace(slab, slots=array("i", [EMPTY]) * (slab.columns * len(rows))) for slab in slabs)
    for n, slab in enumerate(whole):
        starts = {row.floor.order: at for at, row in enumerate(rows) if row.part == 0 and slab.first <= at < slab.last}
        for i in by_stair[slab.stair.id]:
            part, column = divmod(cells.column[i], slab.columns)
            row = starts[cells.floor[i]] + part
            slab.slots[row * slab.columns + column] = i
            where[0][i], where[1][i], where[2][i], where[3][i] = number, n, row, column
    return Block(building, tuple(rows), whole, has_two_floor_names(building))


def _by_stair(building: BuildingBlock, cells: Cells, units: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {stair.id: [] for stair in building.stairs}
    for i in units:
        found[cells.stair[i]].append(i)
    return found


def _sections(building: BuildingBlock, floors: dict[int, set[int]]) -> list[list[StairBlock]]:
    """Cut a building into sections below each other.

    Shops below a tower are a stair with no floor in common with those above; a car park of many bays on one
    level would be wider than any screen.
    """
    stairs = [stair for stair in building.stairs if floors[stair.id]]
    sections: list[list[StairBlock]] = []
    reached: set[int] = set()
    for stair in sorted(stairs, key=lambda stair: -max(floors[stair.id])):
        apart = not floors[stair.id] & reached
        full = sections and sum(wrapped(one.columns) for one in sections[-1]) + wrapped(stair.columns) > WIDEST_BLOCK
        if sections and not apart and not (full and len(building.floors) <= FEW_FLOORS):
            sections[-1].append(stair)
            reached |= floors[stair.id]
        else:
            sections.append([stair])
            reached = set(floors[stair.id])
    order = {stair.id: at for at, stair in enumerate(building.stairs)}
    return [sorted(section, key=lambda stair: order[stair.id]) for section in sections]


def _rows(building: BuildingBlock, cells: Cells, units: list[int], widths: dict[int, int]) -> list[Row]:
    """Lines of one section: each of its floors, in as many parts as its longest stair is wrapped into."""
    parts: dict[int, int] = {}
    for i in units:
        parts[cells.floor[i]] = max(parts.get(cells.floor[i], 0), cells.column[i] // widths[cells.stair[i]] + 1)
    return [Row(floor, part) for floor in building.floors for part in range(parts.get(floor.order, 0))]


def wrapped(columns: int) -> int:
    """Return how many columns a stair is drawn with: as it is, or wrapped into rows of equal length."""
    if columns <= WIDEST:
        return max(1, columns)
    lines = -(-columns // (WIDEST - 4))
    return -(-columns // lines)


def _size(block: Block) -> tuple[int, int]:
    """Width and height of a building in pixels at the usual zoom."""
    m = metrics(USUAL)
    width = 2 * m.pad + max(
        (sum(slab.columns * m.pitch_x + m.label_w + m.stair_gap for slab in section) for section in block.sections()),
        default=0,
    )
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
