"""A printed paper opened again from the archive: as it was, ready to be printed again on what it was printed on."""

from __future__ import annotations

from datetime import datetime

from salescenter.domain.papers.check import PaperKind
from salescenter.services.papers.archive import print_as_it_was
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.stationery import forms_again, receipt


def archived(desk: Desk, paper: int, now: datetime) -> Paper:
    """Fetch a print (its id); the history is told who looks at it. Runs in the papers lane."""
    kept = print_as_it_was(desk, paper, now)
    title = f"{paper_words(kept.kind)} {kept.number}"
    there, notice = forms_again(desk, kept, title)

    def receipt_again(reason: str) -> Paper:
        return receipt(desk, kept.number, now, reason, kept)

    again = receipt_again if kept.kind is PaperKind.RECEIPT else None
    return Paper(kept.kind.value, kept.number, title, kept.pdf, kept.unit, kept.deal, again=again, on_forms=there,
                 notice=notice)
