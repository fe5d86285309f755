"""A fictional estate for tests of the grid: ragged towers, a mezzanine, shops below, parking, in any size."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from salescenter.domain.grid import BuildingBlock, Cells, FloorRow, Layout, StairBlock
from salescenter.domain.units import DEAL_STATES, Flag, UnitState, Use

TODAY = 739_000          # a day ordinal
NOW = 1_780_000_000_000  # milliseconds
HOUR = 3_600_000

_TYPES = (
    ("两室两厅一卫", 2, 8935), ("三室两厅两卫", 3, 10762), ("三室两厅两卫大", 3, 12553), ("四室两厅两卫", 4, 14320),
)  # fmt: skip
_FACINGS = ("南", "南北", "东南", "西南")
_NAMES = "陈李王周吴赵郑孙何林"
_STATES = (1,) * 8 + (0, 0, 2, 3, 4, 4, 5, 6, 6, 6, 7, 7, 8)
_MEZZANINE = 15          # between the floors 10 and 20


@dataclass
class _Unit:
    building: int
    stair: int
    floor: int
    column: int
    number: str
    code: str
    use: str
    type: str
    rooms: int
    facing: str
    area: int


def estate(
    towers: int = 6, floors: int = 18, parking: int = 200, shops: int = 60, seed: int = 1
) -> tuple[Layout, Cells]:
    """Make an estate; floors are ordered by ten so that a mezzanine finds room between."""
    chance = random.Random(seed)
    units: list[_Unit] = []
    buildings = [_tower(number, floors - number % 4, units, chance) for number in range(1, towers + 1)]
    if shops:
        buildings.append(_shops(towers + 1, shops, units))
    if parking:
        buildings.append(_parking(towers + 2, parking, units))
    return Layout(tuple(buildings)), _cells(units, chance)


def large(count: int, seed: int = 1) -> tuple[Layout, Cells]:
    """Make an estate of about so many units, all of them in towers."""
    return estate(towers=max(1, round(count / 224)), floors=34, parking=0, shops=0, seed=seed)


def _tower(number: int, floors: int, units: list[_Unit], chance: random.Random) -> BuildingBlock:
    stairs = tuple(StairBlock(number * 10 + s, f"{s}单元", 3 if s == 1 else 4) for s in (1, 2))
    rows: list[FloorRow] = []
    for floor in range(floors, 0, -1):
        if floor in (4, 14):
            continue
        sale = str(floor - (floor > 4) - (floor > 14)) if number % 3 == 2 else str(floor)
        rows.append(FloorRow(floor * 10, str(floor), sale))
        for s, stair in enumerate(stairs, 1):
            for column in range(stair.columns):
                if (floor == floors and column == stair.columns - 1) or chance.random() < 0.03:
                    continue
                units.append(_home(number, stair.id, floor, column, s, sale, chance))
    if number == 1:
        rows.append(FloorRow(_MEZZANINE, "夹层", "M"))
        units.append(_Unit(number, stairs[0].id, _MEZZANINE, 0, "M01", "1-1-M01", Use.SHOP, "商铺", 0, "", 15660))
        rows.sort(key=lambda row: -row.order)
    return BuildingBlock(number, f"{number}号楼", "一期", stairs, tuple(rows), Use.HOME)


def _home(building: int, stair: int, floor: int, column: int, s: int, sale: str, chance: random.Random) -> _Unit:
    kind, rooms, area = _TYPES[(column + s) % 4]
    number = f"{sale}{column + 1:02d}"
    return _Unit(building, stair, floor * 10, column, number, f"{building}-{s}-{number}", Use.HOME, kind, rooms,
                 chance.choice(_FACINGS), area)  # fmt: skip


def _shops(number: int, count: int, units: list[_Unit]) -> BuildingBlock:
    stair = StairBlock(number * 10 + 1, "", count // 2)
    for floor in (2, 1):
        for column in range(count // 2):
            said = f"S{floor}{column + 1:02d}"
            area = 5200 + column * 7
            units.append(_Unit(number, stair.id, floor * 10, column, said, f"S-{said}", Use.SHOP, "商铺", 0, "", area))
    return BuildingBlock(number, "商铺", "一期", (stair,), (FloorRow(20, "2", "2"), FloorRow(10, "1", "1")), Use.SHOP)


def _parking(number: int, count: int, units: list[_Unit]) -> BuildingBlock:
    stair = StairBlock(number * 10 + 1, "地下一层", count)
    for column in range(count):
        said = f"B1-{column + 1:03d}"
        units.append(_Unit(number, stair.id, -10, column, said, f"P-{said}", Use.PARKING, "车位", 0, "", 1325))
    return BuildingBlock(number, "车位", "一期", (stair,), (FloorRow(-10, "B1", "B1"),), Use.PARKING)


def _cells(units: list[_Unit], chance: random.Random) -> Cells:
    rows = [_row(number, unit, chance) for number, unit in enumerate(units, 1)]
    return Cells(*(list(column) for column in zip(*rows, strict=True)))


def _row(number: int, unit: _Unit, chance: random.Random) -> tuple[int | str, ...]:
    state = chance.choice(_STATES)
    price = 150_000 if unit.use == Use.PARKING else chance.randrange(1_900_000, 2_500_000)
    flags = chance.choice((Flag.MORTGAGED, Flag.SHOW_FLAT, Flag.SEIZED)) if chance.random() < 0.04 else 0
    buyer = f"{chance.choice(_NAMES)}*" if UnitState(state) in DEAL_STATES else ""
    return (
        number, unit.building, unit.stair, unit.floor, unit.column, unit.number, unit.code, unit.use, unit.type,
        unit.rooms, unit.facing, state, int(flags), unit.area, unit.area * 4 // 5, price, unit.area * price // 100,
        buyer, TODAY - chance.randrange(1, 200), NOW + HOUR if state == UnitState.HELD else 0,
        chance.randrange(0, 9), TODAY - 220 if state else 0, 1,
    )  # fmt: skip


def indexes(cells: Cells, state: UnitState) -> Iterator[int]:
    """Give the indexes of the units stored in a state."""
    return (i for i, value in enumerate(cells.state) if value == state)
