"""Reads printed papers back: their words, and where every letter stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2


class Letter(NamedTuple):
    """A letter and the rectangle its ink fills, in points from the lower left corner."""

    letter: str
    left: float
    bottom: float
    right: float
    top: float


def pages(pdf: bytes) -> list[str]:
    """The text of each page, line feeds as the reader finds them."""
    document = pypdfium2.PdfDocument(pdf)
    found = [str(page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return found


def words(pdf: bytes) -> str:
    """All text without any blanks, to look for sentences in."""
    return "".join("".join(pages(pdf)).split())


def letters(pdf: bytes, page: int = 0) -> Iterator[Letter]:
    """Every letter of a page with its ink."""
    document = pypdfium2.PdfDocument(pdf)
    text: Any = document[page].get_textpage()
    units = [chr(pypdfium2.raw.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    for at, unit in enumerate(units):
        high = "\ud800" <= unit <= "\udbff"  # the reader counts a letter beyond U+FFFF as two
        letter = "".join(units[at:at + 2]).encode("utf-16", "surrogatepass").decode("utf-16") if high else unit
        if letter.strip() and not "\udc00" <= unit <= "\udfff":
            left, bottom, right, top = text.get_charbox(at)
            yield Letter(letter, left, bottom, right, top)
    document.close()


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


def size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height of a page in points."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[page].get_size()
    document.close()
    return float(width), float(height)


def astray(pdf: bytes, margin: float = 19.8) -> list[str]:
    """Letters that come nearer to an edge than the margin (points; 7 mm), or lie on another, on any page."""
    found: list[str] = []
    for page in range(len(pages(pdf))):
        (width, height), there = size(pdf, page), list(letters(pdf, page))
        found += [one.letter for one in there if min(one.left, one.bottom, width - one.right, height - one.top) < margin]
        found += ["".join(pair) for pair in overlapping(there)]
    return found


def overlapping(found: list[Letter], share: float = 0.25) -> list[tuple[str, str]]:
    """Pairs of letters whose ink rectangles cover each other by more than a share of the smaller."""
    pairs = []
    ordered = sorted(found, key=lambda letter: letter.left)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1:]:
            if other.left >= one.right:
                break
            across = min(one.right, other.right) - other.left
            along = min(one.top, other.top) - max(one.bottom, other.bottom)
            smaller = min(_area(one), _area(other))
            if along > 0 and across * along > share * smaller:
                pairs.append((one.letter, other.letter))
    return pairs


def _area(letter: Letter) -> float:
    return (letter.right - letter.left) * (letter.top - letter.bottom)
