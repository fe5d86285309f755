"""Many papers as one job: each gathered and kept on its own, all on one run of pages; what left before, as it read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from salescenter.domain.errors import Refusal
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.contract import ContractPaper
from salescenter.domain.papers.form_fields import filling_of
from salescenter.domain.papers.receipt import ReceiptPaper, Reprint
from salescenter.domain.papers.subscription import SubscriptionPaper
from salescenter.domain.refusals import NotFound, ReasonMissing, Stopped
from salescenter.domain.units import Step
from salescenter.i18n import spoken, tr
from salescenter.print.batch import draw
from salescenter.print.book import Book
from salescenter.print.reprint import mark_reprint
from salescenter.services.papers.again import overtaken, repeats
from salescenter.services.papers.archive import KeptPrint, Key, last_prints, printed_counts, prints_as_they_were
from salescenter.services.papers.contracts import contract_paper, subscription_paper
from salescenter.services.papers.house import HousePaper, Wish, house_paper
from salescenter.services.papers.receipts import receipt_paper
from salescenter.services.papers.titles import paper_words
from salescenter.services.work import Desk
from salescenter.ui.kit.form_run import papers_words
from salescenter.ui.kit.lane import Ticket
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.pdfium import joined
from salescenter.ui.kit.reprinting import over
from salescenter.ui.kit.stationery import ForForms, as_it_said, on_forms
from salescenter.ui.kit.words import refusal_words

Value = ReceiptPaper | SubscriptionPaper | ContractPaper | HousePaper


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of a job: its number, and what it is about; paper: the print of the archive that is wanted again."""

    kind: PaperKind
    number: str
    unit: int | None
    deal: int | None
    paper: int | None = None

    @property
    def key(self) -> Key:
        """By which the archive knows it."""
        return self.kind.value, self.number

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{paper_words(self.kind)} {self.number}"


@dataclass(frozen=True, slots=True)
class Job:
    """The papers of a job in their order, and why those that were printed before are printed again."""

    papers: Sequence[Wanted]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a job knows of the papers it makes: how often each was printed, those prints, and what a change overtook."""

    desk: Desk
    now: datetime
    reason: str
    counts: Mapping[Key, int]
    kept: Mapping[Key, KeptPrint]
    overtaken: frozenset[Key] = frozenset()

    def mark(self, one: Wanted) -> Reprint | None:
        """Which reprint it is; none of a first print."""
        return Reprint(count, self.reason) if (count := self.counts.get(one.key, 0)) else None


@dataclass(slots=True)
class _Run:
    """The pages of a job in their order, drawn or as they were kept; its papers, and those that could not be made."""

    sheaves: list[Book | bytes] = field(default_factory=list)
    parts: list[Paper] = field(default_factory=list)
    forms: list[ForForms] = field(default_factory=list)
    refused: list[tuple[str, Refusal]] = field(default_factory=list)

    def book(self) -> Book:
        """Pages to draw on, behind what is there."""
        if not (self.sheaves and isinstance(self.sheaves[-1], Book)):
            self.sheaves.append(Book())
        last = self.sheaves[-1]
        assert isinstance(last, Book)
        return last

    def pdf(self, title: str, now: datetime) -> bytes:
        """All pages as one file."""
        made = [one.pdf(title, "", now, spoken()) if isinstance(one, Book) else one for one in self.sheaves]
        return made[0] if len(made) == 1 else joined(made)


def compose(desk: Desk, job: Job, now: datetime, ticket: Ticket) -> Paper:
    """Gather and draw every paper; runs in the papers lane, tells its progress and stops when it is asked to.

    Refuses with ReasonMissing where one was printed before and the job says no reason. A paper that cannot be made is
    left out and named; refuses where none can.
    """
    known, run = _looked_up(desk, job, now), _Run()
    for at, one in enumerate(job.papers):
        if ticket.cancelled:
            raise Stopped(what="papers")
        ticket.tell(at, len(job.papers), one.title)
        try:
            _put(run, known, one)
        except Refusal as why:
            run.refused.append((one.title, why))
    ticket.tell(len(job.papers), len(job.papers))
    if not run.parts:
        raise run.refused[0][1]

    def again(reason: str) -> Paper:
        return compose(desk, replace(job, reason=reason), now, Ticket())

    title = papers_words(len(run.parts))
    forms, notice = on_forms(desk, run.forms, title)
    return Paper("job", "", title, run.pdf(title, now), reason=job.reason, parts=tuple(run.parts), again=again,
                 on_forms=forms, notice=" ".join(filter(None, (*_left_out(run), notice))))


def _left_out(run: _Run) -> Iterator[str]:
    for title, why in run.refused:
        yield tr("Left out: {paper}. {why}", paper=title, why=refusal_words(why)[0])


def _looked_up(desk: Desk, job: Job, now: datetime) -> _Known:
    """Look up at once what was printed before, and open those prints; the history is told of all in one work."""
    counts = {(kind.value, number): count for kind in {one.kind for one in job.papers}
              for number, count in printed_counts(desk, kind).items()}  # fmt: skip
    before = [one for one in job.papers if one.key in counts]
    if before and not job.reason:
        raise ReasonMissing(step=Step.PRINT_PAPER)
    if not before:
        return _Known(desk, now, job.reason, counts, {})
    chosen = {one.paper: one.key for one in before if one.paper is not None}
    kept = {chosen[at]: print_ for at, print_ in prints_as_they_were(desk, list(chosen), now).items()}
    kept |= last_prints(desk, [one.key for one in before if one.paper is None], now)
    return _Known(desk, now, job.reason, counts, kept, overtaken(desk, now))


def _put(run: _Run, known: _Known, one: Wanted) -> None:
    """Add a paper to the run: drawn, or as it was kept with the mark of its reprint."""
    gathered = _gathered(known, one)
    mark = known.mark(one)
    if isinstance(gathered, KeptPrint):
        assert mark is not None
        says, pdf = gathered.said, over(gathered.pdf, mark.count, mark.reason, known.now)
        run.sheaves.append(pdf)
    else:
        says, pdf = filling_of(gathered), _drawn(run, gathered, one, mark)
    went_on = known.kept[one.key].form if one.key in known.kept else ""
    run.forms.append(ForForms(replace(says, reprint=mark) if says is not None else None, went_on))
    run.parts.append(Paper(one.kind.value, one.number, one.title, pdf, one.unit, one.deal,
                           reason=known.reason if mark else "", says=says))


def _gathered(known: _Known, one: Wanted) -> Value | KeptPrint:
    """Gather what a paper says: for a reprint what it said, unless a change made it void or another one since."""
    kept = known.kept.get(one.key)
    if one.paper is not None:
        if kept is None:
            raise NotFound(what="paper", sought=one.number)
        return kept if one.kind is not PaperKind.RECEIPT else _receipt(known, one, kept)
    if one.kind is PaperKind.RECEIPT:
        return _receipt(known, one, None if one.key in known.overtaken else kept)
    if kept is None or one.key in known.overtaken:
        return _GATHER.get(one.kind, _house)(known, one)
    try:
        fresh = _GATHER.get(one.kind, _house)(known, one)
    except Refusal:  # it could not be issued any more; that it was issued stays true
        return kept
    return kept if repeats(kept, filling_of(fresh)) else fresh


def _receipt(known: _Known, one: Wanted, kept: KeptPrint | None) -> ReceiptPaper:
    value = receipt_paper(known.desk, one.number, known.now, reason=known.reason)
    return as_it_said(value, kept) if kept is not None else value


def _drawn(run: _Run, value: Value, one: Wanted, mark: Reprint | None) -> bytes:
    """Draw a paper twice: into the job, and as the file that is kept."""
    alone = Book()
    for book in (run.book(), alone):
        begun = len(book.pages)
        draw(book, value)
        if mark and not isinstance(value, ReceiptPaper):  # a receipt says by itself which reprint it is
            for page in book.pages[begun:]:
                mark_reprint(page, mark.count, mark.reason, spoken())
    made = value.made if isinstance(value, (ReceiptPaper, SubscriptionPaper, ContractPaper)) else value.head.made
    return alone.pdf(one.title, "", made)


def _subscription(known: _Known, one: Wanted) -> Value:
    assert one.deal is not None
    return subscription_paper(known.desk, one.deal, known.now)


def _contract(known: _Known, one: Wanted) -> Value:
    assert one.deal is not None
    return contract_paper(known.desk, one.deal, known.now)


def _house(known: _Known, one: Wanted) -> Value:
    assert one.deal is not None
    return house_paper(known.desk, Wish(one.kind, one.deal, known.now.date()), known.now)


_GATHER: dict[PaperKind, Callable[[_Known, Wanted], Value]] = {
    PaperKind.SUBSCRIPTION: _subscription,
    PaperKind.CONTRACT: _contract,
}
