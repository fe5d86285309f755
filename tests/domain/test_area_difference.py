"""Measured against contracted area: every band of the model form, and of the local one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.area_difference import MODEL_FORM, SHENZHEN_2006, AreaPair, AreaRule, settle_area
from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import NoArea, WrongWay

yuan = Money.yuan


def settled(contracted: str, measured: str, price: str = "10000", rule: AreaRule = MODEL_FORM) -> tuple[bool, Money]:
    found = settle_area(AreaPair(Decimal(contracted), Decimal(measured)), yuan(price), rule)
    return found.may_rescind, found.amount


@pytest.mark.parametrize(("contracted", "measured", "price", "rescind", "money"), [
    ("100.00", "102.50", "10000", False, "25000"),
    ("100.00", "103.00", "10000", False, "30000"),
    ("100.00", "104.00", "10000", True, "30000"),
    ("100.00", "97.00", "10000", False, "-30000"),
    ("100.00", "96.99", "10000", True, "-30200"),
    ("100.00", "95.00", "10000", True, "-70000"),
    ("89.87", "86.53", "12345.67", True, "-49183.91"),
    ("100.00", "100.00", "10000", False, "0"),
])
def test_the_model_form(contracted: str, measured: str, price: str, rescind: bool, money: str) -> None:
    assert settled(contracted, measured, price) == (rescind, yuan(money))


@pytest.mark.parametrize(("measured", "rescind", "money"), [
    ("99.00", False, "-8000"), ("97.00", False, "-48000"), ("100.61", False, "0"), ("99.40", False, "0"),
    ("99.39", False, "-200"), ("103.50", True, "0"), ("96.99", True, "-48200"),
])
def test_shenzhens_form_of_2006(measured: str, rescind: bool, money: str) -> None:
    assert settled("100", measured, rule=SHENZHEN_2006) == (rescind, yuan(money))


def test_the_ratio_is_exact_and_shown_as_the_form_wants_it() -> None:
    found = settle_area(AreaPair(Decimal("89.87"), Decimal("86.53")), yuan("12345.67"), MODEL_FORM)
    assert round(found.ratio * 100, 4) == Decimal("-3.7165")


def test_an_inner_error_opens_the_way_out_of_a_gross_contract() -> None:
    gross, inner = AreaPair(Decimal(100), Decimal(102)), AreaPair(Decimal(80), Decimal("77.59"))
    assert settle_area(gross, yuan(10_000), MODEL_FORM, inner).may_rescind
    assert settle_area(gross, yuan(10_000), MODEL_FORM, inner).amount == yuan(20_000)
    assert not settle_area(gross, yuan(10_000), MODEL_FORM, AreaPair(Decimal(80), Decimal("77.60"))).may_rescind


def test_an_own_agreement_is_never_settled_by_the_program() -> None:
    with pytest.raises(WrongWay) as refused:
        settle_area(AreaPair(Decimal(100), Decimal(99)), yuan(1), None)
    assert refused.value.details["why"] == "own-agreement"


def test_without_a_contracted_area_nothing_can_be_settled() -> None:
    with pytest.raises(NoArea):
        settle_area(AreaPair(Decimal(0), Decimal(99)), yuan(1), MODEL_FORM)


areas = st.decimals("20", "500", places=2)


@given(areas, areas, st.integers(1, 10**7))
def test_the_larger_pays_at_most_three_percent_and_the_smaller_gets_no_less_than_its_loss(
    contracted: Decimal, measured: Decimal, fen: int
) -> None:
    found = settle_area(AreaPair(contracted, measured), Money(fen), MODEL_FORM)
    loss = (measured - contracted) * fen
    if measured >= contracted:
        assert found.amount >= ZERO
        assert found.amount.fen <= min(loss, contracted * fen * Decimal("0.03")) + 1
    else:
        assert 2 * loss - 1 <= found.amount.fen <= loss + 1
    assert found.may_rescind == (abs(found.ratio) > Decimal("0.03"))
