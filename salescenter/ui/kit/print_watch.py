"""The watch over this PC's printers: looks how the jobs stand while any moves, and says what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from salescenter.domain.papers.printing import ASKS, AT_THE_PRINTER, PrintJob
from salescenter.i18n import tr, trn
from salescenter.services.printing.jobs import PrintHouse
from salescenter.ui.kit.lane import Runner, Trouble
from salescenter.ui.kit.printing_words import trouble
from salescenter.ui.kit.words import refusal_words

EVERY = 1_500
"""Milliseconds between two looks while a job moves; a look takes a millisecond or two."""


class PrintWatch(QObject):
    """Looks while jobs move, and sleeps when none does; `wake` when a job was handed over."""

    moved = Signal(object)   # tuple[PrintJob]: the jobs that changed
    looked = Signal(object)  # tuple[PrintJob]: how all of them stand
    silent = Signal(object)  # the Trouble that keeps the print service from answering

    def __init__(self, house: PrintHouse, project: int, papers: Runner, now: Callable[[], datetime],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.house, self.project = house, project
        self._papers, self.now = papers, now
        self._busy = False
        self._beat = QTimer(self)
        self._beat.setInterval(EVERY)
        self._beat.timeout.connect(self.look)

    def wake(self) -> None:
        """A job was handed over: look now and go on looking."""
        self._beat.start()
        self.look()

    def look(self) -> None:
        """Look once; a look that is not answered yet is not asked again."""
        if self._busy:
            return
        self._busy = True
        house, project, now = self.house, self.project, self.now()

        def ask() -> tuple[tuple[PrintJob, ...], tuple[PrintJob, ...]]:
            return house.look(project, now), house.queue.jobs(project)

        self._papers.run(ask, lambda found: self._seen(*found), owner=self, refused=self._unheard, after=self._rest)

    def first_seen(self, told: Callable[[tuple[PrintJob, ...]], None]) -> None:
        """Look once and tell how all jobs stand; a service that does not answer lets them stand as they were."""
        house, project = self.house, self.project
        self.look()
        self._papers.run(lambda: house.queue.jobs(project), told, owner=self, refused=self.silent.emit)

    def _rest(self) -> None:
        self._busy = False

    def _seen(self, changed: tuple[PrintJob, ...], jobs: tuple[PrintJob, ...]) -> None:
        if any(job.state in AT_THE_PRINTER for job in jobs):
            self._beat.start()
        else:
            self._beat.stop()
        if changed:
            self.moved.emit(changed)
        self.looked.emit(jobs)

    def _unheard(self, why: Trouble) -> None:
        self.silent.emit(why)


_SILENCE = ""


def speak_up(watch: PrintWatch, say: Callable[[str, str, str], None], unsay: Callable[[str], None]) -> None:
    """Say what goes wrong with a job as soon as it is seen, and at first how many wait for somebody; until it is well.

    A service that does not answer while it has jobs is said once, until it answers.
    """
    spoken: dict[str, str] = {}  # key of a job, or _SILENCE, and what was said of it

    def unheard(why: Trouble) -> None:
        sentence, remedy = refusal_words(why)
        if spoken.get(_SILENCE) != sentence:
            spoken[_SILENCE] = sentence
            say(sentence, remedy, "danger")

    def moved(jobs: tuple[PrintJob, ...]) -> None:
        for job in jobs:
            if (wrong := trouble(job)) is not None:
                spoken[job.key] = tr("{paper}: {trouble}", paper=job.title, trouble=wrong[0])
                say(spoken[job.key], wrong[1], "danger")

    def looked(jobs: tuple[PrintJob, ...]) -> None:
        for key in spoken.keys() - {job.key for job in jobs if trouble(job) is not None}:
            unsay(spoken.pop(key))

    def begun(jobs: tuple[PrintJob, ...]) -> None:
        if count := len(waiting_for_somebody(jobs)):
            say(trn("{count} print job waits for somebody.", "{count} print jobs wait for somebody.", count=count),
                tr("See Papers > Print centre."), "warning")

    watch.moved.connect(moved)
    watch.silent.connect(unheard)
    watch.looked.connect(looked)
    watch.first_seen(begun)


def waiting_for_somebody(jobs: tuple[PrintJob, ...]) -> tuple[PrintJob, ...]:
    """Return the jobs that wait for a person, or whose printer does."""
    return tuple(job for job in jobs if job.state in ASKS or job.hitch is not None)
