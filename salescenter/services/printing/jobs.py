"""What is done with the print jobs of this PC: hand over, look how they stand, again or elsewhere, cancel, settle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from salescenter.domain.papers.printing import (
    AT_THE_PRINTER,
    BetweenTwo,
    JobState,
    Move,
    NotNow,
    PrintingSilent,
    PrintJob,
    Way,
    may,
)
from salescenter.domain.refusals import PrinterAway
from salescenter.services.printing.queue import PrintQueue
from salescenter.services.printing.spooler import HANDED_OVER, Parcel, Spooler

UNKEPT = "not-kept-yet"
"""Why a job waits that is ready while the archive keeps its paper; found so after a crash, it is printed anew."""

LOST_AFTER = timedelta(seconds=90)
"""A job that is still being handed over then was broken off: handing over takes a minute at most."""

HANDED = "handed-over"
"""Why a job counts as printed though nobody says so: its service tells nothing after it took it."""

GIVEN_UP = "given-up-there"
"""Why a job failed that nobody cancelled here: its printer, or somebody at it or in the system's settings, did."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A file in the place of a job's: its bytes, pages, and the size of its first page in points."""

    pdf: bytes
    pages: int
    paper: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PrintHouse:
    """The queue of this PC and the service that prints; whatever it does runs in a lane."""

    queue: PrintQueue
    spooler: Spooler

    def send(self, key: str, now: datetime) -> PrintJob:
        """Hand a waiting job over.

        Raises PrinterAway where it was not taken, BetweenTwo where nobody knows; the job is kept in both cases.
        """
        pdf = self.queue.pdf(key)
        job = self.queue.move(key, Move.SEND, now, tries=self.queue.job(key).tries + 1, why="", hitch=None, sheets=0)
        try:
            number = self.spooler.take(Parcel(mark_of(job), job.title, job.by, job.way, pdf, job.paper))
        except PrinterAway as away:
            self.queue.move(key, Move.FAIL, now, why=str(away.details["why"]))
            raise
        except BetweenTwo as broken:
            return self._seek(job, now, broken)
        return self._taken(job, number, now)

    def look(self, project: int, now: datetime) -> tuple[PrintJob, ...]:
        """Ask how the jobs at the printers stand; returns those that changed. Raises PrintingSilent."""
        moving = [job for job in self.queue.jobs(project) if job.state in AT_THE_PRINTER]
        seen = [self._seek(job, now) if job.state is JobState.SENDING else self._see(job, now) for job in moving]
        return tuple(now_ for before, now_ in zip(moving, seen, strict=True) if _told(before) != _told(now_))

    def again(self, key: str, way: Way, now: datetime, rest: Rest | None = None) -> PrintJob:
        """Make a job wait once more, for this or another printer; what is still at a printer is taken back first.

        `rest`: what of it is printed, where that is not all of it.
        """
        job = self.queue.job(key)
        self._take_back(job, now)
        part = {"pages": rest.pages, "paper": rest.paper} if rest is not None else {}
        pdf = rest.pdf if rest is not None else None
        return self.queue.move(key, Move.AGAIN, now, pdf, way=way, spool=0, hitch=None, why="", sheets=0, **part)

    def cancel(self, key: str, now: datetime) -> PrintJob:
        """Give a job up; the printer is told. What came out by then stays told in `sheets`."""
        job = self.queue.job(key)
        if not may(job.state, Move.CANCEL):
            raise NotNow(title=job.title, state=job.state)
        self._take_back(job, now)
        return self.queue.move(key, Move.CANCEL, now, hitch=None)

    def came_out(self, key: str, now: datetime) -> PrintJob:
        """A person has the sheets of a doubtful or failed job in hand."""
        return self.queue.move(key, Move.FINISH, now, hitch=None)

    def _take_back(self, job: PrintJob, now: datetime) -> None:
        """Take a job back from the printer; refused is one that came out meanwhile, or nobody knows whether it did."""
        if job.state in (JobState.QUEUED, JobState.PRINTING):
            self.spooler.cancel(job.way.printer, job.spool, mark_of(job))
            stands = self.spooler.standing(job.way.printer, job.spool, mark_of(job))
            if stands is None:
                raise NotNow(title=job.title, state=self.queue.move(job.key, Move.LOSE, now, hitch=None).state)
            if stands.state is JobState.PRINTED:
                raise NotNow(title=job.title, state=stands.state)

    def _taken(self, job: PrintJob, number: int, now: datetime) -> PrintJob:
        if number == HANDED_OVER:
            return self.queue.move(job.key, Move.FINISH, now, why=HANDED)
        return self.queue.move(job.key, Move.TAKE, now, spool=number)

    def _seek(self, job: PrintJob, now: datetime, broken: BetweenTwo | None = None) -> PrintJob:
        """Find a job that was being handed over by its mark; one nobody knows is doubtful when its time is up."""
        number = self.spooler.find(mark_of(job), job.way.printer) if broken is None else self._find_calmly(job)
        if number is not None:
            return self._taken(job, number, now)
        if broken is not None or now - (job.changed or job.at) > LOST_AFTER:
            return self.queue.move(job.key, Move.LOSE, now, why=str(broken.details["why"]) if broken else "")
        return job

    def _find_calmly(self, job: PrintJob) -> int | None:
        try:
            return self.spooler.find(mark_of(job), job.way.printer)
        except PrintingSilent:
            return None

    def _see(self, job: PrintJob, now: datetime) -> PrintJob:
        stands = self.spooler.standing(job.way.printer, job.spool, mark_of(job))
        if stands is None:
            return self._step(replace(job, hitch=None), Move.LOSE, now)
        seen = replace(job, sheets=max(job.sheets, stands.sheets), hitch=stands.hitch, why=stands.why)
        if stands.state is not job.state:
            seen = replace(seen, why=GIVEN_UP) if stands.state is JobState.CANCELLED else seen
            return self._step(seen, _MOVES[stands.state], now)
        if _told(seen) == _told(job):
            return job
        return self.queue.note(job.key, now, sheets=seen.sheets, hitch=seen.hitch, why=seen.why)

    def _step(self, seen: PrintJob, move: Move, now: datetime) -> PrintJob:
        found = {"sheets": seen.sheets, "hitch": seen.hitch, "why": seen.why}
        try:
            return self.queue.move(seen.key, move, now, None, **found)
        except NotNow:  # another window of this PC saw it first
            return self.queue.job(seen.key)


_MOVES = {
    JobState.QUEUED: Move.TAKE, JobState.PRINTING: Move.BEGIN, JobState.PRINTED: Move.FINISH,
    JobState.FAILED: Move.FAIL, JobState.CANCELLED: Move.FAIL,
}  # fmt: skip
"""What happens to a job at a printer when its service says so; what is cancelled here is out of the queue before."""


def _told(job: PrintJob) -> tuple[object, ...]:
    return job.state, job.hitch, job.sheets, job.why


def mark_of(job: PrintJob) -> str:
    """What a job is found again by at the service: its key and which try it is."""
    return f"{job.key[:12]}-{job.tries}"
