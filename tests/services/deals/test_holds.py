"""Holds (预留): for whom, how long, by whose leave; and that they end at their minute with nothing running."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from salescenter.data.deals import hold as holds_table
from salescenter.domain.refusals import (
    HeldForAnother,
    NeedsApproval,
    NotAllowedNow,
    NotFound,
    NotYours,
    OutOfBounds,
    ReasonMissing,
    TooLate,
    UnitLocked,
)
from salescenter.domain.staff import Role
from salescenter.domain.units import Flag, Step, UnitState
from salescenter.services import card, grid, release
from salescenter.services.deals import holds
from salescenter.services.deals.claims import Took
from salescenter.services.deals.holds import EndHoldRequest, HoldRequest
from tests.houses import Estate


def hold(estate: Estate, code: str = "1-101", who: str = "a", *, hours: float = 24, **more: Any) -> Took:
    said: dict[str, Any] = {"until": estate.now + timedelta(hours=hours), "reason": "客户考虑中"} | more
    return holds.hold(estate.desk(who), HoldRequest(*estate.seen(code), **said), estate.later(seconds=1))


def extend(estate: Estate, who: str = "lead", *, hours: float = 48, **more: Any) -> Took:
    said: dict[str, Any] = {"until": estate.now + timedelta(hours=hours), "reason": "客户要求延长"} | more
    return holds.extend_hold(estate.desk(who), HoldRequest(*estate.seen("1-101"), **said), estate.later(seconds=1))


def end(estate: Estate, who: str = "a") -> Took:
    return holds.end_hold(estate.desk(who), EndHoldRequest(*estate.seen("1-101"), "不要了"), estate.later(seconds=1))


def test_a_consultant_holds_a_unit_for_a_customer(estate: Estate) -> None:
    until = estate.now + timedelta(hours=24)
    took = hold(estate, customer=estate.customers["李娜"])
    row = estate.unit("1-101")
    assert (row.state, row.until, row.revision) == (UnitState.HELD, until, took.revision)
    (kept,) = estate.all(select(holds_table))
    assert (kept.by_id, kept.customer_id, kept.reason) == (estate.people["a"].id, estate.customers["李娜"], "客户考虑中")
    (told,) = estate.told(Step.HOLD)
    assert (told.person_id, told.pc, told.unit_id) == (estate.people["a"].id, "pc-a", row.id)
    assert estate.broken() == []


def test_a_hold_ends_at_its_minute_with_nothing_running(estate: Estate) -> None:
    hold(estate, hours=1)
    number = estate.unit("1-101").id
    desk, until = estate.desk("b"), estate.unit("1-101").until
    held = card.card(desk, number, until - timedelta(milliseconds=1))
    free = card.card(desk, number, until)
    assert (held.state, free.state) == (UnitState.HELD, UnitState.FOR_SALE)
    assert held.hold is not None
    assert free.hold is None
    estate.now = until
    assert estate.subscribe(who="b", consultants=estate.seller("b")).deal
    assert estate.state("1-101") is UnitState.SUBSCRIBED


def test_a_unit_whose_hold_ran_out_is_held_anew_and_counted_anew(estate: Estate) -> None:
    hold(estate, hours=1)
    estate.later(hours=2)
    hold(estate, who="b", hours=1)
    assert len(estate.told(Step.HOLD)) == 2
    with pytest.raises(NeedsApproval):
        end(estate, "a")  # the hold that stands is the other one's
    assert estate.broken() == []


def test_the_past_grid_shows_a_hold_only_while_it_lasted(estate: Estate) -> None:
    hold(estate, hours=1)
    row = estate.unit("1-101")
    then = grid.cells_at(estate.desk(), estate.now)
    at = then.id.index(row.id)
    assert then.state[at] == UnitState.HELD
    assert then.until[at] == round(row.until.timestamp() * 1000)


@pytest.mark.parametrize("who", ["a", "lead"])
def test_beyond_the_houses_days_a_hold_needs_leave(estate: Estate, who: str) -> None:
    assert hold(estate, who=who, hours=73)
    with pytest.raises(NeedsApproval) as refused:
        hold(estate, "1-102", who, hours=74)
    assert refused.value.details == {"step": Step.HOLD, "approver": Role.MANAGER, "days": 3}


def test_nobody_holds_beyond_the_managers_days_and_no_leave_is_offered_for_it(estate: Estate) -> None:
    assert hold(estate, who="boss", hours=30 * 24 + 1)
    for who in ("a", "boss"):
        with pytest.raises(OutOfBounds) as refused:
            hold(estate, "1-102", who, hours=30 * 24 + 2)
        assert refused.value.details == {"field": "until", "value": 31, "least": 1, "most": 30}


def leave(estate: Estate, hours: float, step: Step = Step.HOLD) -> None:
    """The manager grants a hold on 1-101 until so many hours from now."""
    until = (estate.now + timedelta(hours=hours)).isoformat()
    estate.grant("1-101", step, until=until)


def test_the_leave_for_a_longer_hold_covers_no_later_moment_and_one_hold(estate: Estate) -> None:
    leave(estate, 24 * 10)
    with pytest.raises(NeedsApproval):
        hold(estate, hours=24 * 11)
    hold(estate, hours=24 * 10 - 0.5)
    (kept,) = estate.all(select(holds_table))
    assert kept.approver_id == estate.people["boss"].id
    assert estate.told(Step.HOLD)[-1].after["approver"] == estate.people["boss"].id
    end(estate)
    with pytest.raises(NeedsApproval):
        hold(estate, hours=24 * 9)


def test_a_hold_extended_with_leave_names_who_gave_it(estate: Estate) -> None:
    hold(estate)
    leave(estate, 24 * 9, Step.EXTEND_HOLD)
    extend(estate, hours=24 * 9 - 0.5)
    *_, kept = estate.all(select(holds_table).order_by(holds_table.c.id))
    assert (kept.by_id, kept.approver_id) == (estate.people["a"].id, estate.people["boss"].id)


def test_the_house_decides_how_long_holds_last(estate: Estate) -> None:
    estate.rule("hold_days", 1)
    with pytest.raises(NeedsApproval) as refused:
        hold(estate, hours=26)
    assert refused.value.details["days"] == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_hold_says_why(estate: Estate, reason: str) -> None:
    with pytest.raises(ReasonMissing) as refused:
        hold(estate, reason=reason)
    assert refused.value.details == {"step": Step.HOLD}


def test_a_hold_ends_in_the_future(estate: Estate) -> None:
    with pytest.raises(TooLate) as refused:
        hold(estate, until=estate.now)
    assert refused.value.details == {"what": "until", "until": estate.now - timedelta(seconds=1)}


def test_a_hold_is_made_for_a_customer_of_the_house(estate: Estate) -> None:
    with pytest.raises(NotFound) as refused:
        hold(estate, customer=4711)
    assert refused.value.details == {"what": "customer", "sought": 4711}


@pytest.mark.parametrize("flag", [Flag.MORTGAGED, Flag.SEIZED, Flag.PRICE_REVIEW, Flag.AREA_REVIEW, Flag.LOCKED])
def test_a_locked_unit_is_not_held(estate: Estate, flag: Flag) -> None:
    estate.alter("1-101", flags=int(flag))
    with pytest.raises(UnitLocked) as refused:
        hold(estate)
    assert refused.value.details == {"unit": "1-101", "flag": flag}


def test_a_show_flat_may_be_held(estate: Estate) -> None:
    estate.alter("1-101", flags=int(Flag.SHOW_FLAT))
    assert hold(estate)


def test_what_is_not_released_is_not_held(estate: Estate) -> None:
    with pytest.raises(NotAllowedNow) as refused:
        hold(estate, "1-301")
    assert refused.value.details == {"state": UnitState.NOT_RELEASED, "step": Step.HOLD}


def test_a_receptionist_holds_nothing(estate: Estate) -> None:
    with pytest.raises(NotYours) as refused:
        hold(estate, who="front")
    assert refused.value.details["step"] is Step.HOLD
    assert Role.CONSULTANT in refused.value.details["who"]  # type: ignore[operator]


# --- extending


def test_an_extended_hold_stays_the_hold_of_who_made_it_for_whom(estate: Estate) -> None:
    hold(estate, customer=estate.customers["李娜"])
    since = estate.unit("1-101").since
    until = estate.now + timedelta(hours=48)
    extend(estate)
    row = estate.unit("1-101")
    assert (row.state, row.until, row.since) == (UnitState.HELD, until, since)
    old, new = estate.all(select(holds_table).order_by(holds_table.c.id))
    assert old.ended is not None
    assert (new.by_id, new.customer_id) == (estate.people["a"].id, estate.customers["李娜"])
    (told,) = estate.told(Step.EXTEND_HOLD)
    assert told.person_id == estate.people["lead"].id
    assert datetime.fromisoformat(told.before["until"]) < datetime.fromisoformat(told.after["until"])
    assert estate.subscribe().deal
    assert estate.broken() == []


def test_only_leaders_extend(estate: Estate) -> None:
    hold(estate)
    with pytest.raises(NotYours):
        extend(estate, "a")
    with pytest.raises(ReasonMissing) as refused:
        extend(estate, reason="")
    assert refused.value.details == {"step": Step.EXTEND_HOLD}
    with pytest.raises(NeedsApproval):
        extend(estate, hours=24 * 9 - 0.5)


def test_what_has_ended_is_not_extended(estate: Estate) -> None:
    hold(estate, hours=1)
    estate.later(hours=2)
    with pytest.raises(NotAllowedNow) as refused:
        extend(estate)
    assert refused.value.details == {"state": UnitState.FOR_SALE, "step": Step.EXTEND_HOLD}


# --- ending, and opening to whom it was made for


def test_a_hold_is_undone_by_ending_it(estate: Estate) -> None:
    hold(estate)
    end(estate)
    row = estate.unit("1-101")
    assert (row.state, row.until, row.buyer, row.deal_id) == (UnitState.FOR_SALE, None, "", None)
    assert len(estate.told(Step.END_HOLD)) == 1
    assert estate.broken() == []


def test_another_consultant_asks_a_supervisor_to_end_it(estate: Estate) -> None:
    hold(estate)
    with pytest.raises(NeedsApproval) as refused:
        end(estate, "b")
    assert refused.value.details["approver"] is Role.SUPERVISOR
    end(estate, "lead")
    assert estate.state("1-101") is UnitState.FOR_SALE


def test_a_held_unit_opens_to_who_held_it_to_its_customer_and_to_a_manager(estate: Estate) -> None:
    for code in ("1-101", "1-102", "1-103"):
        hold(estate, code, customer=estate.customers["李娜"])
    assert estate.subscribe("1-101").deal
    assert estate.subscribe("1-102", "b", buyers=estate.buyer("李娜"), consultants=estate.seller("b")).deal
    assert estate.subscribe("1-103", "boss").deal
    assert estate.broken() == []


def test_everybody_else_is_told_who_holds_it_until_when_why_and_who_agreed(estate: Estate) -> None:
    leave(estate, 24 * 5)
    hold(estate, "1-101", "lead", hours=24 * 5 - 0.5, reason="团购洽谈")
    for deed in (estate.subscribe, estate.reserve):
        with pytest.raises(HeldForAnother) as refused:
            deed("1-101", "b")
        assert refused.value.details == {
            "unit": "1-101", "by": "周敏", "until": estate.unit("1-101").until, "reason": "团购洽谈", "approver": "沈知行",
        }  # fmt: skip


def test_a_withdrawn_unit_leaves_its_past_hold_behind(estate: Estate) -> None:
    hold(estate, hours=1)
    estate.later(hours=2)
    asked = release.ReleaseRequest((release.Seen(*estate.seen("1-101")),), "撤盘")
    release.withdraw(estate.desk(), asked, estate.later(seconds=1))
    assert estate.state("1-101") is UnitState.NOT_RELEASED
    assert estate.unit("1-101").until is None
    assert estate.broken() == []
