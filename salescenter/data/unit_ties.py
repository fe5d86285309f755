"""What hangs on a unit: a unit with any of it is part of somebody's business and can be taken away no more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, Table, select

from salescenter.data.deals import approval, deal, hold, quotation
from salescenter.data.papers import paper
from salescenter.data.payments import receipt

TIES: tuple[Table, ...] = (deal, hold, quotation, approval, receipt, paper)
"""Every table whose rows are about one unit, but for the record of how it stood itself."""


def tied(connection: Connection, which: Select[Any]) -> int | None:
    """Return one of some units (a question for their ids) that something hangs on; None where nothing does."""
    for table in TIES:
        found = connection.scalar(select(table.c.unit_id).where(table.c.unit_id.in_(which)).limit(1))
        if found is not None:
            return int(found)
    return None
