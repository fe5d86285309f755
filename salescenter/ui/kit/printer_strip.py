"""The printers of this PC in a line: each with its name, ready or what holds it up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.services.printing.spooler import Printer
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Badge, Label
from salescenter.ui.kit.printing_words import hitch_words


class PrinterStrip(QWidget):
    """Badges, red where somebody must see to a printer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=8)

    def show_printers(self, found: Sequence[Printer]) -> None:
        """Show these in the place of those shown."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._flow.addWidget(Label(tr("Printers of this PC"), "muted"))
        for one in found:
            words = hitch_words(one.hitch, one.name) if one.hitch else tr("{printer}: ready", printer=one.name)
            self._flow.addWidget(Badge(words, "danger" if one.hitch else "accent"))
        if not found:
            self._flow.addWidget(Badge(tr("no printer"), "warning"))
