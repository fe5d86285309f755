"""Changing a unit for another on a server: both are claimed with the first message, in one order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from salescenter.domain.refusals import TakenMeanwhile
from salescenter.domain.units import UnitState
from salescenter.services.deals import changing
from salescenter.services.deals.requests import ChangeUnitRequest, Terms
from salescenter.services.work import Desk
from tests.houses import DEPOSIT, Estate
from tests.rush.cable import Cable
from tests.rush.test_cut import estate, far, line

__all__ = ["estate", "far", "line"]


@pytest.fixture
def chief(estate: Estate, far: Desk) -> Desk:
    """The manager's desk at the end of the cable, which has been at work before."""
    desk = replace(far, who=estate.people["boss"])
    with desk.reading() as connection:
        connection.execute(text("SELECT 1"))
    return desk


def asked(estate: Estate, code: str, new: str, key: str = "") -> ChangeUnitRequest:
    return ChangeUnitRequest(*estate.seen(code), *estate.seen(new), Terms(deposit=DEPOSIT), "客户要高层", key)


def test_who_changes_to_a_unit_that_was_taken_is_told_everything_at_once(estate: Estate, chief: Desk, line: Cable) -> None:
    estate.subscribe("1-103")
    late = asked(estate, "1-103", "1-102")
    estate.subscribe("1-102", who="b")
    before = line.trips
    with pytest.raises(TakenMeanwhile) as refused:
        changing.change_unit(chief, late, estate.now)
    assert line.trips - before == 1
    assert refused.value.details == {
        "unit": "1-102", "by": estate.people["b"].name, "at": estate.now, "step": "subscribe",
        "state": UnitState.SUBSCRIBED, "free": ("1-101", "1-202", "1-201"),
    }  # fmt: skip
    assert estate.state("1-103") is UnitState.SUBSCRIBED
    assert estate.broken() == []


def test_a_change_of_units_claims_both_and_answers_its_key_once(estate: Estate, chief: Desk, line: Cable) -> None:
    estate.subscribe("1-103")
    once = asked(estate, "1-103", "1-101", key="press-1")
    line.lose_answer_to(b"COMMIT")
    answer = changing.change_unit(chief, once, estate.later(seconds=1))
    assert changing.change_unit(chief, once, estate.now) == answer
    assert (estate.state("1-103"), estate.state("1-101")) == (UnitState.FOR_SALE, UnitState.SUBSCRIBED)
    assert estate.broken() == []


def test_who_waits_for_the_first_of_two_units_holds_up_nobody_at_the_second(estate: Estate, chief: Desk) -> None:
    """Both are waited for in the order of their keys, whichever is left: two who change crosswise wait in no ring."""
    estate.subscribe("1-103")
    wanted, (first, _), (second, _) = asked(estate, "1-103", "1-101"), estate.seen("1-101"), estate.seen("1-103")
    assert first < second
    alone = "SELECT 1 FROM unit WHERE id = {} FOR NO KEY UPDATE NOWAIT"
    with ThreadPoolExecutor() as desks, estate.house.engine.connect() as one, estate.house.engine.connect() as other:
        one.execute(text(alone.format(first)))
        waiting = desks.submit(changing.change_unit, chief, wanted, estate.now)
        while not waiting.done() and not estate.read(text("SELECT 1 FROM pg_locks WHERE NOT granted")):
            pass
        assert other.execute(text(alone.format(second))).first() == (1,)
        other.rollback()
        one.rollback()
        assert waiting.result(60).unit == first
    assert estate.broken() == []
