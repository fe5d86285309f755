"""Small deposits (小订) and subscriptions (认购): what they write, and what price and deposit may be."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from salescenter.data.deals import approval, deal_buyer, deal_consultant, deal_discount
from salescenter.data.estate import building, phase, unit
from salescenter.data.history import history
from salescenter.data.types import CHINA
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import ZERO, Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.price_refusals import DownPaymentTooSmall
from salescenter.domain.prices import LIMITS, Discount, DiscountKind, building_group, phase_group
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import (
    AboveFiledPrice,
    BelowFloorPrice,
    DepositTooLarge,
    DepositTooSmall,
    DiscountsClash,
    DiscountTooDeep,
    LoanNotWhole,
    TooLate,
)
from salescenter.domain.schedules import PlanKind
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals, offers
from salescenter.services.deals import changing, opening
from salescenter.services.deals.requests import Buyer, ChangeUnitRequest, Loan, Payment, Split, Terms
from tests.houses import DEPOSIT, LIST, Estate, yuan


def rate(value: str) -> Discount:
    return Discount(f"{value} 折", DiscountKind.RATE, Decimal(value))


def terms(*discounts: Discount, **more: Any) -> Terms:
    said: dict[str, Any] = {"discounts": discounts, "deposit": DEPOSIT} | more
    return Terms(**said)


# --- what is written


def test_a_subscription_binds_the_unit_and_writes_everything_at_once(estate: Estate) -> None:
    done = estate.subscribe(terms=terms(rate("0.99")))
    row, deal = estate.unit("1-101"), estate.deal("1-101")
    assert (row.state, row.deal_id, row.buyer, row.total) == (UnitState.SUBSCRIBED, deal.id, "陈一帆", yuan(990_000))
    assert row.until == datetime.combine(estate.today + timedelta(days=7), time(23, 59, 59), CHINA)
    assert (deal.number, deal.total, deal.list_total, deal.unit_price) == ("RG202600001", yuan(990_000), LIST, yuan(9_900))
    assert (deal.subscribed, deal.sign_by, deal.deposit) == (estate.today, date(2026, 3, 9), DEPOSIT)
    assert done.total == yuan(990_000)
    assert (done.deal, done.unit, done.revision, done.receipt_number) == (deal.id, row.id, row.revision, "A0000001")
    assert estate.dues() == [("deposit", 20_000, 20_000), ("price", 970_000, 0)]
    assert estate.receipts() == [("A0000001", "deposit", 20_000)]
    (kept,) = estate.all(select(deal_discount))
    assert (kept.name, kept.kind, kept.value) == ("0.99 折", "rate", "0.99")
    assert [told.person_id for told in estate.told(Step.SUBSCRIBE)] == [estate.people["a"].id]
    assert estate.broken() == []


def test_a_subscription_without_money_leaves_the_deposit_due(estate: Estate) -> None:
    done = estate.subscribe(paid=None)
    assert (done.receipt, done.receipt_number) == (0, "")
    assert estate.dues() == [("deposit", 20_000, 0), ("price", 980_000, 0)]
    assert estate.broken() == []


def test_several_buyers_and_consultants_share_a_deal(estate: Estate) -> None:
    two = (Buyer(estate.customers["李娜"], 6_000), Buyer(estate.customers["陈一帆"], 4_000))
    split = (Split(estate.people["a"].id, 3_000), Split(estate.people["b"].id, 7_000))
    estate.subscribe(buyers=two, consultants=split)
    assert estate.unit("1-101").buyer == "李娜"
    assert [b.share for b in estate.all(select(deal_buyer).order_by(deal_buyer.c.position))] == [6_000, 4_000]
    assert {s.share for s in estate.all(select(deal_consultant))} == {3_000, 7_000}
    assert estate.broken() == []


@pytest.mark.parametrize(("plan", "lent"), [(PlanKind.MORTGAGE, (70,)), (PlanKind.COMBINED, (50, 30))])
def test_loans_stand_in_the_schedule_and_its_sum_is_the_price(
    estate: Estate, plan: PlanKind, lent: tuple[int, ...]
) -> None:
    kinds = (LoanKind.COMMERCIAL,) if len(lent) == 1 else (LoanKind.PROVIDENT, LoanKind.COMMERCIAL)
    loans = tuple(Loan(k, yuan(n * 10_000), 30, Decimal("0.0305")) for k, n in zip(kinds, lent, strict=True))
    estate.subscribe(terms=terms(plan=STANDARD[plan], loans=loans))
    assert sum(due for _, due, _ in estate.dues()) == 1_000_000
    assert [due for item, due, _ in estate.dues() if item.startswith("loan")] == [n * 10_000 for n in lent]
    assert estate.broken() == []


def test_numbers_of_deals_have_no_gaps_though_some_were_refused(estate: Estate) -> None:
    estate.subscribe("1-101")
    for _ in range(3):
        with pytest.raises(DepositTooSmall):
            estate.subscribe("1-102", terms=Terms())
    assert estate.subscribe("1-102").number == "RG202600002"
    assert estate.broken() == []


def test_a_small_deposit_keeps_a_unit_and_becomes_part_of_the_deposit(estate: Estate) -> None:
    kept = estate.reserve()
    assert (kept.number, kept.receipt_number, kept.total) == ("RG202600001", "A0000001", LIST)
    row = estate.unit("1-101")
    assert (row.state, row.buyer) == (UnitState.RESERVED, "陈一帆")
    assert row.until == datetime.combine(estate.today + timedelta(days=3), time(23, 59, 59), CHINA)
    assert estate.broken() == []
    estate.later(days=1)
    done = estate.subscribe(paid=Payment(yuan(15_000), Method.CARD, "陈一帆"))
    assert (done.deal, done.number) == (kept.deal, kept.number)
    assert estate.dues() == [("deposit", 20_000, 20_000), ("price", 980_000, 0)]
    assert estate.receipts() == [("A0000001", "small-deposit", 5_000), ("A0000002", "deposit", 15_000)]
    assert estate.told(Step.RESERVE)
    assert estate.told(Step.SUBSCRIBE)[0].after["converted"] == yuan(5_000).fen
    assert estate.broken() == []


def test_the_days_of_a_small_deposit_may_be_agreed(estate: Estate) -> None:
    estate.reserve(days=10)
    assert estate.unit("1-101").until.date() == estate.today + timedelta(days=10)
    with pytest.raises(TooLate):
        estate.reserve("1-102", days=-1)


# --- the price


def test_nothing_is_sold_above_the_filed_price(estate: Estate) -> None:
    estate.alter("1-101", filed_total=yuan(999_999))
    for deed in (estate.subscribe, estate.reserve):
        with pytest.raises(AboveFiledPrice) as refused:
            deed()
        assert refused.value.details["price"] == LIST
        assert refused.value.details["filed"] == yuan(999_999)


@pytest.mark.parametrize(
    ("who", "deepest", "beyond"), [("a", "0.99", "0.98"), ("lead", "0.97", "0.96"), ("boss", "0.90", "0.89")]
)
def test_each_role_has_its_limit(estate: Estate, who: str, deepest: str, beyond: str) -> None:
    estate.put(estate_floor(ZERO))
    with pytest.raises(DiscountTooDeep) as refused:
        estate.subscribe(who=who, terms=terms(rate(beyond)))
    details = refused.value.details
    assert (details["rate"], details["limit"], details["approver"]) == (Decimal(beyond), Decimal(deepest), Role.MANAGER)
    assert estate.subscribe(who=who, terms=terms(rate(deepest))).total == LIST.times(Decimal(deepest))


def test_the_house_may_set_the_limits_of_its_roles(estate: Estate) -> None:
    estate.put(estate_floor(ZERO))
    estate.rule(LIMITS, {Role.CONSULTANT.value: "0.95"})
    assert estate.subscribe(terms=terms(rate("0.95"))).total == yuan(950_000)
    with pytest.raises(DiscountTooDeep):
        estate.subscribe("1-102", who="lead", terms=terms(rate("0.99")))


def estate_floor(amount: Money) -> Any:
    return unit.update().values(floor_total=amount or None)


def test_the_back_office_grants_no_discount(estate: Estate) -> None:
    with pytest.raises(DiscountTooDeep):
        estate.subscribe(who="office", terms=terms(rate("0.99")))


def test_a_price_below_the_floor_needs_an_approval(estate: Estate) -> None:
    estate.put(estate_floor(yuan(980_000)))
    with pytest.raises(BelowFloorPrice) as refused:
        estate.subscribe(who="boss", terms=terms(rate("0.97")))
    assert refused.value.details["floor"] == yuan(980_000)


def test_the_projects_own_floor_counts_where_it_is_higher(estate: Estate) -> None:
    estate.rule("floor_rate", "0.95")
    with pytest.raises(BelowFloorPrice) as refused:
        estate.subscribe(who="boss", terms=terms(rate("0.94")))
    assert refused.value.details["floor"] == yuan(950_000)


def with_floors(estate: Estate, **rates: str) -> None:
    """Let the building lie in a phase, and set floors of either from today."""
    first, of = insert(phase).values(id=1, project_id=1, name="一期"), update(building).values(phase_id=1)
    estate.put(first)
    estate.put(of)
    groups = {"building": building_group(1), "phase": phase_group(1)}
    floors = {groups[name]: Decimal(rate) for name, rate in rates.items()}
    asked = offers.OffersRequest((), {Role.MANAGER: Decimal("0.5")}, estate.today, floors=floors)
    offers.keep(estate.desk(), asked, estate.now)


@pytest.mark.parametrize(("rates", "floor", "of"), [
    ({"building": "0.95", "phase": "0.92"}, 950_000, "1号楼"), ({"phase": "0.96"}, 960_000, "一期"),
    ({"building": "0.91"}, 930_000, "project"), ({"phase": "0.5"}, 930_000, "project"),
])  # fmt: skip
def test_a_floor_of_building_or_phase_counts_where_it_is_the_highest_and_a_refusal_leaves_no_trace(
    estate: Estate, rates: dict[str, str], floor: int, of: str
) -> None:
    estate.rule("floor_rate", "0.93")
    with_floors(estate, **rates)
    before, told = estate.unit("1-101"), estate.count(history)
    with pytest.raises(BelowFloorPrice) as refused:
        estate.subscribe(who="boss", terms=terms(rate("0.905")))
    assert (refused.value.details["floor"], refused.value.details["of"]) == (yuan(floor), of)
    assert (estate.unit("1-101"), estate.count(history), estate.receipts()) == (before, told, [])
    assert estate.subscribe(who="boss", terms=terms(rate(str(Decimal(floor) / 1_000_000)))).number == "RG202600001"


def test_a_floor_of_a_group_holds_from_its_day_on_and_a_grant_opens_it(estate: Estate) -> None:
    with_floors(estate, building="0.97")
    estate.now -= timedelta(days=1)
    assert estate.subscribe("1-102", "boss", terms=terms(rate("0.95"))).deal
    estate.later(days=1)
    number = granted(estate, 950_000)
    assert estate.subscribe(terms=terms(rate("0.95"), approval=number)).total == yuan(950_000)
    assert estate.broken() == []


def test_discounts_that_clash_are_refused(estate: Estate) -> None:
    off = Discount("减两万", DiscountKind.AMOUNT_OFF, Decimal(20_000))
    per_metre = Discount("每平米减一百", DiscountKind.UNIT_PRICE_OFF, Decimal(100))
    with pytest.raises(DiscountsClash) as refused:
        estate.subscribe(who="boss", terms=terms(off, per_metre))
    assert refused.value.details == {"first": "减两万", "second": "每平米减一百", "why": "total-and-unit"}
    with pytest.raises(DiscountsClash) as lump:
        estate.subscribe("P-001", "boss", terms=terms(per_metre, deposit=yuan(10_000)))
    assert lump.value.details["why"] == "unit-price-on-lump-sum"


# --- approval of a discount


def granted(estate: Estate, lowest: int, code: str = "1-101") -> int:
    wanted = approvals.ApprovalRequest(estate.unit(code).id, Step.SUBSCRIBE, {"fen": yuan(lowest).fen}, "老客户")
    asked = approvals.ask(estate.desk("a"), wanted, estate.later(seconds=1))
    approvals.decide(estate.desk(), approvals.Decision(asked.approval, granted=True), estate.later(seconds=1))
    return asked.approval


def test_an_approved_discount_is_used_once(estate: Estate) -> None:
    number = granted(estate, 950_000)
    estate.subscribe(terms=terms(rate("0.95"), approval=number))
    (kept,) = estate.all(select(approval))
    assert kept.used
    assert estate.deal("1-101").terms["approval"] == number
    with pytest.raises(DiscountTooDeep):
        estate.subscribe("1-102", terms=terms(rate("0.95"), approval=number))


def test_an_approval_opens_no_more_than_it_says(estate: Estate) -> None:
    number = granted(estate, 950_000)
    with pytest.raises(DiscountTooDeep):
        estate.subscribe(terms=terms(rate("0.94"), approval=number))


def test_an_approval_that_was_not_needed_stays_unused(estate: Estate) -> None:
    number = granted(estate, 950_000)
    estate.subscribe(terms=terms(approval=number))
    (kept,) = estate.all(select(approval))
    assert not kept.used


def test_a_grant_is_found_by_itself(estate: Estate) -> None:
    granted(estate, 950_000)
    asked = estate.asked(terms=terms(rate("0.95")))
    opening.subscribe_with_approval(estate.desk("a"), asked, estate.later(seconds=1))
    assert estate.deal("1-101").total == yuan(950_000)


# --- deposit, days, schedule


def test_a_deposit_is_neither_too_small_nor_beyond_a_fifth(estate: Estate) -> None:
    with pytest.raises(DepositTooSmall) as small:
        estate.subscribe(terms=Terms(deposit=yuan(9_999)))
    assert small.value.details == {"received": yuan(9_999), "least": yuan(10_000)}
    with pytest.raises(DepositTooLarge) as large:
        estate.subscribe(terms=Terms(deposit=yuan(200_001)))
    assert large.value.details == {"received": yuan(200_001), "most": yuan(200_000)}


def test_a_small_deposit_is_not_too_small(estate: Estate) -> None:
    with pytest.raises(DepositTooSmall) as refused:
        estate.reserve(paid=Payment(yuan(99), Method.CASH, "陈一帆"))
    assert refused.value.details == {"received": yuan(99), "least": yuan(100)}


def test_the_day_to_sign_by_is_not_past(estate: Estate) -> None:
    with pytest.raises(TooLate) as refused:
        estate.subscribe(terms=terms(sign_by=estate.today - timedelta(days=1)))
    assert refused.value.details == {"what": "sign_by", "until": date(2026, 3, 1)}
    assert estate.subscribe(terms=terms(sign_by=estate.today)).deal


@pytest.mark.parametrize(("loans", "why"), [([705_000], "not-whole"), ([400_000, 300_000], "twice-of-one-kind")])
def test_loans_are_in_whole_ten_thousands_and_one_of_a_kind(estate: Estate, loans: list[int], why: str) -> None:
    lent = tuple(Loan(LoanKind.COMMERCIAL, yuan(n), 30, Decimal("0.03")) for n in loans)
    with pytest.raises(LoanNotWhole) as refused:
        estate.subscribe(terms=terms(plan=STANDARD[PlanKind.MORTGAGE], loans=lent))
    assert refused.value.details["why"] == why


@pytest.mark.parametrize(("plan", "loans", "field", "most"), [
    (PlanKind.MORTGAGE, {LoanKind.COMMERCIAL: 860_000}, "commercial", 850_000),
    (PlanKind.PROVIDENT, {LoanKind.PROVIDENT: 810_000}, "provident", 800_000),
    (PlanKind.COMBINED, {LoanKind.PROVIDENT: 600_000, LoanKind.COMMERCIAL: 210_000}, "commercial", 200_000),
])  # fmt: skip
def test_a_loan_that_leaves_less_than_the_least_down_payment_is_refused_and_leaves_no_trace(
    estate: Estate, plan: PlanKind, loans: dict[LoanKind, int], field: str, most: int
) -> None:
    lent = tuple(Loan(kind, yuan(amount), 30, Decimal("0.03")) for kind, amount in loans.items())
    before, told = estate.unit("1-101"), estate.count(history)
    with pytest.raises(DownPaymentTooSmall) as refused:
        estate.subscribe(terms=terms(plan=STANDARD[plan], loans=lent))
    assert (refused.value.details["field"], refused.value.details["most"]) == (field, yuan(most))
    assert (estate.unit("1-101"), estate.count(history), estate.receipts()) == (before, told, [])
    possible = tuple(Loan(one.kind, yuan(most) if one.kind == field else one.amount, 30, one.rate) for one in lent)
    assert estate.subscribe(terms=terms(plan=STANDARD[plan], loans=possible)).number == "RG202600001"
    assert estate.broken() == []


def test_a_change_of_unit_asks_for_the_least_down_payment_of_the_new_price(estate: Estate) -> None:
    estate.subscribe()
    before, told = (estate.unit("1-101"), estate.unit("1-102"), estate.receipts()), estate.count(history)
    lent = (Loan(LoanKind.COMMERCIAL, yuan(850_000), 30, Decimal("0.03")),)
    wanted = terms(rate("0.99"), plan=STANDARD[PlanKind.MORTGAGE], loans=lent)
    asked = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen("1-102"), wanted, "换大一点")
    with pytest.raises(DownPaymentTooSmall) as refused:
        changing.change_unit(estate.desk(), asked, estate.later(seconds=1))
    assert refused.value.details["most"] == yuan(840_000)
    assert (estate.unit("1-101"), estate.unit("1-102"), estate.receipts()) == before
    assert estate.count(history) == told
    assert estate.broken() == []
