"""Looks at what is kept from most people: told to the history before they are had, and else not had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from salescenter.domain.refusals import CannotWrite, LookUntold, NoServerToWrite, ServerDiskFull
from salescenter.domain.units import Step
from salescenter.services.work import Desk, Work


@contextmanager
def told_first(desk: Desk, now: datetime) -> Iterator[Work]:
    """Open the work that tells of a look; refuses with LookUntold where nothing can be written."""
    try:
        with desk.working(now) as work:
            yield work
    except (CannotWrite, ServerDiskFull, NoServerToWrite) as trouble:
        raise LookUntold(why=trouble.details["why"]) from trouble


def tell_list(desk: Desk, now: datetime, what: str, **about: str) -> None:
    """Say that this person looks at the phones of a whole list, in one line; refuses with LookUntold."""
    with told_first(desk, now) as work:
        work.note(Step.REVEAL, "list", desk.project, after={"what": what, **about})
