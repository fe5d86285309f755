"""Sets the manager's report: key figures with their formulas, then each chart with the table it was drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from salescenter.domain.papers.report import Entry, ReportFigure, ReportPaper, ReportSection, ReportTable, written
from salescenter.i18n import tr
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted
from salescenter.print.page import GREY, MM, Colour, Ink, Page, wide
from salescenter.print.report_charts import ChartRow
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.text import NOTE, TITLE, paragraph, sized
from salescenter.print.watermark import draw_watermark
from salescenter.watermark_words import watermark

_MARGIN = 16 * MM
_RULE: Colour = (0.82, 0.84, 0.87)
_TOTAL: Colour = (0.955, 0.96, 0.965)
_HEADLINE = replace(TITLE, ink=Ink(Face.SANS_BOLD, 12), leading=18, align="left", before=12, after=1, leads=True)
_CAPTION = replace(NOTE, ink=Ink(Face.SANS, 8.5, GREY), after=2)
_CAPTION_LEADS = replace(_CAPTION, leads=True)


def report_pdf(paper: ReportPaper) -> bytes:
    """Return a report as a PDF; charts are vectors, words can be extracted."""
    book = Book()
    frame = Frame(*A4, _MARGIN, _MARGIN, 20 * MM, 18 * MM, lambda page, at, of: _margins(page, paper, at, of))
    Sheet(book, frame).lay(_blocks(paper, frame.measure))
    return book.pdf(paper.title, paper.house, paper.made)


def _blocks(paper: ReportPaper, measure: float) -> Iterator[Block]:
    yield paragraph(f"{paper.house} · {paper.title}", sized(TITLE, 16, 24), measure)
    yield paragraph(paper.period, replace(_CAPTION, align="centre"), measure)
    yield Block([FiguresRow(paper.figures, measure)], before=6, after=4)
    yield _formulas(paper, measure)
    for section in paper.sections:
        yield from _section(section, measure)


def _section(section: ReportSection, measure: float) -> Iterator[Block]:
    yield paragraph(section.title, _HEADLINE, measure)
    if section.missing:
        yield paragraph(section.missing, _CAPTION, measure)
        return
    yield paragraph(section.caption, _CAPTION_LEADS, measure)
    yield Block([ChartRow(section.chart, measure)], after=4)
    yield _table(section.table, measure)


# --- key figures


@dataclass(frozen=True, slots=True)
class FiguresRow:
    """The key figures side by side, each in a frame."""

    figures: tuple[ReportFigure, ...]
    measure: float
    height: float = 50.0

    def draw(self, page: Page, left: float, top: float) -> None:
        """Draw with the upper left corner at (left, top)."""
        gap = 6.0
        across = (self.measure - gap * (len(self.figures) - 1)) / max(1, len(self.figures))
        for at, figure in enumerate(self.figures):
            x = left + at * (across + gap)
            page.box(x, top - self.height, across, self.height, 0.6, _RULE)
            fitted(page, x + 7, top - 14, across - 12, figure.name, Ink(Face.SANS, 8, GREY))
            fitted(page, x + 7, top - 29, across - 12, figure.value, Ink(Face.SANS_BOLD, 13))
            fitted(page, x + 7, top - 42, across - 12, figure.note, Ink(Face.SANS, 7.5, GREY))


def _formulas(paper: ReportPaper, measure: float) -> Block:
    grid = Grid((measure * 0.2, measure * 0.8), 8, 11, 4, 16, 0.4, Face.SANS, Face.SANS_BOLD, _RULE)
    return table(grid, [], [[Cell(figure.name, bold=True), figure.formula] for figure in paper.figures])


# --- tables


def _table(numbers: ReportTable, measure: float) -> Block:
    rows = [*numbers.rows, *([numbers.total] if numbers.total else [])]
    size = 8.0
    grid = Grid(_widths(numbers, rows, measure, size), size, 11, 3.5, 15, 0.4, Face.SANS, Face.SANS_BOLD, _RULE)
    body = [[_cell(entry, strong=bool(numbers.total) and row is rows[-1]) for entry in row] for row in rows]
    return table(grid, [list(numbers.columns)], body, foot=1 if numbers.total else 0)


def _cell(entry: Entry, *, strong: bool) -> Cell:
    side = "left" if isinstance(entry, str | date) else "right"
    return Cell(written(entry), side, bold=strong, ground=_TOTAL if strong else None)  # type: ignore[arg-type]


def _widths(numbers: ReportTable, rows: list[tuple[Entry, ...]], measure: float, size: float) -> tuple[float, ...]:
    ink = Ink(Face.SANS_BOLD, size)
    asked = [
        max([wide(name, ink), *(wide(written(row[at]), ink) for row in rows)]) + 8
        for at, name in enumerate(numbers.columns)
    ]
    return tuple(width * measure / sum(asked) for width in asked)


def _margins(page: Page, paper: ReportPaper, at: int, of: int) -> None:
    say, small = partial(tr, lang=paper.lang), Ink(Face.SANS, 8, GREY)
    right = page.width - _MARGIN
    made = watermark(paper.made_by, paper.made, paper.lang)
    draw_watermark(page, made)
    fitted(page, _MARGIN, page.height - 12 * MM, page.width / 2, f"{paper.house} · {paper.title}", small)
    page.right(right, page.height - 12 * MM, paper.period, small)
    page.text(_MARGIN, 9 * MM, made, small)
    page.right(right, 9 * MM, say("Page {at} of {of}", at=at, of=of), small)
