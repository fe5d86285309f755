"""The sheet that letters and forms of the house stand on: house, number, page, and the code at the foot."""

from __future__ import annotations

from salescenter.domain.papers.head import Head
from salescenter.print.book import A4, Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.qr import draw_qr
from salescenter.print.sheet import Frame

_SMALL = Ink(Face.SANS, 8.5, GREY)
_CODE = 16 * MM


def house_frame(head: Head, side: float, *, landscape: bool = False) -> Frame:
    """Return the frame of a paper; `side` is its margin at left and right in points."""
    width, height = (A4[1], A4[0]) if landscape else A4
    return Frame(width, height, side, side, 22 * MM, 28 * MM,
                 lambda page, at, of: _margins(page, head, side, at, of))  # fmt: skip


def finished(book: Book, head: Head) -> bytes:
    """Return a book of one paper as its PDF."""
    return book.pdf(f"{head.title} {head.number}", head.house, head.made, head.lang)


def _margins(page: Page, head: Head, side: float, at: int, of: int) -> None:
    right, middle = page.width - side, page.width / 2
    fitted(page, side, page.height - 13 * MM, middle - side, f"{head.house}　{head.project}", _SMALL)
    page.right(right, page.height - 13 * MM, f"№ {head.number}", _SMALL)
    page.right(right, 11 * MM, words(head.lang)("Page {at} of {of}", at=at, of=of), _SMALL)
    if at == 1:
        draw_qr(page, side, 8 * MM, _CODE, head.code())
        page.text(side + _CODE + 2 * MM, 11 * MM, head.check, Ink(Face.SERIF, 7.5, GREY))
