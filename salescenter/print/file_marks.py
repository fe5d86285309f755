"""What stands at the foot of every page of a file that was bound for export: its page number, and who took it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink

_FOOT, _SIDE, _NUMBER = 4.2 * MM, 8 * MM, 40 * MM
_SMALL = Ink(Face.SANS, 7, GREY)


def file_marks(sizes: Sequence[tuple[float, float]], watermark: str, made: datetime, lang: str) -> bytes:
    """Return a PDF with one sheet for each page (points): below what papers of the house print, at the very edge."""
    book, say = Book(), words(lang)
    for at, (width, height) in enumerate(sizes, start=1):
        page = book.page(width, height)
        room = width - 2 * _SIDE - _NUMBER
        fitted(page, _SIDE, _FOOT, room, watermark, _SMALL)
        number = say("Page {at} of {of}", at=at, of=len(sizes))
        fitted(page, width - _SIDE - _NUMBER, _FOOT, _NUMBER, number, _SMALL, "right")
    return book.pdf(watermark, "", made, lang)
