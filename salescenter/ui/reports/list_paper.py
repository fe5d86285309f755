"""A list behind a figure as a paper: the same columns, lines and sums, with who printed it under them."""

from __future__ import annotations

from datetime import date, datetime

from salescenter.domain.papers.listing import Column, ListingPaper, ListRow
from salescenter.domain.papers.report import Entry, written
from salescenter.i18n import spoken
from salescenter.services.reports.listings import Listing
from salescenter.ui.reports import tables

WIDE = 6
"""From so many columns on the sheet lies on its side."""


def list_paper(found: Listing, title: str, house: str, period: str, made_by: str, made: datetime) -> ListingPaper:
    """Write a list out, as long as it is; `period` stands above it."""
    numbers = tables.of_list(found)
    columns = tuple(
        Column(name, "left" if _is_text([row[at] for row in numbers.rows]) else "right")
        for at, name in enumerate(numbers.columns)
    )
    rows = tuple(ListRow(tuple(map(written, row))) for row in numbers.rows)
    totals = (tuple(map(written, numbers.total)),) if numbers.total else ()
    return ListingPaper(
        title, house, made, columns, rows, totals, (period,), made_by=made_by, landscape=len(columns) >= WIDE,
        lang=spoken(),
    )


def _is_text(entries: list[Entry]) -> bool:
    return all(entry is None or isinstance(entry, str | date) for entry in entries)
