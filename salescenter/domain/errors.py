"""Three ways a piece of work can fail that are nobody's bug: the business says no, the weather, and both as codes."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The business says no: a code with details; the screen says it in the reader's language."""

    code = "refused"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code, details)
        self.details = details


class Weather(Exception):  # noqa: N818
    """The surroundings failed (database away, disk full, printer jammed): shown as a banner, tried again."""

    code = "weather"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code, details)
        self.details = details
