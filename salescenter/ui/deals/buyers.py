"""The form for other buyers or shares (更名, 增减名)."""

from __future__ import annotations

from salescenter.domain.units import Step, UnitState
from salescenter.i18n import tr
from salescenter.services.card_values import UnitCard
from salescenter.services.deals import changing
from salescenter.services.deals.choices import DealChoices
from salescenter.services.deals.requests import ChangeBuyersRequest
from salescenter.ui.deals.people import BuyersEdit, Chosen
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.deals.summary import staying, unit_facts
from salescenter.ui.kit.deal_papers import show_subscription
from salescenter.ui.kit.editors import LineEdit, Tick
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.room import Room


class ChangeBuyersSheet(StepSheet):
    """Who buys from now on."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.CHANGE_BUYER, unit)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form with the buyers as they are."""
        form = FormGrid(columns=2)
        editor = BuyersEdit(self.room, offered.consent)
        form.add("buyers", tr("Buyers and their shares"), editor, span=2, required=True)
        form.add("reason", tr("Reason"), LineEdit(), span=2, required=True)
        form.add("relatives", "", Tick(tr("Only between near relatives, or by the notary's way")), span=2)
        form.field("relatives").setVisible(card.state >= UnitState.SIGNED)
        if card.deal is not None:
            editor.put([(Chosen(b.customer, b.name, ""), b.share) for b in card.deal.buyers])
        self.put(unit_facts(card, self.room.now().date()), *staying(card))
        self.put_form(form)
        form.keep_draft(self.room.drafts, f"{self.step}-{self.unit_id}")
        self.main_action(tr("Change the buyers"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        assert self.card is not None
        if not self.form.check():
            return
        said = self.form.values()
        asked = ChangeBuyersRequest(
            self.unit_id, self.card.revision, said["buyers"], said["reason"], bool(said["relatives"]), self.key
        )
        desk, now = self.room.desk, self.room.now()
        self.send(
            lambda: changing.change_buyers(desk, asked, now), lambda done: show_subscription(self.room, done.deal)
        )
