"""Sets a sale contract (买卖合同) from its template: cover, chapters, articles, schedule, signatures, annexes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from salescenter.domain.papers.contract import ContractPaper, filled
from salescenter.domain.papers.fields import names, written
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import DRAFT, PALE_GREY, fitted, stamp
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.qr import draw_qr
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.template_text import deal_makers, template_blocks
from salescenter.print.text import BODY

_FOOT = Ink(Face.SERIF, 8.5, GREY)
_BODY = replace(BODY, leading=18.5)


def contract_pdf(paper: ContractPaper) -> bytes:
    """Return a contract as a PDF."""
    book = Book()
    draw_contract(book, paper)
    return book.pdf(f"{paper.title} {paper.number}", paper.terms.seller.name, paper.made)


def draw_contract(book: Book, paper: ContractPaper) -> None:
    """Add a contract to a book."""
    frame = Frame(margins=lambda page, at, of: _margins(page, paper, at, of))
    makers = {
        **deal_makers(paper.terms),
        "封面": lambda measure: Block([_Cover(paper, frame.depth, measure)]),
        "平面图": lambda measure: Block([_Plan(150 * MM, measure)]),
    }
    said = filled(paper.template, paper.terms, paper.number)
    Sheet(book, frame).lay(template_blocks(said, makers, frame.measure, _BODY))


@dataclass(frozen=True, slots=True)
class _Cover:
    """The first page: whose contract this is, its number, and its code."""

    paper: ContractPaper
    height: float
    width: float

    def draw(self, page: Page, left: float, top: float) -> None:
        middle, terms = left + self.width / 2, self.paper.terms
        draw_qr(page, left + self.width - 25 * MM, top - 22 * MM, 25 * MM, self.paper.code())
        page.right(left + self.width, top - 26 * MM, self.paper.check, _FOOT)
        page.text(left, top - 4 * MM, f"合同编号：{self.paper.number}", Ink(Face.SANS, 11))
        fitted(page, left, top - 70 * MM, self.width, self.paper.title, Ink(Face.SANS_BOLD, 32), "centre")
        page.centred(middle, top - 84 * MM, self.paper.edition, Ink(Face.SANS, 18))
        facts = (
            ("出卖人", terms.seller.name), ("买受人", names(terms.buyers)),
            ("项目名称", terms.estate.name), ("房号", terms.home.room), ("签订日期", written(terms.signed)),
        )
        for at, (label, value) in enumerate(facts):
            y = top - (120 + 14 * at) * MM
            page.text(middle - 62 * MM, y, f"{label}：", Ink(Face.SERIF, 14))
            fitted(page, middle - 36 * MM, y, 98 * MM, value, Ink(Face.SERIF, 14))
            page.line(middle - 37 * MM, y - 4, middle + 62 * MM, y - 4, 0.6)


@dataclass(frozen=True, slots=True)
class _Plan:
    """An empty frame for the floor plan, to be pasted or drawn in."""

    height: float
    width: float

    def draw(self, page: Page, left: float, top: float) -> None:
        page.box(left, top - self.height + 6, self.width, self.height - 10)
        page.text(left + self.width - 16 * MM, top - 14 * MM, "北 ↑", Ink(Face.SANS, 10, GREY))


def _margins(page: Page, paper: ContractPaper, at: int, of: int) -> None:
    if paper.draft:
        stamp(page, page.width / 2, page.height / 2, DRAFT, 120, PALE_GREY)
    if at == 1:
        return
    left, right = 28 * MM, page.width - 26 * MM
    page.text(left, page.height - 17 * MM, f"{paper.title}{paper.edition}", _FOOT)
    page.right(right, page.height - 17 * MM, f"合同编号：{paper.number}", _FOOT)
    page.line(left, page.height - 19 * MM, right, page.height - 19 * MM, 0.4, GREY)
    page.centred(page.width / 2, 14 * MM, f"第 {at} 页　共 {of} 页", _FOOT)
