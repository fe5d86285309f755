"""What leaves the house and is kept nowhere is told to the history."""

from __future__ import annotations

from datetime import datetime

from salescenter.domain.units import Step
from salescenter.services.work import Desk


def tell_left(desk: Desk, kind: str, title: str, now: datetime) -> None:
    """Tell the history that something left the house that is kept nowhere: a list, a picture of the grid, figures."""
    with desk.working(now) as work:
        work.note(Step.PRINT_PAPER, "paper", 0, after={"kind": kind, "title": title})
