"""Sets a registration slip (来访登记表): the answers as a form, the consent and a place to sign."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.domain.papers.registration import Answer, RegistrationPaper
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words, written
from salescenter.print.page import GREY, MM, Colour, Ink, Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Cell, Grid, table
from salescenter.print.text import BODY, TITLE, paragraph, sized

WIDTH, HEIGHT = 210 * MM, 148.5 * MM
_LEFT, _RIGHT = 16 * MM, 16 * MM
_PALE: Colour = (0.955, 0.96, 0.965)
_ACROSS = 3
"""Answers on one line of the form."""


def registration_pdf(paper: RegistrationPaper) -> bytes:
    """Return a slip as a PDF."""
    book = Book()
    draw_registration(book, paper)
    return book.pdf(f"{paper.title} {paper.number}", paper.house, paper.made, paper.lang)


def draw_registration(book: Book, paper: RegistrationPaper) -> None:
    """Add a slip to a book: half a sheet of A4, more where the form is long."""
    frame = Frame(WIDTH, HEIGHT, _LEFT, _RIGHT, 18 * MM, 14 * MM, lambda page, at, of: _margins(page, paper, at, of))
    Sheet(book, frame).lay(_blocks(paper, frame.measure))


def _blocks(paper: RegistrationPaper, measure: float) -> Iterator[Block]:
    yield paragraph(paper.title, sized(TITLE, 16, 24), measure)
    shares = (0.13, 0.2033) * _ACROSS
    grid = Grid(tuple(share * measure for share in shares), size=9.5, least=24, inset=3)
    yield table(grid, [], list(_lines(paper.answers)), after=5)
    say = words(paper.lang)
    if paper.consent:
        day = written(paper.consented, paper.lang)
        yield paragraph(paper.consent, sized(BODY, 8.5, 13), measure)
        yield _signature(say("Customer (signature)"), day, measure)
    yield _signature(f"{say('Consultant')}  {paper.consultant}", f"{say('Reception')}  {paper.receptionist}", measure)


def _lines(answers: tuple[Answer, ...]) -> Iterator[list[Cell | str]]:
    """The form's lines: so many answers on each, a wide one on its own."""
    line: list[Cell | str] = []
    for answer in answers:
        if answer.wide and line:
            yield _filled(line)
            line = []
        span = 2 * _ACROSS - 1 if answer.wide else 1
        line += [Cell(answer.label, "centre", ground=_PALE), Cell(answer.value, span=span)]
        if answer.wide or len(line) == 2 * _ACROSS:
            yield line
            line = []
    if line:
        yield _filled(line)


def _filled(line: list[Cell | str]) -> list[Cell | str]:
    return [*line, Cell("", span=2 * _ACROSS - len(line))] if len(line) < 2 * _ACROSS else line


def _signature(left: str, right: str, measure: float) -> Block:
    grid = Grid((measure * 0.62, measure * 0.38), size=9.5, thick=0, least=20, inset=0)
    return table(grid, [], [[left, right]], before=4, after=0)


def _margins(page: Page, paper: RegistrationPaper, at: int, of: int) -> None:
    small = Ink(Face.SANS, 8.5, GREY)
    right = page.width - _RIGHT
    fitted(page, _LEFT, page.height - 12 * MM, 85 * MM, f"{paper.house}  {paper.project}", small)
    page.right(right, page.height - 12 * MM, f"№ {paper.number}    {written(paper.day, paper.lang)}", small)
    if of > 1:
        page.right(right, 8 * MM, words(paper.lang)("Page {at} of {of}", at=at, of=of), small)
