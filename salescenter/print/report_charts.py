"""Charts set as vectors: bars, lying bars and dots with their axes, on one row of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from salescenter.domain.report_charts import MOST_BARS, Chart, ColumnChart, DotChart, RowChart, every, name_spots, ticks
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted
from salescenter.print.page import GREY, Colour, Ink, Page, colour, wide

SMALL, LABEL = Ink(Face.SANS, 7.5, GREY), Ink(Face.SANS, 8.5)
HAIR: Colour = (0.88, 0.9, 0.92)
LEFT, FOOT, LEGEND = 46.0, 14.0, 16.0
"""Points left of an upright axis, below a level one, and for the legend above."""

ROW, BAR, NAMES = 15.0, 9.0, 74.0
GROUP = 0.76


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A chart in the measure of its sheet; a page never cuts it."""

    chart: Chart
    measure: float

    @property
    def height(self) -> float:
        """Lying bars take a line each; all else is of one height."""
        if isinstance(self.chart, RowChart):
            return len(self.chart.rows) * ROW + LEGEND + 4
        return 168.0

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw with the upper left corner at (left, top)."""
        box = Box(page, left, top - self.height, self.measure, self.height)
        _DRAW[type(self.chart)](box, self.chart)


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page a chart is drawn."""

    page: Page
    x: float
    y: float
    width: float
    height: float

    def plot(self) -> Box:
        """Return the part between the axes."""
        return Box(self.page, self.x + LEFT, self.y + FOOT, self.width - LEFT, self.height - FOOT - LEGEND - 4)


def _columns(box: Box, chart: ColumnChart) -> None:
    _legend(box, tuple((f"{one.name} {one.total}".rstrip(), one.colour, one.hollow) for one in reversed(chart.series)))
    values = [value for one in chart.series for value in one.values]
    whole = all(value == int(value) for value in values)
    marks = ticks(min([*values, Decimal(0)]), max([*values, Decimal(1)]), whole=whole)
    plot = box.plot()
    level = _scale(marks, plot)
    _hairs(plot, marks, level, chart.unit)
    step = plot.width / max(1, len(chart.categories))
    apart = every(chart.categories, plot.width, max((wide(label, SMALL) for label in chart.categories), default=1) + 5)
    for at in range(0, len(chart.categories), apart):
        box.page.centred(plot.x + (at + 0.5) * step, box.y + 3, chart.categories[at], SMALL)
    draw = _lines if len(chart.categories) > MOST_BARS else _bars
    draw(plot, chart, step, level)


def _bars(plot: Box, chart: ColumnChart, step: float, level: Callable[[Decimal], float]) -> None:
    across = step * GROUP / len(chart.series)
    zero = level(Decimal(0))
    for place, one in enumerate(chart.series):
        for at, value in enumerate(one.values):
            x = plot.x + (at + 0.5) * step - step * GROUP / 2 + place * across
            y, high = min(zero, level(value)), abs(level(value) - zero)
            if high and one.hollow:
                plot.page.box(x, y, across * 0.92, high, 0.6, colour(one.colour))
            elif high:
                plot.page.fill(x, y, across * 0.92, high, colour(one.colour))


def _lines(plot: Box, chart: ColumnChart, step: float, level: Callable[[Decimal], float]) -> None:
    for one in chart.series:
        points = [(plot.x + (at + 0.5) * step, level(value)) for at, value in enumerate(one.values)]
        for (x1, y1), (x2, y2) in pairwise(points):
            plot.page.line(x1, y1, x2, y2, 0.7, colour(one.colour))


def _rows(box: Box, chart: RowChart) -> None:
    parts = tuple((one.name, one.colour, one.hollow) for one in chart.series) if len(chart.series) > 1 else ()
    _legend(box, parts, box.x + NAMES)
    if any(chart.marks):
        box.page.fill(box.x + NAMES, box.y + box.height - 12, 1.2, 9, GREY)
        box.page.text(box.x + NAMES + 5, box.y + box.height - 10, chart.mark_name, SMALL)
    said = max((wide(words, SMALL) for words in chart.said), default=0.0) + 8
    scale = max(20.0, box.width - NAMES - said) / float(chart.widest or 1)
    for at, name in enumerate(chart.rows):
        _row(box, chart, at, name, scale)


def _row(box: Box, chart: RowChart, at: int, name: str, scale: float) -> None:
    middle = box.y + box.height - LEGEND - (at + 0.5) * ROW
    fitted(box.page, box.x, middle - 3, NAMES - 6, name, LABEL)
    x = box.x + NAMES
    for one in chart.series:
        long = float(one.values[at]) * scale
        if long > 0:
            box.page.fill(x, middle - BAR / 2, max(long - 0.4, 0.6), BAR, colour(one.colour))
            x += long
    if chart.marks and chart.marks[at]:
        mark = box.x + NAMES + float(chart.marks[at]) * scale
        box.page.fill(mark - 0.6, middle - BAR / 2 - 2, 1.2, BAR + 4, GREY)
        x = max(x, mark)
    box.page.text(x + 5, middle - 2.7, chart.said[at], SMALL)


def _dots(box: Box, chart: DotChart) -> None:
    prices = [dot.y for dot in chart.dots]
    room = (max(prices) - min(prices)) * Decimal("0.12") or max(prices) * Decimal("0.05") or Decimal(1)
    marks = ticks(min(prices) - room, max(prices) + room)
    plot = box.plot()
    level = _scale(marks, plot)
    _hairs(plot, marks, level, "")
    across = plot.width / 1.15
    for quarter in range(5):
        box.page.centred(plot.x + across * quarter / 4, box.y + 3, f"{quarter * 25}%", SMALL)
    box.page.text(box.x, box.y + box.height - 10, f"{chart.y_name} · {chart.x_name}", SMALL)
    places = [(plot.x + float(dot.x) * across, level(dot.y)) for dot in chart.dots]
    spots = name_spots([(x, -y) for x, y in places], [(wide(dot.name, SMALL), 8.0) for dot in chart.dots], off=6)
    for dot, (x, y), (left, top, _, high) in zip(chart.dots, places, spots, strict=True):
        circle(box.page, x, y, 3.2, colour(chart.colour), hollow=dot.hollow)
        box.page.text(left, -top - high + 1.6, dot.name, SMALL)


def circle(page: Page, x: float, y: float, radius: float, ink: Colour, *, hollow: bool = False) -> None:
    """Draw a filled circle, or its outline."""
    k = radius * 0.5523
    curves = (
        (x + radius, y + k, x + k, y + radius, x, y + radius), (x - k, y + radius, x - radius, y + k, x - radius, y),
        (x - radius, y - k, x - k, y - radius, x, y - radius), (x + k, y - radius, x + radius, y - k, x + radius, y),
    )
    path = " ".join(" ".join(f"{value:.2f}" for value in curve) + " c" for curve in curves)
    red, green, blue = ink
    tone = f"{red:.3g} {green:.3g} {blue:.3g}"
    paint = f"{tone} RG 1.2 w" if hollow else f"{tone} rg"
    page.under.append(f"{paint} {x + radius:.2f} {y:.2f} m {path} {'s' if hollow else 'f'}")


def _scale(marks: tuple[Decimal, ...], plot: Box) -> Callable[[Decimal], float]:
    low, span = marks[0], float(marks[-1] - marks[0])
    return lambda value: plot.y + float(value - low) / span * plot.height


def _hairs(plot: Box, marks: tuple[Decimal, ...], level: Callable[[Decimal], float], unit: str) -> None:
    for mark in marks:
        y = level(mark)
        plot.page.line(plot.x, y, plot.x + plot.width, y, 0.5, HAIR)
        words = f"{mark.normalize():,f}" if mark else "0"
        plot.page.right(plot.x - 4, y - 2.6, f"{words} {unit}".strip() if mark == marks[-1] else words, SMALL)


def _legend(box: Box, parts: tuple[tuple[str, str, bool], ...], x: float | None = None) -> None:
    left = box.x + LEFT if x is None else x
    y = box.y + box.height - 11
    for name, ink, hollow in parts:
        if hollow:
            box.page.box(left, y, 7, 7, 0.6, colour(ink))
        else:
            box.page.fill(left, y, 7, 7, colour(ink))
        box.page.text(left + 10, y + 0.6, name, SMALL)
        left += wide(name, SMALL) + 22


_DRAW: dict[type, Callable[[Box, Any], None]] = {ColumnChart: _columns, RowChart: _rows, DotChart: _dots}
