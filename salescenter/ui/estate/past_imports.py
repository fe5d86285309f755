"""The last imports of units: when, who, which file, what came of it; one that nothing was built on is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal

from salescenter.i18n import tr
from salescenter.services.importing.taking_back import PastImport
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind, Mark

LINE, ABOVE = 30, 40
"""Pixels of a line of the list, and of its header with a little air."""


class PastImports(Panel):
    """`wanted(revision)` when one is to be taken back; hidden where there is none."""

    wanted = Signal(int)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(tr("The last imports of units"))
        self.table = past_table(now)
        self.back = OutlinedButton(tr("Take the import back"), self._press)
        words = tr("What it made goes, what it changed is as before; not where something was built on it.")
        self.back.setToolTip(words)
        self.put(self.table, row(self.back, None))
        self.table.picked.connect(self._picked)
        self.hide()

    def show_imports(self, found: tuple[PastImport, ...]) -> None:
        """Show them, newest first."""
        self.table.set_rows(found)
        self.table.setFixedHeight(ABOVE + LINE * len(found))
        self.setVisible(bool(found))
        self._picked(self.table.current())

    def _picked(self, one: PastImport | None) -> None:
        self.back.setEnabled(one is not None and not one.back)

    def _press(self) -> None:
        one = self.table.current()
        if one is not None and not one.back:
            self.wanted.emit(one.revision)


def past_table(now: Callable[[], datetime]) -> RecordTable[PastImport]:
    """The list itself."""
    return RecordTable(
        (
            Column(tr("Imported at"), lambda one: one.at, Kind.MOMENT, 110),
            Column(tr("Imported by"), lambda one: one.by, width=90),
            Column(tr("Source file"), lambda one: one.file),
            Column(tr("New units"), lambda one: one.new, Kind.COUNT, 90),
            Column(tr("Units changed"), lambda one: one.changed, Kind.COUNT, 90),
            Column("", _state, Kind.BADGE, 120, tip=lambda one: one.back),
        ),
        now=now,
        key=lambda one: one.revision,
    )


def _state(one: PastImport) -> Mark | None:
    return Mark(tr("was taken back")) if one.back else None
