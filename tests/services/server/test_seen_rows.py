"""On a server everybody reads their own customers, visits, deals and money, their team's, or all."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from salescenter.data.customers import customer, customer_phone, phone_tail
from salescenter.data.server_rights.grants import HIDDEN
from salescenter.data.server_rights.rows import SEEN
from salescenter.data.server_rights.watches import quoted
from salescenter.data.staff import person
from salescenter.data.tables import metadata
from salescenter.data.visits import visit
from salescenter.domain.receipts import Method
from salescenter.services import upkeep
from salescenter.services.customer_records import CustomerFacts
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Payment
from salescenter.services.house import open_house
from salescenter.services.reception_rules import Contact
from salescenter.services.visits import VisitRequest, register
from tests.houses import DEPOSIT, Estate
from tests.pair import Member
from tests.services.server.guarded_house import EachAlone, desk_of, house, psql, refused, seen, server

__all__ = ["house", "server"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the throw-away servers are for POSIX")


@pytest.fixture(scope="module")
def owned(house: Estate) -> Estate:
    """A customer, a visit, a deal and a receipt each of two consultants, one of them in the supervisor's team."""
    for who, name, phone in (("a", "甲客", "13900000001"), ("b", "乙客", "13900000002")):
        house.customers[name] = known(house, name, phone, house.people[who].id)
    house.put(update(person).where(person.c.login.in_(("lead", "a"))).values(team="一组"))
    for code, who, name in (("1-102", "a", "甲客"), ("1-103", "b", "乙客")):
        paid = Payment(DEPOSIT, Method.CARD, name)
        parties = {"buyers": house.buyer(name), "consultants": house.seller(who)}
        with desk_of(house, who) as desk:
            opening.subscribe(desk, house.asked(code, paid=paid, **parties), house.now)
    return house


def known(estate: Estate, name: str, phone: str, owner: int) -> int:
    """A customer who came once before; returns the key."""
    said = {"project_id": 1, "name": name, "phone": phone, "created": estate.now, "consent_at": estate.now}
    held = {"owned_since": estate.today, "protected_until": estate.today + timedelta(days=30), "won_by": "visit"}
    estate.put(insert(customer).values(said | {"owner_id": owner, "id_kind": "passport", "id_number": f"E{phone}"} | held))
    number = int(estate.read(select(customer.c.id).where(customer.c.name == name))[0])
    estate.put(insert(customer_phone).values(customer_id=number, digits=phone))
    estate.put(insert(phone_tail).values(customer_id=number, tail=phone))
    came = {"kind": "visit", "at": estate.now, "day": estate.today, "first": True, "note": name, "answers": {}}
    estate.put(insert(visit).values(came | {"project_id": 1, "customer_id": number, "consultant_id": owner,
                                            "registered_by": owner}))  # fmt: skip
    return number


OF_EACH = {
    "customer": "SELECT name FROM customer WHERE name IN ('甲客', '乙客')",
    "customer_phone": "SELECT c.name FROM customer_phone p JOIN customer c ON c.id = p.customer_id WHERE digits > '139'",
    "visit": "SELECT c.name FROM visit v JOIN customer c ON c.id = v.customer_id",
    "deal": "SELECT buyer FROM deal d JOIN unit u ON u.id = d.unit_id WHERE buyer IN ('甲客', '乙客')",
    "receipt": "SELECT payer FROM receipt WHERE payer IN ('甲客', '乙客')",
}


@pytest.mark.parametrize("table", OF_EACH)
def test_a_consultant_sees_their_own_a_supervisor_the_team_others_all(owned: Estate, table: str) -> None:
    question = OF_EACH[table]
    assert seen(owned, "a", question) == {"甲客"}
    assert seen(owned, "b", question) == {"乙客"}
    assert seen(owned, "lead", question) == {"甲客"}
    for login in ("boss", "office", "cash", "front", "title"):
        assert seen(owned, login, question) == {"甲客", "乙客"}


@pytest.mark.parametrize("table", sorted(SEEN))
def test_nothing_of_another_consultants_sale_is_read_in_any_table(owned: Estate, table: str) -> None:
    shown = quoted(one.name for one in metadata.tables[table].columns if one.name not in HIDDEN.get(table, ()))
    everything = f"SELECT string_agg(concat_ws(' ', {shown}), ' ') FROM {table}"
    for secret in ("13900000002", "20000000931", "乙客"):
        assert secret not in str(seen(owned, "a", everything))


def test_who_left_the_list_sees_nothing_though_the_line_is_open(owned: Estate) -> None:
    with psql(owned, "a") as line:
        owned.put(update(person).where(person.c.login == "a").values(active=False))
        rows = line.execute("SELECT 1 FROM customer WHERE owner_id IS NOT NULL").fetchall()
        owned.put(update(person).where(person.c.login == "a").values(active=True))
    assert rows == []


def test_a_known_phone_is_met_and_nobody_is_registered_twice(owned: Estate) -> None:
    facts = CustomerFacts("乙客", ("13900000002",))
    with desk_of(owned, "a") as mine:
        done = register(mine, VisitRequest(Contact.VISIT, facts, channel="自然到访"), owned.now)
    assert (done.customer, done.owner_name) == (owned.customers["乙客"], "何雨")
    assert seen(owned, "a", OF_EACH["customer"]) == {"甲客"}


def test_a_backup_put_back_holds_everybody_as_before(owned: Estate, server: Member, tmp_path: Path) -> None:
    owned.house.close()
    server.order("CREATE DATABASE again TEMPLATE house")
    where = owned.house.url.set(database="again").render_as_string()
    upkeep.backup(where, tmp_path / "house.dump")
    upkeep.restore(tmp_path / "house.dump", where)
    again = EachAlone(open_house(where), owned.people)
    assert seen(again, "a", OF_EACH["customer"]) == {"甲客"}
    assert seen(again, "boss", OF_EACH["customer"]) == {"甲客", "乙客"}
    assert seen(again, "boss", "SELECT has_database_privilege('pg_monitor', 'again', 'CONNECT')") == {False}
    refused(again, "a", "UPDATE unit SET state = 4")
    again.house.close()
