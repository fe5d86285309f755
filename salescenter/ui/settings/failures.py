"""Log-ins that failed, under the list of people: whose name, at which PC, how long they wait; a manager lifts it."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.services import failed_log_ins
from salescenter.services.failed_log_ins import FailedRow, LiftRequest
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.settings.section import SectionView


class FailuresPanel(Panel):
    """There only while something counts; what is older than a day, or was followed by a good log-in, does not."""

    def __init__(self, section: SectionView) -> None:
        super().__init__(tr("Log-ins that failed"))
        self._section = section
        self.table: RecordTable[FailedRow] = RecordTable(
            [
                Column(tr("Name"), lambda one: one.name or tr("names nobody has"), width=140),
                Column(tr("PC"), lambda one: one.pc),
                Column(tr("In a row"), lambda one: one.count, Kind.COUNT, width=84),
                Column(tr("Last one"), lambda one: one.last, Kind.MOMENT, width=120),
                Column(tr("Waits, seconds"), lambda one: one.wait or None, Kind.COUNT, width=110),
            ],
            now=section.room.now,
            key=lambda one: (one.person, one.pc),
            empty=EmptyState(tr("No log-in failed"), ""),
        )
        self.table.setMinimumHeight(150)
        self.lift = OutlinedButton(tr("Let them try at once"), self._lift)
        said = tr("After three in a row the next try waits, longer each time, at most a quarter of an hour.")
        self.put(Label(said, "muted", wrap=True), row(self.lift, None), self.table)
        self.table.picked.connect(lambda chosen: self.lift.setEnabled(chosen is not None))
        self.lift.setEnabled(False)
        self.hide()

    def show_rows(self, rows: tuple[FailedRow, ...]) -> None:
        """Show what counts now."""
        self.table.set_rows(rows)
        self.lift.setEnabled(self.table.current() is not None)
        self.setVisible(bool(rows))

    def _lift(self) -> None:
        if (chosen := self.table.current()) is None:
            return
        desk, now = self._section.room.desk, self._section.room.now()
        asked = LiftRequest(chosen.person, chosen.pc, self._section.key)
        self._section.send(lambda: failed_log_ins.lift(desk, asked, now), tr("They may try again at once."))
