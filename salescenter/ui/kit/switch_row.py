"""A row of switches for the top bar, such as the buildings; what does not fit stands in a menu at its end."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import SwitchButton
from salescenter.ui.kit.entry import begins_in

_GAP = 2


class SwitchRow(QWidget):
    """Switches side by side. A click chooses one alone, with Ctrl it adds or takes away (`several`).

    `value` is the tuple of what is on; `edited` is sent when the user changes it.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[tuple[Hashable, str]] = (), *, several: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = several
        self._switches: list[tuple[Hashable, SwitchButton]] = []
        self._menu = QMenu(self)
        self._more = QPushButton(tr("More"), self)
        self._more.setProperty("look", "who")
        self._more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        begins_in(self, self._first_wanted)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Show other switches; what is on stays on where it still exists."""
        on = self.value()
        for _, switch in self._switches:
            switch.hide()
            switch.deleteLater()
        self._switches = []
        for value, words in choices:
            switch = SwitchButton(words, parent=self)
            switch.clicked.connect(lambda _=False, value=value: self._pressed(value))
            self._row.insertWidget(len(self._switches), switch)
            self._switches.append((value, switch))
        self.put(on)
        self.updateGeometry()
        self._fit()

    def value(self) -> tuple[Any, ...]:
        """Return what is on, in the order shown."""
        return tuple(value for value, switch in self._switches if switch.isChecked())

    def put(self, on: Sequence[Hashable]) -> None:
        """Turn these on and all others off."""
        for value, switch in self._switches:
            switch.setChecked(value in on)

    def sizeHint(self) -> QSize:
        wide = sum(switch.sizeHint().width() + _GAP for _, switch in self._switches)
        return QSize(wide, self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()  # two short switches are narrower than one with the menu
        return QSize(min(wanted.width(), self._more.sizeHint().width() + 40), wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # the switches were dressed and ask for another width
            self._fit()
        return done

    def _first_wanted(self) -> QWidget:
        """The first switch that is on and in sight, else the first, else the menu."""
        shown = [switch for _, switch in self._switches if not switch.isHidden()]
        return next((switch for switch in shown if switch.isChecked()), shown[0] if shown else self._more)

    def _pressed(self, value: Hashable) -> None:
        adding = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if not (self._several and adding):
            self.put((value,))
        self.edited.emit()

    def _fit(self) -> None:
        """Show as many switches as there is room for; the others go into the menu."""
        room, shown = self.width(), len(self._switches)
        if self.sizeHint().width() > room:
            room -= self._more.sizeHint().width()
            shown = 0
            for _, switch in self._switches:
                room -= switch.sizeHint().width() + _GAP
                if room < 0:
                    break
                shown += 1
        for at, (_, switch) in enumerate(self._switches):
            switch.setVisible(at < shown)
        self._more.setVisible(shown < len(self._switches))
        self._menu.clear()
        for value, switch in self._switches[shown:]:
            action = self._menu.addAction(switch.text())
            action.setCheckable(True)
            action.setChecked(switch.isChecked())
            action.triggered.connect(lambda _=False, value=value: self._from_menu(value))

    def _from_menu(self, value: Hashable) -> None:
        self.put((value,))
        self.edited.emit()
        self._fit()
