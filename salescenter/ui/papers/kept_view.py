"""What is kept beyond its years: all marks, beside the papers they keep."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.keep_list import KeepList, show_kept
from salescenter.ui.kit.room import Room


class KeptView(QWidget):
    """The list of marks over the whole page."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.list = KeepList(room, lambda one: show_kept(room, one))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 12)
        layout.addWidget(self.list)
        begins_in(self, lambda: self.list)

    def load(self) -> None:
        """Look the marks up."""
        self.list.load()

    def status(self) -> str:
        """Count them."""
        return self.list.status()

    def print_it(self) -> None:
        """Show what the chosen one keeps."""
        self.list.open_current()
