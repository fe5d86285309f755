"""Papers (单据): what was printed, many papers as one job, and the check of a paper somebody brings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salescenter.domain.units import Step
from salescenter.i18n import mark
from salescenter.ui.kit.page import Page
from salescenter.ui.kit.room import Room


def _build(room: Room) -> QWidget:
    from salescenter.ui.papers.page import PapersPage

    return PapersPage(room)


PAGE = Page("papers", mark("Papers"), "papers", _build, needs=Step.PRINT_PAPER, order=60)
