"""Sets any titled list (日报, 欠款明细, 台帐) with its totals, its head again on each page."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.domain.papers.listing import ListingPaper
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.list_table import list_table
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.signing import signers_block
from salescenter.print.text import NOTE, TITLE, paragraph, sized
from salescenter.print.watermark import draw_watermark
from salescenter.watermark_words import watermark

_MARGIN = 15 * MM


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
    yield list_table(paper.columns, paper.rows, paper.totals, measure)
    for said in paper.notes:
        yield paragraph(said, NOTE, measure)
    if paper.signers:
        yield signers_block(paper.signers, measure, paper.lang)


def _margins(page: Page, paper: ListingPaper, at: int, of: int) -> None:
    say, small = words(paper.lang), Ink(Face.SANS, 8, GREY)
    right = page.width - _MARGIN
    made = watermark(paper.made_by, paper.made, paper.lang) if paper.made_by else ""
    draw_watermark(page, made)
    fitted(page, _MARGIN, page.height - 12 * MM, page.width / 2 - _MARGIN, paper.house, small)
    page.right(right, page.height - 12 * MM, f"№ {paper.number}" if paper.number else paper.title, small)
    page.text(_MARGIN, 9 * MM, made or say("Printed {moment}", moment=f"{paper.made:%Y-%m-%d %H:%M}"), small)
    page.right(right, 9 * MM, say("Page {at} of {of}", at=at, of=of), small)
