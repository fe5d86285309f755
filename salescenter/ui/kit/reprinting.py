"""Papers marked as the reprints they are: which one it is and why, over every page and on every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from salescenter.i18n import spoken
from salescenter.print.reprint import reprint_sheets
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.pdfium import laid_over


def marked(paper: Paper, count: int, reason: str, now: datetime) -> Paper:
    """Return a paper as its reprint number `count`."""
    forms = tuple(one.reprinted(count, reason) for one in paper.on_forms)
    return replace(paper, pdf=over(paper.pdf, count, reason, now), reason=reason, on_forms=forms)


def over(pdf: bytes, count: int, reason: str, now: datetime) -> bytes:
    """Lay the mark of a reprint over every page."""
    lang = spoken()
    return laid_over(pdf, lambda sizes: reprint_sheets(sizes, count, reason, now, lang))
