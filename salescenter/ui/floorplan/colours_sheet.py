"""The form for changing the colour of each state by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QGridLayout, QPushButton, QWidget

from salescenter.domain.units import UnitState
from salescenter.i18n import tr
from salescenter.ui.floorplan.legend import ORDER
from salescenter.ui.kit import cell_colours
from salescenter.ui.kit.buttons import OutlinedButton
from salescenter.ui.kit.cell_colours import Chosen
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.panel import hold
from salescenter.ui.kit.room import Looks
from salescenter.ui.kit.sheet import Sheet
from salescenter.ui.kit.state_badge import StateBadge
from salescenter.ui.kit.terms import state_letter


class ColoursSheet(Sheet):
    """Each state with its letter and a button for its colour; the text on it finds its own contrast."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(tr("State colours"), parent, width=460)
        self._looks = looks
        self.buttons: dict[UnitState, QPushButton] = {}
        self.put(MutedLabel(tr("The text on a colour is made dark or light so that it can be read."), wrap=True))
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        for line, state in enumerate(ORDER):
            button = self.buttons[state] = OutlinedButton(tr("Change …"), partial(self._ask, state))
            grid.addWidget(StateBadge(state), line, 0)
            grid.addWidget(Label(state_letter(state), "muted"), line, 1)
            grid.addWidget(button, line, 2)
        grid.setColumnStretch(1, 1)
        self.put(hold(grid))
        self.main_action(tr("Close"), self.accept)
        self.add_action(tr("As they were"), self.forget)
        self._show()

    def change(self, state: UnitState, ground: str) -> None:
        """Paint a state in a colour (`#RRGGBB`) from now on."""
        worn = cell_colours.chosen()
        self._looks.cells(Chosen(worn.theme, {**worn.edited, state: ground.upper()}))
        self._show()

    def forget(self) -> None:
        """Go back to the theme's own colours."""
        self._looks.cells(Chosen(cell_colours.chosen().theme))
        self._show()

    def _ask(self, state: UnitState) -> None:
        found = QColorDialog.getColor(QColor(cell_colours.worn()[state].ground), self, tr("Colour"))
        if found.isValid():
            self.change(state, found.name())

    def _show(self) -> None:
        for state, look in cell_colours.worn().items():
            swatch = QPixmap(28, 16)
            swatch.fill(QColor(look.ground))
            self.buttons[state].setIcon(QIcon(swatch))
        for badge in self.findChildren(StateBadge):
            badge.update()
