"""The quotation sheet (置业计划): terms at the left, price, schedule and both loan methods at the right."""

from __future__ import annotations

from salescenter.domain.units import Step
from salescenter.i18n import tr
from salescenter.print.quotation import quotation_pdf
from salescenter.services import quotations
from salescenter.services.card_values import UnitCard
from salescenter.services.deals.choices import DealChoices
from salescenter.services.papers.quotations import quotation_paper
from salescenter.ui.deals.people import BuyersEdit, first_buyer
from salescenter.ui.deals.step_sheet import StepSheet
from salescenter.ui.deals.summary import unit_facts
from salescenter.ui.deals.terms import TermsEdit
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import WIDE


class QuoteSheet(StepSheet):
    """Work out a quotation, keep it under a number, print it."""

    def __init__(self, room: Room, unit: int) -> None:
        super().__init__(room, Step.QUOTE, unit, width=WIDE + 160)

    def fill(self, card: UnitCard, offered: DealChoices) -> None:
        """Build the form."""
        self.terms = TermsEdit(self.room, card, offered, signing=False)
        form = FormGrid(columns=6)
        form.add(
            "customer", tr("For a customer"), BuyersEdit(self.room, offered.consent, one=True, optional=True), span=4
        )
        homes = [("1", tr("First home")), ("2", tr("Second home")), ("3", tr("Third or more"))]
        form.add("home", tr("Family's home"), ChipGroup(homes), span=2)
        form.put(home="1")
        self.put(unit_facts(card, self.room.now().date()), self.terms)
        self.put_form(form)
        self.terms.form.finished.connect(self.press_main)
        self.terms.borrower = lambda: first_buyer(form.value("customer"))
        self.terms.home = lambda: int(form.value("home") or 1)
        form.changed.connect(self.terms.work_out_soon)
        form.keep_draft(self.room.drafts, f"quote-for-{self.unit_id}")
        self.terms.form.keep_draft(self.room.drafts, f"quote-{self.unit_id}")
        self.terms.work_out()
        self.main_action(tr("Keep and print"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not (self.terms.form.check() and self.form.check()):
            return
        asked = quotations.QuoteRequest(
            self.unit_id,
            self.terms.terms(),
            first_buyer(self.form.value("customer")),
            self.terms.home(),
            self.key,
        )
        desk, now = self.room.desk, self.room.now()

        def job() -> Paper:
            kept = quotations.keep(desk, asked, now)
            said = quotations.quote(desk, asked, now.date())
            value = quotation_paper(desk, asked, said, kept.number, now)
            return Paper("quotation", kept.number, tr("Quotation {number}", number=kept.number), quotation_pdf(value))

        self.send(job, self._done)

    def _done(self, paper: Paper) -> None:
        self.terms.form.drop_draft()
        self.room.show_paper(paper)
