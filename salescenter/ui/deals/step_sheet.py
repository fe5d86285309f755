"""The sheet of a step on a unit: it loads the unit's card and what may be chosen, then builds its form."""

from __future__ import annotations

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.voiding import VOIDED
from salescenter.domain.units import Step
from salescenter.services.card import card
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.choices import DealChoices, choices
from salescenter.services.papers.voiding import VoidPaper, about_to_be_void
from salescenter.ui.deals.terms import TermsEdit
from salescenter.ui.kit.one_deed import OneDeed
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import NARROW
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.void_list import name_voids
from salescenter.ui.kit.words import step_words

Read = tuple[UnitCard, DealChoices, tuple[VoidPaper, ...]]


class StepSheet(OneDeed):
    """A form for one step on a unit; `fill` builds it once the card is there."""

    def __init__(self, room: Room, step: Step, unit: int, *, width: int = NARROW) -> None:
        super().__init__(room, step, width=width)
        self.unit_id = unit
        self.card: UnitCard | None = None
        self.choices: DealChoices | None = None
        desk, now = room.desk, room.now()

        def read() -> Read:
            found = card(desk, unit, now)
            of = found.deal if step in VOIDED else None
            void = about_to_be_void(desk, of.id, step, now) if of is not None else ()
            return found, choices(desk, now.date()), void

        self.load(read, self._loaded)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form; overridden by each step."""

    def refuse(self, trouble: Exception) -> None:
        """Show a refusal under the field of the terms it names, else as every sheet does."""
        if isinstance(trouble, Refusal) and any(one.refuse(trouble) for one in self.findChildren(TermsEdit)):
            self.busy(False)
        else:
            super().refuse(trouble)

    def _loaded(self, found: Read) -> None:
        self.card, self.choices, void = found
        self.badge(StateBadge(self.card.state))
        self.setWindowTitle(f"{step_words(self.step)} {self.card.code}")
        self.fill(self.card, self.choices)
        name_voids(self, void)
