"""What a print is, as a badge: the original, a reprint, or destroyed."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.services.papers.search import PaperRow
from salescenter.ui.kit.records import Mark


def print_mark(paper: PaperRow) -> Mark:
    """Say which print of its number a paper is, and that it was destroyed where it was."""
    if paper.gone is not None:
        return Mark(tr("destroyed"))
    if paper.copy == 1:
        return Mark(tr("original"), "accent")
    return Mark(tr("reprint {number}", number=paper.copy - 1), "warning")
