"""Counting the stock anew, where a test has written units as no deed would."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from salescenter.data import stock
from salescenter.data.estate import stock as kept
from salescenter.data.estate import unit


def take_stock(connection: Connection, project: int = 1) -> None:
    """Keep the sums of units alike as the units stand."""
    connection.execute(delete(kept).where(kept.c.project_id == project))
    shifts = stock.Shifts()
    shifts.take(stock.counted(connection, unit.c.project_id == project), 1)
    stock.add_shifts(connection, project, shifts)
