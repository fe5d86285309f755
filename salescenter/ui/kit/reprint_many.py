"""Asks why several papers are printed again, and makes one job of them with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from salescenter.i18n import tr
from salescenter.ui.kit.form_run import papers_words
from salescenter.ui.kit.issuing import reason_form
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress, Ticket
from salescenter.ui.kit.paper_job import Job, Wanted, compose
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.waiting import ProgressPanel

if TYPE_CHECKING:
    from salescenter.ui.kit.paper import Paper


class ReprintMany(Sheet):
    """One reason for all; those never printed before come out as originals."""

    def __init__(self, room: Room, wanted: Sequence[Wanted]) -> None:
        super().__init__(tr("Print again"), width=480, subtitle=papers_words(len(wanted)))
        self.room, self._wanted, self._ticket = room, tuple(wanted), Ticket()
        self.put_form(reason_form())
        self.put(Label(tr("Each says what it said when it was printed, with the number of its reprint and the reason."),
                       "muted", wrap=True))  # fmt: skip
        self.progress = ProgressPanel(tr("Making the job"), cancel=self._stop)
        self.progress.hide()
        self.put(self.progress, None)
        self.main_action(tr("Show the reprints"), self._press)

    def _press(self) -> None:
        assert self.form is not None
        if not self.form.check():
            return
        desk, now, job = self.room.desk, self.room.now(), Job(self._wanted, self.form.value("reason"))
        self.progress.show_progress(Progress(0, len(self._wanted)))
        self.progress.show()
        self.busy()
        self._ticket = self.room.papers.pursue(
            lambda told: compose(desk, job, now, told), self._made, owner=self, refused=self.refuse,
            progress=self.progress.show_progress, after=self._over,
        )  # fmt: skip

    def _stop(self) -> None:
        self._ticket.cancel()

    def _made(self, job: Paper) -> None:
        self.finish()
        self.room.show_paper(job)

    def _over(self) -> None:
        self.progress.hide()
        self.busy(False)

    def reject(self) -> None:
        """Esc stops what is under way, too."""
        self._stop()
        super().reject()
