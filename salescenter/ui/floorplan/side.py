"""What stands beside the grid: the estate at a glance, a unit's card, how it stood, or what changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from salescenter.ui.floorplan.glance import Glance
from salescenter.ui.kit.room import Room

if TYPE_CHECKING:
    from salescenter.ui.floorplan.card import UnitCardView
    from salescenter.ui.floorplan.past_views import Changes, PastCard

View = TypeVar("View", bound=QWidget)

WIDTH, NARROW = 364, 300
"""Pixels; the narrow one where the page has fewer than `ROOMY`."""
ROOMY = 1000


class Side(QStackedWidget):
    """One of four at a time; all but the glance are made when they are first asked for: the grid stands sooner."""

    picked = Signal(int)  # unit id, in the list of what changed

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.glance = self._stand(Glance())
        self.setFixedWidth(WIDTH)

    @cached_property
    def card(self) -> UnitCardView:
        """The card of a unit."""
        from salescenter.ui.floorplan.card import UnitCardView  # noqa: PLC0415  it comes with the first unit

        return self._stand(UnitCardView(self._room))

    @cached_property
    def past(self) -> PastCard:
        """How a unit stood."""
        from salescenter.ui.floorplan.past_views import PastCard  # noqa: PLC0415  it comes with the first look back

        return self._stand(PastCard())

    @cached_property
    def changes(self) -> Changes:
        """What changed between two dates."""
        from salescenter.ui.floorplan.past_views import Changes  # noqa: PLC0415  as above

        changes = self._stand(Changes(self._room))
        changes.picked.connect(self.picked)
        return changes

    def has_keys(self) -> bool:
        """Say whether the keys go to something in here."""
        holder = self.window().focusWidget()
        return holder is not None and self.isAncestorOf(holder)

    def fit(self, page: int) -> None:
        """Leave more to the grid where the page is narrow."""
        self.setFixedWidth(WIDTH if page >= ROOMY else NARROW)

    def _stand(self, view: View) -> View:
        self.addWidget(view)
        return view
