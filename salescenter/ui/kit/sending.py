"""One paper's way to the printer: a copy for each who gets one, kept as a job of this PC, then handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from salescenter.domain.papers.printing import PrintJob, Sides, Way
from salescenter.i18n import spoken
from salescenter.print.recipient import recipient_sheets
from salescenter.services.printing.jobs import PrintHouse, Rest
from salescenter.ui.kit.pdfium import joined, laid_over, page_sizes


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

    def send(self, order: Order, pdf: bytes) -> PrintJob:
        """Keep the job and hand it over; runs in the papers lane. Raises PrinterAway, with the job kept."""
        now, queue = self._now(), self._house.queue
        whole = copies_of(pdf, order.copies, order.way.sides, now)
        sizes = page_sizes(whole)
        if self._left:
            self._house.again(self._left, order.way, now, Rest(whole, len(sizes), sizes[0]))
        else:
            self._left = uuid4().hex
            job = PrintJob(self._left, order.project, order.kind, order.number, order.title, order.by, now, order.way,
                           order.copies, len(sizes), sizes[0], order.form, papers=order.papers)  # fmt: skip
            queue.put(job, whole, now)
        sent = self._house.send(self._left, now)
        self._left = ""
        return sent


def copies_of(pdf: bytes, copies: tuple[str, ...], sides: Sides, made: datetime) -> bytes:
    """Return a paper once for each recipient, each page saying for whom it is; as it is where there is none."""
    if not copies:
        return pdf
    lang, count = spoken(), len(copies)

    def copy(number: int, who: str) -> bytes:
        return laid_over(pdf, lambda sizes: recipient_sheets(sizes, who, number, count, made, lang))

    return joined([copy(number, who) for number, who in enumerate(copies, 1)], turned=sides is not Sides.ONE)
