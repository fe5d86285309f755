"""Statements written out once: the same text and values SQLAlchemy would send, or none where that cannot be."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Column, Dialect, Integer, MetaData, Table, bindparam, insert, select, update
from sqlalchemy.engine import make_url

from salescenter.data import phrases
from salescenter.data.deals import due
from salescenter.data.record import to_keys, upsert_of
from salescenter.data.tables import metadata
from salescenter.domain.money import Money

ROW = {"deal_id": 7, "position": 0, "item": "deposit", "amount": Money(2_000_000), "due": date(2026, 3, 2)}


@pytest.fixture(params=["sqlite://", "postgresql+psycopg://"])
def dialect(request: pytest.FixtureRequest) -> Dialect:
    """Each of the two databases as SQLAlchemy knows it."""
    made: Dialect = make_url(request.param).get_dialect()()
    return made


def literal(value: Any) -> str:
    return repr(value)


def test_a_new_row_takes_the_columns_own_defaults_and_the_databases_values(dialect: Dialect) -> None:
    found = phrases.phrase(dialect, due, tuple(ROW))
    assert found is not None
    assert found.filled(ROW) == {
        "deal_id": 7, "position": 0, "item": "deposit", "amount": 2_000_000, "due": date(2026, 3, 2).toordinal(),
        "name": "", "paid": 0, "condition": "", "loan": "",
    }  # fmt: skip


def test_a_driver_that_counts_its_values_gets_them_in_the_order_of_the_text() -> None:
    found = phrases.phrase(make_url("sqlite://").get_dialect()(), due, tuple(ROW))
    assert found is not None
    assert found.text.count("?") == len(found.counted(ROW)) == len(found.order)
    assert dict(zip(found.order, found.counted(ROW), strict=True)) == found.filled(ROW)


def test_a_new_row_of_every_table_of_the_house_is_written_out(dialect: Dialect) -> None:
    for table in metadata.sorted_tables:
        found = phrases.phrase(dialect, table, tuple(column.key for column in table.columns))
        assert found is not None
        assert found.text.startswith(f"INSERT INTO {dialect.identifier_preparer.format_table(table)} ")


def test_where_the_text_depends_on_the_values_nothing_is_written_out(dialect: Dialect) -> None:
    some = select(due.c.id).where(due.c.id.in_(bindparam("ids", expanding=True)))
    assert phrases.phrase(dialect, some, ("ids",)) is None


def test_a_default_that_is_worked_out_is_left_to_those_who_do(dialect: Dialect) -> None:
    drawn = Table("lot", MetaData(), Column("id", Integer, primary_key=True), Column("ticket", Integer, default=_draw))
    assert phrases.phrase(dialect, drawn, ("id",)) is None
    assert phrases.phrase(dialect, drawn, ("id", "ticket")) is not None


def _draw() -> int:
    return random.Random(1).randrange(9)


def test_nothing_is_given_back_for_what_is_only_written(dialect: Dialect) -> None:
    counting = upsert_of(dialect.name, due).values(ROW).on_conflict_do_nothing()
    for said in (due, insert(due), counting):
        found = phrases.phrase(dialect, said, tuple(ROW))
        assert found is not None
        assert "RETURNING" not in found.text


def test_values_stand_where_their_names_stood_and_percent_signs_stay() -> None:
    text = "SELECT %(b)s::INTEGER, '100 %%', %(a)s, %(b)s"
    assert phrases.spelled(literal, text, {"a": "%(b)s", "b": 5}) == "SELECT 5::INTEGER, '100 %', '%(b)s', 5"


def test_many_rows_of_a_table_are_one_sentence_and_many_of_a_statement_one_each() -> None:
    server = make_url("postgresql+psycopg://").get_dialect()()
    rows = [ROW, {**ROW, "position": 1}]
    said = phrases.sentences(server, due, rows)
    assert said is not None
    assert [(text.count("::BIGINT, %(position_"), values["deal_id_1"], values["position_1"]) for text, values in said] == [(2, 7, 1)]
    paying = update(due).where(due.c.id == bindparam("line")).values(paid=bindparam("part"))
    told = phrases.sentences(server, paying, [{"line": 1, "part": Money(5)}, {"line": 2, "part": Money(6)}])
    assert told is not None
    assert [values["part"] for _, values in told] == [5, 6]
    assert len({text for text, _ in told}) == 1


def test_rows_that_differ_in_their_columns_are_not_forced_into_one_sentence() -> None:
    server = make_url("postgresql+psycopg://").get_dialect()()
    assert phrases.sentences(server, due, [ROW, {**ROW, "name": "x"}]) is None


def test_a_statement_made_anew_each_time_leaves_nothing_behind() -> None:
    server = make_url("postgresql+psycopg://").get_dialect()()
    before = len(phrases._known)
    question, values = to_keys(due, 3)
    phrases.phrase(server, select(due.c.id).where(due.c.id == bindparam("one")), ("one",))
    assert phrases.phrase(server, question, tuple(values)) is not None
    assert len(phrases._known) <= before + 1
