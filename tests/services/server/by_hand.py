"""Sales done by hand: what somebody says to a server who knows the house's tables and has a password of theirs."""

from __future__ import annotations

from typing import Any

from salescenter.domain.money import Money
from salescenter.domain.units import Step, UnitState
from tests.houses import DEPOSIT, Estate
from tests.services.server.guarded_house import opened, psql

NUMBER = 9_000
"""The key of a deal written by hand."""

NUMBERED = "UPDATE receipt_book SET next = next + 1"
"""The order that takes the next number of the house's book."""

SERIAL = "(SELECT next - 1 FROM receipt_book)"
IN_FULL = "(SELECT prefix || lpad((next - 1)::text, digits, '0') FROM receipt_book)"
"""The number taken last, as a receipt says it."""


def agreed(estate: Estate, code: str, agreed_on: Money, **more: Any) -> str:
    """The order that writes a deal at a price; any column may say something else, as SQL."""
    day, total = estate.today.toordinal(), more.get("total", agreed_on.fen)
    said: dict[str, Any] = {
        "id": NUMBER, "project_id": 1, "unit_id": "u.id", "number": "'RG-NEW'", "living": True,
        "state": int(UnitState.SUBSCRIBED), "opened": day, "subscribed": day, "sign_by": day + 7, "ending": "''",
        "reason": "''", "contract_number": "''", "basis": "u.basis", "area": "u.area", '"inner"': 'u."inner"',
        "list_total": "u.list_total", "total": total, "unit_price": f"round({total} * 100.0 / u.area)",
        "deposit": DEPOSIT.fen, "plan": "'one-off'", "terms": "'{}'::json", "revision": 1,
    } | more  # fmt: skip
    return f"INSERT INTO deal ({', '.join(said)}) SELECT {', '.join(map(str, said.values()))} FROM unit u WHERE code = '{code}'"


def beside(estate: Estate, login: str, total: Money, deal: int = NUMBER) -> tuple[str, str, str]:
    """The orders that give a deal its buyer, its consultant and its schedule."""
    buyer, seller = estate.customers["陈一帆"], estate.people[login].id
    return (
        f"INSERT INTO deal_buyer (deal_id, customer_id, position, share, active) VALUES ({deal}, {buyer}, 0, 10000, true)",
        f"INSERT INTO deal_consultant (deal_id, person_id, share) VALUES ({deal}, {seller}, 10000)",
        due(total, deal),
    )


def due(amount: Money, deal: int = NUMBER) -> str:
    """The order that writes a line of a deal's schedule."""
    line = "deal_id, position, item, name, amount, paid, condition, loan"
    return f"INSERT INTO due ({line}) VALUES ({deal}, 0, 'down', '', {amount.fen}, 0, '', '')"


def taken(code: str, total: Money, deal: int = NUMBER) -> str:
    """The order that lets the grid show the deal."""
    state = int(UnitState.SUBSCRIBED)
    return f"UPDATE unit SET state = {state}, deal_id = {deal}, total = {total.fen} WHERE code = '{code}'"


def told(estate: Estate, login: str, step: Step, code: str) -> str:
    """The order that tells the history."""
    return (
        "INSERT INTO history (project_id, at, person_id, pc, step, subject, subject_id, unit_id) VALUES "
        f"(1, (extract(epoch FROM now()) * 1000)::bigint, {estate.people[login].id}, '', '{step}', 'unit', 1, "
        f"{estate.seen(code)[0]})"
    )


def sold(estate: Estate, login: str, code: str, total: Money, **more: Any) -> tuple[str, ...]:
    """Every order of a subscription done by hand, in the order the program does it."""
    return (
        opened(estate, login, Step.SUBSCRIBE), agreed(estate, code, total, **more), *beside(estate, login, total),
        told(estate, login, Step.SUBSCRIBE, code), taken(code, total),
    )  # fmt: skip


def goes_through(estate: Estate, login: str, *orders: str) -> None:
    """Nothing of this is refused, nor as the work ends; and nothing of it is kept."""
    with psql(estate, login) as line:
        for order in (*orders, "SET CONSTRAINTS ALL IMMEDIATE"):
            line.execute(order.encode())
        line.rollback()
