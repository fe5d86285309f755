"""One paper's way to the printer: made ready as a job of this PC before the archive keeps it, then handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from salescenter.domain.papers.printing import PrintJob, Sides, Way
from salescenter.i18n import spoken
from salescenter.print.recipient import recipient_sheets
from salescenter.services.printing.jobs import UNKEPT, PrintHouse, Rest
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.pdfium import joined, laid_over, page_sizes, parted


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: the paper's words, who asks in which project, how, for whom, on which form.

    papers: kind and number of each numbered paper in it.
    """

    kind: str
    number: str
    title: str
    project: int
    by: str
    way: Way
    copies: tuple[str, ...] = ()
    form: str = ""
    papers: tuple[tuple[str, str], ...] = ()


class Sending:
    """Sends one paper; what did not leave is sent again as the same job, so that nothing waits there twice."""

    def __init__(self, house: PrintHouse, now: Callable[[], datetime]) -> None:
        self._house, self._now = house, now
        self._left = ""  # the job that was kept and never taken

    def ready(self, order: Order, pdf: bytes) -> None:
        """Keep the job, a copy for each who gets one, before the archive keeps its paper: a crash between is seen.

        Runs in the papers lane.
        """
        now, queue = self._now(), self._house.queue
        whole = copies_of(pdf, order.copies, order.way.sides, now)
        sizes = page_sizes(whole)
        if self._left:
            self._house.again(self._left, order.way, now, Rest(whole, len(sizes), sizes[0]))
        else:
            self._left = uuid4().hex
            job = PrintJob(self._left, order.project, order.kind, order.number, order.title, order.by, now, order.way,
                           order.copies, len(sizes), sizes[0], order.form, why=UNKEPT, papers=order.papers)  # fmt: skip
            queue.put(job, whole, now)

    def back(self) -> None:
        """Take the job back that was made ready, since its paper was not kept."""
        if self._house.queue.job(self._left).why == UNKEPT:
            self._house.queue.forget(self._left)
            self._left = ""

    def send(self) -> PrintJob:
        """Hand the job over that is ready. Raises PrinterAway, with the job kept."""
        sent = self._house.send(self._left, self._now())
        self._left = ""
        return sent


def on_fresh_sheets(paper: Paper, pdf: bytes, sides: Sides) -> bytes:
    """Return a job for both sides of sheets so that no paper stands on the back of another: they go to two customers.
    """
    if sides is Sides.ONE or len(paper.parts) < 2:
        return pdf
    return parted(pdf, [len(page_sizes(part.pdf)) for part in paper.parts])


def copies_of(pdf: bytes, copies: tuple[str, ...], sides: Sides, made: datetime) -> bytes:
    """Return a paper once for each recipient, each page saying for whom it is; as it is where there is none."""
    if not copies:
        return pdf
    lang, count = spoken(), len(copies)

    def copy(number: int, who: str) -> bytes:
        return laid_over(pdf, lambda sizes: recipient_sheets(sizes, who, number, count, made, lang))

    return joined([copy(number, who) for number, who in enumerate(copies, 1)], turned=sides is not Sides.ONE)
