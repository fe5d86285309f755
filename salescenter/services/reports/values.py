"""What a report is made of: sets, area and amount together, and the measures they are read by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from salescenter.domain.figures import Quantity, average_price
from salescenter.domain.money import Money
from salescenter.domain.report_periods import Span


class Measure(StrEnum):
    """What a chart counts in."""

    COUNT = "count"    # 套数
    AREA = "area"      # 面积
    AMOUNT = "amount"  # 金额


class Stage(StrEnum):
    """Which event a sale is counted by; the value is the daily figure's name."""

    SUBSCRIBED = "subscribed"  # 认购
    SIGNED = "signed"          # 网签


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many, how much money (fen) and how much construction area (hundredths of a square metre)."""

    count: int = 0
    fen: int = 0
    area: int = 0

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(self.count + other.count, self.fen + other.fen, self.area + other.area)

    def __sub__(self, other: Amounts) -> Amounts:
        return Amounts(self.count - other.count, self.fen - other.fen, self.area - other.area)

    def __bool__(self) -> bool:
        return bool(self.count or self.fen or self.area)

    @property
    def money(self) -> Money:
        """The amount as money."""
        return Money(self.fen)

    @property
    def square_metres(self) -> Decimal:
        """The area in square metres."""
        return Decimal(self.area) / 100

    @property
    def average(self) -> Money | None:
        """均价: sum of amounts / sum of areas, a square metre; None where there is no area."""
        return average_price(self.money, self.square_metres)

    def by(self, measure: Measure) -> Quantity:
        """Return one of the three: sets, square metres, or money."""
        if measure is Measure.COUNT:
            return self.count
        return self.square_metres if measure is Measure.AREA else self.money


NONE = Amounts()

Days = Mapping[int, tuple[int, int, int]]
"""Count, fen and area of each day, by its ordinal; a day without an entry counted nothing."""


def total(parts: Iterable[Amounts]) -> Amounts:
    """Add up any number of amounts."""
    return sum(parts, NONE)


def within(days: Days, span: Span) -> Amounts:
    """Add up what was counted in a span."""
    return _sum(days[day] for day in range(span.first.toordinal(), span.last.toordinal() + 1) if day in days)


def whole(days: Days) -> Amounts:
    """Add up what was counted on any day."""
    return _sum(days.values())


def _sum(rows: Iterable[tuple[int, int, int]]) -> Amounts:
    columns = list(zip(*rows, strict=True))
    return Amounts(*map(sum, columns)) if columns else NONE
