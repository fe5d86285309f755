"""The first version: every table (written by tools/first_migration.py)."""

from __future__ import annotations

from salescenter.data.migrations.first import (
    archive,
    customers,
    deals,
    estate,
    history,
    papers,
    payments,
    presence,
    staff,
    visits,
)

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, area by area."""
    staff.make()
    estate.make()
    customers.make()
    visits.make()
    deals.make()
    payments.make()
    papers.make()
    archive.make()
    history.make()
    presence.make()
