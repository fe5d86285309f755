"""The face where one looks: the sheet with its roles, the lists of troubles and changes, the card with the action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from salescenter.domain.columns import Kind
from salescenter.i18n import tr
from salescenter.services.importing.draft import Choice
from salescenter.services.importing.plan import ImportPlan
from salescenter.ui.estate.checking import Checked
from salescenter.ui.estate.import_lists import (
    Trouble,
    change_table,
    changes,
    missing_table,
    trouble_table,
    troubles,
)
from salescenter.ui.estate.plan_card import PlanCard
from salescenter.ui.estate.sheet_view import SheetView
from salescenter.ui.kit.choices import ChipGroup, ComboBox
from salescenter.ui.kit.editors import LineEdit, WholeEdit
from salescenter.ui.kit.form import Field
from salescenter.ui.kit.panel import Panel, row
from salescenter.ui.kit.waiting import LoadingOverlay

SHEET, TROUBLES, CHANGES, MISSING = "sheet", "troubles", "changes", "missing"


class LookPanel(QWidget):
    """`chosen(column, field)` when a column's role was changed, `changed` when sheet, header row or building were."""

    chosen = Signal(int, object)
    changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.sheet_box, self.header_row, self.building = ComboBox(), WholeEdit(), LineEdit()
        self.views = ChipGroup([(SHEET, tr("The sheet"))])
        self.preview = SheetView()
        self.troubles, self.changes, self.missing = trouble_table(now), change_table(now), missing_table(now)
        self.stack = QStackedWidget()
        for piece in (self.preview, self.troubles, self.changes, self.missing):
            self.stack.addWidget(piece)
        self.card = PlanCard()
        self._choices: list[tuple[str, str]] = []
        self._loading = LoadingOverlay(self.stack)
        self._building_field = Field(tr("Building of this list"), self.building)
        self._lay()
        self._connect()

    def _lay(self) -> None:
        panel = Panel()
        panel.body.setContentsMargins(12, 12, 12, 8)
        panel.put(self._places(), self.views, self.stack)
        panel.body.setStretch(2, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(panel, 1)
        side = Panel()
        side.body.setContentsMargins(0, 0, 0, 0)
        side.put(self.card)
        layout.addWidget(side)

    def _places(self) -> QHBoxLayout:
        fields = (Field(tr("Sheet"), self.sheet_box), Field(tr("Header in row"), self.header_row), self._building_field)
        for field, wide in zip(fields, (220, 104, 160), strict=True):
            field.setFixedWidth(wide)
        return row(*fields, None, gap=12)

    def _connect(self) -> None:
        self.preview.roles.chosen.connect(self.chosen)
        self.sheet_box.activated.connect(lambda _: self._other_sheet())
        self.header_row.edited.connect(self.changed)
        self.building.edited.connect(self.changed)
        self.views.edited.connect(self._show_view)
        self.troubles.opened.connect(self._show_trouble)

    def begin_loading(self) -> None:
        """The sheet is being understood anew."""
        self._loading.begin()

    def show_checked(self, checked: Checked, *, may_round: bool) -> None:
        """Show how a sheet was understood."""
        self._loading.end()
        found = checked.found
        book = checked.asked.book
        self.sheet_box.set_choices([(one.name, one.name) for one in book.sheets if one.rows])
        self.sheet_box.put(found.sheet.name)
        if not self.header_row.hasFocus():
            self.header_row.put(found.header.shown_row)
        planned = checked.plan if isinstance(checked.plan, ImportPlan) else None
        assumed = planned.draft.building_assumed if planned else ""
        self._building_field.setVisible(checked.asked.kind is Kind.UNITS and bool(assumed))
        if not self.building.hasFocus():
            self.building.put(assumed)
        self.preview.show_sheet(found, checked.bad, checked.flagged)
        self._show_lists(checked, planned)
        self.card.show_checked(checked, may_round=may_round)

    def choice(self) -> Choice:
        """Return what stands in the fields above."""
        return Choice(
            sheet=str(self.sheet_box.value() or ""),
            header_row=self.header_row.value(),
            building=str(self.building.value()),
        )

    def show_view(self, name: str) -> None:
        """Show the sheet, or one of the lists."""
        self.views.put(name)
        self._show_view()

    def _show_lists(self, checked: Checked, planned: ImportPlan | None) -> None:
        told = troubles(checked)
        self.troubles.set_rows(told)
        self.changes.set_rows(changes(planned) if planned else [])
        self.missing.set_rows(planned.missing if planned else [])
        counts = {
            TROUBLES: (tr("To look at"), len(told)),
            CHANGES: (tr("Changes"), len(self.changes.rows())),
            MISSING: (tr("Not in the list"), len(self.missing.rows())),
        }
        choices = [(name, f"{words}  {count:,}") for name, (words, count) in counts.items() if count]
        shown = self.views.value() or SHEET
        if choices != self._choices:
            self._choices = choices
            self.views.set_choices([(SHEET, tr("The sheet")), *choices])
        self.views.setVisible(bool(choices))
        self.show_view(shown if shown in dict(choices) else SHEET)

    def _show_view(self) -> None:
        name = self.views.value() or SHEET
        self.views.put(name)
        self.stack.setCurrentIndex((SHEET, TROUBLES, CHANGES, MISSING).index(name))

    def _show_trouble(self, one: Trouble) -> None:
        self.show_view(SHEET)
        self.preview.go_to(one.bad)

    def _other_sheet(self) -> None:
        self.header_row.put(None)
        self.changed.emit()


