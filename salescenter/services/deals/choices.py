"""What the forms of a deal offer: consultants, the house's discounts and plans, its rules today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from salescenter.data.staff import person
from salescenter.domain.house_rules import HouseRules, with_settings
from salescenter.domain.plans import STANDARD
from salescenter.domain.prices import Discount
from salescenter.domain.schedules import Plan
from salescenter.domain.staff import Role
from salescenter.services.offers import offered_in
from salescenter.services.reception_rules import rules_on
from salescenter.services.settings import values
from salescenter.services.work import Desk

SELLERS = (Role.CONSULTANT, Role.SUPERVISOR, Role.MANAGER)

@dataclass(frozen=True, slots=True)
class Seller:
    """A person who may sell."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class DealChoices:
    """Everything a deal's form may choose from today."""

    sellers: tuple[Seller, ...]
    discounts: tuple[Discount, ...]
    plans: tuple[Plan, ...]
    rules: HouseRules
    consent: str


def choices(desk: Desk, today: date) -> DealChoices:
    """Gather the choices in force on a day."""
    with desk.reading() as connection:
        kept = values(connection, desk.project, today)
        rows = connection.execute(
            select(person.c.id, person.c.name, person.c.role)
            .where(person.c.active, person.c.role.in_([role.value for role in SELLERS]))
            .order_by(person.c.id)
        ).all()
        consent = rules_on(connection, desk.project, today).consent
    sellers = tuple(Seller(row.id, row.name, Role(row.role)) for row in rows)
    return DealChoices(sellers, offered_in(kept), tuple(STANDARD.values()), with_settings(HouseRules(), kept), consent)

