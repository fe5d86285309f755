"""How long papers are kept: what the archive holds by kind and year, until when, and what may be destroyed."""

from __future__ import annotations

from salescenter.domain.papers.retention import Held
from salescenter.i18n import mark, tr
from salescenter.services.papers.retention import Term, terms
from salescenter.services.papers.titles import paper_words
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.records import Column, Kind
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.section import SectionView

HELD: dict[Held, str] = {
    Held.DEAL: mark("the deal goes on"), Held.MONEY: mark("money is open"), Held.SEIZED: mark("the unit is seized"),
}  # fmt: skip


class RetentionSection(SectionView):
    """One table; the years themselves are house rules."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room, tr("Keeping of papers", context="settings"),
            tr("Papers and their scans are kept for the years that the house rules say, from the end of the year in "
               "which they were printed and their deal ended. Nothing is ever destroyed by itself."),
        )  # fmt: skip
        self.table: RecordTable[Term] = RecordTable(
            [
                Column(tr("Paper"), lambda one: paper_words(one.kind)),
                Column(tr("Year"), lambda one: str(one.year), width=70),
                Column(tr("Prints"), lambda one: one.papers, Kind.COUNT, width=90, total=True),
                Column(tr("Scans"), lambda one: one.scans, Kind.COUNT, width=90, total=True),
                Column(tr("Kept until"), lambda one: one.until, Kind.DAY, width=120),
                Column("", self._says, width=170, tone=self._tone),
            ],
            now=room.now,
            empty=EmptyState(tr("Nothing was printed yet"), tr("Every paper that leaves the house is kept here.")),
        )
        self.table.setMinimumHeight(360)
        panel = Panel()
        panel.put(self.table)
        self.put(panel)

    def load(self) -> None:
        """Look up what the archive holds today."""
        desk, now = self.room.desk, self.room.now()
        self.fetch(lambda: terms(desk, now), self.table.set_rows)

    def _says(self, one: Term) -> str:
        if one.held is not None:
            return tr(HELD[one.held])
        if one.until is None:
            return tr("for good")
        return tr("may be destroyed") if one.is_over(self.room.now().date()) else ""

    def _tone(self, one: Term) -> str:
        return "warning" if one.is_over(self.room.now().date()) else "muted"
