"""Sets a receipt (收款收据) on its sheet of 241 x 140 mm: one page a receipt, hundreds in one job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from salescenter.domain.papers.fields import written
from salescenter.domain.papers.receipt import ReceiptLine, ReceiptPaper
from salescenter.print.book import Book
from salescenter.print.fonts import Face
from salescenter.print.marks import fitted, reprinted, stamp, words, yuan
from salescenter.print.page import GREY, MM, RED, Ink, Page, wide
from salescenter.print.qr import draw_qr

WIDTH, HEIGHT = 241 * MM, 140 * MM
_LEFT, _RIGHT, _TOP = 15 * MM, 226 * MM, 132 * MM
_ROW = 8 * MM
_ITEMS = 3
"""Items on one sheet; more go on to a second."""

_FACTS_TOP = _TOP - 21 * MM
_SIGNER = 60 * MM
_LABEL, _VALUE, _SMALL = Ink(Face.SERIF, 10), Ink(Face.SERIF, 10.5), Ink(Face.SERIF, 7.5, GREY)
_FIGURE, _STRONG, _MARK = Ink(Face.SANS, 10.5), Ink(Face.SANS_BOLD, 11), Ink(Face.SANS, 9.5, RED)
_FACTS = (("Received from", "Telephone"), ("Unit", "Construction area"), ("Deal no.", "Paid by"))
# where the columns of the facts and of the items begin, as parts of the width
_WIDTHS = (0.0, 0.12, 0.54, 0.67, 1.0)
_COLUMNS = (0.0, 0.26, 0.76, 1.0)
_WORDS = 0.13


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """Return one receipt as a PDF."""
    return receipts_pdf([paper])


def receipts_pdf(papers: Sequence[ReceiptPaper]) -> bytes:
    """Return many receipts as one PDF, in their order; title, author and date are the first one's."""
    book = Book()
    for paper in papers:
        draw_receipt(book, paper)
    first = papers[0]
    return book.pdf(f"{_title(first)} {first.number}", first.house, first.made, first.lang)


def draw_receipt(book: Book, paper: ReceiptPaper) -> None:
    """Add a receipt to a book: one page, or more where it has many items."""
    sheets = [paper.lines[at:at + _ITEMS] for at in range(0, len(paper.lines), _ITEMS)] or [()]
    for at, lines in enumerate(sheets, start=1):
        page = book.page(WIDTH, HEIGHT)
        if paper.voided:
            stamp(page, WIDTH / 2, HEIGHT / 2, words(paper.lang)("VOID"), 84)
        rows = max(2, len(lines))
        key = ("receipt", paper.lang, _title(paper), paper.house, paper.project, paper.copy, paper.places, rows)
        page.form(book.form(key, (WIDTH, HEIGHT), partial(_printed_form, paper=paper, rows=rows)))
        _head(page, paper, f"{at}/{len(sheets)}" if len(sheets) > 1 else "")
        y = _facts(page, paper)
        y = _items(page, lines, rows, y)
        y = _amounts(page, paper, y)
        _foot(page, paper, y)


def _title(paper: ReceiptPaper) -> str:
    return paper.title or words(paper.lang)("Receipt")


# --- what every receipt of a kind shares


def _printed_form(page: Page, paper: ReceiptPaper, rows: int) -> None:
    say = words(paper.lang)
    _letterhead(page, paper)
    top = _FACTS_TOP
    for left, right in _FACTS:
        _label(page, _WIDTHS[0:2], top, say(left))
        _label(page, _WIDTHS[2:4], top, say(right))
        _frame(page, _WIDTHS[1:3], top)
        _frame(page, _WIDTHS[3:5], top)
        top -= _ROW
    for at, name in enumerate(("Item", "Details", "Amount (yuan)")):
        _label(page, _COLUMNS[at:at + 2], top, say(name), ground=True)
    for _ in range(rows):
        top -= _ROW
        for at in range(3):
            _frame(page, _COLUMNS[at:at + 2], top)
    for at, name in enumerate(("Total in words", "In digit boxes", "Remark"), start=1):
        _label(page, (0.0, _WORDS), top - at * _ROW, say(name))
    _frame(page, (_WORDS, _COLUMNS[2]), top - _ROW)
    _frame(page, _COLUMNS[2:4], top - _ROW)
    for place, (x, width) in zip(paper.places, _boxes(paper), strict=True):
        page.box(x, top - 3 * _ROW, width, _ROW)
        page.text(x + width - 10, top - 3 * _ROW + 3, place, _SMALL)
    _frame(page, (_WORDS, 1.0), top - 3 * _ROW)
    for at, name in enumerate(("House (stamp)", "Cashier", "Handled by")):
        page.text(_LEFT + at * _SIGNER, top - 4 * _ROW - 8 * MM, say(name) + _colon(paper), _VALUE)
    page.text(_LEFT, top - 4 * _ROW - 15 * MM, say("Valid with the house's financial stamp only."), _SMALL)


def _letterhead(page: Page, paper: ReceiptPaper) -> None:
    title = _title(paper)
    spaced = "\u3000".join(title) if len(title) <= 5 else title
    middle = (_LEFT + _RIGHT) / 2
    page.centred(middle, _TOP - 7 * MM, spaced, Ink(Face.SANS_BOLD, 20))
    page.line(middle - 34 * MM, _TOP - 9.6 * MM, middle + 34 * MM, _TOP - 9.6 * MM, 0.6)
    page.line(middle - 34 * MM, _TOP - 10.3 * MM, middle + 34 * MM, _TOP - 10.3 * MM, 0.6)
    fitted(page, _LEFT, _TOP - 5 * MM, 68 * MM, paper.house, _VALUE)
    fitted(page, _LEFT, _TOP - 10.3 * MM, 68 * MM, paper.project, replace(_LABEL, colour=GREY))


def _colon(paper: ReceiptPaper) -> str:
    return "：" if paper.lang == "zh_CN" else ": "


def _boxes(paper: ReceiptPaper) -> list[tuple[float, float]]:
    """Left edge and width of each digit box."""
    width = (1 - _WORDS) * (_RIGHT - _LEFT) / len(paper.places)
    return [(_LEFT + _WORDS * (_RIGHT - _LEFT) + at * width, width) for at in range(len(paper.places))]


# --- what this receipt says


def _head(page: Page, paper: ReceiptPaper, sheet: str) -> None:
    x, width = _RIGHT - 68 * MM, 68 * MM
    fitted(page, x, _TOP - 5.4 * MM, width, f"№ {paper.number}", Ink(Face.SANS_BOLD, 13, RED), "right")
    fitted(page, x, _TOP - 10.3 * MM, width, f"{paper.copy} {sheet}".strip(), _LABEL, "right")
    day = words(paper.lang)("Date") + _colon(paper) + written(paper.day, paper.lang)
    page.text(_LEFT, _TOP - 18 * MM, day, _VALUE)
    fitted(page, _LEFT + 60 * MM, _TOP - 18 * MM, _RIGHT - _LEFT - 60 * MM, _remarks_above(paper), _MARK, "right")


def _remarks_above(paper: ReceiptPaper) -> str:
    lang = paper.lang
    said = [reprinted(paper.reprint.count, paper.reprint.reason, lang)] if paper.reprint else []
    if paper.voided:
        day = written(paper.voided.on, lang)
        said.append(words(lang)("Void since {day}: {reason}", day=day, reason=paper.voided.reason))
        said += [words(lang)("Counter-entry {number}", number=paper.voided.by_number)] * bool(paper.voided.by_number)
    return "    ".join(said)


def _facts(page: Page, paper: ReceiptPaper) -> float:
    area = f"{paper.area} ㎡" if paper.area else ""
    method = "  ".join(filter(None, (paper.method, paper.slip)))
    top = _FACTS_TOP
    for left, right in ((paper.payer, paper.phone), (paper.room, area), (paper.deal, method)):
        _value(page, _WIDTHS[1:3], top, left)
        _value(page, _WIDTHS[3:5], top, right)
        top -= _ROW
    return top - _ROW


def _items(page: Page, lines: Sequence[ReceiptLine], rows: int, top: float) -> float:
    for at, line in enumerate(lines):
        _value(page, _COLUMNS[0:2], top - at * _ROW, line.name)
        _value(page, _COLUMNS[1:3], top - at * _ROW, line.note)
        _value(page, _COLUMNS[2:4], top - at * _ROW, str(line.amount), _FIGURE, "right")
    return top - rows * _ROW


def _amounts(page: Page, paper: ReceiptPaper, top: float) -> float:
    _value(page, (_WORDS, _COLUMNS[2]), top, f"人民币{paper.words}", Ink(Face.SERIF_BOLD, 11))
    _value(page, _COLUMNS[2:4], top, yuan(paper.total), _STRONG, "right")
    for digit, (x, width) in zip(paper.boxes, _boxes(paper), strict=True):
        if digit:
            page.centred(x + width / 2 - 4, top - 2 * _ROW + 6.5, digit, _STRONG)
    _value(page, (_WORDS, 1.0), top - 2 * _ROW, paper.remark)
    return top - 3 * _ROW


def _foot(page: Page, paper: ReceiptPaper, top: float) -> None:
    for at, name in ((1, paper.cashier), (2, paper.handler)):
        label = words(paper.lang)(("Cashier", "Handled by")[at - 1]) + _colon(paper)
        x = _LEFT + at * _SIGNER + wide(label, _VALUE)
        fitted(page, x, top - 8 * MM, _LEFT + (at + 1) * _SIGNER - x - 6, name, _VALUE)
    side = min(21 * MM, top - 7 * MM)
    draw_qr(page, _RIGHT - side, top - side - 2 * MM, side, paper.code())
    page.right(_RIGHT - side - 2 * MM, top - side - 1 * MM, paper.check, _SMALL)


# --- cells


def _frame(page: Page, columns: Sequence[float], top: float) -> tuple[float, float]:
    left, width = _span(columns)
    page.box(left, top - _ROW, width, _ROW)
    return left, width


def _label(page: Page, columns: Sequence[float], top: float, text: str, *, ground: bool = False) -> None:
    left, width = _span(columns)
    if ground:
        page.fill(left, top - _ROW, width, _ROW, (0.94, 0.95, 0.96))
    _frame(page, columns, top)
    fitted(page, left + 3, top - _ROW / 2 - 3.7, width - 6, text, _LABEL, "centre")


def _value(page: Page, columns: Sequence[float], top: float, text: str, ink: Ink = _VALUE, side: str = "left") -> None:
    if text:
        left, width = _span(columns)
        fitted(page, left + 4, top - _ROW / 2 - ink.size * 0.36, width - 8, text, ink, side)


def _span(columns: Sequence[float]) -> tuple[float, float]:
    """Left edge and width, in points, of a cell between two parts of the width."""
    return _LEFT + columns[0] * (_RIGHT - _LEFT), (columns[1] - columns[0]) * (_RIGHT - _LEFT)
