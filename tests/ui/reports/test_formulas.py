"""Every figure of a chart says on hover how it is reckoned, and the list behind it adds up to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from salescenter.domain.report_charts import ColumnChart, DotChart, RowChart
from salescenter.domain.report_periods import Grain, Quick, quick_span
from salescenter.services.reports.listings import Cell, ListKind
from salescenter.services.reports.lists import figure_list
from salescenter.services.reports.values import Measure
from salescenter.ui.kit import cell_colours, theme
from salescenter.ui.kit.room import Room
from salescenter.ui.reports import charts, saying
from salescenter.ui.reports.page import ReportsPage
from salescenter.ui.reports.plots import LEAST_GROUPS, ColumnPlot
from salescenter.ui.reports.rows import RowPlot
from tests.services.reports.story import NOW, OPENED, TODAY

KEYS = {Measure.COUNT: "count", Measure.AREA: "area", Measure.AMOUNT: "amount"}


def chart_of(page: ReportsPage, key: str) -> ColumnChart | RowChart | DotChart:
    drawn = page.view.cards[key].drawn()
    assert drawn is not None
    return drawn.chart


@pytest.mark.parametrize(("key", "row", "said"), [
    ("ranking", 0, "转化率：3 ÷ "), ("funnel", 1, " ÷ "), ("stock", 0, " = "),
])
def test_a_row_says_on_hover_how_its_figure_is_reckoned(page: ReportsPage, key: str, row: int, said: str) -> None:
    chart, plot = chart_of(page, key), page.view.cards[key].plot
    assert isinstance(chart, RowChart)
    assert isinstance(plot, RowPlot)
    assert said in chart.formulas[row]
    at = next(QPoint(90, y) for y in range(plot.height()) if (plot.part_at(QPoint(90, y)) or (-1, 0))[0] == row)
    QApplication.sendEvent(plot, QHelpEvent(QHelpEvent.Type.ToolTip, at, plot.mapToGlobal(at)))
    assert QToolTip.text().endswith(chart.formulas[row])


def test_a_bar_a_dot_and_a_caption_say_on_hover_how_they_are_reckoned(page: ReportsPage) -> None:
    plot, dots = page.view.cards["sales"].plot, chart_of(page, "buildings")
    assert isinstance(plot, ColumnPlot)
    assert plot.words(0).endswith("网签：这些天之和")
    assert isinstance(dots, DotChart)
    assert all("去化率：" in dot.formula and "元/㎡" in dot.formula for dot in dots.dots)
    assert "增幅 =（本期 − 对比期）÷ 对比期" in page.view.cards["sales"].caption.toolTip()
    assert "占合同" in page.view.cards["collection"].caption.toolTip()


def test_the_bar_of_a_single_day_is_no_wall(page: ReportsPage) -> None:
    page.controls.choose(quick_span(Quick.TODAY, TODAY, OPENED))
    plot = page.view.cards["collection"].plot or page.view.cards["sales"].plot
    assert isinstance(plot, ColumnPlot)
    left, right = plot.plotItem.getViewBox().viewRange()[0]
    assert right - left >= LEAST_GROUPS


@pytest.mark.parametrize("choice", [Quick.THIS_MONTH, Quick.EVERYTHING])
@pytest.mark.parametrize("grain", Grain)
def test_the_list_behind_every_bar_row_and_dot_adds_up_to_it(
    page: ReportsPage, room: Room, choice: Quick, grain: Grain
) -> None:
    page.controls.choose(quick_span(choice, TODAY, OPENED))
    for each in (page.view.grain, page.view.money_grain):
        each.put((grain,))
    ink, told = charts.ink_of(theme.tokens(), cell_colours.worn()), 0
    for measure in Measure:
        page.view.count_in(measure)
        for key, drawn in page.view.drawn(ink).items():
            for (at, series), shown in _points(drawn.chart):
                asked = drawn.ask(at, series)
                if asked is None:
                    continue
                listed = figure_list(room.desk, asked, NOW)
                column = "amount" if key == "collection" else "count" if key == "funnel" else KEYS[measure]
                found = _share(listed.sum("sold"), listed.sum("count")) if key == "buildings" else listed.sum(column)
                assert _plotted(found) == shown, (key, at, series, asked.kind)
                told += asked.kind is ListKind.DUES
    assert told


def _points(chart: ColumnChart | RowChart | DotChart) -> list[tuple[tuple[int, int], Decimal]]:
    if isinstance(chart, DotChart):
        return [((at, 0), dot.x) for at, dot in enumerate(chart.dots)]
    return [((at, number), value) for number, one in enumerate(chart.series) for at, value in enumerate(one.values)]


def _share(part: Cell, whole: Cell) -> Decimal:
    assert isinstance(part, int)
    assert isinstance(whole, int)
    return Decimal(part) / whole


def _plotted(found: Cell) -> Decimal:
    return Decimal(found) if isinstance(found, int) else saying.plotted(found)  # type: ignore[arg-type]
