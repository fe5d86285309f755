"""The estate's page: buildings with their units, types, permits, phases, the project; import and building by rule."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from salescenter.domain.columns import Kind
from salescenter.domain.grid import GridNews
from salescenter.domain.staff import may
from salescenter.domain.units import Step
from salescenter.i18n import tr, trn
from salescenter.services.estate.views import BuildingLine, EstateView, UnitLine, overview, units_of
from salescenter.ui.estate import lists
from salescenter.ui.estate.assistant import ImportAssistant
from salescenter.ui.estate.forms import BuildingSheet, PermitSheet, PhaseSheet, TypeSheet
from salescenter.ui.estate.generator import GeneratorSheet
from salescenter.ui.estate.project_form import ProjectForm
from salescenter.ui.estate.unit_form import UnitSheet
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.choices import ChipGroup
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import TitleLabel
from salescenter.ui.kit.notices import EmptyState
from salescenter.ui.kit.panel import Panel, hold, row
from salescenter.ui.kit.performing import work_on
from salescenter.ui.kit.record_table import RecordTable
from salescenter.ui.kit.room import Room
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.turning import Turning

BUILDINGS, TYPES, PERMITS, PHASES, PROJECT = VIEWS = ("buildings", "types", "permits", "phases", "project")

NEWS_SETTLE = 250
"""Milliseconds after news until the lists are looked up again: a batch posts many."""


class EstatePage(QWidget):
    """Five views and the import assistant in their place."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.room = room
        self._view: EstateView | None = None
        self._make_lists()
        self._make_buttons()
        self.faces = QStackedWidget()
        self.faces.addWidget(self._home())
        self.faces.addWidget(self.assistant)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.faces)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(NEWS_SETTLE)
        self._soon.timeout.connect(self.load)
        self._connect()
        self.show_view(BUILDINGS)
        self.load()

    # --- what the shell asks

    def show_argument(self, argument: object) -> None:
        """`import` and `import-visits` open the assistant; a view's name shows that view."""
        if argument in ("import", "import-visits"):
            self.begin_import(Kind.VISITS if argument == "import-visits" else Kind.UNITS)
        elif argument in VIEWS:
            self.leave_import()
            self.show_view(str(argument))

    def status(self) -> str:
        """Say what the estate holds."""
        if self._view is None:
            return ""
        buildings = self._view.buildings
        units = sum(one.units for one in buildings)
        return " · ".join((trn("{count} building", "{count} buildings", count=len(buildings)),
                           trn("{count} unit", "{count} units", count=units)))  # fmt: skip

    def back(self) -> bool:
        """Esc leaves the assistant step by step."""
        return self.assistant.back() if self.faces.currentIndex() else False

    def main_step(self) -> None:
        """F6: the filled button."""
        if self.faces.currentIndex():
            self.assistant.main_step()
        else:
            self.begin_import()

    def undo(self) -> None:
        """Ctrl+Z: take back what was just imported."""
        if self.faces.currentIndex():
            self.assistant.undo()

    def edit(self) -> None:
        """F2: change the line the cursor stands on."""
        if self.faces.currentIndex() or self._view is None:
            return
        in_units = self.units.view.hasFocus() or self.buildings.current() is None
        table = self.units if self._shown() == BUILDINGS and in_units else self._table()
        line = table.current() if table is not None else None
        if line is not None:
            self._open(line)

    # --- showing

    def show_view(self, name: str) -> None:
        """Show one of the five views."""
        self.views.put(name)
        self.stack.setCurrentIndex(VIEWS.index(name))
        self.new.setVisible(name in (TYPES, PERMITS, PHASES))
        full = self._view is not None and bool(self._view.buildings)
        self.change.setVisible(name != PROJECT and full)
        self.bring.setVisible(name != PROJECT and full and may(self.room.desk.who.role, Step.IMPORT))
        self.rule.setVisible(name == BUILDINGS)

    def load(self) -> None:
        """Look everything up."""
        desk = self.room.desk
        for table in (self.buildings, self.types, self.permits, self.phases):
            table.begin_loading()
        self.room.lane.run(lambda: overview(desk), self._show, owner=self)

    def _show(self, view: EstateView) -> None:
        self._view = view
        self.buildings.set_rows(view.buildings)
        self.types.set_rows(view.types)
        self.permits.set_rows(view.permits)
        self.phases.set_rows(view.phases)
        if not self.project.isVisible():
            self.project.show_facts(view.project)
        self._units_panel.setVisible(bool(view.buildings))
        self.show_view(self._shown())
        if self.buildings.current() is None and view.buildings:
            self.buildings.select_key(view.buildings[0].id)
        self._load_units(self.buildings.current())
        if self.isVisible():
            self.room.say(self.status())

    def _load_units(self, line: BuildingLine | None) -> None:
        if line is None:
            self.units.set_rows(())
            return
        desk, number, now = self.room.desk, line.id, self.room.now()
        self.units.begin_loading()
        self.room.lane.run(lambda: units_of(desk, number, now), lambda rows: self._show_units(number, rows), owner=self)

    def _show_units(self, number: int, rows: tuple[UnitLine, ...]) -> None:
        current = self.buildings.current()
        if current is not None and current.id == number:
            self.units.set_rows(rows)

    # --- doing

    def begin_import(self, kind: Kind = Kind.UNITS) -> None:
        """Open the import assistant."""
        self.faces.setCurrentIndex(1)
        self.assistant.begin(kind)

    def leave_import(self) -> None:
        """Go back to the lists."""
        self.faces.setCurrentIndex(0)
        self.load()

    def make_building(self) -> None:
        """Open the sheet that makes a building by rule."""
        if self._view is not None:
            self._over(GeneratorSheet(self.room, self, self._view))

    def add_line(self) -> None:
        """Open an empty sheet of what is shown."""
        view = self._view
        makers: dict[str, Callable[[], Sheet]] = {
            TYPES: lambda: TypeSheet(self.room, self),
            PERMITS: lambda: PermitSheet(self.room, self, view.buildings if view else ()),
            PHASES: lambda: PhaseSheet(self.room, self),
        }
        if self._shown() in makers:
            self._over(makers[self._shown()]())

    def _open(self, line: object) -> None:
        view = self._view
        if view is None:
            return
        openers: dict[str, Callable[..., Sheet]] = {
            "BuildingLine": lambda one: BuildingSheet(self.room, self, one, view.phases),
            "UnitLine": lambda one: UnitSheet(self.room, self, one, view),
            "TypeLine": lambda one: TypeSheet(self.room, self, one),
            "PermitLine": lambda one: PermitSheet(self.room, self, view.buildings, one),
            "PhaseLine": lambda one: PhaseSheet(self.room, self, one),
        }
        sheet = openers[type(line).__name__](line)
        self._over(sheet)
        if isinstance(line, UnitLine):
            work_on(self.room, sheet, line.id)

    def _over(self, sheet: Sheet) -> None:
        sheet.finished_with.connect(lambda _: self.load())
        sheet.stand_over(self.window())

    # --- building the page

    def _connect(self) -> None:
        self.views.edited.connect(lambda: self.show_view(self._shown()))
        self.buildings.picked.connect(self._load_units)
        begins_in(self, lambda: self.buildings)
        for table in (self.buildings, self.units, self.types, self.permits, self.phases):
            table.opened.connect(self._open)
        self.assistant.left.connect(self.leave_import)
        self.assistant.imported.connect(self.load)
        self.room.bulletin.arrived.connect(self._hear)

    def _hear(self, news: GridNews) -> None:
        if (news.changes or news.rebuild) and not self.faces.currentIndex():
            self._soon.start()

    def _shown(self) -> str:
        return str(self.views.value() or BUILDINGS)

    def _table(self) -> RecordTable[object] | None:
        tables = {BUILDINGS: self.buildings, TYPES: self.types, PERMITS: self.permits, PHASES: self.phases}
        return tables.get(self._shown())  # type: ignore[return-value]

    def _nothing_yet(self) -> EmptyState:
        return EmptyState(
            tr("No buildings yet"),
            tr("Import the price list as you have it, or make a building by rule."),
            tr("Import …"), self.begin_import, icon="estate",
        )  # fmt: skip

    def _make_lists(self) -> None:
        now = self.room.now
        self.views = ChipGroup([
            (BUILDINGS, tr("Buildings")), (TYPES, tr("Unit types")), (PERMITS, tr("Permits")), (PHASES, tr("Phases")),
            (PROJECT, tr("Project")),
        ])  # fmt: skip
        self.buildings = lists.building_table(now, self._nothing_yet())
        self.units = lists.unit_table(now, EmptyState(tr("No units"), tr("Choose a building on the left.")))
        self.types = lists.type_table(now, EmptyState(tr("No unit types yet"), tr("They come with an imported list.")))
        self.permits = lists.permit_table(now, EmptyState(
            tr("No permit yet"), tr("Without a presale permit nothing can be released and no money may be taken.")))
        self.phases = lists.phase_table(now, EmptyState(tr("No phases yet"), tr("A small project needs none.")))
        self.project = ProjectForm(self.room)
        self.assistant = ImportAssistant(self.room)
        self.stack = QStackedWidget()
        for piece in (self._both(), *(_framed(t) for t in (self.types, self.permits, self.phases)), self.project):
            self.stack.addWidget(piece)

    def _make_buttons(self) -> None:
        self.bring = FilledButton(tr("Import …"), self.begin_import)
        self.rule = OutlinedButton(tr("Make a building by rule …"), self.make_building)
        self.new = OutlinedButton(tr("New …"), self.add_line)
        self.change = OutlinedButton(tr("Change …"), self.edit, key="F2")

    def _both(self) -> QWidget:
        self._units_panel = _framed(self.units)
        both = row(_framed(self.buildings), self._units_panel, gap=12)
        both.setStretch(0, 4)
        both.setStretch(1, 6)
        return hold(both)

    def _home(self) -> QWidget:
        home = QWidget()
        layout = QVBoxLayout(home)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        self.views.in_one_line()
        buttons = row(self.new, self.change, self.rule, self.bring, None)
        layout.addWidget(Turning(row(TitleLabel(tr("Estate")), self.views, None), buttons))
        layout.addWidget(self.stack, 1)
        return home


def _framed(piece: QWidget) -> QWidget:
    panel = Panel()
    panel.body.setContentsMargins(1, 1, 1, 1)
    panel.put(piece)
    return panel
