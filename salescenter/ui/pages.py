"""The areas of the program, in one list: each page package adds its PAGE here."""

from __future__ import annotations

from salescenter.ui import deals, estate, floorplan, payments
from salescenter.ui.kit.page import Page

PAGES: tuple[Page, ...] = (floorplan.PAGE, deals.PAGE, payments.PAGE, estate.PAGE)
