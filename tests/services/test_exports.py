"""Lists in Excel: the grid's own words, a line for each, the stamp of who took it, and a line in the history."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Flag, Step
from salescenter.services.exports import export
from tests.houses import Estate


def listed(estate: Estate, what: str, who: str = "boss") -> tuple[list[dict[str, Any]], str]:
    """The rows by their titles, and the stamp below them."""
    file, count = export(estate.desk(who), what, estate.later())
    titles, *rows = openpyxl.load_workbook(BytesIO(file)).active.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows[:count]], rows[count + 1][0]


def test_units_are_listed_in_the_words_of_the_grid(estate: Estate) -> None:
    estate.alter("1-102", flags=int(Flag.MORTGAGED | Flag.SHOW_FLAT))
    estate.subscribe("1-101")
    rows, stamp = listed(estate, "units")
    found = {row["房号"]: row for row in rows}
    assert (found["1-101"]["状态"], found["1-101"]["买受人"]) == ("认购", "陈一帆")
    assert (found["1-102"]["状态"], found["1-102"]["标记"]) == ("待售", "抵押、样板房")
    assert found["1-101"]["总价"] == 1_000_000
    assert "沈知行" in stamp


def test_deals_and_receipts_are_listed_and_told_to_the_history(estate: Estate) -> None:
    deal = estate.subscribe("1-101")
    (row,), _ = listed(estate, "deals", who="cash")
    (paid,), _ = listed(estate, "receipts", who="cash")
    assert (row["认购单号"], row["已收"]) == (deal.number, 20_000)
    assert (paid["金额"], paid["交款人"], paid["作废"]) == (20_000, "陈一帆", "")
    assert [told.after for told in estate.told(Step.EXPORT)] == [{"rows": 1}, {"rows": 1}]


def test_who_may_not_export_takes_no_list(estate: Estate) -> None:
    with pytest.raises(NotYours):
        export(estate.desk("a"), "deals", estate.later())
    assert estate.told(Step.EXPORT) == []
