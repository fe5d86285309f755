"""Sets a registration slip (来访登记表): the answers as a form, the consent and a place to sign."""

from __future__ import annotations

from collections.abc import Iterator

from salescenter.domain.papers.fields import written
from salescenter.domain.papers.registration import RegistrationPaper
from salescenter.print.answers import answers_block
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, words
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.table import Grid, table
from salescenter.print.text import BODY, TITLE, paragraph, sized

WIDTH, HEIGHT = 210 * MM, 148.5 * MM
_LEFT, _RIGHT = 16 * MM, 16 * MM


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
    yield answers_block(paper.answers, measure)
    say = words(paper.lang)
    if paper.consent:
        day = written(paper.consented, paper.lang)
        yield paragraph(paper.consent, sized(BODY, 8.5, 13), measure)
        yield _signature(say("Customer (signature)"), day, measure)
    yield _signature(f"{say('Consultant')}  {paper.consultant}", f"{say('Reception')}  {paper.receptionist}", measure)


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
