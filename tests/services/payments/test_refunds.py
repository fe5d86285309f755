"""Giving money back (退款): no more than came in, nothing the schedule needs, and not the deposit the house may keep."""

from __future__ import annotations

import pytest

from salescenter.domain.money import ZERO, Money
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import FieldMissing, NeedsApproval, NotYours, ReasonMissing, RefundTooLarge, WrongWay
from salescenter.domain.staff import Role
from salescenter.domain.units import Step, UnitState
from salescenter.services.deals import changing, closing
from salescenter.services.deals.requests import ChangeUnitRequest, Payment, Terms
from salescenter.services.payments import lists
from salescenter.services.payments.receipts import RefundRequest, refund
from tests.houses import DEPOSIT, Estate, yuan
from tests.services.payments.dealings import back, counter, figure

S = UnitState


def test_a_cancelled_deals_money_is_given_back_and_no_more(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    assert back(estate, 15_000).amount == yuan(-15_000)
    with pytest.raises(RefundTooLarge) as refused:
        back(estate, 5_001)
    assert refused.value.details == {"amount": yuan(5_001), "received": yuan(5_000)}
    back(estate, 5_000)
    assert figure(estate, "refunded") == (2, 20_000)
    assert len(estate.told(Step.REFUND)) == 2
    assert estate.broken() == []


def test_a_wrong_refund_is_countered(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    wrong = back(estate, 15_000)
    counter(estate, wrong.receipt)
    assert figure(estate, "refunded") == (0, 0)
    assert figure(estate, "received") == (1, 20_000)
    assert back(estate, 20_000).amount == yuan(-20_000)
    assert estate.broken() == []


def test_a_living_deals_money_pays_its_schedule(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.receive(amount=500, kind=MoneyKind.LATE_FEE)
    with pytest.raises(RefundTooLarge) as refused:
        back(estate, 1)
    assert refused.value.details == {"amount": yuan(1), "received": ZERO}


def test_a_small_deposit_goes_back_by_giving_the_unit_up(estate: Estate) -> None:
    estate.carried_to(S.RESERVED)
    with pytest.raises(WrongWay) as refused:
        back(estate, 5_000)
    assert refused.value.details == {"step": Step.REFUND, "why": "deal-lives", "instead": Step.GIVE_BACK}
    estate.close(closing.give_back)
    assert back(estate, 5_000)
    assert estate.broken() == []


def test_a_forfeited_deposit_is_kept_up_to_its_cap(estate: Estate) -> None:
    estate.subscribe(paid=Payment(yuan(250_000), Method.CARD, "陈一帆"), terms=Terms(deposit=yuan(200_000)))
    estate.close(closing.forfeit)
    with pytest.raises(RefundTooLarge) as refused:
        back(estate, 50_001)
    assert refused.value.details["received"] == yuan(50_000)
    assert back(estate, 50_000)
    assert estate.broken() == []


def test_what_is_to_be_given_back_leaves_out_what_the_house_keeps(estate: Estate) -> None:
    estate.subscribe(paid=Payment(yuan(250_000), Method.CARD, "陈一帆"), terms=Terms(deposit=yuan(200_000)))
    estate.subscribe("1-102")
    estate.subscribe("1-103")
    estate.reserve("1-201")
    assert lists.to_give_back(estate.desk("cash"), estate.today) == ()
    for code, end in (("1-101", closing.forfeit), ("1-102", closing.forfeit), ("1-103", closing.cancel)):
        estate.close(end, code)
    estate.close(closing.forfeit, "1-201")

    def listed(who: str = "cash") -> dict[str, tuple[Step, Money, Money, Money]]:
        rows = lists.to_give_back(estate.desk(who), estate.today)
        return {row.code: (row.ending, row.received, row.kept, row.back) for row in rows}

    assert listed() == {
        "1-201": (Step.FORFEIT, yuan(5_000), ZERO, yuan(5_000)),
        "1-103": (Step.CANCEL, DEPOSIT, ZERO, DEPOSIT),
        "1-101": (Step.FORFEIT, yuan(250_000), yuan(200_000), yuan(50_000)),
    }
    assert back(estate, 20_000)
    assert listed()["1-101"] == (Step.FORFEIT, yuan(230_000), yuan(200_000), yuan(30_000))
    assert back(estate, 30_000)
    assert set(listed()) == {"1-103", "1-201"}
    assert {row.buyer for row in lists.to_give_back(estate.desk("a"), estate.today)} == {"陈*"}


def test_an_abandoned_small_deposit_carries_no_penalty(estate: Estate) -> None:
    estate.carried_to(S.RESERVED)
    estate.close(closing.forfeit)
    assert back(estate, 5_000)


def test_money_the_new_unit_does_not_need_is_given_back_while_the_deal_lives(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.receive(amount=500_000)
    asked = ChangeUnitRequest(
        *estate.seen("1-101"), *estate.seen("P-001"), Terms(deposit=yuan(10_000)), "换小"
    )
    changing.change_unit(estate.desk(), asked, estate.later(seconds=1))
    with pytest.raises(RefundTooLarge) as refused:
        back(estate, 400_001, "P-001")
    assert refused.value.details["received"] == yuan(400_000)
    with pytest.raises(NeedsApproval):
        back(estate, 400_000, "P-001")
    back(estate, 400_000, "P-001", "boss")
    assert estate.broken() == []


def test_more_than_the_house_leaves_to_the_cashier_goes_back_with_a_managers_leave(estate: Estate) -> None:
    estate.rule("refund_alone", yuan(10_000).fen)
    estate.carried_to(S.SUBSCRIBED)
    number = estate.deal("1-101").number
    estate.close()
    with pytest.raises(NeedsApproval) as refused:
        back(estate, 10_001)
    assert refused.value.details == {"step": Step.REFUND, "approver": Role.MANAGER}
    assert back(estate, 1_000)
    for other in ({"deal": "RG202699999", "refund": yuan(20_000).fen}, {"deal": number, "refund": yuan(11_000).fen}):
        estate.grant("1-101", Step.REFUND, **other)  # of another deal, of less
    with pytest.raises(NeedsApproval):
        back(estate, 11_001)
    assert back(estate, 11_000)
    assert estate.told(Step.REFUND)[-1].after["approver"] == estate.people["boss"].id
    assert estate.broken() == []


def test_a_refund_has_a_reason_a_payee_and_a_cashier(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    estate.close()
    with pytest.raises(ReasonMissing):
        back(estate, 1, reason="")
    with pytest.raises(FieldMissing):
        back(estate, 1, payee=" ")
    asked = RefundRequest(estate.deal("1-101").id, yuan(1), Method.CASH, "陈一帆", "退款")
    with pytest.raises(NotYours):
        refund(estate.desk("office"), asked, estate.now)
