"""A paper made of a template that is still being written, on the deal it is tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.form import Section
from salescenter.domain.papers.head import Head, number_for
from salescenter.domain.papers.letter import LETTERS, LetterPaper
from salescenter.domain.papers.listing import Column, ListRow
from salescenter.domain.papers.needs import COMPLETED, SUBSCRIPTION
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.papers.texts import LETTER_TEXTS
from salescenter.domain.papers.versions import Sample
from salescenter.services.papers.contracts import midnight
from salescenter.services.papers.titles import paper_words
from salescenter.services.papers.trials import Candidate, trial_terms
from salescenter.services.work import Desk

EDITIONS = {COMPLETED: "（现售）"}
MADE_UP = Candidate(Sample.ONE_OFF)


def example_paper(
    desk: Desk, kind: str, text: str, now: datetime, on: Candidate = MADE_UP
) -> ContractPaper | SubscriptionPaper | LetterPaper:
    """Return the paper a template would make of a deal; a contract is marked as a draft, none carries a check value.

    A letter's own fields are answered by their names: what it owes or is due stands in no other deal.
    """
    with desk.reading() as connection:
        number, terms = trial_terms(connection, desk.project, kind, on, now.date())
    if kind in LETTER_TEXTS:
        return _letter(kind, terms, text, now)
    if kind == SUBSCRIPTION:
        return SubscriptionPaper(number, terms, text, midnight(now.date(), now))
    made = ContractPaper(number, terms, text, midnight(now.date(), now), draft=True)
    return replace(made, edition=EDITIONS.get(kind, made.edition))


def _letter(name: str, terms: Terms, text: str, now: datetime) -> LetterPaper:
    kind, lang = LETTER_TEXTS[name]
    number, made = number_for(kind, now.date(), 0), midnight(now.date(), now)
    title, wording = paper_words(kind, lang), LETTERS[kind]
    head = Head(kind, number, title, terms.seller.name, terms.estate.name, now.date(), made, lang=lang)
    tables = {block: Section(columns=(Column(block),), rows=(ListRow(("…",)),)) for block in wording.blocks}
    return LetterPaper(head, terms, text, {field: f"〔{field}〕" for field in wording.fields}, tables)
