"""The sheet of a step on a unit: it loads the unit's card, asks, does the deed once, and tells the grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import uuid4

from salescenter.domain.units import Step
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.choices import DealChoices, choices
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW, Sheet
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.waiting import LoadingOverlay
from salescenter.ui.kit.words import step_words

R = TypeVar("R")


class StepSheet(Sheet):
    """A form for one step; `fill` builds it once the card is there, `send` does the deed.

    The key is made once for the sheet, so that pressing twice, or again after a lost connection, does the
    deed once.
    """

    def __init__(self, room: Room, step: Step, unit: int, *, width: int = NARROW) -> None:
        super().__init__(step_words(step), width=width)
        self.room, self.step, self.unit_id = room, step, unit
        self.key = uuid4().hex
        self.card: UnitCard | None = None
        self.choices: DealChoices | None = None
        self._waiting = LoadingOverlay(self)
        self._waiting.begin()
        now = room.now()
        room.lane.run(
            lambda: (card(room.desk, unit, now), choices(room.desk, now.date())),
            self._loaded,
            owner=self,
            refused=self._not_loaded,
        )

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form; overridden by each step."""

    def send(self, deed: Callable[[], R], done: Callable[[R], object] | None = None) -> None:
        """Do the deed in the lane; on success the sheet closes and every grid looks at the feed."""
        self.busy()

        def finished(result: R) -> None:
            self.room.changed()
            self.finish(result)
            if done is not None:
                done(result)

        self.room.lane.run(deed, finished, owner=self, refused=self.refuse)

    def _loaded(self, found: tuple[UnitCard, DealChoices]) -> None:
        self._waiting.end()
        self.card, self.choices = found
        self.badge(StateBadge(self.card.state))
        self.setWindowTitle(f"{step_words(self.step)} {self.card.code}")
        self.fill(*found)
        self.adjustSize()

    def _not_loaded(self, trouble: Exception) -> None:
        self._waiting.end()
        self.banner.refuse(trouble)
