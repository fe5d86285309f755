"""Reads printed papers back: their words, and where every letter stands."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2

from salescenter.ui.kit.pdfium import LOCK


class Letter(NamedTuple):
    """A letter and the rectangle its ink fills, in points from the lower left corner."""

    letter: str
    left: float
    bottom: float
    right: float
    top: float


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A paper to read while a lane of the window may still read another: PDFium knows of one thread only."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        yield document
        document.close()


def pages(pdf: bytes) -> list[str]:
    """The text of each page, line feeds as the reader finds them."""
    with opened(pdf) as document:
        return [str(page.get_textpage().get_text_bounded()) for page in document]


def words(pdf: bytes) -> str:
    """All text without any blanks, to look for sentences in."""
    return "".join("".join(pages(pdf)).split())


def letters(pdf: bytes, page: int = 0) -> list[Letter]:
    """Every letter of a page with its ink."""
    with opened(pdf) as document:
        return list(_letters(document[page]))


def _letters(page: Any, *, level: bool = False) -> Iterator[Letter]:
    """Every letter of a page with its ink, or those alone that do not slant."""
    text = page.get_textpage()
    units = [chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    for at, unit in enumerate(units):
        high = "\ud800" <= unit <= "\udbff"  # the reader counts a letter beyond U+FFFF as two
        letter = "".join(units[at:at + 2]).encode("utf-16", "surrogatepass").decode("utf-16") if high else unit
        if level and 0.1 < pypdfium2.raw.FPDFText_GetCharAngle(text, at) < 6.18:  # radians
            continue
        if letter.strip() and not "\udc00" <= unit <= "\udfff":
            left, bottom, right, top = text.get_charbox(at)
            yield Letter(letter, left, bottom, right, top)


def rows(pdf: bytes, page: int = 0, apart: float = 7.0) -> list[str]:
    """The letters of a page in rows as the eye reads them: from the top, each from the left."""
    found: list[list[Letter]] = []
    for letter in sorted(letters(pdf, page), key=_middle, reverse=True):
        if found and _middle(found[-1][0]) - _middle(letter) < apart:
            found[-1].append(letter)
        else:
            found.append([letter])
    return ["".join(one.letter for one in sorted(row, key=lambda one: one.left)) for row in found]


def _middle(letter: Letter) -> float:
    return (letter.top + letter.bottom) / 2


def drawn(pdf: bytes, page: int = 0) -> list[str]:
    """What is drawn on a page in its order: text, path (a rule or a frame), image."""
    names = {pypdfium2.raw.FPDF_PAGEOBJ_TEXT: "text", pypdfium2.raw.FPDF_PAGEOBJ_PATH: "path"}
    with opened(pdf) as document:
        return [names.get(one.type, "image") for one in document[page].get_objects()]


def size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height of a page in points."""
    with opened(pdf) as document:
        width, height = document[page].get_size()
    return float(width), float(height)


def astray(pdf: bytes, margin: float = 19.8) -> list[str]:
    """What no page of a paper may show, as the letters it happens to.

    A letter nearer to an edge of the sheet than the margin (points; 7 mm), a letter on another one, a letter that the
    side of its frame runs through (an overfull cell), a number cut in two, a letter that cannot be read back. Stamps and
    watermarks slant under all else and are left out.
    """
    with opened(pdf) as document:
        return [one for page in document for one in page_faults(page, margin)]


class Column(NamedTuple):
    """Where a page's text is set: its edges in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


def page_faults(page: Any, margin: float, column: Column | None = None) -> list[str]:
    """What `astray` finds on one page; and the letters of its column that stand beyond the sides (an overfull line)."""
    (width, height), there = page.get_size(), list(_letters(page, level=True))
    text = str(page.get_textpage().get_text_bounded())
    found = [one.letter for one in there if min(one.left, one.bottom, width - one.right, height - one.top) < margin]
    found += ["".join(pair) for pair in overlapping(there)]
    found += [one.letter for one in _crossed(page, there)]
    found += [one.letter for one in there if column and _is_beside(one, column)]
    return found + re.findall(r"\d[.,]\r?\n\d\d|[\ue000-\uf8ff\ufffd\0]", text)


def _is_beside(one: Letter, column: Column) -> bool:
    if one.top < column.bottom or one.bottom > column.top:  # in the margin: page numbers, marks
        return False
    return one.left < column.left - 1 or one.right > column.right + 1 or one.bottom < column.bottom - 1


def _crossed(page: Any, there: list[Letter], deep: float = 0.8) -> list[Letter]:
    """Letters that a frame's left or right side runs through, deeper than so many points."""
    drawn = page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=2)
    frames = [one.get_bounds() for one in drawn if pypdfium2.raw.FPDFPath_CountSegments(one.raw) <= 5]  # no hatching
    sides = sorted({(x, low, high) for left, low, right, high in frames if high - low > 6 for x in (left, right)})
    return [letter for letter in there
            if any(low < (letter.bottom + letter.top) / 2 < high for _, low, high in
                   sides[bisect(sides, (letter.left + deep,)):bisect(sides, (letter.right - deep,))])]


def overlapping(found: list[Letter], share: float = 0.25) -> list[tuple[str, str]]:
    """Pairs of letters whose ink rectangles cover each other by more than a share of the smaller."""
    bands: dict[int, list[Letter]] = {}
    for letter in sorted(found, key=lambda letter: letter.left):
        for band in range(int(letter.bottom // _BAND), int(letter.top // _BAND) + 1):
            bands.setdefault(band, []).append(letter)
    pairs = {(one, other): None for ordered in bands.values() for one, other in _covering(ordered, share)}
    return [(one.letter, other.letter) for one, other in pairs]


_BAND = 15
"""Points: only letters of one height on the page can lie on each other."""


def _covering(ordered: list[Letter], share: float) -> Iterator[tuple[Letter, Letter]]:
    for at, one in enumerate(ordered):
        for other in ordered[at + 1:]:
            if other.left >= one.right:
                break
            across = min(one.right, other.right) - other.left
            along = min(one.top, other.top) - max(one.bottom, other.bottom)
            if along > 0 and across * along > share * min(_area(one), _area(other)):
                yield one, other


def _area(letter: Letter) -> float:
    return (letter.right - letter.left) * (letter.top - letter.bottom)
