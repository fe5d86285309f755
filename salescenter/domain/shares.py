"""Shares of one whole, in hundredths of a percent: buyers' shares (份额) and consultants' splits (分成)."""

from __future__ import annotations

from collections.abc import Sequence

from salescenter.domain.errors import Refusal
from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed, SharesNotWhole

WHOLE = 10_000
"""100 % in hundredths of a percent."""


def check_whole(shares: Sequence[int], refusal: type[Refusal] = SharesNotWhole) -> None:
    """Refuse shares that do not add up to 100 %; pass `SplitsNotWhole` for consultants."""
    for share in shares:
        if share <= 0:
            raise FieldMalformed(field="share", value=share, why="not-positive")
    if sum(shares) != WHOLE:
        raise refusal(total=sum(shares))


def equal_shares(people: int) -> tuple[int, ...]:
    """Propose equal shares; the first takes what cannot be divided: three people 3334, 3333, 3333."""
    share, rest = divmod(WHOLE, people)
    return (share + rest, *[share] * (people - 1))


def split_money(amount: Money, shares: Sequence[int]) -> tuple[Money, ...]:
    """Share out an amount; each part is cut to a fen and the first owner takes the rest."""
    check_whole(shares)
    sign = -1 if amount.fen < 0 else 1
    parts = [sign * (abs(amount.fen) * share // WHOLE) for share in shares]
    parts[0] += amount.fen - sum(parts)
    return tuple(Money(part) for part in parts)
