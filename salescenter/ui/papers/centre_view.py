"""The print centre (打印中心): what waits, prints, failed and was printed on this PC, by whom, where, for whom."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salescenter.domain.papers.printing import ASKS, AT_THE_PRINTER, OVER, JobState, PrintJob
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import mark, tr, trn
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.notices import Banner, EmptyState
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.printer_strip import PrinterStrip
from salescenter.ui.kit.printing_words import copies_words, pages_words, remark, state_mark, trouble
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.turning import Turning
from salescenter.ui.papers.blank_sheet import BlankSheet
from salescenter.ui.papers.centre_card import CentreCard

_SHOWN: dict[str, tuple[str, frozenset[JobState]]] = {
    "all": (mark("All jobs"), frozenset(JobState)),
    "asks": (mark("Waiting for somebody"), ASKS),
    "moving": (mark("At the printers"), AT_THE_PRINTER),
    "over": (mark("Printed or cancelled"), OVER),
}
OFTEN = 30_000
"""Milliseconds after which the printers are looked at again while the centre is open."""


class CentreView(QWidget):
    """The jobs of this PC, the printers above them, the chosen job's card beside them."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room, self.watch = room, room.printing()
        self.shown = ChipGroup([(key, tr(words)) for key, (words, _) in _SHOWN.items()]).in_lines()
        self.shown.put("all")
        self._jobs: tuple[PrintJob, ...] = ()
        self.banner = Banner()
        self.printers = PrinterStrip()
        self.table: RecordTable[PrintJob] = RecordTable(
            _columns(), now=room.now, key=lambda job: job.key, empty=_nothing()
        )
        self.card = CentreCard(room, self.watch, self.load)
        self._lay_out()
        self.shown.edited.connect(self._show_jobs)
        self.table.picked.connect(self.card.show_job)
        self.table.opened.connect(lambda _: self.card.print_it())
        self.watch.moved.connect(lambda _: self._fetch())
        self.watch.silent.connect(self.banner.refuse)
        self.watch.looked.connect(self._hear)
        self._often = QTimer(self)
        self._often.setInterval(OFTEN)
        self._often.timeout.connect(lambda: self.load() if self.isVisible() else None)
        self._often.start()
        begins_in(self, lambda: self.shown)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        again = OutlinedButton(tr("Look again"), self.load)
        self.blank = OutlinedButton(tr("Blank sheets were spoiled …"), self.ask_blank)
        if not may(self.room.desk.who.role, Step.RECEIVE_MONEY):
            self.blank.hide()  # shown before it stands in the view, it would flash up as a window and take the keys
        for piece in (Turning(row(self.shown, None), row(self.blank, again, None)), self.printers, self.banner):
            left.addWidget(piece)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(self.card)

    def load(self) -> None:
        """Look at the printers and the jobs."""
        self.watch.look()
        self._fetch()
        house = self.watch.house
        self.room.papers.run(house.spooler.printers, self._show_printers, owner=self, refused=self.banner.refuse)

    def status(self) -> str:
        """Count what waits for somebody."""
        waits = sum(job.state in ASKS or job.hitch is not None for job in self._jobs)
        return trn("{count} print job waits for somebody.", "{count} print jobs wait for somebody.", count=waits)

    def print_it(self) -> None:
        """F8: what the chosen job needs next."""
        self.card.print_it()

    def ask_blank(self) -> None:
        """Ask which blank sheets of a receipt book were spoiled."""
        BlankSheet(self.room).stand_over(self.window())

    def _fetch(self) -> None:
        queue, project = self.watch.house.queue, self.watch.project
        self.room.papers.run(lambda: queue.jobs(project), self._show, owner=self, refused=self.room.refuse)

    def _hear(self) -> None:
        """The print service answers."""
        self.banner.hide()

    def _show(self, jobs: tuple[PrintJob, ...]) -> None:
        self._jobs = jobs
        self._show_jobs()
        if self.isVisible():
            self.room.say(self.status())

    def _show_jobs(self) -> None:
        _, states = _SHOWN[self.shown.value() or "all"]
        rows = tuple(job for job in self._jobs if job.state in states)
        self.table.set_rows(rows)
        if self.table.current() is None and rows:
            self.table.select_key(rows[0].key)
        self.card.show_job(self.table.current())

    def _show_printers(self, found: tuple[Printer, ...]) -> None:
        self.printers.show_printers(found)
        self.banner.hide()


def _nothing() -> EmptyState:
    return EmptyState(
        tr("No print job here"),
        tr("Whatever is printed on this PC passes here: it is kept until it came out. Print a paper from a deal, a "
           "receipt or “Print many”."),
        icon="printer",
    )  # fmt: skip


def _columns() -> list[Column[PrintJob]]:
    return [
        Column(tr("At"), lambda job: job.at, Kind.MOMENT, width=104),
        Column(tr("Paper"), lambda job: job.title, width=110, grows=176, tip=lambda job: job.title),
        Column("", _state, Kind.BADGE, width=120),
        Column(tr("Printer"), _printer, width=110, spare=True, grows=240, tip=_printer),
        Column(tr("Copies for"), _copies, width=110, spare=True, grows=180, tip=_copies),
        Column(tr("Pages out"), pages_words, width=84, spare=True),
        Column(tr("Printed by"), lambda job: job.by, width=84, spare=True),
        Column(tr("Remark"), remark, spare=True, tone=lambda job: "danger" if trouble(job) else "muted", tip=remark),
    ]


def _copies(job: PrintJob) -> str:
    return copies_words(job.copies)


def _printer(job: PrintJob) -> str:
    return job.way.printer


def _state(job: PrintJob) -> Mark:
    return Mark(*state_mark(job.state))
