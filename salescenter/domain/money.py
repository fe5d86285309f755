"""Money in whole fen, so that no sum can ever drift."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

from salescenter.domain.refusals import FieldMalformed


class Rounding(StrEnum):
    """How a project rounds a total: all three are in use."""

    TO_FEN = "fen"            # 分, half up
    TO_YUAN = "yuan"          # 元, half up
    DOWN_TO_YUAN = "yuan-down"  # 元, the rest is dropped


STEPS: dict[Rounding, tuple[int, str]] = {
    Rounding.TO_FEN: (1, ROUND_HALF_UP),
    Rounding.TO_YUAN: (100, ROUND_HALF_UP),
    Rounding.DOWN_TO_YUAN: (100, ROUND_DOWN),
}
"""What a total is a whole number of, in fen, and how `decimal` gets there."""

_WRITTEN = re.compile(r"([+-]?)[¥$]?([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)元?")


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An exact amount of yuan, kept as fen (100 fen = 1 yuan)."""

    fen: int = 0

    @classmethod
    def yuan(cls, amount: Decimal | int | str) -> Money:
        """Make an amount of yuan; a float is refused because it is not exact."""
        return cls(_half_up(_exact(amount) * 100))

    @classmethod
    def read(cls, text: str) -> Money:
        """Read what a person or a sheet wrote: `￥1,234.00`, full-width digits, `1234元`.

        Refuses with `FieldMalformed` what is no amount, and what has more than two decimals.
        """
        plain = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
        found = _WRITTEN.fullmatch(plain)
        if not found or (found[1] and found[2]):
            raise FieldMalformed(field="amount", value=text, why="not-an-amount")
        fen = Decimal(found[3].replace(",", "")) * 100
        if fen != fen.to_integral_value():
            raise FieldMalformed(field="amount", value=text, why="finer-than-a-fen")
        return cls(-int(fen) if "-" in found[1] + found[2] else int(fen))

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
        """Multiply by a rate, rounding half a fen up; a float is refused."""
        return Money(_half_up(self.fen * _exact(rate)))

    def rounded(self, how: Rounding) -> Money:
        """Round to the project's unit; a total is rounded once, at the end."""
        return round_fen(self.fen, how)

    def split(self, parts: int) -> list[Money]:
        """Share out equally, each share half up to a fen; the last takes the rest, so the sum is exact.

        Where there are too few fen for that (two fen among four), shares are rounded down, so that no
        share ever turns negative.
        """
        if parts < 1:
            raise ValueError("money is split into one part or more")
        sign, whole = (-1 if self.fen < 0 else 1), abs(self.fen)
        share = (2 * whole + parts) // (2 * parts)
        if share * (parts - 1) > whole:
            share = whole // parts
        return [Money(sign * share)] * (parts - 1) + [Money(sign * (whole - share * (parts - 1)))]

    def __str__(self) -> str:
        return f"{Decimal(self.fen) / 100:,.2f}"


ZERO = Money()


def round_fen(exact: Decimal | int, how: Rounding) -> Money:
    """Round an exact number of fen, fractions and all, once and by the project's rule."""
    step, mode = STEPS[how]
    with localcontext(prec=60):
        return Money(int((Decimal(exact) / step).quantize(Decimal(1), mode)) * step)


def total_of(area: Decimal, unit_price: Money, how: Rounding) -> Money:
    """Price a unit: area (square metres) times price per square metre, rounded once by the project's rule."""
    return round_fen(area * unit_price.fen, how)


def average(total: Money, area: Decimal) -> Money | None:
    """Average price per square metre: sum over sum, half up to a fen; None where there is no area."""
    return Money(_half_up(total.fen / area)) if area else None


def _exact(amount: Decimal | int | str) -> Decimal:
    if isinstance(amount, float):
        raise TypeError("money is never made from a float")
    return Decimal(amount)


def _half_up(fen: Decimal) -> int:
    return int(fen.quantize(Decimal(1), ROUND_HALF_UP))
