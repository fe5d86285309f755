"""Many papers as one job: each gathered and kept on its own, all drawn on one run of pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.receipt import ReceiptPaper, Reprint
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.refusals import ReasonMissing, Stopped
from salescenter.domain.units import Step
from salescenter.i18n import spoken, trn
from salescenter.print.batch import draw
from salescenter.print.book import Book
from salescenter.print.reprint import mark_reprint
from salescenter.services.papers.archive import printed_counts
from salescenter.services.papers.contracts import contract_paper, subscription_paper
from salescenter.services.papers.house import HousePaper, Wish, house_paper
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.stationery import forms_of
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper import OnForm, Paper
from salescenter.ui.kit.stationery import on_forms, receipts_on_form

Value = ReceiptPaper | SubscriptionPaper | ContractPaper | HousePaper


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of a job: its number, what it is about, and how often it was printed before."""

    kind: PaperKind
    number: str
    unit: int | None
    deal: int | None


@dataclass(frozen=True, slots=True)
class Job:
    """The papers of a job in their order, and why those that were printed before are printed again."""

    papers: Sequence[Wanted]
    reason: str = ""


def compose(desk: Desk, job: Job, now: datetime, ticket: Ticket) -> Paper:
    """Gather and draw every paper; runs in the papers lane, tells its progress and stops when it is asked to.

    Refuses with ReasonMissing where one was printed before and the job says no reason.
    """
    before = {kind: printed_counts(desk, kind) for kind in {one.kind for one in job.papers}}
    if not job.reason and any(one.number in before[one.kind] for one in job.papers):
        raise ReasonMissing(step=Step.PRINT_PAPER)
    whole, parts, values = Book(), [], []
    for at, one in enumerate(job.papers):
        if ticket.cancelled:
            raise Stopped(what="papers")
        ticket.tell(at, len(job.papers), f"{paper_words(one.kind)} {one.number}")
        value = _GATHER.get(one.kind, _house)(desk, one, now, job.reason)
        values.append(value)
        parts.append(_part(one, value, before[one.kind].get(one.number, 0), job.reason, whole))
    ticket.tell(len(job.papers), len(job.papers))
    title = trn("{count} paper", "{count} papers", count=len(parts))
    pdf = whole.pdf(title, "", now, spoken())
    counts = [before[one.kind].get(one.number, 0) for one in job.papers]
    forms, notice = _on_forms(desk, values, [Reprint(count, job.reason) if count else None for count in counts], title)

    def again(reason: str) -> Paper:
        return compose(desk, replace(job, reason=reason), now, Ticket())

    return Paper("job", "", title, pdf, reason=job.reason, parts=tuple(parts), again=again, on_forms=forms,
                 notice=notice)


def _on_forms(
    desk: Desk, values: Sequence[Value], marks: Sequence[Reprint | None], title: str
) -> tuple[tuple[OnForm, ...], str]:
    """Say how a job goes on forms: receipts on that of their book, papers of one other kind on any of theirs."""
    receipts = [value for value in values if isinstance(value, ReceiptPaper)]
    if not receipts:
        return on_forms(desk, values, title, marks), ""
    if len(receipts) < len(values):
        return (), ""
    of_books = forms_of(desk, [value.number for value in receipts])
    return receipts_on_form(desk, receipts, [of_books.get(value.number, "") for value in receipts], title)


def _part(one: Wanted, value: Value, before: int, reason: str, whole: Book) -> Paper:
    """Draw a paper twice: into the job, and as the file that is kept."""
    alone = Book()
    for book in (whole, alone):
        begun = len(book.pages)
        draw(book, value)
        if before and not isinstance(value, ReceiptPaper):  # a receipt says by itself which reprint it is
            for page in book.pages[begun:]:
                mark_reprint(page, before, reason, spoken())
    title = f"{paper_words(one.kind)} {one.number}"
    made = value.made if isinstance(value, (ReceiptPaper, SubscriptionPaper, ContractPaper)) else value.head.made
    pdf = alone.pdf(title, "", made)
    return Paper(one.kind.value, one.number, title, pdf, one.unit, one.deal, reason=reason if before else "")


def _receipt(desk: Desk, one: Wanted, now: datetime, reason: str) -> Value:
    return receipt_paper(desk, one.number, now, reason=reason)


def _subscription(desk: Desk, one: Wanted, now: datetime, _reason: str) -> Value:
    assert one.deal is not None
    return subscription_paper(desk, one.deal, now)


def _contract(desk: Desk, one: Wanted, now: datetime, _reason: str) -> Value:
    assert one.deal is not None
    return contract_paper(desk, one.deal, now)


def _house(desk: Desk, one: Wanted, now: datetime, _reason: str) -> Value:
    assert one.deal is not None
    return house_paper(desk, Wish(one.kind, one.deal, now.date()), now)


_GATHER: dict[PaperKind, Callable[[Desk, Wanted, datetime, str], Value]] = {
    PaperKind.RECEIPT: _receipt,
    PaperKind.SUBSCRIPTION: _subscription,
    PaperKind.CONTRACT: _contract,
}
