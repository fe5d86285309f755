"""Sets a sale contract (买卖合同) from its template: cover, chapters, articles, schedule, signatures, annexes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.deal import Terms
from salescenter.domain.papers.fields import field_values, names, written
from salescenter.domain.templates import Said, fill, read_template
from salescenter.print.book import Book
from salescenter.print.deal_blocks import boxes_block, schedule_block, signature_block
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, stamp
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.qr import draw_qr
from salescenter.print.sheet import Block, Frame, Sheet
from salescenter.print.text import ARTICLE, BODY, CHAPTER, TITLE, Style, paragraph

_FOOT = Ink(Face.SERIF, 8.5, GREY)
_CONTRACT_BODY = replace(BODY, leading=18.5)
_ANNEX = replace(CHAPTER, align="left", ink=Ink(Face.SANS_BOLD, 12), before=18, after=4)
_PLAIN_HEAD = replace(CHAPTER, ink=Ink(Face.SANS_BOLD, 13))
_LINES: tuple[tuple[re.Pattern[str], Style], ...] = (
    (re.compile(r"#\s*(?P<text>.+)"), TITLE),
    (re.compile(r"(?P<text>第[一二三四五六七八九十]+章.{0,30})"), CHAPTER),
    (re.compile(r"(?P<text>第[一二三四五六七八九十]+条[^。；]{0,30})"), ARTICLE),
    (re.compile(r"(?P<text>附件[一二三四五六七八九十]+　.{0,60})"), _ANNEX),
    (re.compile(r"(?P<text>说\s*明|专业术语解释)"), _PLAIN_HEAD),
)
"""What a line of a template is, told by how it begins; everything else is text."""


def contract_pdf(paper: ContractPaper) -> bytes:
    """Return a contract as a PDF."""
    book = Book()
    draw_contract(book, paper)
    return book.pdf(f"{paper.title} {paper.number}", paper.terms.seller.name, paper.made)


def draw_contract(book: Book, paper: ContractPaper) -> None:
    """Add a contract to a book."""
    frame = Frame(margins=lambda page, at, of: _margins(page, paper, at, of))
    said = fill(read_template(paper.template), field_values(paper.terms, paper.number))
    Sheet(book, frame).lay(_blocks(said, paper, frame))


def text_blocks(said: Said, measure: float, body: Style = _CONTRACT_BODY) -> Block | None:
    """Set one line of a filled template as what it is: title, chapter, article, annex or text."""
    text = said.text.strip()
    if not text:
        return None
    for pattern, style in _LINES:
        found = pattern.fullmatch(text)
        if found:
            return paragraph(found["text"], style, measure)
    shift = len(said.text) - len(said.text.lstrip())
    marks = tuple((start - shift, end - shift) for start, end in said.marks)
    return paragraph(text, body, measure, marks)


def _blocks(lines: list[Said], paper: ContractPaper, frame: Frame) -> Iterator[Block]:
    turn = False
    for said in lines:
        if said.block == "换页":
            turn = True
            continue
        maker = _MAKERS.get(said.block)
        block = maker(paper, frame) if maker else text_blocks(said, frame.measure)
        if block:
            yield replace(block, new_page=True) if turn else block
            turn = False


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
        page.centred(middle, top - 70 * MM, self.paper.title, Ink(Face.SANS_BOLD, 32))
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


def _schedule(terms: Terms, measure: float) -> Block:
    return schedule_block(terms.payment.schedule, terms.price, measure)


_MAKERS: dict[str, Callable[[ContractPaper, Frame], Block]] = {
    "封面": lambda paper, frame: Block([_Cover(paper, frame.depth, frame.measure)]),
    "平面图": lambda _, frame: Block([_Plan(150 * MM, frame.measure)]),
    "付款计划": lambda paper, frame: _schedule(paper.terms, frame.measure),
    "签署": lambda paper, frame: signature_block(paper.terms, frame.measure),
    "总价数位": lambda paper, frame: boxes_block(paper.terms.price.places, paper.terms.price.boxes, frame.measure),
    "定金数位": lambda paper, frame: boxes_block(
        paper.terms.price.deposit_places, paper.terms.price.deposit_boxes, frame.measure
    ),
}


def _margins(page: Page, paper: ContractPaper, at: int, of: int) -> None:
    if paper.draft:
        stamp(page, page.width / 2, page.height / 2, "草签", 120)
    if at == 1:
        return
    left, right = 28 * MM, page.width - 26 * MM
    page.text(left, page.height - 17 * MM, f"{paper.title}{paper.edition}", _FOOT)
    page.right(right, page.height - 17 * MM, f"合同编号：{paper.number}", _FOOT)
    page.line(left, page.height - 19 * MM, right, page.height - 19 * MM, 0.4, GREY)
    page.centred(page.width / 2, 14 * MM, f"第 {at} 页　共 {of} 页", _FOOT)
