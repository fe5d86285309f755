"""A unit as it stands at a moment: holds end by themselves."""

from __future__ import annotations

from salescenter.domain.grid import standing, standings
from salescenter.domain.units import UnitState
from tests.ui.floorplan import made_up


def test_a_hold_has_ended_when_its_minute_has_come() -> None:
    assert standing(UnitState.HELD, 1000, 999) == UnitState.HELD
    assert standing(UnitState.HELD, 1000, 1000) == UnitState.FOR_SALE


def test_a_hold_without_an_end_stands_until_somebody_ends_it() -> None:
    assert standing(UnitState.HELD, 0, 10**15) == UnitState.HELD


def test_only_holds_end_by_themselves() -> None:
    others = [state for state in UnitState if state != UnitState.HELD]
    assert [standing(state, 1000, 2000) for state in others] == others


def test_the_columns_agree_with_the_single_unit() -> None:
    _, cells = made_up.estate(towers=2, parking=20, shops=10)
    for now in (made_up.NOW, made_up.NOW + 2 * made_up.HOUR):
        singly = [standing(s, u, now) for s, u in zip(cells.state, cells.until, strict=True)]
        assert list(standings(cells, now)) == singly
