"""What any print service does for the house: name its printers, take a job, say how it stands, give it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from salescenter.domain.papers.printing import Hitch, JobState, Sides, Way


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer: name, the words its owner gave it, its trays, sides it can print on, what holds it up."""

    name: str
    words: str = ""
    trays: tuple[str, ...] = ()
    sides: tuple[Sides, ...] = (Sides.ONE,)
    hitch: Hitch | None = None
    accepts: bool = True


@dataclass(frozen=True, slots=True)
class Parcel:
    """A job to hand over: its mark (the name it is found again by), its file, the size of its first page in points."""

    mark: str
    title: str
    by: str
    way: Way
    pdf: bytes
    paper: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a job stands at the service: its state, the pages that are out, what holds it up, in the service's words."""

    state: JobState
    sheets: int = 0
    hitch: Hitch | None = None
    why: str = ""


HANDED_OVER = 0
"""The number of a job that a service took without a number: how it goes on cannot be asked."""


class Spooler(Protocol):
    """A print service; whatever it does runs in a lane. Raises PrintingSilent where it does not answer."""

    def printers(self) -> tuple[Printer, ...]:
        """Name the printers, the usual one first."""
        ...

    def take(self, parcel: Parcel) -> int:
        """Hand a job over; returns its number there.

        Raises PrinterAway where it was not taken, BetweenTwo where nobody knows.
        """
        ...

    def find(self, mark: str, printer: str) -> int | None:
        """Return the number of a job by its mark, where the service still knows it."""
        ...

    def standing(self, printer: str, number: int, mark: str) -> Standing | None:
        """Say how a job stands; None where the service has forgotten it, whoever else has its number by now."""
        ...

    def cancel(self, printer: str, number: int, mark: str) -> None:
        """Take a job back; one that is over or forgotten already is nobody's harm, nor is the next with its number."""
        ...
