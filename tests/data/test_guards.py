"""Receipts, what they paid, and the history: the database itself refuses to change or delete them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from salescenter.data import guards, migrations
from salescenter.data.engine import open_engine
from salescenter.data.tables import metadata
from salescenter.domain.units import UnitState
from salescenter.services import sealing
from tests.houses import Estate, estate, pg_model, small, small_on_server, sqlite_model

__all__ = ["estate", "pg_model", "small", "small_on_server", "sqlite_model"]


@pytest.mark.parametrize("name", guards.APPEND_ONLY)
def test_what_is_only_added_to_is_neither_changed_nor_deleted(estate: Estate, name: str) -> None:
    estate.carried_to(UnitState.SUBSCRIBED)
    sealing.seal(estate.desk(), estate.now)
    table = metadata.tables[name]
    before = estate.all(table.select())
    assert before
    for order in (update(table).values({key: key for key in table.primary_key}), delete(table)):
        with pytest.raises(DBAPIError, match=f"{name} is append-only"):
            estate.put(order)
    assert estate.all(table.select()) == before


def test_guards_are_put_up_again_after_a_migration(pg_url: URL) -> None:
    engine = open_engine(pg_url)
    for _ in range(2):
        migrations.upgrade(engine)
        assert guarded(engine) == 2 * len(guards.APPEND_ONLY)
    engine.dispose()


def guarded(engine: Engine) -> int:
    with engine.connect() as connection:
        question = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%_stays_on_%'"
        return int(connection.scalar(text(question)) or 0)
