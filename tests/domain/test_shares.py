"""Shares make one whole, and money shared out stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.errors import Refusal
from salescenter.domain.money import Money
from salescenter.domain.refusals import FieldMalformed, SharesNotWhole, SplitsNotWhole
from salescenter.domain.shares import WHOLE, check_whole, equal_shares, split_money


@pytest.mark.parametrize("shares", [[], [9_999], [5_000, 5_001], [3_333, 3_333, 3_333]])
@pytest.mark.parametrize("refusal", [SharesNotWhole, SplitsNotWhole])
def test_shares_that_do_not_make_a_whole_are_refused(shares: list[int], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        check_whole(shares, refusal)
    assert refused.value.details == {"total": sum(shares)}


@pytest.mark.parametrize("shares", [[10_001, -1], [10_000, 0]])
def test_nobody_has_a_share_of_nothing(shares: list[int]) -> None:
    with pytest.raises(FieldMalformed):
        check_whole(shares)


@given(st.integers(1, 30))
def test_equal_shares_are_whole(people: int) -> None:
    shares = equal_shares(people)
    check_whole(shares)
    assert len(shares) == people
    assert shares[0] - shares[-1] < people


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(1, 500), min_size=1, max_size=8))
def test_shared_money_adds_up_and_the_first_takes_the_rest(fen: int, weights: list[int]) -> None:
    shares = [w * WHOLE // (sum(weights) * 2) + 1 for w in weights]
    shares[0] += WHOLE - sum(shares)
    parts = split_money(Money(fen), shares)
    assert Money.sum(parts) == Money(fen)
    assert all(part.fen * fen >= 0 for part in parts)
    assert all(abs(abs(fen) * share / WHOLE - abs(part.fen)) < 1.01 for part, share in zip(parts[1:], shares[1:], strict=True))


def test_the_odd_fen_goes_to_the_first_owner() -> None:
    assert split_money(Money(5), [5_000, 5_000]) == (Money(3), Money(2))
    assert split_money(Money(-5), [5_000, 5_000]) == (Money(-3), Money(-2))
