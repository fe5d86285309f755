"""Deposits count up to a fifth of the price; only money called 定金 is lost or doubled."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.deposits import (
    DepositKind,
    DepositParts,
    DepositSettled,
    Outcome,
    check_deposit,
    deposit_cap,
    deposit_parts,
    settle_deposit,
)
from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import DepositTooLarge, DepositTooSmall

yuan = Money.yuan
PRICE = yuan(1_000_000)


def test_the_cap_is_a_fifth_and_the_excess_is_no_deposit() -> None:
    assert deposit_cap(yuan("735761.40")) == yuan("147152.28")
    assert deposit_parts(yuan(150_000), yuan("735761.40")) == DepositParts(yuan("147152.28"), yuan("2847.72"))
    assert deposit_parts(yuan(20_000), PRICE) == DepositParts(yuan(20_000), ZERO)


@pytest.mark.parametrize(("outcome", "to_buyer", "kept"), [
    (Outcome.SELLER_AT_FAULT, 450_000, 0), (Outcome.BUYER_AT_FAULT, 50_000, 200_000), (Outcome.NEITHER_AT_FAULT, 250_000, 0),
])
def test_who_keeps_what_of_a_deposit_beyond_the_cap(outcome: Outcome, to_buyer: int, kept: int) -> None:
    found = settle_deposit(DepositKind.DEPOSIT, yuan(250_000), PRICE, outcome)
    assert found == DepositSettled(yuan(to_buyer), yuan(kept))


@pytest.mark.parametrize("kind", [kind for kind in DepositKind if kind is not DepositKind.DEPOSIT])
@pytest.mark.parametrize("outcome", Outcome)
def test_money_of_another_name_simply_goes_back(kind: DepositKind, outcome: Outcome) -> None:
    assert settle_deposit(kind, yuan(5_000), PRICE, outcome) == DepositSettled(yuan(5_000), ZERO)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_only_a_seller_at_fault_adds_money(paid: int, price: int) -> None:
    for outcome in Outcome:
        found = settle_deposit(DepositKind.DEPOSIT, Money(paid), Money(price), outcome)
        added = deposit_parts(Money(paid), Money(price)).effective if outcome is Outcome.SELLER_AT_FAULT else ZERO
        assert found.to_buyer + found.kept == Money(paid) + added


def test_a_deposit_must_be_enough_and_not_too_much() -> None:
    check_deposit(yuan(20_000), PRICE, least=yuan(20_000))
    check_deposit(yuan(200_000), PRICE)
    with pytest.raises(DepositTooSmall) as small:
        check_deposit(yuan(19_999), PRICE, least=yuan(20_000))
    with pytest.raises(DepositTooLarge) as large:
        check_deposit(yuan("200000.01"), PRICE)
    assert small.value.details == {"received": yuan(19_999), "least": yuan(20_000)}
    assert large.value.details == {"received": yuan("200000.01"), "most": yuan(200_000)}
    with pytest.raises(DepositTooLarge):
        check_deposit(yuan(150_000), PRICE, share=Decimal("0.1"))
