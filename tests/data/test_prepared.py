"""Statements kept prepared: the same answers as in full, found by keys however new the house, lost without harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import Column, MetaData, Table
from sqlalchemy.types import JSON, BigInteger, Integer, String

from salescenter.data import prepared, trips
from salescenter.data.again import persist
from salescenter.data.engine import open_engine
from salescenter.data.prepared import prepared_on
from salescenter.data.weather import weather

thing = Table(
    "thing", MetaData(), Column("id", BigInteger, primary_key=True), Column("word", String), Column("count", Integer),
    Column("more", JSON(none_as_null=True)), Column("parts", ARRAY(String)),
)  # fmt: skip

HARD = ("", "it's", 'a "b" \\ c', "100 % %(id)s %s $1", "{1,2}", "陈一帆\n\t𠮷", "null", "-1")


@pytest.fixture
def engine(pg_url: URL) -> Iterator[Engine]:
    """A database on a server with one table."""
    made = open_engine(pg_url)
    thing.metadata.create_all(made)
    yield made
    made.dispose()


def row(number: int, word: str = "") -> dict[str, Any]:
    return {"id": number, "word": word, "count": -number, "more": {"word": word}, "parts": [word, "x"]}


FIND = select(thing).where(thing.c.id == bindparam("one"))


def work(engine: Engine, *rows: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Write rows, and read the last of them as it stands."""
    with engine.connect() as connection, connection.begin():
        trips.begin(connection)
        trips.later(connection, thing, list(rows))
        found = connection.execute(FIND, {"one": rows[-1]["id"]}).all()
        trips.finish(connection)
    return [tuple(one) for one in found]


def names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM pg_prepared_statements")))


def test_what_is_said_again_is_prepared_and_says_the_same(engine: Engine) -> None:
    for number, word in enumerate(HARD * 3, start=1):
        assert work(engine, row(number, word)) == [tuple(row(number, word).values())]
    assert len(names(engine)) == 2
    for number, word in enumerate(HARD, start=100):
        work(engine, row(number, word), row(number + 100, word))
    assert work(engine, row(1_000, "a"), row(1_001, "b")) == [tuple(row(1_001, "b").values())]
    assert len(names(engine)) == 3


def test_nothing_is_said_as_nothing_in_full_and_by_name(engine: Engine) -> None:
    for number in range(6):
        bare = {"id": number, "word": None, "count": None, "more": None, "parts": [None, "NULL"]}
        assert work(engine, bare) == [tuple(bare.values())]
    assert len(names(engine)) == 2


def test_what_is_said_once_is_not(engine: Engine) -> None:
    work(engine, row(1))
    assert names(engine) == set()


def test_many_rows_are_said_in_parts_that_are_alike(engine: Engine) -> None:
    work(engine, *[row(number) for number in range(95)])
    with engine.connect() as connection:
        assert connection.scalars(select(thing.c.id).order_by(thing.c.id)).all() == list(range(95))


def test_words_for_what_the_server_says_only_later_stand_among_the_values(engine: Engine) -> None:
    taking = text("SELECT set_config(:slot0, CAST(:number AS text), true)")
    for number in range(1, 6):
        with engine.connect() as connection, connection.begin():
            trips.begin(connection)
            (word,) = trips.promise(connection, taking, {"number": number}, 1)
            trips.later(connection, thing, row(number, f"it's {word}") | {"count": word})
            trips.finish(connection)
    assert len(names(engine)) >= 1
    with engine.connect() as connection:
        told = connection.execute(select(thing.c.word, thing.c.count, thing.c.more).order_by(thing.c.id)).all()
    assert told == [(f"it's {n}", n, {"word": f"it's {n}"}) for n in range(1, 6)]


def test_what_can_only_be_read_with_its_values_is_said_in_full(engine: Engine) -> None:
    asking = text("SELECT :what IS NULL")
    for _ in range(4):
        with engine.connect() as connection, connection.begin():
            trips.begin(connection)
            trips.ahead(connection, [(asking, {"what": "x"})])
            assert connection.scalar(asking, {"what": "x"}) is False
            trips.finish(connection)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        kept = prepared_on(raw, engine.dialect.dbapi)
        assert [one for one in kept.unfit if "IS NULL" in one]


def test_nothing_is_prepared_where_the_way_is_long(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "NEAR", 0.0)
    for number in range(4):
        work(engine, row(number))
    assert names(engine) == set()


def test_who_forgot_what_was_prepared_is_told_it_in_full(engine: Engine) -> None:
    for number in range(4):
        work(engine, row(number))
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("DEALLOCATE ALL")  # type: ignore[union-attr]

    def once() -> list[tuple[Any, ...]]:
        with weather(engine):
            return work(engine, row(9, "x"))

    assert persist(once, answered_once=False) == [tuple(row(9, "x").values())]


def test_a_table_that_changed_beneath_is_read_anew(engine: Engine) -> None:
    for number in range(4):
        work(engine, row(number))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE thing ALTER COLUMN count TYPE bigint"))
    with pytest.raises(DBAPIError, match="cached plan"):
        work(engine, row(8))
    assert work(engine, row(9, "x")) == [tuple(row(9, "x").values())]


def test_a_deed_finds_rows_by_their_keys_however_new_the_house(engine: Engine) -> None:
    asking = text("EXPLAIN (FORMAT JSON) SELECT * FROM thing WHERE id = 1")
    with engine.begin() as connection:
        connection.execute(insert(thing), [row(1)])
        connection.execute(text("ANALYZE thing"))
        assert "Seq Scan" in json.dumps(connection.scalar(asking))
    with engine.connect() as connection, connection.begin():
        trips.begin(connection)
        assert "Index Scan" in json.dumps(connection.scalar(asking))
        trips.finish(connection)
    with engine.connect() as connection:
        assert "Seq Scan" in json.dumps(connection.scalar(asking))


def asked(connection: Connection) -> str:
    return str(connection.scalar(text("SHOW enable_seqscan")))


def test_a_work_that_is_given_up_leaves_no_setting_behind(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as begun:
        trips.begin(connection)
        assert asked(connection) == "off"
        begun.rollback()
    with engine.connect() as connection:
        assert asked(connection) == "on"
