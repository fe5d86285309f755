"""The page that stands where the log-in would, when the database cannot be opened: why, and what helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import FilledButton, OutlinedButton
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import column, row


class TroublePage(QWidget):
    """A sentence, its remedy, and the ways on that exist: try again, another database, reception meanwhile."""

    def __init__(self, sentence: str, remedy: str, again: Callable[[], object] | None = None,
                 elsewhere: Callable[[], object] | None = None, meanwhile: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self.setWindowTitle(tr("Sales centre"))
        ways: list[QWidget] = []
        if again is not None:
            ways.append(FilledButton(tr("Try again"), again))
        if meanwhile is not None:
            ways.append(OutlinedButton(tr("Receive visitors meanwhile"), meanwhile))
        if elsewhere is not None:
            ways.append(OutlinedButton(tr("Another database …"), elsewhere))
        panel = QFrame()
        panel.setProperty("look", "panel")
        panel.setFixedWidth(560)
        inside = column(_said(sentence, "headline"), _said(remedy, "muted"), row(*ways, None), gap=12)
        inside.setContentsMargins(28, 26, 28, 24)
        panel.setLayout(inside)
        middle = QHBoxLayout(self)
        middle.addWidget(panel, 0, Qt.AlignmentFlag.AlignCenter)
        self.resize(1180, 760)


def _said(words: str, look: str) -> Label:
    """Words that can be copied for whoever helps."""
    label = Label(words, look, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
