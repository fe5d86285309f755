"""How often a server counts the tables that grow with every deal: seldom, since each count is felt at every desk.

When PostgreSQL has counted a table, each connection plans anew whatever it says of it. By its own measure (a tenth
more rows) it counts all these tables each minute of a launch day.
"""

from __future__ import annotations

from sqlalchemy import Connection

from salescenter.data.deals import deal, deal_buyer, deal_consultant, due
from salescenter.data.estate import stock, unit, unit_moment
from salescenter.data.history import answered, history, series, tally
from salescenter.data.payments import allocation, receipt, receipt_book
from salescenter.data.presence import presence

GROWING = (deal, deal_buyer, deal_consultant, due, unit, unit_moment, receipt, allocation, history, answered)
"""What one sale adds to."""

WRITTEN_OVER = (series, tally, stock, receipt_book, presence)
"""Few rows of numbers, figures and who is where, written over and over, each within its page."""

_ROWS = {"autovacuum_analyze_threshold": 50_000, "autovacuum_vacuum_insert_threshold": 50_000,
         "autovacuum_vacuum_threshold": 50_000}  # fmt: skip
"""So many rows are new, or out of date, before a tenth or a fifth of the table matters: more than a launch day brings,
of whose every sale a schedule has three.
What tidies a table up also notes how large it is, and is felt as a count is.

How large a table is the server knows without counting, and deeds find their rows by keys (`data.trips`).
"""

_SELDOM = {"autovacuum_analyze_threshold": 100_000}
"""Each sale writes some fifteen of these few rows again; over the years they are many, and reports range over them."""


def put_up(connection: Connection) -> None:
    """Tell a server so; a file counts nothing by itself."""
    if connection.dialect.name != "postgresql":
        return
    for tables, rules in ((GROWING, _ROWS), (WRITTEN_OVER, _ROWS | _SELDOM)):
        told = ", ".join(f"{name} = {rows}" for name, rows in rules.items())
        for table in tables:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} SET ({told})")
