"""The areas of the program, in one list: each page package adds its PAGE here."""

from __future__ import annotations

from salescenter.ui import customers, deals, estate, floorplan, papers, payments, reception, reports, settings, todo
from salescenter.ui.kit.page import Page

PAGES: tuple[Page, ...] = (
    floorplan.PAGE, reception.PAGE, customers.PAGE, deals.PAGE, payments.PAGE, papers.PAGE, todo.PAGE, reports.PAGE,
    estate.PAGE, settings.PAGE,
)
