"""The page that stands where the log-in would, when the database cannot be opened: why, and what helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton


class TroublePage(QWidget):
    """A sentence, its remedy, and the ways on that exist: try again, another database."""

    def __init__(self, sentence: str, remedy: str, again: Callable[[], object] | None = None,
                 elsewhere: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(tr("Sales centre"))
        panel = QFrame()
        panel.setProperty("look", "panel")
        panel.setFixedWidth(520)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(28, 26, 28, 24)
        layout.setSpacing(10)
        for words, look in ((sentence, "headline"), (remedy, "muted")):
            label = QLabel(words)
            label.setProperty("look", look)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        ways = QHBoxLayout()
        if again is not None:
            ways.addWidget(FilledButton(tr("Try again"), again))
        if elsewhere is not None:
            ways.addWidget(OutlinedButton(tr("Another database …"), elsewhere))
        ways.addStretch(1)
        layout.addSpacing(6)
        layout.addLayout(ways)
        middle = QHBoxLayout(self)
        middle.addWidget(panel, 0, Qt.AlignmentFlag.AlignCenter)
        self.resize(1180, 760)
