"""For whom a copy is (客户联, 财务联, 备案联, 存档联), as sheets to be laid over the pages of that copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink
from salescenter.print.reprint import BESIDE

_LABEL = Ink(Face.SANS, 9, GREY)
_EDGE, _DOWN = 9 * MM, 8 * MM
"""From the left and the upper edge: where no paper of the house has words, and beside the mark of a reprint."""


def recipient_sheets(
    sizes: Sequence[tuple[float, float]], who: str, number: int, count: int, made: datetime, lang: str = "zh_CN"
) -> bytes:
    """Return a PDF with one sheet for each size (points): for whom it is, and which of how many copies."""
    book, said = Book(), recipient_words(who, number, count, lang)
    for width, height in sizes:
        page = book.page(width, height)
        fitted(page, _EDGE, height - _DOWN, width - 2 * _EDGE - BESIDE, said, _LABEL)
    return book.pdf(said, "", made, lang)


def recipient_words(who: str, number: int, count: int, lang: str = "zh_CN") -> str:
    """Say for whom a copy is: 客户联 · 第 1 份，共 4 份."""
    say = words(lang)
    return say("Copy for {who} · {number} of {count}", who=who, number=number, count=count)
