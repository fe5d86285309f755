"""Further members of the family who came along: a name and a phone each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salescenter.i18n import tr
from salescenter.services.customer_records import CustomerFacts
from salescenter.ui.kit.buttons import QuietButton
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.panel import hold, row

MOST = 5
"""More relatives than this come in two registrations."""


class Companions(QWidget):
    """`value` is a tuple of CustomerFacts; lines left empty are nobody."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QWidget, LineEdit, LineEdit]] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(6)
        self._more = QuietButton(tr("+ Family member"), self.add)
        self._body.addLayout(row(self._more, None))
        self.setFocusProxy(self._more)

    def add(self) -> None:
        """Add a line and go to it."""
        self._add()
        self._lines[-1][1].setFocus()

    def value(self) -> Any:
        """Return who came along."""
        said = [(name.value(), phone.value()) for _, name, phone in self._lines]
        return tuple(CustomerFacts(name, (phone,) if phone else ()) for name, phone in said if name or phone)

    def put(self, value: Any) -> None:
        """Show who came along; None empties."""
        for line, _, _ in self._lines:
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for facts in value or ():
            self._add(facts.name, "".join(facts.phones[:1]))
        self._more.setVisible(len(self._lines) < MOST)

    def kept(self) -> object:
        """Return the lines as they stand."""
        return [[name.text(), phone.text()] for _, name, phone in self._lines]

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        if isinstance(kept, list):
            self.put([CustomerFacts(str(name), (str(phone),)) for name, phone in kept])

    def problem(self) -> str:
        """Names and phones are always fine."""
        return ""

    def _add(self, name: str = "", phone: str = "") -> None:
        first, second = LineEdit(name, tr("Name")), LineEdit(phone, tr("Phone"))
        for edit in (first, second):
            edit.edited.connect(self.edited)
        line = hold(row(first, second, gap=8))
        self._body.insertWidget(len(self._lines), line)
        self._lines.append((line, first, second))
        self._more.setVisible(len(self._lines) < MOST)
