"""What stands at the foot of every page of a file that was bound for export: its page number, and who took it out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink, wide

_FOOT, _SIDE, _NUMBER, _LINE = 4.2 * MM, 8 * MM, 40 * MM, 3 * MM
_SMALL = Ink(Face.SANS, 7, GREY)


def file_marks(sizes: Sequence[tuple[float, float]], watermark: str, made: datetime, lang: str) -> bytes:
    """Return a PDF with one sheet for each page (points): below what papers of the house print, at the very edge."""
    book, say = Book(), words(lang)
    for at, (width, height) in enumerate(sizes, start=1):
        page = book.page(width, height)
        number = say("Page {at} of {of}", at=at, of=len(sizes))
        narrow = wide(watermark, _SMALL) > width - 2 * _SIDE - _NUMBER
        side = min(_SIDE, width / 20) if narrow else _SIDE  # a slip of a till: one above the other
        fitted(page, side, _FOOT, width - 2 * side - (0 if narrow else _NUMBER), watermark, _SMALL)
        above, room = (_LINE, width - 2 * side) if narrow else (0, _NUMBER)
        fitted(page, width - side - room, _FOOT + above, room, number, _SMALL, "right")
    return book.pdf(watermark, "", made, lang)
