"""Amounts, areas, days and moments: whole numbers in both databases, the same values when they come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    insert,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.engine import URL

from salescenter.data.engine import open_engine
from salescenter.data.types import CHINA, Day, Fen, Moment, SquareMetres, millis, moment_of, sum_of
from salescenter.domain.money import Money

kept = Table(
    "kept", MetaData(), Column("id", Integer, primary_key=True), Column("amount", Fen), Column("area", SquareMetres),
    Column("day", Day), Column("at", Moment),
)  # fmt: skip

ROWS: list[dict[str, Any]] = [
    {"amount": Money(-1), "area": Decimal("0.01"), "day": date(2026, 2, 24), "at": datetime(2026, 2, 24, 9, 30, tzinfo=CHINA)},
    {"amount": Money(10**15), "area": Decimal("12345.67"), "day": date.min, "at": datetime(1970, 1, 1, tzinfo=UTC)},
    {"amount": None, "area": None, "day": None, "at": None},
]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    url: URL | None = request.getfixturevalue("pg_url") if request.param == "postgresql" else None
    made = open_engine(url) if url is not None else create_engine("sqlite://")
    kept.metadata.create_all(made)
    yield made
    made.dispose()


def test_values_come_back_as_they_were(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(kept), ROWS)
        found = [dict(row._mapping) for row in connection.execute(select(kept).order_by(kept.c.id))]
    for row in found:
        del row["id"]
    assert found == ROWS


def test_the_database_holds_whole_numbers(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(kept), ROWS[:1])
        plain = connection.execute(select(*(type_coerce(c, Integer) for c in kept.c if c.name != "id"))).one()
    assert tuple(plain) == (-1, 1, date(2026, 2, 24).toordinal(), 1_771_896_600_000)


def test_a_sum_of_money_is_money_and_of_nothing_is_zero(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.scalar(select(sum_of(kept.c.amount))) == Money()
        connection.execute(insert(kept), [{"amount": Money(10)} for _ in range(1_000)])
        assert connection.scalar(select(sum_of(kept.c.amount))) == Money(10_000)
        assert connection.scalar(select(sum_of(kept.c.amount)).where(literal_column("1") == 2)) == Money()


@given(st.timedeltas(timedelta(), timedelta(days=80_000)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_kept_to_the_millisecond_on_the_houses_clock(since: timedelta, minutes: int) -> None:
    moment = datetime(1980, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))) + since
    back = moment_of(millis(moment))
    assert abs(back - moment) <= timedelta(microseconds=501)
    assert back.utcoffset() == timedelta(hours=8)
    assert millis(back) == millis(moment)
