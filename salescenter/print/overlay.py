"""Sets a paper on a pre-printed form (套打), to 0.1 mm; and the ruled sheet a printer is put right by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from salescenter.domain.papers.filling import Filling
from salescenter.domain.papers.form_faults import DoesNotFitForm, Source
from salescenter.domain.papers.overlay import (
    AS_IT_IS,
    LEAST_SIZE,
    WORDS,
    Calibration,
    FormField,
    OverlayForm,
    Side,
    crosses,
)
from salescenter.domain.papers.overlay_file import picture_size
from salescenter.domain.papers.run_on import pages_of
from salescenter.print.book import Book, Picture
from salescenter.print.fonts import Face
from salescenter.print.marks import DRAFT, PALE_GREY, fitted, reprinted, stamp, words
from salescenter.print.page import GREY, MM, RED, Ink, Page, wide

TENTH = MM / 10
"""Points in a tenth of a millimetre, in which forms are measured."""

_LEAST = LEAST_SIZE / 10
_MARK, _SMALL = Ink(Face.SANS, 7, RED), Ink(Face.SANS, 7)
_NOTE = Ink(Face.SANS, 9)
_ROOMY, _WORDLESS = 1600, 600
"""0.1 mm: a narrower test sheet has its words at the left; a smaller one has none, the screen says them as well."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text where it will stand: lower left corner and width in 0.1 mm from the upper left corner, size in points.

    `field` is its place in the form.
    """

    text: str
    x: float
    y: float
    width: float
    ink: Ink
    spacing: float
    field: int


def overlay_pdf(form: OverlayForm, said: Filling, right: Calibration = AS_IT_IS, *, whole: bool = False) -> bytes:
    """Return a paper's words as they go on its form; `whole` lays the scan under them, for plain paper.

    Refuses (`DoesNotFitForm`) a text too long for its place even in letters of 6 points.
    """
    title = said.title or words(said.lang)("Receipt")
    return overlay_run_pdf(form, (said,), f"{title} {said.number}", right, whole=whole)


def overlay_run_pdf(
    form: OverlayForm, papers: Sequence[Filling], title: str, right: Calibration = AS_IT_IS, *, whole: bool = False
) -> bytes:
    """Return the words of papers as they go on forms of one kind, page by page, in their order.

    A paper whose lists are longer than the form's rows takes several copies of it. Where pages are the two sides of
    sheets, each copy begins on a sheet of its own.
    """
    book, scans = Book(), form.scans
    for number, copy in enumerate(copy for said in papers for copy in _copies(form, said)):
        if number and form.both and form.pages % 2:
            book.page(form.width * TENTH, form.height * TENTH)  # the back of the last sheet stays empty
        for at, said in enumerate(copy):
            page = book.page(form.width * TENTH, form.height * TENTH)
            if whole and scans[at]:
                picture = book.picture(Picture(scans[at], *picture_size(scans[at])))
                page.picture(picture, 0, 0, page.width, page.height)
            _marks(page, said)
            for piece in _on_page(form, at + 1, said):
                x, y = right.place(piece.x, piece.y)
                _write(page, x * TENTH, page.height - y * TENTH, piece)
    return book.pdf(title, papers[0].house, papers[0].made, papers[0].lang)


def _copies(form: OverlayForm, said: Filling) -> Iterator[tuple[Filling, ...]]:
    """What a paper says on the pages of each copy of its form: several where a list runs on."""
    pages = pages_of(form, said)
    return (pages[at : at + form.pages] for at in range(0, len(pages), form.pages))


def pieces(form: OverlayForm, said: Filling) -> Iterator[Piece]:
    """Give every text of a paper with its place on the first copy of its form."""
    for page, on_page in enumerate(pages_of(form, said)[: form.pages], start=1):
        yield from _on_page(form, page, on_page)


def _on_page(form: OverlayForm, page: int, said: Filling) -> Iterator[Piece]:
    for at in form.on_page(page):
        yield from field_pieces(at, form.fields[at], said)


def field_pieces(at: int, field: FormField, said: Filling) -> Iterator[Piece]:
    """Give the texts of one field: one, one a box, or one a row."""
    told = (field.words,) if field.source == WORDS else said.answers(field.source, field.places)
    if field.source in said.amounts:
        each = field.width / len(told)
        boxes = [replace(field, spacing=0, side=Side.CENTRE)] * len(told)
        places = [(field.x + number * each, field.y, each) for number in range(len(told))]
    else:
        boxes = [field] * len(told)
        places = [(field.x, field.y + number * field.step, field.width) for number in range(len(told))]
    for text, box, place in zip(told, boxes, places, strict=True):
        if text:
            yield _fitted(at, box, text, place)


def _fitted(at: int, field: FormField, text: str, place: tuple[float, float, float]) -> Piece:
    """Stand a text in its width, in smaller letters where it must be."""
    x, y, width = place
    ink, gaps = Ink(Face(field.type.value), field.size / 10), field.spacing * (len(text) - 1)
    space = wide(text, ink) / TENTH
    if space + gaps > width:
        ink = replace(ink, size=int(10 * ink.size * (width - gaps) / space) / 10)
        if ink.size < _LEAST:
            raise DoesNotFitForm(field=Source(field.source), text=text)
    taken = wide(text, ink) / TENTH + gaps
    spare = {Side.LEFT: 0.0, Side.CENTRE: 0.5, Side.RIGHT: 1.0}[field.side] * (width - taken)
    return Piece(text, x + spare, y, taken, ink, field.spacing, at)


def _write(page: Page, x: float, y: float, piece: Piece) -> None:
    if piece.spacing:
        page.spread(x, y, list(piece.text), piece.spacing * TENTH, piece.ink)
    else:
        page.text(x, y, piece.text, piece.ink)


def _marks(page: Page, said: Filling) -> None:
    """Say that it is a draft, void or a reprint: no form has a place for that, and no paper may leave without it."""
    if said.draft:
        stamp(page, page.width / 2, page.height / 2, DRAFT, 90, PALE_GREY)
    if said.voided:
        stamp(page, page.width / 2, page.height / 2, words(said.lang)("VOID"), 60)
    if said.reprint:
        page.text(8 * MM, 3 * MM, reprinted(said.reprint.count, said.reprint.reason, said.lang), _MARK)


def calibration_sheet_pdf(size: tuple[int, int], made: datetime, lang: str, right: Calibration = AS_IT_IS) -> bytes:
    """Return the sheet a printer is put right by: rulers along two edges and two crosses with their places in words.

    `size` is the form's paper in 0.1 mm. Printed with a calibration, its crosses must come out where they say.
    """
    say = words(lang)
    book, (width, height) = Book(), size
    page = book.page(width * TENTH, height * TENTH)
    at = _placed(page, right)
    title = say("Test sheet {width} x {height} mm", width=width / 10, height=height / 10)
    told = [(title, replace(_NOTE, face=Face.SANS_BOLD))]
    for number, (x, y) in enumerate(crosses(width, height), start=1):
        _cross(page, at(x, y))
        page.text(*at(x + (60 if number == 1 else -85), y - 20), f"{number}", _NOTE)
        said = say("Cross {number}: {x} mm from the left, {y} mm from the top", number=number, x=x / 10, y=y / 10)
        told.append((said, _NOTE))
    _rulers(page, at, size)
    across = 600 if width >= _ROOMY else 120
    for line, (words_told, ink) in enumerate(told if min(size) >= _WORDLESS else ()):
        place = at(across, height / 2 + 60 * (line - 1) + 30)
        fitted(page, *place, (width - across - 60) * TENTH, words_told, ink)
    return book.pdf(title, "", made, lang)


Placed = Callable[[float, float], tuple[float, float]]


def _placed(page: Page, right: Calibration) -> Placed:
    def at(x: float, y: float) -> tuple[float, float]:
        x, y = right.place(x, y)
        return x * TENTH, page.height - y * TENTH

    return at


def _cross(page: Page, middle: Sequence[float]) -> None:
    x, y, arm = *middle, 5 * MM
    page.line(x - arm, y, x + arm, y, 0.3)
    page.line(x, y - arm, x, y + arm, 0.3)


def _rulers(page: Page, at: Placed, size: tuple[int, int]) -> None:
    """Draw a tick each millimetre along the upper and the left edge, longer ones each five and ten."""
    for along, end in enumerate(size):
        for tenths in range(0, end + 1, 10):
            long = 60 if tenths % 100 == 0 else 45 if tenths % 50 == 0 else 30
            start, stop = ((tenths, 0), (tenths, long)) if along == 0 else ((0, tenths), (long, tenths))
            page.line(*at(*start), *at(*stop), 0.2, GREY)
            if tenths % 100 == 0 and 0 < tenths < end - 40:
                page.text(*at(*((tenths - 12, 85) if along == 0 else (65, tenths + 10))), str(tenths // 10), _SMALL)
