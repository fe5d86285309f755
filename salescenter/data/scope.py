"""Which customers, visits, deals and money a person sees, by the scope of their role: one table for both databases.

A server holds everybody to it by row-level security (`server_rights.rows`). A file has nobody to hold: there the
services read through views of the same names, which stand before the tables in the connections of that person.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Boolean, ColumnElement, Connection, Engine, event, literal_column, true

from salescenter.data.engine import open_engine
from salescenter.domain.staff import SCOPE, Person, Scope

_DEAL = "deal_id {opened} OR deal_id {sold}"

SEEN = {
    "customer": "owner_id IS NULL OR owner_id {mine} OR id {met} OR family_id {met} OR id {bought}",
    "customer_phone": "{of_customer}",
    "phone_tail": "{of_customer}",
    "spelling": "{of_customer}",
    "visit": "consultant_id {mine} OR registered_by {mine} OR {of_customer}",
    "follow_up": "person_id {mine} OR {of_customer}",
    "quotation": "by_id {mine} OR {of_customer}",
    "approval": "asked_by {mine} OR unit_id {homes}",
    "deal": "id {opened} OR id {sold}",
    "deal_buyer": _DEAL,
    "deal_discount": _DEAL,
    "due": _DEAL,
    "receipt": f"cashier_id {{mine}} OR {_DEAL}",
    "allocation": "{of_receipt}",
    "paper": f"by_id {{mine}} OR {_DEAL}",
    "scan": f"by_id {{mine}} OR {_DEAL}",
    "history": "person_id {mine} OR ((customer_id IS NULL OR {of_customer}) "
    f"AND (subject <> 'receipt' OR {_DEAL}) AND (subject <> 'approval' OR unit_id {{homes}} OR {{of_approval}}))",
}
"""What a person sees of a table who does not see all of it. Who sold which deal everybody may read."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a database says what stands in `SEEN`.

    mine: is one of the people whose rows they see; sold, bought, homes: is a deal of those, a buyer or the unit of one;
    met, opened: is a customer or deal that the open work has just come to know; of_customer, of_receipt: the row's
    customer or receipt is one they see; of_approval: what the row is about was asked by one of those people.
    """

    mine: str
    sold: str
    bought: str
    homes: str
    met: str
    opened: str
    of_customer: str
    of_receipt: str
    of_approval: str


def seen(terms: Terms) -> dict[str, str]:
    """Return the condition of each table, in a database's own words."""
    words = asdict(terms)
    return {table: condition.format(**words) for table, condition in SEEN.items()}


def eyes(engine: Engine, who: Person) -> Engine:
    """Return the engine through which a person reads: in a file, one whose tables show what is theirs to see."""
    scope = SCOPE[who.role]
    if engine.dialect.name != "sqlite" or scope is Scope.ALL:
        return engine
    known = _eyes.setdefault(engine, {})
    if (who.id, scope) not in known:
        known[who.id, scope] = _opened(engine, who.id, scope)
    return known[who.id, scope]


def only_seen(connection: Connection, who: Person, table: str) -> ColumnElement[bool]:
    """Return the condition that a row a work is about to use is one this person sees; a server looks to it itself."""
    scope = SCOPE[who.role]
    if connection.dialect.name != "sqlite" or scope is Scope.ALL:
        return true()
    return literal_column(f"({seen(_terms(who.id, scope))[table]})", Boolean)


_eyes: WeakKeyDictionary[Engine, dict[tuple[int, Scope], Engine]] = WeakKeyDictionary()


def _opened(engine: Engine, number: int, scope: Scope) -> Engine:
    orders = [f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {condition}"
              for table, condition in seen(_terms(number, scope)).items()]

    def put_up(raw: Any, _: object) -> None:
        for order in orders:
            raw.execute(order).close()

    reading = open_engine(engine.url)
    event.listen(reading, "connect", put_up)
    event.listen(engine, "engine_disposed", lambda _: reading.dispose())
    return reading


def _terms(number: int, scope: Scope) -> Terms:
    """Say it to a file, where no work meets anybody: what is read for writing is read from the tables themselves."""
    mine = f"= {number}"
    if scope is Scope.TEAM:
        mine = (
            "IN (SELECT other.id FROM main.person AS own JOIN main.person AS other "
            f"ON other.id = own.id OR other.team = own.team WHERE own.id = {number})"
        )
    sold = f"IN (SELECT deal_id FROM main.deal_consultant WHERE person_id {mine})"
    bought = f"IN (SELECT customer_id FROM main.deal_buyer WHERE deal_id {sold})"
    owned = f"SELECT 1 FROM main.customer AS c WHERE c.id = customer_id AND (c.owner_id IS NULL OR c.owner_id {mine})"
    taken = f"SELECT 1 FROM main.receipt AS r WHERE r.id = receipt_id AND (r.cashier_id {mine} OR r.deal_id {sold})"
    homes = f"IN (SELECT unit_id FROM main.deal WHERE id {sold})"
    asked = f"SELECT 1 FROM main.approval AS a WHERE a.id = subject_id AND a.asked_by {mine}"
    nobody = "IN (NULL)"
    return Terms(mine, sold, bought, homes, nobody, nobody, f"(EXISTS ({owned}) OR customer_id {bought})",
                 f"EXISTS ({taken})", f"EXISTS ({asked})")  # fmt: skip
