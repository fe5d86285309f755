"""The mark of a reprint (重印), as sheets to be laid over the pages of a paper that was printed before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, reprinted
from salescenter.print.page import MM, RED, Colour, Ink, Page

_PAPER: Colour = (1.0, 1.0, 1.0)
_MARK = Ink(Face.SANS, 9, RED)
_EDGE, _WIDTH, _DEPTH = 9 * MM, 110 * MM, 5 * MM
BESIDE = _WIDTH + 2 * MM
"""What the mark takes of a page's upper edge at the right."""

_DOWN = 9.5 * MM
"""From the upper edge to the mark's foot: every paper of the house keeps its own words below that."""


def reprint_sheets(
    sizes: Sequence[tuple[float, float]], count: int, reason: str, made: datetime, lang: str = "zh_CN"
) -> bytes:
    """Return a PDF with one sheet for each size (points): which reprint this is and why, at the upper right.

    The mark stands on white, so that it takes the place of the mark of an earlier reprint.
    """
    book = Book()
    for width, height in sizes:
        mark_reprint(book.page(width, height), count, reason, lang)
    return book.pdf(reprinted(count, reason, lang), "", made, lang)


def mark_reprint(page: Page, count: int, reason: str, lang: str) -> None:
    """Mark a page that is still being drawn."""
    words = reprinted(count, reason, lang)
    width = min(_WIDTH, page.width - 2 * _EDGE)
    left, foot = page.width - _EDGE - width, page.height - _DOWN
    page.fill(left, foot, width, _DEPTH, _PAPER)
    fitted(page, left, foot + 1.5 * MM, width, words, _MARK, "right")
