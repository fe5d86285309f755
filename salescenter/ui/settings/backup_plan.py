"""The plan of the backups made by themselves, and those that lie in their folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFileDialog

from salescenter.domain.backup_plan import LIMITS, BackupPlan
from salescenter.i18n import tr
from salescenter.services import auto_backup, backups
from salescenter.services.auto_backup import Listed
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.settings.section import SectionView


@dataclass(frozen=True, slots=True)
class Planned:
    """What the panel shows: the plan in force and the backups in its folder."""

    plan: BackupPlan
    made: tuple[Listed, ...]


class BackupPlanPanel(Panel):
    """When backups are made by themselves, where they go, how long they stay."""

    def __init__(self, section: SectionView, form: FormGrid) -> None:
        super().__init__(tr("Automatic backups"))
        self._section, self.grid = section, form
        shared = tr("The PC that has this folder makes them, if its log-in may; else the server's, by “salescenter "
                    "backup”.") if not backups.is_file(section.room.desk) else ""  # fmt: skip
        form.add("folder", tr("Folder", context="backups"), LineEdit(), required=True, hint=shared)
        form.add("second", tr("Second place"), LineEdit(), hint=tr("Another disk or a USB stick. Empty: none."))
        form.add("hours", tr("Hours between two"), WholeEdit(), required=True,
                 hint=tr("0: only at each day's close."))  # fmt: skip
        form.add("days", tr("Keep one a day, days"), WholeEdit(), required=True)
        form.add("weeks", tr("Keep one a week, weeks"), WholeEdit(), required=True)
        form.add("months", tr("Keep one a month, months"), WholeEdit(), required=True)
        self.made: RecordTable[Listed] = RecordTable(
            [Column(tr("Made"), lambda one: one.at, Kind.MOMENT),
             Column(tr("File", context="settings"), lambda one: one.path.name),
             Column(tr("Size"), lambda one: f"{one.bytes / 1_000_000:,.1f} MB")], now=section.room.now,
            empty=EmptyState(tr("No backup yet"), tr("Backups made by hand or by themselves stand here.")),
        )  # fmt: skip
        self.made.setMinimumHeight(170)
        choose = OutlinedButton(tr("Choose the folder …"), lambda: self._choose("folder"))
        second = OutlinedButton(tr("Choose the second place …"), lambda: self._choose("second"))
        words = tr("While the program is open a backup is made by itself, opened again and checked, at the day's close "
                   "too. Everything of the last 24 hours stays; backups made by hand are never removed.")  # fmt: skip
        self.put(Label(words, "muted", wrap=True), form, row(choose, second, None), self.made)

    def fetch(self) -> Callable[[], Planned]:
        """Return the job that reads what the panel shows."""
        desk = self._section.room.desk
        return lambda: Planned(auto_backup.plan(desk), auto_backup.listed(desk))

    def show_planned(self, found: Planned) -> None:
        """Show the plan in force and the backups there are."""
        self.grid.put(**found.plan.written())
        self.made.set_rows(list(found.made))

    def wanted(self) -> BackupPlan:
        """Return the plan as it stands in the form; refuses with FieldMalformed what no house can want."""
        told = self.grid.values()
        return BackupPlan(told["folder"], told["second"] or "", **{name: int(told[name]) for name in LIMITS})

    def _choose(self, name: str) -> None:
        edit = self.grid.field(name).editor
        assert isinstance(edit, LineEdit)
        dialog = QFileDialog(self, tr("Folder for backups"), edit.value())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(edit.put)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
