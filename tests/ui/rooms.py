"""A room for a page under test: a real house, jobs done at once, and a note of everything the page asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.units import Step
from salescenter.services.waiting.shelf import Shelf
from salescenter.services.work import Desk
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Inline, Progress, Runner, Ticket, nothing
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.room import Bulletin, Room
from tests.ui.spooling import Spooled, watched


@dataclass(slots=True)
class Asked:
    """What a page asked its room for."""

    said: list[str] = field(default_factory=list)
    refused: list[Exception] = field(default_factory=list)
    went: list[tuple[str, object]] = field(default_factory=list)
    performed: list[tuple[Step, int]] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    looked: int = 0


class Later:
    """A runner whose answers come only when the test says so: a slow database."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], object]] = []

    def run(self, job: Callable[[], Any], done: Callable[[Any], None], *, owner: QObject,
            refused: Callable[[Refusal | Weather], None] | None = None,
            after: Callable[[], None] = nothing) -> Ticket:
        """Keep the job for later."""
        return self.pursue(lambda _ticket: job(), done, owner=owner, refused=refused, after=after)

    def pursue(self, job: Callable[[Ticket], Any], done: Callable[[Any], None], *, owner: QObject,
               progress: Callable[[Progress], None] | None = None,
               refused: Callable[[Refusal | Weather], None] | None = None,
               after: Callable[[], None] = nothing) -> Ticket:
        """Keep the long work for later."""
        ticket = Ticket(progress)

        def answer() -> None:
            if not ticket.cancelled:
                Inline().pursue(job, done, owner=owner, refused=refused, after=after)

        self._waiting.append(answer)
        return ticket

    def answer_all(self) -> None:
        """Let every answer come, also those that are asked for meanwhile."""
        while self._waiting:
            self._waiting.pop(0)()


def make_room(
    desk: Desk, now: Callable[[], datetime], folder: Path, asked: Asked, lane: Runner | None = None,
    waiting: Shelf | None = None,
) -> Room:
    """Make the room; `folder` keeps the drafts."""
    runner = lane or Inline()

    def look() -> None:
        asked.looked += 1

    return Room(
        desk, runner, runner, now, asked.said.append, asked.refused.append,
        lambda page, argument: asked.went.append((page, argument)),
        lambda step, number: asked.performed.append((step, number)), asked.papers.append, look, Bulletin(),
        Drafts(folder), waiting=waiting, printing=cache(lambda: watched(Drafts(folder), Spooled(), now, desk.project)),
    )
