"""Sets any titled list (日报, 欠款明细, 台帐) with its totals, its head again on each page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from salescenter.domain.papers.listing import ListingPaper, ListRow
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import BLACK, GREY, MM, RED, Colour, Ink, Page, wide
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.text import NOTE, TITLE, paragraph, sized

_MARGIN = 15 * MM
_RULE: Colour = (0.55, 0.58, 0.62)
_STRONG: Colour = (0.955, 0.96, 0.965)
_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_INSET = 3.0
_LOOKED_AT = 400
"""Rows measured to share out the width; the rest wraps."""


def listing_pdf(paper: ListingPaper) -> bytes:
    """Return a list as a PDF."""
    book = Book()
    draw_listing(book, paper)
    return book.pdf(paper.title, paper.house, paper.made, paper.lang)


def draw_listing(book: Book, paper: ListingPaper) -> None:
    """Add a list to a book."""
    width, height = (A4[1], A4[0]) if paper.landscape else A4
    frame = Frame(width, height, _MARGIN, _MARGIN, 19 * MM, 17 * MM, lambda page, at, of: _margins(page, paper, at, of))
    Sheet(book, frame).lay(_blocks(paper, frame.measure))


def _blocks(paper: ListingPaper, measure: float) -> Iterator[Block]:
    yield paragraph(paper.title, sized(TITLE, 16, 24), measure)
    for said in paper.about:
        yield paragraph(said, sized(NOTE, 9, 14), measure)
    size, widths = _widths(paper, measure)
    grid = Grid(widths, size, size * 1.36, _INSET, size * 1.36 + 6, 0.4, Face.SANS, Face.SANS_BOLD, _RULE)
    body = [[_cell(paper, at, text, row) for at, text in enumerate(row.cells)] for row in paper.rows]
    totals = [ListRow(cells, strong=True) for cells in paper.totals]
    body += [[_cell(paper, at, text, row) for at, text in enumerate(row.cells)] for row in totals]
    yield table(grid, [[column.name for column in paper.columns]], body, foot=len(totals))
    for said in paper.notes:
        yield paragraph(said, NOTE, measure)
    if paper.signers:
        signing = Grid((measure / len(paper.signers),) * len(paper.signers), size=10, thick=0, least=30, inset=0)
        colon = "：" if paper.lang == "zh_CN" else ":"
        yield table(signing, [], [[f"{who}{colon}" for who in paper.signers]], before=8)


def _cell(paper: ListingPaper, at: int, text: str, row: ListRow) -> Cell:
    ink = RED if row.alarm and at == 0 else BLACK
    return Cell(text, paper.columns[at].side, bold=row.strong or (row.alarm and at == 0),
                ground=_STRONG if row.strong else None, colour=ink)


def _widths(paper: ListingPaper, measure: float) -> tuple[float, tuple[float, ...]]:
    """Choose a size at which the entries fit, and share out the width by what the columns hold."""
    rows = [*paper.rows[:_LOOKED_AT], *(ListRow(cells, strong=True) for cells in paper.totals)]
    for size in _SIZES:
        asked = [_asked(paper, at, rows, size) for at in range(len(paper.columns))]
        if sum(asked) <= measure:
            break
    spare = measure - sum(asked)
    if spare >= 0:
        return size, tuple(width + spare * width / sum(asked) for width in asked)
    least = [min(width, 4 * size + 2 * _INSET) for width in asked]
    room = max(0.0, measure - sum(least))
    more = [width - floor for width, floor in zip(asked, least, strict=True)]
    scale = measure / sum(least) if sum(least) > measure else 1.0
    shared = [floor + room * extra / (sum(more) or 1) for floor, extra in zip(least, more, strict=True)]
    return size, tuple(width * scale for width in shared)


def _asked(paper: ListingPaper, at: int, rows: Sequence[ListRow], size: float) -> float:
    column, inks = paper.columns[at], (Ink(Face.SANS, size), Ink(Face.SANS_BOLD, size))
    if column.share:
        return column.share * (A4[1] if paper.landscape else A4[0] - 2 * _MARGIN)
    entries = [wide(part, inks[row.strong]) for row in rows for part in row.cells[at].split("\n")]
    return max([wide(column.name, inks[True]), *entries]) + 2 * _INSET + 1


def _margins(page: Page, paper: ListingPaper, at: int, of: int) -> None:
    say, small = words(paper.lang), Ink(Face.SANS, 8, GREY)
    right = page.width - _MARGIN
    fitted(page, _MARGIN, page.height - 12 * MM, page.width / 2 - _MARGIN, paper.house, small)
    page.right(right, page.height - 12 * MM, f"№ {paper.number}" if paper.number else paper.title, small)
    page.text(_MARGIN, 9 * MM, say("Printed {moment}", moment=f"{paper.made:%Y-%m-%d %H:%M}"), small)
    page.right(right, 9 * MM, say("Page {at} of {of}", at=at, of=of), small)
