"""Closing a day's cash (日结) and sealing what was done on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from salescenter.services import sealing
from salescenter.services.payments.lists import CloseDayRequest, DayClosedNow, close_day
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class DayClosedAndSealed:
    """What the day brought, and the code of the last seal, "" where nothing could be sealed yet: write it down."""

    day: DayClosedNow
    code: str


def close_and_seal(desk: Desk, asked: CloseDayRequest, now: datetime) -> DayClosedAndSealed:
    """Close the day; then seal the history, which does not undo the close where it fails."""
    return DayClosedAndSealed(close_day(desk, asked, now), sealing.seal_if_it_can_be(desk, now))
