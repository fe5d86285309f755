"""A report as an Excel workbook: key figures, then a sheet a chart with its numbers and Excel's own chart of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from salescenter.domain.money import Money
from salescenter.domain.papers.report import Entry, ReportFigure, ReportPaper, ReportSection, ReportTable, Share
from salescenter.domain.report_charts import Chart, ColumnChart, DotChart, RowChart, Series
from salescenter.i18n import tr
from salescenter.services.xlsx_mark import mark_workbook
from salescenter.watermark_words import watermark

_FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bg_color": "#ECEEF2", "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {},
    "wrap": {"text_wrap": True, "valign": "top"},
    "count": {"num_format": "#,##0"},
    "money": {"num_format": "#,##0.00"},
    "share": {"num_format": "0.0%"},
    "day": {"num_format": "yyyy-mm-dd"},
    "muted": {"font_color": "#5A6372"},
}
_NARROW, _WIDE = 10, 40


def report_workbook(paper: ReportPaper) -> bytes:
    """Return a report as .xlsx: a first sheet of key figures, one sheet for each section."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        formats = {name: book.add_format(how) for name, how in _FORMATS.items()}
        _front(book.add_worksheet(_sheet_name(paper.title)), paper, formats)
        for section in paper.sections:
            _section(book, section, formats)
        mark_workbook(book, watermark(paper.made_by, paper.made, paper.lang), paper.title, paper.house)
    return out.getvalue()


def table_workbook(title: str, about: str, table: ReportTable, words: str) -> bytes:
    """Return one table as .xlsx, with a headline, what it is about, and the watermark."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        formats = {name: book.add_format(how) for name, how in _FORMATS.items()}
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.write_string(0, 0, title, formats["title"])
        sheet.write_string(1, 0, about, formats["muted"])
        _table(sheet, 3, table, formats)
        sheet.freeze_panes(4, 0)
        mark_workbook(book, words, title)
    return out.getvalue()


def _front(sheet: Any, paper: ReportPaper, formats: dict[str, Any]) -> None:
    sheet.write_string(0, 0, f"{paper.house} · {paper.title}", formats["title"])
    sheet.write_string(1, 0, paper.period, formats["muted"])
    for at, name in enumerate(_front_names(paper.lang)):
        sheet.write_string(4, at, name, formats["head"])
    for line, figure in enumerate(paper.figures, start=5):
        _figure(sheet, line, figure, formats)
    for at, width in enumerate((22, 18, 34, 80)):
        sheet.set_column(at, at, width)


def _front_names(lang: str) -> tuple[str, ...]:
    return (
        tr("Figure", context="report", lang=lang), tr("Value", context="report", lang=lang),
        tr("Note", context="report", lang=lang), tr("Formula", context="report", lang=lang),
    )


def _figure(sheet: Any, line: int, figure: ReportFigure, formats: dict[str, Any]) -> None:
    for at, said in enumerate((figure.name, figure.value, figure.note, figure.formula)):
        sheet.write_string(line, at, said, formats["wrap"])


def _section(book: Any, section: ReportSection, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(_sheet_name(section.title))
    sheet.write_string(0, 0, section.title, formats["title"])
    sheet.write_string(1, 0, section.missing or section.caption, formats["muted"])
    wide = _table(sheet, 3, section.table, formats)
    if not section.chart.is_empty:
        _chart(book, sheet, section, wide)


def _table(sheet: Any, top: int, table: ReportTable, formats: dict[str, Any]) -> int:
    for at, name in enumerate(table.columns):
        sheet.write_string(top, at, name, formats["head"])
    rows = [*table.rows, *([table.total] if table.total else [])]
    for line, row in enumerate(rows, start=top + 1):
        for at, entry in enumerate(row):
            _write(sheet, line, at, entry, formats)
    for at, name in enumerate(table.columns):
        longest = max([len(name) * 2, *(len(str(row[at])) for row in rows[:200] if row[at] is not None)])
        sheet.set_column(at, at, min(_WIDE, max(_NARROW, longest + 2)))
    return len(table.columns)


def _write(sheet: Any, line: int, at: int, entry: Entry, formats: dict[str, Any]) -> None:
    match entry:
        case Money():
            sheet.write_number(line, at, entry.fen / 100, formats["money"])
        case Share(value=None) | None:
            sheet.write_blank(line, at, None, formats["text"])
        case Share(value=Decimal() as share):
            sheet.write_number(line, at, float(share), formats["share"])
        case Decimal():
            sheet.write_number(line, at, float(entry), formats["money"])
        case int():
            sheet.write_number(line, at, entry, formats["count"])
        case date():
            sheet.write_datetime(line, at, entry, formats["day"])
        case str():
            sheet.write_string(line, at, entry, formats["text"])


# --- Excel's own charts, fed from columns beside the table


def _chart(book: Any, sheet: Any, section: ReportSection, wide: int) -> None:
    names, runs = _columns_of(section.chart)
    first = wide + 12  # to the right of the chart, out of the reader's way
    for line, name in enumerate(names, start=1):
        sheet.write(line, first, name)
    made = book.add_chart(_KINDS[type(section.chart)])
    for at, one in enumerate(runs, start=first + 1):
        sheet.write_string(0, at, one.name)
        for line, value in enumerate(one.values, start=1):
            sheet.write_number(line, at, float(value))
        made.add_series(_series(section, sheet.get_name(), first, at, one, len(names)))
    made.set_title({"none": True})
    made.set_legend({"position": "top"} if len(runs) > 1 else {"none": True})
    if isinstance(section.chart, RowChart):
        made.set_y_axis({"reverse": True})
    made.set_size({"width": 720, "height": 340})
    sheet.insert_chart(2, wide + 1, made)


_KINDS: dict[type, dict[str, str]] = {
    ColumnChart: {"type": "column"},
    RowChart: {"type": "bar", "subtype": "stacked"},
    DotChart: {"type": "scatter"},
}


def _columns_of(chart: Chart) -> tuple[Sequence[str | float], Sequence[Series]]:
    if isinstance(chart, ColumnChart):
        return chart.names, chart.series
    if isinstance(chart, RowChart):
        return chart.rows, chart.series
    shares = tuple(float(dot.x) for dot in chart.dots)
    prices = tuple(dot.y for dot in chart.dots)
    return shares, (Series(chart.y_name, chart.colour, prices, tuple(dot.said for dot in chart.dots)),)


def _series(section: ReportSection, sheet: str, first: int, at: int, one: Series, many: int) -> dict[str, Any]:
    fill = {"none": True} if one.hollow else {"color": one.colour}
    made: dict[str, Any] = {
        "name": [sheet, 0, at],
        "categories": [sheet, 1, first, many, first],
        "values": [sheet, 1, at, many, at],
        "fill": fill,
        "border": {"color": one.colour},
        "gap": 60,
    }
    if isinstance(section.chart, DotChart):
        labels = [{"value": dot.name} for dot in section.chart.dots]
        made |= {"marker": {"type": "circle", "size": 8, "fill": fill}, "line": {"none": True}}
        made["data_labels"] = {"custom": labels, "value": True, "position": "right"}
    return made


def _sheet_name(title: str) -> str:
    """Excel refuses some signs and more than 31 letters in the name of a sheet."""
    return "".join("·" if sign in "[]:*?/\\" else sign for sign in title)[:31]
