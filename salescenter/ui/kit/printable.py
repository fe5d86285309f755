"""Names are checked when they are saved: what no font can print is said then, not when the contract is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from salescenter.print.fonts import check_text

R = TypeVar("R")


def saved_if_printable(deed: Callable[[], R], **texts: str) -> Callable[[], R]:
    """Make a job for the lane: refuse with NoGlyph, naming the field, before the deed is done."""

    def job() -> R:
        for field, text in texts.items():
            check_text(text, field)
        return deed()

    return job
