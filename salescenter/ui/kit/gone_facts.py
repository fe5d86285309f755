"""What is shown of a paper that was destroyed: when, by whom, and under which list."""

from __future__ import annotations

from datetime import date

from salescenter.i18n import tr
from salescenter.services.papers.gone import Gone
from salescenter.ui.kit import formats
from salescenter.ui.kit.facts import Fact


def gone_facts(gone: Gone, today: date) -> list[Fact]:
    """Say when a paper was destroyed, by whom and under which list."""
    return [
        Fact(tr("Destroyed on"), formats.day(gone.on, today), tone="danger"),
        Fact(tr("Destroyed by"), gone.by), Fact(tr("Destruction list"), gone.listed),
    ]  # fmt: skip
