"""The card of a print job: how it stands, and what can be done: again, elsewhere, it came out, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.check import PaperKind
from salescenter.domain.papers.printing import JobState, Move, PrintJob, Way, may
from salescenter.domain.refusals import NotFound
from salescenter.i18n import mark, tr
from salescenter.services.papers.archive import newest_prints
from salescenter.services.printing.again import AgainRequest, demand_job, print_again
from salescenter.services.printing.jobs import UNKEPT
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import DangerButton, FilledButton, OutlinedButton
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Badge, Label
from salescenter.ui.kit.notices import Banner, EmptyState
from salescenter.ui.kit.panel import Card, hold, row, scrolled
from salescenter.ui.kit.paper_job import Wanted
from salescenter.ui.kit.print_watch import PrintWatch
from salescenter.ui.kit.printing_words import (
    copies_words,
    pages_words,
    sides_words,
    size_words,
    state_mark,
    tray_words,
    trouble,
)
from salescenter.ui.kit.reprint_many import ReprintMany
from salescenter.ui.kit.room import Room
from salescenter.ui.papers.again_sheet import AgainSheet
from salescenter.ui.papers.spoil_sheet import SpoilSheet

WIDTH = 340
_MAIN = {JobState.WAITING: mark("Print it now"), JobState.DOUBTFUL: mark("It came out")}
"""What the main action is called; where nothing is said, it prints again."""


class CentreCard(Card):
    """The chosen job."""

    def __init__(self, room: Room, watch: PrintWatch, changed: Callable[[], None]) -> None:
        super().__init__()
        self.room, self.watch, self._changed = room, watch, changed
        self.shown: PrintJob | None = None
        self.setFixedWidth(WIDTH)
        self.title, self.badge, self.banner = Label("", "headline", wrap=True), Badge(""), Banner()
        self.facts = FactsTable()
        self.main = FilledButton("", self.print_it, key="F8")
        self.again = OutlinedButton(tr("Again or elsewhere …"), self.ask_again)
        self.out = OutlinedButton(tr("It came out"), self.came_out)
        self.reprint = OutlinedButton(tr("Print again …"), self.ask_reprint)
        self.cancel = DangerButton(tr("Cancel the job"), self.cancel_it)
        self.spoiled = OutlinedButton(tr("A sheet was spoiled …"), self.ask_spoiled)
        ways = QWidget()
        flow = FlowLayout(ways, gap=6)
        for button in (self.main, self.again, self.reprint, self.out, self.spoiled, self.cancel):
            flow.addWidget(button)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setSpacing(12)
        inside.addWidget(self.title)
        inside.addLayout(row(self.badge, None))
        for piece in (self.banner, ways, self.facts):
            inside.addWidget(piece)
        inside.addStretch(1)
        self.inside = hold(inside)
        self.nothing = EmptyState(tr("No print job is chosen"), tr("Choose one in the list to see how it stands."),
                                  icon="printer")  # fmt: skip
        self.put(self.nothing, scrolled(self.inside))
        self.show_job(None)

    def show_job(self, job: PrintJob | None) -> None:
        """Show another job, or none."""
        self.shown = job
        self.inside.setVisible(job is not None)
        self.nothing.setVisible(job is None)
        if job is None:
            return
        self.title.setText(job.title)
        words, tone = state_mark(job.state)
        self.badge.setText(words)
        self.badge.set_tone(tone)
        self.banner.say(*(trouble(job) or ("", "")), "danger")
        self.facts.show_facts(self._facts(job))
        again = may(job.state, Move.AGAIN) and job.why != UNKEPT
        asks = again and job.state not in (JobState.QUEUED, JobState.PRINTING)
        self.main.setVisible(asks)
        self.main.setText(tr(_MAIN.get(job.state, _AGAIN)))
        self.again.setVisible(again)
        self.reprint.setVisible(job.state is JobState.PRINTED and bool(job.papers))
        self.out.setVisible(job.state is JobState.FAILED)
        self.spoiled.setVisible(bool(job.form) and job.kind == PaperKind.RECEIPT)  # only their sheets are numbered
        self.cancel.setVisible(may(job.state, Move.CANCEL))

    def print_it(self) -> None:
        """Do what the job needs next: print it, print it again, or say that it came out."""
        job = self.shown
        if job is None or self.main.isHidden():
            return
        if job.state is JobState.DOUBTFUL:
            self.came_out()
        elif job.sheets:
            self.ask_again()  # some pages are out: which are wanted must be said
        else:
            self.send(AgainRequest(job.key, job.way))

    def ask_again(self) -> None:
        """Ask where and from which page on."""
        if self.shown is not None:
            AgainSheet(self.room, self.watch, self.shown, self.send).stand_over(self.window())

    def ask_reprint(self) -> None:
        """Print the papers of a job that came out again: as the reprints they are, with a reason."""
        job, desk = self.shown, self.room.desk
        if job is None:
            return

        def look() -> list[Wanted]:
            demand_job(desk, job)
            newest = newest_prints(desk, job.papers)
            if not newest:
                raise NotFound(what="paper", sought=job.title)
            return [Wanted(PaperKind(key[0]), key[1], None, None, newest[key]) for key in job.papers if key in newest]

        def ask(wanted: list[Wanted]) -> None:
            ReprintMany(self.room, wanted).stand_over(self.window())

        self.room.papers.run(look, ask, owner=self, refused=self.room.refuse)

    def send(self, asked: AgainRequest) -> None:
        """Hand the job over once more."""
        desk, house, now = self.room.desk, self.watch.house, self.room.now()
        self._do(lambda: print_again(desk, house, asked, now), self.watch.wake)

    def ask_spoiled(self) -> None:
        """Ask which numbered sheet was spoiled, and why."""
        if self.shown is not None:
            SpoilSheet(self.room, self.shown.number).stand_over(self.window())

    def came_out(self) -> None:
        """Somebody has the sheets in hand."""
        if self.shown is not None:
            self._settle(partial(self.watch.house.came_out, self.shown.key, self.room.now()))

    def cancel_it(self) -> None:
        """Give the job up, at the printer too."""
        if self.shown is not None:
            self._settle(partial(self.watch.house.cancel, self.shown.key, self.room.now()))

    def _settle(self, deed: Callable[[], PrintJob]) -> None:
        job, desk = self.shown, self.room.desk

        def do() -> PrintJob:
            assert job is not None
            demand_job(desk, job)
            return deed()

        self._do(do, self.watch.look)

    def _do(self, deed: Callable[[], PrintJob], then: Callable[[], None] = lambda: None) -> None:
        def done(job: PrintJob) -> None:
            self.show_job(job)
            then()

        self.room.papers.run(deed, done, owner=self, refused=self.room.refuse, after=self._changed)

    def _facts(self, job: PrintJob) -> list[Fact]:
        now = self.room.now()
        facts = [
            Fact(tr("Printer"), job.way.printer, strong=True, tip=job.way.printer),
            *_ways(job.way),
            Fact(tr("Pages"), pages_words(job)),
            Fact(tr("Printed by"), job.by or formats.NOTHING),
            Fact(tr("Asked for at"), formats.moment(job.at, now)),
        ]
        if job.copies:
            facts.append(Fact(tr("Copies for"), copies_words(job.copies)))
        if job.form:
            facts.append(Fact(tr("On the form"), job.form))
        if job.tries > 1:
            facts.append(Fact(tr("Tries"), str(job.tries), tone="warning"))
        if job.changed is not None:
            facts.append(Fact(tr("Last heard"), formats.moment(job.changed, now)))
        return facts


def _ways(way: Way) -> Iterator[Fact]:
    """How it goes on paper, each on its own line: beside a long name none of it was read."""
    if way.tray:
        yield Fact(tr("Tray"), tray_words(way.tray))
    yield Fact(tr("Sides"), sides_words(way.sides))
    if way.size:
        yield Fact(tr("Paper size"), size_words(way.size))


_AGAIN = mark("Hand over again")
