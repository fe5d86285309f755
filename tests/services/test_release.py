"""Releasing, withdrawing, locking and pricing, many units at once: all or nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from salescenter.data.estate import permit, unit_moment
from salescenter.domain.money import ZERO, Money
from salescenter.domain.refusals import (
    AboveFiledPrice,
    AmountNotPositive,
    FieldMalformed,
    NoPermit,
    NoPrice,
    NotAllowedNow,
    NotFound,
    NotYours,
    ReasonMissing,
    TakenMeanwhile,
)
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import release
from salescenter.services.release import FlagRequest, NewPrice, PriceRequest, ReleaseRequest, Seen
from tests.houses import Estate, yuan


def seen(estate: Estate, *codes: str) -> tuple[Seen, ...]:
    return tuple(Seen(*estate.seen(code)) for code in codes)


def put_on_sale(estate: Estate, *codes: str, who: str = "plan") -> release.BatchDone:
    asked = ReleaseRequest(seen(estate, *codes), "加推")
    return release.release(estate.desk(who), asked, estate.later(seconds=1))


def take_off(estate: Estate, *codes: str, who: str = "plan") -> release.BatchDone:
    asked = ReleaseRequest(seen(estate, *codes), "撤盘")
    return release.withdraw(estate.desk(who), asked, estate.later(seconds=1))


def flag(estate: Estate, *codes: str, flag: Flag = Flag.MORTGAGED, on: bool = True) -> release.BatchDone:
    return release.set_flag(estate.desk(), FlagRequest(seen(estate, *codes), flag, on, "抵押"), estate.later(seconds=1))


def price(estate: Estate, code: str, who: str = "plan", reason: str = "调价", **new: Any) -> release.BatchDone:
    asked = PriceRequest((NewPrice(*estate.seen(code), **new),), reason)
    return release.set_prices(estate.desk(who), asked, estate.later(seconds=1))


def test_units_are_released_together_and_withdrawn_again(estate: Estate) -> None:
    take_off(estate, "1-101", "1-102")
    assert {estate.state(code) for code in ("1-101", "1-102")} == {UnitState.NOT_RELEASED}
    first = estate.unit("1-101").released
    done = put_on_sale(estate, "1-102", "1-101", "1-301")
    assert (done.count, estate.unit("1-301").released) == (3, estate.today)
    assert estate.unit("1-101").released == first
    assert {estate.unit(code).revision for code in ("1-101", "1-102", "1-301")} == {done.revision}
    assert len(estate.told(Step.RELEASE)) == 8 + 3
    assert len(estate.told(Step.WITHDRAW)) == 2
    assert estate.broken() == []


@pytest.mark.parametrize(
    ("code", "refusal"), [("1-302", NoPrice), ("1-303", NoPermit), ("1-101", NotAllowedNow)]
)
def test_one_unit_that_may_not_be_released_keeps_them_all(
    estate: Estate, code: str, refusal: type[Exception]
) -> None:
    before = estate.read(select(func.count()).select_from(unit_moment))
    with pytest.raises(refusal) as refused:
        put_on_sale(estate, "1-301", code)
    assert refused.value.details["unit"] == code  # type: ignore[attr-defined]
    assert estate.state("1-301") is UnitState.NOT_RELEASED
    assert estate.read(select(func.count()).select_from(unit_moment)) == before


def test_nothing_is_released_before_its_permits_day_or_above_its_filed_price(estate: Estate) -> None:
    estate.alter("1-301", filed_total=yuan(999_999))
    with pytest.raises(AboveFiledPrice):
        put_on_sale(estate, "1-301")
    estate.alter("1-301", filed_total=None)
    estate.put(permit.update().values(issued=estate.today + timedelta(days=1)))
    with pytest.raises(NoPermit) as refused:
        put_on_sale(estate, "1-301")
    assert refused.value.details == {"unit": "1-301"}


def test_what_binds_somebody_is_not_withdrawn(estate: Estate) -> None:
    estate.subscribe("1-101")
    with pytest.raises(NotAllowedNow) as refused:
        take_off(estate, "1-102", "1-101")
    assert refused.value.details == {"state": UnitState.SUBSCRIBED, "step": Step.WITHDRAW, "unit": "1-101"}
    assert estate.state("1-102") is UnitState.FOR_SALE


def test_a_batch_is_refused_whole_when_one_of_it_changed_meanwhile(estate: Estate) -> None:
    asked = ReleaseRequest(seen(estate, "1-102", "1-101"))
    estate.subscribe("1-101")
    with pytest.raises(TakenMeanwhile) as refused:
        release.withdraw(estate.desk("plan"), asked, estate.later(seconds=1))
    assert (refused.value.details["unit"], refused.value.details["by"]) == ("1-101", "林晓")
    assert estate.state("1-102") is UnitState.FOR_SALE


def test_a_batch_names_each_unit_once_and_only_units_there_are(estate: Estate) -> None:
    with pytest.raises(FieldMalformed) as twice:
        take_off(estate, "1-101", "1-101")
    assert twice.value.details["why"] == "twice"
    with pytest.raises(NotFound) as none:
        release.withdraw(estate.desk(), ReleaseRequest((Seen(4711, 0),)), estate.now)
    assert none.value.details == {"what": "unit", "sought": 4711}


def test_flags_are_set_and_cleared_beside_the_state(estate: Estate) -> None:
    flag(estate, "1-101", "1-102")
    flag(estate, "1-101", flag=Flag.SHOW_FLAT)
    assert estate.unit("1-101").flags == Flag.MORTGAGED | Flag.SHOW_FLAT
    flag(estate, "1-101", on=False)
    assert (estate.unit("1-101").flags, estate.unit("1-102").flags) == (Flag.SHOW_FLAT, Flag.MORTGAGED)
    assert estate.state("1-101") is UnitState.FOR_SALE
    assert [told.after["flag"] for told in estate.told(Step.SET_FLAG)] == ["MORTGAGED", "MORTGAGED", "SHOW_FLAT", "MORTGAGED"]
    assert estate.broken() == []


def test_prices_change_by_the_metre_by_inner_metre_or_as_a_lump(estate: Estate) -> None:
    price(estate, "1-101", unit_price=yuan(10_200))
    price(estate, "1-S1", unit_price=yuan(13_000))
    price(estate, "P-001", total=yuan(130_000))
    price(estate, "1-102", total=yuan(1_020_000))
    assert [(r.unit_price, r.list_total, r.total) for r in map(estate.unit, ("1-101", "1-S1", "P-001", "1-102"))] == [
        (yuan(10_200), yuan(1_020_000), yuan(1_020_000)), (yuan(13_000), yuan(1_040_000), yuan(1_040_000)),
        (ZERO, yuan(130_000), yuan(130_000)), (yuan(10_200), yuan(1_020_000), yuan(1_020_000)),
    ]  # fmt: skip
    told = estate.told(Step.SET_PRICE)[0]
    assert (told.before, told.after) == ({"fen": 100_000_000}, {"fen": 102_000_000, "reason": "调价"})
    assert estate.broken() == []


def test_a_total_is_rounded_the_projects_way(estate: Estate) -> None:
    estate.alter("1-101", area=Decimal("53.95"))
    price(estate, "1-101", unit_price=yuan(10_001))
    assert estate.unit("1-101").list_total == Money(53_955_395)


def test_a_new_price_clears_the_review_of_the_old_one(estate: Estate) -> None:
    flag(estate, "1-101", flag=Flag.PRICE_REVIEW)
    price(estate, "1-101", unit_price=yuan(10_000))
    assert estate.unit("1-101").flags == 0
    assert estate.subscribe().deal


def test_no_price_stands_above_the_filed_one_or_at_nothing(estate: Estate) -> None:
    with pytest.raises(AboveFiledPrice) as refused:
        price(estate, "1-101", unit_price=Money(1_050_001))
    assert refused.value.details == {"price": Money(105_000_100), "filed": yuan(1_050_000), "unit": "1-101"}
    nothing: list[dict[str, Any]] = [{"total": ZERO}, {"total": yuan(-1)}, {"unit_price": ZERO}]
    for new in nothing:
        with pytest.raises(AmountNotPositive):
            price(estate, "1-101", **new)
    with pytest.raises(NoPrice):
        price(estate, "1-101")


def test_a_price_agreed_in_a_deal_is_not_changed_under_it(estate: Estate) -> None:
    estate.subscribe("1-101")
    with pytest.raises(NotAllowedNow) as refused:
        price(estate, "1-101", unit_price=yuan(9_000))
    assert refused.value.details["step"] is Step.SET_PRICE


def test_a_price_changes_for_a_reason(estate: Estate) -> None:
    with pytest.raises(ReasonMissing):
        price(estate, "1-101", reason=" ", unit_price=yuan(9_000))


@pytest.mark.parametrize("who", ["a", "lead", "front", "cash", "title", "guest"])
def test_who_does_not_plan_neither_releases_nor_prices(small: Estate, who: str) -> None:
    with pytest.raises(NotYours):
        put_on_sale(small, "1-301", who=who)
    with pytest.raises(NotYours):
        take_off(small, "1-101", who=who)
    with pytest.raises(NotYours):
        price(small, "1-101", who, unit_price=yuan(9_000))
    with pytest.raises(NotYours):
        release.set_flag(small.desk(who), FlagRequest(seen(small, "1-101"), Flag.LOCKED, on=True), small.now)
