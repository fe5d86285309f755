"""What contracts cite about the project and its seller, which of it is still missing, and the way to change it."""

from __future__ import annotations

from datetime import date
from typing import Any

from salescenter.domain.papers.fields import FROM_TERMS, written
from salescenter.i18n import listed, tr, trn
from salescenter.services.estate.views import ProjectFacts, overview
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import FilledButton
from salescenter.ui.kit.facts import Fact, FactsTable
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.section import SectionView

_OF_PERMIT = frozenset({"预售许可证"})
"""Fields every unit answers by its own permit."""


class ProjectSection(SectionView):
    """Facts by the names templates call them; they are kept with the estate, so that there is one place for them."""

    def __init__(self, room: Room) -> None:
        super().__init__(
            room,
            tr("Project and seller", context="settings"),
            tr("What contracts and agreements cite, by the names that templates call it. It is kept with the estate."),
        )
        self.seller, self.estate = FactsTable(), FactsTable()
        for title, table in ((tr("Seller"), self.seller), (tr("Project, land and permits"), self.estate)):
            panel = Panel(title)
            panel.put(table)
            self.put(panel)
        self.edit = FilledButton(tr("Change it in the estate"), lambda: room.go("estate", "project"))
        self._foot.addLayout(row(self.edit, None))

    def load(self) -> None:
        """Look the facts up."""
        desk = self.room.desk
        self.fetch(lambda: overview(desk).project, self._show)

    def _show(self, facts: ProjectFacts) -> None:
        seller = [("出卖人", facts.developer), *_said(facts.seller, "seller.")]
        estate = [("项目名称", facts.name), *_said(facts.estate, "estate."), ("交付日期", written(facts.handover))]
        self.seller.show_facts([_fact(*one) for one in seller])
        self.estate.show_facts([_fact(*one) for one in estate])
        empty = [name for name, value in (*seller, *estate) if not value]
        if empty:
            self.banner.say(
                trn("{count} fact is empty; contracts strike its blank out.",
                    "{count} facts are empty; contracts strike their blanks out.", count=len(empty)),
                tr("Empty: {names}", names=listed(empty)),
                "warning",
            )
        else:
            self.banner.hide()


def _said(facts: Any, of: str) -> list[tuple[str, str]]:
    """Each field of a part of the terms by its template's name; the names themselves are asked elsewhere."""
    fields = [(name, place.removeprefix(of)) for name, place in FROM_TERMS.items() if place.startswith(of)]
    return [(name, _day(str(facts.get(field, "")))) for name, field in fields
            if field != "name" and name not in _OF_PERMIT]  # fmt: skip


def _day(said: str) -> str:
    """A day kept as ISO text, as contracts write it; anything else as it stands."""
    try:
        return written(date.fromisoformat(said))
    except ValueError:
        return said


def _fact(name: str, value: str) -> Fact:
    return Fact(name, value or formats.NOTHING, tone="" if value else "warning")
