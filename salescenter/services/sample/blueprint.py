"""The sample estate on paper: ragged buildings, shops below, a street of shops, parking under ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from itertools import count as count_from

from salescenter.domain.units import PriceBasis, Use


@dataclass(frozen=True, slots=True)
class TypePlan:
    """A unit type: areas in square metres."""

    name: str
    rooms: int
    halls: int
    baths: int
    area: Decimal
    inner: Decimal


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One unit as the blueprint places it; the price is fen a square metre, or fen for a lump sum."""

    building: str
    stair: str
    number: str
    floor: int
    natural: str
    sale: str
    place: int
    use: Use
    type: str
    facing: str
    area: Decimal
    inner: Decimal
    basis: PriceBasis
    price: int


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """A building of homes: its stairs as (name, types across a floor), its natural floors, what is left out."""

    name: str
    short: str
    stairs: tuple[tuple[str, str], ...]  # ("1单元", "ABA"): one letter a unit
    floors: range
    price: int  # fen a square metre on the first floor
    skip: frozenset[int] = frozenset()  # natural floors without homes in this building
    gaps: frozenset[tuple[str, int, int]] = frozenset()  # (stair, floor, place) that is not there


TYPES = {
    "A": TypePlan("A", 3, 2, 1, Decimal("89.35"), Decimal("70.12")),
    "B": TypePlan("B", 3, 2, 2, Decimal("107.62"), Decimal("85.77")),
    "C": TypePlan("C", 4, 2, 2, Decimal("125.53"), Decimal("100.37")),
    "D": TypePlan("D", 4, 2, 3, Decimal("143.20"), Decimal("115.90")),
}
FACINGS = ("南北", "南", "东南", "西南")

HOMES = (
    BuildingPlan("3号楼", "3", (("1单元", "BCD"), ("2单元", "BCDA")), range(1, 19), 2_160_000,
                 skip=frozenset({4, 14}), gaps=frozenset({("2单元", 18, 3), ("2单元", 17, 3)})),
    BuildingPlan("5号楼", "5", (("1单元", "BC"), ("2单元", "BC")), range(1, 16), 2_200_000,
                 skip=frozenset({4, 14}), gaps=frozenset({("2单元", 15, 1), ("1单元", 13, 0)})),
    BuildingPlan("6号楼", "6", (("", "ABBA"),), range(2, 29), 2_120_000,
                 skip=frozenset({4, 14, 24}), gaps=frozenset({("", 28, 0), ("", 28, 3)})),
    BuildingPlan("1号楼", "1", (("1单元", "BAB"), ("2单元", "BAB")), range(3, 19), 2_050_000,
                 gaps=frozenset({("1单元", 18, 1), ("2单元", 18, 1)})),
    BuildingPlan("2号楼", "2", (("1单元", "BCB"), ("2单元", "BCB")), range(3, 19), 2_080_000,
                 gaps=frozenset({("1单元", 18, 0), ("2单元", 18, 2), ("2单元", 17, 2)})),
    BuildingPlan("7号楼", "7", (("1单元", "CD"), ("2单元", "DD"), ("3单元", "DC")), range(1, 34), 2_320_000,
                 skip=frozenset({4, 14, 24})),
)  # fmt: skip


def homes(count: int) -> Iterator[UnitPlan]:
    """Lay out exactly so many homes; the last building stands as tall as it must, its top floor ragged.

    Where the six buildings do not suffice, towers 8号楼, 9号楼 and so on follow: the same estate in large.
    """
    laid = 0
    for plan in chain(HOMES, map(_tower, count_from(8))):
        for unit in _building(plan):
            if laid == count:
                return
            laid += 1
            yield unit


def _tower(number: int) -> BuildingPlan:
    """One of the towers of a large estate: 180 homes."""
    stairs = (("1单元", "BCB"), ("2单元", "CDC"))
    price = 2_000_000 + number % 9 * 40_000
    return BuildingPlan(f"{number}号楼", str(number), stairs, range(1, 34), price, skip=frozenset({4, 14, 24}))


def sale_floor(natural: int) -> str:
    """Name a floor the way it is sold: no 4, 13 and 14."""
    names = {4: "3A", 13: "12A", 14: "12B", 24: "23A"}
    return names.get(natural, str(natural))


def _building(plan: BuildingPlan) -> Iterator[UnitPlan]:
    for floor in plan.floors:
        if floor in plan.skip:
            continue
        for stair, letters in plan.stairs:
            for place, letter in enumerate(letters):
                if (stair, floor, place) not in plan.gaps:
                    yield _home(plan, stair, floor, place, TYPES[letter], len(letters))


def _home(plan: BuildingPlan, stair: str, floor: int, place: int, of: TypePlan, wide: int) -> UnitPlan:
    middle = 0 < place < wide - 1
    price = plan.price + floor * 9_000 - (25_000 if middle else 0) - (60_000 if floor == plan.floors[-1] else 0)
    sale = sale_floor(floor)
    number = f"{sale}{place + 1:02d}"
    facing = FACINGS[1 if middle else (0 if place == 0 else 2)]
    return UnitPlan(
        plan.name, stair, number, floor * 10, str(floor), sale, place, Use.HOME, of.name, facing, of.area, of.inner,
        PriceBasis.GROSS, price,
    )  # fmt: skip


def shops(count: int) -> Iterator[UnitPlan]:
    """Shops below buildings 1 and 2 on two floors with a mezzanine, and a street of shops for the rest."""
    laid = 0
    for building, _ in (("1号楼", 0), ("2号楼", 1)):
        for floor, natural, wide in ((10, "1", 6), (15, "1.5", 2), (20, "2", 4)):
            for place in range(wide):
                if laid < count:
                    yield _shop(building, "商铺", floor, natural, place)
                    laid += 1
    place = 0
    while laid < count:
        for floor, natural in ((20, "2"), (10, "1")):
            if laid < count:
                yield _shop("商业街", "", floor, natural, place)
                laid += 1
        place += 1


def _shop(building: str, stair: str, floor: int, natural: str, place: int) -> UnitPlan:
    area = Decimal(4200 + (place * 737 + floor * 91) % 5600) / 100
    mezzanine = natural == "1.5"
    number = f"M{place + 1:02d}" if mezzanine else f"S{natural}{place + 1:02d}"
    price = {"1": 4_200_000, "1.5": 2_600_000, "2": 2_300_000}[natural]
    return UnitPlan(
        building, stair, number, floor, "夹层" if mezzanine else natural, "夹层" if mezzanine else natural, place, Use.SHOP,
        "", "南", area, (area * Decimal("0.82")).quantize(Decimal("0.01")), PriceBasis.INNER, price,
    )  # fmt: skip


def parking(count: int) -> Iterator[UnitPlan]:
    """Parking spaces of the basement in four zones, sold by the space."""
    zone = -(-count // 4)
    for i in range(count):
        area = Decimal("13.25") if i % 9 else Decimal("15.90")
        name = "ABCD"[i // zone]
        yield UnitPlan(
            "地下车位", f"{name}区", f"{name}{i % zone + 1:03d}", -10, "-1", "-1", i % zone, Use.PARKING, "", "", area, area,
            PriceBasis.LUMP, 12_800_000 if i % 9 else 14_800_000,
        )  # fmt: skip
