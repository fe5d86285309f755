"""The page of settings: its sections at the left, the chosen one beside them, each built when it is first opened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.labels import TitleLabel
from salescenter.ui.kit.panel import Card, row
from salescenter.ui.kit.room import Room
from salescenter.ui.settings.section import SectionView
from salescenter.ui.settings.sections import Section, sections_for

WIDTH, LINE = 220, 34


class SettingsPage(QWidget):
    """Arrow keys walk the sections, Tab goes into the one shown."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.room = room
        self.sections: tuple[Section, ...] = sections_for(room.desk.who.role)
        self._built: dict[str, SectionView] = {}
        self.list = _names_of(self.sections)
        side = Card()
        side.setFixedWidth(WIDTH)
        side.body.setContentsMargins(12, 12, 8, 12)
        side.put(TitleLabel(tr("Settings")), self.list)
        self.stack = QStackedWidget()
        layout = row(side, self.stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.list.currentRowChanged.connect(self._open)
        begins_in(self, lambda: self.list)
        self.list.setCurrentRow(0)

    def show_argument(self, argument: object) -> None:
        """Open a section by its key."""
        at = next((at for at, section in enumerate(self.sections) if section.key == argument), None)
        if at is not None:
            self.list.setCurrentRow(at)

    def section(self, key: str) -> SectionView:
        """Open a section and return it."""
        self.show_argument(key)
        return self._built[key]

    def status(self) -> str:
        """Name the section shown."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def load(self) -> None:
        """The database is back: what could not be read is."""
        for section in self._built.values():
            section.look_again()

    def main_step(self) -> None:
        """F6: the main action of the section shown."""
        shown = self.stack.currentWidget()
        if isinstance(shown, SectionView):
            shown.press_main()

    def _open(self, at: int) -> None:
        if not 0 <= at < len(self.sections):
            return
        section = self.sections[at]
        if section.key not in self._built:
            self._built[section.key] = section.build(self.room)
            self.stack.addWidget(self._built[section.key])
            self._built[section.key].load()
        self.stack.setCurrentWidget(self._built[section.key])
        self.room.say(self.status())


def _names_of(sections: tuple[Section, ...]) -> QListWidget:
    """The list at the left."""
    made = QListWidget()
    made.setAccessibleName(tr("Sections"))
    made.setFrameShape(QListWidget.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for section in sections:
        item = QListWidgetItem(tr(section.title, context="settings"))
        item.setData(Qt.ItemDataRole.UserRole, section.key)
        item.setSizeHint(QSize(0, LINE))
        made.addItem(item)
    return made
