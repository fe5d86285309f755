"""Choosing from … to …: two fields that read amounts, areas or whole numbers, either of which may stay empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.choices import ComboBox
from salescenter.ui.kit.editors import AreaEdit, MoneyEdit
from salescenter.ui.kit.labels import Label, MutedLabel
from salescenter.ui.kit.panel import row

HIGHEST = 1 << 62
"""Stands for no upper limit."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How a range is typed, read into the grid's whole numbers, and said."""

    make: Callable[[], AreaEdit | MoneyEdit]
    read: Callable[[object], int]
    say: Callable[[int], str]


class Range(QWidget):
    """Two fields; `value` is (low, high) in the grid's own numbers, None where both are empty."""

    edited = Signal()

    def __init__(self, label: str, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.low, self.high = scale.make(), scale.make()
        self.low.setPlaceholderText(tr("from"))
        self.high.setPlaceholderText(tr("to"))
        for field, name in ((self.low, tr("from")), (self.high, tr("to"))):
            field.setFixedWidth(112)
            field.setAccessibleName(f"{label} {name}")
            field.edited.connect(self.edited)
        words = Label(label)
        words.setMinimumWidth(92)
        self.setLayout(row(words, self.low, MutedLabel("–"), self.high))
        self.setFocusProxy(self.low)

    def value(self) -> tuple[int, int] | None:
        """Return the range; what cannot be read counts as empty."""
        low, high = self.low.value(), self.high.value()
        if low is None and high is None:
            return None
        return (0 if low is None else self._scale.read(low), HIGHEST if high is None else self._scale.read(high))

    def clear(self) -> None:
        """Empty both fields."""
        self.low.put(None)
        self.high.put(None)

    def words(self) -> str:
        """Say the range shortly, "" where there is none."""
        asked = self.value()
        return "" if asked is None else said_range(asked, self._scale.say)


class FloorRange(QWidget):
    """From one floor to another, by their labels; `value` is a pair of `FloorRow.order`."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: dict[int, str] = {}
        self.low, self.high = ComboBox(placeholder=tr("from")), ComboBox(placeholder=tr("to"))
        for field, name in ((self.low, tr("from")), (self.high, tr("to"))):
            field.setFixedWidth(96)
            field.setAccessibleName(f"{tr('Floor')} {name}")
            field.edited.connect(self.edited)
        self.setLayout(row(Label(tr("Floor")), self.low, MutedLabel("–"), self.high))
        self.setFocusProxy(self.low)

    def set_floors(self, floors: Sequence[tuple[int, str]]) -> None:
        """Offer these floors (order, label), lowest first."""
        self._labels = dict(floors)
        for field in (self.low, self.high):
            field.set_choices(list(floors))

    def value(self) -> tuple[int, int] | None:
        """Return the range of floor orders, None where nothing is chosen."""
        low, high = self.low.value(), self.high.value()
        if low is None and high is None:
            return None
        return (-HIGHEST if low is None else low, HIGHEST if high is None else high)

    def clear(self) -> None:
        """Choose no floor."""
        self.low.put(None)
        self.high.put(None)

    def words(self) -> str:
        """Say the range shortly."""
        asked = self.value()
        return "" if asked is None else said_range(asked, lambda order: self._labels.get(order, str(order)))


def said_range(asked: tuple[int, int], say: Callable[[int], str]) -> str:
    """Write a range: `90–110`, `≥ 90`, `≤ 110`."""
    low, high = asked
    if high == HIGHEST:
        return f"≥ {say(low)}"
    return f"≤ {say(high)}" if low <= 0 else f"{say(low)}–{say(high)}"
