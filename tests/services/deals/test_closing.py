"""Ways back to stock and changes of a living deal: cancelled, forfeited, given back, another unit, other buyers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.deals import deal_buyer
from salescenter.domain.loans import LoanKind
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount, DiscountKind
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import (
    DiscountTooDeep,
    NoConsent,
    NotAllowedNow,
    NotYours,
    ReasonMissing,
    SharesNotWhole,
    TakenMeanwhile,
    UnitLocked,
    WrongWay,
)
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import approvals, release
from salescenter.services.deals import changing, closing, signing
from salescenter.services.deals.requests import (
    Buyer,
    ChangeBuyersRequest,
    ChangeUnitRequest,
    Loan,
    Payment,
    Terms,
)
from salescenter.services.payments.receipts import VoidRequest, void
from tests.houses import DEPOSIT, LIST, Estate, yuan

S = UnitState


# --- back to stock


@pytest.mark.parametrize("state", [S.SUBSCRIBED, S.DRAFTED, S.SIGNED])
def test_a_cancelled_deal_frees_its_unit_and_says_what_was_received(estate: Estate, state: UnitState) -> None:
    estate.carried_to(state)
    ended = estate.close()
    row, deal = estate.unit("1-101"), estate.deal("1-101")
    assert (row.state, row.deal_id, row.buyer, row.total, row.until) == (S.FOR_SALE, None, "", LIST, None)
    assert (deal.living, deal.ending, deal.reason, deal.closed) == (False, Step.CANCEL, "客户放弃", estate.today)
    assert deal.state == state
    assert ended.received == DEPOSIT
    assert len(estate.told(Step.CANCEL)) == 1
    assert estate.broken() == []


def test_a_unit_given_back_has_its_price_approved_again(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    with pytest.raises(UnitLocked) as refused:
        estate.subscribe()
    assert refused.value.details == {"unit": "1-101", "flag": Flag.PRICE_REVIEW}
    new = release.NewPrice(*estate.seen("1-101"), unit_price=yuan(10_100))
    release.set_prices(estate.desk("plan"), release.PriceRequest((new,), "复核"), estate.later(seconds=1))
    assert estate.subscribe().total == yuan(1_010_000)
    assert estate.broken() == []


def test_a_house_may_leave_the_price_as_it_is(estate: Estate) -> None:
    estate.rule("review_returned", False)
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    assert estate.subscribe().deal
    assert estate.broken() == []


@pytest.mark.parametrize("deed", [closing.forfeit, closing.cancel])
def test_a_unit_may_be_kept_back(estate: Estate, deed: Any) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close(deed, keep_back=True)
    assert estate.state("1-101") is S.NOT_RELEASED
    assert estate.broken() == []


@pytest.mark.parametrize("state", [S.RESERVED, S.SUBSCRIBED])
def test_an_abandoned_deal_is_forfeited(estate: Estate, state: UnitState) -> None:
    estate.carried_to(state)
    estate.close(closing.forfeit)
    assert (estate.state("1-101"), estate.deal("1-101").ending) == (S.FOR_SALE, Step.FORFEIT)
    assert estate.unit("1-101").flags == 0
    assert estate.broken() == []


def test_a_small_deposit_is_given_back(estate: Estate) -> None:
    estate.carried_to(S.RESERVED)
    assert estate.close(closing.give_back).received == yuan(5_000)
    assert (estate.state("1-101"), estate.deal("1-101").ending) == (S.FOR_SALE, Step.GIVE_BACK)
    assert estate.broken() == []


@pytest.mark.parametrize(
    ("deed", "state", "step"),
    [
        (closing.cancel, S.RESERVED, Step.CANCEL), (closing.cancel, S.FILED, Step.CANCEL),
        (closing.cancel, S.HANDED_OVER, Step.CANCEL), (closing.forfeit, S.DRAFTED, Step.FORFEIT),
        (closing.give_back, S.SUBSCRIBED, Step.GIVE_BACK),
    ],
)  # fmt: skip
def test_ways_that_are_closed(small: Estate, deed: Any, state: UnitState, step: Step) -> None:
    small.carried_to(state)
    with pytest.raises(NotAllowedNow) as refused:
        small.close(deed)
    assert refused.value.details == {"state": state, "step": step}


@pytest.mark.parametrize("deed", [closing.cancel, closing.forfeit, closing.give_back])
def test_an_end_has_a_reason_and_is_the_managers(small: Estate, deed: Any) -> None:
    small.carried_to(S.RESERVED if deed is closing.give_back else S.SUBSCRIBED)
    with pytest.raises(ReasonMissing):
        small.close(deed, reason=" ")
    for who in ("a", "lead", "office", "cash"):
        with pytest.raises(NotYours):
            small.close(deed, who=who)


# --- once the bank has paid


def lent(estate: Estate) -> Any:
    """A signed deal whose bank has paid out its loan; returns the receipt."""
    loans = (Loan(LoanKind.COMMERCIAL, yuan(700_000), 30, Decimal("0.03")),)
    terms = Terms(plan=STANDARD[PlanKind.MORTGAGE], loans=loans, deposit=DEPOSIT)
    estate.subscribe(terms=terms)
    estate.step(signing.draft)
    estate.sign()
    return estate.receive(amount=700_000, kind=MoneyKind.LOAN, method=Method.BANK_LOAN, payer="云栖银行")


def test_after_the_bank_has_paid_the_loan_goes_back_before_the_deal_ends(estate: Estate) -> None:
    receipt = lent(estate)
    with pytest.raises(WrongWay) as refused:
        estate.close()
    assert refused.value.details == {"step": Step.CANCEL, "why": "loan-paid-out", "instead": Step.VOID_RECEIPT}
    for change in (lambda: move(estate), lambda: rename(estate, near_relatives=True)):
        with pytest.raises(WrongWay) as other:
            change()
        assert (other.value.details["why"], other.value.details["instead"]) == ("loan-paid-out", Step.CANCEL)
    void(estate.desk("cash"), VoidRequest(receipt.receipt, "退回银行"), estate.later(seconds=1))
    assert estate.close().received == DEPOSIT
    assert estate.broken() == []


def special(estate: Estate) -> None:
    wanted = approvals.ApprovalRequest(estate.unit("1-101").id, Step.SUBSCRIBE, {"fen": yuan(950_000).fen})
    number = approvals.ask(estate.desk("a"), wanted, estate.now).approval
    approvals.decide(estate.desk(), approvals.Decision(number, granted=True), estate.now)
    less = (Discount("员工价", DiscountKind.RATE, Decimal("0.95")),)
    estate.subscribe(terms=Terms(less, deposit=DEPOSIT, approval=number))


def test_a_deal_with_a_special_discount_is_not_carried_to_others(estate: Estate) -> None:
    special(estate)
    for change in (lambda: move(estate), lambda: rename(estate)):
        with pytest.raises(WrongWay) as refused:
            change()
        assert refused.value.details["why"] == "special-discount"
    assert estate.close().received == DEPOSIT


def test_a_deal_whose_area_is_settled_is_not_changed(estate: Estate) -> None:
    estate.carried_to(S.SIGNED)
    estate.receive(amount=3_000, kind=MoneyKind.AREA_DIFFERENCE)
    with pytest.raises(WrongWay) as refused:
        move(estate)
    assert refused.value.details == {"step": Step.CHANGE_UNIT, "why": "area-settled", "instead": Step.CANCEL}


# --- another unit


def move(estate: Estate, to: str = "1-202", who: str = "lead", **more: Any) -> changing.UnitChanged:
    said: dict[str, Any] = {"terms": Terms(deposit=DEPOSIT), "reason": "换更高楼层"} | more
    asked = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen(to), **said)
    return changing.change_unit(estate.desk(who), asked, estate.later(seconds=1))


def test_a_price_beyond_ones_limit_is_granted_for_the_new_unit_too(estate: Estate) -> None:
    estate.subscribe()
    less = Terms((Discount("老业主", DiscountKind.RATE, Decimal("0.95")),), deposit=DEPOSIT)
    asked = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen("1-202"), less, "换更高楼层")
    with pytest.raises(DiscountTooDeep):
        changing.change_unit_with_approval(estate.desk("lead"), asked, estate.now)
    price = estate.unit("1-202").list_total.fen * 95 // 100
    estate.grant("1-202", Step.SUBSCRIBE, fen=price)
    changed = changing.change_unit_with_approval(estate.desk("lead"), asked, estate.now)
    assert changed.total.fen == price
    assert estate.broken() == []


@pytest.mark.parametrize("state", [S.RESERVED, S.SUBSCRIBED, S.DRAFTED, S.SIGNED])
def test_the_buyers_change_to_another_unit_and_their_money_goes_along(estate: Estate, state: UnitState) -> None:
    estate.carried_to(state)
    before = estate.deal("1-101")
    paid = 5_000 if state is S.RESERVED else 20_000
    done = move(estate)
    old, new = estate.unit("1-101"), estate.unit("1-202")
    assert (old.state, old.deal_id, new.state, new.buyer) == (S.FOR_SALE, None, S.SUBSCRIBED, "陈一帆")
    assert bool(old.flags & Flag.PRICE_REVIEW)
    deal = estate.deal("1-202")
    assert (deal.after_id, deal.number, done.carried) == (before.id, "RG202600002", yuan(paid))
    assert estate.deal("1-101").ending == Step.CHANGE_UNIT
    assert sum(had for _, _, had in estate.dues("1-202")) == paid
    kind = "small-deposit" if state is S.RESERVED else "deposit"
    assert estate.receipts()[1:] == [("A0000002", kind, -paid), ("A0000003", kind, paid)]
    assert len(estate.told(Step.CHANGE_UNIT)) == 2
    assert estate.broken() == []


def test_more_money_than_the_other_unit_costs_stays_free_to_be_returned(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.receive(amount=500_000)
    estate.alter("P-001", list_total=yuan(120_000))
    done = move(estate, "P-001", terms=Terms(deposit=yuan(10_000)))
    assert done.carried == yuan(520_000)
    assert sum(had for _, _, had in estate.dues("P-001")) == 120_000
    assert estate.broken() == []


def test_neither_a_taken_nor_a_reserved_unit_is_changed_to(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.subscribe("1-102")
    estate.reserve("1-103")
    with pytest.raises(NotAllowedNow):
        move(estate, "1-102")
    with pytest.raises(WrongWay) as refused:
        move(estate, "1-103")
    assert refused.value.details["why"] == "new-unit-reserved"
    with pytest.raises(NotAllowedNow):
        move(estate, "1-301")
    assert estate.broken() == []


def test_either_unit_may_have_changed_meanwhile(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    asked = ChangeUnitRequest(*estate.seen("1-101"), *estate.seen("1-202"), Terms(deposit=DEPOSIT), "换房")
    estate.subscribe("1-202", "b", consultants=estate.seller("b"))
    with pytest.raises(TakenMeanwhile) as refused:
        changing.change_unit(estate.desk(), asked, estate.later(seconds=1))
    assert (refused.value.details["unit"], refused.value.details["by"]) == ("1-202", "何雨")
    assert estate.state("1-101") is S.SUBSCRIBED


def test_a_change_of_unit_has_a_reason_and_an_owner(small: Estate) -> None:
    small.carried_to(S.SUBSCRIBED)
    with pytest.raises(ReasonMissing):
        move(small, reason="")
    with pytest.raises(NotYours):
        move(small, who="a")


# --- other buyers


def rename(estate: Estate, *buyers: Buyer, **more: Any) -> changing.BuyersChanged:
    said: dict[str, Any] = {"buyers": buyers or estate.buyer("李娜"), "reason": "更名为配偶"} | more
    asked = ChangeBuyersRequest(*estate.seen("1-101"), **said)
    return changing.change_buyers(estate.desk("a"), asked, estate.later(seconds=1))


@pytest.mark.parametrize("state", [S.RESERVED, S.SUBSCRIBED, S.DRAFTED])
def test_other_buyers_come_in_and_the_earlier_ones_stay_on_record(estate: Estate, state: UnitState) -> None:
    before = estate.carried_to(state)
    rename(estate)
    row = estate.unit("1-101")
    assert (row.state, row.buyer, row.since, row.until) == (state, "李娜", before.since, before.until)
    rows = estate.all(select(deal_buyer).order_by(deal_buyer.c.id))
    assert [(b.customer_id, b.active) for b in rows] == [
        (estate.customers["陈一帆"], False), (estate.customers["李娜"], True),
    ]  # fmt: skip
    (told,) = estate.told(Step.CHANGE_BUYER)
    assert told.before == [[estate.customers["陈一帆"], 10_000]]
    assert estate.broken() == []


def test_a_buyer_is_added_with_a_share(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    rename(estate, Buyer(estate.customers["陈一帆"], 5_000), Buyer(estate.customers["李娜"], 5_000))
    assert estate.unit("1-101").buyer == "陈一帆"
    assert estate.broken() == []


def test_a_signed_contract_goes_over_to_near_relatives_or_by_the_notary(estate: Estate) -> None:
    estate.carried_to(S.SIGNED)
    with pytest.raises(WrongWay) as refused:
        rename(estate)
    assert refused.value.details["why"] == "signed-near-relatives-only"
    assert rename(estate, near_relatives=True).deal
    assert rename(estate, *estate.buyer(), notarised=True).deal
    estate.step(signing.file)
    with pytest.raises(NotAllowedNow):
        rename(estate, near_relatives=True)


def test_new_buyers_pass_the_same_gates(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    with pytest.raises(NoConsent):
        rename(estate, *estate.buyer("赵不同意"))
    with pytest.raises(SharesNotWhole):
        rename(estate, Buyer(estate.customers["李娜"], 1))
    with pytest.raises(ReasonMissing):
        rename(estate, reason="")
    number, revision = estate.seen("1-101")
    late = ChangeBuyersRequest(number, revision - 1, estate.buyer("李娜"), "更名")
    with pytest.raises(TakenMeanwhile):
        changing.change_buyers(estate.desk("a"), late, estate.now)
    assert estate.broken() == []


def test_an_ended_deal_takes_no_more_money(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    with pytest.raises(WrongWay) as refused:
        estate.receive(amount=1)
    assert refused.value.details["why"] == "deal-ended"


def test_the_money_of_a_deal_is_taken_with_it(estate: Estate) -> None:
    assert estate.subscribe(paid=Payment(yuan(300_000), Method.CARD, "陈一帆")).receipt_number == "A0000001"
    assert sum(had for _, _, had in estate.dues()) == 300_000
    assert estate.broken() == []
