"""By hand, too, a customer stays whose they are, a unit shows its own buyer, and the history hears of one's own work."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from salescenter.data.customers import customer
from salescenter.data.estate import setting
from salescenter.domain.units import Step
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.papers.archive import secret
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from tests.houses import Estate
from tests.services.owned import with_two_sales
from tests.services.server.by_hand import goes_through, told
from tests.services.server.guarded_house import desk_of, house, opened, psql, refused, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")

THEIRS = "13900000002"
"""The phone of b's customer."""


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """Two consultants' sales on the server."""
    return with_two_sales(house, desk_of)


def won(estate: Estate, login: str, **more: object) -> str:
    """The order by which somebody makes b's customer theirs."""
    said = {"owner_id": estate.people[login].id, "protected_until": estate.today.toordinal() + 99} | more
    return f"UPDATE customer SET {', '.join(f'{name} = {value}' for name, value in said.items())} WHERE name = '乙客'"


@pytest.mark.parametrize("step", [Step.REGISTER_VISIT, Step.FOLLOW_UP])
def test_who_knows_a_colleagues_customer_by_their_phone_wins_nothing_by_hand(owned: Estate, step: Step) -> None:
    met = opened(owned, "a", step), f"SELECT doors.meet(1, ARRAY['{THEIRS}'])"
    refused(owned, "a", *met, won(owned, "a"))
    refused(owned, "a", *met, won(owned, "b", protected_until=1))
    refused(owned, "a", *met, won(owned, "b", won_by="'call'", protected_until="NULL"))
    goes_through(owned, "a", *met, won(owned, "b"))


def test_whose_protection_ran_out_is_won_by_the_next_who_registers_them(owned: Estate) -> None:
    number = owned.customers["乙客"]
    kept = owned.read(select(customer.c.owner_id, customer.c.protected_until).where(customer.c.id == number))
    owned.put(update(customer).where(customer.c.id == number).values(protected_until=owned.today - timedelta(days=1)))
    facts = CustomerFacts("乙客", (THEIRS,), "female")
    with desk_of(owned, "a") as mine:
        asked = VisitRequest(Contact.VISIT, facts, channel="路过", consultant=owned.people["a"].id)
        assert register(mine, asked, owned.now).customer == number
    goes_through(owned, "a", opened(owned, "a", Step.REGISTER_VISIT), f"SELECT doors.meet(1, ARRAY['{THEIRS}'])",
                 won(owned, "a"))  # fmt: skip
    owned.put(update(customer).where(customer.c.id == number).values(**kept._mapping))


def test_a_supervisor_reassigns_and_whoever_sees_all_mends(owned: Estate) -> None:
    met = f"SELECT doors.meet(1, ARRAY['{THEIRS}'])"
    goes_through(owned, "lead", opened(owned, "lead", Step.REASSIGN_CUSTOMER), met, won(owned, "a"))
    goes_through(owned, "front", opened(owned, "front", Step.REGISTER_VISIT), won(owned, "a"))


@pytest.mark.parametrize("step", [Step.HOLD, Step.SUBSCRIBE, Step.DRAFT])
@pytest.mark.parametrize("said", ["buyer = '某某'", "since = 1", "until = 1"])
def test_a_unit_shows_the_buyer_and_the_days_of_a_deal_of_ones_own(owned: Estate, step: Step, said: str) -> None:
    door = opened(owned, "a", step)
    refused(owned, "a", door, f"UPDATE unit SET {said} WHERE code = '1-103'")
    goes_through(owned, "a", door, f"UPDATE unit SET {said} WHERE code = '1-102'")


def test_a_unit_that_is_not_sold_shows_no_buyer(owned: Estate) -> None:
    refused(owned, "a", opened(owned, "a", Step.HOLD), "UPDATE unit SET buyer = '某某' WHERE code = '1-201'")


def test_whoever_asks_for_leave_tells_nothing_but_that_they_ask(owned: Estate) -> None:
    for login, step in (("a", Step.SIGN), ("a", Step.SUBSCRIBE), ("office", Step.HAND_OVER), ("a", Step.REFUND)):
        refused(owned, login, opened(owned, login, Step.QUOTE), told(owned, login, step, "1-201"))
    refused(owned, "cash", opened(owned, "cash", Step.VOID_RECEIPT), told(owned, "cash", Step.CLOSE_DAY, "1-201"))


def test_the_secret_behind_check_values_is_made_once(owned: Estate) -> None:
    with desk_of(owned, "a") as desk:
        first = secret(desk, owned.now)
    with psql(owned, "b") as line:
        line.execute(opened(owned, "b", Step.PRINT_PAPER).encode())
        order = "INSERT INTO setting (project_id, name, since, value) VALUES (1, 'paper_secret', 99, '\"00\"')"
        assert line.execute(order.encode()).rowcount == 0
        line.commit()
    assert len(owned.all(select(setting).where(setting.c.name == "paper_secret"))) == 1
    with desk_of(owned, "b") as desk:
        assert secret(desk, owned.now) == first
