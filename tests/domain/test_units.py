"""A unit's life is one table: what it allows, everything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salescenter.domain.refusals import NotAllowedNow
from salescenter.domain.units import (
    DEAL_STATES,
    LIFE_STEPS,
    NEXT,
    SIGNED_STATES,
    SOLD_STATES,
    Step,
    UnitState,
    after,
    steps_from,
)

S, T = UnitState, Step


def test_the_main_road_leads_from_stock_to_handover() -> None:
    state = S.NOT_RELEASED
    for step in (T.RELEASE, T.HOLD, T.RESERVE, T.SUBSCRIBE, T.DRAFT, T.SIGN, T.FILE, T.HAND_OVER):
        state = after(state, step)
    assert state is S.HANDED_OVER


@given(st.sampled_from(UnitState), st.sampled_from(Step))
def test_a_step_is_offered_exactly_where_it_is_allowed(state: UnitState, step: Step) -> None:
    if step in steps_from(state):
        assert after(state, step) is NEXT[state, step]
    else:
        with pytest.raises(NotAllowedNow) as refused:
            after(state, step)
        assert refused.value.details == {"state": state, "step": step}


@pytest.mark.parametrize(("state", "step"), [
    (S.NOT_RELEASED, T.HOLD), (S.NOT_RELEASED, T.SUBSCRIBE), (S.FOR_SALE, T.DRAFT), (S.FOR_SALE, T.SIGN),
    (S.SUBSCRIBED, T.SUBSCRIBE), (S.SIGNED, T.SUBSCRIBE), (S.SIGNED, T.WITHDRAW), (S.HELD, T.WITHDRAW),
    (S.FILED, T.CANCEL), (S.HANDED_OVER, T.CANCEL), (S.SIGNED, T.FORFEIT), (S.SIGNED, T.DRAFT),
])
def test_no_shortcut_and_no_second_sale(state: UnitState, step: Step) -> None:
    with pytest.raises(NotAllowedNow):
        after(state, step)


def test_every_state_can_be_reached_from_an_unreleased_unit() -> None:
    reached = {S.NOT_RELEASED}
    while more := {to for (state, _), to in NEXT.items() if state in reached} - reached:
        reached |= more
    assert reached == set(UnitState)


def test_no_unit_is_stuck_before_handover() -> None:
    assert {state for state in UnitState if not steps_from(state)} == {S.HANDED_OVER}


def test_a_filed_contract_must_be_unfiled_before_it_is_cancelled() -> None:
    assert after(after(S.FILED, T.UNDO_FILING), T.CANCEL) is S.FOR_SALE


def test_a_unit_that_loses_its_deal_is_for_sale_again() -> None:
    for (state, step), to in NEXT.items():
        if state in DEAL_STATES and to not in DEAL_STATES:
            assert to is S.FOR_SALE, (state, step)


def test_what_is_signed_is_sold_and_what_is_sold_has_a_deal() -> None:
    assert SIGNED_STATES < SOLD_STATES < DEAL_STATES


def test_steps_beside_the_life_move_no_unit() -> None:
    assert T.QUOTE not in LIFE_STEPS
    assert T.RECEIVE_MONEY not in LIFE_STEPS
    assert all(step in LIFE_STEPS for _, step in NEXT)
