"""A printed paper opened again from the archive: as it was, ready to be printed again on what it was printed on."""

from __future__ import annotations

from datetime import datetime

from salescenter.services.papers.archive import KeptPrint, print_as_it_was
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.stationery import ForForms, on_forms


def archived(desk: Desk, paper: int, now: datetime) -> Paper:
    """Fetch a print (its id); the history is told who looks at it. Runs in the papers lane."""
    return as_kept(desk, print_as_it_was(desk, paper, now))


def as_kept(desk: Desk, kept: KeptPrint) -> Paper:
    """Return a print of the archive as a paper that leaves as it was."""
    title = f"{paper_words(kept.kind)} {kept.number}"
    there, notice = on_forms(desk, [ForForms(kept.said, kept.form)], title)
    return Paper(kept.kind.value, kept.number, title, kept.pdf, kept.unit, kept.deal, on_forms=there, notice=notice,
                 says=kept.said, kept=True)
