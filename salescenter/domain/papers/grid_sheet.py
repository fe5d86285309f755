"""The control grid (销控表) as it will be printed: buildings of cells with their colours, and the legend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class GridCell:
    """One unit: where it stands, its colours (#RRGGBB), letter and number, and what else it says, line by line."""

    column: int                    # from 0, over all stairs of the building
    number: str
    ground: str
    ink: str
    letter: str = ""
    lines: tuple[str, ...] = ()    # area, price, type, ... the first ones stay when cells are small
    flags: str = ""                # 抵, 查, 样: in the lower right corner
    hatched: bool = False
    faded: bool = False            # does not match the filter


@dataclass(frozen=True, slots=True)
class GridFloor:
    """One floor, its label in the margin, its units, and what the right margin says (average price)."""

    label: str
    cells: tuple[GridCell, ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class GridStair:
    """One stair and how many columns it takes."""

    name: str
    columns: int


@dataclass(frozen=True, slots=True)
class GridBuilding:
    """One building: stairs side by side, floors from the top."""

    name: str
    stairs: tuple[GridStair, ...]
    floors: tuple[GridFloor, ...]
    note: str = ""                 # beside the name: counts, share sold


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One state: its colours, letter, name, and how many units it has."""

    ground: str
    ink: str
    letter: str
    name: str
    said: str                      # "214 套 · 4.62 亿"
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class GridPaper:
    """The grid as it looks: only what the screen shows, in its order, colours and filter."""

    title: str
    house: str
    made: datetime
    buildings: tuple[GridBuilding, ...]
    legend: tuple[LegendEntry, ...]
    about: str = ""                # filter and moment: 2026-02-24 15:42 · 三室
    size: Literal["A4", "A3"] = "A3"
    lang: str = "zh_CN"
    made_by: str = ""              # whoever takes it out of the house
