"""Asks where a print job goes this time, and from which page on."""

from __future__ import annotations

from collections.abc import Callable

from salescenter.domain.papers.printing import JobState, PrintJob, Sides
from salescenter.i18n import tr
from salescenter.services.printing.again import AgainRequest
from salescenter.services.printing.jobs import Rest
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.editors import WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.pdfium import page_sizes, pages_from
from salescenter.ui.kit.print_watch import PrintWatch
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.way_fields import WayFields


class AgainSheet(Sheet):
    """`send(AgainRequest)` goes on."""

    def __init__(self, room: Room, watch: PrintWatch, job: PrintJob, send: Callable[[AgainRequest], object]) -> None:
        super().__init__(tr("Hand over again"), width=520, subtitle=job.title)
        self._job, self._send, self._papers, self._queue = job, send, room.papers, watch.house.queue
        grid = FormGrid(columns=2)
        self._way = WayFields(grid)
        grid.add("first", tr("From page"), WholeEdit(), required=True,
                 hint=tr("{count} pages in all; the printer says that {out} are out.", count=job.pages, out=job.sheets))
        grid.put(first=self._first())
        self.put_form(grid)
        if job.state is not JobState.WAITING:
            self.put(Label(tr("What came out before is valid too. Destroy it, or the paper exists twice; the history "
                              "tells that it was handed over again."), "muted", wrap=True))  # fmt: skip
        self.put(None)
        self.main_action(tr("Print"), self._press)
        room.papers.run(watch.house.spooler.printers, self._offer, owner=self, refused=self.refuse)

    def _first(self) -> int:
        """After the pages that are out; both sides of a sheet come out together."""
        out = min(self._job.sheets, self._job.pages - 1)
        return 1 + (out if self._job.way.sides is Sides.ONE else out - out % 2)

    def _offer(self, found: tuple[Printer, ...]) -> None:
        self._way.offer(found)
        self._way.put(self._job.way)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        first, way = self.form.value("first"), self._way.value()
        if way is None or not 1 <= first <= self._job.pages:
            self.form.field("first").set_error(tr("Enter a page from 1 to {last}.", last=self._job.pages))
            return
        key, queue, send = self._job.key, self._queue, self._send

        def cut() -> Rest | None:
            if first == 1:
                return None
            pdf = pages_from(queue.pdf(key), first)
            sizes = page_sizes(pdf)
            return Rest(pdf, len(sizes), sizes[0])

        def go_on(rest: Rest | None) -> None:
            self.finish()
            send(AgainRequest(key, way, rest))

        self._papers.run(cut, go_on, owner=self, refused=self.refuse)
