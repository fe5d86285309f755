"""Three published files import with nothing mapped by hand, and their totals are the published ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from salescenter.domain.money import Money, Rounding
from salescenter.domain.units import Use
from salescenter.services.importing.draft import UnitDraft, draft_units

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the published files lie beside the repository, not in it")


def draft(name: str) -> UnitDraft:
    found = draft_units(FOLDER / name)
    assert (found.bad, found.flagged, found.skipped) == ((), (), ())
    return found


def amounts(found: UnitDraft) -> list[str]:
    return [str(found.totals.amounts[how]) for how in Rounding]


def test_the_presale_filing_agrees_with_its_published_totals() -> None:
    found = draft("shenzhen_songfeng_mingyue_units.xls")
    assert (found.totals.count, found.totals.gross, found.totals.inner) == (
        416,
        Decimal("42455.80"),
        Decimal("33943.27"),
    )
    assert amounts(found) == ["2,134,261,656.44", "2,134,261,711.00", "2,134,261,487.00"]
    assert str(found.totals.averages[Rounding.TO_FEN]) == "50,270.20"
    assert {row.building for row in found.rows} == {"3栋", "6栋", "7栋"}
    assert len({(row.building, row.stair, row.number) for row in found.rows}) == 416


def test_the_official_grid_drops_the_fen_of_each_unit() -> None:
    found = draft("shenzhen_songfeng_mingyue_units.xls")
    row = next(row for row in found.rows if (row.unit_price, row.gross_cents) == (Money.yuan("48629.87"), 12553))
    assert row.product // 10_000 == 6_104_507


def test_the_sales_centres_own_sheet_agrees_with_its_totals() -> None:
    found = draft("unit_price_residential_hunan.xlsx")
    assert (found.totals.count, found.totals.gross) == (84, Decimal("13766.98"))
    assert amounts(found) == ["75,309,943.84", "75,309,945.00", "75,309,907.00"]
    assert (str(found.totals.stated), found.totals.suggested) == ("75,309,943.84", Rounding.TO_FEN)
    assert {row.use for row in found.rows} == {Use.HOME}
    assert {(row.floor.level, row.floor.top) for row in found.rows if row.building == "35A栋"} == {
        (1, 2),
        (3, 4),
        (5, 6),
        (7, 8),
    }


def test_the_vendors_template_is_rounded_to_the_yuan() -> None:
    found = draft("unit_import_template_blue.xls")
    assert (found.totals.count, found.totals.gross) == (8, Decimal("423.59"))
    assert amounts(found) == ["4,237,364.58", "4,237,366.00", "4,237,359.00"]
    assert (str(found.totals.stated), found.totals.suggested) == ("4,237,366.00", Rounding.TO_YUAN)
    assert {row.handover is not None for row in found.rows} == {True}
