"""Prints papers of any kinds as one job: one PDF, in the given order, each with its own page numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.cover import CoverPaper, LabelsPaper
from salescenter.domain.papers.form import FormPaper
from salescenter.domain.papers.grid_sheet import GridPaper
from salescenter.domain.papers.letter import LetterPaper
from salescenter.domain.papers.listing import ListingPaper
from salescenter.domain.papers.quotation import QuotationPaper
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.domain.papers.registration import RegistrationPaper
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.print.book import Book
from salescenter.print.contract import draw_contract
from salescenter.print.cover import draw_cover, draw_labels
from salescenter.print.form import draw_form
from salescenter.print.grid_sheet import draw_grid
from salescenter.print.house_sheet import finished
from salescenter.print.letter import draw_letter
from salescenter.print.listing import draw_listing
from salescenter.print.quotation import draw_quotation
from salescenter.print.receipt import draw_receipt
from salescenter.print.registration import draw_registration
from salescenter.print.subscription import draw_subscription

HousePaper = LetterPaper | FormPaper | CoverPaper | LabelsPaper
AnyPaper = (
    ReceiptPaper | SubscriptionPaper | ContractPaper | QuotationPaper | RegistrationPaper | GridPaper | ListingPaper
    | HousePaper
)  # fmt: skip


def batch_pdf(papers: Sequence[AnyPaper], title: str, author: str, made: datetime) -> bytes:
    """Return all papers as one PDF with this title, author and date."""
    book = Book()
    for paper in papers:
        draw(book, paper)
    return book.pdf(title, author, made)


def house_pdf(paper: HousePaper) -> bytes:
    """Return a letter, form or cover of the house as a PDF."""
    book = Book()
    draw(book, paper)
    return finished(book, paper.head)


def draw(book: Book, paper: AnyPaper) -> None:
    """Add a paper of any kind to a book."""
    DRAW[type(paper)](book, paper)


DRAW: dict[type, Callable[[Book, Any], None]] = {
    ReceiptPaper: draw_receipt, SubscriptionPaper: draw_subscription, ContractPaper: draw_contract,
    QuotationPaper: draw_quotation, RegistrationPaper: draw_registration, GridPaper: draw_grid,
    ListingPaper: draw_listing, LetterPaper: draw_letter, FormPaper: draw_form, CoverPaper: draw_cover,
    LabelsPaper: draw_labels,
}  # fmt: skip
"""Who draws which value."""
