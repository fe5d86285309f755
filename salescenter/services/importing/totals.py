"""Adds up a whole list of units: areas, and amounts under each rounding a project may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescenter.domain.money import Money, Rounding, average
from salescenter.services.importing.rows import UnitRow

_UNITS = {Rounding.TO_FEN: (100, 50), Rounding.TO_YUAN: (10_000, 5_000), Rounding.DOWN_TO_YUAN: (10_000, 0)}
"""Hundredths of a fen in one step of a rounding, and what is added before cutting off."""


def priced_fen(area: int, unit_price: int, how: Rounding) -> int:
    """Price a unit in whole numbers: hundredths of a square metre times fen, rounded once, in fen.

    The same as `domain.money.total_of`, for lists of tens of thousands.
    """
    step, half = _UNITS[how]
    return (area * unit_price + half) // step * (step // 100)


def makes(product: int, total: int) -> bool:
    """Whether a product (hundredths of a fen) gives a total (fen) under any rounding in use."""
    return any((product + half) // step * (step // 100) == total for step, half in _UNITS.values())


def list_totals(rows: Sequence[UnitRow]) -> dict[Rounding, list[int]]:
    """List totals (标准总价) in fen under each rounding: priced by area, or the sheet's own where it stands alone."""
    products = [row.product for row in rows]
    lumps = [(i, row.lump.fen) for i, row in enumerate(rows) if row.lump is not None]
    found = {}
    for how, (step, half) in _UNITS.items():
        fen = step // 100
        totals = [(product + half) // step * fen for product in products]
        for i, lump in lumps:
            totals[i] = lump
        found[how] = totals
    return found


@dataclass(frozen=True, slots=True)
class Totals:
    """What a unit list adds up to.

    amounts: sum of the rounded totals of the units, never re-multiplied; stated: sum of the totals the sheet itself
    states; agree: how many of them each rounding gives exactly; gross, inner: square metres.
    """

    count: int
    gross: Decimal
    inner: Decimal
    amounts: dict[Rounding, Money]
    averages: dict[Rounding, Money | None]
    stated: Money | None
    stated_count: int
    agree: dict[Rounding, int]

    @property
    def suggested(self) -> Rounding | None:
        """The rounding that gives all of the sheet's own totals, if one does and another does not."""
        fits = [how for how in Rounding if self.stated_count and self.agree[how] == self.stated_count]
        return fits[0] if 0 < len(fits) < len(Rounding) else None


def add_up(rows: Sequence[UnitRow]) -> Totals:
    """Add up a list under every rounding."""
    totals = list_totals(rows)
    amounts = {how: Money(sum(found)) for how, found in totals.items()}
    area = Decimal(sum(row.gross_cents for row in rows if row.unit_price or row.lump)) / 100
    stated = [-1 if row.stated is None else row.stated.fen for row in rows]
    count = len(rows) - stated.count(-1)
    return Totals(
        count=len(rows),
        gross=Decimal(sum(row.gross_cents for row in rows)) / 100,
        inner=Decimal(sum(row.inner_cents for row in rows)) / 100,
        amounts=amounts,
        averages={how: average(amounts[how], area) for how in Rounding},
        stated=Money(sum(stated) + len(rows) - count) if count else None,
        stated_count=count,
        agree={how: sum(map(int.__eq__, found, stated)) for how, found in totals.items()},
    )
