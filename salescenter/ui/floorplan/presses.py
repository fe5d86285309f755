"""What sets the grid on paper and in Excel; handed to the page, so that it need not import them to be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salescenter.domain.papers.grid_sheet import GridPaper


@dataclass(frozen=True, slots=True)
class Presses:
    """Both are called in the papers lane."""

    pdf: Callable[[GridPaper], bytes]
    xlsx: Callable[[GridPaper], bytes]
