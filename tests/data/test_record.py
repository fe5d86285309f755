"""Keys taken of a server before the rows they are for."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.engine import URL

from salescenter.data import migrations, record
from salescenter.data.deals import due
from salescenter.data.engine import open_engine
from salescenter.data.tables import metadata

ASKED_BY_NOW = 7


def test_keys_are_taken_from_where_a_server_takes_them_itself(pg_url: URL) -> None:
    engine = open_engine(pg_url)
    migrations.upgrade(engine)
    asked = text("SELECT pg_get_serial_sequence(:name, 'id')")
    with engine.connect() as connection:
        named = [table for table in metadata.sorted_tables if "id" in table.c]
        found = {table: connection.scalar(asked, {"name": table.name}) for table in named}
        counted = {table: name for table, name in found.items() if name}
        assert due in counted
        assert counted == {table: f"public.{table.name}_id_seq" for table in counted}
        first = record.take_keys(connection, due, 3)
        assert first == [first[0], first[0] + 1, first[0] + 2]
        assert record.take_keys(connection, due, 1) == [first[-1] + 1]
    engine.dispose()


def test_a_server_plans_the_taking_of_keys_once(pg_url: URL) -> None:
    engine = open_engine(pg_url)
    migrations.upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PREPARE taking AS " + str(record.to_keys(due)[0]).replace(":count", "$1"))
        for _ in range(ASKED_BY_NOW):
            connection.exec_driver_sql("EXECUTE taking(2)")
        plans = connection.exec_driver_sql("SELECT generic_plans FROM pg_prepared_statements WHERE name = 'taking'")
        assert plans.scalar()
    engine.dispose()
