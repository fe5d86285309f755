"""Prints papers of any kinds as one job: one PDF, in the given order, each with its own page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.grid_sheet import GridPaper
from salescenter.domain.papers.listing import ListingPaper
from salescenter.domain.papers.quotation import QuotationPaper
from salescenter.domain.papers.receipt import ReceiptPaper
from salescenter.domain.papers.registration import RegistrationPaper
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.print.book import Book
from salescenter.print.contract import draw_contract
from salescenter.print.grid_sheet import draw_grid
from salescenter.print.listing import draw_listing
from salescenter.print.quotation import draw_quotation
from salescenter.print.receipt import draw_receipt
from salescenter.print.registration import draw_registration
from salescenter.print.subscription import draw_subscription

AnyPaper = (
    ReceiptPaper | SubscriptionPaper | ContractPaper | QuotationPaper | RegistrationPaper | GridPaper | ListingPaper
)


def batch_pdf(papers: Sequence[AnyPaper], title: str, author: str, made: datetime) -> bytes:
    """Return all papers as one PDF with this title, author and date."""
    book = Book()
    for paper in papers:
        draw(book, paper)
    return book.pdf(title, author, made)


def draw(book: Book, paper: AnyPaper) -> None:
    """Add a paper of any kind to a book."""
    match paper:
        case ReceiptPaper():
            draw_receipt(book, paper)
        case SubscriptionPaper():
            draw_subscription(book, paper)
        case ContractPaper():
            draw_contract(book, paper)
        case QuotationPaper():
            draw_quotation(book, paper)
        case RegistrationPaper():
            draw_registration(book, paper)
        case GridPaper():
            draw_grid(book, paper)
        case ListingPaper():
            draw_listing(book, paper)
