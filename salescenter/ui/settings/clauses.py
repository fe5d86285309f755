"""What the project answers once for all its contracts: each blank of the forms with its default."""

from __future__ import annotations

from salescenter.i18n import tr
from salescenter.services.papers import clauses
from salescenter.services.papers.clauses import Clause, ClausesRequest
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.panel import Panel
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.search_box import SearchBox
from salescenter.ui.settings.section import SectionView


class ClausesSection(SectionView):
    """A field for each clause; an empty one is struck with × in the contract."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Contract clauses", context="settings"),
            tr("Days, rates and standards that every contract of this project says alike; what is empty is struck out. "
               "Papers printed before stay as they are."),
        )  # fmt: skip
        self.search = SearchBox(tr("Find a clause"))
        self.search.searched.connect(self._narrow)
        self.grid = self.form(columns=3)
        panel = Panel()
        panel.put(self.search, self.grid)
        self.put(panel)
        self._names: list[str] = []
        self.main_action(tr("Keep the clauses"), self._keep)
        self.keep_drafts(clauses=self.grid)

    def load(self) -> None:
        """Look the answers up."""
        desk = self.room.desk
        self.fetch(lambda: clauses.clauses_of(desk), self._show)

    def _show(self, found: tuple[Clause, ...]) -> None:
        if not self._names:
            self._names = [one.name for one in found]
            for one in found:
                hint = tr("default: {value}", value=one.default) if one.default else ""
                self.grid.add(one.name, one.name, LineEdit(), hint=hint)
        self.grid.put(**{one.name: one.said for one in found})

    def _narrow(self, text: str) -> None:
        for name in self._names:
            self.grid.field(name).setVisible(text in name or text in str(self.grid.value(name)))

    def _keep(self) -> None:
        asked = ClausesRequest({name: str(self.grid.value(name)) for name in self._names}, self.key)
        desk, now = self.room.desk, self.room.now()
        self.send(lambda: clauses.keep(desk, asked, now), tr("The clauses are kept."))
