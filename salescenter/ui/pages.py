"""The areas of the program, in one list: each page package adds its PAGE here."""

from __future__ import annotations

from collections.abc import Iterable

from salescenter.ui import customers, deals, estate, floorplan, papers, payments, reception, reports, settings, todo
from salescenter.ui.kit.page import Page

PAGES: tuple[Page, ...] = (
    floorplan.PAGE, reception.PAGE, customers.PAGE, deals.PAGE, payments.PAGE, papers.PAGE, todo.PAGE, reports.PAGE,
    estate.PAGE, settings.PAGE,
)

STARTS_AT = {"receptionist": "reception", "cashier": "payments"}
"""The area a role begins in, where it is not the first of the rail."""


def first_area(role: str, offered: Iterable[str]) -> str:
    """Return the area a role begins in, of those its rail offers."""
    offers = list(offered)
    start = STARTS_AT.get(role, "")
    return start if start in offers else next(iter(offers), "")
