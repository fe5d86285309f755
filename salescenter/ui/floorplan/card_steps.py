"""The steps of the card: the main one filled, others outlined, endings red, and why the rest is closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from salescenter.domain.refusals import NotYours
from salescenter.domain.units import Step
from salescenter.i18n import listed, tr
from salescenter.ui.kit.buttons import Button, DangerButton, FilledButton, OutlinedButton
from salescenter.ui.kit.entry import begins_in
from salescenter.ui.kit.flow import FlowLayout
from salescenter.ui.kit.labels import Label
from salescenter.ui.kit.panel import column
from salescenter.ui.kit.terms import step_words
from salescenter.ui.kit.words import refusal_words

if TYPE_CHECKING:
    from salescenter.services.card_values import Offer

ENDINGS = frozenset({Step.CANCEL, Step.FORFEIT, Step.GIVE_BACK, Step.WITHDRAW})
"""Steps that take something away: red, last, never beside the main one."""

BEFORE_CUSTOMERS = frozenset({Step.QUOTE, Step.HOLD, Step.RESERVE, Step.SUBSCRIBE, Step.DRAFT, Step.RECEIVE_MONEY})
"""Steps that may be shown while the customer looks at the screen."""

SHOWN = 4
"""Outlined buttons beside the main one; the others stand in a menu."""


class Steps(QWidget):
    """Buttons of what may be done, and lines of what may not, each with its remedy."""

    def __init__(self, perform: Callable[[Step], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._perform = perform
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, gap=8)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._buttons.setSizePolicy(policy)
        self._closed = Label("", "muted", wrap=True)
        self.setLayout(column(self._buttons, self._closed, gap=10))
        begins_in(self, self._first)

    def show_offers(self, offers: Sequence[Offer], main: Step | None, *, private: bool) -> None:
        """Show the steps of another unit."""
        self._hold_keys()
        self._clear()
        offers = [offer for offer in offers if not private or offer.step in BEFORE_CUSTOMERS]
        openly = [offer.step for offer in offers if offer.refusal is None]
        self._show_open(openly, main if main in openly else None)
        closed = [] if private else [offer for offer in offers if offer.refusal is not None]
        self._closed.setText("\n".join(closed_lines(closed)))
        self._closed.setVisible(bool(closed))

    def closed_text(self) -> str:
        """Return what is said of the closed steps."""
        return "" if self._closed.isHidden() else self._closed.text()

    def switch(self, on: bool) -> None:
        """Switch all buttons off while they are another unit's, or on again; the keys come back to the first."""
        if not on:
            self._hold_keys()
        self._buttons.setEnabled(on)
        if self.window().focusWidget() is self and (first := self._first()) is not None:
            first.setFocus()

    def buttons(self) -> list[QPushButton]:
        """Return the buttons shown, in their order."""
        items = (self._flow.itemAt(at) for at in range(self._flow.count()))
        return [item.widget() for item in items if item is not None]  # type: ignore[misc]

    def _first(self) -> QWidget | None:
        """The button the keys begin on; None while there is none to press."""
        return next(iter(self.buttons()), None) if self._buttons.isEnabled() else None

    def _hold_keys(self) -> None:
        """Keep the keys here while the buttons that had them go: Qt would send them to another corner."""
        holder = self.window().focusWidget()
        if holder is not None and self._buttons.isAncestorOf(holder):
            self.setFocus()

    def _show_open(self, steps: list[Step], main: Step | None) -> None:
        if main is not None:
            self._flow.addWidget(FilledButton(step_words(main), lambda: self._perform(main), key="F6"))
        others = [step for step in steps if step is not main and step not in ENDINGS]
        for step in others[:SHOWN]:
            self._flow.addWidget(self._button(OutlinedButton, step))
        if more := others[SHOWN:]:
            self._flow.addWidget(self._menu(more))
        for step in steps:
            if step in ENDINGS and step is not main:
                self._flow.addWidget(self._button(DangerButton, step))
        self._buttons.updateGeometry()

    def _button(self, kind: type[Button], step: Step) -> Button:
        return kind(step_words(step), lambda: self._perform(step))

    def _menu(self, steps: list[Step]) -> QPushButton:
        button = QPushButton(tr("More"))
        button.setProperty("look", "menu")
        menu = QMenu(button)
        for step in steps:
            menu.addAction(step_words(step)).triggered.connect(lambda _=False, step=step: self._perform(step))
        button.setMenu(menu)
        return button

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def closed_lines(offers: Sequence[Offer]) -> list[str]:
    """Say of each closed step why and what helps; those the role does not include share one line."""
    lines = []
    foreign = [offer for offer in offers if isinstance(offer.refusal, NotYours)]
    for offer in offers:
        if offer.refusal is not None and offer not in foreign:
            sentence, remedy = refusal_words(offer.refusal)
            step = step_words(offer.step)
            lines.append(tr("{step}: {sentence} {remedy}", step=step, sentence=sentence, remedy=remedy))
    if foreign:
        names = listed(step_words(offer.step) for offer in foreign)
        lines.append(tr("Not a step of your role: {steps}.", steps=names))
    return lines
