"""A report as it will be printed and exported: key figures, then charts, each with the table it was drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from salescenter.domain.figures import percent
from salescenter.domain.money import Money
from salescenter.domain.report_charts import Chart


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio to be written as a percentage; None where the whole is nothing."""

    value: Decimal | None


Entry = str | int | Decimal | Money | date | Share | None
"""What stands in a table; areas are Decimal square metres."""


def written(entry: Entry) -> str:
    """Return an entry as it stands on paper: areas with two places, thousands apart, nothing for None."""
    match entry:
        case None:
            return ""
        case Share():
            return percent(entry.value, 1).replace(" ", "")
        case Money():
            return str(entry)
        case Decimal():
            return f"{entry:,.2f}"
        case int():
            return f"{entry:,}"
        case _:
            return str(entry)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The numbers of a chart: names of the columns, rows, and one row of sums or none."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]
    total: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One key figure: its name, value and comparison as they are said, and the formula with its numbers."""

    name: str
    value: str
    note: str
    formula: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One chart with its caption and table; `missing` says what is missing where there is nothing to draw."""

    title: str
    caption: str
    chart: Chart
    table: ReportTable
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Everything in a report; all words are decided."""

    title: str
    house: str
    period: str
    made: datetime
    made_by: str
    figures: tuple[ReportFigure, ...]
    sections: tuple[ReportSection, ...]
    lang: str = "zh_CN"
