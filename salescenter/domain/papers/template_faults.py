"""Why a version of a template cannot be approved, withdrawn or used."""

from __future__ import annotations

from salescenter.domain.errors import Refusal


class NotTried(Refusal):
    """The version was not tried on every kind of deal it is made for (samples)."""

    code = "template-not-tried"


class LawUnmet(Refusal):
    """What a law wants in the paper has no place in the template, or would be empty (needs)."""

    code = "template-law-unmet"


class NoVersionHolds(Refusal):
    """Every version of the house's own is withdrawn, or would be (template)."""

    code = "template-none-holds"


class VersionDone(Refusal):
    """The version was approved or withdrawn before (version, by, at)."""

    code = "template-version-done"


class BoxesTooFew(Refusal):
    """The digit boxes of a form have no place for a figure of the amount (money, amount, boxes)."""

    code = "digit-boxes-too-few"


class SeatsTooFew(Refusal):
    """A form asks buyers one by one and has places for fewer than there are (seats, buyers)."""

    code = "buyers-places-too-few"


class PartsTooFew(Refusal):
    """A form asks instalments one by one and has places for fewer than there are (seats, parts)."""

    code = "instalments-places-too-few"


class PledgesTooFew(Refusal):
    """A form asks pledges one by one and has places for fewer than there are (seats, pledges)."""

    code = "pledges-places-too-few"
