"""Money (收款): numbers without gaps, what a receipt pays, countering a wrong one, giving back no more than came in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from salescenter.data.deals import due
from salescenter.data.payments import receipt, receipt_book
from salescenter.domain.loans import LoanKind
from salescenter.domain.money import Money
from salescenter.domain.plans import STANDARD
from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import (
    AlreadyVoid,
    AmountNotPositive,
    BookExhausted,
    DayClosed,
    FieldMalformed,
    FieldMissing,
    MoreThanDue,
    NeedsApproval,
    NoBook,
    NotFound,
    NotYours,
    ReasonMissing,
    RefundTooLarge,
    WrongWay,
)
from salescenter.domain.schedules import PlanKind
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals
from salescenter.services.deals import changing
from salescenter.services.deals.requests import ChangeUnitRequest, Loan, Terms
from salescenter.services.payments.lists import CloseDayRequest, close_day
from salescenter.services.payments.receipts import (
    ReceiveRequest,
    receive,
)
from tests.houses import DEPOSIT, Estate, yuan
from tests.services.payments.dealings import back, counter, figure

S = UnitState


# --- taking money


def test_a_receipt_takes_the_next_number_and_pays_the_oldest_due(estate: Estate) -> None:
    estate.carried_to(S.SIGNED)
    done = estate.receive(amount=300_000, slip="POS 0047", note="首付")
    assert (done.number, done.amount) == ("A0000002", yuan(300_000))
    row = estate.read(select(receipt).where(receipt.c.id == done.receipt))
    assert (row.slip, row.note, row.payer, row.cashier_id) == ("POS 0047", "首付", "陈一帆", estate.people["cash"].id)
    assert (row.day, row.at, row.deal_id) == (estate.today, estate.now, estate.deal("1-101").id)
    assert estate.dues() == [("deposit", 20_000, 20_000), ("price", 980_000, 300_000)]
    assert figure(estate, "received") == (2, 320_000)
    assert figure(estate, "received", "k:price") == (1, 300_000)
    assert estate.unit("1-101").touched > estate.unit("1-101").revision
    assert len(estate.told(Step.RECEIVE_MONEY)) == 2
    assert estate.broken() == []


def mortgaged(estate: Estate) -> None:
    loans = (Loan(LoanKind.COMMERCIAL, yuan(700_000), 30, Decimal("0.03")),)
    estate.subscribe(terms=Terms(plan=STANDARD[PlanKind.MORTGAGE], loans=loans, deposit=DEPOSIT))


def test_the_banks_money_pays_the_banks_line(estate: Estate) -> None:
    mortgaged(estate)
    estate.receive(amount=700_000, kind=MoneyKind.LOAN, method=Method.BANK_LOAN, payer="云栖银行")
    assert [(item, had) for item, _, had in estate.dues()] == [
        ("deposit", 20_000), ("down-payment", 0), ("loan-commercial", 700_000),
    ]  # fmt: skip
    assert estate.broken() == []


def test_the_cashier_may_name_the_line(estate: Estate) -> None:
    estate.subscribe(terms=Terms(plan=STANDARD[PlanKind.INSTALMENTS], deposit=DEPOSIT))
    lines = estate.all(select(due).order_by(due.c.position))
    estate.receive(amount=100_000, due=lines[2].id)
    assert [had for _, _, had in estate.dues()] == [20_000, 0, 100_000, 0]
    estate.receive(amount=1_000)
    assert [had for _, _, had in estate.dues()] == [20_000, 1_000, 100_000, 0]
    with pytest.raises(NotFound) as refused:
        estate.receive(amount=1, due=4711)
    assert refused.value.details == {"what": "schedule-line", "sought": 4711}
    assert estate.broken() == []


def test_money_that_is_not_the_price_pays_no_line(estate: Estate) -> None:
    estate.carried_to(S.SIGNED)
    for kind in (MoneyKind.LATE_FEE, MoneyKind.COLLECTED, MoneyKind.AREA_DIFFERENCE, MoneyKind.SINCERITY):
        estate.receive(amount=80, kind=kind)
    assert sum(had for _, _, had in estate.dues()) == 20_000
    assert estate.broken() == []


def test_more_than_is_due_is_refused(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    with pytest.raises(MoreThanDue) as refused:
        estate.receive(amount="980000.01")
    assert refused.value.details == {"amount": Money(98_000_001), "due": yuan(980_000)}
    assert len(estate.receipts()) == 1
    assert estate.receive(amount=980_000).number == "A0000002"
    assert estate.broken() == []


@pytest.mark.parametrize("amount", [0, -1])
def test_an_amount_is_above_zero(estate: Estate, amount: int) -> None:
    estate.carried_to(S.SUBSCRIBED)
    for deed in (estate.receive, lambda amount: back(estate, amount)):
        with pytest.raises(AmountNotPositive) as refused:
            deed(amount=amount)
        assert refused.value.details == {"amount": yuan(amount)}


def test_somebody_paid_for_some_deal_of_this_house(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    with pytest.raises(FieldMissing) as nobody:
        estate.receive(payer="  ")
    assert nobody.value.details == {"field": "payer"}
    with pytest.raises(NotFound) as no_deal:
        receive(
            estate.desk("cash"), ReceiveRequest(4711, MoneyKind.PRICE, Method.CASH, yuan(1), "陈一帆"), estate.now
        )
    assert no_deal.value.details == {"what": "deal", "sought": 4711}


@pytest.mark.parametrize("more", [{"kind": MoneyKind.REFUND}, {"method": Method.CARRIED}])
def test_refunds_and_carried_money_are_not_received(small: Estate, more: dict[str, Any]) -> None:
    small.carried_to(S.SUBSCRIBED)
    with pytest.raises(FieldMalformed) as refused:
        small.receive(**more)
    assert refused.value.details["why"] == "not-receivable"


@pytest.mark.parametrize("who", ["a", "lead", "front", "title", "plan", "guest"])
def test_only_who_holds_the_cash_takes_money(small: Estate, who: str) -> None:
    small.carried_to(S.SUBSCRIBED)
    with pytest.raises(NotYours) as refused:
        small.receive(who=who)
    assert refused.value.details["step"] is Step.RECEIVE_MONEY


# --- the book


def book(estate: Estate, **columns: Any) -> None:
    estate.put(update(receipt_book).values(**columns))


def test_an_exhausted_book_gives_no_number_and_the_deed_leaves_no_trace(estate: Estate) -> None:
    book(estate, last=2)
    estate.carried_to(S.SUBSCRIBED)
    assert estate.receive(amount=1).number == "A0000002"
    with pytest.raises(BookExhausted) as refused:
        estate.receive(amount=1)
    assert refused.value.details == {"book": "一号收据簿"}
    with pytest.raises(BookExhausted):
        estate.subscribe("1-102")
    assert estate.state("1-102") is S.FOR_SALE
    assert estate.broken() == []


def test_a_book_issued_to_somebody_else_is_not_used(estate: Estate) -> None:
    book(estate, cashier_id=estate.people["cash"].id)
    with pytest.raises(NoBook) as refused:
        estate.subscribe()
    assert refused.value.details == {"cashier": "林晓"}
    assert estate.subscribe(paid=None).deal
    assert estate.receive(amount=20_000).number == "A0000001"


def test_ones_own_book_comes_before_the_houses_and_the_houses_when_it_is_used_up(estate: Estate) -> None:
    mine = {"project_id": 1, "cashier_id": estate.people["cash"].id, "name": "曹琳", "prefix": "C", "digits": 4}
    estate.put(receipt_book.insert().values(mine | {"first": 10, "last": 11, "next": 10}))
    estate.carried_to(S.SUBSCRIBED)
    assert [estate.receive(amount=1).number for _ in range(3)] == ["C0010", "C0011", "A0000002"]
    assert estate.broken() == []


def test_numbers_of_refused_receipts_are_given_back(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    for _ in range(3):
        with pytest.raises(MoreThanDue):
            estate.receive(amount=5_000_000)
    assert estate.receive(amount=1).number == "A0000002"
    assert estate.broken() == []


# --- a wrong receipt


def test_a_wrong_receipt_is_countered_and_what_it_paid_is_due_again(estate: Estate) -> None:
    estate.carried_to(S.SIGNED)
    wrong = estate.receive(amount=300_000)
    done = counter(estate, wrong.receipt)
    assert (done.number, done.amount) == ("A0000003", yuan(-300_000))
    row = estate.read(select(receipt).where(receipt.c.id == done.receipt))
    assert (row.counters_id, row.kind, row.note) == (wrong.receipt, "price", "写错金额")
    assert estate.dues() == [("deposit", 20_000, 20_000), ("price", 980_000, 0)]
    assert figure(estate, "received") == (1, 20_000)
    assert len(estate.told(Step.VOID_RECEIPT)) == 1
    assert estate.broken() == []


def test_a_receipt_is_countered_once_and_its_counter_never(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    wrong = estate.receive(amount=1_000)
    done = counter(estate, wrong.receipt)
    for number in (wrong.receipt, done.receipt):
        with pytest.raises(AlreadyVoid) as refused:
            counter(estate, number, "boss")
        assert refused.value.details["by"] == "曹琳"
    assert estate.broken() == []


def test_countering_needs_a_reason_a_receipt_and_the_right(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    wrong = estate.receive(amount=1_000)
    with pytest.raises(ReasonMissing):
        counter(estate, wrong.receipt, reason=" ")
    with pytest.raises(NotFound) as refused:
        counter(estate, 4711)
    assert refused.value.details == {"what": "receipt", "sought": 4711}
    with pytest.raises(NotYours):
        counter(estate, wrong.receipt, who="office")


def test_a_receipt_of_a_closed_day_is_countered_with_an_approval(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    wrong = estate.receive(amount=1_000)
    close_day(estate.desk("cash"), CloseDayRequest(estate.today), estate.later(hours=6))
    estate.later(days=1)
    with pytest.raises(NeedsApproval) as refused:
        counter(estate, wrong.receipt)
    assert refused.value.details["step"] is Step.VOID_RECEIPT
    estate.grant("1-101", Step.VOID_RECEIPT, receipt="another")
    with pytest.raises(NeedsApproval):  # the leave is for one receipt, not for whatever one of the unit
        counter(estate, wrong.receipt)
    asked = approvals.ApprovalRequest(estate.unit("1-101").id, Step.VOID_RECEIPT, {"receipt": wrong.number})
    number = approvals.ask(estate.desk("office"), asked, estate.now).approval
    approvals.decide(estate.desk(), approvals.Decision(number, granted=True), estate.now)
    assert counter(estate, wrong.receipt).number == "A0000003"
    assert estate.broken() == []


def test_carried_money_is_not_countered(estate: Estate) -> None:
    first = estate.subscribe().receipt
    asked = ChangeUnitRequest(
        *estate.seen("1-101"), *estate.seen("1-202"), Terms(deposit=DEPOSIT), "换房"
    )
    changing.change_unit(estate.desk(), asked, estate.later(seconds=1))
    for number in (first, first + 1, first + 2):
        with pytest.raises(WrongWay) as refused:
            counter(estate, number)
        assert refused.value.details["why"] == "carried-over"
    assert estate.broken() == []


def test_what_was_given_back_already_is_not_countered(estate: Estate) -> None:
    number = estate.subscribe().receipt
    estate.close()
    back(estate, 15_000)
    with pytest.raises(RefundTooLarge) as refused:
        counter(estate, number)
    assert refused.value.details == {"amount": DEPOSIT, "received": yuan(5_000)}
    assert estate.broken() == []


def test_on_a_closed_day_nothing_moves(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    number = estate.receive(amount=1_000).receipt
    estate.close()
    close_day(estate.desk("cash"), CloseDayRequest(estate.today), estate.later(seconds=1))
    for deed in (lambda: back(estate, 1), lambda: counter(estate, number, "boss"), lambda: estate.subscribe("1-102")):
        with pytest.raises(DayClosed) as refused:
            deed()
        assert refused.value.details == {"day": estate.today}
    assert estate.broken() == []
