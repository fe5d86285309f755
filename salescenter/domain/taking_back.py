"""Why a registration that was a mistake cannot be taken back any more."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class GoneOn(Refusal):
    """Somebody went on with the customer since they were registered (by, at, step)."""

    code = "gone-on"


class NeededSince(Refusal):
    """Something the person here may not see refers to the customer by now (customer)."""

    code = "needed-since"


class DayOver(Refusal):
    """A registration is taken back on its own day only (day)."""

    code = "day-over"
