"""Lanes: background threads whose answers come back on the screen's own thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol, TypeGuard, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from salescenter.domain.errors import Refusal, Weather
from salescenter.domain.led_out import LOG_IN_AGAIN

T = TypeVar("T")
log = logging.getLogger(__name__)

Trouble = Refusal | Weather
"""What a caller answers for itself: the business says no, or the surroundings fail."""

TELL_EVERY = 0.04
"""Seconds between two reports of progress; more often than 25 times a second no eye can follow."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: `done` of `whole` (0 when unknown) and what it does just now."""

    done: int
    whole: int
    what: str = ""


class Ticket:
    """One job's ticket: the screen may cancel it, the job may poll `cancelled` and tell its progress."""

    def __init__(self, progress: Callable[[Progress], None] | None = None) -> None:
        self.cancelled = False
        self._progress = progress
        self._told = 0.0

    def cancel(self) -> None:
        """Ask the job to stop; its answer is dropped in any case."""
        self.cancelled = True

    def tell(self, done: int, whole: int, what: str = "") -> None:
        """Report progress from the job's thread; reports that come too fast are skipped, the last never."""
        moment = time.monotonic()
        if self._progress and (done >= whole > 0 or moment - self._told >= TELL_EVERY):
            self._told = moment
            self._progress(Progress(done, whole, what))


def nothing() -> None:
    """Do nothing."""


class Runner(Protocol):
    """Anything that can do a job aside and answer later on the screen's thread.

    `run` is for a question or a deed, `pursue` for long work with progress and cancel. The answer is dropped
    when the owner's window is gone or the ticket was cancelled. `after` is called just before any answer,
    good or bad (re-enable the button there). A Refusal or Weather goes to `refused` if given; all else goes
    to the shell, which shows a Refusal or Weather as a banner and a bug as a report. Who must log in again is
    always the shell's to lead out.
    """

    def run(self, job: Callable[[], T], done: Callable[[T], None], *, owner: QObject,
            refused: Callable[[Trouble], None] | None = None,
            after: Callable[[], None] = nothing) -> Ticket: ...

    def pursue(self, job: Callable[[Ticket], T], done: Callable[[T], None], *, owner: QObject,
               progress: Callable[[Progress], None] | None = None,
               refused: Callable[[Trouble], None] | None = None,
               after: Callable[[], None] = nothing) -> Ticket: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for a job and where its answers go."""

    owner: QObject
    ticket: Ticket
    refused: Callable[[Trouble], None] | None
    after: Callable[[], None]

    def gone(self) -> bool:
        return not shiboken6.isValid(self.owner)


class Lane(QObject):
    """One worker thread; jobs run in the order they were asked for.

    A job must touch no widget and return only plain values. The worker holds no reference to a job, its owner or
    its answers once it tells the outcome, so that no widget is ever let go of on the wrong thread. `first` is done once
    on the screen's thread, before the first job is handed over.
    """

    failed = Signal(object)           # an exception no caller answered for: the shell shows it
    _arrived = Signal(object)         # a progress report to call on this object's thread
    _finished = Signal(object, object, object)  # number, result, exception

    def __init__(self, name: str, parent: QObject | None = None, first: Callable[[], object] | None = None) -> None:
        super().__init__(parent)
        self._first = first
        self._jobs: SimpleQueue[tuple[int, Callable[[Ticket], Any], Ticket] | None] = SimpleQueue()
        self._asked: dict[int, tuple[Callable[[Ticket], Any], Callable[[Any], None], _Asked]] = {}
        self._number = 0
        self._closed = False
        self._arrived.connect(_call, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._worker = Thread(target=self._work, name=name, daemon=True)
        self._worker.start()

    def run(self, job: Callable[[], T], done: Callable[[T], None], *, owner: QObject,
            refused: Callable[[Trouble], None] | None = None,
            after: Callable[[], None] = nothing) -> Ticket:
        """Do a short job aside; `done` gets its result on the screen's thread."""
        return self.pursue(lambda _ticket: job(), done, owner=owner, refused=refused, after=after)

    def pursue(self, job: Callable[[Ticket], T], done: Callable[[T], None], *, owner: QObject,
               progress: Callable[[Progress], None] | None = None,
               refused: Callable[[Trouble], None] | None = None,
               after: Callable[[], None] = nothing) -> Ticket:
        """Do long work aside; it may tell its progress and look whether it was cancelled."""
        ticket = Ticket(self._homeward(progress, owner))
        if self._closed:  # the program is ending: nobody waits for an answer
            ticket.cancel()
            return ticket
        if (first := self._first) is not None:
            self._first = None
            first()
        self._number += 1
        self._asked[self._number] = job, done, _Asked(owner, ticket, refused, after)
        self._jobs.put((self._number, job, ticket))
        return ticket

    def close(self) -> None:
        """Finish the job under way, forget the rest and whatever is asked from now on."""
        self._closed = True
        self._jobs.put(None)
        self._worker.join()
        self._asked.clear()

    def _work(self) -> None:
        """The worker's whole life: one job after the other until the lane is closed."""
        while (asked := self._jobs.get()) is not None:
            number, job, ticket = asked
            result, trouble = (None, None) if self._closed else _outcome(job, ticket)
            del asked, job, ticket
            if shiboken6.isValid(self):
                self._finished.emit(number, result, trouble)
            del result, trouble

    def _homeward(self, progress: Callable[[Progress], None] | None,
                  owner: QObject) -> Callable[[Progress], None] | None:
        if progress is None:
            return None
        show = progress

        def bring(told: Progress) -> None:
            if shiboken6.isValid(self):
                self._arrived.emit(lambda: show(told) if shiboken6.isValid(owner) else None)

        return bring

    def _answer(self, number: int, result: Any, trouble: BaseException | None) -> None:
        if number not in self._asked:
            return
        _, done, asked = self._asked.pop(number)
        if asked.gone():
            return
        asked.after()
        if asked.ticket.cancelled:
            return
        if trouble is None:
            done(result)
        elif asked.refused is not None and _is_callers(trouble):
            asked.refused(trouble)
        else:
            log.debug("no caller answers for this", exc_info=trouble)
            self.failed.emit(trouble)


def _is_callers(trouble: BaseException) -> TypeGuard[Trouble]:
    """Say whether a caller answers for this itself."""
    return isinstance(trouble, Refusal | Weather) and not isinstance(trouble, LOG_IN_AGAIN)


def _outcome(job: Callable[[Ticket], T], ticket: Ticket) -> tuple[T | None, BaseException | None]:
    try:
        return job(ticket), None
    except BaseException as trouble:  # noqa: BLE001  whatever it is, the screen's thread answers for it
        return None, trouble


class Inline:
    """A runner for tests: does the job at once, on the calling thread."""

    def run(self, job: Callable[[], T], done: Callable[[T], None], *, owner: QObject,
            refused: Callable[[Trouble], None] | None = None,
            after: Callable[[], None] = nothing) -> Ticket:
        """Do the job now; a refusal nobody answers for is raised."""
        return self.pursue(lambda _ticket: job(), done, owner=owner, refused=refused, after=after)

    def pursue(self, job: Callable[[Ticket], T], done: Callable[[T], None], *, owner: QObject,
               progress: Callable[[Progress], None] | None = None,
               refused: Callable[[Trouble], None] | None = None,
               after: Callable[[], None] = nothing) -> Ticket:
        """Do the long work now."""
        ticket = Ticket(progress)
        try:
            result = job(ticket)
        except (Refusal, Weather) as trouble:
            after()
            if refused is None or not _is_callers(trouble):
                raise
            refused(trouble)
        else:
            after()
            if not ticket.cancelled and shiboken6.isValid(owner):
                done(result)
        return ticket


def when_quiet(runner: Runner, owner: QObject, then: Callable[[], None], rounds: int = 3) -> None:
    """Call `then` when the jobs asked for so far, and those that their answers ask for, are answered."""
    if rounds:
        runner.run(nothing, lambda _: when_quiet(runner, owner, then, rounds - 1), owner=owner)
    else:
        then()


def _call(closure: Callable[[], None]) -> None:
    closure()
