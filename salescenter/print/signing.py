"""Places to sign on forms: a line of signers at the foot, and the opinions of an approval sheet."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.print.sheet import Block
from salescenter.print.table import Cell, Grid, table

_ROOM = 50.0
"""Points an opinion is given to be written and signed in."""


def signers_block(signers: Sequence[str], measure: float, lang: str) -> Block:
    """Set the signers side by side, each with room for a name."""
    grid = Grid((measure / len(signers),) * len(signers), size=10, thick=0, least=30, inset=0)
    colon = "：" if lang == "zh_CN" else ":"
    return table(grid, [], [[f"{who}{colon}" for who in signers]], before=8)


def opinions_block(opinions: Sequence[str], measure: float) -> Block:
    """Set the opinions (审批栏), one after the other, each a row that is signed."""
    grid = Grid((0.16 * measure, 0.84 * measure), size=9.5, least=_ROOM, inset=4)
    blank = "意见：\n\n　　　　　　　　　　　　　　　　　　　签字：　　　　　　　　　　年　　月　　日"
    return table(grid, [], [[Cell(who, "centre", bold=True), blank] for who in opinions], before=6)
