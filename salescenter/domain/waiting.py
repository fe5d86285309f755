"""What only a person can decide about a visit that was taken while the server was away, and how it may be decided."""

from __future__ import annotations

from enum import StrEnum

from salescenter.domain.errors import Refusal


class Choice(StrEnum):
    """A decision on one conflict of a waiting visit; each belongs to one kind of conflict only."""

    SAME_PERSON = "same-person"  # the other name is this customer's, too
    RELATIVE = "relative"        # somebody of the customer's family
    HELPED = "helped"            # received in the owner's place (义务接待): a turn is owed
    OWNER_CAME = "owner-came"    # the owner received after all
    ONE_VISIT = "one-visit"      # two desks wrote down the same visit
    TWO_VISITS = "two-visits"    # the visitor really came, or was received, twice
    TURN_USED = "turn-used"      # it was their turn, whatever the rota says
    TURN_KEPT = "turn-kept"      # received beside the rota: no turn is used
    THIS_HOUSE = "this-house"    # the server has another address now


class OtherName(Refusal):
    """The phone is on record under another name (name, known)."""

    code = "other-name"


class OfAnother(Refusal):
    """The customer belongs to another consultant than the one who received them (owner, consultant)."""

    code = "of-another"


class GivenTwice(Refusal):
    """Another desk registered the same visitor about then and handed them to somebody else (consultant, other, at)."""

    code = "given-twice"


class OutOfTurn(Refusal):
    """By what is on record now, it was somebody else's turn (consultant, next)."""

    code = "out-of-turn"


class OtherServer(Refusal):
    """The visit was taken while this PC worked with a server at another address (server)."""

    code = "other-server"


CHOICES: dict[type[Refusal], tuple[Choice, ...]] = {
    OtherName: (Choice.SAME_PERSON, Choice.RELATIVE),
    OfAnother: (Choice.HELPED, Choice.OWNER_CAME),
    GivenTwice: (Choice.ONE_VISIT, Choice.TWO_VISITS),
    OutOfTurn: (Choice.TURN_USED, Choice.TURN_KEPT),
    OtherServer: (Choice.THIS_HOUSE,),
}
"""How each conflict may be decided, the likeliest first."""
