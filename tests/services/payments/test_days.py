"""The day's cash (日结) and the lists of money: what they show, whom they name, and that a closed day stays closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salescenter.domain.receipts import Method, MoneyKind
from salescenter.domain.refusals import (
    DayClosed,
    FieldMalformed,
    NeedsApproval,
    NotFound,
    NotYours,
    ReasonMissing,
)
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals, sealing
from salescenter.services.payments.closing import close_and_seal
from salescenter.services.payments.lists import (
    CloseDayRequest,
    ReopenDayRequest,
    arrears,
    close_day,
    day_cash,
    receipts,
    reopen_day,
)
from salescenter.services.payments.receipts import VoidRequest, void
from salescenter.services.todo import todos
from tests.houses import Estate, yuan


def close(estate: Estate, day: date | None = None, who: str = "cash") -> tuple[int, object]:
    done = close_day(estate.desk(who), CloseDayRequest(day or estate.today), estate.later(seconds=1))
    return done.count, done.total


def test_a_day_is_closed_with_its_count_and_total(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    estate.receive(amount=300_000, method=Method.CARD)
    assert close(estate) == (2, yuan(320_000))
    cash = day_cash(estate.desk("cash"), estate.today)
    assert (cash.closed_by, cash.closed_at, cash.total) == ("曹琳", estate.now, yuan(320_000))
    assert dict(cash.by_method) == {Method.CARD: yuan(320_000)}
    assert dict(cash.by_kind) == {MoneyKind.DEPOSIT: yuan(20_000), MoneyKind.PRICE: yuan(300_000)}
    assert len(estate.told(Step.CLOSE_DAY)) == 1


def test_a_day_is_closed_once_and_not_before_it_comes(estate: Estate) -> None:
    close(estate)
    with pytest.raises(DayClosed) as refused:
        close(estate)
    assert refused.value.details == {"day": estate.today}
    with pytest.raises(FieldMalformed) as future:
        close(estate, estate.today + timedelta(days=1))
    assert future.value.details["why"] == "not-yet"
    assert close(estate, estate.today - timedelta(days=1)) == (0, yuan(0))
    with pytest.raises(NotYours):
        close(estate, who="office")


def test_a_manager_opens_a_closed_day_again_for_a_reason(estate: Estate) -> None:
    estate.carried_to(UnitState.SUBSCRIBED)
    close(estate)
    with pytest.raises(DayClosed):
        estate.receive(amount=1)
    with pytest.raises(ReasonMissing):
        reopen_day(estate.desk(), ReopenDayRequest(estate.today, " "), estate.now)
    with pytest.raises(NeedsApproval):
        reopen_day(estate.desk("cash"), ReopenDayRequest(estate.today, "漏记"), estate.now)
    with pytest.raises(NotFound) as refused:
        reopen_day(estate.desk(), ReopenDayRequest(date(2026, 1, 1), "漏记"), estate.now)
    assert refused.value.details["what"] == "closed-day"
    reopen_day(estate.desk(), ReopenDayRequest(estate.today, "漏记"), estate.now)
    assert estate.receive(amount=1).number == "A0000002"
    assert close(estate) == (2, yuan(20_001))


def test_a_cashier_opens_a_day_again_with_a_managers_leave_for_that_day(estate: Estate) -> None:
    close(estate)
    desk, day = estate.desk("cash"), estate.today.isoformat()

    def granted(what: str) -> None:
        asked = approvals.ApprovalRequest(None, Step.CLOSE_DAY, {"day": what}, "漏记一笔")
        number = approvals.ask_for(desk, asked, estate.now).approval
        assert [one.unit_code for one in approvals.waiting(estate.desk())] == [""]
        assert [(todo.page, todo.argument) for todo in todos(estate.desk(), estate.now)] == [("payments", 0)]
        approvals.decide(estate.desk(), approvals.Decision(number, granted=True), estate.now)

    granted("2026-01-01")
    with pytest.raises(NeedsApproval):
        reopen_day(desk, ReopenDayRequest(estate.today, "漏记"), estate.now)
    granted(day)
    reopen_day(desk, ReopenDayRequest(estate.today, "漏记"), estate.now)
    assert estate.told(Step.CLOSE_DAY)[-1].after["approver"] == estate.people["boss"].id


def test_a_list_names_void_receipts_and_their_counters(estate: Estate) -> None:
    estate.carried_to(UnitState.SUBSCRIBED)
    wrong = estate.receive(amount=1_000)
    void(estate.desk("cash"), VoidRequest(wrong.receipt, "写错"), estate.later(seconds=1))
    rows = receipts(estate.desk("cash"), estate.today, estate.today)
    assert [(r.number, r.voided, r.counters, r.payer) for r in rows] == [
        ("A0000001", False, None, "陈一帆"), ("A0000002", True, None, "陈一帆"),
        ("A0000003", False, wrong.receipt, "陈一帆"),
    ]  # fmt: skip
    (first, *_) = receipts(estate.desk("guest"), estate.today, estate.today)
    assert first.payer == "陈*"
    assert len(receipts(estate.desk("cash"), date.min, date.min, estate.deal("1-101").id)) == 3


def test_arrears_say_how_long_how_much_and_which_are_red(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    day = estate.today + timedelta(days=14)  # seven days to sign, seven more to pay
    assert arrears(estate.desk(), day) == ()
    (late,) = arrears(estate.desk(), day + timedelta(days=1))
    assert (late.code, late.buyer, late.owed, late.days, late.red) == ("1-101", "陈一帆", yuan(980_000), 1, False)
    assert late.late_fee == yuan(98)
    (later,) = arrears(estate.desk("guest"), day + timedelta(days=16))
    assert (later.days, later.red, later.buyer, later.late_fee) == (16, True, "陈*", yuan(1_568))
    estate.receive(amount=980_000)
    assert arrears(estate.desk(), day + timedelta(days=16)) == ()


def test_the_close_seals_the_day_and_gives_the_code_for_its_paper(estate: Estate) -> None:
    estate.carried_to(UnitState.SIGNED)
    done = close_and_seal(estate.desk("cash"), CloseDayRequest(estate.today), estate.now)
    sealed = sealing.state(estate.desk("cash"))
    assert (done.day.count, done.code, sealed.waiting) == (1, sealed.code, 0)
    assert sealing.known(estate.desk("guest"), done.code)
