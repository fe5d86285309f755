"""The watermark: one sentence with user and time, in every way a file can leave, whoever writes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pypdf
import pytest

from salescenter.domain.papers.report import ReportTable
from salescenter.domain.units import Step
from salescenter.print.grid_sheet import grid_pdf
from salescenter.print.report import report_pdf
from salescenter.services.exports import export
from salescenter.services.grid_export import grid_xlsx
from salescenter.services.leaving import tell_left
from salescenter.services.reports.workbook import report_workbook, table_workbook
from salescenter.watermark_words import watermark
from tests.houses import Estate, small, sqlite_model
from tests.print import examples
from tests.print.test_report import COLUMNS, paper

__all__ = ["small", "sqlite_model"]

AT = datetime(2026, 3, 2, 15, 42, tzinfo=UTC)
MARK = "A & B 于 2026-03-02 15:42 导出"
REPORT = replace(paper(COLUMNS), made_by="A & B", made=AT)
GRID = replace(examples.grid(1), made_by="A & B", made=AT)
TABLE = ReportTable(("房号",), (("1-101",),))


def test_it_says_who_and_when_in_the_file_s_own_language() -> None:
    assert watermark("A & B", AT) == MARK
    assert watermark("A & B", AT, "en") == "Exported by A & B on 2026-03-02 15:42"


def _books() -> dict[str, bytes]:
    return {
        "report": report_workbook(REPORT), "table": table_workbook("明细", "三月", TABLE, MARK), "grid": grid_xlsx(GRID),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["report", "table", "grid"])
def test_every_sheet_of_a_workbook_bears_it_below_in_header_and_footer_and_in_its_properties(what: str) -> None:
    book = openpyxl.load_workbook(BytesIO(_books()[what]))
    assert book.properties.description == MARK
    for sheet in book.worksheets:
        assert sheet.cell(sheet.max_row, 1).value == MARK
        assert "A && B" in str(sheet.oddHeader.right.text)
        assert "A && B" in str(sheet.oddFooter.left.text)


def test_lists_bear_it_too_and_are_told(small: Estate) -> None:
    file, _ = export(small.desk(), "units", small.now)
    book: Any = openpyxl.load_workbook(BytesIO(file))
    said = watermark("沈知行", small.now)
    assert book.properties.description == said
    assert book.active.cell(book.active.max_row, 1).value == said
    assert len(small.told(Step.EXPORT)) == 1


@pytest.mark.parametrize("pdf", [report_pdf(REPORT), grid_pdf(GRID)], ids=["report", "grid"])
def test_every_page_of_a_pdf_bears_it_across_and_at_its_foot(pdf: bytes) -> None:
    for page in pypdf.PdfReader(BytesIO(pdf)).pages:
        assert page.extract_text().count("A & B") >= 3


def test_a_grid_that_nobody_takes_out_bears_none() -> None:
    pdf = grid_pdf(replace(GRID, made_by=""))
    assert "导出" not in pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_what_is_kept_nowhere_is_told_when_it_leaves(small: Estate) -> None:
    tell_left(small.desk("a"), "grid", "销控表 2026-03-02", small.now)
    (told,) = small.told(Step.PRINT_PAPER)
    assert (told.person_id, told.pc, told.after) == (
        small.people["a"].id, "pc-a", {"kind": "grid", "title": "销控表 2026-03-02"},
    )  # fmt: skip
