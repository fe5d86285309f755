"""The server's clock decides, however wrong a desk's own clock is and whenever somebody sets it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from salescenter.data.engine import address, open_engine
from salescenter.data.server_clock import MEASURED_FOR, Clock, steady
from salescenter.data.types import CHINA

TWO_HOURS = 7_200.0


@pytest.fixture
def engine(pg_url: URL) -> Iterator[Engine]:
    """An empty database on a server."""
    made = open_engine(pg_url)
    yield made
    made.dispose()


def server_time(engine: Engine) -> datetime:
    with engine.connect() as connection:
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found


@pytest.mark.parametrize("wrong", [-TWO_HOURS, TWO_HOURS])
def test_a_desk_two_hours_wrong_goes_by_the_server(engine: Engine, wrong: float) -> None:
    clock = Clock(engine, wall=lambda: time.time() + wrong)
    before = server_time(engine)
    now = clock.now()
    assert before - timedelta(minutes=1) < now < server_time(engine) + timedelta(minutes=1)
    assert now.tzinfo is CHINA


def test_before_the_server_was_asked_and_on_one_pc_the_own_clock_counts(engine: Engine) -> None:
    file = open_engine(address(":memory:"))
    for one in (engine, file):
        assert Clock(one, wall=lambda: 1_000_000.0).now().timestamp() == 1_000_000
    file.dispose()


def test_the_server_is_asked_again_after_a_minute_or_a_sleep(engine: Engine) -> None:
    seconds = [steady()]
    clock = Clock(engine, wall=lambda: 0.0, even=lambda: seconds[0])
    server_time(engine)
    seconds[0] += 3_600
    server_time(engine)
    first = clock.now()
    assert abs(first - server_time(engine)) < timedelta(minutes=1)
    seconds[0] += MEASURED_FOR / 2
    assert clock.now() - first > timedelta(seconds=MEASURED_FOR / 3)
