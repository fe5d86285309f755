"""Random histories with crashes at every statement: no law breaks, nothing acknowledged is lost, refusals leave no trace.

A few of them here; `python -m tests.services.histories 10000` lives the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import update

from salescenter.data import money, record
from salescenter.data.deals import due
from salescenter.data.estate import unit
from salescenter.domain.money import Money
from salescenter.domain.units import Step
from salescenter.services import work
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Terms
from salescenter.services.house import House
from tests.houses import Estate, yuan
from tests.services.histories import Ambush, Life, Pulled, Witness, ambush, lived, stage
from tests.services.home_first import ahead_of_its_home

BATCH = 10


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Path]]:
    with stage(tmp_path_factory.mktemp("stage")) as found:
        yield found


@pytest.mark.parametrize("first", [0, 1_000, 2_000, 3_000])
def test_random_histories_with_crashes_break_no_law(staged: tuple[House, Path], first: int) -> None:
    for seed in range(first, first + BATCH):
        life = lived(*staged, seed)
        assert life.wrong == [], f"seed {seed}:\n" + "\n".join(life.log)


@pytest.mark.parametrize("seed", range(4))
def test_random_histories_on_a_server_break_no_law(small_on_server: Estate, seed: int) -> None:
    life = Life(small_on_server, Random(seed))
    life.live(20)
    assert life.wrong == [], "\n".join(life.log)


def test_a_seed_is_one_history_and_always_the_same(staged: tuple[House, Path]) -> None:
    once, again = lived(*staged, 7), lived(*staged, 7)
    assert once.log == again.log
    assert once.outcomes.total() >= 25


def test_histories_crash_repeat_and_are_refused(staged: tuple[House, Path]) -> None:
    seen: set[str] = set()
    for seed in range(20):
        seen |= {what.partition(": ")[2] for what in lived(*staged, seed).outcomes}
    assert {"done", "again", "crashed", "not-yours", "taken-meanwhile", "not-allowed-now", "taken-off-the-list", "role-changed"} <= seen


# --- the histories see what they should


def broken_by(staged: tuple[House, Path], seeds: int = 40) -> str:
    return "\n".join(one for seed in range(seeds) for one in lived(*staged, seed).wrong)


def test_a_due_paid_beyond_its_receipt_is_seen(staged: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real = money.allocate

    def twice(connection: Any, receipt_id: int, parts: Any) -> None:
        real(connection, receipt_id, parts)
        for due_id, _ in parts:
            connection.execute(update(due).where(due.c.id == due_id).values(paid=due.c.paid + Money(1)))

    monkeypatch.setattr(money, "allocate", twice)
    assert "broken: paid = allocated" in broken_by(staged, 5)


def test_a_second_answer_to_one_key_is_seen(staged: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    enter = record.enter
    monkeypatch.setattr(record, "enter", lambda *asked: replace(enter(*asked), earlier=None))
    monkeypatch.setattr(record, "keep_answer", lambda *_: None)
    assert "then refused for the same key" in broken_by(staged, 10)


def test_a_figure_that_was_not_counted_is_seen(staged: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "add_counts", lambda *_: None)
    assert "broken: roll-ups = rows" in broken_by(staged, 3)


def test_who_acts_after_they_left_is_seen(staged: tuple[House, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_demand_listed", lambda *_: None)
    assert "is not on the list" in broken_by(staged, 20)


def half_done(estate: Estate) -> None:
    with estate.desk().working(estate.now) as begun:
        begun.connection.execute(update(unit).values(note="x"))
        raise Pulled


def test_a_trace_of_what_was_refused_is_seen(estate: Estate) -> None:
    witness = Witness(estate.house.engine)
    assert not witness.something_changed()
    with pytest.raises(Pulled):
        half_done(estate)
    assert not witness.something_changed()
    estate.put(update(unit).where(unit.c.code == "1-101").values(note="x"))
    assert witness.something_changed()
    witness.close()


def test_an_ambush_lies_where_it_is_told(small: Estate) -> None:
    trap = ambush(small.house.engine)
    assert ambush(small.house.engine) is trap
    for at in (0, 5, -1):
        trap.lie(at)
        with pytest.raises(Pulled):
            small.put(update(unit).values(note="x")) if at < 1 else small.subscribe()
        assert trap.at is None
    assert isinstance(trap, Ambush)
    assert small.unit("1-101").note == ""


def test_a_space_that_went_ahead_of_its_home_is_seen(small: Estate) -> None:
    asked = small.asked("P-001", terms=Terms(deposit=yuan(10_000)))
    opening.subscribe(small.desk("a"), asked, small.now)
    assert not ahead_of_its_home(small, Step.SUBSCRIBE, asked)
    small.alter("P-001", bound_to=small.unit("1-101").id)
    assert ahead_of_its_home(small, Step.SUBSCRIBE, asked)
    small.subscribe("1-101")
    assert not ahead_of_its_home(small, Step.SUBSCRIBE, asked)
