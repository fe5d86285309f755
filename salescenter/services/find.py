"""The finder behind Ctrl+K: one text, and the units, customers, deals and receipts it can mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from salescenter.data.customers import customer
from salescenter.data.deals import deal, deal_buyer
from salescenter.data.estate import building, stair, unit
from salescenter.data.payments import receipt, receipt_book
from salescenter.domain.grid_find import parts_of
from salescenter.domain.masks import mask_name
from salescenter.domain.staff import Person, may
from salescenter.domain.units import Step
from salescenter.services import customers
from salescenter.services.work import Desk

LEAST_NUMBER = 3
"""Deals and receipts are looked for from so many characters on."""


class HitKind(StrEnum):
    """What was found."""

    UNIT = "unit"
    CUSTOMER = "customer"
    DEAL = "deal"
    RECEIPT = "receipt"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title, a line about it, and what `Room.go(page, argument)` opens."""

    kind: HitKind
    title: str
    detail: str
    page: str
    argument: int | str


def find(desk: Desk, text: str, limit: int = 6) -> tuple[Hit, ...]:
    """Return what a text can mean, at most `limit` of each kind; units first, then customers, deals, receipts."""
    said = text.strip()
    if not said:
        return ()
    with desk.reading() as connection:
        found = [hit for look in _LOOKS for hit in look(connection, desk, said, limit)]
    known = customers.find(desk, said, limit)
    at = sum(hit.kind is HitKind.UNIT for hit in found)
    return (*found[:at], *map(_customer, known), *found[at:])


def _customer(hint: customers.CustomerHint) -> Hit:
    about = " · ".join(part for part in (hint.phone, hint.level, hint.owner_name) if part)
    return Hit(HitKind.CUSTOMER, hint.name or hint.phone, about, "customers", hint.id)


def _units(connection: Connection, desk: Desk, said: str, limit: int) -> list[Hit]:
    """Units by code, number, or building and number; whole matches before beginnings."""
    parts = parts_of(said)
    if not parts or not any(ch.isdigit() for ch in said):
        return []
    rows = connection.execute(
        select(unit.c.id, unit.c.code, unit.c.number, building.c.name, stair.c.name, building.c.short)
        .join(building, building.c.id == unit.c.building_id)
        .join(stair, stair.c.id == unit.c.stair_id)
        .where(
            unit.c.project_id == desk.project,
            or_(func.lower(unit.c.number) == parts[-1], unit.c.code.startswith(said, autoescape=True)),
        )
        .order_by(building.c.position, unit.c.code)
        .limit(limit * 50)
    ).all()
    fitting = [row for row in rows if _fits(parts, row.code, row.number)]
    fitting.sort(key=lambda row: parts != parts_of(row.code))
    return [Hit(HitKind.UNIT, row.code, f"{row[3]} {row[4]} {row.number}", "floorplan", row.id)
            for row in fitting[:limit]]


def _fits(parts: tuple[str, ...], code: str, number: str) -> bool:
    """Whether the parts typed are the code, its beginning, its number, or building and number in order."""
    whole = parts_of(code)
    if len(parts) == 1:
        return parts[0] in (number.casefold(), whole[-1])
    last = len(parts) - 1
    begun = last < len(whole) and parts[:last] == whole[:last] and whole[last].startswith(parts[last])
    rest = iter(whole)
    in_order = all(part in rest for part in parts)
    return begun or (in_order and (parts[0], parts[-1]) == (whole[0], whole[-1]))


def _deals(connection: Connection, desk: Desk, said: str, limit: int) -> list[Hit]:
    if len(said) < LEAST_NUMBER:
        return []
    buyer = and_(deal_buyer.c.deal_id == deal.c.id, deal_buyer.c.position == _first_position())
    rows = connection.execute(
        select(deal.c.id, deal.c.number, deal.c.contract_number, unit.c.code, func.coalesce(customer.c.name, ""))
        .join(unit, unit.c.id == deal.c.unit_id)
        .outerjoin(deal_buyer, buyer)
        .outerjoin(customer, customer.c.id == deal_buyer.c.customer_id)
        .where(
            deal.c.project_id == desk.project,
            or_(deal.c.number.endswith(said, autoescape=True), deal.c.contract_number.endswith(said, autoescape=True)),
        )
        .order_by(deal.c.id.desc())
        .limit(limit)
    )
    return [
        Hit(HitKind.DEAL, contract if contract.endswith(said) else number, f"{code} · {_masked(name, desk.who)}",
            "deals", id_)
        for id_, number, contract, code, name in rows
    ]


def _first_position() -> Any:
    other = deal_buyer.alias("other")
    return select(func.min(other.c.position)).where(other.c.deal_id == deal.c.id, other.c.active).scalar_subquery()


def _receipts(connection: Connection, desk: Desk, said: str, limit: int) -> list[Hit]:
    if len(said) < LEAST_NUMBER or not may(desk.who.role, Step.PRINT_PAPER):
        return []
    books = select(receipt_book.c.id).where(receipt_book.c.project_id == desk.project)
    serial = and_(receipt.c.book_id.in_(books), receipt.c.serial == int(said)) if _is_serial(said) else None
    whole = receipt.c.number == said
    rows = connection.execute(
        select(receipt.c.number, receipt.c.payer, receipt.c.amount)
        .where(receipt.c.project_id == desk.project, whole if serial is None else or_(whole, serial))
        .limit(limit)
    )
    return [
        Hit(HitKind.RECEIPT, row.number, f"{_masked(row.payer, desk.who)} · {row.amount}", "payments", row.number)
        for row in rows
    ]


def _is_serial(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= 9


def _masked(name: str, who: Person) -> str:
    return name if may(who.role, Step.REVEAL) else mask_name(name)


_LOOKS: tuple[Callable[[Connection, Desk, str, int], list[Hit]], ...] = (_units, _deals, _receipts)
