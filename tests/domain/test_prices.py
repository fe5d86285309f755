"""A price comes about in the order the policy says, is rounded once, and passes no limit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.money import Money, Rounding
from salescenter.domain.price_refusals import AboveListPrice
from salescenter.domain.prices import (
    Discount,
    DiscountKind,
    Floor,
    check_discounts,
    check_price,
    gross_unit_price,
    highest_floor,
    inner_unit_price,
    price_build_up,
    rate_of,
)
from salescenter.domain.refusals import (
    AboveFiledPrice,
    AmountNotPositive,
    BelowFloorPrice,
    DiscountsClash,
    DiscountTooDeep,
    NoArea,
)
from salescenter.domain.units import PriceBasis

yuan = Money.yuan
FEN, YUAN, DOWN = Rounding.TO_FEN, Rounding.TO_YUAN, Rounding.DOWN_TO_YUAN
GROSS, LUMP = PriceBasis.GROSS, PriceBasis.LUMP


def rate(value: str, name: str = "折") -> Discount:
    return Discount(name, DiscountKind.RATE, Decimal(value))


def off(value: str) -> Discount:
    return Discount("off", DiscountKind.AMOUNT_OFF, Decimal(value))


def unit_off(value: str) -> Discount:
    return Discount("unit-off", DiscountKind.UNIT_PRICE_OFF, Decimal(value))


def fixed(value: str) -> Discount:
    return Discount("fixed", DiscountKind.FIXED_TOTAL, Decimal(value))


def test_two_rates_are_chained_and_the_total_wins_over_its_unit_price() -> None:
    built = price_build_up(yuan(1_000_000), Decimal("100.05"), GROSS, [rate("0.98", "一次性"), rate("0.99", "开盘")], FEN)
    assert built.total == yuan(970_200)
    assert built.unit_price == yuan("9697.15")
    assert built.unit_price.times(Decimal("100.05")) == yuan("970199.86") != built.total
    assert [(line.name, line.before, line.after, line.difference) for line in built.lines] == [
        ("一次性", yuan(1_000_000), yuan(980_000), yuan(-20_000)),
        ("开盘", yuan(980_000), yuan(970_200), yuan(-9_800)),
    ]


def test_the_order_matters_when_amounts_and_rates_mix() -> None:
    first = price_build_up(yuan(1_000_000), Decimal(100), GROSS, [off("10000"), rate("0.98")], FEN)
    second = price_build_up(yuan(1_000_000), Decimal(100), GROSS, [rate("0.98"), off("10000")], FEN)
    assert (first.total, second.total) == (yuan(970_200), yuan(970_000))


def test_the_chain_is_rounded_once_at_the_end() -> None:
    chain = [rate("0.99"), rate("0.99"), rate("0.99")]
    assert price_build_up(Money(150), Decimal(1), GROSS, chain, FEN).total == Money(146)  # 145.54..., never 149 -> 148 -> 147
    built = price_build_up(yuan("735761.40"), Decimal(100), GROSS, [rate("0.98")], DOWN)
    assert (built.total, built.rounding) == (yuan(721_046), yuan("-0.17"))


def test_a_list_price_without_discount_stays_as_it_stands() -> None:
    built = price_build_up(yuan("735761.40"), Decimal("98.23"), GROSS, [], DOWN)
    assert (built.total, built.lines, built.rounding) == (yuan("735761.40"), (), Money())


def test_money_off_each_square_metre_counts_the_area_of_the_basis() -> None:
    built = price_build_up(yuan(1_000_000), Decimal("89.87"), GROSS, [unit_off("100.50")], FEN)
    assert built.total == yuan("990968.07")  # 1000000 - 89.87 x 100.50 = 990968.065


def test_a_fixed_total_takes_the_place_of_the_price() -> None:
    assert price_build_up(yuan(1_000_000), Decimal(90), LUMP, [fixed("888888")], YUAN).total == yuan(888_888)


def test_a_lump_sum_without_area_has_no_unit_price() -> None:
    assert price_build_up(yuan(150_000), Decimal(0), LUMP, [off("1")], FEN).unit_price is None


@pytest.mark.parametrize(("discounts", "basis", "why"), [
    ([off("1"), unit_off("1")], GROSS, "total-and-unit"),
    ([unit_off("1"), fixed("1")], GROSS, "total-and-unit"),
    ([unit_off("1")], LUMP, "unit-price-on-lump-sum"),
    ([fixed("1"), fixed("2")], GROSS, "two-fixed-totals"),
])
def test_discounts_that_clash_are_refused(discounts: list[Discount], basis: PriceBasis, why: str) -> None:
    with pytest.raises(DiscountsClash) as refused:
        price_build_up(yuan(1_000_000), Decimal(90), basis, discounts, FEN)
    assert refused.value.details["why"] == why


def test_rates_go_with_either_kind() -> None:
    check_discounts([rate("0.98"), off("1"), off("2")], GROSS)
    check_discounts([rate("0.98"), unit_off("1"), unit_off("2")], GROSS)


def test_a_price_of_nothing_is_refused() -> None:
    with pytest.raises(AmountNotPositive):
        price_build_up(yuan(100), Decimal(1), GROSS, [off("100")], FEN)


discount = st.one_of(
    st.decimals("0.5", "1", places=4).map(lambda v: rate(str(v))),
    st.decimals("0", "5000", places=2).map(lambda v: off(str(v))),
)


@given(st.integers(10**7, 10**11), st.lists(discount, max_size=5), st.sampled_from(Rounding))
def test_the_lines_lead_from_the_list_price_to_the_total(fen: int, discounts: list[Discount], how: Rounding) -> None:
    built = price_build_up(Money(fen), Decimal("100.01"), GROSS, discounts, how)
    assert built.list_total + Money.sum(line.difference for line in built.lines) + built.rounding == built.total
    assert abs(built.rounding.fen) <= 100  # less than a yuan, and what the lines were rounded by
    assert all(one.after == two.before for one, two in zip(built.lines, built.lines[1:], strict=False))
    if discounts:
        assert built.total.rounded(how) == built.total


@given(st.integers(10**6, 10**10), st.integers(9_000, 10_000), st.sampled_from(Rounding))
def test_a_discount_just_at_the_limit_never_fails_by_a_fen(fen: int, hundredths: int, how: Rounding) -> None:
    limit = Decimal(hundredths) / 10_000
    list_total = Money(fen).rounded(how)
    total = price_build_up(list_total, Decimal(90), GROSS, [rate(str(limit))], how).total
    check_price(total, list_total, limit_rate=limit, rounding=how)
    with pytest.raises(DiscountTooDeep):
        check_price(total - yuan(1), list_total, limit_rate=limit, rounding=how)


def test_no_approval_opens_the_filed_price() -> None:
    check_price(yuan(100), yuan(110), filed=yuan(100))
    with pytest.raises(AboveFiledPrice) as refused:
        check_price(yuan("100.01"), yuan(110), filed=yuan(100), approved=True)
    assert refused.value.details == {"price": yuan("100.01"), "filed": yuan(100)}


def test_nothing_is_taken_beyond_the_tag_whoever_approves() -> None:
    for approved in (False, True):
        with pytest.raises(AboveListPrice) as refused:
            check_price(yuan(101), yuan(100), filed=yuan(110), approved=approved)
        assert refused.value.details == {"price": yuan(101), "listed": yuan(100)}
    check_price(yuan(100), yuan(100), filed=yuan(110))


def test_a_price_below_the_floor_waits_for_an_approval() -> None:
    floor = Floor(yuan(80), "3号楼")
    check_price(yuan(80), yuan(90), floor=floor)
    with pytest.raises(BelowFloorPrice) as refused:
        check_price(yuan(79), yuan(90), floor=floor, approver="director")
    assert refused.value.details == {"price": yuan(79), "floor": yuan(80), "of": "3号楼", "approver": "director"}
    check_price(yuan(79), yuan(90), floor=floor, approved=True)


@pytest.mark.parametrize(("own", "rates", "floor"), [
    (None, [], None), (None, [("project", "0")], None), (yuan(90), [], Floor(yuan(90), "unit")),
    (yuan(90), [("project", "0.9")], Floor(yuan(90), "unit")),
    (yuan(90), [("project", "0.91"), ("3号楼", "0.95"), ("一期", "0.93")], Floor(yuan(95), "3号楼")),
    (yuan(96), [("project", "0.91"), ("3号楼", "0.95")], Floor(yuan(96), "unit")),
])
def test_of_the_floors_of_room_project_and_group_the_highest_counts(
    own: Money | None, rates: list[tuple[str, str]], floor: Floor | None
) -> None:
    shares = [(of, Decimal(rate)) for of, rate in rates]
    assert highest_floor(yuan(100), own, shares, Rounding.TO_FEN) == floor


def test_a_group_floor_is_rounded_as_the_price_is() -> None:
    found = highest_floor(yuan("999.99"), None, [("一期", Decimal("0.955"))], Rounding.DOWN_TO_YUAN)
    assert found == Floor(yuan(954), "一期")


def test_a_discount_beyond_ones_limit_waits_for_an_approval() -> None:
    with pytest.raises(DiscountTooDeep) as refused:
        check_price(yuan(96), yuan(100), limit_rate=Decimal("0.97"), approver="manager")
    assert refused.value.details == {"rate": Decimal("0.96"), "limit": Decimal("0.97"), "approver": "manager"}
    check_price(yuan(96), yuan(100), limit_rate=Decimal("0.97"), approved=True)
    check_price(yuan(97), yuan(100), limit_rate=Decimal("0.97"))


@pytest.mark.parametrize(("gross", "inner", "price", "expected"), [
    ("84.90", "67.75", "42486", "53240.76"), ("58.08", "46.10", "51713", "65151.65"),
])
def test_the_inner_unit_price_follows_from_the_gross_one(gross: str, inner: str, price: str, expected: str) -> None:
    found = inner_unit_price(yuan(price), Decimal(gross), Decimal(inner))
    assert found == yuan(expected)
    assert abs(gross_unit_price(found, Decimal(gross), Decimal(inner)).fen - yuan(price).fen) <= 1


def test_without_inner_area_there_is_no_inner_price() -> None:
    with pytest.raises(NoArea):
        inner_unit_price(yuan(1), Decimal(90), Decimal(0))


def test_a_rate_over_nothing_is_no_figure() -> None:
    assert rate_of(yuan(1), Money()) is None
