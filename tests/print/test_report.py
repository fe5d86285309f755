"""A report on paper: the same value gives the same bytes, charts are vectors, empty ones say what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest

from salescenter.domain.money import Money
from salescenter.domain.papers.report import ReportFigure, ReportPaper, ReportSection, ReportTable, Share
from salescenter.domain.report_charts import Chart, ColumnChart, Dot, DotChart, RowChart, Series
from salescenter.print.report import report_pdf


def series(name: str, *values: int, hollow: bool = False) -> Series:
    return Series(name, "#2F7D6B", tuple(map(Decimal, values)), tuple(map(str, values)), hollow)


COLUMNS = ColumnChart(("1", "2"), ("11-01", "11-02"), (series("本期", 3, -1), series("应收", 2, 0, hollow=True)), "套")
ROWS = RowChart(("李娜", "张伟"), (series("本期", 3, 1),), ("3 套", "1 套"), "套", (Decimal(2), Decimal(0)), "上期")
DOTS = DotChart((Dot("1号楼", Decimal("0.5"), Decimal(22_000), ""), Dot("2号楼", Decimal(0), Decimal(21_000), "", True)),
                "去化率", "均价", "#2F7D6B")
LINES = ColumnChart(*(tuple(map(str, range(90))),) * 2, (series("本期", *range(90)),), "套")


def paper(chart: Chart, *, missing: str = "") -> ReportPaper:
    table = ReportTable(
        ("时段", "套数", "金额", "占比"),
        (("11-01", 3, Money.yuan("2910000.50"), Share(Decimal("0.5"))), ("11-02", 0, Money(), Share(None))),
        ("合计", 3, Money.yuan("2910000.50"), None),
    )
    figure = ReportFigure("净签约", "3 套", "较上期 +50.0%", "净签约 = 网签 − 退房\n5 − 2 = 3")
    made = datetime(2025, 11, 21, 15, 0, tzinfo=UTC)
    section = ReportSection("销售", "网签", chart, table, missing)
    return ReportPaper("销售报表", "云栖花园", "2025-11", made, "王经理", (figure,) * 5, (section,))


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("chart", [COLUMNS, ROWS, DOTS, LINES], ids=["columns", "rows", "dots", "lines"])
def test_every_chart_prints_with_its_table_and_twice_the_same(chart: Chart) -> None:
    pdf = report_pdf(paper(chart))
    assert pdf == report_pdf(paper(chart))
    for words in ("云栖花园 · 销售报表", "净签约", "5 − 2 = 3", "2,910,000.50", "50.0%", "合计"):
        assert words in text_of(pdf)
    assert not pypdf.PdfReader(BytesIO(pdf)).pages[0].images


def test_the_words_of_a_chart_can_be_extracted() -> None:
    assert all(words in text_of(report_pdf(paper(ROWS))) for words in ("李娜", "3 套", "上期"))
    assert all(words in text_of(report_pdf(paper(DOTS))) for words in ("1号楼", "75%", "21,000"))
    assert "3 套" in text_of(report_pdf(paper(COLUMNS)))


def test_a_section_without_data_says_what_is_missing() -> None:
    empty = replace(COLUMNS, series=(series("本期", 0, 0),))
    text = text_of(report_pdf(paper(empty, missing="两个时段都没有网签")))
    assert "两个时段都没有网签" in text
    assert "11-01" not in text
