"""A print service for screens under test: takes every job, and tells of it what the test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QObject

from salescenter.domain.papers.printing import JobState, Sides
from salescenter.services.printing.jobs import PrintHouse
from salescenter.services.printing.queue import FILE, PrintQueue
from salescenter.services.printing.spooler import Parcel, Printer, Standing
from salescenter.ui.kit.drafts import Drafts
from salescenter.ui.kit.lane import Inline
from salescenter.ui.kit.print_watch import PrintWatch


@dataclass(slots=True)
class Spooled:
    """What reached the printers; `away` is raised instead of taking, `stands` is told of each job."""

    names: tuple[str, ...] = ("前台", "财务")
    sent: list[Parcel] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    away: Exception | None = None
    stands: Standing | None = field(default_factory=lambda: Standing(JobState.PRINTED, 1))
    known: dict[str, int] = field(default_factory=dict)

    def printers(self) -> tuple[Printer, ...]:
        """Name them."""
        return tuple(Printer(name, trays=("upper", "lower"), sides=tuple(Sides)) for name in self.names)

    def take(self, parcel: Parcel) -> int:
        """Take a job, or raise what keeps it from being taken."""
        if self.away is not None:
            raise self.away
        self.sent.append(parcel)
        return len(self.sent)

    def find(self, mark: str, printer: str) -> int | None:
        """Find a job the test lets be known."""
        return self.known.get(mark)

    def standing(self, printer: str, number: int, mark: str) -> Standing | None:
        """Tell what the test says."""
        return self.stands

    def cancel(self, printer: str, number: int, mark: str) -> None:
        """Take it back."""
        self.cancelled.append(number)


def watched(
    memory: Drafts, spooled: Spooled, now: Callable[[], datetime], project: int = 1, parent: QObject | None = None
) -> PrintWatch:
    """Watch over the jobs of a PC whose drafts these are."""
    house = PrintHouse(PrintQueue(memory.of_this_pc().beside(FILE)), spooled)
    return PrintWatch(house, project, Inline(), now, parent)
