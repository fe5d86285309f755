"""A room for a page under test: a real house, jobs done at once, and a note of everything the page asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from salescenter.domain.units import Step
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Inline, Runner
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Bulletin, Room


@dataclass(slots=True)
class Asked:
    """What a page asked its room for."""

    said: list[str] = field(default_factory=list)
    refused: list[Exception] = field(default_factory=list)
    went: list[tuple[str, object]] = field(default_factory=list)
    performed: list[tuple[Step, int]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    looked: int = 0


def make_room(
    desk: Desk, now: Callable[[], datetime], folder: Path, asked: Asked, lane: Runner | None = None
) -> Room:
    """Make the room; `folder` keeps the drafts."""
    runner = lane or Inline()

    def look() -> None:
        asked.looked += 1

    return Room(
        desk, runner, runner, now, asked.said.append, asked.refused.append,
        lambda page, argument: asked.went.append((page, argument)),
        lambda step, number: asked.performed.append((step, number)), asked.papers.append, look, Bulletin(),
        Drafts(folder),
    )
