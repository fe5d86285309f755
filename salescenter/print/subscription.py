"""Sets a subscription agreement (认购书): its text from a template, digit boxes, schedule and signatures."""

from __future__ import annotations

from dataclasses import replace

from salescenter.domain.papers.contract import filled
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.page import GREY, MM, Ink, Page
from salescenter.print.qr import draw_qr
from salescenter.print.sheet import Frame, Sheet
from salescenter.print.template_text import deal_makers, template_blocks
from salescenter.print.text import BODY, sized

_FOOT = Ink(Face.SERIF, 8.5, GREY)
_BODY = replace(sized(BODY, 10, 16), after=1)


def subscription_pdf(paper: SubscriptionPaper) -> bytes:
    """Return a subscription as a PDF."""
    book = Book()
    draw_subscription(book, paper)
    return book.pdf(f"{paper.title} {paper.number}", paper.terms.seller.name, paper.made)


def draw_subscription(book: Book, paper: SubscriptionPaper) -> None:
    """Add a subscription to a book."""
    frame = Frame(left=24 * MM, right=22 * MM, top=24 * MM, bottom=20 * MM,
                  margins=lambda page, at, of: _margins(page, paper, at, of))
    said = filled(paper.template, paper.terms, paper.number)
    Sheet(book, frame).lay(template_blocks(said, deal_makers(paper.terms), frame.measure, _BODY))


def _margins(page: Page, paper: SubscriptionPaper, at: int, of: int) -> None:
    left, right = 24 * MM, page.width - 22 * MM
    page.text(left, page.height - 16 * MM, f"编号：{paper.number}", Ink(Face.SANS, 10))
    page.centred(page.width / 2, 11 * MM, f"第 {at} 页　共 {of} 页", _FOOT)
    if at == 1:
        draw_qr(page, right - 20 * MM, page.height - 32 * MM, 20 * MM, paper.code())
        page.right(right, page.height - 35 * MM, paper.check, Ink(Face.SERIF, 7.5, GREY))
    else:
        page.right(right, page.height - 16 * MM, paper.title, _FOOT)
