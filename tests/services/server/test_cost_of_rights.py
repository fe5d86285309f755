"""What a server looks up to hold people to their rights does not grow with the house."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from salescenter.data.customers import customer
from salescenter.domain.units import Step
from tests.houses import Estate
from tests.pair import Member
from tests.services.owned import with_two_sales
from tests.services.server.guarded_house import desk_of, house, opened, psql, server

__all__ = ["house", "server"]

Counted = Callable[[str, str, str], dict[str, int]]


@pytest.fixture(scope="module")
def sold(house: Estate) -> Estate:
    """The house with a sale of each of two consultants."""
    return with_two_sales(house, desk_of)


@pytest.fixture
def counted(server: Member, sold: Estate) -> Counted:
    """Puts a question in a person's name within a work of a step; returns how often each function was asked."""
    server.order("ALTER DATABASE house SET track_functions = 'all'")

    def count(login: str, step: str, question: str) -> dict[str, int]:
        with psql(sold, login) as line:
            line.execute(opened(sold, login, Step(step)).encode())
            line.execute(question.encode())
            found = line.execute("SELECT funcname, calls FROM pg_stat_xact_user_functions").fetchall()
            line.rollback()
        return {str(name): int(str(calls)) for name, calls in found}

    return count


@pytest.mark.parametrize("login", ["a", "lead", "boss"])
@pytest.mark.parametrize("table", ["customer", "deal", "receipt", "visit", "due", "deal_buyer"])
def test_whose_they_are_is_asked_once_however_many_rows_there_are(
    counted: Counted, sold: Estate, login: str, table: str
) -> None:
    once = counted(login, Step.SUBSCRIBE, f"SELECT count(*) FROM {table}")
    sold.put(insert(customer).values([{"project_id": 1, "name": "甲客", "created": sold.now} for _ in range(50)]))
    again = counted(login, Step.SUBSCRIBE, f"SELECT count(*) FROM {table}")
    few = ("mine", "met", "opened", "sold", "bought", "sees_all")
    assert {name: again.get(name, 0) for name in few} == {name: once.get(name, 0) for name in few}
    assert all(once.get(name, 0) <= 3 for name in few)


def test_a_planner_asks_nobody(counted: Counted) -> None:
    found = counted("boss", Step.SUBSCRIBE, "EXPLAIN SELECT name FROM customer WHERE id = 1")
    assert not {"mine", "sold", "bought"} & set(found)


def test_nobody_but_the_owner_may_empty_a_table(sold: Estate) -> None:
    may = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND has_table_privilege(oid, 'TRUNCATE')"
    for login in ("boss", "a", "office", "cash"):
        with psql(sold, login) as line:
            assert line.execute(may.encode()).fetchall() == []
