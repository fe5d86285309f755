"""Money in whole fen, so that no sum can ever drift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """How a project rounds a total: all three are in use (domain facts 2.2)."""

    TO_FEN = "fen"            # 分, half up
    TO_YUAN = "yuan"          # 元, half up
    DOWN_TO_YUAN = "yuan-down"  # 元, the rest is dropped


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An exact amount of yuan, kept as fen (100 fen = 1 yuan)."""

    fen: int = 0

    @classmethod
    def yuan(cls, amount: Decimal | int | str) -> Money:
        """Read an amount in yuan; a float is refused because it is not exact."""
        if isinstance(amount, float):
            raise TypeError("money is never made from a float")
        return cls(_half_up(Decimal(amount) * 100))

    @staticmethod
    def sum(parts: Iterable[Money]) -> Money:
        """Add up any number of amounts; nothing gives zero."""
        return Money(sum(part.fen for part in parts))

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def times(self, rate: Decimal | int) -> Money:
        """Multiply by a rate, rounding half a fen up."""
        return Money(_half_up(self.fen * Decimal(rate)))

    def rounded(self, how: Rounding) -> Money:
        """Round to the project's unit; a total is rounded once, at the end."""
        if how is Rounding.TO_FEN:
            return self
        mode = ROUND_HALF_UP if how is Rounding.TO_YUAN else ROUND_DOWN
        return Money(int((Decimal(self.fen) / 100).quantize(Decimal(1), mode)) * 100)

    def split(self, parts: int) -> list[Money]:
        """Share out equally, each share half up to a fen; the last takes the rest, so the sum is exact."""
        share = self.times(Decimal(1) / parts).fen
        return [Money(share)] * (parts - 1) + [Money(self.fen - share * (parts - 1))]

    def __str__(self) -> str:
        return f"{Decimal(self.fen) / 100:,.2f}"


ZERO = Money()


def total_of(area: Decimal, unit_price: Money, how: Rounding) -> Money:
    """Price a unit: area (square metres) times price per square metre, rounded once by the project's rule."""
    exact = area * unit_price.fen  # exact fen, possibly with a fraction
    if how is Rounding.TO_FEN:
        return Money(_half_up(exact))
    mode = ROUND_HALF_UP if how is Rounding.TO_YUAN else ROUND_DOWN
    return Money(int((exact / 100).quantize(Decimal(1), mode)) * 100)


def average(total: Money, area: Decimal) -> Money | None:
    """Average price per square metre: sum over sum, half up to a fen; None where there is no area."""
    return Money(_half_up(total.fen / area)) if area else None


def _half_up(fen: Decimal) -> int:
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))
