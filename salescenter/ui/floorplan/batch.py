"""The bar that appears when several units are selected: what they are together, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from salescenter.domain.money import Money
from salescenter.domain.staff import Role, may
from salescenter.domain.units import Step, UnitState
from salescenter.i18n import tr, trn
from salescenter.ui.floorplan.estate import Estate
from salescenter.ui.floorplan.selection import MOST_MARKED
from salescenter.ui.kit import formats
from salescenter.ui.kit.buttons import Button, DangerButton, OutlinedButton, QuietButton
from salescenter.ui.kit.labels import ElidedLabel
from salescenter.ui.kit.panel import row
from salescenter.ui.kit.terms import step_words

SAID = 260
"""Pixels the sentence about what is selected needs beside the steps."""

STEPS = (Step.RELEASE, Step.SET_PRICE, Step.SET_FLAG, Step.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One selected unit as a sheet needs it."""

    id: int
    revision: int
    code: str
    state: UnitState
    flags: int


def chosen_units(estate: Estate, units: Sequence[int]) -> tuple[Chosen, ...]:
    """Return selected units (indexes) in visual order."""
    cells = estate.cells
    return tuple(
        Chosen(cells.id[i], cells.revision[i], cells.code[i], UnitState(estate.states[i]), cells.flags[i])
        for i in sorted(units)
    )


class BatchBar(QFrame):
    """Says how many are selected and offers the steps for many at once."""

    asked = Signal(object)   # Step
    compared = Signal()
    cleared = Signal()

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self._said = ElidedLabel("", "strong")
        self.buttons: dict[Step, Button] = {}
        self.compare = OutlinedButton(tr("Compare"), self.compared.emit)
        for step in (one for one in STEPS if may(role, one)):
            kind = DangerButton if step is Step.WITHDRAW else OutlinedButton
            self.buttons[step] = kind(step_words(step), partial(self.asked.emit, step))
        self._line = row(self.compare, *self.buttons.values(), QuietButton(tr("Clear"), self.cleared.emit, key="Esc"))
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(14, 6, 8, 6)
        self._layout.addWidget(self._said, 1)
        self._layout.addLayout(self._line)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is selected stands above the steps where it would not fit beside them."""
        super().resizeEvent(event)
        beside = self.width() >= self._line.sizeHint().width() + SAID
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._layout.direction():
            self._layout.setDirection(way)

    def show_chosen(self, estate: Estate, units: Sequence[int]) -> None:
        """Show what is selected; nothing is shown for a single unit."""
        self.setVisible(len(units) > 1)
        if len(units) < 2:
            return
        cells = estate.cells
        area, amount = sum(cells.area[i] for i in units), sum(cells.total[i] for i in units)
        self._said.say(trn("{count} unit selected · {area} ㎡ · {amount}",
                           "{count} units selected · {area} ㎡ · {amount}", count=len(units),
                           area=f"{area / 100:,.2f}", amount=formats.money_short(Money(amount))))  # fmt: skip
        states = {estate.states[i] for i in units}
        for step, state in ((Step.RELEASE, UnitState.NOT_RELEASED), (Step.WITHDRAW, UnitState.FOR_SALE)):
            if step in self.buttons:
                self.buttons[step].setEnabled(state in states)
        self.compare.setVisible(len(units) <= MOST_MARKED)

    def text(self) -> str:
        """Return what is said."""
        return self._said.whole()
