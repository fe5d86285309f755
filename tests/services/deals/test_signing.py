"""From subscription to handover: each step, its day, what holds it up, and the ways back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from salescenter.domain.receipts import MoneyKind
from salescenter.domain.refusals import (
    ChangedMeanwhile,
    DepositTooSmall,
    FieldMalformed,
    FieldMissing,
    NeedsApproval,
    NotAllowedNow,
    NotFound,
    NotYours,
    ReasonMissing,
    TakenMeanwhile,
    TooLate,
    UnitLocked,
    WrongWay,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import approvals
from salescenter.services.deals import signing
from salescenter.services.deals.requests import ExtendRequest, SignRequest, StepRequest
from salescenter.services.payments.receipts import VoidRequest, void
from tests.houses import Estate

S = UnitState


def test_a_deal_goes_from_subscription_to_handover(estate: Estate) -> None:
    estate.carried_to(S.HANDED_OVER)
    deal = estate.deal("1-101")
    today = estate.today
    assert (deal.state, deal.living) == (S.HANDED_OVER, True)
    assert (deal.drafted, deal.signed, deal.filed, deal.handed_over) == (today, today, today, today)
    assert deal.contract_number == "YX-1-101"
    assert estate.unit("1-101").until is None
    steps = [Step.DRAFT, Step.SIGN, Step.FILE, Step.HAND_OVER]
    assert [len(estate.told(step)) for step in steps] == [1, 1, 1, 1]
    assert estate.broken() == []


def test_each_step_may_have_happened_on_an_earlier_day(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    first = estate.today
    estate.later(days=5)
    estate.step(signing.draft, day=first + timedelta(days=1))
    estate.sign(day=first + timedelta(days=2))
    estate.step(signing.file, day=first + timedelta(days=3))
    deal = estate.deal("1-101")
    assert (deal.drafted - first, deal.signed - first, deal.filed - first) == (
        timedelta(days=1), timedelta(days=2), timedelta(days=3),
    )  # fmt: skip
    assert estate.broken() == []


def days(estate: Estate) -> list[tuple[date, str]]:
    return [(estate.today + timedelta(days=1), "not-yet"), (estate.today - timedelta(days=1), "before")]


def test_no_step_happens_before_the_one_it_follows_or_in_the_future(estate: Estate) -> None:
    way: list[tuple[UnitState, Any]] = [
        (S.SUBSCRIBED, lambda day: estate.step(signing.draft, day=day)), (S.DRAFTED, lambda day: estate.sign(day=day)),
        (S.SIGNED, lambda day: estate.step(signing.file, day=day)),
        (S.FILED, lambda day: estate.step(signing.hand_over, day=day)),
    ]  # fmt: skip
    estate.carried_to(S.SUBSCRIBED)
    for state, step in way:
        assert estate.state("1-101") is state
        for day, why in days(estate):
            with pytest.raises(FieldMalformed) as refused:
                step(day)
            assert refused.value.details == {"field": "day", "value": day, "why": why}
        step(None)
    assert estate.broken() == []


def test_a_contract_is_drafted_once_the_deposit_is_paid_in_full(estate: Estate) -> None:
    estate.subscribe(paid=None)
    estate.receive(amount=19_999, kind=MoneyKind.DEPOSIT)
    with pytest.raises(DepositTooSmall) as refused:
        estate.step(signing.draft)
    details = refused.value.details
    assert (str(details["received"]), str(details["least"])) == ("19,999.00", "20,000.00")
    estate.receive(amount=1, kind=MoneyKind.DEPOSIT)
    assert estate.step(signing.draft).deal


@pytest.mark.parametrize("number", ["", "   "])
def test_a_contract_is_signed_under_its_number(estate: Estate, number: str) -> None:
    estate.carried_to(S.DRAFTED)
    with pytest.raises(FieldMissing) as refused:
        signing.sign(estate.desk(), SignRequest(*estate.seen("1-101"), number), estate.now)
    assert refused.value.details == {"field": "contract_number"}
    assert estate.sign(number="  YX2026000001 ").contract_number == "YX2026000001"


def test_no_two_contracts_have_one_number(estate: Estate) -> None:
    for code in ("1-101", "1-102"):
        estate.carried_to(S.DRAFTED, code)
    estate.sign("1-101", "YX1")
    with pytest.raises(FieldMalformed) as refused:
        estate.sign("1-102", "YX1")
    assert refused.value.details["why"] == "contract-number-taken"


@pytest.mark.parametrize("state", [S.SUBSCRIBED, S.DRAFTED])
def test_a_lock_holds_the_contract_up(estate: Estate, state: UnitState) -> None:
    estate.carried_to(state)
    estate.alter("1-101", flags=int(Flag.SEIZED))
    with pytest.raises(UnitLocked) as refused:
        estate.step(signing.draft) if state is S.SUBSCRIBED else estate.sign()
    assert refused.value.details == {"unit": "1-101", "flag": Flag.SEIZED}


def test_a_change_somebody_asked_for_holds_the_contract_up_until_it_is_decided(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    asked = approvals.ApprovalRequest(estate.unit("1-101").id, Step.EXTEND_SIGNING, note="出差")
    number = approvals.ask(estate.desk("a"), asked, estate.now).approval
    with pytest.raises(NeedsApproval) as refused:
        estate.step(signing.draft)
    assert refused.value.details == {"step": Step.EXTEND_SIGNING, "approver": Role.MANAGER}
    approvals.decide(estate.desk(), approvals.Decision(number, granted=False), estate.now)
    assert estate.step(signing.draft).deal


@pytest.mark.parametrize("state", [S.DRAFTED, S.SIGNED, S.FILED])
def test_a_cancellation_asked_for_holds_up_every_step_forward(estate: Estate, state: UnitState) -> None:
    estate.carried_to(state)
    asked = approvals.ApprovalRequest(estate.unit("1-101").id, Step.CANCEL)
    approvals.ask(estate.desk("a"), asked, estate.now)
    steps: dict[UnitState, Any] = {
        S.DRAFTED: estate.sign, S.SIGNED: lambda: estate.step(signing.file),
        S.FILED: lambda: estate.step(signing.hand_over),
    }  # fmt: skip
    with pytest.raises(NeedsApproval):
        steps[state]()


# --- ways back


def test_a_draft_and_a_filing_can_be_undone(estate: Estate) -> None:
    before = estate.carried_to(S.SUBSCRIBED)
    estate.later(days=1)
    estate.step(signing.draft)
    estate.later(days=1)
    estate.step(signing.undo_draft)
    row = estate.unit("1-101")
    assert (row.state, row.until, estate.deal("1-101").drafted) == (S.SUBSCRIBED, before.until, None)
    assert estate.broken() == []
    estate.step(signing.draft)
    estate.sign()
    estate.step(signing.file)
    estate.later(days=1)
    estate.step(signing.undo_filing, note="信息有误")
    assert (estate.state("1-101"), estate.deal("1-101").filed) == (S.SIGNED, None)
    assert len(estate.told(Step.UNDO_DRAFT) + estate.told(Step.UNDO_FILING)) == 2
    assert estate.broken() == []


def test_a_filing_is_undone_for_a_reason(estate: Estate) -> None:
    estate.carried_to(S.FILED)
    with pytest.raises(ReasonMissing) as refused:
        estate.step(signing.undo_filing)
    assert refused.value.details == {"step": Step.UNDO_FILING}


@pytest.mark.parametrize(("state", "back"), [(S.DRAFTED, signing.undo_draft), (S.FILED, signing.undo_filing)])
@pytest.mark.parametrize(
    ("kind", "why"), [(MoneyKind.LATE_FEE, "late-fee-received"), (MoneyKind.AREA_DIFFERENCE, "area-settled")]
)
def test_after_a_late_fee_or_a_settlement_nothing_is_undone(
    estate: Estate, state: UnitState, back: Any, kind: MoneyKind, why: str
) -> None:
    estate.carried_to(state)
    fee = estate.receive(amount=50, kind=kind)
    with pytest.raises(WrongWay) as refused:
        estate.step(back, note="信息有误")
    assert refused.value.details["why"] == why
    assert refused.value.details["instead"] is Step.VOID_RECEIPT
    void(estate.desk("cash"), VoidRequest(fee.receipt, "写错"), estate.later(seconds=1))
    assert estate.step(back, note="信息有误").deal
    assert estate.broken() == []


# --- the day to sign by


def extend(estate: Estate, by: date, who: str = "lead", reason: str = "客户出差") -> signing.Signed:
    asked = ExtendRequest(*estate.seen("1-101"), by, reason)
    return signing.extend_signing(estate.desk(who), asked, estate.later(seconds=1))


def test_the_day_to_sign_by_can_be_moved(estate: Estate) -> None:
    since = estate.carried_to(S.SUBSCRIBED).since
    later = estate.today + timedelta(days=20)
    extend(estate, later)
    row = estate.unit("1-101")
    assert (estate.deal("1-101").sign_by, row.until.date(), row.since) == (later, later, since)
    (told,) = estate.told(Step.EXTEND_SIGNING)
    assert told.after == {"sign_by": later.isoformat(), "reason": "客户出差"}
    assert estate.broken() == []


def test_far_from_the_subscription_the_day_moves_with_a_managers_leave(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    first = estate.today
    extend(estate, first + timedelta(days=37))  # 7 to sign, 30 more
    late = first + timedelta(days=40)
    with pytest.raises(NeedsApproval) as refused:
        extend(estate, late)
    assert refused.value.details == {"step": Step.EXTEND_SIGNING, "approver": Role.MANAGER}
    estate.grant("1-101", Step.EXTEND_SIGNING, sign_by=late.isoformat())
    with pytest.raises(NeedsApproval):
        extend(estate, late + timedelta(days=1))
    extend(estate, late)
    extend(estate, first + timedelta(days=60), who="boss")
    assert estate.deal("1-101").sign_by == first + timedelta(days=60)


def test_moving_the_day_needs_a_reason_a_day_to_come_and_the_right(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    with pytest.raises(ReasonMissing):
        extend(estate, estate.today, reason=" ")
    with pytest.raises(TooLate) as refused:
        extend(estate, estate.today - timedelta(days=1))
    assert refused.value.details["what"] == "sign_by"
    with pytest.raises(NotYours):
        extend(estate, estate.today, who="a")


# --- order, roles, races


@pytest.mark.parametrize(
    ("deed", "state", "step"),
    [
        (signing.draft, S.FOR_SALE, Step.DRAFT), (signing.undo_draft, S.SUBSCRIBED, Step.UNDO_DRAFT),
        (signing.file, S.DRAFTED, Step.FILE), (signing.undo_filing, S.SIGNED, Step.UNDO_FILING),
        (signing.hand_over, S.SIGNED, Step.HAND_OVER), (signing.draft, S.HANDED_OVER, Step.DRAFT),
    ],
)  # fmt: skip
def test_steps_come_in_their_order(small: Estate, deed: Any, state: UnitState, step: Step) -> None:
    if state is not S.FOR_SALE:
        small.carried_to(state)
    with pytest.raises(NotAllowedNow) as refused:
        small.step(deed, note="x")
    assert refused.value.details == {"state": state, "step": step}


@pytest.mark.parametrize(
    ("deed", "who"),
    [
        (signing.undo_draft, "a"), (signing.file, "a"), (signing.hand_over, "office"), (signing.undo_filing, "lead"),
        (signing.draft, "cash"), (signing.draft, "title"),
    ],
)  # fmt: skip
def test_every_step_belongs_to_somebody(small: Estate, deed: Any, who: str) -> None:
    small.carried_to(S.SUBSCRIBED)
    with pytest.raises(NotYours):
        small.step(deed, who=who)


def test_whoever_comes_second_is_told_what_the_first_did(estate: Estate) -> None:
    estate.carried_to(S.SUBSCRIBED)
    asked = StepRequest(*estate.seen("1-101"))
    signing.draft(estate.desk("office"), asked, estate.later(seconds=1))
    with pytest.raises(TakenMeanwhile) as refused:
        signing.draft(estate.desk("a"), asked, estate.later(seconds=1))
    assert refused.value.details["by"] == "许宁"
    assert refused.value.details["step"] == Step.DRAFT


def test_a_unit_in_a_deals_state_without_its_deal_is_refused(small: Estate) -> None:
    small.alter("1-101", state=int(S.SUBSCRIBED))
    with pytest.raises(NotFound) as refused:
        small.step(signing.draft)
    assert refused.value.details == {"what": "deal", "sought": "1-101"}


# --- approvals


def test_an_approval_is_asked_seen_and_decided_once(estate: Estate) -> None:
    wanted = approvals.ApprovalRequest(estate.unit("1-101").id, Step.SUBSCRIBE, {"fen": 95_000_000}, "老客户")
    number = approvals.ask(estate.desk("a"), wanted, estate.later(seconds=1)).approval
    (open_one,) = approvals.waiting(estate.desk())
    assert (open_one.id, open_one.unit_code, open_one.asked_by, open_one.note) == (number, "1-101", "林晓", "老客户")
    with pytest.raises(NotYours):
        approvals.decide(estate.desk("lead"), approvals.Decision(number, granted=True), estate.now)
    at = estate.later(seconds=1)
    approvals.decide(estate.desk(), approvals.Decision(number, granted=True, note="同意"), at)
    assert approvals.waiting(estate.desk()) == ()
    (mine,) = approvals.waiting(estate.desk("a"), estate.unit("1-101").id)
    assert (mine.granted, mine.used) == (True, False)
    with pytest.raises(ChangedMeanwhile) as refused:
        approvals.decide(estate.desk(), approvals.Decision(number, granted=False), estate.now)
    assert refused.value.details == {"what": "approval", "by": "沈知行", "at": at}
    assert len(estate.told(Step.APPROVE)) == 1


def test_what_is_not_there_is_neither_asked_for_nor_decided(estate: Estate) -> None:
    with pytest.raises(NotFound) as unit:
        approvals.ask(estate.desk("a"), approvals.ApprovalRequest(4711, Step.SUBSCRIBE), estate.now)
    assert unit.value.details == {"what": "unit", "sought": 4711}
    with pytest.raises(NotFound) as number:
        approvals.decide(estate.desk(), approvals.Decision(4711, granted=True), estate.now)
    assert number.value.details == {"what": "approval", "sought": 4711}
    with pytest.raises(NotYours):
        approvals.decide(estate.desk("a"), approvals.Decision(4711, granted=True), estate.now)
