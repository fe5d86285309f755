"""What sets grid and units on paper and in Excel; handed to the page, so that it need not import them to be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu

from salescenter.domain.papers.grid_sheet import GridPaper
from salescenter.ui.kit.room import Room


@dataclass(frozen=True, slots=True)
class Presses:
    """`pdf` and `xlsx` are called in the papers lane; `offer` adds the papers about a unit (its id) to its menu."""

    pdf: Callable[[GridPaper], bytes]
    xlsx: Callable[[GridPaper], bytes]
    offer: Callable[[QMenu, Room, int], None]
