"""Backup, seals and check: copies made while everybody works, opened again and verified; every law checked now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from salescenter.domain.refusals import FieldMalformed, Stopped
from salescenter.i18n import tr, trn
from salescenter.services import auto_backup, backups
from salescenter.services.backups import Failed, Remembered
from salescenter.services.check import LAWS, Broken, check
from salescenter.services.reports.agreement import figures_agree
from salescenter.services.upkeep import BackedUp
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.lane import Progress, Ticket
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, column, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.waiting import ProgressPanel
from salescenter.ui.kit.words import refusal_words
from salescenter.ui.settings.backup_plan import BackupPlanPanel
from salescenter.ui.settings.seals import SealPanel
from salescenter.ui.settings.section import SectionView


class UpkeepSection(SectionView):
    """The backup, its plan, the sealed history, the check."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Backup and check", context="settings"),
            tr("A backup counts only when its copy was opened again and every law held in it. Keep one outside this "
               "PC."),
        )
        self._ticket = Ticket()
        self.plan: BackupPlanPanel | None = None
        self.put(self._backup_panel())
        if backups.can_back_up(room.desk):
            self.plan = BackupPlanPanel(self, self.form(columns=3))
            self.main_action(tr("Keep the plan"), self.keep_plan)
            self.put(self.plan)
        self.seals = SealPanel(self)
        self.put(self.seals, self._check_panel())

    def load(self) -> None:
        """Look up the last verified backup, the plan, and the backups there are."""
        desk = self.room.desk
        self.fetch(lambda: (backups.last(desk), backups.failed(desk)), lambda found: self._show_last(*found))
        self.seals.load()
        if self.plan is not None:
            self.fetch(self.plan.fetch(), self.plan.show_planned)

    def keep_plan(self) -> None:
        """Keep the plan of the backups made by themselves."""
        if self.plan is None or not self.check():
            return
        desk, now, key = self.room.desk, self.room.now(), self.key
        try:
            wanted = self.plan.wanted()
        except FieldMalformed as refused:
            self.refuse(refused)
            return
        self.send(lambda: auto_backup.change_plan(desk, wanted, now, key), tr("The plan of the backups is kept."))

    def back_up(self) -> None:
        """Make a backup in the folder chosen."""
        desk, now = self.room.desk, self.room.now()
        target = Path(self.folder.value()) / backups.file_name(desk, now)

        def make(ticket: Ticket) -> BackedUp:
            def tell(done: int, whole: int) -> None:
                if ticket.cancelled:
                    raise Stopped(what="backup")
                ticket.tell(done, whole)

            return backups.make(desk, target, now, tell)

        self.now.setEnabled(False)
        self.progress.show_progress(Progress(0, 0))
        self.progress.show()
        self._ticket = self.room.papers.pursue(
            make, self._made, owner=self, progress=self.progress.show_progress, refused=self.refuse, after=self._over
        )

    def check_now(self) -> None:
        """Check every law and every figure of the database at work."""
        desk = self.room.desk
        self.check_button.setEnabled(False)
        self.checked.say(tr("Checking …"), "", "neutral")
        self.room.papers.run(
            lambda: check(desk, figures_agree), self._show_broken, owner=self, refused=self.checked.refuse,
            after=lambda: self.check_button.setEnabled(True),
        )  # fmt: skip

    def _backup_panel(self) -> Panel:
        panel = Panel(tr("Backup"))
        desk = self.room.desk
        self.facts = FactsTable()
        self.folder = LineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.progress = ProgressPanel(tr("Copying and verifying"), cancel=self._stop)
        self.progress.hide()
        self.now = OutlinedButton(tr("Back up now"), self.back_up)
        if backups.can_back_up(desk):
            self.folder.put(str(auto_backup.usual_folder(desk)))
            choose = OutlinedButton(tr("Choose …"), self._choose)
            where = column(Label(tr("Folder"), "section"), row(self.folder, choose), gap=4)
            panel.put(self.facts, where, row(self.now, None), self.progress)
        else:
            words = tr("The database stands on a PostgreSQL server, and this PC has no pg_dump: back it up there.")
            panel.put(self.facts, Label(words, "muted", wrap=True))
        return panel

    def _check_panel(self) -> Panel:
        panel = Panel(tr("Check", context="settings"))
        words = tr("Looks whether every law of the house holds now: one living deal a unit, schedule = price, "
                   "receipts = paid, numbers without gaps, figures = lists, history = seals.")  # fmt: skip
        self.checked = Banner()
        self.checked.hide()
        self.broken: RecordTable[Broken] = RecordTable(
            [Column(tr("Law"), lambda one: tr(one.law)), Column(tr("Broken by"), lambda one: one.about)],
            now=self.room.now,
        )
        self.broken.setMinimumHeight(180)
        self.broken.hide()
        self.check_button = OutlinedButton(tr("Check now"), self.check_now)
        panel.put(Label(words, "muted", wrap=True), row(self.check_button, None), self.checked, self.broken)
        return panel

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Folder for backups"), self.folder.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _stop(self) -> None:
        self._ticket.cancel()

    def _over(self) -> None:
        self.now.setEnabled(True)
        self.progress.hide()

    def _made(self, done: BackedUp) -> None:
        self.load()
        self.room.changed()  # the line at the foot of the window tells of the last good one, too
        if done.broken:
            said = trn("The copy was made, but {count} law does not hold in it.",
                       "The copy was made, but {count} laws do not hold in it.", count=len(done.broken))  # fmt: skip
            self.say(said, tr("Check the database below."), "danger")
            self._show_broken(list(done.broken))
        else:
            self.say(tr("Backed up and verified: {file}", file=done.path.name))

    def _show_last(self, last: Remembered | None, failed: Failed | None) -> None:
        now = self.room.now()
        bad = [_failed_fact(failed, formats.moment(failed.at, now))] if failed else []
        if last is None:
            nothing = Fact(tr("Last verified backup"), tr("none yet"), tone="warning", strong=True)
            self.facts.show_facts([nothing, *bad])
            return
        self.facts.show_facts([
            Fact(tr("Last verified backup"), formats.moment(last.at, now), strong=True),
            Fact(tr("File", context="settings"), last.path, tip=last.path),
            Fact(tr("Made at the PC"), last.pc or "-"),
            Fact(tr("Restore drill"), tr("restored for a trial, every law holds in it")),
            Fact(tr("Size"), f"{last.bytes / 1_000_000:,.1f} MB"),
            Fact(tr("Fingerprint"), last.sha256[:16], tip=f"SHA-256 {last.sha256}"),
            *bad,
        ])  # fmt: skip

    def _show_broken(self, found: list[Broken]) -> None:
        self.broken.set_rows(found)
        self.broken.setVisible(bool(found))
        if found:
            self.checked.say(trn("{count} law is broken.", "{count} laws are broken.", count=len(found)),
                             tr("Keep a backup and ask whoever looks after the program."), "danger")  # fmt: skip
        else:
            said = tr("Every law holds: {count} laws, and every figure agrees with its list.", count=len(LAWS) + 1)
            self.checked.say(said, "", "accent")


def _failed_fact(failed: Failed, at: str) -> Fact:
    sentence, remedy = refusal_words(failed.trouble)
    words = tr("{at} at {pc}: {why}", at=at, pc=failed.pc, why=sentence)
    return Fact(tr("Last failure"), words, tone="danger", tip=f"{words}\n{remedy}")
