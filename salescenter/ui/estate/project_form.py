"""The project's own facts, as contracts cite them: seller, land, permits, escrow account, property manager."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.i18n import mark, tr
from salescenter.services.estate import deeds
from salescenter.services.estate.views import ProjectFacts
from salescenter.ui.kit.buttons import FilledButton
from salescenter.ui.kit.day_edit import DayEdit
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.form import FormGrid
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.notices import Banner
from salescenter.ui.kit.panel import Panel, column, hold, row, scrolled
from salescenter.ui.kit.room import Room

SELLER: tuple[tuple[str, str, int], ...] = (
    ("address", mark("Address of the developer"), 2), ("postcode", mark("Postcode"), 1),
    ("licence", mark("Credit code"), 1), ("qualification", mark("Qualification"), 1),
    ("person", mark("Legal representative"), 1), ("phone", mark("Phone"), 1), ("agent", mark("Agent"), 1),
    ("agent_phone", mark("Agent's phone"), 1), ("agency", mark("Sales agency"), 1),
    ("agency_address", mark("Agency's address"), 2), ("agency_licence", mark("Agency's credit code"), 1),
    ("agency_filing", mark("Agency's filing"), 1), ("agency_person", mark("Agency's representative"), 1),
)  # fmt: skip
"""Field of `domain.papers.deal.Seller`, its words, how many columns it takes."""

ESTATE: tuple[tuple[str, str, int], ...] = (
    ("approved_name", mark("Approved name"), 2), ("land_how", mark("Land obtained by"), 1),
    ("land_use", mark("Use of the land"), 1), ("land_where", mark("Where the land lies"), 2),
    ("land_certificate", mark("Land certificate"), 2), ("land_area", mark("Land area, ㎡"), 1),
    ("land_since", mark("Land used from"), 1), ("land_until", mark("Land used until"), 1),
    ("planning_permit", mark("Planning permit"), 1), ("building_permit", mark("Building permit"), 1),
    ("permit_by", mark("Permit issued by"), 1), ("title_certificate", mark("Title certificate"), 1),
    ("surveyor", mark("Surveyor"), 1), ("bank", mark("Escrow bank"), 1),
    ("account_name", mark("Escrow account name"), 1), ("account", mark("Escrow account"), 1),
    ("manager", mark("Property manager"), 1),
    ("manager_fee", mark("Property fee, yuan a month and ㎡"), 1), ("manager_from", mark("Managed from"), 1),
    ("manager_until", mark("Managed until"), 1),
)  # fmt: skip
"""Field of `domain.papers.deal.Estate`, its words, how many columns it takes."""

DAYS = frozenset({"land_since", "land_until", "manager_from", "manager_until"})


class ProjectForm(QWidget):
    """Three panels of fields and one action; papers printed before stay as they were."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.banner = Banner(closable=True)
        self.own, self.seller, self.estate = FormGrid(4), FormGrid(4), FormGrid(4)
        self.own.add("name", tr("Project"), LineEdit(), required=True)
        self.own.add("developer", tr("Developer"), LineEdit())
        self.own.add("address", tr("Address of the project"), LineEdit())
        self.own.add("handover", tr("Handover day"), DayEdit(self._today))
        self._fill(self.seller, SELLER)
        self._fill(self.estate, ESTATE)
        panels = [Panel(tr("Project")), Panel(tr("Seller")), Panel(tr("Land, permits, escrow, property manager"))]
        for panel, form in zip(panels, (self.own, self.seller, self.estate), strict=True):
            panel.put(form)
            form.finished.connect(self.save)
        self._said = Label("", "muted")
        self.button = FilledButton(tr("Save"), self.save, key="Ctrl ⏎")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banner)
        layout.addWidget(scrolled(hold(column(*panels, None, gap=12))), 1)
        layout.addLayout(row(self.button, self._said, None))

    def _today(self) -> date:
        return self.room.now().date()

    def _fill(self, form: FormGrid, fields: tuple[tuple[str, str, int], ...]) -> None:
        for name, words, span in fields:
            form.add(name, tr(words), DayEdit(self._today) if name in DAYS else LineEdit(), span=span)

    def show_facts(self, facts: ProjectFacts) -> None:
        """Show the project's facts."""
        self.own.put(name=facts.name, developer=facts.developer, address=facts.address, handover=facts.handover)
        for form, fields, said in ((self.seller, SELLER, facts.seller), (self.estate, ESTATE, facts.estate)):
            form.put(**{name: _read(name, said.get(name, "")) for name, _, _ in fields})

    def save(self) -> None:
        """Keep the facts."""
        if not all(form.check() for form in (self.own, self.seller, self.estate)):
            return
        own, key = self.own.values(), uuid.uuid4().hex
        asked = deeds.ProjectRequest(
            own["name"], own["developer"], own["address"], own["handover"],
            {name: _written(value) for name, value in self.seller.values().items()},
            {name: _written(value) for name, value in self.estate.values().items()}, key,
        )  # fmt: skip
        desk, now = self.room.desk, self.room.now()
        self.banner.hide()
        self.button.setEnabled(False)
        self.room.lane.run(
            lambda: deeds.keep_project(desk, asked, now), lambda _: self._said.say(tr("Saved")), owner=self,
            refused=self.banner.refuse, after=lambda: self.button.setEnabled(True),
        )  # fmt: skip


def _read(name: str, said: str) -> Any:
    return (date.fromisoformat(said) if said else None) if name in DAYS else said


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
