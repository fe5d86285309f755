"""A second pair of eyes on a server that holds everybody to their steps: each deed over its own person's connection."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from salescenter.data.deals import approval
from salescenter.data.deals import hold as holds_table
from salescenter.data.engine import plain
from salescenter.data.history import history
from salescenter.domain.refusals import NeedsApproval, WrongPassword
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.deals import holds
from salescenter.services.failed_log_ins import FAILED
from salescenter.services.leaving import tell_left
from salescenter.services.server.door import OnThisPc
from salescenter.services.server.entering import beside, meet
from tests.houses import Estate
from tests.services.server.guarded_house import WORD, desk_of, house, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


def grants(house: Estate, who: str, step: Step, code: str = "1-101", **what: object) -> None:
    """The manager types their password at somebody's desk."""
    asked = ApprovalRequest(house.unit(code).id, step, what, note="老客户")
    with desk_of(house, who) as desk, beside(desk, "boss", WORD) as second:
        approvals.grant_here(desk, second, asked, house.now)


def test_a_long_hold_is_granted_by_the_manager_s_own_connection_and_made_by_the_consultant_s(house: Estate) -> None:
    def asked() -> holds.HoldRequest:
        return holds.HoldRequest(*house.seen("1-101"), house.now + timedelta(days=10), "客户考虑")

    with desk_of(house, "a") as desk, pytest.raises(NeedsApproval):
        holds.hold(desk, asked(), house.now)
    grants(house, "a", Step.HOLD, until=(house.now + timedelta(days=10)).isoformat())
    with desk_of(house, "a") as desk:
        holds.hold(desk, asked(), house.now)
    (kept,) = house.all(select(holds_table).where(holds_table.c.ended.is_(None)))
    assert (kept.by_id, kept.approver_id) == (house.people["a"].id, house.people["boss"].id)


def test_another_s_hold_is_ended_with_leave(house: Estate) -> None:
    code = "1-201"
    with desk_of(house, "b") as desk:
        holds.hold(desk, holds.HoldRequest(*house.seen(code), house.now + timedelta(days=1), "客户考虑"), house.now)
    grants(house, "a", Step.END_HOLD, code)
    with desk_of(house, "a") as desk:
        holds.end_hold(desk, holds.EndHoldRequest(*house.seen(code), "客户放弃"), house.now)
    assert house.state(code).name == "FOR_SALE"


@pytest.mark.parametrize("step", [Step.VOID_RECEIPT, Step.REFUND, Step.CLOSE_DAY])
def test_a_cashier_asks_at_the_till(house: Estate, step: Step) -> None:
    grants(house, "cash", step)
    newest = house.read(select(approval).order_by(approval.c.id.desc()))
    assert (newest.asked_by, newest.decided_by) == (house.people["cash"].id, house.people["boss"].id)


def test_whoever_comes_in_may_tell_what_failed_and_what_leaves(house: Estate, tmp_path: Path) -> None:
    door = OnThisPc(tmp_path / "failed.json", lambda: house.now, frozenset({"guest"}))
    where = plain(house.house.url, account=False)
    with pytest.raises(WrongPassword):
        meet(None, where, "guest", "guess", door)
    opened, met = meet(None, where, "guest", WORD, door)
    assert opened is not None
    assert met is not None
    assert met.desk is not None
    tell_left(met.desk, "grid", "销控表", house.now)
    opened.close()
    steps = [row.step for row in house.all(select(history).order_by(history.c.id.desc()).limit(2))]
    assert steps == ["print-paper", FAILED]


def test_a_change_of_user_is_a_change_of_the_connection(house: Estate) -> None:
    where = plain(house.house.url, account=False)
    first, _ = meet(None, where, "a", WORD)
    second, met = meet(first, where, "b", WORD)
    assert second is not None
    assert met is not None
    assert met.desk is not None
    with met.desk.reading() as line:
        assert line.exec_driver_sql("SELECT session_user").scalar() == "b"
    second.close()
