"""What the page is handed, so that it need not import it to be opened: papers, Excel, the forms of its steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from salescenter.domain.units import Step
from salescenter.ui.kit.room import Room

if TYPE_CHECKING:
    from salescenter.domain.papers.grid_sheet import GridPaper
    from salescenter.ui.floorplan.batch_sheet import BatchSheet


@dataclass(frozen=True, slots=True)
class Presses:
    """`pdf` and `xlsx` are called in the papers lane; `offer` adds the papers about a unit (its id) to its menu;
    `sheet` makes the form of a step for many units."""

    pdf: Callable[[GridPaper], bytes]
    xlsx: Callable[[GridPaper], bytes]
    offer: Callable[[QMenu, Room, int], None]
    sheet: Callable[[Room, Step], BatchSheet]
