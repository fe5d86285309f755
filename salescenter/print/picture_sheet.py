"""Sets pictures, one on each sheet: as they came from a scanner or a telephone, or drawn from pages of another file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.domain.papers.overlay_file import picture_size
from salescenter.print.book import A4, Book, Picture
from salescenter.print.page import MM

_EDGE = 5 * MM


def pictures_pdf(pictures: Sequence[bytes], title: str, made: datetime) -> bytes:
    """Return JPEGs as a PDF of one page each, as large as the sheet takes them."""
    book = Book()
    for jpeg in pictures:
        draw_picture(book, Picture(jpeg, *picture_size(jpeg)))
    return book.pdf(title, "", made)


def pages_pdf(pages: Sequence[tuple[tuple[float, float], bytes]], title: str, made: datetime) -> bytes:
    """Return JPEGs as pages they fill; of each the size in points and the picture."""
    book = Book()
    for (width, height), jpeg in pages:
        page = book.page(width, height)
        page.picture(book.picture(Picture(jpeg, *picture_size(jpeg))), 0, 0, width, height)
    return book.pdf(title, "", made)


def draw_picture(book: Book, picture: Picture) -> None:
    """Add one picture to a book."""
    page = book.page(*(A4 if picture.height >= picture.width else A4[::-1]))
    scale = min((page.width - 2 * _EDGE) / picture.width, (page.height - 2 * _EDGE) / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    page.picture(book.picture(picture), (page.width - wide) / 2, (page.height - high) / 2, wide, high)
