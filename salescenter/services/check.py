"""The invariants of the house: what must hold in every database, whatever happened to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from salescenter.i18n import mark
from salescenter.services import sealing
from salescenter.services.papers import gone
from salescenter.services.work import Desk


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, and on what."""

    law: str
    about: str


_SOLD = "(4, 5, 6, 7, 8)"  # from 认购 on
_DEAL = "(3, 4, 5, 6, 7, 8)"

LAWS: dict[str, str] = {
    mark("one living deal a unit"): "SELECT unit_id FROM deal WHERE living GROUP BY unit_id HAVING count(*) > 1",
    mark("grid = deals: a unit in a deal's state has its living deal"): f"""
        SELECT u.code FROM unit u LEFT JOIN deal d ON d.id = u.deal_id AND d.living AND d.unit_id = u.id
        WHERE u.state IN {_DEAL} AND (d.id IS NULL OR d.state <> u.state)""",
    mark("grid = deals: a living deal stands on its unit"): """
        SELECT d.number FROM deal d JOIN unit u ON u.id = d.unit_id
        WHERE d.living AND (u.deal_id IS NULL OR u.deal_id <> d.id)""",
    mark("grid = deals: a unit without a deal names none"): f"""
        SELECT code FROM unit
        WHERE state NOT IN {_DEAL} AND (deal_id IS NOT NULL OR buyer <> '' OR total <> list_total)""",
    mark("grid = deals: the grid's total is the deal's"): """
        SELECT u.code FROM unit u JOIN deal d ON d.id = u.deal_id WHERE u.total <> d.total""",
    mark("schedule = price"): f"""
        SELECT d.number FROM deal d LEFT JOIN due s ON s.deal_id = d.id
        WHERE d.living AND d.state IN {_SOLD}
        GROUP BY d.id, d.number, d.total HAVING coalesce(sum(s.amount), 0) <> d.total""",
    mark("paid = allocated"): """
        SELECT s.id FROM due s LEFT JOIN allocation a ON a.due_id = s.id
        GROUP BY s.id, s.paid HAVING coalesce(sum(a.amount), 0) <> s.paid""",
    mark("nothing paid beyond what is due, nor below nothing"): "SELECT id FROM due WHERE paid > amount OR paid < 0",
    mark("receipts = paid"): f"""
        SELECT d.number FROM deal d
        WHERE d.living AND d.state IN {_SOLD}
        AND (SELECT coalesce(sum(paid), 0) FROM due WHERE deal_id = d.id) >
            (SELECT coalesce(sum(amount), 0) FROM receipt
             WHERE deal_id = d.id AND kind IN ('small-deposit', 'deposit', 'price', 'loan', 'refund'))""",
    mark("a receipt is never allocated beyond its amount"): """
        SELECT r.number FROM receipt r JOIN allocation a ON a.receipt_id = r.id
        GROUP BY r.id, r.number, r.amount HAVING abs(sum(a.amount)) > abs(r.amount) OR sum(a.amount) * r.amount < 0""",
    mark("a void counters its receipt exactly"): """
        SELECT v.number FROM receipt v JOIN receipt r ON r.id = v.counters_id
        WHERE v.amount <> -r.amount OR v.deal_id <> r.deal_id OR v.kind <> r.kind""",
    mark("no deal gives back more than it received"): """
        SELECT deal_id FROM receipt WHERE deal_id IS NOT NULL GROUP BY deal_id HAVING sum(amount) < 0""",
    mark("receipt numbers without gaps"): """
        SELECT b.name FROM receipt_book b LEFT JOIN receipt r ON r.book_id = b.id
        LEFT JOIN (SELECT subject_id, count(*) AS sheets FROM history
                   WHERE step = 'receive-money' AND subject = 'sheet' GROUP BY subject_id) blank
            ON blank.subject_id = b.id
        GROUP BY b.id, b.name, b.first, b.next, blank.sheets
        HAVING count(r.id) + coalesce(blank.sheets, 0) <> b.next - b.first
            OR min(r.serial) < b.first OR max(r.serial) >= b.next""",
    mark("deal numbers without gaps"): """
        SELECT s.name FROM series s WHERE s.name LIKE 'deal-%'
        AND s.next - 1 <> (SELECT count(*) FROM deal d WHERE d.project_id = s.project_id
                           AND d.number LIKE 'RG' || substr(s.name, 6) || '%')""",
    mark("quotation numbers without gaps"): """
        SELECT s.name FROM series s WHERE s.name LIKE 'quotation-%'
        AND s.next - 1 <> (SELECT count(*) FROM quotation q WHERE q.project_id = s.project_id
                           AND q.number LIKE 'ZY' || substr(s.name, 11) || '%')""",
    mark("copies of a paper without gaps"): """
        SELECT number FROM paper GROUP BY project_id, kind, number HAVING max(copy) <> count(*)""",
    mark("a held unit has its hold"): """
        SELECT u.code FROM unit u WHERE u.state = 2
        AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.unit_id = u.id AND h.ended IS NULL AND h.until = u.until)""",
    mark("buyers' shares add up to the whole"): """
        SELECT d.number FROM deal d LEFT JOIN deal_buyer b ON b.deal_id = d.id AND b.active
        GROUP BY d.id, d.number HAVING coalesce(sum(b.share), 0) <> 10000""",
    mark("consultants' splits add up to the whole"): """
        SELECT d.number FROM deal d LEFT JOIN deal_consultant c ON c.deal_id = d.id
        GROUP BY d.id, d.number HAVING coalesce(sum(c.share), 0) <> 10000""",
    mark("no price above the filed price"): f"""
        SELECT u.code FROM unit u WHERE u.state IN {_SOLD} AND u.filed_total IS NOT NULL AND u.total > u.filed_total""",
    mark("an annex goes with a home of its project"): """
        SELECT a.code FROM unit a
        LEFT JOIN unit h ON h.id = a.bound_to AND h.project_id = a.project_id AND h.use = 'home'
        WHERE a.bound_to IS NOT NULL AND (h.id IS NULL OR a.use NOT IN ('parking', 'storage'))""",
    mark("a deal's unit had a permit"): f"SELECT code FROM unit WHERE state IN {_SOLD} AND permit_id IS NULL",
    mark("the past ends at the present"): """
        SELECT u.code FROM unit u JOIN unit_moment m ON m.id = (SELECT max(id) FROM unit_moment WHERE unit_id = u.id)
        WHERE m.state <> u.state OR m.total <> u.total OR m.buyer <> u.buyer""",
    mark("every deal is in the history"): """
        SELECT d.number FROM deal d WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.deal_id = d.id)""",
}
"""Each law, which is a sentence of its own, as a query that finds what breaks it."""

MOST = 20
"""How many offenders are named for each law."""

Agreement = Callable[[Connection, int], list[Broken]]


def broken(connection: Connection) -> list[Broken]:
    """Return every law that does not hold, with up to twenty offenders each; an empty list is a clean house.

    What was sealed is hashed again, in Python: a server is not asked to judge its own seals.
    """
    found = []
    for law, query in LAWS.items():
        rows: list[Any] = list(connection.execute(text(query)).fetchmany(MOST))
        found += [Broken(law, str(row[0])) for row in rows]
    for law, stmt in gone.laws().items():
        found += [Broken(law, str(number)) for number in connection.scalars(stmt.limit(MOST))]
    return found + [Broken(sealing.LAW, about) for about in sealing.torn(connection, MOST)]


def check(desk: Desk, *agreements: Agreement) -> list[Broken]:
    """Check the house of a desk; `agreements` are further checks, such as reports against their lists."""
    with desk.reading() as connection:
        return broken(connection) + [b for agree in agreements for b in agree(connection, desk.project)]
