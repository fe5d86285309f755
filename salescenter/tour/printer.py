"""The printers of the tour: they put their sheets into the album, and one of them jams, as printers do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from salescenter.domain.papers.printing import Hitch, JobState, Sides
from salescenter.i18n import tr
from salescenter.services.printing.spooler import Parcel, Printer, Spooler, Standing
from salescenter.ui.kit import printing


@dataclass(slots=True)
class TourPrinters:
    """A printer for contracts that prints, and one for receipts that is jammed; no real printer hears of the tour."""

    taken: list[Parcel] = field(default_factory=list)

    def printers(self) -> tuple[Printer, ...]:
        """Name both."""
        trays = ("upper", "lower")
        return (Printer(tr("Contract printer"), trays=trays, sides=tuple(Sides)),
                Printer(tr("Receipt printer"), trays=("tractor",), hitch=Hitch.JAM))  # fmt: skip

    def take(self, parcel: Parcel) -> int:
        """Take a job."""
        self.taken.append(parcel)
        return len(self.taken)

    def find(self, mark: str, printer: str) -> int | None:
        """Find a job by its mark."""
        return next((at for at, one in enumerate(self.taken, 1) if one.mark == mark), None)

    def standing(self, printer: str, number: int, mark: str) -> Standing | None:
        """Print, or be jammed."""
        if printer == tr("Receipt printer"):
            return Standing(JobState.PRINTING, 0, Hitch.JAM)
        return Standing(JobState.PRINTED, 1)

    def cancel(self, printer: str, number: int, mark: str) -> None:
        """Let go of it."""


@contextmanager
def tour_printers() -> Iterator[None]:
    """Let these be the printers of this PC for as long as the tour goes."""
    real, here = printing.spooler, TourPrinters()

    def pretended() -> Spooler:
        return here

    printing.spooler = pretended
    try:
        yield
    finally:
        printing.spooler = real
