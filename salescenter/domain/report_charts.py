"""Charts as plain values: the screen, the paper and Excel each draw the same ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class Series:
    """One run of values: its name, its colour (`#RRGGBB`), and each value as it is said, with its unit.

    `hollow` bars are drawn as an outline: what should be, beside what is; a letter tells a part without its colour.
    """

    name: str
    colour: str
    values: tuple[Decimal, ...]
    said: tuple[str, ...]
    hollow: bool = False
    letter: str = ""
    total: str = ""  # what is said of the whole run beside its name

    def __post_init__(self) -> None:
        if len(self.values) != len(self.said):
            raise ValueError("each value is said once")


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Upright bars over time from a zero line, a group a category; too many of them become lines.

    `categories` stand under the axis, `names` say each in full; `unit` says what the values count, `rule` what is
    added up to one.
    """

    categories: tuple[str, ...]
    names: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    rule: str = ""

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("each series has one value a category")

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(value for one in self.series for value in one.values)


@dataclass(frozen=True, slots=True)
class RowChart:
    """Lying bars from a zero line, the parts of a row end to end; what is said of a row stands at its end.

    `marks` are small upright ticks, such as the period before; empty where there are none. `formulas` say how the
    figures of each row are reckoned.
    """

    rows: tuple[str, ...]
    series: tuple[Series, ...]
    said: tuple[str, ...]
    unit: str
    marks: tuple[Decimal, ...] = ()
    mark_name: str = ""
    formulas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.rows) for one in self.series) or len(self.said) != len(self.rows):
            raise ValueError("each series has one value a row")

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not any(value for one in self.series for value in one.values)

    @property
    def widest(self) -> Decimal:
        """The longest row or mark."""
        sums = [sum((one.values[row] for one in self.series), Decimal(0)) for row in range(len(self.rows))]
        return max([*sums, *self.marks], default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing by two measures, its name beside it; `said` tells both in words, `formula` how they are reckoned."""

    name: str
    x: Decimal
    y: Decimal
    said: str
    hollow: bool = False
    formula: str = ""


@dataclass(frozen=True, slots=True)
class DotChart:
    """Things as dots between two axes; x is a share from 0 to 1."""

    dots: tuple[Dot, ...]
    x_name: str
    y_name: str
    colour: str

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to draw."""
        return not self.dots


Chart = ColumnChart | RowChart | DotChart

MOST_BARS = 62
"""More groups than this are drawn as lines: two months of days are still bars."""

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def ticks(low: Decimal, high: Decimal, most: int = 5, *, whole: bool = False) -> tuple[Decimal, ...]:
    """Return round numbers from at or below `low` to at or above `high`, about `most` of them.

    With `whole` they are whole numbers: things that are counted have no halves on their axis.
    """
    span = high - low
    if span <= 0:
        return (Decimal(0), Decimal(1))
    rough = span / most
    ten = Decimal(1).scaleb(rough.adjusted())
    steps = [ten * times for times in STEPS if ten * times >= rough]
    step = next((step for step in steps if step == int(step)), Decimal(1)) if whole else steps[0]
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * n for n in range(int(first), int(last) + 1))


def every(labels: Sequence[str], room: float, width: float) -> int:
    """Return how many categories apart labels may stand: `width` each, in `room` for all."""
    if not labels or room <= 0:
        return 1
    fitting = max(1, int(room // width))
    return -(-len(labels) // fitting)


Spot = tuple[float, float, float, float]
"""A rectangle: left, top, width, height; downwards grows."""


def name_spots(points: Sequence[tuple[float, float]], sizes: Sequence[tuple[float, float]], off: float) -> list[Spot]:
    """Find where a name stands beside each point without covering a point or a name before it.

    `off` is how far a name keeps from its point. Right is tried first, then left, above, below and the corners;
    where nothing is free the name stands at the right all the same.
    """
    taken: list[Spot] = [(x - off * 0.8, y - off * 0.8, off * 1.6, off * 1.6) for x, y in points]
    found = []
    for (x, y), (wide, high) in zip(points, sizes, strict=True):
        spots = [(x + dx, y + dy, wide, high) for dx, dy in _beside(wide, high, off)]
        spot = next((spot for spot in spots if not any(_meet(spot, other) for other in taken)), spots[0])
        taken.append(spot)
        found.append(spot)
    return found


def _beside(wide: float, high: float, off: float) -> tuple[tuple[float, float], ...]:
    middle, above, below = -high / 2, -high - off * 0.6, off * 0.6
    right, left, centre = off, -off - wide, -wide / 2
    return (
        (right, middle), (left, middle), (centre, above), (centre, below),
        (right, above), (right, below), (left, above), (left, below),
    )


def _meet(one: Spot, other: Spot) -> bool:
    return (
        one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
    )
