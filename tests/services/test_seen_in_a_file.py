"""In a file, too, everybody reads their own customers, visits, deals and money, their team's, or all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from salescenter.data.scope import eyes
from salescenter.data.staff import person
from salescenter.domain.refusals import NeedsApproval
from salescenter.domain.units import Step
from salescenter.services import customers
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import holds
from salescenter.services.deals.holds import HoldRequest
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from tests.houses import Estate
from tests.services.owned import OF_EACH, WHO_SEES, desk_in_file, with_two_sales


@pytest.fixture
def owned(small: Estate) -> Estate:
    """Two consultants' sales in a file."""
    return with_two_sales(small, desk_in_file)


def seen(estate: Estate, login: str, question: str) -> set[object]:
    with estate.desk(login).reading() as line:
        return {row[0] for row in line.execute(text(question))}


@pytest.mark.parametrize("table", OF_EACH)
def test_a_consultant_sees_their_own_a_supervisor_the_team_others_all(owned: Estate, table: str) -> None:
    assert {login: seen(owned, login, OF_EACH[table]) for login in WHO_SEES} == WHO_SEES


def test_a_change_of_team_shows_at_once(owned: Estate) -> None:
    assert seen(owned, "lead", OF_EACH["deal"]) == {"甲客"}
    owned.put(update(person).where(person.c.login == "b").values(team="一组"))
    assert seen(owned, "lead", OF_EACH["deal"]) == {"甲客", "乙客"}


def test_a_colleagues_customer_is_found_by_nobody_else_and_registered_only_once(owned: Estate) -> None:
    mine, whole = owned.desk("a"), "13900000002"
    assert customers.find(mine, whole) == ()
    assert [one.owner_name for one in customers.find(owned.desk("front"), whole)] == ["何雨"]
    done = register(mine, VisitRequest(Contact.VISIT, CustomerFacts("乙客", (whole,)), channel="自然到访"), owned.now)
    assert (done.customer, done.owner_name) == (owned.customers["乙客"], "何雨")
    assert customers.find(mine, whole) == ()


def test_a_closed_house_lets_go_of_everybodys_file(owned: Estate) -> None:
    reading = eyes(owned.house.engine, owned.people["a"])
    seen(owned, "a", OF_EACH["customer"])
    assert reading.pool.checkedin() == 1  # type: ignore[attr-defined]
    owned.house.close()
    assert reading.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_a_leave_a_colleague_asked_for_opens_nothing_to_another_consultant(small: Estate) -> None:
    hold = HoldRequest(*small.seen("1-101"), small.now + timedelta(days=10), "考虑中")
    small.grant("1-101", Step.HOLD, until=hold.until.isoformat())
    with pytest.raises(NeedsApproval):
        holds.hold(small.desk("b"), hold, small.now)
    assert holds.hold(small.desk("a"), hold, small.now).revision
