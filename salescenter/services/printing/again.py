"""Handing a print job over once more, here or elsewhere: for who may open its kind; the history hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salescenter.domain.papers.access import demand_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.printing import NotNow, PrintJob, Way
from salescenter.services.leaving import tell_left
from salescenter.services.printing.jobs import UNKEPT, PrintHouse, Rest
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class AgainRequest:
    """A job to hand over once more: its key, how, and what of it, where that is not all."""

    job: str
    way: Way
    rest: Rest | None = None


def print_again(desk: Desk, house: PrintHouse, asked: AgainRequest, now: datetime) -> PrintJob:
    """Hand a job over once more; what may have come out before is told to the history, so that nobody doubts later."""
    job = house.queue.job(asked.job)
    demand_job(desk, job)
    if job.why == UNKEPT:
        raise NotNow(title=job.title, state=job.state)
    if job.tries:
        tell_left(desk, job.kind, f"{job.title} → {asked.way.printer} ({job.tries + 1})", now)
    house.again(asked.job, asked.way, now, asked.rest)
    return house.send(asked.job, now)


def demand_job(desk: Desk, job: PrintJob) -> None:
    """Refuse a job of a kind of paper that is not the role's."""
    if job.kind in frozenset(PaperKind):
        demand_open(desk.who.role, PaperKind(job.kind))
