"""Print many: choose receipts, agreements or contracts, make one job of them with progress and a way to stop."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.domain.papers.access import may_open
from salescenter.domain.papers.check import PaperKind
from salescenter.domain.refusals import ReasonMissing
from salescenter.i18n import mark, tr, trn
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.editors import Tick
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.issuing import ReasonSheet
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress, Ticket, Trouble
from salescenter.ui.kit.notices import Banner, EmptyState
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.paper import Paper
from salescenter.ui.kit.paper_job import Job, compose
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.turning import Turning
from salescenter.ui.kit.waiting import ProgressPanel
from salescenter.ui.papers.job_rows import IN_JOBS, JobRow, JobSearch, job_rows
from salescenter.ui.papers.two_days import two_days

WEEK = timedelta(days=7)
_CHOSEN, _ALL = mark("Make one job of {count} chosen"), mark("Make one job of all {count}")

ALL_DAYS = timedelta(days=3_653)


class JobView(QWidget):
    """The rows chosen become the job; where none is chosen, all that are shown."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._ticket, self._working = Ticket(), False
        self._narrow()
        self.table: RecordTable[JobRow] = RecordTable(
            _columns(), now=room.now, key=lambda one: (one.wanted.kind, one.wanted.number),
            empty=EmptyState(
                tr("Nothing to print in these days"),
                tr("Look over other days, or take in what was printed before."),
                icon="printer",
            ),
        )  # fmt: skip
        self.make = FilledButton("", self.print_it, key="F8")
        self.all = OutlinedButton(tr("Choose all"), self.table.view.selectAll)
        self.banner = Banner(closable=True)
        self.progress = ProgressPanel(tr("Making the job"), cancel=self._stop)
        self._lay_out()
        for editor in (self.kind, self.first, self.last, self.only_new):
            editor.edited.connect(self.load)
        begins_in(self, lambda: self.kind)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._count())

    def _narrow(self) -> None:
        """What narrows the rows: a kind, days, and whether it was printed before."""
        room, today = self.room, self.room.now().date()
        offered = [(kind.value, paper_words(kind)) for kind in IN_JOBS if may_open(room.desk.who.role, kind)]
        self.kind = ChipGroup(offered)
        if offered:
            self.kind.in_lines().put(offered[0][0])
        self.first, self.last = two_days(room, today - WEEK, today)
        self.only_new = Tick(tr("Only what was never printed"))
        self.only_new.put(True)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 8)
        layout.setSpacing(8)
        days = row(self.first, Label("–", "muted"), self.last)
        ways = row(self.only_new, None, self.all, self.make, gap=12)
        layout.addWidget(Turning(row(self.kind, days, None, gap=12), ways, gap=12))
        for piece in (self.banner, self.progress):
            layout.addWidget(piece)
            piece.hide()
        layout.addWidget(self.table, 1)

    def show_kind(self, kind: PaperKind) -> None:
        """Show what may be chosen of a kind, of all days."""
        self.kind.put(kind.value)
        self.first.put(self.room.now().date() - ALL_DAYS)
        self.load()

    def load(self) -> None:
        """Look up what may be chosen."""
        kind, first, last = self.kind.value(), self.first.value(), self.last.value()
        if kind is None or first is None or last is None:
            return
        desk, today = self.room.desk, self.room.now().date()
        sought = JobSearch(PaperKind(kind), first, last, bool(self.only_new.value()), today)
        self.table.begin_loading()
        self.room.lane.run(lambda: job_rows(desk, sought), self._show, owner=self, refused=self.room.refuse)

    def chosen(self) -> list[JobRow]:
        """The rows chosen, else all that are shown."""
        return self.table.selected() or self.table.rows()

    def status(self) -> str:
        """Count what would be printed."""
        return trn("{count} paper", "{count} papers", count=len(self.chosen()))

    def print_it(self, reason: str = "") -> None:
        """Make one job of the papers chosen and show it; those printed before need one reason."""
        rows = self.chosen()
        if not rows or self._working:
            return
        desk, now, job = self.room.desk, self.room.now(), Job([one.wanted for one in rows], reason)
        self.progress.show_progress(Progress(0, len(rows)))
        self.progress.show()
        self.make.setEnabled(False)
        self._working = True
        self._ticket = self.room.papers.pursue(
            lambda told: compose(desk, job, now, told), self._made, owner=self, progress=self.progress.show_progress,
            refused=self._refuse, after=self._over,
        )  # fmt: skip

    def _made(self, job: Paper) -> None:
        self.banner.hide()
        self.room.show_paper(job)

    def _refuse(self, trouble: Trouble) -> None:
        if isinstance(trouble, ReasonMissing):
            ReasonSheet(Paper("job", "", self.status(), b""), self.print_it).stand_over(self.window())
        else:
            self.banner.refuse(trouble)

    def _over(self) -> None:
        self._working = False
        self.progress.hide()
        self.make.setEnabled(True)

    def _stop(self) -> None:
        self._ticket.cancel()

    def _show(self, rows: tuple[JobRow, ...]) -> None:
        self.table.set_rows(rows)
        self._count()

    def _count(self) -> None:
        chosen, shown = len(self.table.selected()), len(self.table.rows())
        self.make.setText(tr(_CHOSEN if chosen else _ALL, count=chosen or shown))
        self.make.setEnabled(bool(shown) and not self._working)
        self.make.updateGeometry()
        if self.isVisible():
            self.room.say(self.status())


def _columns() -> list[Column[JobRow]]:
    return [
        Column(tr("Number"), lambda one: one.wanted.number, width=140),
        Column(tr("On day"), lambda one: one.day, Kind.DAY, width=96),
        Column(tr("Unit"), lambda one: one.code, width=110),
        Column(tr("Name"), lambda one: one.name),
        Column(tr("Amount"), lambda one: one.amount, Kind.MONEY, width=150, total=True),
        Column("", _printed, Kind.BADGE, width=130),
    ]


def _printed(one: JobRow) -> Mark:
    if not one.printed:
        return Mark(tr("not printed yet"), "accent")
    return Mark(tr("printed {count}×", count=one.printed), "neutral")
