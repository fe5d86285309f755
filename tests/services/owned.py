"""A customer, a visit, a deal and a receipt each of two consultants, one of them in the supervisor's team."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

from sqlalchemy import insert, select, update

from salescenter.data import customer_phones
from salescenter.data.customers import customer
from salescenter.data.staff import person
from salescenter.data.visits import visit
from salescenter.domain.masks import mask_phone
from salescenter.domain.phones import clean_phone
from salescenter.domain.receipts import Method
from salescenter.domain.units import Step
from salescenter.services import approvals
from salescenter.services.approvals import ApprovalRequest
from salescenter.services.deals import opening
from salescenter.services.deals.requests import Payment
from salescenter.services.work import Desk
from tests.houses import DEPOSIT, Estate

OF_EACH = {
    "customer": "SELECT name FROM customer WHERE name IN ('甲客', '乙客')",
    "customer_phone": "SELECT c.name FROM customer_phone p JOIN customer c ON c.id = p.customer_id WHERE shown > '139'",
    "visit": "SELECT c.name FROM visit v JOIN customer c ON c.id = v.customer_id",
    "deal": "SELECT buyer FROM deal d JOIN unit u ON u.id = d.unit_id WHERE buyer IN ('甲客', '乙客')",
    "receipt": "SELECT payer FROM receipt WHERE payer IN ('甲客', '乙客')",
    "approval": "SELECT note FROM approval WHERE note IN ('甲客', '乙客')",
    "history": "SELECT after ->> 'note' FROM history WHERE subject = 'approval'",
}
"""Asks each table whose rows there are."""

WHO_SEES = {"a": {"甲客"}, "b": {"乙客"}, "lead": {"甲客"}} | {
    login: {"甲客", "乙客"} for login in ("boss", "office", "cash", "front", "title")
}


def with_two_sales(estate: Estate, desk_of: Callable[[Estate, str], AbstractContextManager[Desk]]) -> Estate:
    """Let consultants a and b each sell a unit to a customer of their own; a is in the supervisor's team."""
    for who, name, phone in (("a", "甲客", "13900000001"), ("b", "乙客", "13900000002")):
        estate.customers[name] = known(estate, name, phone, estate.people[who].id)
    estate.put(update(person).where(person.c.login.in_(("lead", "a"))).values(team="一组"))
    for code, who, name in (("1-102", "a", "甲客"), ("1-103", "b", "乙客")):
        paid = Payment(DEPOSIT, Method.CARD, name)
        parties = {"buyers": estate.buyer(name), "consultants": estate.seller(who)}
        with desk_of(estate, who) as desk:
            opening.subscribe(desk, estate.asked(code, paid=paid, **parties), estate.now)
            approvals.ask_for(desk, ApprovalRequest(estate.unit("1-201").id, Step.HOLD, {}, name), estate.now)
    return estate


@contextmanager
def desk_in_file(estate: Estate, login: str) -> Iterator[Desk]:
    """A desk of a house in a file."""
    yield estate.desk(login)


def known(estate: Estate, name: str, phone: str, owner: int) -> int:
    """A customer who came once before; returns the key."""
    said = {"project_id": 1, "name": name, "phone_shown": mask_phone(phone), "created": estate.now, "consent_at": estate.now}
    held = {"owned_since": estate.today, "protected_until": estate.today + timedelta(days=30), "won_by": "visit"}
    estate.put(insert(customer).values(said | {"owner_id": owner, "id_kind": "passport", "id_number": f"E{phone}"} | held))
    number = int(estate.read(select(customer.c.id).where(customer.c.name == name))[0])
    with estate.house.engine.begin() as line:
        customer_phones.add(line, [(number, 0, clean_phone(phone))])
    came = {"kind": "visit", "at": estate.now, "day": estate.today, "first": True, "note": name, "answers": {}}
    estate.put(insert(visit).values(came | {"project_id": 1, "customer_id": number, "consultant_id": owner,
                                            "registered_by": owner}))  # fmt: skip
    return number
