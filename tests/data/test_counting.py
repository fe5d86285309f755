"""What grows with every deal is counted seldom by a server: each count lets all desks plan anew."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL

from salescenter.data import counting, migrations
from salescenter.data.engine import open_engine
from salescenter.data.tables import metadata
from salescenter.domain.money import Money
from salescenter.domain.receipts import Method
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Payment
from tests.houses import Estate, estate, pg_model, small, small_on_server, sqlite_model

__all__ = ["estate", "pg_model", "small", "small_on_server", "sqlite_model"]

def rows(house: Estate) -> dict[str, int]:
    with house.house.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def test_whatever_a_sale_with_receipt_adds_to_is_among_them(estate: Estate) -> None:
    before = rows(estate)
    paid = Payment(Money(20_000_00), Method.CARD, "陈一帆")
    opening.subscribe(estate.desk(), estate.asked("1-101", paid=paid, key="press-1"), estate.now)
    grown = {name for name, count in rows(estate).items() if count > before[name]}
    assert grown - {table.name for table in counting.WRITTEN_OVER} == {table.name for table in counting.GROWING} - {"unit"}


@pytest.mark.parametrize("turns", [1, 2])
def test_a_server_is_told_so_whenever_the_house_is_put_in_order(pg_url: URL, turns: int) -> None:
    engine = open_engine(pg_url)
    for _ in range(turns):
        migrations.upgrade(engine)
    asked = text("SELECT relname FROM pg_class WHERE 'autovacuum_analyze_threshold=' || :rows = ANY (reloptions)")
    with engine.connect() as connection:
        for count, tables in (("50000", counting.GROWING), ("100000", counting.WRITTEN_OVER)):
            assert set(connection.scalars(asked, {"rows": count})) == {table.name for table in tables}
    engine.dispose()
