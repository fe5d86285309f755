"""All tables in one place, for whoever makes, migrates or checks a whole database."""

from __future__ import annotations

from salescenter.data import archive, customers, deals, estate, history, papers, payments, presence, staff, visits
from salescenter.data.schema import metadata

AREAS = (staff, estate, customers, visits, deals, payments, papers, archive, history, presence)

__all__ = ["AREAS", "metadata"]
