"""What stands beside the grid: the estate at a glance, a unit's card, how it stood, or what changed."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from salescenter.ui.floorplan.card import UnitCardView
from salescenter.ui.floorplan.glance import Glance
from salescenter.ui.floorplan.past import Changes, PastCard
from salescenter.ui.kit.room import Room

WIDTH, NARROW = 364, 300
"""Pixels; the narrow one where the page has fewer than `ROOMY`."""
ROOMY = 1000


class Side(QStackedWidget):
    """One of four at a time."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.glance, self.card, self.past, self.changes = Glance(), UnitCardView(room), PastCard(), Changes(room)
        for view in (self.glance, self.card, self.past, self.changes):
            self.addWidget(view)
        self.setFixedWidth(WIDTH)

    def has_keys(self) -> bool:
        """Say whether the keys go to something in here."""
        holder = self.window().focusWidget()
        return holder is not None and self.isAncestorOf(holder)

    def fit(self, page: int) -> None:
        """Leave more to the grid where the page is narrow."""
        self.setFixedWidth(WIDTH if page >= ROOMY else NARROW)
