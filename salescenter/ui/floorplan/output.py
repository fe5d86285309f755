"""The grid as it looks on the screen, made into a value that paper and Excel set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from salescenter.domain.grid_figures import Tally
from salescenter.domain.money import Money
from salescenter.domain.papers.grid_sheet import (
    GridBuilding,
    GridCell,
    GridFloor,
    GridPaper,
    GridStair,
    LegendEntry,
)
from salescenter.domain.units import UnitState
from salescenter.i18n import spoken, trn
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.grounds import Grounds
from salescenter.ui.floorplan.legend import ORDER
from salescenter.ui.floorplan.looks import Looks
from salescenter.ui.floorplan.plan import EMPTY, Block, Plan, Slab
from salescenter.ui.floorplan.saying import area_text, flag_letters, price_text
from salescenter.ui.floorplan.tiles import ground_of, is_faded
from salescenter.ui.kit import cell_colours, formats
from salescenter.ui.kit.terms import state_letter, state_words


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen shows."""

    estate: Estate
    plan: Plan
    looks: Looks
    grounds: Grounds
    averages: Mapping[tuple[int, int], int]  # fen a square metre by (building, floor); empty when not shown
    tallies: Mapping[UnitState, Tally]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above it."""

    title: str
    house: str
    made: datetime
    about: str
    size: Literal["A4", "A3"] = "A3"
    made_by: str = ""


def grid_paper(picture: Picture, heading: Heading) -> GridPaper:
    """Make the value."""
    buildings = tuple(building for block in picture.plan.blocks for building in _buildings(picture, block))
    return GridPaper(
        heading.title, heading.house, heading.made, buildings, _legend(picture.tallies), heading.about, heading.size,
        spoken(), heading.made_by,
    )  # fmt: skip


def _buildings(picture: Picture, block: Block) -> list[GridBuilding]:
    """A building, and each section below it (shops, rows of a car park) as one more."""
    made = []
    for section in block.sections():
        name = block.building.name
        if section[0].first:
            name = " ".join((name, *(slab.stair.name for slab in section)))
        stairs = tuple(GridStair(slab.stair.name, slab.columns) for slab in section)
        rows = range(section[0].first, section[0].last)
        made.append(GridBuilding(name, stairs, tuple(_floor(picture, block, section, row) for row in rows)))
    return made


def _floor(picture: Picture, block: Block, section: Sequence[Slab], row: int) -> GridFloor:
    of = block.rows[row]
    cells, offset = [], 0
    for slab in section:
        cells += [_cell(picture, unit, offset + at) for at, unit in enumerate(slab.row(row)) if unit != EMPTY]
        offset += slab.columns
    price = picture.averages.get((block.building.id, of.floor.order)) if not of.part else None
    label = of.floor.sale if of.floor.sale == of.floor.natural else f"{of.floor.sale}({of.floor.natural})"
    return GridFloor("" if of.part else label, tuple(cells), f"{(price + 50) // 100:,}" if price else "")


def _cell(picture: Picture, unit: int, column: int) -> GridCell:
    cells, packed = picture.estate.cells, picture.looks.of[unit]
    faded = is_faded(packed)
    colours = (picture.grounds.faded if faded else picture.grounds.cells)[ground_of(packed)]
    said = (area_text(cells.area[unit]), price_text(cells.total[unit]), cells.type[unit])
    lines = () if faded else tuple(line for line in said if line)
    return GridCell(
        column, cells.number[unit], colours.ground, colours.ink, state_letter(UnitState(picture.estate.states[unit])),
        lines, "".join(flag_letters(cells.flags[unit])), colours.hatched, faded,
    )  # fmt: skip


def _legend(tallies: Mapping[UnitState, Tally]) -> tuple[LegendEntry, ...]:
    colours = cell_colours.cell_colours(cell_colours.chosen().theme, False, cell_colours.chosen().edited)
    entries = []
    for state in ORDER:
        tally, look = tallies[state], colours[state]
        said = trn("{count} unit · {amount}", "{count} units · {amount}", count=tally.count,
                   amount=formats.money_short(Money(tally.amount)))  # fmt: skip
        entries.append(LegendEntry(look.ground, look.ink, state_letter(state), state_words(state), said, look.hatched))
    return tuple(entries)
