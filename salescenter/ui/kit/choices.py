"""Fields that choose: chips for what is picked by eye, a box with a filter for long lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy, QWidget

from salescenter.i18n import tr
from salescenter.ui.kit.buttons import Button
from salescenter.ui.kit.editors import LineEdit
from salescenter.ui.kit.flow import FlowLayout

Choice = tuple[Hashable, str]
"""A value and its words. For a draft to keep it, the value must be a string, number, bool or string enum."""


class Chip(Button):
    """One choice as a small round button."""

    look = "chip"

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setCheckable(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the group walks; Qt's own walk would leave it
        else:
            super().keyPressEvent(event)


class ChipGroup(QWidget):
    """Chips in a row: one may be on, or several (`multi`); arrow keys walk, Space picks.

    `value` is the chosen value or None; with `multi` a tuple of them in the order shown. With `add` a last chip
    “+” is shown and `add()` called when it is pressed.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[Choice] = (), *, multi: bool = False,
                 add: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._multi = multi
        self._add = add
        self._flow = FlowLayout(self, gap=6)
        self._chips: list[tuple[Hashable, Chip]] = []
        self._plus: Button | None = None
        self._line = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices; what is chosen stays chosen where it still exists."""
        kept = self.value()
        for _, chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [(value, self._chip(words)) for value, words in choices]
        if self._add is not None:
            self._show_plus(self._add)
        self.put(kept)
        self._take_place()
        self._rove(0)

    def in_one_line(self) -> ChipGroup:
        """Demand the room that holds all chips side by side, for a bar above a table."""
        self.setFixedSize(self._room_of_one_line())
        return self

    def in_lines(self) -> ChipGroup:
        """Ask for the room of one line, but go on in the next where there is less."""
        self._line = self._room_of_one_line().width()
        return self

    def _room_of_one_line(self) -> QSize:
        sizes = [chip.sizeHint() for _, chip in self._chips]
        return QSize(sum(size.width() for size in sizes) + 6 * (len(sizes) - 1), max(size.height() for size in sizes))

    def sizeHint(self) -> QSize:
        least = super().sizeHint()
        return QSize(max(self._line, least.width()), least.height())

    def value(self) -> Any:
        """Return what is chosen."""
        on = tuple(value for value, chip in self._chips if chip.isChecked())
        return on if self._multi else next(iter(on), None)

    def put(self, value: Any) -> None:
        """Choose a value, with `multi` any number of them; None or () clears."""
        wanted = set(value or ()) if self._multi else {value}
        for one, chip in self._chips:
            chip.setChecked(one in wanted and one is not None)

    def kept(self) -> object:
        """Return what is chosen as plain JSON."""
        return list(self.value()) if self._multi else self.value()

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self.put(kept)

    def problem(self) -> str:
        """A choice is always fine."""
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys to the chip that is on; a focus proxy would be put in front of the group and catch Tab."""
        super().focusInEvent(event)
        back = event.reason() == Qt.FocusReason.BacktabFocusReason
        if back or not self._chips:
            self.focusNextPrevChild(not back)
            return
        at = next((i for i, (_, chip) in enumerate(self._chips) if chip.isChecked()), 0)
        self._rove(at)
        self._chips[at][1].setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        at = next((i for i, (_, chip) in enumerate(self._chips) if chip.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        to = (at + step) % len(self._chips)
        self._rove(to)
        self._chips[to][1].setFocus(Qt.FocusReason.TabFocusReason)

    def _chip(self, words: str) -> Chip:
        chip = Chip(words, self)
        chip.clicked.connect(lambda on: self._picked(chip, on))
        self._flow.addWidget(chip)
        return chip

    def _picked(self, picked: Chip, on: bool) -> None:
        if on and not self._multi:
            for _, chip in self._chips:
                chip.setChecked(chip is picked)
        self.edited.emit()

    def _rove(self, at: int) -> None:
        """Only one chip stands in the Tab order, so that Tab leaves the group."""
        for i, (_, chip) in enumerate(self._chips):
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if i == at else Qt.FocusPolicy.ClickFocus)

    def _take_place(self) -> None:
        """Let Tab come to the chips where their group stands, also where they are offered later than the rest."""
        before: QWidget = self
        for chip in [chip for _, chip in self._chips] + ([self._plus] if self._plus is not None else []):
            QWidget.setTabOrder(before, chip)
            before = chip

    def _show_plus(self, add: Callable[[], object]) -> None:
        if self._plus is not None:
            self._flow.removeWidget(self._plus)
            self._plus.hide()
            self._plus.deleteLater()
        self._plus = Button("+", add, parent=self)
        self._plus.setProperty("look", "chip")
        self._plus.setAccessibleName(tr("Add"))
        self._flow.addWidget(self._plus)


class ComboBox(QComboBox):
    """One choice of a list; typing filters it to what contains the letters.

    `value` is the chosen value or None. With `free`, words that are not in the list are taken as they are (the
    value is the text). The wheel does not change it: it is too easily turned while scrolling a form.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[Choice] = (), *, free: bool = False, placeholder: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free = free
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        line = LineEdit()
        line.setPlaceholderText(placeholder)
        self.setLineEdit(line)
        finder = QCompleter(self.model(), self)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(finder)
        self.set_choices(choices)
        self.activated.connect(lambda _: self.edited.emit())
        line.textEdited.connect(lambda _: self.edited.emit())
        line.editingFinished.connect(self._settle)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show other choices; what is chosen stays chosen where it still exists."""
        kept = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.put(kept)

    def value(self) -> Any:
        """Return the chosen value; a half-typed word counts when it is one of the choices."""
        typed = self.currentText().strip()
        at = self._at(typed)
        if at is not None:
            return self.itemData(at)
        return typed if self._free and typed else None

    def put(self, value: Any) -> None:
        """Choose a value; None clears."""
        at = next((i for i in range(self.count()) if self.itemData(i) == value), -1)
        self.setCurrentIndex(at if value is not None else -1)
        if at < 0:
            self.setEditText(str(value) if self._free and value is not None else "")
        if (line := self.lineEdit()) is not None and not line.hasFocus():
            line.setCursorPosition(0)  # where the words are longer than the field, their beginning is seen

    def kept(self) -> object:
        """Return the value, or the words typed so far."""
        value = self.value()
        return self.currentText() if value is None else value

    def restore(self, kept: object) -> None:
        """Put back what `kept` gave."""
        self.put(kept)
        if self.currentIndex() < 0:
            self.setEditText(str(kept))

    def problem(self) -> str:
        """Say so where the words typed are not one of the choices."""
        wrong = self.currentText().strip() and self.value() is None
        return tr("Choose one of the list.") if wrong else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _at(self, words: str) -> int | None:
        here = self.currentIndex()
        if here >= 0 and self.itemText(here) == words:
            return here
        low = words.casefold()
        return next((i for i in range(self.count()) if self.itemText(i).casefold() == low and words), None)

    def _settle(self) -> None:
        """A word that only one choice contains is that choice."""
        typed = self.currentText().strip().casefold()
        if not typed or self._free or self._at(self.currentText().strip()) is not None:
            return
        fitting = [i for i in range(self.count()) if typed in self.itemText(i).casefold()]
        if len(fitting) == 1:
            self.setCurrentIndex(fitting[0])
            self.edited.emit()
