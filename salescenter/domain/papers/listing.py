"""A titled list with totals (日报, 欠款明细, 销售台帐 and every report list) as it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, which side its entries stand on, its share of the width (0: by what it holds)."""

    name: str
    side: Literal["left", "centre", "right"] = "left"
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row; `strong` for a subtotal, `alarm` for one whose number is printed red (overdue)."""

    cells: tuple[str, ...]
    strong: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class ListingPaper:
    """Everything on a list; entries are already written out, a total row is as wide as the columns."""

    title: str
    house: str
    made: datetime
    columns: tuple[Column, ...]
    rows: tuple[ListRow, ...]
    totals: tuple[tuple[str, ...], ...] = ()
    about: tuple[str, ...] = ()     # what is said above the table: period, filter, cut-off
    notes: tuple[str, ...] = ()     # what is said below: formulas, remarks
    signers: tuple[str, ...] = ()   # 制表人, 审核人, each with a place to sign
    number: str = ""
    made_by: str = ""               # who took it away, and with the moment its watermark; "" for none
    landscape: bool = False
    lang: str = "zh_CN"
