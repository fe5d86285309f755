"""What a role does alone only so far goes further with a manager's leave, on a server with whatever program one comes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from salescenter.data.deals import approval
from salescenter.data.payments import receipt
from salescenter.domain.receipts import Method
from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.units import Step, UnitState
from salescenter.services import approvals
from salescenter.services.deals import closing, holds, signing
from salescenter.services.deals.holds import EndHoldRequest, HoldRequest
from salescenter.services.deals.requests import ExtendRequest
from salescenter.services.payments import receipts
from salescenter.services.payments.lists import CloseDayRequest, ReopenDayRequest, close_day, reopen_day
from salescenter.services.payments.receipts import RefundRequest, VoidRequest
from tests.houses import DEPOSIT, LIST, Estate, yuan
from tests.services.server.by_hand import IN_FULL, NUMBERED, SERIAL, agreed, beside, goes_through, taken, told
from tests.services.server.guarded_house import EachAlone, house, opened, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def alone(house: Estate) -> Iterator[Estate]:
    """The house, where everybody works by their own account."""
    yield EachAlone(house.house, house.people, house.customers, house.now)
    for engine in EachAlone.engines.values():
        engine.dispose()


# --- by the program


def test_a_long_hold_goes_through_with_leave_and_its_unit_is_sold_from_it(alone: Estate) -> None:
    number, until = alone.unit("1-101").id, alone.now + timedelta(days=10)
    asked = HoldRequest(number, alone.seen("1-101")[1], until, "考虑中")
    with pytest.raises(NeedsApproval):
        holds.hold(alone.desk("a"), asked, alone.later(seconds=1))
    alone.grant("1-101", Step.HOLD, until=until.isoformat())
    holds.hold(alone.desk("a"), asked, alone.later(seconds=1))
    longer = HoldRequest(number, alone.seen("1-101")[1], until + timedelta(days=5), "再等几天")
    alone.grant("1-101", Step.EXTEND_HOLD, until=longer.until.isoformat())
    holds.extend_hold(alone.desk("lead"), longer, alone.later(seconds=1))
    with pytest.raises(NeedsApproval):
        holds.end_hold(alone.desk("b"), EndHoldRequest(*alone.seen("1-101")), alone.later(seconds=1))
    alone.grant("1-101", Step.END_HOLD)
    with pytest.raises(NeedsApproval):  # a leave is for who asked for it
        holds.end_hold(alone.desk("b"), EndHoldRequest(*alone.seen("1-101")), alone.later(seconds=1))
    alone.grant("1-101", Step.END_HOLD, who="b")
    holds.end_hold(alone.desk("b"), EndHoldRequest(*alone.seen("1-101")), alone.later(seconds=1))
    alone.put(approval.update().values(used=True))
    until, whose = alone.now + timedelta(days=1), alone.customers["陈一帆"]
    short = HoldRequest(number, alone.seen("1-101")[1], until, "客户回家商量", whose)
    holds.hold(alone.desk("a"), short, alone.later(seconds=1))
    alone.subscribe("1-101", "b", consultants=alone.seller("b"))
    assert alone.state("1-101") is UnitState.SUBSCRIBED
    assert alone.broken() == []


def test_a_far_day_to_sign_and_a_large_refund_go_through_with_leave(alone: Estate) -> None:
    alone.subscribe("1-102")
    day = alone.today + timedelta(days=90)
    asked = ExtendRequest(*alone.seen("1-102"), day, "贷款未批")
    with pytest.raises(NeedsApproval):
        signing.extend_signing(alone.desk("lead"), asked, alone.now)
    alone.grant("1-102", Step.EXTEND_SIGNING, sign_by=day.isoformat())
    signing.extend_signing(alone.desk("lead"), asked, alone.now)
    alone.receive("1-102", 80_000)
    alone.close(closing.cancel, "1-102")
    row = alone.deal("1-102")
    back = RefundRequest(row.id, yuan(60_000), Method.TRANSFER, "陈一帆", "退房")
    with pytest.raises(NeedsApproval):
        receipts.refund(alone.desk("cash"), back, alone.now)
    alone.grant("1-102", Step.REFUND, deal=row.number, refund=yuan(60_000).fen)
    receipts.refund(alone.desk("cash"), back, alone.now)
    assert alone.broken() == []


def test_a_closed_day_is_opened_and_its_receipts_are_voided_with_leave(alone: Estate) -> None:
    today, alone.now = alone.now, alone.now - timedelta(days=1)
    sold, day = alone.subscribe("1-103"), alone.today
    close_day(alone.desk("cash"), CloseDayRequest(day), alone.now)
    alone.now = today
    wrong = VoidRequest(sold.receipt, "金额写错")
    with pytest.raises(NeedsApproval):
        receipts.void(alone.desk("cash"), wrong, alone.now)
    alone.grant("1-103", Step.VOID_RECEIPT, receipt=sold.receipt_number)
    receipts.void(alone.desk("cash"), wrong, alone.now)
    again = ReopenDayRequest(day, "补录")
    with pytest.raises(NeedsApproval):
        reopen_day(alone.desk("cash"), again, alone.now)
    asked = approvals.ApprovalRequest(None, Step.CLOSE_DAY, {"day": day.isoformat()}, "补录")
    number = approvals.ask_for(alone.desk("cash"), asked, alone.now).approval
    approvals.decide(alone.desk("boss"), approvals.Decision(number, granted=True), alone.now)
    assert reopen_day(alone.desk("cash"), again, alone.now).day == day.toordinal()
    assert alone.broken() == []


# --- by hand


def held(estate: Estate, login: str, days: int, by: str = "") -> str:
    """The order that writes a hold of so many days."""
    until = "(extract(epoch FROM now()) * 1000)::bigint"
    return (
        "INSERT INTO hold (unit_id, by_id, reason, at, until) VALUES "
        f"({estate.unit('1-201').id}, {estate.people[by or login].id}, '', {until}, {until} + {days} * 86400000::bigint)"
    )


def shown_held(days: int = 0) -> str:
    """The order that lets the grid show it, until so many days later than it says."""
    of_hold = f"(SELECT until FROM hold WHERE hold.unit_id = unit.id AND ended IS NULL) + {days} * 86400000::bigint"
    return f"UPDATE unit SET state = {int(UnitState.HELD)}, until = {of_hold} WHERE code = '1-201'"


def test_a_hold_is_as_long_as_the_role_may_whatever_is_sent(alone: Estate) -> None:
    enter, history = opened(alone, "a", Step.HOLD), told(alone, "a", Step.HOLD, "1-201")
    goes_through(alone, "a", enter, held(alone, "a", 3), history, shown_held())
    refused(alone, "a", enter, held(alone, "a", 4))
    refused(alone, "a", enter, held(alone, "a", 2, by="b"))
    refused(alone, "a", enter, held(alone, "a", 3), history, shown_held(days=30))
    refused(alone, "a", opened(alone, "a", Step.SUBSCRIBE), held(alone, "a", 1))
    goes_through(alone, "boss", opened(alone, "boss", Step.HOLD), held(alone, "boss", 30))
    refused(alone, "boss", opened(alone, "boss", Step.HOLD), held(alone, "boss", 31))
    longer = "UPDATE hold SET until = until + 86400000"
    refused(alone, "a", enter, held(alone, "a", 3), longer)


def test_nobody_sells_by_hand_what_is_held_for_others(alone: Estate) -> None:
    number, until = alone.unit("1-202").id, alone.now + timedelta(days=1)
    holds.hold(alone.desk("b"), HoldRequest(number, alone.seen("1-202")[1], until, "考虑中"), alone.now)
    enter, ended = opened(alone, "a", Step.SUBSCRIBE), f"UPDATE hold SET ended = 1 WHERE unit_id = {number}"
    deal_ = (agreed(alone, "1-202", LIST), *beside(alone, "a", LIST))
    shown = (told(alone, "a", Step.SUBSCRIBE, "1-202"), taken("1-202", LIST))
    refused(alone, "a", enter, *deal_, ended)
    refused(alone, "a", opened(alone, "a", Step.END_HOLD), ended)
    refused(alone, "a", enter, *deal_, *shown)
    goes_through(alone, "b", opened(alone, "b", Step.SUBSCRIBE), agreed(alone, "1-202", LIST),
                 *beside(alone, "b", LIST), ended, told(alone, "b", Step.SUBSCRIBE, "1-202"), shown[1])  # fmt: skip
    holds.end_hold(alone.desk("b"), EndHoldRequest(*alone.seen("1-202")), alone.later(seconds=1))


@pytest.fixture(scope="module")
def paid(alone: Estate) -> int:
    """A deal with money, kept; returns its key."""
    alone.subscribe("1-203")
    return int(alone.deal("1-203").id)


def test_a_day_to_sign_moves_no_further_than_the_house_lets_it(alone: Estate, paid: int) -> None:
    later = f"UPDATE deal SET sign_by = subscribed + {{}} WHERE id = {paid}"
    enter = opened(alone, "lead", Step.EXTEND_SIGNING)
    goes_through(alone, "lead", enter, later.format(37))
    refused(alone, "lead", enter, later.format(38))
    refused(alone, "lead", opened(alone, "lead", Step.DRAFT), later.format(37))
    goes_through(alone, "boss", opened(alone, "boss", Step.EXTEND_SIGNING), later.format(400))


def entry(estate: Estate, deal_id: int, fen: int, kind: str, counters: str = "NULL") -> str:
    """The order that writes a receipt of a deal for so many fen."""
    said = {
        "project_id": 1, "deal_id": deal_id, "unit_id": "unit_id", "kind": f"'{kind}'", "method": "'card'",
        "amount": fen, "day": estate.today.toordinal(), "cashier_id": estate.people["cash"].id, "book_id": 1,
        "serial": SERIAL, "number": IN_FULL, "payer": "''", "at": 1, "note": "''", "slip": "''", "counters_id": counters,
    }  # fmt: skip
    values = ", ".join(map(str, said.values()))
    return f"INSERT INTO receipt ({', '.join(said)}) SELECT {values} FROM deal WHERE id = {deal_id}"


def test_money_goes_back_only_as_far_as_a_cashier_goes_alone_and_by_no_other_way(alone: Estate, paid: int) -> None:
    first = int(alone.read(select(receipt.c.id).where(receipt.c.deal_id == paid))[0])
    back = opened(alone, "cash", Step.REFUND)
    goes_through(alone, "cash", back, NUMBERED, entry(alone, paid, -DEPOSIT.fen, "refund"))
    refused(alone, "cash", back, NUMBERED, entry(alone, paid, -DEPOSIT.fen - 1, "refund"))
    alone.receive("1-203", 60_000)
    goes_through(alone, "cash", back, NUMBERED, entry(alone, paid, -yuan(50_000).fen, "refund"))
    refused(alone, "cash", back, NUMBERED, entry(alone, paid, -yuan(50_000).fen - 1, "refund"))
    refused(alone, "cash", back, NUMBERED, entry(alone, paid, -1, "price"))
    for step in (Step.RECEIVE_MONEY, Step.VOID_RECEIPT):
        refused(alone, "cash", opened(alone, "cash", step), NUMBERED, entry(alone, paid, -1, "refund"))
    void = opened(alone, "cash", Step.VOID_RECEIPT)
    goes_through(alone, "cash", void, NUMBERED, entry(alone, paid, -DEPOSIT.fen, "deposit", str(first)))
    refused(alone, "cash", void, NUMBERED, entry(alone, paid, -DEPOSIT.fen + 1, "deposit", str(first)))
    refused(alone, "cash", void, NUMBERED, entry(alone, paid, -DEPOSIT.fen, "price", str(first)))


def test_a_closed_day_stays_closed_by_hand_too(alone: Estate) -> None:
    alone.now -= timedelta(days=3)
    close_day(alone.desk("cash"), CloseDayRequest(alone.today), alone.now)
    alone.now += timedelta(days=3)
    refused(alone, "cash", opened(alone, "cash", Step.CLOSE_DAY), "DELETE FROM closed_day")


def test_a_leave_that_another_work_used_opens_nothing(alone: Estate, paid: int) -> None:
    alone.grant("1-203", Step.EXTEND_SIGNING, sign_by="9999-01-01")
    leave = int(alone.read(select(approval.c.id).where(approval.c.used.is_(False)))[0])
    later = f"UPDATE deal SET sign_by = sign_by + 90 WHERE id = {paid}"
    use = f"UPDATE approval SET used = true WHERE id = {leave}"
    enter = opened(alone, "lead", Step.EXTEND_SIGNING)
    refused(alone, "lead", enter, later)
    goes_through(alone, "lead", enter, use, later)
    alone.put(approval.update().values(used=True))
    refused(alone, "lead", enter, later)
    refused(alone, "lead", enter, f"UPDATE approval SET used = false WHERE id = {leave}")
