"""Shares make one whole, and money shared out stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.errors import Refusal
from salescenter.domain.refusals import FieldMalformed, SharesNotWhole, SplitsNotWhole
from salescenter.domain.shares import check_whole, equal_shares


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
