"""Whether a paper that is printed again says what it said then, or is issued anew because a change overtook it."""

from __future__ import annotations

from datetime import datetime

from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.voiding import Duty
from salescenter.services.papers.archive import KeptPrint, Key
from salescenter.services.papers.house import HOUSE, About
from salescenter.services.papers.voiding import voids
from salescenter.services.work import Desk

_ANEW = frozenset({Duty.SIGN_AGAIN, Duty.ISSUE_AGAIN})


def overtaken(desk: Desk, now: datetime, deal: int | None = None) -> frozenset[Key]:
    """Name the papers of a deal, or of all, that a change made void so that they are to be issued or signed again."""
    with desk.reading() as connection:
        return frozenset((one.kind.value, one.number) for one in voids(connection, desk, now, deal)
                         if one.duty in _ANEW)  # fmt: skip


def repeats(kept: KeptPrint | None, fresh: Filling | None) -> bool:
    """Say whether a reprint repeats this print; `fresh`: what the paper would say to a form if it were made now.

    The house's own lists of a day are made anew, and so is a paper whose amounts are others now.
    """
    if kept is None or (kept.kind in HOUSE and HOUSE[kept.kind].about in (About.PROJECT, About.LIST)):
        return False
    return fresh is None if kept.said is None else fresh is None or kept.said.stands(fresh)
