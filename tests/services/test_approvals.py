"""Four eyes: what one's own limits refuse is granted at the same desk with a second person's password, or from afar."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from salescenter.data.deals import approval
from salescenter.data.deals import hold as holds_table
from salescenter.data.history import history
from salescenter.data.listening import open_line
from salescenter.data.staff import person
from salescenter.domain.refusals import NeedsApproval, NotFound, NotYours, Oneself, OutOfBounds, WrongPassword
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import Answer, ApprovalRequest, Decision
from salescenter.services.deals import holds
from salescenter.services.deals.claims import Took
from salescenter.services.failed_log_ins import FAILED
from salescenter.services.house import House, hashed
from salescenter.services.server.entering import beside
from tests.houses import Estate

SECRET = "open sesame"


@pytest.fixture
def house(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> Estate:
    """A house whose manager has a password."""
    estate.put(update(person).where(person.c.login == "boss").values(password=hashed(SECRET)))
    monkeypatch.setattr(House, "now", lambda _: estate.now)
    return estate


def wanted(house: Estate, step: Step = Step.SUBSCRIBE, key: str = "") -> ApprovalRequest:
    return ApprovalRequest(house.unit("1-101").id, step, {"fen": 950_000_00}, "老客户", key)


def approves(house: Estate, asked: ApprovalRequest, who: str = "a", login: str = "boss", password: str = SECRET) -> int:
    with beside(house.desk(who), login, password) as second:
        return approvals.grant_here(house.desk(who), second, asked, house.now).approval


def newest(house: Estate, step: str) -> Any:
    return house.read(select(history).where(history.c.step == step).order_by(history.c.id.desc()))


def test_a_manager_s_password_on_the_consultant_s_screen_grants_it_and_nobody_is_logged_out(house: Estate) -> None:
    number = approves(house, wanted(house))
    (row,) = house.all(select(approval))
    assert (row.id, row.asked_by, row.decided_by, row.granted) == (
        number, house.people["a"].id, house.people["boss"].id, True,
    )  # fmt: skip
    told = newest(house, "approve")
    assert (told.person_id, told.pc) == (house.people["boss"].id, "pc-a")
    assert told.after == {"granted": True, "note": "", "beside": house.people["a"].id}


def test_the_same_press_grants_once(house: Estate) -> None:
    asked = wanted(house, key="pressed")
    assert approves(house, asked) == approves(house, asked)
    assert len(house.all(select(approval))) == 1


def test_a_wrong_password_asks_for_nothing_counts_as_a_failed_log_in_and_waits(house: Estate) -> None:
    for _ in range(3):
        with pytest.raises(WrongPassword) as refused:
            approves(house, wanted(house), password="guess")
    assert refused.value.details["wait"] == 5
    assert house.all(select(approval)) == []
    assert newest(house, FAILED).subject_id == house.people["boss"].id


@pytest.mark.parametrize("login", ["b", "cash"])
def test_only_whoever_may_approve_approves(house: Estate, login: str) -> None:
    with pytest.raises(NotYours):
        approves(house, wanted(house), login=login, password="")


def test_nobody_approves_what_they_ask_for_themselves(house: Estate) -> None:
    with pytest.raises(Oneself):
        approves(house, wanted(house), who="boss")
    assert house.all(select(approval)) == []


def test_nor_from_their_own_list_but_they_may_take_it_back(house: Estate) -> None:
    number = approvals.ask(house.desk("boss"), wanted(house), house.now).approval
    with pytest.raises(Oneself):
        approvals.decide(house.desk("boss"), Decision(number, granted=True), house.now)
    assert approvals.answer(house.desk("boss"), number).granted is None
    assert approvals.decide(house.desk("boss"), Decision(number, granted=False), house.now).approval == number


def hold(house: Estate, days: int, who: str = "a") -> Took:
    asked = holds.HoldRequest(*house.seen("1-101"), house.now + timedelta(days=days), "客户考虑")
    return holds.hold(house.desk(who), asked, house.later(seconds=1))


def test_a_longer_hold_is_granted_and_says_who_stands_behind_it_but_never_beyond_the_manager_s_days(house: Estate) -> None:
    with pytest.raises(NeedsApproval):
        hold(house, 10)
    ten_days = {"until": (house.now + timedelta(days=10, hours=1)).isoformat()}
    approves(house, replace(wanted(house, Step.HOLD), asked=ten_days))
    with pytest.raises(OutOfBounds):
        hold(house, 40)
    with pytest.raises(NeedsApproval):
        hold(house, 12)
    hold(house, 10)
    (kept,) = house.all(select(holds_table))
    assert kept.approver_id == house.people["boss"].id
    (row,) = house.all(select(approval))
    assert row.used


def test_another_s_hold_is_ended_with_a_manager_s_leave(house: Estate) -> None:
    hold(house, 2, "b")
    ending = holds.EndHoldRequest(*house.seen("1-101"), "客户放弃")
    with pytest.raises(NeedsApproval):
        holds.end_hold(house.desk("a"), ending, house.now)
    approves(house, wanted(house, Step.END_HOLD))
    holds.end_hold(house.desk("a"), replace(ending, seen=house.seen("1-101")[1]), house.now)
    assert house.state("1-101").name == "FOR_SALE"


def test_a_cashier_who_quotes_nothing_may_ask_about_receipts(house: Estate) -> None:
    with pytest.raises(NotYours):
        approvals.ask_for(house.desk("cash"), wanted(house), house.now)
    assert approvals.ask_for(house.desk("cash"), wanted(house, Step.VOID_RECEIPT), house.now).approval
    with pytest.raises(NotYours):
        approvals.ask_for(house.desk("a"), wanted(house, Step.VOID_RECEIPT), house.now)


def test_whoever_asked_hears_the_answer(house: Estate) -> None:
    desk = house.desk("a")
    number = approvals.ask(desk, wanted(house), house.now).approval
    assert approvals.answer(desk, number) == Answer(None, "", "老客户")
    approvals.decide(house.desk(), Decision(number, granted=False, note="；不同意"), house.now)
    assert approvals.answer(desk, number) == Answer(False, "沈知行", "老客户；不同意")
    with pytest.raises(NotFound):
        approvals.answer(desk, 4711)


def test_a_server_tells_at_once_that_somebody_asks_and_that_it_is_answered(small_on_server: Estate) -> None:
    here = small_on_server
    with open_line(here.house.engine) as line:
        number = approvals.ask(here.desk("a"), wanted(here), here.now).approval
        assert [hint.changes for hint in line.hear(1, 20.0)] == [()]
        approvals.decide(here.desk(), Decision(number, granted=True), here.now)
        assert [hint.changes for hint in line.hear(1, 20.0)] == [()]
