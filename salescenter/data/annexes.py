"""Annexes bound to a home (随房车位、储藏室): which go with a home, who has it, and letting them go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from salescenter.data.deals import deal, deal_buyer, deal_consultant
from salescenter.data.estate import unit
from salescenter.data.staff import person

_C = unit.c
_COMPANION = select(_C.id, _C.code, _C.use, _C.state, _C.until)
_HOME = _COMPANION.where(_C.id == bindparam("home"))
_ANNEXES = _COMPANION.where(_C.bound_to == bindparam("home")).order_by(_C.code)
_LIVING = deal.c.living & (deal.c.unit_id == bindparam("unit"))
_BUYERS = (
    select(deal_buyer.c.customer_id)
    .join(deal, deal.c.id == deal_buyer.c.deal_id)
    .where(_LIVING, deal_buyer.c.active)
)
_SELLERS = (
    select(person.c.name)
    .join(deal_consultant, deal_consultant.c.person_id == person.c.id)
    .join(unit, unit.c.deal_id == deal_consultant.c.deal_id)
    .where(_C.id == bindparam("unit"))
    .order_by(deal_consultant.c.id)
)


def home_of(connection: Connection, bound_to: int) -> Any | None:
    """Return id, code, use, state and until of the home that something is bound to."""
    return connection.execute(_HOME, {"home": bound_to}).first()


def annexes_of(connection: Connection, home: int) -> Sequence[Any]:
    """Return id, code, use, state and until of every annex bound to a home, by their codes."""
    return connection.execute(_ANNEXES, {"home": home}).all()


def buyers_of(connection: Connection, unit_id: int) -> frozenset[int]:
    """Return the customers who buy a unit now; nobody where no deal lives, or where the reader may not see it."""
    return frozenset(connection.scalars(_BUYERS, {"unit": unit_id}))


def sellers_of(connection: Connection, unit_id: int) -> tuple[str, ...]:
    """Return the names of those who sold a unit that is in a deal now; everybody may know them."""
    return tuple(connection.scalars(_SELLERS, {"unit": unit_id}))


def let_go(connection: Connection, homes: Select[Any], revision: int) -> None:
    """Unbind the annexes of homes that are taken away (a question for their ids); news that binds nobody."""
    bound = update(unit).where(_C.bound_to.in_(homes))
    connection.execute(bound.values(bound_to=None, touched=revision))
