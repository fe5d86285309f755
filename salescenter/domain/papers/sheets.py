"""On which sheet of numbered stationery a reprint goes (重印所用的收据纸): sheets are accounted for as numbers are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salescenter.domain.papers.check import PaperKind

NUMBERED = frozenset({PaperKind.RECEIPT.value})
"""Kinds whose forms are bound in books, a sheet a number."""


class SheetUse(StrEnum):
    """Which sheet a reprint goes on, or the further page of a receipt that runs on."""

    NEXT = "next"    # 收据簿的下一张: its number is used up with it, no receipt ever gets it
    OWN = "own"      # 原来那一张: nothing came out on it; never for a further page, whose first page took it
    LOOSE = "loose"  # 无编号的收据纸: nothing to count


@dataclass(frozen=True, slots=True)
class OnSheet:
    """What was said about the sheets of a print's reprints; of NEXT the book, and the number its first one shows."""

    use: SheetUse
    book: int = 0
    first: int = 0


@dataclass(frozen=True, slots=True)
class OpenBook:
    """A book whose sheets this person holds: the number that is next, how numbers are written, how many are left."""

    id: int
    name: str
    next: int
    prefix: str
    digits: int
    left: int
