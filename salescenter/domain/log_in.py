"""How long somebody waits after log-ins that failed: longer each time, never for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=15)
"""The first pause, doubled by each further failure, and the longest."""

FREE_FOR_PERSON, FREE_AT_PC = 3, 10
"""Failures in a row after which a pause begins; several people share a PC."""

FORGOTTEN_AFTER = timedelta(days=1)
"""Failures count no more when so long nothing failed."""

UNKNOWN = 0
"""Whoever is not of the house: what was typed may be a password in the wrong field, so it is kept nowhere."""


@dataclass(frozen=True, slots=True)
class Failures:
    """Log-ins in a row that failed, and when the last one did."""

    count: int = 0
    last: datetime | None = None

    def standing(self, now: datetime) -> Failures:
        """Return what of them still counts."""
        gone = self.last is None or now - self.last > FORGOTTEN_AFTER
        return Failures() if gone else self

    def one_more(self, now: datetime) -> Failures:
        """Return them with one that fails now."""
        return Failures(self.standing(now).count + 1, now)


def sum_of(several: tuple[Failures, ...]) -> Failures:
    """Return several people's, or PCs', failures as one."""
    moments = [one.last for one in several if one.last is not None]
    return Failures(sum(one.count for one in several), max(moments, default=None))


def wait(failed: Failures, free: int, now: datetime) -> int:
    """Return the whole seconds until the next try, 0 for at once; a clock put back keeps nobody waiting."""
    if failed.last is None or failed.count < free or now < failed.last - FIRST_PAUSE:
        return 0
    pause: timedelta = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failed.count - free, 20))
    return max(0, ceil(min(pause, failed.last + pause - now).total_seconds()))


def wait_of(person: Failures, at_pc: Failures, now: datetime) -> int:
    """Return the seconds somebody waits at a PC: for their own failures, or for all that failed there."""
    return max(wait(person, FREE_FOR_PERSON, now), wait(at_pc, FREE_AT_PC, now))
