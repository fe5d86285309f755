"""What an import made, and where to go from here."""

from __future__ import annotations

from PySide6.QtCore import Signal

from salescenter.i18n import tr
from salescenter.services.importing.store import ImportResult
from salescenter.services.importing.taking_back import TakenBack
from salescenter.ui.estate.checking import Result
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import Panel, row


class DonePanel(Panel):
    """`grid` to see it, `again` for another file, `left` back to the estate, `back(revision)` to take it back."""

    grid = Signal()
    again = Signal()
    left = Signal()
    back = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr("Done"))
        self._file = Label("", "muted")
        self._facts = FactsTable()
        self.see = FilledButton(tr("See the control grid"), self.grid.emit)
        self.undo = OutlinedButton(tr("Take the import back"), self.take_back, key="Ctrl+Z")
        self._revision = 0
        self.put(
            self._file,
            self._facts,
            row(self.see, OutlinedButton(tr("Back to the estate"), self.left.emit),
                OutlinedButton(tr("Another file"), self.again.emit), None),
            row(self.undo, None),
        )  # fmt: skip

    def show_result(self, result: Result, file: str) -> None:
        """Say what was made."""
        units = isinstance(result, ImportResult)
        self.title.say(tr("The units are in the estate") if units else tr("The ledger is on record"))
        self._file.say(file)
        self.see.setVisible(units)
        self._facts.show_facts(result_facts(result))
        self._revision = result.revision if isinstance(result, ImportResult) else 0
        self.undo.setVisible(bool(self._revision))

    def take_back(self) -> None:
        """Ask for what was just imported to be taken back."""
        if self._revision:
            self.back.emit(self._revision)

    def show_taken_back(self, done: TakenBack) -> None:
        """Say that nothing is left of it."""
        self.title.say(tr("The import was taken back"))
        lines = ((tr("Units taken away"), done.units), (tr("Units as they were before"), done.changed))
        self._facts.show_facts(tuple(Fact(label, formats.count(number)) for label, number in lines if number))
        self._revision = 0
        self.undo.hide()

    def facts(self) -> tuple[Fact, ...]:
        """Return the lines shown."""
        return self._facts.facts()


def result_facts(result: Result) -> tuple[Fact, ...]:
    """What was made, a line each; lines of nothing are left out but for the main one."""
    if isinstance(result, ImportResult):
        lines = [
            (tr("New units"), result.units), (tr("New buildings"), result.buildings),
            (tr("New stairs"), result.stairs), (tr("New unit types"), result.types),
            (tr("Units changed"), result.changed), (tr("Unchanged units"), result.unchanged),
            (tr("Rows left out"), result.left_out),
        ]  # fmt: skip
    else:
        lines = [
            (tr("New visits and calls"), result.visits), (tr("New customers"), result.customers),
            (tr("On record already"), result.repeated), (tr("Malformed phones, kept and flagged"), result.flagged),
            (tr("Rows left out"), result.left_out),
        ]  # fmt: skip
    shown = [(at, label, number) for at, (label, number) in enumerate(lines) if number or at == 0]
    return tuple(Fact(label, formats.count(number), strong=at == 0) for at, label, number in shown)
