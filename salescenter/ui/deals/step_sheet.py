"""The sheet of a step on a unit: it loads the unit's card and what may be chosen, then builds its form."""

from __future__ import annotations

from salescenter.domain.units import Step
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.choices import DealChoices, choices
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.words import step_words


class StepSheet(OneDeed):
    """A form for one step on a unit; `fill` builds it once the card is there."""

    def __init__(self, room: Room, step: Step, unit: int, *, width: int = NARROW) -> None:
        super().__init__(room, step, width=width)
        self.unit_id = unit
        self.card: UnitCard | None = None
        self.choices: DealChoices | None = None
        now = room.now()
        self.load(lambda: (card(room.desk, unit, now), choices(room.desk, now.date())), self._loaded)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form; overridden by each step."""

    def _loaded(self, found: tuple[UnitCard, DealChoices]) -> None:
        self.card, self.choices = found
        self.badge(StateBadge(self.card.state))
        self.setWindowTitle(f"{step_words(self.step)} {self.card.code}")
        self.fill(*found)
