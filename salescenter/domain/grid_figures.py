"""What the control grid counts, compares and lets through: pure functions over the columns of its cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salescenter.domain.grid import BuildingBlock, Cells
from salescenter.domain.units import UnitState

FOR_SALE = int(UnitState.FOR_SALE)
UNSOLD = frozenset({int(UnitState.FOR_SALE), int(UnitState.HELD)})
"""Released and without a deal: what 去化 still has to sell; days unsold run for these."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Number of units, their construction area (hundredths of a square metre) and amount (fen)."""

    count: int = 0
    area: int = 0
    amount: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.area + other.area, self.amount + other.amount)

    @property
    def average(self) -> int | None:
        """Fen a square metre: sum over sum, half up; None where there is no area."""
        return (self.amount * 200 + self.area) // (2 * self.area) if self.area else None


@dataclass(frozen=True, slots=True)
class TypeLeft:
    """One unit type (户型): how many are for sale, out of how many, and the price range of those (fen)."""

    name: str
    left: int
    whole: int
    lowest: int
    highest: int


def tallies(cells: Cells, states: Sequence[int], among: Collection[int] | None = None) -> dict[UnitState, Tally]:
    """Count units, area and amount of every state, also of those that hold none; `among` are indexes."""
    count, area, amount = [0] * len(UnitState), [0] * len(UnitState), [0] * len(UnitState)
    for state, square, fen in _columns(among, states, cells.area, cells.total):
        count[state] += 1
        area[state] += square
        amount[state] += fen
    return {state: Tally(count[state], area[state], amount[state]) for state in UnitState}


def _columns(among: Collection[int] | None, *columns: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
    """Give some columns row by row; all rows at once where none are picked, which is three times as fast."""
    if among is None or len(among) == len(columns[0]):
        return zip(*columns, strict=True)
    return zip(*([column[i] for i in among] for column in columns), strict=True)


def whole(parts: Mapping[UnitState, Tally]) -> Tally:
    """Add up the tallies of all states."""
    return sum(parts.values(), Tally())


def share(part: int, of: int) -> int | None:
    """Return tenths of a percent, half up; None of nothing (a zero denominator prints as a dash)."""
    return (part * 2000 + of) // (2 * of) if of else None


def remaining(cells: Cells, states: Sequence[int], among: Collection[int] | None = None) -> tuple[TypeLeft, ...]:
    """Return what is left for sale of each unit type, types in the order they first stand in the grid."""
    left: dict[str, list[int]] = {}
    for name, state, price in _columns(among, cells.type, states, cells.total):
        row = left.get(name)
        if row is None:
            row = left[name] = [0, 0, 0, 0]
        row[1] += 1
        if state == FOR_SALE:
            row[0] += 1
            row[2] = min(row[2] or price, price)
            row[3] = max(row[3], price)
    return tuple(TypeLeft(name, *row) for name, row in left.items() if name)


def floor_averages(cells: Cells, among: Iterable[int] | None = None) -> dict[tuple[int, int], int]:
    """Return fen a square metre for each (building id, floor order): sum of totals over sum of areas.

    Units without an area or a price are left out of both sums.
    """
    sums: dict[tuple[int, int], list[int]] = {}
    for i in range(len(cells)) if among is None else among:
        area, total = cells.area[i], cells.total[i]
        if area and total:
            row = sums.setdefault((cells.building[i], cells.floor[i]), [0, 0])
            row[0] += area
            row[1] += total
    return {where: (2 * total * 100 + area) // (2 * area) for where, (area, total) in sums.items()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer looks for; an empty part lets everything through.

    Areas in hundredths of a square metre, prices in fen, floors as `FloorRow.order`; both ends belong to it.
    """

    states: frozenset[int] = frozenset()
    types: frozenset[str] = frozenset()
    facings: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    area: tuple[int, int] | None = None
    price: tuple[int, int] | None = None
    unit_price: tuple[int, int] | None = None
    floors: tuple[int, int] | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return self != Wanted()


def matching(cells: Cells, states: Sequence[int], wanted: Wanted, *, names: bool = True) -> bytearray:
    """Return 1 for every cell that matches all that is wanted, 0 for the rest.

    Without `names` the text is not sought among the buyers: a customer looks at the screen.
    """
    fits = bytearray(b"\x01") * len(cells)
    for column, allowed in (
        (states, wanted.states), (cells.type, wanted.types), (cells.facing, wanted.facings), (cells.use, wanted.uses),
    ):
        if allowed:
            _keep(fits, [value in allowed for value in column])
    for numbers, limits in (
        (cells.area, wanted.area),
        (cells.total, wanted.price),
        (cells.unit_price, wanted.unit_price),
        (cells.floor, wanted.floors),
    ):
        if limits:
            low, high = limits
            _keep(fits, [low <= value <= high for value in numbers])
    for word in wanted.text.casefold().split():
        _keep(fits, _saying(cells, word, names=names))
    return fits


def _keep(fits: bytearray, also: Sequence[bool]) -> None:
    for i, good in enumerate(also):
        if not good:
            fits[i] = 0


def _saying(cells: Cells, word: str, *, names: bool) -> list[bool]:
    """Whether a cell's code, number, type, facing or buyer says the word."""
    columns = (cells.code, cells.number, cells.type, cells.facing, *((cells.buyer,) if names else ()))
    return [any(word in said.casefold() for said in row) for row in zip(*columns, strict=True)]


def clean_text(text: str) -> str:
    """Fold full-width signs to plain ones, so that what an input method left behind is found."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text).replace("\u3000", " ").strip()


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit that stood otherwise at two moments; None as a state says it was not there."""

    id: int
    code: str
    state: tuple[int | None, int | None]
    total: tuple[int, int]
    flags: tuple[int, int]
    buyer: tuple[str, str]


def differences(
    before: Cells, before_states: Sequence[int], after: Cells, after_states: Sequence[int]
) -> tuple[Difference, ...]:
    """List the units whose state, price, flags or buyer differ between two moments, in visual order of the later."""
    old = {unit: i for i, unit in enumerate(before.id)}
    found = []
    for i, unit in enumerate(after.id):
        then = old.pop(unit, None)
        was = _ABSENT if then is None else _stood(before, before_states, then)
        found.append(_difference(unit, after.code[i], was, _stood(after, after_states, i)))
    gone = [
        _difference(unit, before.code[then], _stood(before, before_states, then), _ABSENT) for unit, then in old.items()
    ]
    return tuple(one for one in (*found, *gone) if one is not None)


_Stood = tuple[int | None, int, int, str]  # state, total, flags, buyer
_ABSENT: _Stood = (None, 0, 0, "")


def _stood(cells: Cells, states: Sequence[int], i: int) -> _Stood:
    return states[i], cells.total[i], cells.flags[i], cells.buyer[i]


def _difference(unit: int, code: str, was: _Stood, now: _Stood) -> Difference | None:
    """Put two moments of a unit side by side; None where they are the same."""
    if was == now:
        return None
    return Difference(unit, code, (was[0], now[0]), (was[1], now[1]), (was[2], now[2]), (was[3], now[3]))


def moves(found: Iterable[Difference]) -> dict[tuple[int | None, int | None], int]:
    """Count how many units went from which state to which; those that kept their state are left out."""
    counted: dict[tuple[int | None, int | None], int] = {}
    for one in found:
        if one.state[0] != one.state[1]:
            counted[one.state] = counted.get(one.state, 0) + 1
    return counted


def of_buildings(cells: Cells, chosen: frozenset[int]) -> range | list[int]:
    """Return the indexes of the units in the chosen buildings; all of them when none is chosen."""
    if not chosen:
        return range(len(cells))
    return [i for i, building in enumerate(cells.building) if building in chosen]


def has_two_floor_names(building: BuildingBlock) -> bool:
    """Say whether natural and sale floors differ anywhere, so that both must be shown."""
    return any(floor.natural != floor.sale for floor in building.floors)
