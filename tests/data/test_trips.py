"""Round trips to a server: what waits is sent in order with what comes next, and nothing is taken in vain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, bindparam, column, create_engine, select, table, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from salescenter.data import trips
from salescenter.data.engine import open_engine


@pytest.fixture
def engine(pg_url: URL) -> Iterator[Engine]:
    """A database on a server with one table."""
    made = open_engine(pg_url)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE thing (id int PRIMARY KEY, word text)"))
    yield made
    made.dispose()


@pytest.fixture
def work(engine: Engine) -> Iterator[Connection]:
    """A work whose parts may wait."""
    with engine.connect() as connection, connection.begin():
        trips.begin(connection)
        yield connection


thing = table("thing", column("id"), column("word"))
COUNT = text("SELECT count(*) FROM thing")
ADD = text("INSERT INTO thing VALUES (:id, :word)")


def add(work: Connection, *numbers: int) -> None:
    trips.later(work, ADD, [{"id": number, "word": "100 % of '; DROP"} for number in numbers])


def test_what_was_written_earlier_is_there_when_it_is_read(work: Connection) -> None:
    add(work, 1)
    add(work, 2, 3)
    assert work.scalar(COUNT) == 3
    work.execute(ADD, [{"id": 4, "word": ""}, {"id": 5, "word": ""}])
    add(work, 6)
    work.execute(ADD, [{"id": 7, "word": ""}, {"id": 8, "word": ""}])
    assert work.scalar(COUNT) == 8
    assert work.scalar(text("SELECT word FROM thing WHERE id = 6")) == "100 % of '; DROP"


def test_what_was_asked_ahead_is_answered_once_and_then_asked_anew(work: Connection) -> None:
    trips.ahead(work, [(COUNT, {})])
    assert work.scalar(text("SELECT 1")) == 1
    add(work, 1)
    assert work.scalar(COUNT) == 0  # as it was when it was asked
    assert work.scalar(COUNT) == 1


def test_a_first_column_asked_ahead_is_taken_once_and_then_asked_anew(work: Connection) -> None:
    wanted = (select(thing.c.id).where(thing.c.id > bindparam("over")).order_by(thing.c.id), {"over": 1})
    add(work, 1, 2, 3)
    trips.ahead(work, [wanted])
    assert trips.first_column(work, COUNT, {}) == [3]  # takes along what waits
    add(work, 4)
    assert trips.first_column(work, *wanted) == [2, 3]  # as it was when it was asked
    assert trips.first_column(work, *wanted) == [2, 3, 4]
    assert trips.first_column(work, wanted[0], {"over": 4}) == []
    trips.finish(work)  # which refuses writing that was taken ahead and that nobody took


def test_a_first_column_needs_nothing_ahead() -> None:
    with create_engine("sqlite://").begin() as connection:
        connection.execute(text("CREATE TABLE thing (id int PRIMARY KEY, word text)"))
        connection.execute(ADD, [{"id": 1, "word": "one"}, {"id": 2, "word": "two"}])
        wanted = select(thing.c.word).where(thing.c.id > bindparam("over"))
        trips.ahead(connection, [(wanted, {"over": 1})])
        assert trips.first_column(connection, wanted, {"over": 1}) == ["two"]


def test_what_waits_goes_with_the_commit(engine: Engine, work: Connection) -> None:
    add(work, 1)
    trips.finish(work)
    with engine.connect() as other:
        assert other.scalar(COUNT) == 1


def test_what_waits_is_forgotten_when_the_work_is_given_up(engine: Engine) -> None:
    with engine.connect() as connection:
        for number in (1, 2):
            with connection.begin() as begun:
                trips.begin(connection)
                add(connection, number)
                assert connection.scalar(COUNT) == 1
                begun.rollback()
        assert connection.scalar(COUNT) == 0
    with engine.connect() as connection:
        assert connection.connection.driver_connection.autocommit is False  # type: ignore[union-attr]


def test_what_fails_while_it_waits_is_told_at_the_commit_and_leaves_nothing(engine: Engine, work: Connection) -> None:
    add(work, 1)
    add(work, 1)
    with pytest.raises(IntegrityError):
        trips.finish(work)
    with engine.connect() as other:
        assert other.scalar(COUNT) == 0


def test_a_number_taken_ahead_and_never_needed_is_a_fault(work: Connection) -> None:
    trips.ahead(work, [(text("INSERT INTO thing VALUES (1, '') RETURNING id"), {}), (text("SELECT 2"), {})])
    assert work.scalar(text("SELECT 1")) == 1
    with pytest.raises(AssertionError, match="never needed"):
        trips.finish(work)


TAKE = text("WITH taken AS (INSERT INTO thing VALUES (99, '') RETURNING id) "
            "SELECT set_config(:slot0, max(id)::text, true), set_config(:slot1, 'O''Neil \\ ' || max(id), true) FROM taken")  # fmt: skip


def test_words_stand_for_what_the_server_says_only_as_it_writes(engine: Engine, work: Connection) -> None:
    number, name = trips.promise(work, TAKE, {}, 2)
    written = text("INSERT INTO thing VALUES (CAST(:id AS int) + 1, :word)")
    trips.later(work, written, {"id": number, "word": f"it's \\ {name}, {number}"})
    kept = trips.finish(work)
    assert kept.fill(f"{number}: {name}") == "99: O'Neil \\ 99"
    with engine.connect() as other:
        assert other.scalar(text("SELECT word FROM thing WHERE id = 100")) == "it's \\ O'Neil \\ 99, 99"


def test_words_are_kept_where_something_is_asked_in_between(work: Connection) -> None:
    number, _ = trips.promise(work, TAKE, {}, 2)
    assert work.scalar(COUNT) == 1
    work.execute(ADD, {"id": 1, "word": number})
    work.execute(ADD, [{"id": 2, "word": number}, {"id": 3, "word": number}])
    assert work.scalars(text("SELECT word FROM thing WHERE id < 9")).all() == ["99"] * 3
    assert trips.finish(work).fill(number) == "99"
